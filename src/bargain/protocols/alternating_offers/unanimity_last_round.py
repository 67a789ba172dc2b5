"""What a plan with a last round comes to under unanimity, as an `Equilibrium`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.model.equilibrium import Equilibrium, Move, Strategy
from bargain.model.wording import rounded
from bargain.protocols.alternating_offers.unanimity_asked_rules import AskedHorizonPlan, UnanimityAsked
from bargain.protocols.alternating_offers.unanimity_set_rules import HorizonPlan, UnanimityOver
from bargain.protocols.words import Words

__all__ = ["listed", "tell_horizon"]

Floats = NDArray[np.float64]

ROUNDS_TOLD = 3
"""Strategies are told for so many rounds from the beginning; a table has all."""


@dataclass(frozen=True)
class Event:
    """Somebody proposes in a round that is reached with some chance: an agreement (its place), or something refused."""

    round: int
    proposer: int
    place: int
    chance: float


def tell_horizon(rules: UnanimityOver, plan: HorizonPlan, words: Words, *, asked: bool = False) -> Equilibrium:
    """The equilibrium without its certificate of deviations."""
    events = list(_events(rules, plan))
    signed = [event for event in events if event.place >= 0]
    chance = float(sum(event.chance for event in signed))
    likeliest = max(signed, key=lambda event: event.chance, default=None)
    agreed = None if likeliest is None else words.agreement(likeliest.place)
    ageing = np.array(rules.patience)
    gains = sum((e.chance * ageing ** (e.round - 1) * rules.gains[e.place] for e in signed), np.zeros(len(ageing)))
    payoffs, without = words.everybody(
        _by_name(rules, rules.disagreement + gains),
        _by_name(rules, rules.disagreement),
        [(event.chance, words.agreement(event.place), event.round - 1) for event in signed],
    )
    whole = chance > 1 - 1e-12
    return Equilibrium(
        "alternating_offers",
        "agreement" if whole else "uncertain" if signed else "no_agreement",
        {name: words.title_of(name) for name in payoffs},
        solution_concept="subgame-perfect equilibrium",
        rules=_rules(rules, asked=asked),
        agreement=agreed,
        payoffs=payoffs,
        disagreement=without,
        chance_of_agreement=1.0 if whole else chance,
        path=list(_moves(rules, events, words)),
        strategies=list(_strategies(rules, plan, words)),
        measures={"rounds": float(sum(e.chance * e.round for e in signed)) / chance} if signed else {},
        tables={"offers_by_round": list(_rows(rules, plan))},
        remarks=[
            "Whoever is indifferent accepts. Every offer needs the consent of all.",
            "A proposer who is indifferent names what is better for the next in line; settled so, the plan is unique.",
        ],
        reason=None if signed else "the last round passes without an acceptable offer",
    )


def listed(rules: UnanimityAsked, plan: AskedHorizonPlan, words: Words) -> tuple[UnanimityOver, HorizonPlan, Words]:
    """The same rules and plan over the list of all agreements that are offered in some round."""
    named = np.asarray(~np.isnan(plan.offers).any(axis=2))
    offers = np.where(named, named.cumsum().reshape(named.shape) - 1, -1)
    over = UnanimityOver(
        points=plan.offers[named].reshape(-1, len(rules.players)),
        disagreement=rules.disagreement,
        patience=rules.patience,
        proposer=rules.proposer,
        recognition=rules.recognition,
        order=rules.order,
        breakdown=rules.breakdown,
        horizon=rules.horizon,
        players=rules.players,
    )
    places = [plan.places[t][i] for t, i in np.argwhere(named).tolist()]
    return over, HorizonPlan(offers, plan.accepts), replace(words, places=places)


def _by_name(rules: UnanimityOver, row: Floats) -> dict[str, float]:
    return {name: float(value) for name, value in zip(rules.players, row, strict=True)}


def _rules(rules: UnanimityOver, *, asked: bool) -> dict[str, Any]:
    chances: Any = [rules.players[i] for i in np.flatnonzero(_proposing(rules, 0))]
    told = {
        "about": "agreements that are asked for one by one" if asked else f"a list of {len(rules.points)} agreements",
        "proposer": rules.proposer,
        "first": chances[0] if rules.proposer == "rotating" else "drawn at random",
        "horizon": rules.horizon,
        "patience": dict(zip(rules.players, rules.patience, strict=True)),
    }
    return {**told, "breakdown": rules.breakdown} if rules.breakdown else told


def _proposing(rules: UnanimityOver, t: int) -> Floats:
    """(n,) the chances of proposing in a round, counted from 0."""
    turns = t % len(rules.players) if rules.proposer == "rotating" else min(t, 1)
    return np.asarray(rules.opening @ np.linalg.matrix_power(rules.succession, turns))


def _events(rules: UnanimityOver, plan: HorizonPlan) -> Iterator[Event]:
    """What happens if everybody follows the plan."""
    reached = 1.0
    for t in range(len(plan.offers)):
        chances = reached * _proposing(rules, t)
        reached = 0.0
        for i in np.flatnonzero(chances > 0):
            place = int(plan.offers[t, i])
            yield Event(t + 1, int(i), place, float(chances[i]))
            reached += float(chances[i]) * (1 - rules.breakdown) if place < 0 else 0.0
        if reached == 0:
            return


def _moves(rules: UnanimityOver, events: list[Event], words: Words) -> Iterator[Move]:
    for event in events:
        name = rules.players[event.proposer]
        if event.place < 0:
            yield Move(event.round, name, "proposes nothing acceptable", chance=event.chance)
            continue
        paid, note = _by_name(rules, rules.points[event.place]), "all accept"
        yield Move(event.round, name, "proposes", paid, words.agreement(event.place), event.chance, note)


def _strategies(rules: UnanimityOver, plan: HorizonPlan, words: Words) -> Iterator[Strategy]:
    for t in range(min(ROUNDS_TOLD, len(plan.offers))):
        proposing = _proposing(rules, t)
        for i, name in enumerate(rules.players):
            if proposing[i] > 0:
                yield _proposal(rules, plan, t, i, words)
            if proposing[i] < 1:
                floor = float(plan.accepts[t, i])
                does = f"accepts what pays {rounded(floor)} or more"
                yield Strategy(name, f"answering in round {t + 1}", does, {"accepts_from": floor})


def _proposal(rules: UnanimityOver, plan: HorizonPlan, t: int, i: int, words: Words) -> Strategy:
    place, when = int(plan.offers[t, i]), f"proposing in round {t + 1}"
    if place < 0:
        return Strategy(rules.players[i], when, "proposes nothing acceptable and waits", {"offer": None})
    paid = _by_name(rules, rules.points[place])
    told = ", ".join(f"{words.title_of(name)} {rounded(payoff)}" for name, payoff in paid.items())
    return Strategy(rules.players[i], when, f"offers {told}", {"offer": paid})


def _rows(rules: UnanimityOver, plan: HorizonPlan) -> Iterator[dict[str, Any]]:
    """A row for every round and proposer: what is offered, and from what payoff on each accepts."""
    for t in range(len(plan.offers)):
        for i in np.flatnonzero(_proposing(rules, t) > 0):
            place = int(plan.offers[t, i])
            offered = {
                name: None if place < 0 else float(rules.points[place, j]) for j, name in enumerate(rules.players)
            }
            floors = {f"{name}_accepts_from": float(plan.accepts[t, j]) for j, name in enumerate(rules.players)}
            yield {"round": t + 1, "proposer": rules.players[i], "agreed": place >= 0, **offered, **floors}
