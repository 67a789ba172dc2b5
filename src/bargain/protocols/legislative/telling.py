"""A plan of a legislature as an `Equilibrium`: who gets what as proposer, as partner and on average."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.model.equilibrium import Equilibrium, Move, Strategy
from bargain.model.wording import number
from bargain.protocols.legislative.plan import AmendmentPlan, DivisionPlan, MotionPlan, SessionPlan
from bargain.protocols.legislative.rules import Legislature, Motions
from bargain.protocols.legislative.telling_motions import tell_motions, tell_sessions
from bargain.protocols.words import Words

__all__ = ["tell"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

CONCEPT = "stationary subgame-perfect equilibrium"
DUST = 1e-12
"""Chances below this are rounding."""
SAME_CHANCE = 1e-9
"""Chances this close are told as one."""
NO_PATIENCE = 1e-6
"""With less patience a price hardly depends on payoffs, so that rounding decides who is bought how often."""
NAMED = 6
"""So many members are named one by one."""


def tell(rules: Any, plan: object, words: Words) -> Equilibrium:
    """What a plan leads to, in the words of the file."""
    return _told(plan, rules, words)


@singledispatch
def _told(plan: object, _: object, __: Words) -> Equilibrium:
    raise TypeError(f"{type(plan).__name__} is no plan for a legislature")


@_told.register
def _motions(plan: MotionPlan, rules: Motions, words: Words) -> Equilibrium:
    return tell_motions(plan, rules, words, rules_told(rules.house) | {"horizon": None})


@_told.register
def _sessions(plan: SessionPlan, rules: Motions, words: Words) -> Equilibrium:
    return tell_sessions(plan, rules, words, rules_told(rules.house) | {"horizon": rules.horizon})


@_told.register
def _division(plan: DivisionPlan, rules: Legislature, words: Words) -> Equilibrium:
    bought, names = plan.bought(), rules.players
    keeps = np.array([_keeps(rules, plan, i) for i in range(rules.n)])
    partner = rules.chances @ bought
    return Equilibrium(
        "legislative",
        "agreement",
        {name: words.title_of(name) for name in names},
        CONCEPT,
        rules=rules_told(rules) | {"pie": rules.pie, "amendments": rules.amendments},
        payoffs=_by_name(names, plan.values),
        disagreement=_by_name(names, rules.standing),
        chance_of_agreement=1.0,
        path=_recognised(rules, plan, bought, words),
        strategies=[strategy for i, name in enumerate(names) for strategy in _own(rules, plan, bought, i, name, words)],
        measures={
            "keeps_as_proposer": _by_name(names, keeps),
            "price_of_vote": _by_name(names, plan.prices),
            "chance_as_partner": _by_name(names, partner),
        },
        tables={"who_gets_what": _rows(rules, keeps, plan.prices, partner, plan.values)},
        remarks=_remarks(rules, partner),
    )


def _recognised(rules: Legislature, plan: DivisionPlan, bought: Floats, words: Words) -> list[Move]:
    """One move per member: what it proposes when recognised, on average over the partners it draws."""
    path = []
    for i in np.flatnonzero(rules.chances > 0):
        own = plan.proposers == i
        mean = plan.chances[own] @ plan.offers[own]
        drawn = "" if own.sum() == 1 else "on average over the partners it draws"
        action = f"is recognised and {_offers(rules, plan, bought[i], int(i), words)}; it passes"
        path.append(
            Move(1, rules.players[i], action, _by_name(rules.players, mean), chance=float(rules.chances[i]), note=drawn)
        )
    return path


def _offers(rules: Legislature, plan: DivisionPlan, bought: Floats, proposer: int, words: Words) -> str:
    """Who is offered what, in words; those who are drawn all have the same price, or cost nothing."""
    names = [words.title_of(name) for name in rules.players]
    paid = [i for i in np.flatnonzero((bought > DUST) & (plan.prices > 0)) if i != proposer]
    sure = [i for i in paid if bought[i] > 1 - DUST]
    drawn = [i for i in paid if bought[i] <= 1 - DUST]
    told = [f"{names[i]} {number(plan.prices[i], 4)}" for i in sure[:NAMED]]
    told += (
        [f"{len(sure) - NAMED} more {number(float(plan.prices[sure[NAMED:]].sum()), 4)} together"]
        if sure[NAMED:]
        else []
    )
    if drawn:
        prices = np.unique([number(plan.prices[i], 4) for i in drawn])
        same = np.ptp(bought[drawn]) < SAME_CHANCE
        from_whom = ", ".join(names[i] + ("" if same else f" (chance {number(bought[i], 3)})") for i in drawn[:NAMED])
        from_whom += f" and {len(drawn) - NAMED} more" if drawn[NAMED:] else ""
        count = number(float(bought[drawn].sum()), 4)
        whom = "one" if count == "1" else f"each of {count}"
        told.append(f"{' or '.join(prices)} to {whom} drawn from {from_whom}")
    return f"offers {' and '.join(told)}" if told else "offers nothing to anybody"


def _waits(rules: Legislature, plan: DivisionPlan, i: int) -> bool:
    """Whether a member, never recognised, would rather go on than buy a coalition, so that its proposals fail."""
    own = plan.proposers == i
    yes = plan.offers[own] >= plan.prices
    yes[:, i] = True
    return not rules.passes(yes).any()


def _keeps(rules: Legislature, plan: DivisionPlan, i: int) -> float:
    """What a member has when recognised: its share of what it proposes, or what going on is worth."""
    own = plan.proposers == i
    return float(plan.prices[i] if _waits(rules, plan, i) else plan.chances[own] @ plan.offers[own, i])


def _own(rules: Legislature, plan: DivisionPlan, bought: Floats, i: int, name: str, words: Words) -> list[Strategy]:
    price = float(plan.prices[i])
    chances = {rules.players[j]: float(bought[i, j]) for j in np.flatnonzero(bought[i] > DUST)}
    keeps = _keeps(rules, plan, i)
    does = f"{_offers(rules, plan, bought[i], i, words)}, keeps {number(keeps, 4)}"
    if _waits(rules, plan, i):
        does = f"proposes nothing that passes; going on is worth {number(price, 4)} to it"
    return [
        Strategy(name, "recognised", does, {"keeps": keeps, "buys": chances}),
        Strategy(name, "voting", f"accepts {number(price, 4)} or more", {"price": price}),
    ]


@_told.register
def _amendment(plan: AmendmentPlan, rules: Legislature, words: Words) -> Equilibrium:
    n, m, names = rules.n, plan.partners, rules.players
    keeps, passes = rules.pie - m * plan.share, m / (n - 1)
    value = (plan.floor + m * plan.partner + (n - 1 - m) * plan.left_out) / n
    others = "all others" if m == n - 1 else f"{m} of the {n - 1} others, drawn at random"
    moves = f"keeps {number(keeps, 4)} and offers {number(plan.share, 4)} to each of {others}"
    first = Strategy("every member", "recognised first", moves, {"keeps": keeps, "share": plan.share, "partners": m})
    strategies = [
        first,
        Strategy("every member", "recognised next, as a partner", "moves the question; the proposal passes"),
        Strategy(
            "every member", "recognised next, left out", "amends: proposes the like, the left out first as partners"
        ),
        Strategy("every member", "voting on an amendment", "is for it unless it loses by it"),
    ]
    path = [
        Move(1, "every member", f"(one of {n}, all alike) {moves}"),
        Move(2, "every member", "a partner is recognised and moves the question; it passes", chance=passes),
        Move(2, "every member", "a member left out is recognised and amends", chance=1 - passes),
    ]
    delta = float(rules.waiting[0])
    return Equilibrium(
        "legislative",
        "agreement",
        {name: words.title_of(name) for name in names},
        CONCEPT,
        rules=rules_told(rules) | {"pie": rules.pie, "amendments": rules.amendments},
        payoffs=dict.fromkeys(names, value),
        disagreement=dict.fromkeys(names, 0.0),
        chance_of_agreement=1.0,
        path=[move for move in path if move.chance > 0],
        strategies=strategies,
        measures={
            "partners": m,
            "keeps_as_proposer": keeps,
            "share_of_partner": plan.share,
            "value_of_the_floor": plan.floor,
            "value_as_partner": plan.partner,
            "value_left_out": plan.left_out,
            "passes_at_once": passes,
            "sessions_expected": 1 / passes,
            "lost_by_delay": rules.pie * (1 - passes / (1 - (1 - passes) * delta)),
        },
        tables={"who_gets_what": _rows(rules, keeps, plan.share, m / n, value)},
        remarks=[
            "Of several ways to draw an amender's partners, each an equilibrium (Primo 2007), this is that of Baron "
            "and Ferejohn: those left out come first, the member replaced is left out."
        ],
    )


def rules_told(rules: Legislature) -> dict[str, Any]:
    """The numbers that were played with."""
    told: dict[str, Any] = {
        "recognition": _by_name(rules.players, rules.chances),
        "patience": _by_name(rules.players, rules.waiting),
        "quota": rules.needed,
        "votes": _by_name(rules.players, rules.weights),
        "vetoes": list(rules.vetoes),
    }
    return told | ({"status_quo": _by_name(rules.players, rules.standing)} if rules.standing.any() else {})


def _remarks(rules: Legislature, partner: Floats) -> list[str]:
    unique = "Stationary payoffs are unique"
    if rules.standing.any():
        unique += " among plans that agree in the first session"
    unique += "; who buys whom among equally dear votes may be drawn otherwise."
    if rules.heads is None and rules.standing.any():
        unique = "Other stationary payoffs are not excluded; which are found may depend on the order of the members."
    elif (tied := _undetermined(rules, partner)).any():
        names = ", ".join(rules.players[i] for i in np.flatnonzero(tied))
        unique = (
            f"Stationary payoffs are not unique: {names} have no patience and the same status quo, and are bought by "
            "lot; another draw pays them otherwise."
        )
    told = [f"Members who are indifferent accept. {unique}"]
    if rules.vetoes:
        told.append("A member with a veto is in every coalition and is paid in full by each proposer.")
    return told


def _undetermined(rules: Legislature, partner: Floats) -> Bools:
    """(n,) who is bought by some proposers only, in a tie of votes whose price does not depend on that (``closed.py``).

    A price is s_i at patience 0, whatever a member expects; then nothing says how often each of several is bought.
    """
    idle = ~rules.may_veto & (rules.waiting <= NO_PATIENCE) & (rules.standing > 0)
    within, found = rules.chances + partner, np.zeros(rules.n, dtype=bool)
    for i in np.flatnonzero(idle):
        tied = idle & (np.abs(rules.standing - rules.standing[i]) <= SAME_CHANCE * rules.pie)
        least, most = float(rules.chances[tied].sum()), int(tied.sum())
        if most > 1 and least + SAME_CHANCE < float(within[tied].sum()) < most - SAME_CHANCE:
            found |= tied
    return found


def _rows(
    rules: Legislature, keeps: Floats | float, price: Floats | float, partner: Floats | float, values: Floats | float
) -> list[dict[str, Any]]:
    out = np.maximum(1 - rules.chances - partner, 0.0)
    columns = (rules.chances, keeps, price, partner, 0.0, np.where(out > SAME_CHANCE, out, 0.0), values)
    table = [np.broadcast_to(column, rules.n) for column in columns]
    heads = (
        "recognition",
        "as_proposer",
        "as_partner",
        "chance_as_partner",
        "left_out",
        "chance_left_out",
        "on_average",
    )
    return [
        {"player": name, **{head: float(column[i]) for head, column in zip(heads, table, strict=True)}}
        for i, name in enumerate(rules.players)
    ]


def _by_name(names: tuple[str, ...], row: Floats) -> dict[str, float]:
    return dict(zip(names, (float(entry) for entry in row), strict=True))
