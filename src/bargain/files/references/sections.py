"""The format version, the date, and the sections that this version knows but does not solve yet."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from bargain.files.findings import Finding
from bargain.files.marks import Path
from bargain.files.places import is_name_keyed
from bargain.files.problems import EXAMPLES
from bargain.files.references.facts import as_map, entries
from bargain.files.scalars import is_number
from bargain.files.tables import table_of
from bargain.model.payoff_table import TABLE_ISSUE
from bargain.model.scenario import UNSUPPORTED
from bargain.model.utilities import Column

__all__ = ["check_sections"]

FORMAT = 1
ISSUES = ("issues", "utilities", "disagreement")
"""What a file needs to be about issues."""
OF_ISSUES = (*ISSUES, "rules", "red_lines")
"""Sections that only make sense with issues."""
MAY_BE_PRIVATE = ("protocols", "types", "variants")
"""Sections in which private quantities are read by others, or later."""
ALONE = ("coalitions", "protocols")
"""Sections that make sense without issues."""
_ADVICE = "remove the section (or set it to null) to solve the agreements as signed"


def check_sections(tree: Mapping[str, Any]) -> Iterator[Finding]:
    """Version, date, and what is not yet supported."""
    yield from _version(tree)
    yield from _date(tree.get("as_of"))
    yield from _subject(tree)
    for section in UNSUPPORTED:
        if tree.get(section) is not None:
            yield _not_yet((section,), section)
    yield from _table(tree)
    for index, entry in entries(tree.get("expect")):
        if entry.get("equilibria") is not None:
            yield _not_yet(("expect", index), "expect with equilibria", "remove this expectation")
    yield from _private(tree, ())
    yield from _infinite(tree.get("variants"), ("variants",))


def _subject(tree: Mapping[str, Any]) -> Iterator[Finding]:
    """A file is about issues, coalitions or stylised protocols; issues need utilities and a disagreement."""
    about_issues = any(tree.get(section) for section in OF_ISSUES)
    if about_issues or not any(tree.get(section) is not None for section in ALONE):
        for section in ISSUES:
            if section not in tree or (section == "disagreement" and tree[section] is None):
                yield Finding((), f"`{section}` is missing", EXAMPLES[section], place=(section,))


def _table(tree: Mapping[str, Any]) -> Iterator[Finding]:
    """A table says what there is to agree on and what that is worth; nothing else may say it again."""
    if tree.get("agreements") is None:
        return
    if table_of(tree) is None:
        hint = "keep one of the two (in a variant or with `extends`, `issues: null` removes the other)"
        yield Finding(("agreements",), "`agreements` cannot stand beside `issues`", hint, "section")
        return
    for player, body in as_map(tree.get("utilities")).items():
        if not isinstance(as_map(body).get(TABLE_ISSUE, None), Column | None):
            path = ("utilities", player, TABLE_ISSUE)
            yield Finding(path, "the table says what agreements are worth", "remove it", "section")


def _version(tree: Mapping[str, Any]) -> Iterator[Finding]:
    version = tree.get("bargain")
    if version is None:
        yield Finding(
            ("bargain",),
            "the format version is missing",
            f"begin the file with `bargain: {FORMAT}`",
            "section",
        )
    elif is_number(version) and version > FORMAT:
        message = f"this file is written in format {version}, and this program reads format {FORMAT}"
        yield Finding(("bargain",), message, "install a newer version of bargain", "section")
    elif version != FORMAT or isinstance(version, bool):
        yield Finding(("bargain",), "there is no such format version", f"write `bargain: {FORMAT}`", "section")


def _date(found: Any) -> Iterator[Finding]:
    if found is None or (isinstance(found, str) and _is_date(found)):
        return
    yield Finding(("as_of",), f"'{found}' is not a date", "write year-month-day, e.g. 2025-12-14", "section")


def _is_date(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) and date.fromisoformat(text))
    except ValueError:
        return False


def _private(node: Any, path: Path) -> Iterator[Finding]:
    """Quantities that are distributions inside the model."""
    if isinstance(node, dict):
        if "private" in node and not is_name_keyed(path) and path:
            yield _not_yet(path, "private quantities", "write a number or a quantity with its range")
            return
        for key, inner in node.items():
            if path or key not in (*UNSUPPORTED, *MAY_BE_PRIVATE):
                yield from _private(inner, (*path, key))
    elif isinstance(node, list):
        for index, inner in enumerate(node):
            yield from _private(inner, (*path, index))


def _infinite(node: Any, path: Path) -> Iterator[Finding]:
    """What a variant sets is judged only once it is applied; but what is no number is wrong at once."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inner:
        yield from _infinite(value, (*path, key))
    if isinstance(node, float) and not math.isfinite(node):
        yield Finding(path, f"{node} is not a finite number", "write an ordinary number")


def _not_yet(path: Path, what: str, advice: str = _ADVICE) -> Finding:
    return Finding(path, f"not yet supported: {what}", advice, "section")
