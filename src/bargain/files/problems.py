"""What pydantic says -> findings in people's words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from bargain.errors import nearest
from bargain.files.findings import Finding
from bargain.files.marks import Path
from bargain.files.places import RIVALS, is_test, is_union, keys_of, record_at
from bargain.files.scalars import is_number, read_scalar

__all__ = ["EXAMPLES", "describe", "findings_of"]

EXAMPLES = {
    "title": "write e.g. `title: A border and a pipeline`",
    "players": "write e.g. `players: {a: {title: A}, b: {title: B}}`",
    "issues": "write e.g. `issues: {price: {range: [0, 100]}}`",
    "utilities": "every player needs utilities for every issue",
    "disagreement": "say what happens without a deal, e.g. `disagreement: {payoffs: {a: 10, b: 20}}`",
    "quota": "write e.g. `coalitions: {quota: 4, votes: {a: 3, b: 2, c: 1}}`",
    "votes": "write e.g. `coalitions: {quota: 4, votes: {a: 3, b: 2, c: 1}}`",
    "estate": "write e.g. `coalitions: {estate: 200, claims: {a: 100, b: 200}}`",
    "claims": "write e.g. `coalitions: {estate: 200, claims: {a: 100, b: 200}}`",
    "value": "a quantity is a number or `{value: …, low: …, high: …}`",
    "then": "write `{if: {…}, then: {…}}`",
    "sum": "write e.g. `{at_most: 1.2, sum: {line: 0.01}}`",
    "at_most": "write e.g. `{at_most: 1.2, sum: {line: 0.01}}`",
    "chance": "a number from 0 to 1, or `rest`",
    "to": "write e.g. `to: b`, the player to whom the offer is made",
    "demand": "write e.g. `{demand: 0.6, chance: 0.05}`",
    "private": "write e.g. `{private: {shape: uniform, low: 0, high: 1}}`",
    "agreement": "write e.g. `agreement: {price: 10}`",
    "set": "write e.g. `set: {players.a.power: 2}`",
}
_WRONG_TYPE = {
    "string_type": "a text",
    "bool_type": "true or false",
    "float_type": "a number",
    "number": "a number",
    "int_type": "a whole number",
    "list_type": "a list",
    "dict_type": "a map",
    "model_type": "a map",
    "model_attributes_type": "a map",
    "is_instance_of": "the name of a file",
}
_BOUNDS = {
    "greater_than_equal": ("at least", "ge"),
    "greater_than": ("above", "gt"),
    "less_than_equal": ("at most", "le"),
    "less_than": ("below", "lt"),
}
_OTHER_WORDS = {
    "majority": "quota",
    "rounds": "horizon",
    "receiver": "to",
    "responder": "to",
    "outsider": "to",
    "first_proposer": "first",
    "discount": "patience",
    "delta": "patience",
    "risk": "breakdown",
}
"""What others call a key -> what it is called here."""
_YES_NO = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}


def findings_of(error: ValidationError, tree: Any) -> list[Finding]:
    """One finding per thing wrong; the alternatives of a union are told once."""
    found: dict[Path, Finding] = {}  # by place
    for entry in error.errors(include_url=False):
        if entry["type"] == "protocol_model" and isinstance(entry["input"], dict):
            continue  # the check of names knows the models, and says which is near
        finding = _finding(entry, tree)
        found.setdefault(finding.where, finding)
    return list(found.values())


def describe(value: Any) -> str:
    """A value as a message names it.

    >>> describe("12"), describe(3), describe([]), describe(None)
    ("the text '12'", 'the number 3', 'a list', 'nothing')
    """
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"the word {str(value).lower()}"
    if isinstance(value, str):
        return f"the text '{value}'" if len(value) <= 40 else f"the text '{value[:37]}...'"
    if is_number(value):
        return f"the number {value:.12g}" if isinstance(value, float) else f"the number {value}"
    return {"dict": "a map", "list": "a list"}.get(type(value).__name__, f"a {type(value).__name__}")


def _finding(entry: Mapping[str, Any], tree: Any) -> Finding:
    path, about_key = _real_path(entry["loc"])
    if path and path[-1] == "value" and not isinstance(_at(tree, path[:-1]), dict):
        path = path[:-1]  # a bare number
    kind, context = entry["type"], entry.get("ctx", {})
    if about_key:
        hint = "use letters, digits, _ and -, and put the wording under `title`"
        return Finding(path, f"'{path[-1]}' cannot be a name", hint)
    if kind == "extra_forbidden":
        return _unknown_key(path, tree)
    if kind == "missing":
        return Finding(path[:-1], f"`{path[-1]}` is missing", EXAMPLES.get(str(path[-1]), ""), place=path)
    if kind in _WRONG_TYPE:
        return _wrong_type(path, _WRONG_TYPE[kind], entry["input"])
    if kind == "literal_error":
        return _not_one_of(path, entry["input"], context["expected"])
    if kind in ("too_short", "too_long"):
        return _wrong_length(path, kind, context)
    if kind in _BOUNDS:
        word, key = _BOUNDS[kind]
        return Finding(path, f"{describe(entry['input'])} must be {word} {context[key]}")
    if kind == "issue_kind":
        return Finding(path, _plain_message(entry), _misspelt_kind(_at(tree, path)))
    if kind == "finite_number":
        return Finding(path, f"{entry['input']} is not a finite number", "write an ordinary number")
    return Finding(path, _plain_message(entry), str(context.get("hint", "")))


def _misspelt_kind(issue: Any) -> str:
    """The advice for an issue whose kind is written in a key that does not exist."""
    keys = issue if isinstance(issue, dict) else ()
    hints = ((key, nearest(str(key), ("options", "range", "division"))) for key in keys)
    return next((f"`{key}`: {hint}" for key, hint in hints if hint.startswith("did")), "")


def _real_path(loc: tuple[str | int, ...]) -> tuple[Path, bool]:
    """The path in the file, without the names of union members, and whether the key itself is meant."""
    path: Path = ()
    rest = [step for step in loc if not (isinstance(step, str) and step.startswith("~"))]
    about_key = bool(rest) and rest[-1] == "[key]"
    if about_key:
        rest.pop()
    test: str | int | None = None
    while rest:
        path = (*path, rest.pop(0))
        if rest and is_union(path):
            label = _skip_label(path, rest)
            test = label if is_test(path) else None
        elif rest and test in ("shares", "options"):  # each share and each option is a union again
            rest.pop(0)
            test = None
    return path, about_key


def _skip_label(path: Path, rest: list[str | int]) -> str | int | None:
    """Drop the name of the union's member; chances and settings are told without what is inside."""
    if "agreement" in path[:-1]:
        rest.clear()
        return None
    if path[-1] == "chance":
        return None
    return rest.pop(0)


def _unknown_key(path: Path, tree: Any) -> Finding:
    node = _at(tree, path[:-1])
    record = record_at(path[:-1], node)
    key = str(path[-1])
    for rivals in RIVALS:
        rival = next((other for other in rivals if key in rivals and other in node and other != key), None)
        if rival is not None:
            hint = f"keep one of the two (in a variant or with `extends`, `{rival}: null` removes the other)"
            return Finding(path, f"`{key}` cannot stand beside `{rival}`", hint, "key")
    keys = keys_of(record) if record is not None else []
    meant = _OTHER_WORDS.get(key)
    if meant in keys:
        return Finding(path, "unknown key", f"did you mean '{meant}'?", "key")
    return Finding(path, "unknown key", nearest(key, keys, plural="keys here") if keys else "", "key")


def _wrong_type(path: Path, wanted: str, found: Any) -> Finding:
    hint = ""
    if wanted == "a number" and isinstance(found, str):
        hint = _number_hint(found)
    elif wanted == "a text" and (is_number(found) or isinstance(found, bool)):
        hint = "put it in quotes"
    elif wanted == "true or false" and isinstance(found, str):
        meant = _YES_NO.get(found.casefold())
        hint = f"write {meant}" if meant else ""
    elif wanted == "a list":
        hint = "write [ … ]"
    return Finding(path, f"expected {wanted}, found {describe(found)}", hint)


def _number_hint(text: str) -> str:
    if text.strip() and is_number(read_scalar(text.strip())):
        return "remove the quotes"
    bare = re.sub(r"[_\s ]", "", text)
    if is_number(read_scalar(bare)) and bare:
        return f"write {bare}"
    if re.fullmatch(r"[-+]?\d+,\d+", bare):
        return f"write {bare.replace(',', '.')}, with a decimal point"
    if re.fullmatch(r"[-+]?[\d.]+%", bare):
        return f"write {float(bare[:-1]) / 100:g}" if bare[:-1].count(".") <= 1 else ""
    return ""


def _not_one_of(path: Path, found: Any, expected: str) -> Finding:
    words = re.findall(r"'([^']*)'", expected)
    if not words:
        return Finding(path, f"expected {expected}, found {describe(found)}")
    if words == ["ignored"]:
        message = f"expected `values`, `points`, a `shape` or the word ignored, found {describe(found)}"
        close = nearest(str(found), words)
        return Finding(path, message, close if close.startswith("did") else "")
    hint = nearest(found, words) if isinstance(found, str) else ""
    hint = hint if hint.startswith("did") else ""
    return Finding(path, f"expected {' or '.join(words)}, found {describe(found)}", hint)


def _wrong_length(path: Path, kind: str, context: Mapping[str, Any]) -> Finding:
    match path:
        case ("issues", _, "range"):
            return Finding(path, "a range has two ends", "write e.g. `range: [0, 100]`")
        case ("utilities", _, _, "points", _):
            return Finding(path, "a point has two numbers, x and its value", "write e.g. `[30, 0.45]`")
        case ("issues", _, "division"):
            return Finding(path, "a division needs at least two players")
    length = context.get("actual_length", 0)
    return Finding(path, "must not be empty" if kind == "too_short" and not length else f"has {length} entries")


def _plain_message(entry: Mapping[str, Any]) -> str:
    message = str(entry["msg"]).removeprefix("Value error, ")
    if entry["type"] == "string_pattern_mismatch":
        return f"'{entry['input']}' is not a name"
    found = entry.get("input")
    return message if not message.startswith("expected") else f"{message}; found {describe(found)}"


def _at(tree: Any, path: Path) -> Any:
    for step in path:
        try:
            tree = tree[step]
        except (KeyError, IndexError, TypeError):
            return {}
    return tree
