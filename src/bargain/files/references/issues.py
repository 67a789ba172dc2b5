"""Players and issues: someone must sign, divisions name players, ladders end on a rung."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bargain.files.findings import Finding, unknown
from bargain.files.marks import Path
from bargain.files.references.facts import Facts, as_list, as_map, figure
from bargain.model.utilities import RESERVED

__all__ = ["check_issues", "check_players", "rungs"]


def check_players(facts: Facts) -> Iterator[Finding]:
    """At least one player signs."""
    if facts.players and not facts.signatories:
        yield Finding(("players",), "nobody signs", "an agreement needs a player without `signs: false`")


def check_issues(facts: Facts) -> Iterator[Finding]:
    """Names, divisions, ladders."""
    for issue in facts.issues:
        path: Path = ("issues", issue)
        if issue in RESERVED:
            yield Finding(path, f"'{issue}' is a reserved word and cannot name an issue", "choose another name")
        kind = facts.kind(issue)
        if kind == "division":
            yield from _members(facts, issue)
        elif kind == "range":
            yield from _ladder(facts, issue)


def rungs(low: float, high: float, step: float) -> float:
    """How many steps a ladder has; whole up to rounding."""
    count = (high - low) / step
    return round(count) if abs(count - round(count)) < 1e-9 * max(1.0, count) else count


def _members(facts: Facts, issue: str) -> Iterator[Finding]:
    seen: list[Any] = []
    for index, name in enumerate(as_list(as_map(facts.issues[issue]).get("division"))):
        path: Path = ("issues", issue, "division", index)
        if isinstance(name, str) and name not in facts.players:
            yield unknown(path, "player", name, facts.players)
        elif name in seen:
            yield Finding(path, f"'{name}' is named twice", "name every player once")
        seen.append(name)


def _ladder(facts: Facts, issue: str) -> Iterator[Finding]:
    ends, step = facts.ends(issue), facts.step(issue)
    if ends is None or step is None or step > ends[1] - ends[0]:
        return
    count = rungs(*ends, step)
    if count != int(count):
        last = ends[0] + int(count) * step
        message = f"steps of {figure(step)} do not lead from {figure(ends[0])} to {figure(ends[1])}"
        hint = f"end the range at {figure(last)} or {figure(last + step)}, or choose another step"
        yield Finding(("issues", issue, "step"), message, hint)
