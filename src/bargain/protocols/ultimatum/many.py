"""Ultimatums over a linear pie in batches: a cumulative sum and an argmax."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["best_demands"]

Floats = NDArray[np.float64]


def best_demands(costs: Floats, chances: Floats, cost: Floats, win: Floats) -> tuple[NDArray[np.int64], Floats, Floats]:
    """The best demand from a pie of 1 against K types of private cost, for B problems at once.

    ``costs`` and ``chances`` (B, K), costs increasing along a row; ``cost`` and ``win`` (B,). A demand win + c_j is
    accepted by the types with costs from c_j on, and pays (win + c_j) P(c >= c_j) + (win - cost) P(c < c_j), which is
    win - cost + (c_j + cost) P(c >= c_j). Returns (B,) the type that is left indifferent (the safest of equals), the
    expected payoff and the chance of conflict. No demand is cut to the pie: win + c_j <= 1 is the caller's care.

    >>> found = best_demands(np.array([[0.1, 0.3]]), np.array([[0.2, 0.8]]), np.array([0.1]), np.array([0.5]))
    >>> [part.round(12).tolist() for part in found]
    [[1], [0.72], [0.2]]
    """
    refused = np.zeros_like(chances)
    np.cumsum(chances[:, :-1], axis=1, out=refused[:, 1:])
    gains = costs + cost[:, None]
    gains -= gains * refused
    best = np.argmax(gains, axis=1)
    rows = np.arange(len(best))
    return best, win - cost + gains[rows, best], refused[rows, best]
