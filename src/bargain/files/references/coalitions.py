"""Coalitions: known players, every coalition worth something, votes that can win, claims above the estate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from bargain.files.findings import Finding, unknown
from bargain.files.marks import Path
from bargain.files.references.facts import Facts, as_map, figure, number_of
from bargain.model.coalitions import OTHERS, PLUS, RESERVED_NAMES

__all__ = ["check_coalitions"]

FEW = 6
"""Of more missing coalitions than this only the first are named."""
MOST = 20
"""Signatories whose coalitions can be listed."""
SLACK = 1e-9
"""By how much, relative to it, a quota may exceed all votes, or an estate all claims: rounding of their sum."""

HERE: Path = ("coalitions",)


def check_coalitions(tree: Mapping[str, Any], facts: Facts) -> Iterator[Finding]:
    """The section in any of its three forms; those who sign are the players of the game."""
    node = tree.get("coalitions")
    if not isinstance(node, dict):
        return
    for name in facts.players:
        if name in RESERVED_NAMES:
            yield Finding(("players", name), f"'{name}' is a key of `coalitions` and cannot name a player beside it")
    if "quota" in node or "votes" in node:
        yield from _per_player(node, "votes", facts)
        yield from _within(node, "quota", "votes", facts)
    elif "estate" in node or "claims" in node:
        yield from _per_player(node, "claims", facts)
        yield from _within(node, "estate", "claims", facts)
    else:
        yield from _worths(node, facts)


def _per_player(node: dict[str, Any], key: str, facts: Facts) -> Iterator[Finding]:
    """Everybody who signs has votes or a claim, and nobody else."""
    numbers, here = node.get(key), (*HERE, key)
    if not isinstance(numbers, dict):
        return
    for name in numbers:
        if name != OTHERS:
            yield from _member(name, (*here, name), facts)
    missing = [player for player in facts.signatories if player not in numbers]
    if missing and OTHERS not in numbers:
        yield Finding(here, f"nothing for {', '.join(missing)}", f"name every player, or write `{OTHERS}: 0`")


def _within(node: dict[str, Any], bound: str, key: str, facts: Facts) -> Iterator[Finding]:
    """A quota that all votes reach; an estate that does not cover all claims."""
    numbers, limit = as_map(node.get(key)), number_of(node.get(bound))
    given = [number_of(numbers.get(player, numbers.get(OTHERS))) for player in facts.signatories]
    total = sum(number for number in given if number is not None)
    if limit is None or None in given or limit <= total * (1 + SLACK):
        return
    if key == "votes":
        message = f"all {figure(total)} votes together do not reach the quota of {figure(limit)}"
        yield Finding((*HERE, bound), message, "lower the quota, or check the votes")
    else:
        message = f"the estate of {figure(limit)} covers all claims, which sum to {figure(total)}"
        yield Finding((*HERE, bound), message, "a claims problem has an estate of at most all claims together")


def _worths(node: dict[str, Any], facts: Facts) -> Iterator[Finding]:
    """Known members, no coalition twice, none forgotten."""
    first: dict[frozenset[str], str] = {}
    sound = True
    for name in (name for name in node if name != OTHERS):
        wrong = list(_coalition(name, facts))
        yield from wrong
        sound = sound and not wrong
        if wrong:
            continue
        members = frozenset(name.split(PLUS))
        if members in first:
            message = f"this coalition stands here already, as '{first[members]}'"
            yield Finding((*HERE, name), message, "keep one of the two", "key")
        first.setdefault(members, name)
    if len(facts.signatories) > MOST:
        yield Finding(HERE, f"the coalitions of more than {MOST} players cannot be listed", "use `quota` and `votes`")
    elif sound:
        yield from _forgotten(set(first), OTHERS in node, facts)


def _coalition(name: str, facts: Facts) -> Iterator[Finding]:
    """Players joined by ``+``, each once."""
    members = name.split(PLUS)
    if any(member != member.strip() or not member for member in members):
        names = PLUS.join(member.strip() for member in members if member.strip())
        hint = f"write '{names}'" if names else "write e.g. `a+b: 10`"
        yield Finding((*HERE, name), "a coalition is names joined by + without spaces", hint, "key")
        return
    for member in dict.fromkeys(members):
        yield from _member(member, (*HERE, name), facts)
    twice = [member for member in dict.fromkeys(members) if members.count(member) > 1]
    if twice:
        yield Finding((*HERE, name), f"'{twice[0]}' is named twice", "name every member once", "key")


def _member(name: str, path: Path, facts: Facts) -> Iterator[Finding]:
    if name not in facts.players:
        yield unknown(path, "player", name, facts.players, kind="key")
    elif name not in facts.signatories:
        yield Finding(path, f"{name} does not sign, so it is in no coalition", "leave it out", "key")


def _forgotten(named: set[frozenset[str]], rest: bool, facts: Facts) -> Iterator[Finding]:
    """The grand coalition must be named; the others too, unless the file says what they are worth."""
    players = facts.signatories
    grand = PLUS.join(players)
    if frozenset(players) not in named:
        yield Finding(HERE, "what all are worth together is missing", f"write `{grand}: …`")
    if rest:
        return
    sizes = range(1, len(players))
    missing = (PLUS.join(s) for size in sizes for s in combinations(players, size) if frozenset(s) not in named)
    shown = [name for _, name in zip(range(FEW), missing, strict=False)]
    if shown:
        count = 2 ** len(players) - 2 - len([s for s in named if len(s) < len(players)])
        more = f" and {count - len(shown)} more" if count > len(shown) else ""
        hint = f"name every coalition, or write `{OTHERS}: 0`"
        yield Finding(HERE, f"no worth for {', '.join(shown)}{more}", hint)
