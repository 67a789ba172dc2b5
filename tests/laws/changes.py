"""Changes of a scenario document that a law is about; each returns a new document."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from oracles.scenarios import Document


def players_reversed(document: Document) -> Document:
    """The same players in the opposite order of the file."""
    return document | {"players": dict(reversed(document["players"].items()))}


def issues_reversed(document: Document) -> Document:
    """The same issues and options in the opposite order of the file."""
    issues = {}
    for name, issue in reversed(document["issues"].items()):
        options = {"options": dict(reversed(issue["options"].items()))} if "options" in issue else {}
        issues[name] = issue | options
    return document | {"issues": issues}


def rescaled(document: Document, player: str, factor: float, shift: float) -> Document:
    """One player's utility u becomes factor u + shift in utilities, terms, disagreement and costs."""
    changed = deepcopy(document)
    utilities = changed["utilities"][player]
    for issue in changed["issues"]:
        if utilities[issue] != "ignored":
            utilities[issue]["weight"] = utilities[issue].get("weight", 1) * factor
    for term in utilities.get("terms", []):
        term["add"] *= factor
    issue, section = next(iter(changed["issues"].items()))
    anything = list(section["options"]) if "options" in section else {"from": section["range"][0]}
    utilities.setdefault("terms", []).append({"when": {issue: anything}, "add": shift})
    disagreement = changed["disagreement"]
    if "payoffs" in disagreement:
        disagreement["payoffs"][player] = disagreement["payoffs"][player] * factor + shift
    if "costs" in disagreement:
        costs = disagreement["costs"]
        costs[player] = costs.get(player, costs.get("others", 0)) * factor
    return changed


def with_rule(document: Document, condition: Mapping[str, Any]) -> Document:
    """One more kind of agreement that is not possible."""
    return document | {"rules": [*document["rules"], {"forbid": dict(condition)}]}
