"""One issue settled one way, as agreements say it: an option, a number, or shares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bargain.errors import nearest
from bargain.files.findings import Finding, unknown
from bargain.files.marks import Path
from bargain.files.problems import describe
from bargain.files.references.facts import Facts, figure, number_of
from bargain.files.references.issues import rungs
from bargain.files.scalars import is_number

__all__ = ["check_agreement", "check_number", "check_option", "unknown_issue"]

SHARES_SUM = 1e-9
"""How far given shares may miss 1, and chances too: rounding of numbers such as 1/3 written in full."""


def check_agreement(node: Any, path: Path, facts: Facts, *, complete: bool) -> Iterator[Finding]:
    """Every issue named is settled in its own way; ``complete`` asks for all issues."""
    if not isinstance(node, dict):
        return
    for issue, setting in node.items():
        if issue not in facts.issues:
            yield unknown_issue((*path, issue), issue, facts)
        else:
            yield from _check_setting(setting, (*path, issue), issue, facts)
    missing = [issue for issue in facts.issues if issue not in node]
    if complete and missing:
        yield Finding(path, f"does not settle {', '.join(missing)}", "an agreement settles every issue")


def check_option(value: Any, path: Path, issue: str, facts: Facts) -> Iterator[Finding]:
    """An option of a menu."""
    if not isinstance(value, str):
        hint = nearest("", facts.options(issue), plural="options")
        yield Finding(path, f"expected an option of {issue}, found {describe(value)}", hint)
    elif value not in facts.options(issue):
        yield unknown(path, "option", value, facts.options(issue))


def check_number(value: Any, path: Path, issue: str, facts: Facts, *, rung: bool = True) -> Iterator[Finding]:
    """A number inside a range; with ``rung``, on a ladder, one of its rungs."""
    number, ends, step = number_of(value), facts.ends(issue), facts.step(issue)
    if number is None:
        yield Finding(path, f"expected a number, found {describe(value)}", _range_of(issue, facts))
        return
    if ends is None:
        return
    slack = 1e-9 * max(abs(ends[0]), abs(ends[1]), 1e-9)
    if not ends[0] - slack <= number <= ends[1] + slack:
        yield Finding(path, f"{figure(number)} lies outside the range of {issue}", _range_of(issue, facts))
    elif rung and step is not None:
        count = rungs(ends[0], number, step)
        if count != int(count):
            below = ends[0] + int(count) * step
            hint = f"write {figure(below)} or {figure(below + step)}"
            yield Finding(
                path,
                f"{figure(number)} is not a rung of {issue}, which goes in steps of {figure(step)}",
                hint,
            )


def unknown_issue(path: Path, issue: str, facts: Facts) -> Finding:
    """A key that should name an issue."""
    return unknown(path, "issue", issue, facts.issues, kind="key")


def _check_setting(setting: Any, path: Path, issue: str, facts: Facts) -> Iterator[Finding]:
    kind = facts.kind(issue)
    if kind == "menu":
        yield from check_option(setting, path, issue, facts)
    elif kind == "range":
        if is_number(setting):
            yield from check_number(setting, path, issue, facts)
        else:
            yield Finding(path, f"expected a number, found {describe(setting)}", _range_of(issue, facts))
    elif kind == "division":
        yield from _check_shares(setting, path, issue, facts)


def _check_shares(setting: Any, path: Path, issue: str, facts: Facts) -> Iterator[Finding]:
    if not isinstance(setting, dict):
        members = facts.members(issue)
        example = f"write e.g. `{{{members[0]}: 1}}`" if members else ""
        yield Finding(path, f"expected shares, found {describe(setting)}", example)
        return
    total, sound = 0.0, True
    for name, share in setting.items():
        if name not in facts.members(issue):
            yield unknown((*path, name), "member", name, facts.members(issue), kind="key")
            sound = False
        elif not is_number(share) or number_of(share) is None:
            yield Finding((*path, name), f"expected a share, found {describe(share)}", "write a number from 0 to 1")
            sound = False
        elif not 0 <= share <= 1:
            yield Finding((*path, name), f"{figure(share)} is not a share", "write a number from 0 to 1")
            sound = False
        else:
            total += share
    if sound and abs(total - 1) > SHARES_SUM:
        yield Finding(path, f"the shares sum to {figure(total)}", "they must sum to 1; shares left out are 0")


def _range_of(issue: str, facts: Facts) -> str:
    ends = facts.ends(issue)
    return "" if ends is None else f"the range of {issue} is {figure(ends[0])} to {figure(ends[1])}"
