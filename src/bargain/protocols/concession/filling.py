"""A scenario and a set-up to rules: its efficient agreements, and how its signatories haggle."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bargain.errors import NotApplicable, UsageError
from bargain.model.scenario import Scenario
from bargain.model.setups.concession import ConcessionSetup
from bargain.model.setups.haggling import Haggling
from bargain.model.tabulate import tabulate
from bargain.protocols.concession.rules import Concession
from bargain.protocols.concession.strategies import (
    EquilibriumPlay,
    Hardheaded,
    RandomAsks,
    Strategy,
    TimeDependent,
    TitForTat,
    Zeuthen,
)
from bargain.protocols.patience import patience_or_1, remark_on_patience
from bargain.protocols.words import Filled, Words

__all__ = ["fill", "strategy_of"]

OTHERS = "others"


def fill(scenario: Scenario, setup: ConcessionSetup) -> Filled:
    """The rules of a set-up: offers are the efficient agreements, on the grid where issues are continuous."""
    if not scenario.has_agreements:
        raise UsageError("a dance of offers needs agreements to offer", hint="add issues, utilities and disagreement")
    agreements = tabulate(scenario)
    players = agreements.signatories
    if len(players) < 2:
        raise NotApplicable("a dance of offers needs two signatories or more")
    if agreements.empty:
        raise NotApplicable("rules and red lines leave nothing that could be offered")
    if not agreements.frontier_listed:
        raise NotApplicable("the frontier is too large to list, so there is no list of offers")
    points = agreements.frontier.points
    rules = Concession(
        points=points,
        disagreement=agreements.threat_point,
        strategies=_strategies(setup, players),
        deadline=setup.deadline,
        breakdown=0.0 if setup.breakdown is None else float(setup.breakdown),
        patience=np.array(patience_or_1(scenario, players)),
        order=_order(setup, players),
        seed=setup.seed,
        players=players,
        offered=None if setup.tournament is None else tuple(strategy_of(entry) for entry in setup.tournament),
        repetitions=setup.repetitions,
    )
    return Filled(rules, Words(scenario, agreements, range(len(points))), remark_on_patience(scenario, players))


def strategy_of(entry: Haggling) -> Strategy:
    """The strategy that a word and its numbers stand for."""
    if entry.tempo is not None:
        return TimeDependent(entry.tempo, 0.0 if entry.start is None else float(entry.start))
    if entry.tit_for_tat is not None or entry.play == "tit_for_tat":
        noise = 0.0 if entry.noise is None else float(entry.noise)
        return TitForTat(entry.tit_for_tat or "absolute", entry.lag or 1, noise)
    plain: dict[str, Strategy] = {
        "hardheaded": Hardheaded(),
        "random": RandomAsks(),
        "equilibrium": EquilibriumPlay(),
        "zeuthen": Zeuthen(),
    }
    return plain[str(entry.play)]


def _strategies(setup: ConcessionSetup, players: Sequence[str]) -> tuple[Strategy, ...]:
    """By name, else what the others do, else linear."""
    named = setup.strategies or {}
    silent = [name for name in named if name not in players and name != OTHERS]
    if silent:
        raise UsageError(f"'{silent[0]}' does not sign, so it makes no offers", hint=f"name {', '.join(players)}")
    plain = named.get(OTHERS, Haggling(play="linear"))
    return tuple(strategy_of(named.get(name, plain)) for name in players)


def _order(setup: ConcessionSetup, players: Sequence[str]) -> tuple[int, ...]:
    """Those named first, the others behind them in file order."""
    named = setup.order or []
    for name in named:
        if name not in players:
            raise UsageError(f"'{name}' does not sign, so it makes no offers", hint=f"name {', '.join(players)}")
    return tuple(players.index(name) for name in [*named, *(name for name in players if name not in named)])
