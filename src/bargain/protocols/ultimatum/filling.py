"""Rules of an ultimatum from a scenario's set-up: over its agreements and types, or over a pie with plain numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np

from bargain.errors import NotApplicable, UsageError
from bargain.model.private import PrivateQuantity
from bargain.model.quantity import Quantity
from bargain.model.scenario import Scenario
from bargain.model.setups.ultimatum import UltimatumSetup
from bargain.protocols.types import KNOWN, TypedProblem, remarks_on_types, typed
from bargain.protocols.ultimatum.offers import offers_in
from bargain.protocols.ultimatum.pie import over_a_pie
from bargain.protocols.ultimatum.rules import PrivateCost, Ultimatum
from bargain.protocols.words import Filled, Words

__all__ = ["TypedWords", "fill"]


@dataclass(frozen=True, eq=False)
class TypedWords(Words):
    """Words of offers to hidden types; the last offer of the rules, beyond all places, is to make none."""

    problem: TypedProblem | None = None


def fill(scenario: Scenario, setup: UltimatumSetup) -> Filled:
    """Over a pie if the set-up has ``pie``, ``win`` or ``costs``, else over the agreements of the scenario."""
    if setup.costs is not None or setup.win is not None or setup.pie is not None:
        return Filled(_pie(scenario, setup), Words(scenario), remarks_on_types(scenario, None))
    if not scenario.issues:
        raise UsageError("an ultimatum without issues needs `win` and `costs`", hint="or write issues and utilities")
    return _agreements(scenario, setup)


def _agreements(scenario: Scenario, setup: UltimatumSetup) -> Filled:
    if setup.rounds == "unlimited":
        raise UsageError("unlimited rounds are played over a pie", hint="write `rounds: 2`, or `win` and `costs`")
    to = _addressee(scenario, setup)
    problem = typed(scenario, to)
    proposer = _proposer(scenario, setup, to)
    patience: tuple[float, Any] = (1.0, 1.0)
    if setup.rounds == 2:
        patience = _patience(scenario, proposer), [_patience(some, to) for some in problem.scenarios]
    if problem.agreements.empty:
        raise NotApplicable("the rules and red lines leave no agreement that could be offered")
    waits = np.array(patience[1]) if setup.rounds == 2 else None
    offers = offers_in(problem, proposer, waits)
    own, kinds = problem.others.index(proposer), len(problem.types)
    none = np.full((1, kinds), -inf)
    rules = Ultimatum(
        proposer=np.append(offers.points[:, own], problem.chances @ problem.without_deal[:, own]),
        responder=np.vstack([offers.points[:, len(problem.others) :], none]),
        chances=problem.chances,
        refusal=problem.without_deal[:, own],
        floors=problem.refusals,
        rounds=setup.rounds,
        patience=patience,
        types=problem.types,
        players=(proposer, to),
    )
    words = TypedWords(scenario, problem.agreements, offers.places, problem=problem)
    return Filled(rules, words, remarks_on_types(scenario, to))


def _addressee(scenario: Scenario, setup: UltimatumSetup) -> str:
    """To whom: as written, or the one player with types, or the one that is not the proposer."""
    others = [name for name in scenario.signatories if name != setup.proposer]
    hidden = [name for name in others if name in scenario.types]
    to = setup.to or (hidden[0] if len(hidden) == 1 else others[0] if len(others) == 1 else None)
    if to is None:
        raise UsageError("it is not said to whom the offer is made", hint="write `to: …` with the name of a player")
    if to not in scenario.signatories:
        raise UsageError(f"{to} does not sign, so nothing can be offered to it")
    return to


def _proposer(scenario: Scenario, setup: UltimatumSetup, to: str) -> str:
    others = [name for name in scenario.signatories if name != to]
    proposer = setup.proposer or (others[0] if len(others) == 1 else None)
    if proposer is None:
        raise UsageError("it is not said who makes the offer", hint="write `proposer: …` with the name of a player")
    if proposer not in others:
        raise UsageError(f"{proposer} cannot make an offer to {to}", hint=f"write one of {', '.join(others)}")
    return proposer


def _patience(scenario: Scenario, name: str) -> float:
    patience = scenario.players[name].patience
    if patience is None:
        raise UsageError(f"more than one round needs the patience of {name}", hint=f"write players.{name}.patience")
    return patience.value


def _pie(scenario: Scenario, setup: UltimatumSetup) -> Ultimatum | PrivateCost:
    if setup.win is None or setup.costs is None or len(setup.costs) != 2:
        hint = "write `win: 0.5, costs: {a: 0.1, b: {private: {shape: uniform, low: 0, high: 0.3}}}`"
        raise UsageError("an ultimatum over a pie needs `win`, and `costs` of two players", hint=hint)
    proposer, to = _sides(setup, setup.costs)
    own, hidden = setup.costs[proposer], setup.costs[to]
    if isinstance(own, PrivateQuantity):
        raise UsageError(f"`costs.{proposer}` is private", hint="only the cost of the player who answers can be")
    patience = (1.0, 1.0) if setup.rounds == 1 else (_patience(scenario, proposer), _patience(scenario, to))
    held = setup.held.value if setup.held is not None else 0.0
    pie = setup.pie.value if setup.pie is not None else 1.0
    rounds = inf if setup.rounds == "unlimited" else setup.rounds
    spread = hidden.private if isinstance(hidden, PrivateQuantity) else None
    if spread is not None and spread.low is not None and spread.high is not None:
        low, high = spread.low.value, spread.high.value
        return PrivateCost(setup.win.value, own.value, low, high, pie, held, rounds, patience, (proposer, to))
    if rounds == inf:
        raise UsageError("unlimited rounds need a uniform private cost", hint="write {private: {shape: uniform, …}}")
    costs, chances = _types(hidden)
    types = (KNOWN,) if isinstance(hidden, Quantity) else _named(costs)
    return over_a_pie(
        setup.win.value, own.value, costs, chances, pie, held, int(rounds), patience, types, (proposer, to)
    )


def _sides(setup: UltimatumSetup, costs: Mapping[str, Quantity | PrivateQuantity]) -> tuple[str, str]:
    """Who makes demands, and to whom: as written, or to whoever has the private cost."""
    private = [name for name, cost in costs.items() if isinstance(cost, PrivateQuantity)]
    to = setup.to or (private[0] if len(private) == 1 and private[0] != setup.proposer else None)
    if to is None and setup.proposer is None:
        raise UsageError("it is not said who makes the offer", hint="write `proposer: …` with the name of a player")
    proposer = setup.proposer or next(name for name in costs if name != to)
    to = to or next(name for name in costs if name != proposer)
    if proposer == to or {proposer, to} != set(costs):
        hint = "name in `costs` the proposer and the player it makes demands to"
        raise UsageError("`costs` are not those of the two who take part", hint=hint)
    return proposer, to


def _types(hidden: Quantity | PrivateQuantity) -> tuple[list[float], list[float]]:
    """Costs and chances of the types that can occur."""
    if isinstance(hidden, Quantity):
        return [hidden.value], [1.0]
    costs = [value.value for value in hidden.private.values or []]
    chances = [chance.value for chance in hidden.private.chances or []] or [1 / len(costs)] * len(costs)
    kept = [place for place, chance in enumerate(chances) if chance > 0]
    return [costs[place] for place in kept], [chances[place] for place in kept]


def _named(costs: list[float]) -> tuple[str, ...]:
    """Types by their costs, numbered where two are alike."""
    plain = [f"cost {cost:.6g}" for cost in costs]
    if len(set(plain)) == len(plain):
        return tuple(plain)
    return tuple(f"{name}, no. {place + 1}" for place, name in enumerate(plain))
