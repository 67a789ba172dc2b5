"""``agreements: payoffs.csv``: the file is read beside the scenario, and its rows become the scenario's one issue."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any

from bargain.errors import Problem, nearest
from bargain.files.findings import Finding, to_problem
from bargain.files.marks import Mark
from bargain.files.payoff_file import read_payoffs
from bargain.files.scalars import is_number
from bargain.model.issues import MenuIssue
from bargain.model.payoff_table import TABLE_ISSUE, PayoffTable, Rows, Wordings
from bargain.model.utilities import Column

__all__ = ["IN_MEMORY", "attached", "table_of", "unfolded"]

IN_MEMORY = "scenario"
"""What marks call a scenario that stands in no file."""
SECTION = "agreements"


def attached(
    tree: dict[str, Any], mark: Mark, home: FilePath | None, before: Any = None
) -> tuple[dict[str, Any], list[Problem]]:
    """The tree with the table that it names, and what is wrong with the file.

    ``mark`` is where the name is written: the table stands beside that file. ``home`` is the folder of the scenario
    itself, for what was set from outside; ``before`` the table that the scenario had, if it is one in memory.
    """
    name = tree.get(SECTION)
    if not isinstance(name, str) or isinstance(name, PayoffTable) or tree.get("issues") is not None:
        return tree, []
    if mark.line is not None and mark.file != IN_MEMORY:
        folder = FilePath(mark.file).parent
    elif home is not None or isinstance(before, PayoffTable):
        folder = home if home is not None else before.folder
    else:
        message, hint = "a scenario in memory has no folder to look for a file in", "read the scenario from a file"
        return tree, [to_problem(Finding((SECTION,), message, hint), mark)]
    rows, problems = _found(folder / name, name, mark, tuple(map(str, _map(tree.get("players")))))
    if problems:
        return tree, problems
    if home is not None and folder != home:
        name = FilePath(os.path.relpath(folder / name, home)).as_posix()
    return {**tree, SECTION: PayoffTable(name, rows, (home or folder).absolute())}, []


def _found(path: FilePath, name: str, mark: Mark, players: tuple[str, ...]) -> tuple[Rows | None, list[Problem]]:
    """The rows of a file that may not exist."""
    try:
        if path.is_dir():
            return None, [_refusal(mark, f"'{name}' is a folder", "name a CSV file")]
        if not path.exists():
            folder = path.parent
            near = [file.name for file in folder.iterdir() if file.is_file()] if folder.is_dir() else []
            tables = [file for file in near if file.endswith((".csv", ".tsv", ".txt"))]
            return None, [_refusal(mark, f"there is no file '{path}'", nearest(path.name, tables, plural="tables"))]
        state = path.stat()
    except (OSError, ValueError) as error:
        return None, [_refusal(mark, f"'{name}' cannot be read: {getattr(error, 'strerror', None) or error}", "")]
    return _read(path, players, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4)
def _read(path: FilePath, players: tuple[str, ...], changed: int, size: int) -> tuple[Rows | None, list[Problem]]:
    """Variants read the same file; one that has changed is read again."""
    del changed, size
    return read_payoffs(path, str(path), players)


def _refusal(mark: Mark, message: str, hint: str) -> Problem:
    return to_problem(Finding((SECTION,), message, hint), mark)


def table_of(tree: Mapping[str, Any]) -> MenuIssue | None:
    """The issue that stands for a table, if the tree has been unfolded."""
    issue = _map(tree.get("issues")).get(TABLE_ISSUE)
    return issue if isinstance(issue, MenuIssue) else None


def unfolded(tree: Mapping[str, Any]) -> Mapping[str, Any]:
    """The tree with the rows of its table as the one issue, and the columns as what they are worth to the players.

    Where an agreement stands, the name of a row is enough. A table that could not be read has no rows.
    """
    name = tree.get(SECTION)
    if name is None or tree.get("issues") is not None:
        return tree
    table = name if isinstance(name, PayoffTable) else PayoffTable(str(name))
    options: Any = Wordings(table)
    issue = MenuIssue.model_construct(title="Agreement", options=options)
    column = Column.model_construct(table=table)
    bodies = _map(tree.get("utilities"))
    utilities = {**bodies, **{player: _with(bodies.get(player), column) for player in _map(tree.get("players"))}}
    found: dict[str, Any] = {**tree, "issues": {TABLE_ISSUE: issue}, "utilities": utilities}
    if isinstance(name, str):
        found[SECTION] = table
    for section, change in _AGREEMENTS.items():
        if section in found:
            found[section] = change(found[section])
    return found


def _with(body: Any, column: Column) -> Any:
    """A player's utilities with its column; what is no map is left for the checks."""
    return body if body is not None and not isinstance(body, dict) else {TABLE_ISSUE: column, **(body or {})}


def _named(node: Any) -> Any:
    """``agreement: plan_a`` as ``agreement: {agreement: plan_a}``."""
    setting = node.get("agreement") if isinstance(node, dict) else None
    if isinstance(setting, bool) or not (isinstance(setting, str) or is_number(setting)):
        return node
    return {**node, "agreement": {TABLE_ISSUE: setting if isinstance(setting, str) else f"{setting:.15g}"}}


def _each_named(nodes: Any) -> Any:
    return [_named(node) for node in nodes] if isinstance(nodes, list) else nodes


def _outcomes_named(node: Any) -> Any:
    named = _named(node)
    if not isinstance(named, dict) or "lottery" not in named:
        return named
    return {**named, "lottery": _each_named(named["lottery"])}


_AGREEMENTS: dict[str, Callable[[Any], Any]] = {"disagreement": _outcomes_named, "expect": _each_named}


def _map(node: Any) -> dict[str, Any]:
    return node if isinstance(node, dict) else {}
