"""Long lists of payoffs: built by halves, and sifted piece by piece in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

from bargain.errors import TooManyAgreements
from bargain.geometry.lattice import settled
from bargain.geometry.pareto import beaten_by_none, efficient, not_clearly_beaten, strong_points
from bargain.geometry.roof import Roof

__all__ = ["Sieve", "outer_sum"]

Floats = NDArray[np.float64]

WAITING = 200_000
"""So many rows may wait before the efficient ones among them are kept."""
SAMPLE = 2000
"""Points looked at to find strong ones."""
FOR_A_ROOF = 3
"""Up to so many players a grid is fine enough to show nearly all who are beaten; else a few strong points do better."""
LARGEST_KEPT = 4_000_000
"""Efficient rows (ties are kept, too) that are held at most."""


def outer_sum(parts: Sequence[Floats], out: Floats | None = None) -> Floats:
    """Every sum of one number from each part, the last part running fastest.

    The parts are summed in two halves first, so that the long list is written once, by one addition.

    >>> outer_sum([np.array([0.0, 10.0]), np.array([1.0, 2.0, 3.0])])
    array([ 1.,  2.,  3., 11., 12., 13.])
    """
    sizes = [len(part) for part in parts]
    if out is None:
        out = np.empty(prod(sizes))
    if len(parts) < 2:
        out[:] = parts[0] if parts else 0.0
        return out
    half = min(range(1, len(parts)), key=lambda cut: prod(sizes[:cut]) + prod(sizes[cut:]))
    left, right = outer_sum(parts[:half]), outer_sum(parts[half:])
    np.add(left[:, None], right, out=out.reshape(len(left), len(right)))
    return out


class Sieve:
    """The efficient ones of rows that come in pieces; ties are kept, and the order of the rows.

    ``dust`` (n,) tells how far payoffs may differ and still be equal.

    >>> sieve = Sieve([0.0, 0.0])
    >>> sieve.add(np.array([4, 5]), np.array([[1.0, 0.0], [0.0, 1.0]]))
    >>> sieve.add(np.array([6, 7, 8]), np.array([[0.0, 2.0, 0.0], [1.0, 0.0, 0.0]]))
    >>> sieve.result()[0].tolist()
    [5, 6, 7]
    """

    def __init__(self, dust: Sequence[float]) -> None:
        self.dust = np.array(dust, dtype=float)
        self.rows = np.zeros(0, dtype=np.intp)
        self.points = np.zeros((len(dust), 0))
        self.filter: Callable[[Floats], NDArray[np.bool_]] | None = None
        self._pieces: list[tuple[NDArray[np.intp], Floats]] = []
        self._waiting = 0

    def add(self, rows: NDArray[np.intp], points: Floats) -> None:
        """More rows and their payoffs (n, k); those that a strong point seen before beats are dropped at once."""
        if self.rows.size:
            if self.filter is None:
                self.filter = self._filter(points)
            kept = np.flatnonzero(self.filter(points))
            rows, points = rows[kept], points[:, kept]
        self._pieces.append((rows, points))
        self._waiting += len(rows)
        if self._waiting > max(WAITING, len(self.rows)) or not self.rows.size:
            self._sift()

    def result(self) -> tuple[NDArray[np.intp], Floats]:
        """The rows that stay, and their payoffs (n, k)."""
        if self._pieces:
            self._sift()
        return self.rows, self.points

    def _sift(self) -> None:
        if len(self._pieces) == 1 and not self.rows.size:
            ((rows, points),) = self._pieces
        else:
            rows = np.concatenate([self.rows, *(some for some, _ in self._pieces)])
            points = np.concatenate([self.points, *(some for _, some in self._pieces)], axis=1)
        kept = not_clearly_beaten(points, self.dust)
        rows, points = rows[kept], points[:, kept]
        equal = [settled(column, dust) for column, dust in zip(points, self.dust, strict=True)]
        stays = efficient(np.column_stack(equal))
        self.rows, self.points = rows[stays], points[:, stays]
        self._pieces, self._waiting, self.filter = [], 0, None
        if len(self.rows) > LARGEST_KEPT:
            raise TooManyAgreements(
                f"more than {LARGEST_KEPT} agreements on issues tied to one another are efficient; "
                "use fewer options per issue or larger steps"
            )

    def _filter(self, points: Floats) -> Callable[[Floats], NDArray[np.bool_]]:
        """What tells who is not clearly beaten by the efficient ones so far; chosen by what beats most of a piece."""
        if len(points) <= FOR_A_ROOF:
            return Roof(self.points, self.dust).spares
        samples = [some[:, :: max(1, some.shape[1] // SAMPLE)] for some in (self.points, points)]
        bars = strong_points(np.concatenate(samples, axis=1)) - self.dust[:, None]
        return lambda columns: beaten_by_none(columns, bars)
