"""From a scenario to rules: prizes and costs, or demands and stubbornness, in numbers or by what each insists on."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from bargain.errors import NotApplicable, UsageError
from bargain.model.proposal import settle
from bargain.model.quantity import Quantity
from bargain.model.results import Agreement
from bargain.model.scenario import Scenario
from bargain.model.setups.attrition import AttritionSetup, StubbornType
from bargain.model.table import disagreement_payoffs, obstacles_to, payoffs_of
from bargain.model.tabulate import tabulate
from bargain.protocols.attrition.rules import DemandChoice, Pair, Reputation, WarOfAttrition
from bargain.protocols.words import Filled, Words

__all__ = ["fill"]

FORMS = (
    "write `prizes` and `costs`, or `demands` and `stubborn` (`insists` can stand for prizes or demands), or `types`"
)
DUST = 1e-9
"""By how much a payoff may miss that of no deal: rounding of a sum."""
OF_WARS = ("prizes", "costs", "at_once", "deadline", "settlement")
OF_REPUTATION = ("demands", "stubborn", "rates", "types", "first")


def fill(scenario: Scenario, setup: AttritionSetup) -> Filled:
    """Rules of the one kind or the other, by the keys of the set-up.

    With ``insists`` a player gets, if the other gives in, what the agreement it insists on pays it, and else what the
    other's pays it; in reputational bargaining, less what it gets without a deal, which is what holding out pays.

    Raises
    ------
    UsageError
        if numbers of both kinds are given or some are missing, or if there are not two players.
    NotApplicable
        if what a player insists on cannot be signed.
    """
    wars, names = ([key for key in keys if getattr(setup, key) is not None] for keys in (OF_WARS, OF_REPUTATION))
    if bool(wars) == bool(names):
        told = f"`{wars[0]}` and `{names[0]}` are about different games" if wars else "attrition needs numbers"
        raise UsageError(told, hint=FORMS)
    if setup.insists is not None:
        return _insisting(scenario, setup, setup.insists)
    words = Words(scenario)
    if setup.types is not None:
        return Filled(_choice(scenario, setup, setup.types), words)
    if setup.first is not None:
        raise UsageError("`first` is about who asks first", hint="write `types`, or leave it out")
    if wars:
        players = _players(scenario, setup.prizes, "prizes")
        return Filled(_war(setup, players, _pair(setup.prizes, players, "prizes")), words)
    players = _players(scenario, setup.demands, "demands")
    rules = Reputation(
        demands=_pair(setup.demands, players, "demands"),
        stubborn=_pair(setup.stubborn, players, "stubborn"),
        rates=_rates(scenario, setup, players),
        players=players,
    )
    return Filled(rules, words)


def _choice(scenario: Scenario, setup: AttritionSetup, types: Mapping[str, Sequence[StubbornType]]) -> DemandChoice:
    """Rules of a choice among the demands of stubborn types."""
    for key in ("demands", "stubborn"):
        if getattr(setup, key) is not None:
            raise UsageError(f"`types` says what `{key}` would", hint="leave one of the two out")
    one, other = _players(scenario, types, "types")
    players = (other, one) if setup.first == other else (one, other)
    if setup.first is not None and setup.first not in players:
        raise UsageError(f"first: {setup.first} does not play", hint=f"name {one} or {other}")
    sorted_types = [sorted(types[name], key=lambda kind: kind.demand.value) for name in players]
    first, second = ([kind.demand.value for kind in kinds] for kinds in sorted_types)
    mine, yours = ([kind.chance.value for kind in kinds] for kinds in sorted_types)
    rates = _rates(scenario, setup, players)
    return DemandChoice((tuple(first), tuple(second)), (tuple(mine), tuple(yours)), rates, players)


def _insisting(scenario: Scenario, setup: AttritionSetup, insists: Mapping[str, Agreement]) -> Filled:
    """Rules from what the two agreements pay; offer i of the words is what player i insists on."""
    if any(given is not None for given in (setup.prizes, setup.demands, setup.types)):
        raise UsageError("`insists` cannot stand beside prizes, demands or types", hint="leave one of them out")
    players = _players(scenario, insists, "insists")
    wanted = [_agreement(scenario, insists[name], name) for name in players]
    _require_consent(scenario, players, wanted)
    own, left = (_worth(scenario, players, agreements) for agreements in (wanted, wanted[::-1]))
    words = Words(scenario, tabulate(scenario), (), dict(enumerate(wanted)))
    if setup.stubborn is None:
        prizes = own[0] - left[0], own[1] - left[1]
        for name, prize in zip(players, prizes, strict=True):
            if prize <= 0:
                told = f"{scenario.title_of(name)} has no prize to hold out for ({prize:g})"
                raise UsageError(f"insists: {told}", hint="its own agreement must pay it more than the other one")
        return Filled(_war(setup, players, prizes), words)
    floor = disagreement_payoffs(scenario)
    for name, paid in zip(players, left, strict=True):
        if paid <= floor[name]:
            told = f"giving in pays {name} {paid:g}, no more than no deal ({floor[name]:g})"
            raise UsageError(f"insists: {told}", hint="then it would never give in, stubborn or not")
    rules = Reputation(
        demands=(own[0] - floor[players[0]], own[1] - floor[players[1]]),
        left=(left[0] - floor[players[0]], left[1] - floor[players[1]]),
        stubborn=_pair(setup.stubborn, players, "stubborn"),
        rates=_rates(scenario, setup, players),
        players=players,
    )
    return Filled(rules, words)


def _require_consent(scenario: Scenario, players: tuple[str, str], wanted: Sequence[Agreement]) -> None:
    """What a player insists on can be signed: no rule or red line forbids it, and nobody who signs loses by it."""
    floor = disagreement_payoffs(scenario)
    for name, agreement in zip(players, wanted, strict=True):
        what = f"what {scenario.title_of(name)} insists on"
        obstacles = obstacles_to(scenario, agreement)
        if obstacles:
            raise NotApplicable(f"{what} is impossible: {'; '.join(obstacles)}")
        paid = payoffs_of(scenario, agreement)
        losing = [
            other for other in scenario.signatories if paid[other] < floor[other] - DUST * (1 + abs(floor[other]))
        ]
        if losing:
            told = f"pays {scenario.title_of(losing[0])} {paid[losing[0]]:g}, less than no deal ({floor[losing[0]]:g})"
            raise NotApplicable(f"{what} {told}, so it would not be signed")


def _war(setup: AttritionSetup, players: tuple[str, str], prizes: Pair) -> WarOfAttrition:
    """A war of attrition for these prizes."""
    _refuse(setup, OF_REPUTATION)
    return WarOfAttrition(
        prizes=prizes,
        costs=_pair(setup.costs, players, "costs"),
        atoms=_pair(setup.at_once, players, "at_once", default=0.0),
        deadline=math.inf if setup.deadline is None else setup.deadline.value,
        settlement=_pair(setup.settlement, players, "settlement", default=0.0),
        players=players,
    )


def _refuse(setup: AttritionSetup, keys: tuple[str, ...]) -> None:
    """Raise `UsageError` if a key of the other game is there."""
    for key in keys:
        if getattr(setup, key) is not None:
            raise UsageError(f"`{key}` has no place in this game", hint=FORMS)


def _players(scenario: Scenario, given: Mapping[str, object] | None, key: str) -> tuple[str, str]:
    """The two players that a map names, in the order of the file."""
    named = [name for name in scenario.players if given is not None and name in given]
    if len(named) != 2:
        count = "1 player" if len(named) == 1 else f"{len(named)} players"
        raise UsageError(f"`{key}` names {count}, and attrition is for two", hint=f"name two players in `{key}`")
    return named[0], named[1]


def _pair(
    given: Mapping[str, Quantity] | None, players: tuple[str, str], key: str, default: float | None = None
) -> Pair:
    """A number for each of the two."""
    found = {} if given is None else {name: quantity.value for name, quantity in given.items()}
    strangers = [name for name in found if name not in players]
    if strangers:
        raise UsageError(f"{key}: {strangers[0]} does not play", hint=f"name {players[0]} and {players[1]}")
    missing = [name for name in players if name not in found]
    if missing and default is None:
        raise UsageError(f"`{key}` is missing for {' and '.join(missing)}", hint=f"write `{key}: {{{missing[0]}: …}}`")
    first, second = (found.get(name, 0.0 if default is None else default) for name in players)
    return first, second


def _rates(scenario: Scenario, setup: AttritionSetup, players: tuple[str, str]) -> Pair:
    """Rates of discounting: given, or -ln of the players' patience."""
    if setup.rates is not None:
        return _pair(setup.rates, players, "rates")
    known = {name: scenario.players[name].patience for name in players}
    without = [name for name, patience in known.items() if patience is None or not 0 < patience.value < 1]
    if without:
        hint = f"write `rates`, or a patience above 0 and below 1 under `players.{without[0]}`"
        raise UsageError(f"`rates` is missing for {' and '.join(without)}", hint=hint)
    first, second = (-math.log(patience.value) for patience in known.values() if patience is not None)
    return first, second


def _agreement(scenario: Scenario, given: Agreement, name: str) -> Agreement:
    """The whole agreement that a player insists on."""
    agreement, mistakes = settle(scenario, given)
    if mistakes:
        raise UsageError(f"insists.{name}: {mistakes[0]}", hint="an agreement settles every issue")
    return agreement


def _worth(scenario: Scenario, players: tuple[str, str], agreements: list[Agreement]) -> Pair:
    """What the first agreement pays the first player, and the second the second."""
    first, second = (payoffs_of(scenario, one)[name] for name, one in zip(players, agreements, strict=True))
    return first, second
