"""Stationary payoffs of many legislatures at once: the same equation for every row, without iteration."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bargain.errors import UsageError

__all__ = ["crossings", "values"]

Floats = NDArray[np.float64]


def values(recognition: Floats, patience: Floats, quota: int, pie: float = 1.0) -> Floats:
    """(d, n) stationary payoffs before recognition under the closed rule, for d draws of recognition and patience.

    Row by row the root y of  sum_i clip(1/delta_i - p_i y, p_i, 1) = quota,  from which
    c = pie/(1 + sum_i min(k_i, 1/y) - (n - quota)/y) and v_i = p_i c + m_i min(w_i, c/y); see ``closed.py``. Unique by
    Eraslan (2002).

    Parameters
    ----------
    recognition : (d, n) chances, rows sum to 1.
    patience : (d, n) from 0 to 1; below 1 where quota = n, and for members who are never recognised.
    quota : votes needed out of n, the proposer's included.

    >>> values(np.full((1, 3), 1 / 3), np.full((1, 3), 0.9), 2).round(9)
    array([[0.33333333, 0.33333333, 0.33333333]])
    >>> values(np.array([[0.5, 0.3, 0.2]]), np.full((1, 3), 0.8), 2).round(6)  # two prices tie
    array([[0.375 , 0.3125, 0.3125]])
    """
    chances, waiting = np.atleast_2d(np.asarray(recognition, float)), np.atleast_2d(np.asarray(patience, float))
    n = chances.shape[1]
    if chances.shape != waiting.shape or not 1 <= quota <= n:
        raise UsageError(f"{chances.shape} chances, {waiting.shape} patiences, a quota of {quota}", hint="shapes agree")
    if ((waiting == 1) & ((chances == 0) | (quota == n))).any():
        raise UsageError("a member who waits without loss must be recognised, and not be needed", hint="patience < 1")
    y, within = crossings(chances, waiting, quota)
    margin = 1 / y[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        k = np.where(chances * waiting > 0, chances * waiting / (1 - waiting), 0.0)
    held = np.minimum(k, margin)
    rest = 1 / (1 + held.sum(axis=1, keepdims=True) - (n - quota) * margin)
    low = np.where(k <= margin, k, np.maximum(margin, waiting * chances * (1 + margin)))
    return np.asarray(pie * rest * (chances + within * np.minimum(low, margin)))


def crossings(chances: Floats, waiting: Floats, partners: int) -> tuple[Floats, Floats]:
    """Where sum_i m_i(y) falls to ``partners``, m_i(y) = clip(1/delta_i - p_i y, p_i, 1): y, (d,), and m, (d, n).

    y is infinite where the sum stays above: votes that cost nothing suffice. Among several such y the first is taken.
    """
    count, n = chances.shape
    if n == 0:
        return np.full(count, np.inf), np.zeros((count, 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        leaves = (1 / waiting - 1) / chances
        ends = (1 / waiting - chances) / chances
    free = (chances == 0) | (waiting == 0)
    leaves, ends = np.where(free, np.inf, leaves), np.where(free, np.inf, ends)
    bends = np.concatenate([leaves, ends], axis=1)
    order = np.argsort(bends, axis=1)
    bends = np.take_along_axis(bends, order, axis=1)
    slopes = np.cumsum(np.take_along_axis(np.concatenate([chances, -chances], axis=1), order, axis=1), axis=1)
    with np.errstate(invalid="ignore"):
        falls = np.where(np.isfinite(bends[:, 1:]), slopes[:, :-1] * np.diff(bends, axis=1), 0.0)
    sums = n - np.concatenate([np.zeros((count, 1)), np.cumsum(falls, axis=1)], axis=1)
    reached = (sums <= partners + _ROUNDING) & np.isfinite(bends)
    at = np.argmax(reached, axis=1)[:, None]
    before = np.maximum(at - 1, 0)
    rate, start, level = (np.take_along_axis(a, before, axis=1) for a in (slopes, bends, sums))
    with np.errstate(divide="ignore", invalid="ignore"):
        y = np.where(at == 0, np.take_along_axis(bends, at, axis=1), start + (level - partners) / rate)
    y = np.where(reached.any(axis=1, keepdims=True), y, np.inf)
    return y[:, 0], _inclusion(chances, waiting, free, y)


_ROUNDING = 1e-12
"""Sums of chances are exact to about this; a sum that ends at ``partners`` has reached it."""


def _inclusion(chances: Floats, waiting: Floats, free: NDArray[np.bool_], y: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        m = np.clip(1 / waiting - chances * np.where(free, 0.0, y), chances, 1.0)
    return np.asarray(np.where(free, 1.0, m))
