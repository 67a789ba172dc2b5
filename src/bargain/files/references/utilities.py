"""Utilities: every player values or ignores every issue, in a way that fits its kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bargain.files.findings import Finding, unknown
from bargain.files.marks import Path
from bargain.files.references.conditions import check_condition
from bargain.files.references.facts import Facts, entries
from bargain.files.references.settings import unknown_issue
from bargain.model.utilities import RESERVED

__all__ = ["check_utilities"]


def check_utilities(tree: Mapping[str, Any], facts: Facts) -> Iterator[Finding]:
    """All players, all issues, fitting values."""
    utilities = tree.get("utilities")
    if not isinstance(utilities, dict):
        return
    for player, body in utilities.items():
        if player not in facts.players:
            yield unknown(("utilities", player), "player", player, facts.players, kind="key")
        elif isinstance(body, dict):
            yield from _player(player, body, facts)
    missing = [player for player in facts.players if player not in utilities]
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        yield Finding(("utilities",), f"`{'`, `'.join(missing)}` {verb} missing", "every player needs utilities")


def _player(player: str, body: dict[str, Any], facts: Facts) -> Iterator[Finding]:
    path: Path = ("utilities", player)
    for issue, utility in body.items():
        if issue in RESERVED:
            continue
        if issue not in facts.issues:
            yield unknown_issue((*path, issue), issue, facts)
        elif isinstance(utility, dict):
            yield from _utility(utility, (*path, issue), issue, player, facts)
    missing = [issue for issue in facts.issues if issue not in body and issue not in RESERVED]
    if missing:
        hint = f"say what it is worth, or write `{missing[0]}: ignored`"
        yield Finding(path, f"says nothing about {', '.join(missing)}", hint)
    for index, term in entries(body.get("terms")):
        yield from check_condition(term.get("when"), (*path, "terms", index, "when"), facts)


def _utility(node: dict[str, Any], path: Path, issue: str, player: str, facts: Facts) -> Iterator[Finding]:
    kind = facts.kind(issue)
    form = next((key for key in ("values", "points", "shape") if key in node), None)
    if kind == "menu" and form in ("points", "shape"):
        yield Finding((*path, form), f"{issue} is a menu and has no numbers", "write `values`, one per option")
    elif kind == "menu" and form == "values":
        yield from _values(node["values"], (*path, "values"), issue, facts)
    elif kind is not None and kind != "menu" and form == "values":
        yield Finding((*path, form), f"{issue} has no options", "write `points` or a `shape`")
    if kind == "division":
        yield from _whose_share(node, path, issue, player, facts)
    elif kind is not None and node.get("of") is not None:
        yield Finding((*path, "of"), f"{issue} is not divided, so there is no share to look at", "remove `of`")


def _values(values: Any, path: Path, issue: str, facts: Facts) -> Iterator[Finding]:
    if not isinstance(values, dict):
        return
    options = facts.options(issue)
    for option in values:
        if option not in options:
            yield unknown((*path, option), "option", option, options, kind="key")
    missing = [option for option in options if option not in values]
    if missing and values:
        yield Finding(path, f"no value for {', '.join(missing)}", "every option needs a value, even if it is 0")


def _whose_share(node: dict[str, Any], path: Path, issue: str, player: str, facts: Facts) -> Iterator[Finding]:
    members = facts.members(issue)
    whose = node.get("of")
    if isinstance(whose, str):
        if whose not in members:
            yield unknown((*path, "of"), "member", whose, members)
    elif whose is None and members and set(members) <= facts.players.keys() and player not in members:
        hint = f"name whose share counts, e.g. `of: {members[0]}`, or write `{issue}: ignored`"
        yield Finding(path, f"{player} has no share of {issue}", hint)
