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
    bends = np.sort(np.concatenate([leaves, ends], axis=1), axis=1)
    at = _first_below(chances, waiting, bends, partners)
    after = np.take_along_axis(bends, np.minimum(at, 2 * n - 1), axis=1)
    before = np.where(at > 0, np.take_along_axis(bends, np.maximum(at - 1, 0), axis=1), after)
    level = _inclusion(chances, waiting, before).sum(axis=1, keepdims=True)
    rate = np.where((leaves <= before) & (ends >= after), chances, 0.0).sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        y = np.clip(before + (level - partners) / rate, before, after)
    y = np.where((at == 0) | (rate == 0), after, y)
    y = np.where((at >= 2 * n) | np.isinf(after), np.inf, y)
    return y[:, 0], _inclusion(chances, waiting, y)


def _first_below(chances: Floats, waiting: Floats, bends: Floats, partners: int) -> NDArray[np.int64]:
    """(d, 1) the first of the sorted places at which the sum is down to ``partners``, by halving; 2n if at none."""
    count, places = bends.shape
    low, high = np.zeros((count, 1), dtype=np.int64), np.full((count, 1), places)
    for _ in range(int(places).bit_length()):
        middle = np.minimum((low + high) // 2, places - 1)
        total = _inclusion(chances, waiting, np.take_along_axis(bends, middle, axis=1)).sum(axis=1, keepdims=True)
        reached = total <= partners + _ROUNDING
        high, low = np.where(reached & (low < high), middle, high), np.where(reached | (low >= high), low, middle + 1)
    return high


_ROUNDING = 1e-12
"""Sums of chances are exact to about this; a sum that ends at ``partners`` has reached it."""


def _inclusion(chances: Floats, waiting: Floats, y: Floats) -> Floats:
    """(d, n) m(y); 1 for those whose vote costs nothing."""
    free = (chances == 0) | (waiting == 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        m = np.clip(1 / waiting - chances * np.where(free, 0.0, y), chances, 1.0)
    return np.asarray(np.where(free, 1.0, m))
