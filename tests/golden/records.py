"""A golden record: a problem small enough for pen and paper, a concept, the published or derived answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Golden:
    """``payoffs`` of the players in file order, None for no agreement; ``within`` is a tolerance in payoff.

    ``source`` is a paper with page or proposition; "own derivation" gives the algebra; "recalled" marks a
    citation that was not checked against the paper.
    """

    name: str
    document: Mapping[str, Any]
    concept: str
    payoffs: Sequence[float] | None
    source: str
    regime: str = "pure"
    within: float = 1e-9
    tie_count: int | None = None
    agreement: Mapping[str, Any] | None = None
    certificate: Mapping[str, Any] = field(default_factory=dict)


def table(rows: Sequence[Sequence[float]], d: Sequence[float], power: Sequence[float] | None = None) -> dict[str, Any]:
    """One menu whose options o1, o2, … pay the rows of a table to players a, b, …, weight 1."""
    names = [chr(ord("a") + i) for i in range(len(d))]
    powers = power or [1] * len(d)
    options = [f"o{k}" for k in range(1, len(rows) + 1)]
    return {
        "bargain": 1,
        "title": "A table of payoffs",
        "players": {name: {"power": weight} for name, weight in zip(names, powers, strict=True)},
        "issues": {"deal": {"options": {option: option for option in options}}},
        "utilities": {
            name: {"deal": {"values": {option: row[i] for option, row in zip(options, rows, strict=True)}}}
            for i, name in enumerate(names)
        },
        "disagreement": {"payoffs": dict(zip(names, d, strict=True))},
    }


def pie(
    entries: Sequence[Mapping[str, Any]], d: Sequence[float], power: Sequence[float] | None = None
) -> dict[str, Any]:
    """One pie of size 1; an entry says how a player values the own share."""
    names = [chr(ord("a") + i) for i in range(len(d))]
    powers = power or [1] * len(d)
    return {
        "bargain": 1,
        "title": "A pie",
        "players": {name: {"power": weight} for name, weight in zip(names, powers, strict=True)},
        "issues": {"pie": {"division": names}},
        "utilities": {name: {"pie": dict(entry)} for name, entry in zip(names, entries, strict=True)},
        "disagreement": {"payoffs": dict(zip(names, d, strict=True))},
    }


def linear(weight: float = 1) -> dict[str, Any]:
    """Weight times the own share."""
    return {"weight": weight, "shape": "linear", "worst": 0, "best": 1}


def powered(exponent: float, weight: float = 1) -> dict[str, Any]:
    """Weight times a power of the own share."""
    return {"weight": weight, "shape": "power", "worst": 0, "best": 1, "exponent": exponent}


def capped(claim: float, estate: float) -> dict[str, Any]:
    """The award out of an estate, up to a claim."""
    if claim >= estate:
        return linear(estate)
    return {"points": [[0, 0], [claim / estate, claim], [1, claim]]}
