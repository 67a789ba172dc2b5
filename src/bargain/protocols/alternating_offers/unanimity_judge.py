"""The judge of stationary plans: what could anybody gain by one deviation, at any decision?

It values the plan by solving what happens if it is followed, then tries, for every proposer, the best division that the
others accept and an offer that is refused, and for every responder and proposer, both answers on both sides of the
least share that is accepted. A responder is judged as if the others accepted.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bargain.protocols.alternating_offers.unanimity_rules import StationaryPlan, Unanimity
from bargain.protocols.judging import Judgement, largest

__all__ = ["judge"]

Floats = NDArray[np.float64]

DUST = 1e-12
"""By how much an offer may miss a sum of 1, or a share that is just accepted, through rounding alone."""


def judge(rules: Unanimity, plan: StationaryPlan) -> Judgement:
    """The largest gain from one deviation, in units of what the whole pie is worth to whoever deviates.

    An offer that is no division of the pie counts as an infinite gain.

    >>> shares = np.array([[2 / 3, 1 / 3], [1 / 3, 2 / 3]])
    >>> judge(Unanimity(patience=(0.5, 0.5)), StationaryPlan(shares, shares)).certified
    True
    """
    wrong = _not_a_division(rules, plan)
    if wrong:
        return Judgement(float("inf"), 1.0, 1, wrong)
    waiting = _worth_of_waiting(rules, plan)
    tried = [*_proposers(rules, plan, waiting), *_responders(rules, plan, waiting)]
    gain, where = largest(tried, lambda one: one[0])
    return Judgement(float(gain), 1.0, len(tried), where)


def _not_a_division(rules: Unanimity, plan: StationaryPlan) -> str:
    for name, offer in zip(rules.players, plan.offers, strict=True):
        if not (offer >= -DUST).all() or not offer.sum() <= 1 + DUST:
            return f"{name} offers what is no division of the pie"
    return ""


def _worths(rules: Unanimity, shares: Floats) -> Floats:
    """What shares are worth, as parts of what the whole pie is worth."""
    return np.asarray(rules.tastes.worth(np.clip(shares, 0.0, 1.0)) / rules.tastes.worth(np.ones(len(rules.players))))


def _agreed(plan: StationaryPlan) -> NDArray[np.bool_]:
    """(n,) whether the plan has everybody accept what each proposer offers."""
    content = plan.offers >= plan.accepts - DUST
    return np.asarray((content | np.eye(len(content), dtype=bool)).all(axis=1))


def _worth_of_waiting(rules: Unanimity, plan: StationaryPlan) -> Floats:
    """(n, n) what it is worth to the column's player that the row's proposer is refused, if the plan goes on."""
    agreed, now = _agreed(plan), _worths(rules, plan.offers)
    succession, n = rules.succession, len(rules.players)
    waiting = np.empty((n, n))
    for player in range(n):
        onward = rules.patience[player] * succession
        # An offer that is accepted is worth what it gives, any other what comes next.
        system = np.eye(n) - (~agreed)[:, None] * onward
        values = np.linalg.solve(system, np.where(agreed, now[:, player], 0.0)) if not agreed.all() else now[:, player]
        waiting[:, player] = onward @ values
    return waiting


def _proposers(rules: Unanimity, plan: StationaryPlan, waiting: Floats) -> list[tuple[float, str]]:
    """What every proposer gains by the best acceptable offer, and by one that is refused."""
    agreed, now, tried = _agreed(plan), _worths(rules, plan.offers), []
    for i, name in enumerate(rules.players):
        value = now[i, i] if agreed[i] else waiting[i, i]
        asked = sum(max(plan.accepts[i, j], 0.0) for j in range(len(now)) if j != i)
        if asked <= 1:
            best = _worths(rules, np.full(len(now), 1 - asked))[i]
            tried.append((best - value, f"{name} proposing"))
        tried.append((waiting[i, i] - value, f"{name} proposing, with an offer that is refused"))
    return tried


def _responders(rules: Unanimity, plan: StationaryPlan, waiting: Floats) -> list[tuple[float, str]]:
    """What every responder gains by refusing the least share it accepts, and by accepting a little less."""
    tried, least = [], _worths(rules, plan.accepts)
    for i, proposer in enumerate(rules.players):
        for j, name in enumerate(rules.players):
            if i == j:
                continue
            where = f"{name} answering {proposer}"
            if plan.accepts[i, j] <= 1:
                tried.append((waiting[i, j] - least[i, j], where))
            if plan.accepts[i, j] > 0:
                tried.append((least[i, j] - waiting[i, j], where))
    return tried
