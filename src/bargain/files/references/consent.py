"""Consent: a majority has votes of those who sign, a quota that can be reached, and vetoes of members."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bargain.files.findings import Finding, unknown
from bargain.files.references.facts import Facts, as_list, as_map, figure, number_of
from bargain.model.coalitions import OTHERS

__all__ = ["check_consent"]

SLACK = 1e-9
"""By how much, relative to it, a quota may exceed all votes: rounding of their sum."""
ONLY = ("votes", "quota", "vetoes")
"""Keys of a majority."""


def check_consent(tree: Mapping[str, Any], facts: Facts) -> Iterator[Finding]:
    """Who must agree; with ``majority`` the members are those who sign."""
    node = as_map(tree.get("consent"))
    if node.get("rule") != "majority":
        for key in ONLY:
            if node.get(key) is not None:
                hint = "write `rule: majority` beside it, or remove it"
                yield Finding(("consent", key), f"`{key}` is about a majority, and all must agree", hint)
        return
    votes = as_map(node.get("votes"))
    for name in votes:
        if name != OTHERS:
            yield from _member(name, ("consent", "votes", name), facts, "key")
    for index, name in enumerate(as_list(node.get("vetoes"))):
        yield from _member(name, ("consent", "vetoes", index), facts, "value")
    yield from _votes(node, votes, facts)


def _member(name: Any, path: tuple[str | int, ...], facts: Facts, kind: Any) -> Iterator[Finding]:
    if not isinstance(name, str):
        return
    if name not in facts.players:
        yield unknown(path, "player", name, facts.players, kind=kind)
    elif name not in facts.signatories:
        yield Finding(
            path, f"'{name}' does not sign", "only those who sign vote; write `signs: true` for this player", kind
        )


def _votes(node: Mapping[str, Any], votes: Mapping[str, Any], facts: Facts) -> Iterator[Finding]:
    """Nobody is forgotten, and all votes together reach the quota."""
    missing = [player for player in facts.signatories if player not in votes]
    if votes and missing and OTHERS not in votes:
        hint = f"name every player, or write `{OTHERS}: 1`"
        yield Finding(("consent", "votes"), f"nothing for {', '.join(missing)}", hint)
        return
    given = [number_of(votes.get(player, votes.get(OTHERS))) if votes else 1.0 for player in facts.signatories]
    quota, total = number_of(node.get("quota")), sum(number for number in given if number is not None)
    if quota is None or None in given:
        return
    if quota <= 0:
        yield Finding(("consent", "quota"), "a quota is above 0", "write how many votes are needed")
    elif quota > total * (1 + SLACK):
        message = f"all {figure(total)} votes together do not reach the quota of {figure(quota)}"
        yield Finding(("consent", "quota"), message, "lower the quota, or check the votes")
