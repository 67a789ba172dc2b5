"""The JSON Schema of scenario files, for editors: completion, hover texts, typos underlined as one types.

It is made from the records themselves. Three things are written by hand: a quantity may be a bare number,
names may be of any script, a file with ``extends`` holds only differences. The rest is for `bargain check`.
"""

from __future__ import annotations

from typing import Any

from bargain.model.scenario import UNSUPPORTED, Scenario

__all__ = ["IDENTIFIER", "json_schema"]

IDENTIFIER = "bargain.schema.json"
_LETTERS = r"[^\s!-,.\/:-@\[-\^`{-~]+"
NAME = rf"^{_LETTERS}$"
"""Letters of any script, digits, ``_`` and ``-``, said so that JavaScript and Python understand the same."""

COALITION = rf"^(?!(?:quota|votes|estate|claims)$){_LETTERS}(?:\+{_LETTERS})*$"
"""Names joined by ``+``; the keys of the other two forms are not coalitions."""

_NO_YAML_TEXT = {"title", "default", "discriminator"}
_SECTIONS = {
    "bargain": "The format version: 1.",
    "title": "What the negotiation is called.",
    "question": "What the scenario is to answer.",
    "as_of": "The date of the facts, year-month-day.",
    "note": "Free text.",
    "sources": "Name -> reference; `source:` elsewhere names one of these.",
    "players": "Name -> player, in the order that decides ties.",
    "issues": "Name -> what is to be settled: `options`, `range` or `division`.",
    "utilities": "Player -> issue -> what it is worth, `terms`, and `attitude` to risk.",
    "agreements": "A CSV file with one row per agreement and one column per player, instead of issues and utilities.",
    "rules": "Which agreements are possible: `forbid`, `if` with `then`, `at_most` with `sum`.",
    "red_lines": "Player -> conditions that it never signs.",
    "disagreement": "What happens without a deal: `payoffs`, `agreement` or `lottery`, and `costs`.",
    "coalitions": "What coalitions are worth: `a+b: 10` for each, or `quota` and `votes`, or `estate` and `claims`.",
    "consent": "Who must agree.",
    "types": "Player -> name -> what it may be like: `chance`, and what it would `set`; for protocols.",
    "protocols": "Name -> a way to bargain: `model`, and what that model is told; `bargain play` plays it.",
    "variants": "Name -> a change of this file, chosen by `--variant`.",
    "expect": "What this file expects of its own solution.",
}


def json_schema() -> dict[str, Any]:
    """The schema as a plain dict; ``bargain schema`` prints it."""
    made = _tidy(Scenario.model_json_schema(by_alias=True, mode="validation"))
    parts: dict[str, Any] = made.pop("$defs")
    parts["Quantity"] = _number_or(parts["Quantity"])
    parts["PlayerUtilities"]["additionalProperties"] = _utility(parts)
    for part in ("Test", "Setting", "Column"):
        parts.pop(part, None)
    for part in ("Disagreement", "Prospect", "Expectation"):
        parts[part]["properties"]["agreement"]["anyOf"] = _agreement(parts[part]["properties"]["agreement"])
    parts["Scenario"] = _scenario(made)
    parts["Differences"] = _differences(made)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": IDENTIFIER,
        "title": "bargain scenario",
        "description": "One negotiation: players, issues, utilities, rules, and what happens without a deal.",
        "type": "object",
        "if": {"required": ["extends"]},
        "then": {"$ref": "#/definitions/Differences"},
        "else": {"$ref": "#/definitions/Scenario"},
        "definitions": parts,
    }


def _tidy(node: Any, inside: str = "") -> Any:
    """Without what editors stumble over: titles of fields, defaults, discriminators; names of any script."""
    if isinstance(node, list):
        return [_tidy(item) for item in node]
    if not isinstance(node, dict):
        return node
    keep_all = inside in ("properties", "$defs")
    tidy = {
        "anyOf" if key == "oneOf" and not keep_all else key: _tidy(value, key)
        for key, value in node.items()
        if keep_all or key not in _NO_YAML_TEXT
    }
    if "$ref" in tidy and not keep_all:
        return {"$ref": tidy["$ref"].replace("#/$defs/", "#/definitions/")}
    if not keep_all and "pattern" in tidy:
        tidy |= {"type": ["string", "number"], "pattern": NAME}  # a name such as 1 or 2025
    if not keep_all and {"type": "string"} in tidy.get("anyOf", ()) and {"type": "null"} not in tidy["anyOf"]:
        tidy["anyOf"].append({"type": "boolean"})  # an option named `true`
    if "patternProperties" in tidy and not keep_all:
        (inner,) = tidy.pop("patternProperties").values()
        tidy |= {"propertyNames": {"pattern": NAME}, "additionalProperties": inner}
    return tidy


def _number_or(quantity: dict[str, Any]) -> dict[str, Any]:
    about = quantity.pop("description")
    return {"description": about, "anyOf": [{"type": "number"}, quantity]}


def _utility(parts: dict[str, Any]) -> dict[str, Any]:
    ways = [{"$ref": f"#/definitions/{name}"} for name in ("Table", "Points", "Shape") if name in parts]
    return {"description": "How this issue is valued, or `ignored`.", "anyOf": [{"const": "ignored"}, *ways]}


def _agreement(part: dict[str, Any]) -> list[dict[str, Any]]:
    """An agreement may be the name of a row, where there is a table."""
    settled = part.pop("anyOf", None) or [{key: part.pop(key) for key in list(part) if key != "description"}]
    return [*settled, {"type": ["string", "number"], "description": "The name of a row of the table."}]


def _scenario(made: dict[str, Any]) -> dict[str, Any]:
    properties = {name: _described(name, part) for name, part in made["properties"].items()}
    for section in UNSUPPORTED:
        properties[section] = {"description": "not yet supported; remove the section or set it to null"}
    properties["extends"] = {"type": "null", "description": "The file that this one completes."}
    forms, _ = properties["coalitions"]["anyOf"]  # or null
    forms["anyOf"][0]["propertyNames"] = {"pattern": COALITION}
    for section in ("types", "protocols"):
        properties[section] = {"anyOf": [properties[section], {"type": "null"}]}
    issues = {"required": ["issues", "utilities", "disagreement"]}
    alone = [{"required": [section]} for section in ("coalitions", "protocols")]
    about = [issues, {"required": ["agreements", "disagreement"]}, *alone]
    return {
        **{**made, "properties": properties, "anyOf": about},
        "if": {"required": ["agreements"], "properties": {"agreements": {"type": "string"}}},
        "then": {"properties": {"issues": {"type": "null"}}},
    }


def _described(name: str, part: dict[str, Any]) -> dict[str, Any]:
    if name not in _SECTIONS or "description" in part:
        return part
    return {"description": _SECTIONS[name], **({"allOf": [part]} if "$ref" in part else part)}


def _differences(made: dict[str, Any]) -> dict[str, Any]:
    """Any of the sections, in part; what they become together is checked by ``bargain check``."""
    properties: dict[str, Any] = {name: _described(name, {}) for name in made["properties"]}
    properties["extends"] = {"type": ["string", "null"], "description": "The file that this one completes."}
    return {
        "description": "A file that extends another: maps merge, lists and numbers replace, null removes.",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
