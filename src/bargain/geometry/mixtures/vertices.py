"""Which efficient payoffs stay efficient when lotteries are allowed: the vertices of the hull's efficient part."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotConverged

__all__ = ["MOST_POINTS", "efficient_vertices"]

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

MOST_POINTS = 8_000
"""Points that are looked at; some seconds if all of them are vertices."""
DRAWS = 512
"""Random prices that find most vertices at once."""
AT_ONCE = 2_000_000
"""Pairs of points compared at once."""
ABOVE = 1e-10
"""What stands out by less than this share of what is at stake stands on a face."""
STEPS = 500
"""Far more than the steps that any point needs."""


def efficient_vertices(points: Floats) -> Rows:
    """Indices of the rows of ``points`` (k, n), distinct, that no lottery over the others equals or dominates.

    Vertices found so far decide about the others (Clarkson 1994, FOCS): a point is none if a mixture of vertices is
    at least as good for everybody; otherwise prices tell it from them, and whatever is highest at these is a new one.

    >>> efficient_vertices(np.array([[4.0, 0.0], [0.0, 4.0], [1.0, 1.0], [2.0, 2.0], [3.0, 2.0]])).tolist()
    [0, 1, 4]
    """
    low, stake = points.min(axis=0), np.ptp(points, axis=0)
    scaled = (points - low) / np.where(stake > 0, stake, 1.0)
    known = np.zeros(len(points), dtype=bool)
    known[_at_random_prices(scaled)] = True
    open_rows = np.flatnonzero(~known)
    while len(open_rows):
        open_rows, prices = _apart(scaled, np.flatnonzero(known), open_rows)
        known[_all_highest(scaled, prices)] = True
        open_rows = open_rows[~known[open_rows]]
    return np.flatnonzero(known)


def _at_random_prices(points: Floats) -> Rows:
    n = points.shape[1]
    prices = np.random.default_rng(0).exponential(size=(DRAWS, n))
    return _all_highest(points, np.vstack([prices, np.eye(n)]))


def _all_highest(points: Floats, prices: Floats) -> Rows:
    """A vertex that is highest at each of the prices (p, n)."""
    size, found = max(AT_ONCE // len(points), 1), set()
    for start in range(0, len(prices), size):
        some = prices[start : start + size]
        values = some @ points.T
        near = (values >= values.max(axis=1, keepdims=True) - ABOVE / 10).sum(axis=1)
        found.update(values[near == 1].argmax(axis=1).tolist())
        found.update(_highest(points, price) for price in some[near > 1])
    return np.array(sorted(found), dtype=np.intp)


def _highest(points: Floats, prices: Floats) -> int:
    """The highest point; of equals the one with the largest sum, then lexicographically: always a vertex."""
    rows = np.arange(len(points))
    for values in (points @ prices, points.sum(axis=1), *points.T):
        rows = rows[values[rows] >= values[rows].max() - ABOVE / 10]
        if len(rows) == 1:
            break
    return int(rows[0])


def _apart(points: Floats, known: Rows, rows: Rows) -> tuple[Rows, Floats]:
    """Those rows that no mixture of the known rows reaches, and prices that tell each from all the known."""
    size = max(AT_ONCE // len(known), 1)
    batches = [_Batch(points[known], points[rows[i : i + size]]).decide() for i in range(0, len(rows), size)]
    prices = np.vstack(batches)
    apart = prices[:, 0] >= 0
    return rows[apart], prices[apart]


@dataclass
class _Batch:
    """For many points p at once: maximise t with ``mixture - p >= t`` for all; p is reached if t is not negative.

    The simplex method of `linear` in step: a basis per point, its columns numbered as there (vertices 0, 1, …; slacks
    -1 … -n; t, which never leaves, stands first).
    """

    vertices: Floats
    points: Floats

    def __post_init__(self) -> None:
        count, n = self.points.shape
        self.n = n
        self.basis = np.empty((count, n + 1), dtype=np.intp)
        self.matrix = np.zeros((count, n + 1, n + 1))
        first = (self.points @ self.vertices.T).argmax(axis=1)
        least = (self.vertices[first] - self.points).argmin(axis=1)
        others = np.array([[i for i in range(n) if i != player] for player in range(n)], dtype=np.intp).reshape(
            n, n - 1
        )
        slack = others[least]
        self.basis[:, 0], self.basis[:, 1], self.basis[:, 2:] = -n - 1, first, -1 - slack
        self.matrix[:, :n, 0] = -1.0
        self.matrix[:, :n, 1], self.matrix[:, n, 1] = self.vertices[first] - self.points, 1.0
        row, column = np.indices(slack.shape)
        self.matrix[row, slack, column + 2] = -1.0

    def decide(self) -> Floats:
        """(b, n) prices that tell a point from the vertices; a row of -1 where a mixture reaches it."""
        found = np.full(self.points.shape, -1.0)
        going = np.arange(len(self.points))
        for _ in range(STEPS):
            inverse = np.linalg.inv(self.matrix[going])
            prices, height = -inverse[:, 0, : self.n], inverse[:, 0, self.n]
            worth = prices @ self.vertices.T - (prices * self.points[going]).sum(axis=1)[:, None]
            best = worth.argmax(axis=1)
            top = worth[np.arange(len(going)), best]
            cheapest = prices.argmin(axis=1)
            least = prices.min(axis=1)
            apart = (top < -ABOVE) & (least >= -1e-12)
            found[going[apart]] = np.maximum(prices[apart], 0.0)
            on = ~apart & (height < -ABOVE)
            if not on.any():
                return found
            entering = np.where(-least > top - height, -1 - cheapest, best)
            self._step(going[on], inverse[on], entering[on])
            going = going[on]
        raise NotConverged("the corners of the efficient frontier could not be told from its faces")

    def _step(self, rows: Rows, inverse: Floats, entering: Rows) -> None:
        """Exchange one basic column of each point for the entering one."""
        columns = np.zeros((len(rows), self.n + 1))
        slack = entering < 0
        columns[slack, -1 - entering[slack]] = -1.0
        columns[~slack, : self.n] = self.vertices[entering[~slack]] - self.points[rows[~slack]]
        columns[~slack, self.n] = 1.0
        direction = (inverse @ columns[:, :, None])[:, :, 0]
        falling = direction > 1e-10
        falling[:, 0] = False
        chances = np.maximum(inverse[:, :, self.n], 0.0)
        ratios = np.divide(chances, direction, out=np.full_like(chances, np.inf), where=falling)
        equal = ratios <= ratios.min(axis=1, keepdims=True) + 1e-13
        leaving = np.where(equal, direction, -np.inf).argmax(axis=1)
        self.basis[rows, leaving] = entering
        self.matrix[rows, :, leaving] = columns
