"""Demands to a uniform private cost put into words, with the curve of risk and return."""

from __future__ import annotations

from math import inf
from typing import Any

import numpy as np

from bargain.model.equilibrium import Belief, Equilibrium, Move, Strategy
from bargain.model.wording import number
from bargain.protocols.ultimatum.plan import Cutoffs, Path, Steps
from bargain.protocols.ultimatum.rules import PrivateCost
from bargain.protocols.ultimatum.telling import AFTER_ONE, AFTER_TWO, BEFORE, CERTAIN, status_of
from bargain.protocols.ultimatum.uniform import conflict, expected_payoff, path
from bargain.protocols.words import Words

__all__ = ["tell_cost"]

POINTS = 101
"""Demands of the curve."""
MARGIN = 0.15
"""How far the curve goes beyond demands that all or none accept, as a part of the range of costs."""


def tell_cost(rules: PrivateCost, plan: Cutoffs | Steps, words: Words) -> Equilibrium:
    """The demands as an `Equilibrium`."""
    steps, risk = path(rules, plan), conflict(rules, plan)
    proposer, to = rules.players
    mine = expected_payoff(rules, plan)
    mean = (1 - rules.win) * rules.pie - (rules.low + rules.high) / 2
    payoffs = {proposer: mine, to: mean + _rent(rules, plan)}
    return Equilibrium(
        model="ultimatum",
        status=status_of(1 - risk),
        players={name: words.title_of(name) for name in rules.players},
        solution_concept="stationary perfect Bayesian equilibrium" if rules.rounds == inf else _kind(rules),
        rules=_rules(rules),
        payoffs=payoffs,
        disagreement={proposer: rules.win * rules.pie - rules.cost, to: mean},
        chance_of_agreement=1 - risk,
        path=_moves(rules, steps),
        strategies=_strategies(rules, plan, steps),
        beliefs=_beliefs(rules, steps),
        measures=_measures(rules, steps, mine, risk),
        tables={} if isinstance(plan, Steps) else {"risk_and_return": _curve(rules, plan)},
        remarks=_remarks(rules),
    )


def _kind(rules: PrivateCost) -> str:
    return "perfect Bayesian equilibrium" if rules.rounds == 2 else "subgame-perfect equilibrium"


def _rules(rules: PrivateCost) -> dict[str, Any]:
    told: dict[str, Any] = {
        "proposer": rules.players[0],
        "to": rules.players[1],
        "rounds": "unlimited" if rules.rounds == inf else int(rules.rounds),
        "pie": rules.pie,
        "win": rules.win,
        "held": rules.held,
        "cost": rules.cost,
        "private_cost": {"low": rules.low, "high": rules.high},
    }
    return told if rules.rounds == 1 else {**told, "patience": dict(zip(rules.players, rules.patience, strict=True))}


def _rent(rules: PrivateCost, plan: Cutoffs | Steps) -> float:
    """What the types gain over conflict on average: for every round, the mean cost that accepts less the demand."""
    base, top, width, rent = rules.win * rules.pie, rules.high, rules.high - rules.low, 0.0
    if isinstance(plan, Steps):
        mean = (1 - plan.left) * ((1 + plan.left) / 2 - plan.price)
        return rules.high * mean / (1 - rules.patience[1] * plan.left**2)
    for step in path(rules, plan):
        bottom = top - step.reached * step.accepted * width
        gain = (top + bottom) / 2 - (step.offer - base)
        rent += rules.patience[1] ** (step.round - 1) * step.reached * step.accepted * gain
        top = bottom
    return rent


def _moves(rules: PrivateCost, steps: tuple[Path, ...]) -> list[Move]:
    proposer, to = rules.players
    moves = []
    for step in steps:
        paying = {proposer: step.offer, to: rules.pie - step.offer}
        moves.append(Move(step.round, proposer, f"demands {number(step.offer)}", paying, None, step.reached))
        if step.accepted > 0:
            moves.append(Move(step.round, to, "accepts", paying, None, step.reached * step.accepted))
        if step.accepted < CERTAIN:
            moves.append(Move(step.round, to, "refuses", {}, None, step.reached * (1 - step.accepted)))
    return moves


def _strategies(rules: PrivateCost, plan: Cutoffs | Steps, steps: tuple[Path, ...]) -> list[Strategy]:
    proposer, to = rules.players
    if isinstance(plan, Steps):
        numbers = {"price": plan.price, "reserve": plan.reserve, "left": plan.left}
        asks = f"demands {number(plan.price, 4)} times the highest cost that is left"
        takes = f"accepts up to {number(plan.reserve, 4)} times the own cost"
        return [Strategy(proposer, "in every round", asks, numbers), Strategy(to, "in every round", takes, numbers)]
    whens = ["at first", AFTER_ONE]
    told = [
        Strategy(proposer, when, f"demands {number(step.offer)}", {"demand": step.offer})
        for when, step in zip(whens, steps, strict=False)
    ]
    for step, cutoff in zip(steps, _cutoffs(rules, steps), strict=True):
        when = f"to the demand of round {step.round}"
        told.append(Strategy(to, when, f"accepts if its cost is at least {number(cutoff)}", {"cutoff": cutoff}))
    return told


def _cutoffs(rules: PrivateCost, steps: tuple[Path, ...]) -> list[float]:
    """The lowest cost that accepts in each round."""
    width = rules.high - rules.low
    return [rules.low + step.reached * (1 - step.accepted) * width for step in steps]


def _beliefs(rules: PrivateCost, steps: tuple[Path, ...]) -> list[Belief]:
    """Uniform from low to the lowest cost that has accepted."""
    tops = [rules.high, *_cutoffs(rules, steps)]
    whens = [BEFORE, AFTER_ONE, AFTER_TWO]
    return [
        Belief(rules.players[1], when, {f"uniform from {number(rules.low)} to {number(top)}": 1.0})
        for when, top in zip(whens, tops, strict=False)
        if top > rules.low
    ]


def _measures(rules: PrivateCost, steps: tuple[Path, ...], mine: float, risk: float) -> dict[str, float]:
    told = {"demand": steps[0].offer}
    if rules.rounds != 1:
        told |= {"second_demand": steps[1].offer} if len(steps) > 1 else {}
        told["chance_at_first"] = steps[0].accepted
    known = rules.win * rules.pie + _mean_demand(rules)
    return {
        **told,
        "chance_of_conflict": risk,
        "payoff_if_types_were_known": known,
        "value_of_knowing_the_type": max(known - mine, 0.0),
    }


def _mean_demand(rules: PrivateCost) -> float:
    """What could be demanded on average if the cost were known: the cost, cut to the ceiling."""
    low, high = rules.low, rules.high
    if rules.ceiling <= low:
        return rules.ceiling
    cap = min(rules.ceiling, high)
    return ((cap - low) * (cap + low) / 2 + (high - cap) * rules.ceiling) / (high - low)


def _curve(rules: PrivateCost, plan: Cutoffs) -> list[dict[str, Any]]:
    """What first demands are worth, and what they risk in the end."""
    base, width = rules.win * rules.pie, rules.high - rules.low
    margin = MARGIN * width
    last = min(rules.ceiling, float(plan.demands[-1]) + margin)
    first = min(max(float(plan.demands[0]) - margin, -base), last)
    turns = np.clip([*plan.demands, plan.first], first, last)
    rows = []
    for demand in np.unique([*np.linspace(first, last, POINTS), *turns]).tolist():
        cutoff = float(np.interp(demand, plan.demands, plan.cutoffs, left=rules.low, right=rules.high))
        gain, refused = (rules.high - cutoff) * (demand + rules.cost), cutoff - rules.low
        if len(plan.replies):
            reply = min(float(np.interp(demand, plan.demands, plan.replies)), cutoff)
            gain += rules.patience[0] * (cutoff - reply) * (reply + rules.cost) if refused > 0 else 0.0
            refused = max(reply - rules.low, 0.0)
        worth = base - rules.cost + gain / width
        rows.append({"demand": base + demand, "expected": worth, "chance_of_conflict": refused / width})
    return rows


def _remarks(rules: PrivateCost) -> list[str]:
    told = ["Who is indifferent accepts."]
    if rules.rounds == inf:
        told.append("Without a last round there are other equilibria; the one shown is stationary (and so unique).")
        told.append("Everybody agrees in the end, only late; the first rounds are shown.")
    return told
