"""A knob is a dotted path to one part of a scenario file: ``utilities.ukraine.guarantee.weight``.

Indices are numbers (``disagreement.lottery.0.chance``). Setting a bare number on a quantity changes its
value and keeps its range, widened if need be; a map merges, a list replaces, ``null`` removes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from bargain.errors import Problem, ScenarioError, UsageError, nearest
from bargain.files.extends import merge, without_nulls
from bargain.files.findings import Finding
from bargain.files.marks import Marks, Path, below, dotted, graft, locate
from bargain.files.places import is_name_keyed, is_quantity, keys_of, record_at
from bargain.files.scalars import is_number
from bargain.files.yaml import Document, parse_yaml
from bargain.model.quantity import Quantity
from bargain.model.scenario import Scenario
from bargain.model.utilities import PlayerUtilities

__all__ = ["aim", "blames_path", "get", "numbers", "parse_set", "put"]

_QUANTITY = tuple(Quantity.model_fields)


def parse_set(text: str) -> tuple[str, Document]:
    """``PATH=VALUE`` -> the path, and the value read as YAML.

    >>> path, value = parse_set("players.ukraine.patience=0.95")
    >>> path, value.data
    ('players.ukraine.patience', 0.95)
    """
    path, equals, value = text.partition("=")
    path = path.strip()
    if not equals or not path:
        raise UsageError(f"cannot set '{text}'", hint="write PATH=VALUE, e.g. players.ukraine.patience=0.95")
    if not value.strip():
        raise UsageError(f"'{text}' gives no value", hint=f"write {path}=null to remove it")
    document = parse_yaml(value.strip(), set_label(text), positioned=False)
    if document.problems:
        raise ScenarioError([_with_path(problem, path) for problem in document.problems])
    return path, document


def set_label(text: str) -> str:
    """What problems call a value from outside a file."""
    return f"--set {text}"


def get(document: Mapping[str, Any], path: str) -> Any:
    """What stands at a path of a plain tree; raises `UsageError` with the nearest names."""
    found, rest = _walk(document, path.split("."))
    if rest:
        raise _dead_end(document, found, rest)
    return _at(document, found)


def aim(tree: Mapping[str, Any], path: str) -> tuple[Path, int]:
    """The keys and indices of a dotted path, and how many of them exist; `UsageError` if it leads nowhere."""
    segments = path.split(".")
    if not all(segments):
        raise UsageError(f"'{path}' is not a path", hint="write names separated by dots")
    found, rest = _walk(tree, segments)
    node = _at(tree, found)
    if not rest:
        return found, len(found)
    if is_number(node) and rest[0] in _QUANTITY and len(rest) == 1 and not is_quantity(_at(tree, found[:-1])):
        return (*found, rest[0]), len(found)
    missing_name = is_name_keyed(found) and len(rest) > 1
    if not isinstance(node, dict) or missing_name or not _may_have(found, node, rest[0]):
        raise _dead_end(tree, found, rest)
    return (*found, *rest), len(found)


def put(tree: Any, path: Path, value: Any, marks: Marks, value_marks: Marks, origin: Path) -> tuple[Any, list[str]]:
    """The tree with ``value`` at ``path``, and notices of widened ranges; ``marks`` follow in place."""
    notices: list[str] = []
    return _put(tree, path, (), value, _Marking(marks, value_marks, origin), notices), notices


def blames_path(finding: Finding, path: Path, existing: int) -> bool:
    """Whether a finding says that a path which was set does not exist, not that its value is wrong."""
    there = finding.path
    return finding.kind == "key" and len(there) > existing and path[: len(there)] == there


def numbers(scenario: Scenario) -> list[tuple[str, Quantity]]:
    """Every quantity that the scenario states, with its path; expectations and variants are left out."""
    return list(_numbers(scenario, ()))


class _Marking:
    """Where marks come from and where they go while a value is put into a tree."""

    def __init__(self, marks: Marks, source: Marks, origin: Path) -> None:
        self.marks, self.source, self.origin = marks, source, origin

    def place(self, path: Path) -> None:
        for stale in below(self.marks, path):
            del self.marks[stale]
        graft(self.marks, path, self.source, self.origin)


def _put(tree: Any, rest: Path, done: Path, value: Any, marking: _Marking, notices: list[str]) -> Any:
    if not rest:
        return _replace(tree, value, done, marking, notices)
    key, *after = rest
    here = (*done, key)
    if isinstance(tree, list):
        index = int(key)
        item = _put(tree[index], tuple(after), here, value, marking, notices)
        return [*tree[:index], *([] if item is None else [item]), *tree[index + 1 :]]
    if is_number(tree):
        tree = {"value": tree}
    if is_quantity(tree) and key == "value" and is_number(value):
        return _replace(tree, value, done, marking, notices)
    node = dict(tree)
    inner = _put(node.get(key, {} if after else None), tuple(after), here, value, marking, notices)
    if inner is None:
        node.pop(key, None)
    else:
        node[key] = inner
    return node


def _replace(old: Any, new: Any, path: Path, marking: _Marking, notices: list[str]) -> Any:
    if is_quantity(old) and is_number(new):
        quantity, notice = _move(old, new, path)
        notices += notice
        marking.marks.update(dict.fromkeys(((*path, key) for key in quantity), locate(marking.source, marking.origin)))
        return quantity
    if is_number(old) and isinstance(new, dict) and new.keys() <= set(_QUANTITY):
        old = {"value": old}
    if isinstance(old, dict) and isinstance(new, dict):
        return _merge_each(old, new, path, marking, notices)
    marking.place(path)
    return without_nulls(new)


def _merge_each(old: dict[str, Any], new: dict[str, Any], path: Path, marking: _Marking, notices: list[str]) -> Any:
    node = dict(old)
    for key, value in new.items():
        here, origin = (*path, key), (*marking.origin, key)
        inner = _Marking(marking.marks, marking.source, origin)
        merged = _replace(node.get(key), value, here, inner, notices)
        node = merge(node, {key: None}, {}, {}, (), ()) if merged is None else {**node, key: merged}
    return node


def _move(quantity: dict[str, Any], value: float, path: Path) -> tuple[dict[str, Any], list[str]]:
    """The quantity with another value, its range widened to hold it."""
    moved = {**quantity, "value": value}
    for key, beyond in (("low", float.__lt__), ("high", float.__gt__)):
        if is_number(quantity.get(key)) and beyond(float(value), float(quantity[key])):
            moved[key] = value
    if all(moved.get(key) == quantity.get(key) for key in ("low", "high")):
        return moved, []
    old, new = (f"{_end(ends.get('low'))}..{_end(ends.get('high'))}" for ends in (quantity, moved))
    return moved, [f"{dotted(path)}: {value:g} lies outside its range {old}, which was widened to {new}"]


def _end(number: Any) -> str:
    return f"{number:g}" if is_number(number) else ""


def _walk(tree: Any, segments: list[str]) -> tuple[Path, list[str]]:
    """The longest existing beginning of a path, and the segments left; keys may themselves contain dots."""
    found: Path = ()
    rest = list(segments)
    while rest:
        step = _step(tree, rest)
        if step is None:
            break
        key, used = step
        found, rest, tree = (*found, key), rest[used:], tree[key]
    return found, rest


def _step(node: Any, rest: list[str]) -> tuple[str | int, int] | None:
    if isinstance(node, list):
        index = int(rest[0]) if rest[0].isascii() and rest[0].isdigit() and len(rest[0]) < 7 else len(node)
        return (index, 1) if index < len(node) else None
    if isinstance(node, dict):
        for used in range(1, len(rest) + 1):
            if (key := ".".join(rest[:used])) in node:
                return key, used
    return None


def _may_have(path: Path, node: dict[str, Any], key: str) -> bool:
    """Whether a new key can be a knob here; where names are keys, the cross-reference check decides."""
    record = record_at(path, node)
    if record is None or record is PlayerUtilities or (record is Quantity and not is_quantity(node)):
        return True
    return key in keys_of(record)


def _dead_end(tree: Any, found: Path, rest: list[str]) -> UsageError:
    node = _at(tree, found)
    where = f" under '{dotted(found)}'" if found else ""
    wanted = dotted((*found, *rest))
    if isinstance(node, list):
        extent = f"0 to {len(node) - 1}" if node else "none"
        return UsageError(f"there is no knob '{wanted}': no entry '{rest[0]}'{where}", hint=f"its entries are {extent}")
    if not isinstance(node, dict):
        return UsageError(f"there is no knob '{wanted}': nothing stands{where}", hint=f"set '{dotted(found)}' itself")
    if not found:
        hint = nearest(rest[0], keys_of(Scenario)) or "a path begins with a section, e.g. players.a.power"
        return UsageError(f"there is no knob '{wanted}'", hint=hint)
    known = list(node)
    record = record_at(found, node)
    if record is not None and record is not Quantity:
        known += [key for key in keys_of(record) if key not in node]
    return UsageError(f"there is no knob '{wanted}': no '{rest[0]}'{where}", hint=nearest(rest[0], known))


def _at(tree: Any, path: Path) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def _numbers(node: Any, path: Path) -> Iterator[tuple[str, Quantity]]:
    if isinstance(node, Quantity):
        yield dotted(path), node
    elif isinstance(node, PlayerUtilities):
        yield from _numbers({**node.issues, "terms": node.terms, "attitude": node.attitude}, path)
    elif isinstance(node, BaseModel):
        for name in type(node).model_fields:
            if name in node.model_fields_set and not (path == () and name in ("variants", "expect")):
                yield from _numbers(getattr(node, name), (*path, type(node).model_fields[name].alias or name))
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _numbers(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _numbers(value, (*path, index))


def _with_path(problem: Problem, path: str) -> Problem:
    return Problem(problem.file, None, None, path, problem.message, problem.hint)
