"""Unanimity with a last round over agreements that are asked for one by one: backward induction, a question a turn."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.errors import UsageError
from bargain.protocols.alternating_offers.unanimity_asked_rules import AskedHorizonPlan, UnanimityAsked

__all__ = ["solve_asked_horizon"]

Floats = NDArray[np.float64]


def solve_asked_horizon(rules: UnanimityAsked) -> AskedHorizonPlan:
    """The subgame-perfect equilibrium of the game with ``horizon`` offers, up to the accuracy of the answers.

    In the last round refusal means disagreement; before it, everybody accepts what is at least as good as what the next
    round is worth, and the proposer names the best agreement for itself that all others accept, or waits.
    """
    if rules.horizon is None:
        raise UsageError("a last round is missing", hint="write horizon")
    n, slack = len(rules.players), rules.stakes * rules.accuracy / 10
    offers = np.full((rules.horizon, n, n), np.nan)
    places: list[list[Any]] = [[None] * n for _ in range(rules.horizon)]
    accepts = np.empty((rules.horizon, n))
    value = np.zeros(n)
    for t in range(rules.horizon - 1, -1, -1):
        waiting, chances = rules.discounts * value, rules.proposing(t)
        accepts[t] = rules.disagreement + waiting - slack
        value = np.zeros(n)
        for i in np.flatnonzero(chances):
            found = rules.best(int(i), accepts[t])
            if found is None or found[0][i] < rules.disagreement[i] + waiting[i] - slack[i]:
                value += chances[i] * waiting
                continue
            offers[t, i], places[t][i] = found
            value += chances[i] * (found[0] - rules.disagreement)
    return AskedHorizonPlan(offers, tuple(map(tuple, places)), accepts)
