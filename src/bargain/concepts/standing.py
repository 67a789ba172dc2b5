"""Which concepts stand on what a scenario has: agreements to choose, coalitions, claims."""

from __future__ import annotations

from bargain.concepts import CATALOGUE, Concept
from bargain.errors import UsageError
from bargain.model.coalitions import ClaimsForm
from bargain.model.results import Ground
from bargain.model.scenario import Scenario

__all__ = ["leading", "missing_ground", "standing_on"]


def standing_on(scenario: Scenario) -> tuple[Concept, ...]:
    """The concepts of the catalogue that have something to stand on in this scenario; `UsageError` if none has."""
    found = tuple(concept for concept in CATALOGUE if missing_ground(concept.over, scenario) is None)
    if not found:
        raise UsageError("the file has no issues and no coalitions, only protocols", hint="try bargain play")
    return found


def leading(scenario: Scenario) -> Concept:
    """The first of them: what is solved for where nothing else was asked."""
    return standing_on(scenario)[0]


def missing_ground(over: Ground, scenario: Scenario) -> str | None:
    """Why concepts over agreements, coalitions or claims do not apply to a scenario; None if they may."""
    if over in ("agreements", "items"):
        alone = "coalitions" if scenario.coalitions is not None else "protocols"
        return None if scenario.has_agreements else f"the file has no issues to agree on, only {alone}"
    if scenario.coalitions is None:
        return "the file has no `coalitions`"
    if over == "claims" and not isinstance(scenario.coalitions, ClaimsForm):
        return "the coalitions of the file are not given by claims on an estate"
    return None
