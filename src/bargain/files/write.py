"""A `Scenario` -> the completed YAML file, which reads back to an equal scenario."""

from __future__ import annotations

import json
import math
import re
import textwrap
from typing import Any

from bargain.files.scalars import is_number, read_scalar
from bargain.model.payoff_table import TABLE_ISSUE
from bargain.model.scenario import Scenario
from bargain.model.utilities import PlayerUtilities

__all__ = ["MODELINE", "document", "dump", "emit"]

MODELINE = "# yaml-language-server: $schema=bargain.schema.json\n"
"""The first line, by which editors find the schema (`bargain schema > bargain.schema.json`)."""

_WIDTH = 110
# Patterns that `re` compiles when a file is written; for sets of letters beyond ASCII that takes a while.
_PLAIN = r"[^\W\d_](?:[\w%/.;()'’–—+?!=&*-]|,(?= )|:(?=[\w/])| (?![ #]))*"
_PLAIN_KEY = r"\w[\w.+-]*"
_IN_BRACKETS = r"[,\[\]{}]|:"
_UNPRINTABLE = "[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"


def document(scenario: Scenario) -> dict[str, Any]:
    """The plain tree of a file: what the scenario states, no defaults, whole numbers without a point."""
    hidden: Any = None
    if scenario.agreements is not None:
        hidden = {"issues": True, "utilities": {name: {TABLE_ISSUE} for name in scenario.utilities}}
    tree = scenario.model_dump(by_alias=True, exclude_unset=True, exclude=hidden)
    if "utilities" in tree:
        utilities = {name: _terms_last(scenario.utilities[name], body) for name, body in tree["utilities"].items()}
        tree = {**tree, "utilities": utilities}
    clean: dict[str, Any] = _clean(tree)
    if scenario.agreements is not None:
        clean["utilities"] = {name: body for name, body in clean["utilities"].items() if body}
        clean = {key: value for key, value in clean.items() if key != "utilities" or value}
    for name, variant in scenario.variants.items():  # here a null says something: it removes
        clean["variants"][name]["set"] = variant.set
    return clean


def dump(scenario: Scenario) -> str:
    """The completed file as YAML text."""
    return MODELINE + emit(document(scenario))


def emit(tree: dict[str, Any]) -> str:
    """A plain tree as YAML: sections apart, small maps and lists in one line.

    >>> print(emit({"a": {"value": 3, "low": 2.5}, "b": "12"}), end="")
    a: {value: 3, low: 2.5}
    b: "12"
    """
    lines: list[str] = []
    for key, value in tree.items():
        block = _entry(key, value, 0, whole=isinstance(value, dict))
        lines += ["", *block] if len(block) > 1 and lines else block
    return "\n".join(lines) + "\n"


def _terms_last(utilities: PlayerUtilities, body: dict[str, Any]) -> dict[str, Any]:
    ordered = {issue: body[issue] for issue in utilities.issues if issue in body}
    return {**ordered, **{key: value for key, value in body.items() if key not in ordered}}


def _clean(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _clean(value) for key, value in node.items() if value is not None}
    if isinstance(node, list):
        return [_clean(value) for value in node]
    if isinstance(node, float) and node.is_integer() and abs(node) < 1e15:
        return int(node)
    return node


def _entry(key: str, value: Any, indent: int, *, whole: bool = False) -> list[str]:
    """The lines of ``key: value``; ``whole`` forbids the one-line form of a map of maps."""
    head = f"{' ' * indent}{_key(key)}:"
    line = _one_line(value)
    nested = isinstance(value, dict) and any(isinstance(inner, dict) for inner in value.values())
    fits = line is not None and len(head) + 1 + len(line) <= _WIDTH
    if line is not None and (isinstance(value, str) or (fits and not (whole and nested))):
        return [f"{head} {line}"]  # a text that cannot be folded stays in one line, however long
    if isinstance(value, str):
        return [head + " >-", *textwrap.wrap(value, _WIDTH - indent - 2, **_WRAP, **_margins(indent + 2))]
    if not value or not isinstance(value, dict | list):
        return [f"{head} {_flow(value)}"]
    return [head, *_block(value, indent + 2)]


_WRAP: dict[str, Any] = {"break_long_words": False, "break_on_hyphens": False}


def _margins(indent: int) -> dict[str, Any]:
    return {"initial_indent": " " * indent, "subsequent_indent": " " * indent}


def _block(node: Any, indent: int) -> list[str]:
    if isinstance(node, dict):
        return [line for key, value in node.items() for line in _entry(key, value, indent)]
    lines = []
    for item in node:
        flow = _one_line(item)
        if (flow is not None and indent + 2 + len(flow) <= _WIDTH) or not item or not isinstance(item, dict | list):
            lines.append(f"{' ' * indent}- {_flow(item)}")
        else:
            inner = _block(item, indent + 2)
            lines += [f"{' ' * indent}- {inner[0].lstrip()}", *inner[1:]]
    return lines


def _one_line(value: Any) -> str | None:
    """The value in one line; None for a long text that folds, and for what is better seen as a block."""
    if isinstance(value, str):
        folds = len(value) > _WIDTH - 20 and value == " ".join(value.split()) and not re.search(_UNPRINTABLE, value)
        return None if folds else _text(value, bracketed=False)
    return None if _depth(value) > 3 else _flow(value)


def _depth(node: Any) -> int:
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else None
    return 0 if inner is None else 1 + max((_depth(value) for value in inner), default=0)


def _flow(value: Any, *, bracketed: bool = False) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {_flow(inner, bracketed=True)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(inner, bracketed=True) for inner in value) + "]"
    if isinstance(value, str):
        return _text(value, bracketed=bracketed)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return repr(value) if math.isfinite(value) else {math.inf: ".inf", -math.inf: "-.inf"}.get(value, ".nan")


def _key(key: str) -> str:
    return key if re.fullmatch(_PLAIN_KEY, key) and not re.search(_UNPRINTABLE, key) else _quoted(key)


def _text(text: str, *, bracketed: bool) -> str:
    """A text without quotes where it reads back as the same text, else in quotes."""
    same = read_scalar(text) == text and not is_number(read_scalar(text))
    bare = (
        same
        and (re.fullmatch(_PLAIN, text) is not None or _is_date(text))
        and not text.endswith((" ", ":"))
        and not re.search(_UNPRINTABLE, text)
        and not (bracketed and re.search(_IN_BRACKETS, text))
    )
    return text if bare else _quoted(text)


def _is_date(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) is not None


def _quoted(text: str) -> str:
    if "'" not in text and ('"' in text or "\\" in text) and not re.search(_UNPRINTABLE, text):
        return f"'{text}'"
    return re.sub(_UNPRINTABLE, _escape, json.dumps(text, ensure_ascii=False))


def _escape(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
