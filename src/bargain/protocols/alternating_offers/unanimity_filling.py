"""Unanimity among the signatories of a scenario: over a pie, a list of agreements, or agreements that are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable, UsageError
from bargain.geometry.choice import Place
from bargain.geometry.smooth.patchwork import Patchwork
from bargain.model.agreements import Agreements
from bargain.model.quantity import Quantity
from bargain.model.scenario import Scenario
from bargain.model.setups.alternating_offers import AlternatingOffersSetup
from bargain.model.tabulate import tabulate
from bargain.protocols.alternating_offers.unanimity_asked_rules import Best, UnanimityAsked
from bargain.protocols.alternating_offers.unanimity_rules import Unanimity
from bargain.protocols.alternating_offers.unanimity_set_rules import UnanimityOver
from bargain.protocols.alternating_offers.unanimity_tastes import Power
from bargain.protocols.patience import patience_of, remark_on_patience
from bargain.protocols.words import Filled, Words

__all__ = ["fill_unanimity"]

Floats = NDArray[np.float64]

ONLY_FOR_TWO = ("costs", "broken", "outside", "inside")
OTHERS = "others"
EXACT = 1e-9
"""How exactly a pie is known that is asked for."""
ASKED = 1e-7
"""How exactly answers off the grid are known: optima and floors within 1e-9; a steep frontier makes a hundred of it."""


def fill_unanimity(scenario: Scenario, setup: AlternatingOffersSetup) -> Filled:
    """The rules that a set-up makes of a scenario with several signatories, or with a proposer drawn at random.

    Raises
    ------
    UsageError
        naming every number that is missing.
    NotApplicable
        where the set-up asks for what only two players can do.
    """
    names = scenario.signatories
    extra = [key for key in ONLY_FOR_TWO if getattr(setup, key) is not None]
    if extra:
        raise NotApplicable(f"{', '.join(extra)} {'is' if len(extra) == 1 else 'are'} for two players in turn")
    if len(names) < 2:
        raise UsageError("bargaining takes two who sign", hint="add a player, or let another sign")
    hurried = setup.breakdown is not None or setup.horizon is not None
    instead = "" if hurried else "or let something else make them hurry: `breakdown` or `horizon`"
    remarks = remark_on_patience(scenario, names)
    how: dict[str, Any] = {
        "patience": patience_of(scenario, names, instead=instead),
        "proposer": "random" if setup.proposer == "random" else "rotating",
        "recognition": _recognition(setup, names),
        "order": _line(setup, names),
        "players": names,
    }
    breakdown = 0.0 if setup.breakdown is None else setup.breakdown.value
    if setup.pie is not None:
        return Filled(_pie(setup, names, how, breakdown), Words(scenario), remarks)
    if not scenario.has_agreements:
        hint = "write `pie: 1`, or issues with utilities and a disagreement"
        raise UsageError("there is nothing to divide", hint=hint)
    if setup.exponents is not None:
        raise UsageError("exponents are of the shares of a pie", hint="write `pie: 1` beside them")
    return replace(_over(tabulate(scenario), setup, {**how, "breakdown": breakdown}), remarks=remarks)


def _by_name(given: Mapping[str, Quantity], names: Sequence[str]) -> list[float | None]:
    found = [given.get(name, given.get(OTHERS)) for name in names]
    return [None if quantity is None else quantity.value for quantity in found]


def _recognition(setup: AlternatingOffersSetup, names: Sequence[str]) -> tuple[float, ...] | None:
    if setup.recognition is None:
        return None
    chances = _by_name(setup.recognition, names)
    missing = [name for name, chance in zip(names, chances, strict=True) if chance is None]
    if missing:
        raise UsageError(f"recognition has no chance for {', '.join(missing)}", hint="write one, or `others: 0`")
    return tuple(float(chance or 0.0) for chance in chances)


def _line(setup: AlternatingOffersSetup, names: Sequence[str]) -> tuple[str, ...] | None:
    """The order of proposing, begun by whoever is first."""
    if setup.proposer == "random":
        if setup.first is not None:
            raise UsageError("who is first is drawn where the proposer is random", hint="leave out `first`")
        return None if setup.order is None else tuple(setup.order)
    line = tuple(names if setup.order is None else setup.order)
    if setup.first is None:
        return line
    if setup.first not in line:
        raise UsageError(f"{setup.first} is not among those who propose", hint=f"they are {', '.join(line)}")
    start = line.index(setup.first)
    return line[start:] + line[:start]


def _pie(
    setup: AlternatingOffersSetup, names: Sequence[str], how: dict[str, Any], breakdown: float
) -> Unanimity | UnanimityAsked:
    exponents = [1.0 if e is None else e for e in _by_name(setup.exponents or {}, names)]
    size = 1.0 if setup.pie is None else setup.pie.value
    if setup.horizon is not None:
        tastes, worth = Power(np.array(exponents)), size ** np.array(exponents)
        how = {**how, "breakdown": breakdown, "horizon": setup.horizon}
        return UnanimityAsked(_slice_of(tastes, worth), np.zeros(len(names)), worth, EXACT, **how)
    patience = tuple(delta * (1 - breakdown) for delta in how["patience"])
    return Unanimity(**{**how, "patience": patience}, tastes=Power(np.array(exponents)), size=size)


def _slice_of(tastes: Power, worth: Floats) -> Best:
    """A pie as agreements that are asked for: the proposer keeps what the others' floors leave."""

    def best(i: int, floors: Floats) -> tuple[Floats, None] | None:
        shares = tastes.share(np.maximum(floors, 0.0) / worth)
        shares[i] = 0.0
        shares[i] = 1 - shares.sum()
        return None if shares[i] < 0 else (worth * tastes.worth(shares), None)

    return best


def _over(agreements: Agreements, setup: AlternatingOffersSetup, how: dict[str, Any]) -> Filled:
    if agreements.empty:
        raise NotApplicable("rules and red lines leave nothing that could be signed")
    lotteries = setup.regime == "lotteries"
    words = Words(agreements.scenario, agreements)
    if lotteries and not agreements.frontier_listed:
        raise NotApplicable("lotteries among several need a list of efficient agreements, and this one is too long")
    if lotteries and setup.horizon is not None:
        raise NotApplicable("among several, a last round is for single agreements: leave out `regime` or `horizon`")
    if not lotteries and (agreements.grid or not agreements.frontier_listed):
        return Filled(_asked(agreements, {**how, "horizon": setup.horizon}), words)
    rules = UnanimityOver(
        points=agreements.frontier.points,
        disagreement=agreements.threat_point,
        horizon=setup.horizon,
        lotteries=lotteries,
        **how,
    )
    return Filled(rules, Words(agreements.scenario, agreements, range(len(rules.points))))


def _asked(agreements: Agreements, how: dict[str, Any]) -> UnanimityAsked:
    d = agreements.threat_point
    menu = agreements.menu()
    stakes = np.where(menu.ideal > d, menu.ideal - d, 1.0) if menu.rational else np.ones(len(d))

    def best(i: int, floors: Floats) -> tuple[Floats, Place] | None:
        standing = np.maximum(floors, d)
        standing[i] = d[i]
        view = agreements.seen_from(standing)
        if not view.rational:
            return None
        if isinstance(view, Patchwork):
            return view.best_for(i)
        choice = view.total(np.eye(len(d))[i])
        row = max(range(len(choice.points)), key=lambda k: tuple(np.roll(choice.points[k], -i)))
        return choice.points[row], choice.mixtures[row][0][1]

    listed = agreements.frontier.points if agreements.frontier_listed else None
    return UnanimityAsked(best, d, stakes, ASKED, listed=listed, **how)
