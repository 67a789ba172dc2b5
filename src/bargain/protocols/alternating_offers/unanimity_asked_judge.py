"""The judge of plans over agreements that are asked for: it asks anew, and tries what deviating would bring."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bargain.protocols.alternating_offers.unanimity_asked_rules import AskedPlan, UnanimityAsked
from bargain.protocols.judging import Judgement

__all__ = ["judge_asked"]

Floats = NDArray[np.float64]


def judge_asked(rules: UnanimityAsked, plan: AskedPlan) -> Judgement:
    """The largest gain from one deviation, up to the accuracy with which the agreements answer.

    Proposers try the best agreement that all others accept, and one that is refused; responders refuse the least they
    accept, and accept a little less. An offer that no agreement pays counts as an infinite gain.
    """
    for i, name in enumerate(rules.players):
        if not _can_be_had(rules, i, plan.offers[i]):
            return Judgement(float("inf"), 1.0, 1, f"{name} offers what no agreement pays", rules.accuracy)
    n, gains = len(rules.players), (plan.offers - rules.disagreement) / rules.stakes
    floors = (plan.accepts - rules.disagreement) / rules.stakes
    agreed = np.array([all(gains[i, j] >= floors[i, j] for j in range(n) if j != i) for i in range(n)])
    values = np.empty((n, n))
    for j in range(n):
        system = np.eye(n) - rules.discounts[j] * rules.succession * (~agreed)[:, None]
        values[:, j] = np.linalg.solve(system, np.where(agreed, gains[:, j], 0.0))
    waiting = rules.discounts * (rules.succession @ values)
    trials = [(waiting[i, i] - values[i, i], f"{rules.players[i]} proposing, to be refused", i) for i in range(n)]
    for i, name in enumerate(rules.players):
        found = rules.best(i, np.where(np.arange(n) == i, rules.disagreement, plan.accepts[i]))
        if found is not None:
            best = (found[0][i] - rules.disagreement[i]) / rules.stakes[i]
            trials.append((best - values[i, i], f"{name} proposing", i))
        for j in range(n):
            if j != i:
                trials.append((abs(floors[i, j] - waiting[i, j]), f"{rules.players[j]} answering {name}", j))
    gain, where, player = max(trials)
    stake = float(rules.stakes[player])
    return Judgement(float(gain) * stake, stake, len(trials), where, tolerance=rules.accuracy)


def _can_be_had(rules: UnanimityAsked, i: int, offer: Floats) -> bool:
    """Whether some agreement pays everybody what i offers, up to the accuracy of the answers."""
    short = rules.accuracy * rules.stakes
    found = rules.best(i, np.where(np.arange(len(offer)) == i, rules.disagreement, offer - short))
    return found is not None and bool(found[0][i] >= offer[i] - short[i])
