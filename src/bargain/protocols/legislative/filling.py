"""Rules of a legislature from a scenario: recognition, votes and vetoes from the set-up or from `consent`."""

from __future__ import annotations

from collections.abc import Mapping

from bargain.errors import NotApplicable, UsageError
from bargain.model.quantity import Quantity
from bargain.model.scenario import Scenario
from bargain.model.setups.legislative import LegislativeSetup
from bargain.model.tabulate import tabulate
from bargain.protocols.legislative.rules import Legislature, Motions
from bargain.protocols.words import Filled, Words

__all__ = ["fill"]

OTHERS = "others"


def fill(scenario: Scenario, setup: LegislativeSetup) -> Filled:
    """The rules that a set-up means: members are the signatories, over a ``pie`` or over the scenario's agreements.

    Quota, votes and vetoes are those of the set-up, else of ``consent`` where that says majority. Without a quota a pie
    passes by more than half of the votes, and so do agreements under majority; otherwise agreements need everybody.
    """
    if setup.pie is not None:
        if setup.horizon is not None:
            raise UsageError("a horizon is for agreements, not for a pie", hint="remove `horizon` or `pie`")
        silent = [scenario.title_of(name) for name, player in scenario.players.items() if not player.signs]
        told = (f"No member, because it does not sign: {', '.join(silent)}.",) if silent else ()
        return Filled(_house(scenario, setup, _status_quo(scenario, setup)), Words(scenario), told)
    if setup.status_quo is not None:
        raise UsageError("a status quo is for a pie; agreements have a disagreement", hint="remove `status_quo`")
    if not scenario.has_agreements:
        raise UsageError("there is nothing to decide on", hint="write `pie: 1`, or issues to agree on")
    agreements = tabulate(scenario)
    if agreements.empty:
        raise NotApplicable("no agreement is possible at all")
    house = _house(scenario, setup, tuple(agreements.threat_point.tolist()))
    points = agreements.frontier.points
    return Filled(Motions(house, points, setup.horizon), Words(scenario, agreements, range(len(points))))


def _house(scenario: Scenario, setup: LegislativeSetup, standing: tuple[float, ...] | None) -> Legislature:
    members, consent = scenario.signatories, scenario.consent
    majority = consent.rule == "majority"
    votes = setup.votes if setup.votes is not None else consent.votes if majority else None
    quota = setup.quota if setup.quota is not None else consent.quota if majority else None
    vetoes = setup.vetoes if setup.vetoes is not None else consent.vetoes if majority else None
    everybody = not majority and setup.quota is None and setup.pie is None
    weights = None if votes is None else _row("votes", votes, members)
    needed = sum(weights or (1.0,) * len(members)) if everybody else None if quota is None else quota.value
    return Legislature(
        recognition=_recognition(setup, members),
        patience=_patience(scenario),
        quota=needed,
        votes=weights,
        vetoes=tuple(vetoes or ()),
        status_quo=standing,
        pie=1.0 if setup.pie is None else setup.pie.value,
        amendments=setup.amendments,
        players=members,
    )


def _recognition(setup: LegislativeSetup, members: tuple[str, ...]) -> tuple[float, ...]:
    if setup.recognition is None:
        return (1 / len(members),) * len(members)
    return _row("recognition", setup.recognition, members)


def _status_quo(scenario: Scenario, setup: LegislativeSetup) -> tuple[float, ...] | None:
    return None if setup.status_quo is None else _row("status_quo", setup.status_quo, scenario.signatories)


def _row(key: str, given: Mapping[str, Quantity], members: tuple[str, ...]) -> tuple[float, ...]:
    """One number per member; ``others`` stands for each member that is not named."""
    missing = [name for name in members if name not in given and OTHERS not in given]
    if missing:
        raise UsageError(
            f"{key} says nothing about {', '.join(missing)}", hint="name every member, or write `others: 0`"
        )
    strangers = [name for name in given if name not in members and name != OTHERS]
    if strangers:
        raise UsageError(f"{key} names {', '.join(strangers)}, who does not sign", hint="members are those who sign")
    return tuple(given[name if name in given else OTHERS].value for name in members)


def _patience(scenario: Scenario) -> tuple[float, ...]:
    found = {name: scenario.players[name].patience for name in scenario.signatories}
    missing = [name for name, patience in found.items() if patience is None]
    if missing:
        raise UsageError(
            f"the patience of {', '.join(missing)} is missing",
            hint="write `patience: 0.9` under `players`: what a payoff a session later is worth now",
        )
    return tuple(patience.value for patience in found.values() if patience is not None)
