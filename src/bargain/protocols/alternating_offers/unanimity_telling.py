"""What a plan under unanimity comes to, as an `Equilibrium`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.model.equilibrium import Equilibrium, Move, Strategy
from bargain.model.wording import number, rounded
from bargain.protocols.alternating_offers.unanimity import solve
from bargain.protocols.alternating_offers.unanimity_asked_rules import AskedHorizonPlan, UnanimityAsked
from bargain.protocols.alternating_offers.unanimity_last_round import listed, tell_horizon
from bargain.protocols.alternating_offers.unanimity_rules import Unanimity
from bargain.protocols.alternating_offers.unanimity_set_rules import HorizonPlan, SetPlan, UnanimityOver
from bargain.protocols.alternating_offers.unanimity_spelling import (
    Rules,
    Spelled,
    Stationary,
    nash_limit,
    nash_weights,
    pie_worths,
    spelled,
)
from bargain.protocols.alternating_offers.unanimity_tastes import Power
from bargain.protocols.alternating_offers.unanimity_unsigned import is_unsigned, tell_unsigned
from bargain.protocols.words import End, Words

__all__ = ["tell_unanimity"]

Floats = NDArray[np.float64]

SPEEDS = 6
"""Rounds are halved so often for the table of faster offers."""


def tell_unanimity(rules: Rules, plan: Stationary | HorizonPlan | AskedHorizonPlan, words: Words) -> Equilibrium:
    """The equilibrium without its certificate of deviations."""
    if not isinstance(rules, Unanimity) and is_unsigned(rules, plan):
        return tell_unsigned(rules, words, _rules(rules))
    if isinstance(plan, AskedHorizonPlan) and isinstance(rules, UnanimityAsked):
        return tell_horizon(*listed(rules, plan, words), asked=True)
    if isinstance(plan, HorizonPlan | AskedHorizonPlan):
        if not isinstance(rules, UnanimityOver) or isinstance(plan, AskedHorizonPlan):
            raise TypeError("a plan with a last round is for a list of agreements")
        return tell_horizon(rules, plan, words)
    known = spelled(rules, plan, words)
    names = rules.players
    first = int(rules.opening.argmax())
    payoffs = _by_name(names, rules.opening @ known.offers)
    agreed = known.agreements[first]
    if rules.proposer == "random" and any(one != agreed for one in known.agreements):
        agreed = None
    d = _by_name(names, np.zeros(len(names)) if isinstance(rules, Unanimity) else rules.disagreement)
    payoffs, d = words.everybody(payoffs, d, _ends(rules, known))
    return Equilibrium(
        "alternating_offers",
        "agreement",
        {name: words.title_of(name) for name in payoffs},
        solution_concept="stationary subgame-perfect equilibrium",
        rules=_rules(rules),
        agreement=agreed,
        payoffs=payoffs,
        disagreement=d,
        chance_of_agreement=1.0,
        path=list(_moves(rules, known)),
        strategies=list(_strategies(rules, known, words)),
        measures=_measures(rules, known, words) | _others(plan, names),
        tables=_tables(rules, known),
        remarks=list(_remarks(rules, plan, words)),
    )


def _ends(rules: Rules, known: Spelled) -> Iterator[End]:
    """What may be signed, with its chance, in round 1."""
    for i in map(int, np.flatnonzero(rules.opening > 0)):
        chance = float(rules.opening[i])
        if not known.lotteries[i]:
            yield chance, known.agreements[i], 0
        for part, agreement in known.lotteries[i]:
            yield chance * part, agreement, 0


def _by_name(names: tuple[str, ...], row: Floats) -> dict[str, float]:
    return {name: float(value) for name, value in zip(names, row, strict=True)}


def _rules(rules: Rules) -> dict[str, Any]:
    """What was played with."""
    about = "a pie" if isinstance(rules, Unanimity) else "agreements that are asked for one by one"
    if isinstance(rules, UnanimityOver):
        about = f"lotteries over {len(rules.points)}" if rules.lotteries else f"a list of {len(rules.points)}"
        about += " efficient agreements"
    told: dict[str, Any] = {"about": about, "proposer": rules.proposer}
    if rules.proposer == "random":
        told["recognition"] = _by_name(rules.players, rules.opening)
    else:
        told["order"] = [rules.players[i] for i in _line(rules)]
    told["patience"] = dict(zip(rules.players, rules.patience, strict=True))
    breakdown = 0.0 if isinstance(rules, Unanimity) else rules.breakdown
    return {**told, "breakdown": breakdown} if breakdown else told


def _line(rules: Rules) -> list[int]:
    """Places of the players in the order of their turns."""
    line = [int(rules.opening.argmax())]
    while len(line) < len(rules.players):
        line.append(int(rules.succession[line[-1]].argmax()))
    return line


def _moves(rules: Rules, known: Spelled) -> Iterator[Move]:
    """The offer of round 1, which all accept; where the proposer is drawn, one for each."""
    for i, name in enumerate(rules.players):
        chance = float(rules.opening[i])
        if chance == 0:
            continue
        paid = _by_name(rules.players, known.offers[i])
        certain = rules.proposer != "random"
        note = "; ".join(filter(None, [known.notes[i], "" if certain else "all accept"]))
        yield Move(1, name, "proposes", paid, known.agreements[i], chance, note)
        for other in rules.players if certain else ():
            if other != name:
                yield Move(1, other, "accepts", chance=chance)


def _strategies(rules: Rules, known: Spelled, words: Words) -> Iterator[Strategy]:
    names = rules.players
    for i, name in enumerate(names):
        paid = _by_name(names, known.offers[i])
        told = ", ".join(f"{words.title_of(player)} {rounded(payoff)}" for player, payoff in paid.items())
        yield Strategy(name, "proposing", f"offers {told}", {"offer": paid})
        floors = {proposer: float(known.accepts[k, i]) for k, proposer in enumerate(names) if k != i}
        if rules.proposer == "random":
            floor = next(iter(floors.values()))
            yield Strategy(name, "answering", f"accepts what pays {rounded(floor)} or more", {"accepts_from": floor})
            continue
        for proposer, floor in floors.items():
            when = f"answering {words.title_of(proposer)}"
            yield Strategy(name, when, f"accepts what pays {rounded(floor)} or more", {"accepts_from": floor})


def _measures(rules: Rules, known: Spelled, words: Words) -> dict[str, Any]:
    names = rules.players
    found: dict[str, Any] = {"rounds": 1}
    if rules.proposer == "rotating":
        found["first_proposal"] = _by_name(names, known.offers[int(rules.opening.argmax())])
    found["as_proposer"] = _by_name(names, known.offers.diagonal())
    others = (known.offers.sum(axis=0) - known.offers.diagonal()) / (len(names) - 1)
    found["proposer_advantage"] = _by_name(names, known.offers.diagonal() - others)
    weights, limit = nash_weights(rules), nash_limit(rules, words)
    if weights is not None and limit is not None:
        found["nash_weights"] = _by_name(names, weights)
        found["nash_limit"] = _by_name(names, limit)
        found["distance_to_limit"] = float(np.abs(known.offers - limit).max())
    return found


def _tables(rules: Rules, known: Spelled) -> dict[str, list[dict[str, Any]]]:
    """Tidy rows: who offers what, in the order of turns; the lotteries; the same game with shorter rounds."""
    line = list(range(len(rules.players))) if rules.proposer == "random" else _line(rules)
    tables: dict[str, list[dict[str, Any]]] = {
        "proposals": [
            {
                "proposer": rules.players[i],
                "chance": float(rules.opening[i]),
                **{name: float(known.offers[i, j]) for j, name in enumerate(rules.players)},
            }
            for i in line
        ]
    }
    lotteries = [
        {"proposer": rules.players[i], "chance": chance, **agreement}
        for i in line
        for chance, agreement in known.lotteries[i]
    ]
    if lotteries:
        tables["lottery"] = lotteries
    limit = nash_limit(rules, Words()) if isinstance(rules, Unanimity) else None
    if isinstance(rules, Unanimity) and limit is not None:
        tables["faster_offers"] = list(_faster(rules, limit))
    return tables


def _faster(rules: Unanimity, limit: Floats) -> Iterator[dict[str, Any]]:
    """Ever shorter rounds: patience of half a round is its square root."""
    for halvings in range(SPEEDS):
        length = 0.5**halvings
        quick = replace(rules, patience=tuple(delta**length for delta in rules.patience))
        offers = pie_worths(rules, solve(quick).offers)
        kept = {f"{name}_as_proposer": float(offers[i, i]) for i, name in enumerate(rules.players)}
        yield {"length_of_a_round": length, **kept, "distance_to_limit": float(np.abs(offers - limit).max())}


def _others(plan: Stationary, names: tuple[str, ...]) -> dict[str, Any]:
    """How many other stationary equilibria there are, where that was looked for: the judge has no part in it."""
    if not isinstance(plan, SetPlan) or plan.prices is not None or not plan.others:
        return {}
    return {
        "other_stationary_equilibria": plan.others,
        "lowest_payoffs_in_any": _by_name(names, plan.lowest),
        "highest_payoffs_in_any": _by_name(names, plan.highest),
    }


def _remarks(rules: Rules, plan: Stationary, words: Words) -> Iterator[str]:
    """What a reader should know about the answer."""
    yield "Whoever is indifferent accepts. Every offer needs the consent of all."
    if isinstance(rules, Unanimity):
        yield from _singled_out(rules)
    elif isinstance(plan, SetPlan) and plan.prices is None:
        yield _count(rules, plan)
    elif words.agreements is not None and words.agreements.grid and isinstance(plan, SetPlan):
        yield "Lotteries are over agreements on the grid of the continuous issues."
    elif isinstance(rules, UnanimityAsked):
        yield f"Agreements are known to within {number(rules.accuracy, 2)} of what is at stake."
    if len(rules.players) > 2:
        yield (
            "Stationary: nobody's plans depend on what was offered before. Without that, nearly everything can be "
            "upheld among three and more patient players."
        )


def _singled_out(rules: Unanimity) -> Iterator[str]:
    """Whether the division of a pie is the only one, which patience below 1 has to see to."""
    timeless = sum(discount == 1 for discount in rules.discounts)
    if timeless > 1:
        yield "Perfect patience singles nothing out; this is the limit of equal rates of impatience."
    elif timeless:
        yield "One player is perfectly patient; this is the limit as its patience rises to 1."
    elif isinstance(rules.tastes, Power) or rules.proposer == "random":
        yield "It is the only stationary equilibrium in which sure shares are offered."


def _count(rules: Rules, plan: SetPlan) -> str:
    ties = ", ties going to the next in line" if rules.proposer == "rotating" else ""
    if not plan.others:
        return f"It is the only stationary equilibrium {'in single agreements' if plan.complete else 'found'}{ties}."
    known = "is" if plan.complete else "was found as"
    several = f"{plan.others + 1} stationary equilibria{ties and f' ({ties[2:]})'}"
    return f"It {known} one of {several}: the one with the largest product of gains."
