"""What the players and issues of a plain tree are, as far as they can be made out."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Literal

from bargain.model.issues import MenuIssue

__all__ = ["Facts", "as_list", "as_map", "figure", "number_of"]

Kind = Literal["menu", "range", "division"]
_KINDS: dict[str, tuple[Kind, type]] = {
    "options": ("menu", dict),
    "range": ("range", list),
    "division": ("division", list),
}


class Facts:
    """Players and issues of a tree; parts that are broken in form are empty or None."""

    def __init__(self, tree: Mapping[str, Any]) -> None:
        self.players = as_map(tree.get("players"))
        self.issues = as_map(tree.get("issues"))
        self.signatories = [
            name for name, player in self.players.items() if as_map(player).get("signs", True) is not False
        ]

    def kind(self, issue: str) -> Kind | None:
        """Which kind of issue this is; None if it does not exist or does not properly say."""
        if isinstance(self.issues.get(issue), MenuIssue):  # the rows of a table; none if it could not be read
            return "menu" if self.options(issue) else None
        body = as_map(self.issues.get(issue))
        for key, (kind, form) in _KINDS.items():
            if key in body:
                return kind if body[key] and isinstance(body[key], form) else None
        return None

    def options(self, issue: str) -> Collection[str]:
        """The names of a menu's options."""
        body = self.issues.get(issue)
        if isinstance(body, MenuIssue):
            return body.options
        return list(as_map(as_map(self.issues.get(issue)).get("options")))

    def members(self, issue: str) -> list[str]:
        """Among whom an issue is divided."""
        return [name for name in as_list(as_map(self.issues.get(issue)).get("division")) if isinstance(name, str)]

    def ends(self, issue: str) -> tuple[float, float] | None:
        """Lower and upper end of a range."""
        ends = [number_of(end) for end in as_list(as_map(self.issues.get(issue)).get("range"))]
        if len(ends) != 2 or ends[0] is None or ends[1] is None or not ends[0] < ends[1]:
            return None
        return ends[0], ends[1]

    def step(self, issue: str) -> float | None:
        """The distance between two rungs of a ladder."""
        step = number_of(as_map(self.issues.get(issue)).get("step"))
        return step if step is not None and step > 0 else None


def as_map(node: Any) -> dict[str, Any]:
    """The node if it is a map, else an empty one."""
    return node if isinstance(node, dict) else {}


def as_list(node: Any) -> list[Any]:
    """The node if it is a list, else an empty one."""
    return node if isinstance(node, list) else []


def number_of(node: Any) -> float | None:
    """The finite number that a bare number or a quantity stands for."""
    value = node.get("value") if isinstance(node, dict) else node
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return float(value) if abs(value) < math.inf else None


def figure(number: float) -> str:
    """A number as messages print it."""
    return f"{number:.12g}"


def entries(node: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    """The maps in a list, with their places."""
    return ((index, item) for index, item in enumerate(as_list(node)) if isinstance(item, dict))
