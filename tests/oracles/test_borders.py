"""Disagreement on the border: somebody can at best break even, and what is left is a thin face.

Continuous issues with curved values. A second route without facial reduction: the floors are lowered by a little,
which gives the problem an interior again, and a general-purpose solver searches from many starts. What it finds bounds
from above what can be had, up to the square root of how far the floors were lowered.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random

import numpy as np
import pytest
from scipy.optimize import minimize

import bargain
from bargain.model.scenario import Scenario
from oracles.judge import comparison
from oracles.scenarios import Document

LOWERED = 1e-10
CLOSE = 4e-2


def curve(rng: Random, kind: str) -> Document:
    """A concave value of a number from 0 to 1, with its best where the kind says."""
    weight = {"weight": rng.choice([1, 2, 3, 5])}
    if kind == "ideal":
        return weight | {"shape": "ideal", "at": rng.choice([0, 0.25, 0.37, 0.5, 1]), "scale": 1}
    if kind == "power":
        ends = rng.choice([(0, 1), (1, 0)])
        return weight | {"shape": "power", "exponent": rng.choice([0.5, 0.8]), "worst": ends[0], "best": ends[1]}
    ends = rng.choice([(0, 1), (1, 0)])
    return weight | {"shape": "linear", "worst": ends[0], "best": ends[1]}


def worth(entry: object, x: np.ndarray) -> np.ndarray:
    """The value of a number, by the definitions of the file format."""
    if not isinstance(entry, dict):
        return 0 * x
    if entry["shape"] == "ideal":
        return -entry["weight"] * ((x - entry["at"]) / entry["scale"]) ** 2
    linear = np.clip((x - entry["worst"]) / (entry["best"] - entry["worst"]), 0, 1)
    return entry["weight"] * linear ** entry.get("exponent", 1)


def payoffs(document: Document, x: np.ndarray) -> np.ndarray:
    """Payoffs of all players at numbers ``x``, one per issue."""
    return np.array(
        [
            sum(worth(entry, x[k]) for k, entry in enumerate(utilities.values()))
            for utilities in document["utilities"].values()
        ]
    )


def border_document(rng: Random) -> Document:
    """Two or three players, two or three ranges; d is out of reach by nothing for one player, or for all."""
    n, m = rng.choice([2, 3]), rng.choice([2, 3])
    players = {f"p{i}": {} for i in range(n)}
    issues = {f"x{k}": {"range": [0, 1]} for k in range(m)}
    utilities = {
        player: {
            issue: "ignored" if rng.random() < 0.35 else curve(rng, rng.choice(["ideal", "power", "linear"]))
            for issue in issues
        }
        for player in players
    }
    document = {"bargain": 1, "title": "Border", "players": players, "issues": issues, "utilities": utilities}
    line = np.linspace(0, 1, 101)
    mesh = np.stack([axis.ravel() for axis in np.meshgrid(*[line] * m, indexing="ij")])
    table = payoffs(document, mesh)
    tight = rng.sample(range(n), rng.choice([1, 1, n - 1]))
    weights = np.array([1.0 if i in tight else 0.0 for i in range(n)])
    best = int(np.argmax(weights @ table + 1e-9 * table.sum(axis=0)))
    d = [float(table[i, best]) - (0 if i in tight else rng.choice([0.5, 1.0])) for i in range(n)]
    document["disagreement"] = {"payoffs": dict(zip(players, d, strict=True))}
    return document


def relaxed(document: Document, objective: np.ndarray, starts: list[np.ndarray]) -> float:
    """About the largest weighted sum of payoffs with nobody more than a little below d."""
    d = np.array(list(document["disagreement"]["payoffs"].values())) - LOWERED
    best = -np.inf
    for start in starts:
        found = minimize(
            lambda x: -float(objective @ payoffs(document, np.clip(x, 0, 1))),
            start,
            bounds=[(0, 1)] * len(start),
            constraints=[{"type": "ineq", "fun": lambda x: payoffs(document, np.clip(x, 0, 1)) - d}],
            method="SLSQP",
        )
        x = np.clip(found.x, 0, 1)
        if (payoffs(document, x) >= d - 1e-7).all():
            best = max(best, float(objective @ payoffs(document, x)))
    return best


def complaints_about(document: Document) -> Iterator[str]:
    """Answers that are not rational, not what they say, not converged, or beaten by the relaxed problem."""
    answers = comparison(document)
    names = list(document["players"])
    d = np.array(list(document["disagreement"]["payoffs"].values()))
    rng = np.random.default_rng(0)
    starts = list(rng.uniform(size=(6, len(document["issues"]))))
    for solution in answers.solutions:
        if solution.status != "agreement":
            yield f"{solution.concept}: {solution.status}, although d can be had"
            return
        x = np.array([solution.agreement[issue] for issue in document["issues"]])  # type: ignore[index]
        starts.append(x)
        point = np.array([solution.payoffs[name] for name in names])
        if not np.allclose(point, payoffs(document, x), rtol=0, atol=1e-9):
            yield f"{solution.concept}: {point} is not what {x} is worth"
        if (point < d - 1e-7).any():
            yield f"{solution.concept}: {point - d} leaves somebody below disagreement"
        if not str(solution.certificate["proof"]).startswith("exact"):
            yield f"{solution.concept}: {solution.certificate['proof']}"
    wanted = relaxed(document, np.ones(len(names)), starts)
    if answers["utilitarian"].certificate["sum_of_payoffs"] < wanted - CLOSE:
        yield f"utilitarian: {answers['utilitarian'].payoffs} instead of a sum of {wanted}"
    for i, name in enumerate(names):
        best = relaxed(document, np.eye(len(names))[i], starts)
        assert answers.ideal is not None
        if abs(answers.ideal[name] - best) > CLOSE:
            yield f"ideal of {name}: {answers.ideal[name]} instead of {best}"
    yield from _unlike_products(document, answers, starts)


def _unlike_products(document: Document, answers: bargain.Comparison, starts: list[np.ndarray]) -> Iterator[str]:
    """Nash against the product over those who can gain, with the others' floors lowered a little."""
    d = np.array(list(document["disagreement"]["payoffs"].values()))
    names = list(document["players"])
    gains = {
        concept: np.array([answers[concept].payoffs[name] for name in names]) - d
        for concept in ("nash", "leximin", "egalitarian")
    }
    gaining = gains["nash"] > 1e-6
    if (gains["leximin"] > 1e-6).sum() > gaining.sum():
        yield f"nash: {gains['nash']}, but {gains['leximin']} has more gainers"
    if not np.allclose(gains["leximin"], gains["egalitarian"], rtol=0, atol=1e-7):
        yield f"egalitarian {gains['egalitarian']} and leximin {gains['leximin']}"
    if not gaining.any():
        return

    def loss(x: np.ndarray) -> float:
        return -float(np.log(np.maximum(payoffs(document, np.clip(x, 0, 1)) - d, 1e-9))[gaining].sum())

    best = min(
        minimize(
            loss,
            start,
            bounds=[(0, 1)] * len(start),
            constraints=[{"type": "ineq", "fun": lambda x: payoffs(document, np.clip(x, 0, 1)) - d + LOWERED}],
            method="SLSQP",
        ).fun
        for start in starts[6:]
    )
    reached = -float(np.log(gains["nash"][gaining]).sum())
    if best < reached - 10 * CLOSE:
        yield f"nash: {gains['nash']} with log product {-reached} instead of {-best}"


def assert_judged(document: Document) -> None:
    """No complaint; otherwise the whole scenario is shown beside what differs."""
    Scenario.model_validate(document)
    complaints = list(complaints_about(document))
    assert not complaints, "\n".join([*complaints, json.dumps(document)])


@pytest.mark.parametrize("seed", range(2))
def test_somebody_can_only_break_even(seed: int) -> None:
    assert_judged(border_document(Random(seed)))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [*range(2, 6), *range(100, 240)])
def test_somebody_can_only_break_even_many(seed: int) -> None:
    assert_judged(border_document(Random(seed)))
