"""From ``nato=renounced,line=10,assets.ukraine=0.6`` to an agreement, telling every mistake at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import islice

from bargain.cli.asked import unknown
from bargain.errors import UsageError
from bargain.model.issues import DivisionIssue, Issue, MenuIssue, RangeIssue
from bargain.model.scenario import Scenario

__all__ = ["proposal"]

Setting = str | float | dict[str, float]
MOST_NAMED = 20
"""Options of a menu that are named where they are asked for."""
WHOLE = 1e-9
"""Shares sum to 1, and a rung is met, within a billionth."""


def proposal(scenario: Scenario, texts: Sequence[str]) -> dict[str, Setting]:
    """The agreement that the texts describe, in file order; raises `UsageError` naming all that is wrong."""
    mistakes: list[str] = []
    written = _written(scenario, texts, mistakes)
    agreement: dict[str, Setting] = {}
    for name, issue in scenario.issues.items():
        if name in written:
            try:
                agreement[name] = _setting(name, issue, written[name])
            except UsageError as mistake:
                mistakes.append(str(mistake))
    missing = [f"{name} ({_choice(issue)})" for name, issue in scenario.issues.items() if name not in written]
    if missing:
        mistakes.append(f"missing: {', '.join(missing)}")
    if mistakes:
        raise UsageError("--agreement: " + "\n  ".join(mistakes))
    return agreement


def _written(scenario: Scenario, texts: Sequence[str], mistakes: list[str]) -> dict[str, dict[str, str]]:
    """Issue -> {player or "": text}."""
    written: dict[str, dict[str, str]] = {}
    whole = scenario.agreements is not None  # names of rows may contain commas
    for part in (part.strip() for text in texts for part in ([text] if whole else text.split(",")) if part.strip()):
        key, equals, value = (piece.strip() for piece in part.partition("="))
        issue, _, player = key.partition(".")
        if not equals or not value:
            mistakes.append(f"'{part}' is not ISSUE=SETTING")
        elif issue not in scenario.issues:
            mistakes.append(str(unknown("issue", issue, list(scenario.issues))))
        elif player in written.setdefault(issue, {}):
            mistakes.append(f"{key} is given twice")
        else:
            written[issue][player] = value
    return written


def _setting(name: str, issue: Issue, parts: dict[str, str]) -> Setting:
    if isinstance(issue, DivisionIssue):
        return _shares(name, issue, parts)
    if set(parts) != {""}:
        raise UsageError(f"{name} is one choice, not shares", hint=f"write {name}=…")
    text = parts[""]
    if isinstance(issue, MenuIssue):
        if text not in issue.options:
            raise unknown(f"option of {name}", text, list(issue.options), plural="options")
        return text
    return _point(name, issue, _number(name, text))


def _point(name: str, issue: RangeIssue, number: float) -> float:
    low, high = issue.ends
    if not low <= number <= high:
        raise UsageError(f"{name}={number:g} lies outside {low:g} to {high:g}")
    if issue.step is not None:
        rungs = (number - low) / issue.step.value
        if abs(rungs - round(rungs)) > WHOLE * max(1.0, rungs):
            below, above = (low + issue.step.value * end for end in (math.floor(rungs), math.ceil(rungs)))
            raise UsageError(f"{name}={number:g} lies between two steps", hint=f"write {below:g} or {above:g}")
    return number


def _shares(name: str, issue: DivisionIssue, parts: dict[str, str]) -> dict[str, float]:
    texts = dict(parts)
    for piece in texts.pop("", "").split("/"):
        if piece:
            player, colon, text = piece.partition(":")
            if not colon or player.strip() in texts:
                raise UsageError(
                    f"{name}: '{piece}' is not one PLAYER:SHARE per player", hint=_shares_hint(name, issue)
                )
            texts[player.strip()] = text
    for player in texts:
        if player not in issue.division:
            raise unknown(f"share of {name} for", player, issue.division, plural="players")
    shares = {player: _number(f"{name}.{player}", texts.get(player, "0")) for player in issue.division}
    if any(share < 0 for share in shares.values()) or abs(sum(shares.values()) - 1) > WHOLE:
        raise UsageError(f"the shares of {name} sum to {sum(shares.values()):g}, not 1", hint="from 0 to 1 each")
    return shares


def _number(name: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise UsageError(f"{name} needs a number, not '{text.strip()}'")
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


def _shares_hint(name: str, issue: DivisionIssue) -> str:
    return f"write {name}={'/'.join(f'{player}:…' for player in issue.division)}"
