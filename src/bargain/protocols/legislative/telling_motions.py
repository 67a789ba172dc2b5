"""Plans over listed agreements as an `Equilibrium`: what is moved, what passes, and how likely each agreement is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.model.equilibrium import Equilibrium, Move, Outcome, Strategy
from bargain.model.wording import in_words, number
from bargain.protocols.legislative.motions import refused_at_price
from bargain.protocols.legislative.plan import WAIT, MotionPlan, SessionPlan
from bargain.protocols.legislative.rules import Motions
from bargain.protocols.words import End, Words

__all__ = ["tell_motions", "tell_sessions"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

SURE = 1e-9
"""A chance this close to 1, or to 0, is that."""
LISTED = 50
"""So many agreements stand in the table of those that may be signed."""
SESSIONS = 1000
"""What is signed later still does not count."""
NOTHING = "moves nothing that passes"


def tell_motions(plan: MotionPlan, rules: Motions, words: Words, told: Mapping[str, Any]) -> Equilibrium:
    """A stationary plan: sessions go on until something passes."""
    house = rules.house
    passing = _passing(rules, plan)
    signing = (house.chances @ plan.moved[:, :-1]) * passing
    at_once = float(signing.sum())
    chances = signing / at_once if at_once > SURE else signing
    path, strategies, refused = [], [], refused_at_price(rules, plan)
    for i, name in enumerate(house.players):
        for motion in np.flatnonzero(plan.moved[i] > SURE):
            number_of = int(motion) if motion < len(rules.payoffs) else WAIT
            chance = float(plan.moved[i, motion])
            sure = number_of == WAIT or passing[number_of] > 1 - SURE
            lot = "" if sure else f"passes with a chance of {number(passing[number_of], 3)}"
            path.append(_move(rules, words, 1, i, number_of, float(house.chances[i]) * chance, lot))
            drawn = "" if chance > 1 - SURE else f" (chance {number(chance, 3)})"
            does = _motion(words, number_of) + drawn
            strategies.append(
                Strategy(name, "recognised", does, {"moves": _numbered(words, number_of), "chance": chance})
            )
        strategies.append(_votes(name, "voting", float(plan.prices[i]), _refused(words, refused[:, i])))
    lots = bool(((plan.accepted > 0) & (plan.accepted < 1)).any())
    needed = "draw lots" if lots else "refuse" if refused.any() else ""
    unless = f", except where the plan needs them to {needed}" if needed else ""
    remarks = [f"Members who are indifferent accept{unless}."]
    remarks.append("Other stationary equilibria are not excluded.")
    remarks += _grid(words)
    return Equilibrium(
        "legislative",
        "agreement" if at_once > SURE else "no_agreement",
        **_common(rules, words, (plan.values, _recognised(rules, plan, passing)), chances, _ends(words, signing)),
        solution_concept="stationary subgame-perfect equilibrium" + (", with lots" if lots else ""),
        rules=told,
        chance_of_agreement=1.0 if at_once > SURE else 0.0,
        path=[move for move in path if move.chance > SURE],
        strategies=strategies,
        measures={"passes_at_once": at_once, "price_of_vote": _by_name(rules, plan.prices)},
        remarks=remarks,
    )


def tell_sessions(plan: SessionPlan, rules: Motions, words: Words, told: Mapping[str, Any]) -> Equilibrium:
    """Sessions one after another until something passes, or the last is over."""
    house, reached = rules.house, 1.0
    ends: list[End] = []
    chances, path, strategies = np.zeros(len(rules.payoffs)), [], []
    for t, moved in enumerate(plan.moved):
        for i, name in enumerate(house.players):
            motion, chance = int(moved[i]), reached * float(house.chances[i])
            if reached > SURE and chance > SURE:
                path.append(_move(rules, words, t + 1, i, motion, chance))
                if motion != WAIT:
                    chances[motion] += chance
                    ends.append((chance, words.agreement(motion), t))
            if t == 0:
                moves = {"moves": _numbered(words, motion)}
                strategies.append(Strategy(name, "recognised in session 1", _motion(words, motion), moves))
                strategies.append(_votes(name, "voting in session 1", float(plan.prices[0, i])))
        reached *= float(house.chances @ (moved == WAIT))
    signed = float(chances.sum())
    status: Outcome = "agreement" if signed > 1 - SURE else "no_agreement" if signed < SURE else "uncertain"
    return Equilibrium(
        "legislative",
        status,
        **_common(rules, words, (plan.values[0], _recognised_first(rules, plan)), chances, ends),
        solution_concept="subgame-perfect equilibrium",
        rules=told,
        chance_of_agreement=min(signed, 1.0),
        path=path,
        strategies=strategies,
        measures={
            "passes_at_once": float(house.chances @ (plan.moved[0] != WAIT)),
            "price_of_vote": _by_name(rules, plan.prices[0]),
        },
        remarks=[
            "Members who are indifferent accept, and of several best motions a member moves the first.",
            *_grid(words),
        ],
    )


def _ends(words: Words, signing: Floats) -> list[End]:
    """What may be signed in session 1, 2 and so on, until hardly anything is left."""
    left, ends, at_once = 1.0, list[End](), float(signing.sum())
    for late in range(SESSIONS if at_once > SURE else 0):
        ends += [(left * float(signing[a]), words.agreement(int(a)), late) for a in np.flatnonzero(signing > 0)]
        left *= 1 - at_once
        if left <= SURE:
            break
    return ends


def _common(
    rules: Motions, words: Words, paid: tuple[Floats, Floats], chances: Floats, ends: list[End]
) -> dict[str, Any]:
    """Players, payoffs (expected, and if recognised first), the likeliest agreement, the tables."""
    values, own = paid
    likeliest = int(chances.argmax())
    payoffs, without = words.everybody(_by_name(rules, values), _by_name(rules, rules.house.standing), ends)
    return {
        "players": {name: words.title_of(name) for name in payoffs},
        "agreement": words.agreement(likeliest) if chances[likeliest] > 0 else None,
        "payoffs": payoffs,
        "disagreement": without,
        "tables": {
            "who_gets_what": _rows(rules, own, values),
            "agreements": [
                {
                    "chance": float(chances[a]),
                    "agreement": _numbered(words, int(a)),
                    **_by_name(rules, rules.payoffs[a]),
                }
                for a in np.argsort(-chances, kind="stable")[:LISTED]
                if chances[a] > 0
            ],
        },
    }


def _rows(rules: Motions, own: Floats, values: Floats) -> list[dict[str, Any]]:
    """What each member expects if it is recognised first, if another is, and on average."""
    p = rules.house.chances
    others = np.where(p < 1, (values - p * own) / np.where(p < 1, 1 - p, 1.0), values)
    columns = (p, own, others, values)
    heads = ("recognition", "as_proposer", "if_another_proposes", "on_average")
    return [
        {"player": name, **{head: float(column[i]) for head, column in zip(heads, columns, strict=True)}}
        for i, name in enumerate(rules.house.players)
    ]


def _recognised(rules: Motions, plan: MotionPlan, passing: Floats) -> Floats:
    """(n,) what a member expects once it is recognised."""
    worth = np.vstack([passing[:, None] * rules.payoffs + (1 - passing)[:, None] * plan.prices, plan.prices])
    return np.asarray((plan.moved * worth.T).sum(axis=1))


def _recognised_first(rules: Motions, plan: SessionPlan) -> Floats:
    """(n,) the same in the first of several sessions."""
    members, moved = np.arange(rules.house.n), plan.moved[0]
    return np.asarray(np.where(moved == WAIT, plan.prices[0], rules.payoffs[moved, members]))


def _grid(words: Words) -> list[str]:
    on_grid = words.agreements is not None and bool(words.agreements.grid)
    return ["Continuous issues are settled on their grid."] if on_grid else []


def _passing(rules: Motions, plan: MotionPlan) -> Floats:
    """(k,) chance to pass; at most one member draws lots on an agreement."""
    sure, perhaps = rules.house.passes(plan.accepted == 1), rules.house.passes(plan.accepted > 0)
    lots = np.where((plan.accepted > 0) & (plan.accepted < 1), plan.accepted, 1.0).prod(axis=1)
    return np.where(sure, 1.0, np.where(perhaps, lots, 0.0))


def _move(rules: Motions, words: Words, session: int, i: int, motion: int, chance: float, note: str = "") -> Move:
    name = rules.house.players[i]
    if motion == WAIT:
        return Move(session, name, f"is recognised and {NOTHING}", chance=chance, note=note)
    passes = "" if note else "; it passes"
    return Move(
        session,
        name,
        f"is recognised and {_motion(words, motion)}{passes}",
        words.payoffs(motion) or _by_name(rules, rules.payoffs[motion]),
        words.agreement(motion),
        chance,
        note,
    )


def _motion(words: Words, motion: int) -> str:
    if motion == WAIT:
        return NOTHING
    return f"moves {_named(words, motion)}"


def _named(words: Words, motion: int) -> str:
    agreement = words.agreement(motion)
    if agreement is None or words.scenario is None:
        return f"agreement {motion}"
    return ", ".join(f"{title}: {text}" for title, text in in_words(words.scenario, agreement))


def _refused(words: Words, refused: Bools) -> str:
    """What a member refuses though it is worth its price."""
    return " and ".join(_named(words, int(motion)) for motion in np.flatnonzero(refused))


def _numbered(words: Words, motion: int) -> Any:
    """The agreement in the names of the file, or its number."""
    return None if motion == WAIT else words.agreement(motion) or motion


def _votes(name: str, when: str, price: float, refused: str = "") -> Strategy:
    but = f", but refuses {refused}" if refused else ""
    return Strategy(name, when, f"accepts what is worth {number(price, 4)} or more{but}", {"price": price})


def _by_name(rules: Motions, row: Floats) -> dict[str, float]:
    return dict(zip(rules.house.players, (float(entry) for entry in row), strict=True))
