"""Unanimity where somebody would lose by any agreement: nobody proposes anything acceptable, and nothing is signed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.model.equilibrium import Equilibrium, Move, Strategy
from bargain.model.wording import rounded
from bargain.protocols.alternating_offers.unanimity_asked_rules import AskedHorizonPlan, UnanimityAsked
from bargain.protocols.alternating_offers.unanimity_set_rules import HorizonPlan, SetPlan, UnanimityOver
from bargain.protocols.words import Words

__all__ = ["is_unsigned", "never_signed", "tell_unsigned"]

Floats = NDArray[np.float64]
Unsigned = HorizonPlan | AskedHorizonPlan | SetPlan

SLACK = 1e-12
"""Below disagreement by less than this part of what is at stake is rounding."""
LEAST_PRICE = 1e-6
"""Every payoff has a price, so that a bound on what a proposer can gain can be divided by its own."""


def never_signed(rules: UnanimityOver | UnanimityAsked) -> Unsigned | None:
    """The plan in which all accept what pays d or more, and nobody offers that; None where something can be signed.

    It has one round of everybody's turns: what is done is the same ever after, and worth d whenever it begins. A
    lottery that somebody refuses stands for an offer that is not acceptable; None also where there is none.

    >>> over = UnanimityOver(points=[[1, -1], [-2, 3]], disagreement=[0, 0], patience=(0.9, 0.9))
    >>> never_signed(over).offers.tolist()
    [[-1, -1], [-1, -1]]
    """
    n = len(rules.players)
    accepts = np.tile(rules.disagreement, (n, 1))
    if isinstance(rules, UnanimityAsked):
        if any(rules.best(i, rules.disagreement) is not None for i in range(n)):
            return None
        return AskedHorizonPlan(np.full((n, n, n), np.nan), ((None,) * n,) * n, accepts)
    if (rules.gains >= -SLACK * rules.stakes).all(axis=1).any():
        return None
    return _refused_lotteries(rules, accepts) if rules.lotteries else HorizonPlan(np.full((n, n), -1), accepts)


def _refused_lotteries(rules: UnanimityOver, accepts: Floats) -> SetPlan | None:
    """With the prices at which no lottery has a gain: the largest worth of an agreement at them is below 0."""
    from scipy.optimize import linprog

    k, n = rules.gains.shape
    answer = linprog(
        np.eye(n + 1)[n],
        A_ub=np.column_stack([rules.gains / rules.stakes, -np.ones(k)]),
        b_ub=np.zeros(k),
        A_eq=[[1.0] * n + [0.0]],
        b_eq=[1.0],
        bounds=[(LEAST_PRICE, None)] * n + [(None, None)],
        method="highs",
    )
    losing = rules.gains < 0
    refused = [np.delete(losing, i, axis=1).any(axis=1) for i in range(n)]
    if answer.status != 0 or answer.fun >= -SLACK or not all(places.any() for places in refused):
        return None
    chances = np.eye(k)[[int(places.argmax()) for places in refused]]
    prices = np.tile(answer.x[:n] / rules.stakes, (n, 1))
    return SetPlan(chances, accepts, prices, 0, rules.disagreement, rules.disagreement, complete=True)


def is_unsigned(rules: Any, plan: object) -> bool:
    """Whether a plan without a last round never signs anything."""
    if isinstance(plan, SetPlan):
        short = plan.chances @ rules.points < plan.accepts - SLACK * rules.stakes
        return bool((short & ~np.eye(len(short), dtype=bool)).any(axis=1).all())
    return isinstance(plan, HorizonPlan | AskedHorizonPlan) and rules.horizon is None


def tell_unsigned(rules: UnanimityOver | UnanimityAsked, words: Words, told: dict[str, Any]) -> Equilibrium:
    """No deal, as an `Equilibrium`: everybody gets what the disagreement pays."""
    own = dict(zip(rules.players, rules.disagreement.tolist(), strict=True))
    d, _ = words.everybody(own, own, ())
    return Equilibrium(
        "alternating_offers",
        "no_agreement",
        {name: words.title_of(name) for name in d},
        solution_concept="stationary subgame-perfect equilibrium",
        rules=told,
        payoffs=d,
        disagreement=d,
        chance_of_agreement=0.0,
        path=[
            Move(1, name, "proposes nothing acceptable", chance=float(chance))
            for name, chance in zip(rules.players, rules.opening, strict=True)
            if chance > 0
        ],
        strategies=list(_strategies(rules)),
        remarks=["Whoever is indifferent accepts. Every offer needs the consent of all."],
        reason="No agreement leaves everybody at or above disagreement, so that nothing is ever signed",
    )


def _strategies(rules: UnanimityOver | UnanimityAsked) -> Iterator[Strategy]:
    for name, floor in zip(rules.players, rules.disagreement.tolist(), strict=True):
        yield Strategy(name, "proposing", "proposes nothing acceptable", {"offer": None})
        yield Strategy(name, "answering", f"accepts what pays {rounded(floor)} or more", {"accepts_from": floor})
