"""Which record of the format stands at which path of a file.

The one place that knows the outline of a scenario file as paths; messages and knobs ask it which keys are
allowed.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from bargain.files.marks import Path
from bargain.model.coalitions import ClaimsForm, VotesForm
from bargain.model.conditions import Bounds
from bargain.model.issues import DivisionIssue, MenuIssue, RangeIssue
from bargain.model.private import Private, PrivateQuantity
from bargain.model.quantity import Quantity
from bargain.model.scenario import (
    Budget,
    Consent,
    Disagreement,
    Expectation,
    Forbid,
    IfThen,
    Player,
    Prospect,
    Scenario,
    Variant,
)
from bargain.model.setups import SETUPS, Setup
from bargain.model.setups.attrition import StubbornType
from bargain.model.setups.haggling import Haggling
from bargain.model.types import PlayerType
from bargain.model.utilities import RESERVED, PlayerUtilities, Points, RiskAttitude, Shape, Table, Term

__all__ = [
    "RIVALS",
    "is_name_keyed",
    "is_quantity",
    "is_setting",
    "is_test",
    "is_union",
    "keys_of",
    "record_at",
]

ISSUES: dict[str, type[BaseModel]] = {"options": MenuIssue, "range": RangeIssue, "division": DivisionIssue}
UTILITIES: dict[str, type[BaseModel]] = {"values": Table, "points": Points, "shape": Shape}
RULES: dict[str, type[BaseModel]] = {
    "forbid": Forbid,
    "if": IfThen,
    "then": IfThen,
    "at_most": Budget,
    "sum": Budget,
}
COALITIONS: dict[str, type[BaseModel]] = {
    "quota": VotesForm,
    "votes": VotesForm,
    "estate": ClaimsForm,
    "claims": ClaimsForm,
}
RIVALS = (
    ("options", "range", "division"),
    ("values", "points", "shape"),
    ("forbid", "if", "at_most"),
    ("payoffs", "agreement", "lottery"),
    ("quota", "estate"),
    ("votes", "claims"),
    ("cara", "crra"),
)
"""Keys of which one place has exactly one."""


def keys_of(record: type[BaseModel]) -> list[str]:
    """The keys of a record as files write them."""
    return [field.alias or name for name, field in record.model_fields.items()]


def record_at(path: Path, node: Any) -> type[BaseModel] | None:
    """The record that the map ``node`` at ``path`` is read into; None where names are the keys."""
    match path:
        case ():
            return Scenario
        case ("players", _):
            return Player
        case ("issues", _):
            return _by_key(ISSUES, node)
        case ("utilities", _):
            return PlayerUtilities
        case ("utilities", _, "terms", _):
            return Term
        case ("utilities", _, "attitude"):
            return RiskAttitude
        case ("utilities", _, str(issue)) if issue not in RESERVED:
            return _by_key(UTILITIES, node)
        case ("rules", _):
            return _by_key(RULES, node)
        case ("disagreement",):
            return Disagreement
        case ("disagreement", "lottery", _):
            return Prospect
        case ("coalitions",):
            return _by_key(COALITIONS, node)
        case ("consent",):
            return Consent
        case ("types", _, _):
            return PlayerType
        case ("protocols", _):
            return SETUPS.get(str(node.get("model")), Setup) if isinstance(node, dict) else Setup
        case ("protocols", _, "types", _, _):
            return StubbornType
        case ("protocols", _, "strategies", _) | ("protocols", _, "tournament", _):
            return Haggling
        case ("protocols", _, *_, "private"):
            return Private
        case ("protocols", *_) if isinstance(node, dict) and "private" in node:
            return PrivateQuantity
        case ("variants", _):
            return Variant
        case ("expect", _):
            return Expectation
    return _bounds_or_quantity(path, node)


def is_name_keyed(path: Path) -> bool:
    """Whether the keys at this path are names of the file's own: players, issues, options, variants."""
    match path:
        case ("players" | "issues" | "utilities" | "red_lines" | "variants" | "sources" | "types" | "protocols",):
            return True
        case ("types", _):
            return True
        case ("issues", _, "options") | ("utilities", _, _, "values") | ("coalitions", "votes" | "claims"):
            return True
        case ("consent", "votes"):
            return True
    return False


def is_quantity(node: Any) -> bool:
    """Whether a plain value is a quantity written as a map."""
    return isinstance(node, dict) and "value" in node and node.keys() <= Quantity.model_fields.keys()


def is_union(path: Path) -> bool:
    """Whether pydantic inserts the chosen alternative into the location of an error below this path."""
    match path:
        case ("issues", _) | ("rules", _) | ("disagreement", "lottery", _, "chance") | ("coalitions",):
            return True
        case ("protocols", _) | ("types", _, _, "chance"):
            return True
        case ("utilities", _, str(issue)):
            return issue not in RESERVED
    return is_setting(path) or is_test(path)


def is_setting(path: Path) -> bool:
    """Whether an issue is settled here, as part of an agreement."""
    match path:
        case ("disagreement", "agreement", _) | ("expect", _, "agreement", _):
            return True
        case ("disagreement", "lottery", _, "agreement", _):
            return True
    return False


def is_test(path: Path) -> bool:
    """Whether a test of a condition stands here."""
    match path:
        case ("rules", _, "forbid" | "if" | "then", _) | ("red_lines", _, _, _):
            return True
        case ("utilities", _, "terms", _, "when", _):
            return True
    return False


def _by_key(records: dict[str, type[BaseModel]], node: Any) -> type[BaseModel] | None:
    keys = node if isinstance(node, dict) else ()
    return next((record for key, record in records.items() if key in keys), None)


def _bounds_or_quantity(path: Path, node: Any) -> type[BaseModel]:
    looks_bounded = isinstance(node, dict) and any(key in node for key in keys_of(Bounds))
    return Bounds if looks_bounded and any(is_test(path[:end]) for end in range(len(path) + 1)) else Quantity
