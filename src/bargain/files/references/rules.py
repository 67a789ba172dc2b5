"""Rules and red lines: which agreements are possible at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bargain.files.findings import Finding, unknown
from bargain.files.marks import Path
from bargain.files.references.conditions import check_condition
from bargain.files.references.facts import Facts, as_list, as_map, entries
from bargain.files.references.settings import unknown_issue

__all__ = ["check_red_lines", "check_rules"]


def check_rules(tree: Mapping[str, Any], facts: Facts) -> Iterator[Finding]:
    """Conditions of rules, and the numbers that budgets add up."""
    for index, rule in entries(tree.get("rules")):
        for key in ("forbid", "if", "then"):
            yield from check_condition(rule.get(key), ("rules", index, key), facts)
        for name in as_map(rule.get("sum")):
            yield from _summand(name, ("rules", index, "sum", name), facts)


def check_red_lines(tree: Mapping[str, Any], facts: Facts) -> Iterator[Finding]:
    """Red lines belong to players; those of players who do not sign have no effect, which a lint tells."""
    for player, lines in as_map(tree.get("red_lines")).items():
        path: Path = ("red_lines", player)
        if player not in facts.players:
            yield unknown(path, "player", player, facts.players, kind="key")
        for index, condition in enumerate(as_list(lines)):
            yield from check_condition(condition, (*path, index), facts)


def _summand(name: str, path: Path, facts: Facts) -> Iterator[Finding]:
    """A range (``line``) or a share (``assets.russia``)."""
    issue, dot, member = name.partition(".")
    kind = facts.kind(issue)
    if issue not in facts.issues:
        yield unknown_issue(path, issue, facts)
    elif kind == "menu":
        yield Finding(path, f"{issue} is a menu and has no number to add", "use `forbid` or `if` with `then`")
    elif kind == "range" and dot:
        yield Finding(path, f"{issue} is not divided", f"write `{issue}`")
    elif kind == "division" and not dot:
        members = facts.members(issue)
        yield Finding(path, f"{issue} is divided", f"say whose share, e.g. `{issue}.{members[0]}`" if members else "")
    elif kind == "division" and member not in facts.members(issue):
        yield unknown(path, "member", member, facts.members(issue), kind="key")
