"""Alternating offers between two signatories of a scenario: over its agreements, or over a pie with plain numbers."""

from __future__ import annotations

from collections.abc import Mapping

from bargain.errors import NotApplicable, UsageError
from bargain.geometry.smooth.patchwork import Patchwork
from bargain.model.agreements import Agreements
from bargain.model.quantity import Quantity
from bargain.model.scenario import Scenario
from bargain.model.setups.alternating_offers import AlternatingOffersSetup
from bargain.model.tabulate import tabulate
from bargain.protocols.alternating_offers.asking import Asked
from bargain.protocols.alternating_offers.curved import CurvedBorder
from bargain.protocols.alternating_offers.rules import AlternatingOffers
from bargain.protocols.alternating_offers.terms import Point, Points, Polyline, Terms, pie
from bargain.protocols.patience import patience_of, remark_on_patience
from bargain.protocols.words import Filled, Words

__all__ = ["fill"]

OTHERS = "others"


def fill(scenario: Scenario, setup: AlternatingOffersSetup) -> Filled:
    """The rules that a set-up makes of a scenario.

    Patience is that of the players; it may be left out where something else makes them hurry: costs, a chance of
    breakdown, a horizon. Disagreement, breakdown and living on without a deal pay the scenario's disagreement payoffs
    unless the set-up says otherwise; a pie pays nothing then.

    Raises
    ------
    UsageError
        naming every number that is missing.
    NotApplicable
        where the scenario is not one of two signatories, or has no agreement.
    """
    names = scenario.signatories
    if len(names) != 2:
        raise NotApplicable(f"offers and counter-offers are for two signatories, and here are {len(names)}")
    players = names[0], names[1]
    _demand(scenario, setup)
    plain = {
        "patience": _patience(scenario, setup, players),
        "players": players,
        "first": setup.first or (setup.order[0] if setup.order else None),
        "horizon": setup.horizon,
        "breakdown": 0.0 if setup.breakdown is None else setup.breakdown.value,
        "costs": _pair(setup.costs, players, (0.0, 0.0)),
        "outside": _options(setup.outside, players),
    }
    words, d = Words(scenario), (0.0, 0.0)
    terms: Terms
    if setup.pie is not None:
        terms = pie(setup.pie.value, _pair(setup.exponents, players, (1.0, 1.0)))
    else:
        agreements = tabulate(scenario)
        terms = terms_of(agreements, lotteries=setup.regime == "lotteries")
        d = float(agreements.threat_point[0]), float(agreements.threat_point[1])
        words = Words(scenario, agreements)
    more = {"disagreement": d, "broken": _pair(setup.broken, players, d), "inside": _pair(setup.inside, players, d)}
    rules = AlternatingOffers(terms, **plain, **more)  # type: ignore[arg-type]
    return Filled(rules, words, remark_on_patience(scenario, players))


def terms_of(agreements: Agreements, *, lotteries: bool) -> Points | Polyline | Asked | CurvedBorder:
    """What two signatories can agree on: a list, a curve that is asked for, or the border of lotteries."""
    if agreements.empty:
        raise NotApplicable("rules and red lines leave nothing that could be signed")
    if not lotteries:
        return Asked(agreements) if agreements.grid else Points(agreements.frontier.points)
    pure = agreements.menu()
    return CurvedBorder.of(pure) if isinstance(pure, Patchwork) else Polyline(agreements.hull().points)


def _demand(scenario: Scenario, setup: AlternatingOffersSetup) -> None:
    """Name what is missing before anything is computed."""
    if setup.pie is None and not scenario.has_agreements:
        raise UsageError(
            "there is nothing to divide", hint="write `pie: 1`, or issues with utilities and a disagreement"
        )
    if setup.exponents is not None and setup.pie is None:
        raise UsageError("exponents are of the shares of a pie", hint="write `pie: 1` beside them")


def _patience(scenario: Scenario, setup: AlternatingOffersSetup, players: tuple[str, str]) -> Point:
    """Discount factors; costs, a chance of breakdown and a horizon make players hurry, too."""
    hurried = setup.costs is not None or setup.breakdown is not None or setup.horizon is not None
    instead = "" if hurried else "or let something else make them hurry: `costs`, `breakdown` or `horizon`"
    first, second = patience_of(scenario, players, instead=instead)
    return first, second


def _pair(given: Mapping[str, Quantity] | None, players: tuple[str, str], default: Point) -> Point:
    """A number for each player; ``others`` speaks for whoever is not named."""
    first, second = (
        fallback if found is None else found for found, fallback in zip(_options(given, players), default, strict=True)
    )
    return first, second


def _options(given: Mapping[str, Quantity] | None, players: tuple[str, str]) -> tuple[float | None, float | None]:
    """The same, None for a player that is not named."""
    known = given or {}
    found = [known.get(name, known.get(OTHERS)) for name in players]
    return None if found[0] is None else found[0].value, None if found[1] is None else found[1].value
