"""What happens without a deal: payoffs and costs for everyone, whole agreements, chances that sum to 1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bargain.files.findings import Finding, unknown
from bargain.files.marks import Path
from bargain.files.references.chances import check_chances
from bargain.files.references.facts import Facts, as_map, entries
from bargain.files.references.settings import check_agreement

__all__ = ["check_disagreement"]

OTHERS = "others"


def check_disagreement(tree: Mapping[str, Any], facts: Facts) -> Iterator[Finding]:
    """Payoffs, costs, agreements and chances under ``disagreement``."""
    node = as_map(tree.get("disagreement"))
    for key in ("payoffs", "costs"):
        if isinstance(node.get(key), dict):
            yield from _for_everyone(node[key], ("disagreement", key), facts)
    yield from check_agreement(node.get("agreement"), ("disagreement", "agreement"), facts, complete=True)
    for index, prospect in entries(node.get("lottery")):
        path: Path = ("disagreement", "lottery", index, "agreement")
        yield from check_agreement(prospect.get("agreement"), path, facts, complete=True)
    chances = [prospect.get("chance") for _, prospect in entries(node.get("lottery"))]
    yield from check_chances(chances, ("disagreement", "lottery"), "outcomes")


def _for_everyone(amounts: dict[str, Any], path: Path, facts: Facts) -> Iterator[Finding]:
    for name in amounts:
        if name not in facts.players and name != OTHERS:
            yield unknown((*path, name), "player", name, facts.players, kind="key")
    missing = [player for player in facts.players if player not in amounts]
    if missing and OTHERS not in amounts:
        yield Finding(path, f"nothing for {', '.join(missing)}", f"name every player, or write `{OTHERS}: 0`")
