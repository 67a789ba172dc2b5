"""A quick look at who is clearly beaten: a grid of the best that is had further out in every direction."""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.typing import NDArray

__all__ = ["Roof"]

Floats = NDArray[np.float64]

CELLS = 16_384
"""Cells of the grid at most: it fits into the cache."""
FINE = 2.0
"""Steps of a grid per root of the number of points under it: few points need no fine one."""
FLAT = 7
"""Beyond so many coordinates a grid of that many cells tells too little apart."""
PIECE = 32_768
"""Points looked at at once: a few columns of them stay in the cache, and calls cost little beside them."""


class Roof:
    """What points in ``columns`` (w, k) show about others: who is beaten by more than ``margin`` (w,) everywhere.

    The coordinates but the last are cut into steps, and each cell of that grid learns the largest last coordinate found
    in any cell that is higher in all of them. Who is below this roof is beaten. Steps are monotone functions of the
    payoffs, also when rounded, so a higher step is a higher payoff.

    >>> roof = Roof(np.array([[0.0, 5.0, 9.0], [9.0, 5.0, 0.0]]), np.zeros(2))
    >>> roof.spares(np.array([[0.0, 1.0, 7.0, 20.0], [9.0, 1.0, 7.0, -1.0]])).tolist()
    [True, False, True, True]
    """

    def __init__(self, columns: Floats, margin: Floats) -> None:
        across, count = len(columns) - 1, columns.shape[1]
        self.steps = max(2, round(min(FINE * sqrt(count), CELLS ** (1 / max(across, 1)))))
        low = columns[:-1].min(axis=1, initial=np.inf)
        spread = columns[:-1].max(axis=1, initial=-np.inf) - low
        with np.errstate(over="ignore", invalid="ignore"):
            self._scale = np.where(spread > 0, (self.steps - 1) / np.where(spread > 0, spread, 1.0), 0.0)[:, None]
            self._shift = low[:, None] * self._scale - 1.0
            measured = np.isfinite(self._shift + spread[:, None] * self._scale)
        self.stands = count > 0 and across < FLAT and bool(measured.all())
        if self.stands:
            self._above = self._built(columns, margin)

    def _built(self, columns: Floats, margin: Floats) -> Floats:
        """For every cell the roof over it, the grid read row by row."""
        across, wide = len(columns) - 1, self.steps + 2
        roof = np.full((wide,) * across, -np.inf)
        for start in range(0, columns.shape[1], PIECE):
            piece = columns[:, start : start + PIECE]
            lowered = piece - margin[:, None] if margin.any() else piece
            np.maximum.at(roof.reshape(-1), self._cells(lowered), lowered[-1])
        for axis in range(across):
            roof = np.flip(np.maximum.accumulate(np.flip(roof, axis), axis=axis), axis)
        return np.asarray(roof.reshape(-1)[sum(wide**axis for axis in range(across)) :])

    def spares(self, columns: Floats) -> NDArray[np.bool_]:
        """Mark those of ``columns`` (w, k) that are not below the roof."""
        marks = np.ones(columns.shape[1], dtype=bool)
        if self.stands:
            for start in range(0, columns.shape[1], PIECE):
                piece = columns[:, start : start + PIECE]
                np.greater_equal(piece[-1], self._above.take(self._cells(piece)), out=marks[start : start + PIECE])
        return marks

    def _cells(self, piece: Floats) -> NDArray[np.intp]:
        """The cell of every column: nothing is below the first step, and what is above the last one stands on it."""
        height = piece[:-1] * self._scale
        height -= self._shift
        np.maximum(height, 0.0, out=height)
        np.minimum(height, self.steps, out=height)
        steps = height.astype(np.intp)
        found = steps[0] if len(steps) else np.zeros(piece.shape[1], dtype=np.intp)
        for step in steps[1:]:
            found *= self.steps + 2
            found += step
        return found
