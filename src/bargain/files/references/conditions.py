"""Conditions (`when`, `forbid`, `if`, `then`, red lines): known issues, tests that fit their kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bargain.files.findings import Finding, unknown
from bargain.files.marks import Path
from bargain.files.problems import describe
from bargain.files.references.facts import Facts, figure, number_of
from bargain.files.references.settings import check_number, check_option, unknown_issue

__all__ = ["check_condition"]

BOUNDS = ("above", "below", "from", "to")


def check_condition(node: Any, path: Path, facts: Facts) -> Iterator[Finding]:
    """Every issue of a condition exists and its test fits."""
    if not isinstance(node, dict):
        return
    for issue, test in node.items():
        here = (*path, issue)
        kind = facts.kind(issue)
        if issue not in facts.issues:
            yield unknown_issue(here, issue, facts)
        elif kind == "menu":
            yield from _on_menu(test, here, issue, facts)
        elif kind == "range":
            yield from _on_range(test, here, issue, facts)
        elif kind == "division":
            yield from _on_division(test, here, issue, facts)


def _on_menu(test: Any, path: Path, issue: str, facts: Facts) -> Iterator[Finding]:
    if isinstance(test, dict):
        yield Finding(path, f"{issue} is a menu, and bounds are for numbers", "write an option or a list of options")
    elif isinstance(test, list):
        for index, option in enumerate(test):
            yield from check_option(option, (*path, index), issue, facts)
    else:
        yield from check_option(test, path, issue, facts)


def _on_range(test: Any, path: Path, issue: str, facts: Facts) -> Iterator[Finding]:
    if isinstance(test, list):
        for index, number in enumerate(test):
            yield from check_number(number, (*path, index), issue, facts)
    elif isinstance(test, dict) and "value" not in test:
        yield from _bounds(test, path, issue, facts)
    else:
        yield from check_number(test, path, issue, facts)


def _bounds(test: dict[str, Any], path: Path, issue: str, facts: Facts) -> Iterator[Finding]:
    for key, end in test.items():
        if key in BOUNDS:
            if number_of(end) is not None:
                yield from check_number(end, (*path, key), issue, facts, rung=False)
        elif not any(bound in test for bound in BOUNDS):
            yield unknown((*path, key), "bound", key, BOUNDS, kind="key")
    yield from _order(test, path)


def _on_division(test: Any, path: Path, issue: str, facts: Facts) -> Iterator[Finding]:
    members = facts.members(issue)
    if not isinstance(test, dict) or not test or any(key in test for key in (*BOUNDS, "value")):
        example = f"write e.g. `{{{members[0]}: {{above: 0.5}}}}`" if members else ""
        yield Finding(path, f"{issue} is divided: the condition must say whose share", example)
        return
    for name, inner in test.items():
        here = (*path, name)
        if name not in members:
            yield unknown(here, "member", name, members, kind="key")
        elif isinstance(inner, dict) and "value" not in inner:
            for key, end in inner.items():
                if key in BOUNDS:
                    yield from _share(end, (*here, key))
            yield from _order(inner, here)
        else:
            yield from _share(inner, here)


def _share(value: Any, path: Path) -> Iterator[Finding]:
    number = number_of(value)
    if number is None:
        yield Finding(path, f"expected a share, found {describe(value)}", "write a number from 0 to 1")
    elif not 0 <= number <= 1:
        yield Finding(path, f"{figure(number)} is not a share", "write a number from 0 to 1")


def _order(test: dict[str, Any], path: Path) -> Iterator[Finding]:
    """Bounds that nothing lies between."""
    lowest = [number for key in ("above", "from") if (number := number_of(test.get(key))) is not None]
    highest = [number for key in ("below", "to") if (number := number_of(test.get(key))) is not None]
    if not lowest or not highest:
        return
    low, high = max(lowest), min(highest)
    strict = number_of(test.get("above")) == low or number_of(test.get("below")) == high
    if low > high or (low == high and strict):
        yield Finding(path, "nothing lies between these bounds", "the lower one must be below the upper one")
