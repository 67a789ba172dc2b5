"""Listed agreements and a last session: backward induction, which always has an answer."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bargain.protocols.legislative.plan import WAIT, SessionPlan
from bargain.protocols.legislative.rules import Motions

__all__ = ["best_motions", "by_induction"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SAME = 1e-12
"""Payoffs this close, in parts of what is at stake for a member, are equal to it: indifferent members accept."""


def by_induction(rules: Motions) -> SessionPlan:
    """The subgame-perfect plan, from the last session back.

    In every session a member votes for what is worth at least going on, w = (1 - delta) s + delta v; a recognised
    member moves what is best for it among what passes, the first of several in order, or nothing if going on is
    better still.

    >>> from bargain.protocols.legislative.rules import Legislature
    >>> house = Legislature.symmetric(3, 0.9)
    >>> rules = Motions(house, np.array([[4.0, 2, 0], [0, 4, 2], [2, 0, 4]]), horizon=2)
    >>> by_induction(rules).values[0]
    array([2., 2., 2.])
    """
    house, last = rules.house, int(rules.horizon or 1)
    p, delta, standing = house.chances, house.waiting, house.standing
    prices, moved = np.zeros((last, house.n)), np.zeros((last, house.n), dtype=np.int64)
    values = np.zeros((last + 1, house.n))
    values[last] = standing
    for t in range(last - 1, -1, -1):
        prices[t] = (1 - delta) * standing + delta * values[t + 1]
        prices[t] = _settled(rules, prices[t])
        moved[t] = best_motions(rules, prices[t])
        got = np.where((moved[t] != WAIT)[:, None], rules.payoffs[moved[t]], prices[t])
        values[t] = p @ got
    return SessionPlan(prices, moved, values)


def best_motions(rules: Motions, prices: Floats) -> Ints:
    """(n,) what each member moves at these prices: the first of the best that pass, or ``WAIT``."""
    payoffs, slack = rules.payoffs, rules.slack(SAME)
    passing = np.flatnonzero(rules.house.passes(payoffs >= prices))
    if not len(passing):
        return np.full(rules.house.n, WAIT)
    able = payoffs[passing]
    best = able.max(axis=0)
    first = passing[np.argmax(able >= best - slack, axis=0)]
    return np.where(best >= prices - slack, first, WAIT)


def _settled(rules: Motions, prices: Floats) -> Floats:
    """Prices that differ from a payoff by rounding only are that payoff."""
    gap = np.abs(rules.payoffs - prices)
    nearest = gap.argmin(axis=0), np.arange(rules.house.n)
    return np.where(gap[nearest] <= rules.slack(SAME), rules.payoffs[nearest], prices)
