"""A quick look at who is clearly beaten: a grid of the best that is had further out in every direction."""

from __future__ import annotations

from math import isfinite, sqrt

import numpy as np
from numpy.typing import NDArray

__all__ = ["PIECE", "Roof", "below_no_roof"]

Floats = NDArray[np.float64]

CELLS = 16_384
"""Cells of the grid at most: it fits into the cache."""
FINE = 2.0
"""Steps of a grid per root of the number of points under it: few points need no fine one."""
FLAT = 7
"""Beyond so many coordinates a grid of that many cells tells too little apart."""
PIECE = 16_384
"""Points looked at at once: three or four columns of them stay in the cache."""


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
        lows = [float(column.min(initial=np.inf)) for column in columns[:-1]]
        spreads = [float(column.max(initial=-np.inf)) - low for column, low in zip(columns, lows, strict=False)]
        self._scales = [(self.steps - 1) / spread if spread > 0 else 0.0 for spread in spreads]
        self._shifts = [low * scale - 1.0 for low, scale in zip(lows, self._scales, strict=True)]
        self.stands = count > 0 and across < FLAT and all(map(isfinite, (*spreads, *self._scales, *self._shifts)))
        if self.stands:
            self._above = self._built(columns, margin)

    def _built(self, columns: Floats, margin: Floats) -> Floats:
        """For every cell the roof over it, the grid read row by row."""
        across, wide = len(columns) - 1, self.steps + 2
        roof = np.full((wide,) * across, -np.inf)
        for start in range(0, columns.shape[1], PIECE):
            piece = columns[:, start : start + PIECE]
            np.maximum.at(roof.reshape(-1), self._cells(piece, margin), piece[-1] - margin[-1])
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

    def _cells(self, piece: Floats, margin: Floats | None = None) -> NDArray[np.intp]:
        """The cell of every column: nothing is below the first step, and what is above the last one stands on it."""
        found = np.zeros(piece.shape[1], dtype=np.intp)
        for place, (scale, shift) in enumerate(zip(self._scales, self._shifts, strict=True)):
            height = (piece[place] if margin is None or not margin[place] else piece[place] - margin[place]) * scale
            height -= shift
            np.maximum(height, 0.0, out=height)
            np.minimum(height, self.steps, out=height)
            step = height.astype(np.intp)
            found = step if place == 0 else found * (self.steps + 2) + step
        return found


def below_no_roof(columns: Floats, margin: Floats) -> NDArray[np.bool_]:
    """Mark the columns (w, k) that a grid does not show to be beaten by more than ``margin`` (w,) in every coordinate.

    >>> below_no_roof(np.array([[0.0, 9.0, 4.0, 9.0], [0.0, 9.0, 5.0, 9.0]]), np.zeros(2)).tolist()
    [False, True, False, True]
    """
    return Roof(columns, margin).spares(columns)
