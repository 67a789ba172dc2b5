"""YAML reads ``nato: 1`` as a number, ``nato: true`` as a truth value; where a name is meant, it is put back.

Works on a plain tree and returns a new one; what it does not understand it leaves for the checks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bargain.files.scalars import is_number, read_scalar
from bargain.model.issues import MenuIssue

__all__ = ["respell"]


def respell(tree: Mapping[str, Any]) -> dict[str, Any]:
    """The tree with numbers and truth values turned into the names of players and options they stand for.

    >>> issues = {"a": {"options": {"1": "One", "true": "Yes"}}}
    >>> respell({"issues": issues, "red_lines": {"p": [{"a": [1, True]}]}})["red_lines"]
    {'p': [{'a': ['1', 'true']}]}
    """
    speller = _Speller(tree)
    if not speller.needed:
        return dict(tree)
    respelt = dict(tree)
    for section, spell in _SECTIONS.items():
        if section in tree:
            respelt[section] = spell(speller, tree[section])
    return respelt


class _Speller:
    """Knows the names that are also numbers or truth values; most scenarios have none."""

    def __init__(self, tree: Mapping[str, Any]) -> None:
        issues = _map(tree.get("issues"))
        self.players = _other_readings(_map(tree.get("players")))
        self.variants = _other_readings(_map(tree.get("variants")))
        self.options: dict[str, Any] = {
            name: _RowReadings(issue.options)
            if isinstance(issue, MenuIssue)
            else _other_readings(_map(_map(issue).get("options")))
            for name, issue in issues.items()
        }
        self.needed = bool(self.players or self.variants or any(self.options.values()))

    def condition(self, node: Any) -> Any:
        if not isinstance(node, dict):
            return node
        return {issue: _respelt(test, self.options.get(issue)) for issue, test in node.items()}

    def issues(self, node: Any) -> Any:
        return _each(node, lambda issue: _within(issue, {"division": lambda names: _respelt(names, self.players)}))

    def utilities(self, node: Any) -> Any:
        return _each(node, self._of_player)

    def _of_player(self, node: Any) -> Any:
        spelt = _each(node, lambda part: _within(part, {"of": lambda name: _respelt(name, self.players)}))
        return _within(
            spelt, {"terms": lambda terms: _each(terms, lambda term: _within(term, {"when": self.condition}))}
        )

    def rules(self, node: Any) -> Any:
        return _each(node, lambda rule: _within(rule, dict.fromkeys(("forbid", "if", "then"), self.condition)))

    def red_lines(self, node: Any) -> Any:
        return _each(node, lambda lines: _each(lines, self.condition))

    def disagreement(self, node: Any) -> Any:
        prospects = {"lottery": lambda outcomes: _each(outcomes, self._prospect), "agreement": self.condition}
        return _within(node, prospects)

    def _prospect(self, node: Any) -> Any:
        return _within(node, {"agreement": self.condition})

    def expect(self, node: Any) -> Any:
        names = {
            "player": lambda name: _respelt(name, self.players),
            "variant": lambda name: _respelt(name, self.variants),
            "agreement": self.condition,
        }
        return _each(node, lambda entry: _within(entry, names))


_SECTIONS = {
    "issues": _Speller.issues,
    "utilities": _Speller.utilities,
    "rules": _Speller.rules,
    "red_lines": _Speller.red_lines,
    "disagreement": _Speller.disagreement,
    "expect": _Speller.expect,
}


class _RowReadings:
    """Like a dict of `_other_readings`, for the rows of a table: a million of them are not tried one by one."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self.labels = labels

    def get(self, reading: tuple[type, Any], default: Any) -> Any:
        kind, value = reading
        name = str(value).lower() if kind is bool else f"{value:.15g}"
        return name if name in self.labels else default


def _other_readings(names: Iterable[str]) -> dict[tuple[type, Any], str]:
    """What YAML would read instead of a name -> the name."""
    readings: dict[tuple[type, Any], str] = {}
    for name in names:
        value = read_scalar(name) if isinstance(name, str) else name
        if is_number(value) or isinstance(value, bool):
            readings.setdefault((type(value), value), str(name))
    return readings


def _respelt(value: Any, names: dict[tuple[type, Any], str] | _RowReadings | None) -> Any:
    if not names:
        return value
    if isinstance(value, list):
        return [_respelt(item, names) for item in value]
    return names.get((type(value), value), value) if isinstance(value, int | float) else value


def _each(node: Any, change: Any) -> Any:
    if isinstance(node, dict):
        return {key: change(value) for key, value in node.items()}
    return [change(value) for value in node] if isinstance(node, list) else node


def _within(node: Any, changes: Mapping[str, Any]) -> Any:
    if not isinstance(node, dict):
        return node
    return {key: changes[key](value) if key in changes else value for key, value in node.items()}


def _map(node: Any) -> dict[str, Any]:
    return node if isinstance(node, dict) else {}
