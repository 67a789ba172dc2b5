"""Continuous issues under attitudes to risk: no agreement of a fine grid does better than what is called the best."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pytest

import bargain
from bargain.model.scenario import Scenario

Floats = np.ndarray
ACCURATE = 1e-7
"""Budgets are tightened by a billionth, whose worth depends on slopes."""


def document(rng: Random, kinds: tuple[dict[str, float], ...]) -> dict[str, Any]:
    """One or two ranges, sometimes a menu and a budget; two or three players of these kinds."""
    players = [f"p{i}" for i in range(rng.choice([2, 3]))]
    issues: dict[str, Any] = {f"r{i}": {"range": [0, 1]} for i in range(rng.choice([1, 2]))}
    if rng.random() < 0.5:
        issues["menu"] = {"options": {"a": "A", "b": "B", "c": "C"}}
    utilities = {}
    for player in players:
        attitude = rng.choice(kinds)
        utilities[player] = {name: _utility(rng, issue) for name, issue in issues.items()}
        utilities[player] |= {"attitude": attitude} if attitude else {}
    return {
        "bargain": 1,
        "title": "Bent",
        "players": {player: {} for player in players},
        "issues": issues,
        "utilities": utilities,
        "rules": [{"at_most": 1.2, "sum": {"r0": 1, "r1": 1}}] if "r1" in issues and rng.random() < 0.3 else [],
        "disagreement": {"agreement": {n: 0.2 if n != "menu" else "a" for n in issues}, "costs": {"others": 0.1}},
    }


def _utility(rng: Random, issue: dict[str, Any]) -> dict[str, Any]:
    if "options" in issue:
        return {"values": {option: rng.randint(0, 4) / 2 for option in issue["options"]}}
    ends = rng.choice([(0, 1), (1, 0)])
    shape: dict[str, Any] = {"shape": "linear", "worst": ends[0], "best": ends[1]}
    if rng.random() < 0.3:
        shape |= {"shape": "power", "exponent": 0.5}
    return {"weight": rng.randint(1, 3), **shape}


def worth(attitude: dict[str, float] | None, z: Floats) -> Floats:
    """The textbook formulas."""
    if not attitude:
        return z
    if "cara" in attitude:
        return (1 - np.exp(-attitude["cara"] * z)) / attitude["cara"]
    rest = 1 - attitude["crra"]
    return np.log(z - attitude["base"]) if rest == 0 else ((z - attitude["base"]) ** rest - 1) / rest


def payoffs(given: dict[str, Any], columns: dict[str, Floats], cost: float = 0.0) -> Floats:
    """(k, n) payoffs of agreements that are columns of settings."""
    found = []
    for utilities in given["utilities"].values():
        total: Any = -cost
        for name, column in columns.items():
            how = utilities[name]
            if "values" in how:
                total = total + np.array(list(how["values"].values()))[column]
                continue
            share = (column - how["worst"]) / (how["best"] - how["worst"])
            total = total + how["weight"] * share ** how.get("exponent", 1)
        found.append(worth(utilities.get("attitude"), total))
    return np.stack(found, axis=-1)


def complaints(given: dict[str, Any]) -> list[str]:
    """Where a fine grid has something better, or nothing at all is found on it."""
    steps = 201 if "r1" not in given["issues"] else 41
    axes = [np.linspace(0, 1, steps) if name != "menu" else np.arange(3) for name in given["issues"]]
    mesh = [column.ravel() for column in np.meshgrid(*axes, indexing="ij")]
    columns = dict(zip(given["issues"], mesh, strict=True))
    listed = payoffs(given, columns)
    if given["rules"]:
        listed = listed[columns["r0"] + columns["r1"] <= 1.2 + 1e-12]
    d = payoffs(given, {n: np.array(0.2) if n != "menu" else np.array(0) for n in given["issues"]}, cost=0.1)
    gains = listed[(listed >= d).all(axis=1)] - d
    agreements = bargain.tabulate(Scenario.model_validate(given))
    if not np.allclose(list(agreements.disagreement.values()), d, rtol=1e-12):
        return ["another disagreement point"]
    judges = {
        bargain.nash: lambda g: np.log(np.maximum(g, 1e-300)).sum(axis=-1),
        bargain.utilitarian: lambda g: g.sum(axis=-1),
        bargain.egalitarian: lambda g: g.min(axis=-1),
    }
    told = []
    averse = not any("attitude" in u and u["attitude"] in LOVING[1:3] for u in given["utilities"].values())
    for concept, judge in judges.items():
        solution = bargain.solve(agreements, concept)
        if solution.status != "agreement":
            told += [f"{concept.name}: {solution.status}"] if len(gains) else []
            continue
        own = judge(np.array(list(solution.payoffs.values())) - d)
        best = judge(gains).max(initial=-np.inf)
        proof = solution.certificate["proof"]
        if own < best - ACCURATE * max(1.0, abs(best)) and proof.startswith("exact"):
            told.append(f"{concept.name}: {own} although {best} can be had ({proof})")
        if averse and not proof.startswith("exact"):
            told.append(f"{concept.name}: {proof}")
    return told


AVERSE = ({}, {"cara": 0.01}, {"cara": 0.4}, {"cara": 1.5}, {"crra": 0.5, "base": -3}, {"crra": 1, "base": -3},
          {"crra": 3, "base": -3})  # fmt: skip
LOVING = ({}, {"cara": -0.5}, {"crra": -1, "base": -3}, {"cara": 0.5})


def test_averse_players_are_served_exactly() -> None:
    for seed in range(4):
        given = document(Random(seed), AVERSE)
        assert complaints(given) == [], given


def test_lovers_of_risk_are_promised_no_more_than_is_known() -> None:
    for seed in range(3):
        given = document(Random(seed), LOVING)
        assert complaints(given) == [], given


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(150))
def test_many_attitudes(seed: int) -> None:
    assert complaints(document(Random(1000 + seed), AVERSE)) == []
    assert complaints(document(Random(1000 + seed), LOVING)) == []


def test_the_judge_notices_a_worse_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    solve = bargain.solve
    monkeypatch.setattr(bargain, "solve", lambda agreements, _: solve(agreements, bargain.egalitarian))
    assert any("although" in text for seed in range(2) for text in complaints(document(Random(seed), AVERSE)))
