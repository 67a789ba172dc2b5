"""The judge of plans over agreements that are asked for: it asks anew, and tries what deviating would bring."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from bargain.protocols.alternating_offers.unanimity_asked_rules import AskedHorizonPlan, AskedPlan, UnanimityAsked
from bargain.protocols.judging import Judgement, largest

__all__ = ["judge_asked", "judge_asked_horizon"]

Floats = NDArray[np.float64]
Trial = tuple[float, str, int]
"""A gain as a part of what is at stake, where, and whose."""


def judge_asked(rules: UnanimityAsked, plan: AskedPlan) -> Judgement:
    """The largest gain from one deviation, up to the accuracy with which the agreements answer.

    Proposers try the best agreement that all others accept, and one that is refused; responders refuse the least they
    accept, and accept a little less. An offer that no agreement pays counts as an infinite gain.
    """
    n, gains = len(rules.players), (plan.offers - rules.disagreement) / rules.stakes
    floors = (plan.accepts - rules.disagreement) / rules.stakes
    agreed = np.array([all(gains[i, j] >= floors[i, j] for j in range(n) if j != i) for i in range(n)])
    values = np.empty((n, n))
    for j in range(n):
        system = np.eye(n) - rules.discounts[j] * rules.succession * (~agreed)[:, None]
        values[:, j] = np.linalg.solve(system, np.where(agreed, gains[:, j], 0.0))
    waiting = rules.discounts * (rules.succession @ values)
    trials: list[Trial] = []
    for i in range(n):
        trials += _tried(rules, i, plan.offers[i], plan.accepts[i], float(values[i, i]), waiting[i], "")
    return _verdict(rules, trials)


def judge_asked_horizon(rules: UnanimityAsked, plan: AskedHorizonPlan) -> Judgement:
    """The same in every round of a game with a last one."""
    n = len(rules.players)
    value, trials = np.zeros(n), list[Trial]()
    for t in reversed(range(len(plan.offers))):
        waiting, chances = rules.discounts * value, rules.proposing(t)
        value = np.zeros(n)
        for i in map(int, np.flatnonzero(chances > 0)):
            offer = plan.offers[t, i]
            signed = not np.isnan(offer).any() and all(offer[j] >= plan.accepts[t, j] for j in range(n) if j != i)
            followed = (offer - rules.disagreement) / rules.stakes if signed else waiting
            value = value + chances[i] * followed
            named = None if np.isnan(offer).any() else offer
            when = f" in round {t + 1}"
            trials += _tried(rules, i, named, plan.accepts[t], float(followed[i]), waiting, when)
    return _verdict(rules, trials)


def _tried(
    rules: UnanimityAsked, i: int, offer: Floats | None, accepts: Floats, follows: float, waiting: Floats, when: str
) -> Iterator[Trial]:
    """What deviating brings while i proposes; ``follows`` is what i gains by the plan."""
    name, n = rules.players[i], len(rules.players)
    if offer is not None and not _can_be_had(rules, i, offer):
        yield np.inf, f"{name} offering what no agreement pays{when}", i
    yield float(waiting[i] - follows), f"{name} proposing, to be refused{when}", i
    found = rules.best(i, np.where(np.arange(n) == i, rules.disagreement, accepts))
    if found is not None:
        best = (found[0][i] - rules.disagreement[i]) / rules.stakes[i]
        yield float(best - follows), f"{name} proposing{when}", i
    if rules.listed is not None:
        others = np.arange(n) != i
        enough = rules.listed[(rules.listed[:, others] >= accepts[others]).all(axis=1), i]
        most = (enough.max(initial=-np.inf) - rules.disagreement[i]) / rules.stakes[i]
        yield float(most - follows), f"{name} proposing what is listed{when}", i
    floors = (accepts - rules.disagreement) / rules.stakes
    for j in range(n):
        if j != i:
            yield float(abs(floors[j] - waiting[j])), f"{rules.players[j]} answering {name}{when}", j


def _can_be_had(rules: UnanimityAsked, i: int, offer: Floats) -> bool:
    """Whether some agreement pays everybody what i offers, up to the accuracy of the answers."""
    short = rules.accuracy * rules.stakes
    found = rules.best(i, np.where(np.arange(len(offer)) == i, rules.disagreement, offer - short))
    return found is not None and bool(found[0][i] >= offer[i] - short[i])


def _verdict(rules: UnanimityAsked, trials: list[Trial]) -> Judgement:
    gain, where, player = largest(trials, lambda trial: trial[0])
    stake = float(rules.stakes[player])
    return Judgement(gain * stake, stake, len(trials), where, tolerance=rules.accuracy)
