"""Expectations: concepts, variants and players that exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bargain.files.findings import Finding, unknown
from bargain.files.marks import Path
from bargain.files.references.facts import Facts, as_map, entries
from bargain.files.references.settings import check_agreement
from bargain.model.scenario import CONCEPTS

__all__ = ["check_expectations"]


def check_expectations(tree: Mapping[str, Any], facts: Facts) -> Iterator[Finding]:
    """What the file expects of its own solution."""
    for index, entry in entries(tree.get("expect")):
        path: Path = ("expect", index)
        concept, protocol, variant, player = (entry.get(key) for key in ("concept", "protocol", "variant", "player"))
        if concept is None and protocol is None:
            yield Finding(path, "`concept` is missing", "write e.g. `{concept: nash, status: agreement}`")
        elif isinstance(concept, str) and concept not in CONCEPTS:
            yield unknown((*path, "concept"), "concept", concept, CONCEPTS)
        if isinstance(protocol, str) and protocol not in as_map(tree.get("protocols")):
            yield unknown((*path, "protocol"), "protocol", protocol, as_map(tree.get("protocols")))
        if concept is not None and protocol is not None:
            yield Finding((*path, "protocol"), "`protocol` cannot stand beside `concept`", "write two expectations")
        if isinstance(variant, str) and variant not in as_map(tree.get("variants")):
            yield unknown((*path, "variant"), "variant", variant, as_map(tree.get("variants")))
        if isinstance(player, str) and player not in facts.players:
            yield unknown((*path, "player"), "player", player, facts.players)
        yield from _pairs(entry, path)
        yield from check_agreement(entry.get("agreement"), (*path, "agreement"), facts, complete=False)


def _pairs(entry: dict[str, Any], path: Path) -> Iterator[Finding]:
    measured = entry.get("measure") is not None
    example = "write e.g. `{player: a, payoff: 40, within: 0.5}`"
    needs = (("player", "payoff"), ("payoff", "player"), ("within", "payoff"))
    if measured or entry.get("value") is not None:
        example = "write e.g. `{protocol: talks, measure: chance_of_agreement, value: 0.6}`"
        needs = (("measure", "protocol"), ("measure", "value"), ("value", "measure"))
    for key, other in needs:
        if entry.get(key) is not None and entry.get(other) is None:
            yield Finding((*path, key), f"`{key}` needs `{other}` beside it", example)
