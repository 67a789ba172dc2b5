"""A choice of demands put into words: what rational players ask for, what is believed of them, and what it brings."""

from __future__ import annotations

import math
from typing import Any

from bargain.model.equilibrium import Belief, Equilibrium, Move, Strategy
from bargain.model.wording import rounded
from bargain.protocols.attrition.plan import ChoicePlan
from bargain.protocols.attrition.reputation import patient_shares
from bargain.protocols.attrition.rules import DemandChoice
from bargain.protocols.words import Words

__all__ = ["tell_choice"]

RARE = 1e-9
"""Demands that are made less often are left out of words; tables have them."""


def tell_choice(rules: DemandChoice, plan: ChoicePlan, words: Words) -> Equilibrium:
    """A choice of demands as an `Equilibrium`; payoffs are those of rational players."""
    conflict = _conflict(rules)
    return Equilibrium(
        model="attrition",
        status="uncertain" if conflict > 0 else "agreement",
        players={name: words.title_of(name) for name in rules.players},
        solution_concept="perfect Bayesian equilibrium",
        rules=_rules(rules),
        payoffs=dict(zip(rules.players, plan.payoffs, strict=True)),
        disagreement=dict.fromkeys(rules.players, 0.0),
        chance_of_agreement=1.0 - conflict,
        path=_path(rules, plan),
        strategies=[*_asking(rules, plan), *_replying(rules, plan)],
        beliefs=_beliefs(rules, plan),
        measures={
            "shares_by_patience": dict(zip(rules.players, patient_shares(rules.rates), strict=True)),
            "mean_demand": math.fsum(a * chance for a, chance in zip(rules.demands[0], plan.asks, strict=True)),
            "agreed_at_once": _agreed(rules, plan),
            "conflict": conflict,
        },
        tables={"demands": _demands(rules, plan), "replies": _replies(rules, plan)},
        remarks=[
            "Payoffs are those of rational players, who ask for what a stubborn type asks for; whoever asks for "
            "anything else is known to be rational, and gives in.",
            "As stubbornness vanishes, with demands of every size, payoffs go to shares by patience.",
        ],
    )


def _rules(rules: DemandChoice) -> dict[str, Any]:
    types = {
        name: {f"{demand:g}": chance for demand, chance in zip(demands, chances, strict=True)}
        for name, demands, chances in zip(rules.players, rules.demands, rules.stubborn, strict=True)
    }
    return {"stubborn": types, "rates": dict(zip(rules.players, rules.rates, strict=True)), "first": rules.players[0]}


def _conflict(rules: DemandChoice) -> float:
    """The chance that both are stubborn and do not fit."""
    return math.fsum(
        first * second
        for j, first in enumerate(rules.stubborn[0])
        for k, second in enumerate(rules.stubborn[1])
        if not rules.fit(j, k)
    )


def _reached(rules: DemandChoice, plan: ChoicePlan, j: int) -> float:
    """The chance that the first, of any type, asks for its demand j."""
    return rules.stubborn[0][j] + rules.rational(0) * plan.asks[j]


def _name(rules: DemandChoice, player: int, demand: int, chance: float) -> float:
    """The chance that a player is stubborn, by Bayes' rule."""
    stubborn = rules.stubborn[player][demand]
    return stubborn / (stubborn + rules.rational(player) * chance)


def _agreed(rules: DemandChoice, plan: ChoicePlan) -> float:
    """The chance that the second agrees to what the first asks for."""
    total = 0.0
    for j, agrees in enumerate(plan.agrees):
        stubborn = math.fsum(chance for k, chance in enumerate(rules.stubborn[1]) if rules.fit(j, k))
        total += _reached(rules, plan, j) * (rules.rational(1) * agrees + stubborn)
    return total


def _path(rules: DemandChoice, plan: ChoicePlan) -> list[Move]:
    first, second = rules.players
    j = max(range(len(plan.asks)), key=plan.asks.__getitem__)
    demand = rules.demands[0][j]
    paid = {first: demand, second: 1.0 - demand}
    moves = [Move(0, first, f"asks for {demand:g}", paid, chance=_reached(rules, plan, j), note="its likeliest demand")]
    agreed = _agreed(rules, plan)
    if agreed > RARE:
        moves.append(Move(0, second, "agrees to what is asked for", chance=agreed))
    if agreed < 1 - RARE:
        moves.append(Move(0, second, "asks for more than is left, and they hold out", chance=1.0 - agreed))
    return moves


def _asking(rules: DemandChoice, plan: ChoicePlan) -> list[Strategy]:
    pairs = [(a, chance) for a, chance in zip(rules.demands[0], plan.asks, strict=True) if chance > RARE]
    told = ", ".join(f"{a:g} with chance {rounded(chance)}" for a, chance in pairs)
    return [Strategy(rules.players[0], "at first", f"asks for {told}", {f"{a:g}": chance for a, chance in pairs})]


def _replying(rules: DemandChoice, plan: ChoicePlan) -> list[Strategy]:
    found = []
    for demand, asked, agrees, replies in zip(rules.demands[0], plan.asks, plan.agrees, plan.replies, strict=True):
        pairs = [(f"asks for {b:g}", chance) for b, chance in zip(rules.demands[1], replies, strict=True)]
        made = [(what, chance) for what, chance in (("agrees", agrees), *pairs) if chance > RARE]
        if asked > RARE:
            told = ", ".join(f"{what} with chance {rounded(chance)}" for what, chance in made)
            found.append(Strategy(rules.players[1], f"asked for {demand:g}", told, dict(made)))
    return found


def _beliefs(rules: DemandChoice, plan: ChoicePlan) -> list[Belief]:
    found = []
    for j, (demand, asked) in enumerate(zip(rules.demands[0], plan.asks, strict=True)):
        stubborn = _name(rules, 0, j, asked)
        chances = {"stubborn": stubborn, "rational": 1.0 - stubborn}
        if asked > RARE:
            found.append(Belief(rules.players[0], f"having asked for {demand:g}", chances))
    return found


def _demands(rules: DemandChoice, plan: ChoicePlan) -> list[dict[str, Any]]:
    """A row for every demand of the first."""
    return [
        {"demand": demand, "chance": asked, "then_thought_stubborn": _name(rules, 0, j, asked), "agreed_to": agrees}
        for j, (demand, asked, agrees) in enumerate(zip(rules.demands[0], plan.asks, plan.agrees, strict=True))
    ]


def _replies(rules: DemandChoice, plan: ChoicePlan) -> list[dict[str, Any]]:
    """A row for every pair of demands that do not fit, and what follows."""
    return [
        {
            "demand": rules.demands[0][j],
            "reply": rules.demands[1][k],
            "chance": plan.replies[j][k],
            "then_thought_stubborn": _name(rules, 1, k, plan.replies[j][k]),
            "first_gives_in_at_once": contest.concessions[0].atom,
            "second_gives_in_at_once": contest.concessions[1].atom,
            "end": contest.end,
        }
        for j, row in enumerate(plan.contests)
        for k, contest in enumerate(row)
        if contest is not None
    ]
