"""Protocols and hidden types: known models and players, chances that sum to 1, changes that a type may make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bargain.errors import UsageError
from bargain.files import knobs
from bargain.files.findings import Finding, unknown
from bargain.files.marks import Path
from bargain.files.references.chances import check_chances
from bargain.files.references.facts import Facts, as_map
from bargain.files.references.settings import check_agreement
from bargain.files.references.setups import Entry, check_setup
from bargain.model.setups import SETUPS

__all__ = ["check_protocols", "check_types"]

OTHERS = "others"


def check_protocols(tree: Mapping[str, Any], facts: Facts) -> Iterator[Finding]:
    """Every entry names a model that exists and players that do, and what it says fits together."""
    told: set[Path] = set()
    for name, body in as_map(tree.get("protocols")).items():
        path: Path = ("protocols", name)
        if not isinstance(body, dict):
            continue
        model = body.get("model")
        if model is None:
            yield Finding(path, "`model` is missing", f"the models are {', '.join(SETUPS)}", "section")
        elif not isinstance(model, str) or model not in SETUPS:
            yield unknown((*path, "model"), "protocol model", str(model), SETUPS, kind="section")
        else:
            for key in SETUPS[model].names_players:
                yield from _named(body.get(key), (*path, key), "player", facts.players)
            for key in SETUPS[model].names_issues:
                yield from _named(body.get(key), (*path, key), "issue", facts.issues)
            for key in SETUPS[model].names_agreements:
                for player, agreement in as_map(body.get(key)).items():
                    yield from check_agreement(agreement, (*path, key, player), facts, complete=True)
            for finding in check_setup(model, Entry(body, path, tree, facts)):
                if finding.path[0] == "protocols" or finding.path not in told:  # of a player once, for all protocols
                    yield finding
                told.add(finding.path)


def _named(node: Any, path: Path, kind: str, known: Mapping[str, Any]) -> Iterator[Finding]:
    """Names of players or issues as a value, in a list, or as the keys of a map."""
    if isinstance(node, str) and node not in known:
        yield unknown(path, kind, node, known)
    elif isinstance(node, list):
        for index, name in enumerate(node):
            yield from _named(name if isinstance(name, str) else None, (*path, index), kind, known)
        twice = [name for name in dict.fromkeys(filter(_is_text, node)) if node.count(name) > 1]
        if twice:
            yield Finding(path, f"'{twice[0]}' is named twice", f"name every {kind} once")
    elif isinstance(node, dict):
        for name in node:
            if name not in known and name != OTHERS:
                yield unknown((*path, name), kind, str(name), known, kind="key")


def _is_text(node: Any) -> bool:
    return isinstance(node, str)


def check_types(tree: Mapping[str, Any], facts: Facts) -> Iterator[Finding]:
    """Types belong to players, their chances sum to 1, and what they change exists."""
    for player, types in as_map(tree.get("types")).items():
        path: Path = ("types", player)
        if player not in facts.players:
            yield unknown(path, "player", player, facts.players, kind="key")
            continue
        yield from check_chances([as_map(body).get("chance") for body in as_map(types).values()], path, "types")
        for name, body in as_map(types).items():
            yield from _changes(tree, as_map(as_map(body).get("set")), (*path, name, "set"), player)


def _changes(tree: Mapping[str, Any], changes: dict[str, Any], path: Path, player: str) -> Iterator[Finding]:
    """Only the player's own utilities and patience, and what happens without a deal, are private."""
    allowed = f"a type may set `utilities.{player}…`, `players.{player}.patience` and `disagreement…`"
    for knob in changes:
        here = (*path, knob)
        try:
            target, _ = knobs.aim(tree, knob)
        except UsageError as error:
            yield Finding(here, error.message, error.hint)
            continue
        private = (("disagreement",), ("utilities", player), ("players", player, "patience"))
        if not any(target[: len(part)] == part for part in private):
            yield Finding(here, "a type cannot change this", allowed)
