"""Which efficient payoffs stay efficient when lotteries are allowed: the vertices of the hull's efficient part."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.atoms import Listing
from bargain.geometry.linear import Rows, maximise_over_mixtures

__all__ = ["MOST_POINTS", "efficient_vertices"]

Floats = NDArray[np.float64]

MOST_POINTS = 5_000
"""Points that are looked at one by one; about a millisecond each."""
DRAWS = 256
"""Random prices that find most vertices at once."""
ABOVE = 1e-10
"""What stands out by less than this share of what is at stake stands on a face."""


def efficient_vertices(points: Floats) -> NDArray[np.intp]:
    """Indices of the rows of ``points`` (k, n), distinct, that no lottery over the others equals or dominates.

    Vertices found so far decide about the others (Clarkson 1994, FOCS): a point is none if a mixture of vertices is
    at least as good for everybody; otherwise prices tell it from them, and whatever is highest at these is a new one.

    >>> efficient_vertices(np.array([[4.0, 0.0], [0.0, 4.0], [1.0, 1.0], [2.0, 2.0], [3.0, 2.0]])).tolist()
    [0, 1, 4]
    """
    low, stake = points.min(axis=0), np.ptp(points, axis=0)
    scaled = (points - low) / np.where(stake > 0, stake, 1.0)
    known = dict.fromkeys(_quick(scaled))
    for row in range(len(points)):
        while row not in known:
            prices = _apart(scaled[list(known)], scaled[row])
            if prices is None:
                break
            known[_highest(scaled, prices)] = None
    return np.array(sorted(known), dtype=np.intp)


def _quick(points: Floats) -> list[int]:
    """Vertices at random prices."""
    n = points.shape[1]
    prices = np.random.default_rng(0).exponential(size=(DRAWS, n))
    rows = np.unique((points @ prices.T).argmax(axis=0))
    return sorted({_highest(points, price) for price in np.eye(n)} | set(rows.tolist()))


def _apart(vertices: Floats, point: Floats) -> Floats | None:
    """Prices at which a point is worth more than every vertex, None if a mixture of them is as good for all."""
    n = len(point)
    gains = Listing(vertices - point).pool(np.zeros(n), np.ones(n))
    least = float(gains.points[gains.find(np.ones(n), np.inf)].min())
    best = maximise_over_mixtures(gains, np.zeros(n), Rows(np.eye(n), np.ones(n), np.zeros(n)), 1.0, least)
    return None if best is None or best.reach >= -ABOVE else best.prices


def _highest(points: Floats, prices: Floats) -> int:
    """The highest point; of equals the one with the largest sum, then lexicographically: always a vertex."""
    rows = np.arange(len(points))
    for values in (points @ prices, points.sum(axis=1), *points.T):
        rows = rows[values[rows] >= values[rows].max() - ABOVE / 10]
        if len(rows) == 1:
            break
    return int(rows[0])
