"""Somebody's own agreement, judged against the issues: complete, in the words of the file, or all that is wrong."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import islice
from numbers import Real

from bargain.errors import UsageError, unknown_name
from bargain.model.conditions import Setting
from bargain.model.issues import DivisionIssue, Issue, MenuIssue, RangeIssue
from bargain.model.scenario import Scenario

__all__ = ["settle"]

MOST_NAMED = 20
"""Options of a menu that are named where they are asked for."""
WHOLE = 1e-9
"""Shares sum to 1, a rung is met and an end of a range is not passed, within a billionth."""


def settle(scenario: Scenario, given: Mapping[str, object]) -> tuple[dict[str, Setting], list[str]]:
    """The agreement in file order, and a sentence for each thing wrong with it.

    Parameters
    ----------
    scenario : whose issues are to be settled.
    given : issue -> an option (its name), a number, or shares ``{player: share}``; shares left out are 0.

    Returns
    -------
    The agreement (without the issues that are not settled, or not well) and the mistakes, none if it is complete.
    """
    mistakes = [str(unknown_name("issue", name, scenario.issues)) for name in given if name not in scenario.issues]
    agreement: dict[str, Setting] = {}
    for name, issue in scenario.issues.items():
        if name in given:
            try:
                agreement[name] = _setting(name, issue, given[name])
            except UsageError as mistake:
                mistakes.append(str(mistake))
    missing = [f"{name} ({_choice(issue)})" for name, issue in scenario.issues.items() if name not in given]
    return agreement, [*mistakes, *([f"missing: {', '.join(missing)}"] if missing else [])]


def _setting(name: str, issue: Issue, given: object) -> Setting:
    if isinstance(issue, DivisionIssue):
        return _shares(name, issue, given)
    if isinstance(given, Mapping):
        one = "option" if isinstance(issue, MenuIssue) else "number"
        raise UsageError(f"{name} is one choice, not shares", hint=f"give one {one}")
    if isinstance(issue, MenuIssue):
        return _option(name, issue, given)
    return _point(name, issue, _number(name, given))


def _option(name: str, issue: MenuIssue, given: object) -> str:
    """The option; a number stands for the option that is written like it."""
    text = f"{float(given):.15g}" if isinstance(given, Real) and not isinstance(given, bool) else str(given)
    if text not in issue.options:
        raise unknown_name(f"option of {name}", given, issue.options, plural="options")
    return text


def _point(name: str, issue: RangeIssue, number: float) -> float:
    low, high = issue.ends
    slack = WHOLE * max(abs(low), abs(high))
    if not low - slack <= number <= high + slack:
        raise UsageError(f"{name}={number:g} lies outside {low:g} to {high:g}")
    if issue.step is not None:
        rungs = (number - low) / issue.step.value
        if abs(rungs - round(rungs)) > WHOLE * max(1.0, rungs):
            below, above = (low + issue.step.value * end for end in (math.floor(rungs), math.ceil(rungs)))
            hint = f"write {below:g} or {above:g}" if above <= high + slack else f"write {below:g}"
            raise UsageError(f"{name}={number:g} lies between two steps", hint=hint)
    return number


def _shares(name: str, issue: DivisionIssue, given: object) -> dict[str, float]:
    if not isinstance(given, Mapping):
        players = ", ".join(issue.division)
        raise UsageError(f"{name} needs shares, not '{given}'", hint=f"give each of {players} a number from 0 to 1")
    for player in given:
        if player not in issue.division:
            raise unknown_name(f"share of {name} for", player, issue.division, plural="players")
    shares = {player: _number(f"{name}.{player}", given.get(player, 0.0)) for player in issue.division}
    total = math.fsum(shares.values())
    if any(share < -WHOLE for share in shares.values()) or abs(total - 1) > WHOLE:
        raise UsageError(f"the shares of {name} sum to {total:g}, not 1", hint="from 0 to 1 each")
    return shares


def _number(name: str, given: object) -> float:
    number = float(given) if isinstance(given, Real) and not isinstance(given, bool) else math.nan
    if not math.isfinite(number):
        raise UsageError(f"{name} needs a number, not '{given}'")
    return number


def _choice(issue: Issue) -> str:
    """What may be written for an issue."""
    if isinstance(issue, MenuIssue):
        few = list(islice(issue.options, MOST_NAMED))
        return " | ".join([*few, "…"] if len(issue.options) > MOST_NAMED else few)
    if isinstance(issue, RangeIssue):
        low, high = issue.ends
        steps = f" in steps of {issue.step.value:g}" if issue.step else ""
        return f"a number from {low:g} to {high:g}{steps}"
    return f"shares of {', '.join(issue.division)}"
