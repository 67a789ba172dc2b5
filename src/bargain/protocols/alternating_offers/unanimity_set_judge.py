"""The judge of plans over agreements: what could anybody gain by one deviation, at any decision?

It values a plan by following it, then tries for every proposer each agreement that the others accept (all lotteries at
once, by prices that bound them) and an offer that is refused, and for every responder the wrong answer to every one.
A responder is judged as if the others accepted.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from bargain.protocols.alternating_offers.unanimity_set_rules import HorizonPlan, SetPlan, UnanimityOver
from bargain.protocols.judging import Judgement, largest

__all__ = ["judge_horizon", "judge_stationary"]

Floats = NDArray[np.float64]
Trial = tuple[float, int, int, str]
"""A gain, whose, how many deviations it is the largest of, and where."""

DUST = 1e-9
"""Chances and prices may be off by this much."""


def judge_horizon(rules: UnanimityOver, plan: HorizonPlan) -> Judgement:
    """The largest gain from one deviation in any round of a finite game."""
    value = np.zeros(len(rules.players))
    trials: list[Trial] = []
    for t in range(len(plan.offers) - 1, -1, -1):
        waiting, floors = rules.discounts * value, plan.accepts[t] - rules.disagreement
        chances = rules.opening @ np.linalg.matrix_power(rules.succession, t % (2 * len(rules.players)))
        value = np.zeros(len(rules.players))
        for i in np.flatnonzero(chances > 0):
            offer = None if plan.offers[t, i] < 0 else rules.gains[plan.offers[t, i]]
            value = value + chances[i] * _outcome(int(i), offer, floors, waiting)
            trials += _single(rules, int(i), offer, floors, waiting, f" in round {t + 1}")
    return _verdict(rules, trials)


def judge_stationary(rules: UnanimityOver, plan: SetPlan) -> Judgement:
    """The largest gain from one deviation whenever anybody proposes.

    With lotteries no offer is tried by itself: at prices q of payoffs, no lottery that gives the others their floors
    a_j gives i more than (max over agreements of q u - sum of q_j a_j)/q_i.
    """
    if not _is_lottery(plan.chances):
        return Judgement(float("inf"), 1.0, 1, "an offer is no lottery over agreements")
    n, offers = len(rules.players), plan.chances @ rules.gains
    floors = plan.accepts - rules.disagreement
    agreed = [bool(np.delete(offers[i] >= floors[i], i).all()) for i in range(n)]
    values = _values(rules, offers, np.array(agreed))
    trials: list[Trial] = []
    for i in range(n):
        waiting = rules.discounts * (rules.succession[i] @ values)
        if plan.prices is None:
            trials += _single(rules, i, offers[i], floors[i], waiting, "")
        else:
            trials += _by_prices(rules, i, values[i, i], floors[i], waiting, plan.prices[i])
    return _verdict(rules, trials)


def _is_lottery(chances: Floats) -> bool:
    return bool((chances >= 0).all() and (np.abs(chances.sum(axis=1) - 1) <= DUST).all())


def _values(rules: UnanimityOver, offers: Floats, agreed: NDArray[np.bool_]) -> Floats:
    """(n, n) what it is worth to the column's player that the row's player proposes, if everybody follows the plan."""
    values = np.empty_like(offers)
    for j, discount in enumerate(rules.discounts):
        onward = discount * rules.succession * (~agreed)[:, None]
        values[:, j] = np.linalg.solve(np.eye(len(offers)) - onward, np.where(agreed, offers[:, j], 0.0))
    return values


def _outcome(i: int, offer: Floats | None, floors: Floats, waiting: Floats) -> Floats:
    accepted = offer is not None and np.delete(offer >= floors, i).all()
    return offer if accepted and offer is not None else waiting


def _single(
    rules: UnanimityOver, i: int, offer: Floats | None, floors: Floats, waiting: Floats, when: str
) -> Iterator[Trial]:
    """Proposer i names any other agreement, or one that is refused; responders give the wrong answer to any of them."""
    k, name = len(rules.gains), rules.players[i]
    content = rules.gains >= floors
    follows = _outcome(i, offer, floors, waiting)[i]
    all_others = np.delete(content, i, axis=1).all(axis=1)
    best = max(rules.gains[all_others, i].max(initial=-np.inf), waiting[i])
    yield float(best - follows), i, k + 1, f"{name} proposing{when}"
    for j in range(len(floors)):
        if j != i:
            lost = np.where(content[:, j], waiting[j] - rules.gains[:, j], rules.gains[:, j] - waiting[j])
            yield float(lost.max()), j, k, f"{rules.players[j]} answering {name}{when}"


def _by_prices(
    rules: UnanimityOver, i: int, follows: float, floors: Floats, waiting: Floats, prices: Floats
) -> Iterator[Trial]:
    """The same where offers may be lotteries, so that a payoff as near to the floor as one likes can be offered."""
    others, name = np.arange(len(floors)) != i, rules.players[i]
    if not (prices[others] >= -DUST).all() or not prices[i] > 0:
        yield float("inf"), i, 1, f"the prices of {name} are negative"
        return
    bound = ((rules.gains @ prices).max() - prices[others] @ floors[others]) / prices[i]
    yield float(bound - follows), i, len(rules.gains), f"{name} proposing"
    yield float(waiting[i] - follows), i, 1, f"{name} proposing, with an offer that is refused"
    for j in np.flatnonzero(others):
        yield float(abs(floors[j] - waiting[j])), int(j), 2, f"{rules.players[j]} answering {name}"


def _verdict(rules: UnanimityOver, trials: list[Trial]) -> Judgement:
    """The trial with the largest gain beside what is at stake for whoever deviates."""
    gain, player, _, where = largest(trials, lambda trial: trial[0] / rules.stakes[trial[1]])
    return Judgement(gain, float(rules.stakes[player]), sum(trial[2] for trial in trials), where)
