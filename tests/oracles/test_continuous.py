"""Ranges and divisions: an answer is feasible and worth what it says, and no cell holds a better one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random

import numpy as np
import pytest

from bargain.model.results import Comparison
from oracles.brute import Reference
from oracles.cells import Cell, cells
from oracles.judge import CONCEPTS, comparison, near
from oracles.scenarios import Document

CLOSE = 1e-6


def random_continuous(rng: Random) -> Document:
    """A range or a division or both, perhaps a menu, everything piecewise linear; d somewhere inside."""
    n = rng.choice([2, 2, 3])
    players = {f"p{i}": {"power": rng.choice([1, 2, 0.5])} for i in range(n)}
    sharing = rng.choice([0, 1]) or rng.choice([0, 1])
    issues: Document = {"line": {"range": [0, 10]}} if not sharing or rng.random() < 0.6 else {}
    if sharing:
        issues["assets"] = {"division": list(players)[: rng.choice([2, n])]}
    if rng.random() < 0.6:
        issues["menu"] = {"options": {f"x{k}": f"Option {k}" for k in range(rng.choice([2, 3]))}}
    document: Document = {
        "bargain": 1,
        "title": "Random",
        "players": players,
        "issues": issues,
        "utilities": {
            player: {name: _entry(rng, player, issue) for name, issue in issues.items()} for player in players
        },
        "rules": [_rule(rng, issues)] if "line" in issues and rng.random() < 0.5 else [],
    }
    if "line" in issues and "menu" in issues and rng.random() < 0.3:
        when = {"line": {"above": rng.randint(2, 8)}, "menu": "x0"}
        document["utilities"]["p0"]["terms"] = [{"when": when, "add": -rng.randint(1, 3)}]
    middle = {name: _middle(issue) for name, issue in issues.items()}
    payoffs = Reference(document).payoffs_of(middle)
    document["disagreement"] = {
        "payoffs": {player: round(float(payoff) - rng.choice([0, 0.5, 1, 2]), 3) for player, payoff in payoffs.items()}
    }
    return document


def _middle(issue: Document) -> object:
    if "options" in issue:
        return next(iter(issue["options"]))
    return 5 if "range" in issue else dict.fromkeys(issue["division"], 1 / len(issue["division"]))


def _entry(rng: Random, player: str, issue: Document) -> object:
    weight = {"weight": rng.randint(1, 8)}
    if "options" in issue:
        return weight | {"values": {option: rng.randint(0, 10) / 10 for option in issue["options"]}}
    if "division" in issue:
        of = {} if player in issue["division"] else {"of": rng.choice(issue["division"])}
        if rng.random() < 0.3:
            return weight | of | {"points": [[0, 0], [0.4, rng.randint(1, 9) / 10], [1, 1]]}
        return weight | of | {"shape": "linear", "worst": 0, "best": 1}
    if rng.random() < 0.4:
        ends = rng.choice([(0, 10), (10, 0), (2, 8)])
        return weight | {"shape": "linear", "worst": ends[0], "best": ends[1]}
    xs = sorted(rng.sample(range(1, 10), rng.choice([1, 2])))
    return weight | {"points": [[x, rng.randint(0, 10) / 10] for x in [0, *xs, 10]]}


def _rule(rng: Random, issues: Document) -> Document:
    if "assets" in issues and rng.random() < 0.5:
        return {"at_most": 1.2, "sum": {"line": 0.1, "assets.p0": 1}}
    threshold = {"line": {"above": rng.randint(3, 8)}}
    if "menu" in issues and rng.random() < 0.6:
        return {"if": threshold, "then": {"menu": ["x0"]}}
    return {"forbid": threshold}


def complaints_about(document: Document) -> Iterator[str]:
    """Everything that a cell does better than the package, and every answer that is not what it says."""
    reference = Reference(document)
    answers = comparison(document)
    parts = cells(document)
    n = len(reference.signatories)
    level = max(
        (best[0] for cell in parts if (best := cell.best(np.zeros(n), np.zeros(n), np.ones(n)))),
        default=-np.inf,
    )
    if level < -CLOSE:
        for name in CONCEPTS:
            if answers[name].status != "no_agreement":
                yield f"{name}: {answers[name].status}, although somebody loses {-level}"
            elif not near(answers[name].certificate["largest_minimum_gain"], level, CLOSE):
                found = answers[name].certificate["largest_minimum_gain"]
                yield f"{name}: largest_minimum_gain {found} instead of {level}"
        return
    for name in CONCEPTS:
        yield from (f"{name}: {text}" for text in _untrue(reference, answers, name))
    if {answers[name].status for name in CONCEPTS} == {"agreement"}:
        yield from _improvable(reference, answers, parts)


def _untrue(reference: Reference, answers: Comparison, name: str) -> Iterator[str]:
    solution = answers[name]
    if solution.status != "agreement" or solution.agreement is None:
        yield f"{solution.status}, although everybody can gain"
        return
    if not reference.is_possible(solution.agreement):
        yield f"{solution.agreement} is not possible"
    worth = reference.payoffs_of(solution.agreement)
    if not all(near(solution.payoffs[player], worth[player]) for player in worth):
        wanted = {player: float(payoff) for player, payoff in worth.items()}
        yield f"payoffs {solution.payoffs} instead of {wanted}"
    if any(solution.payoffs[player] < reference.disagreement[player] - CLOSE for player in reference.signatories):
        yield f"{solution.payoffs} is below disagreement"


def _improvable(reference: Reference, answers: Comparison, parts: list[Cell]) -> Iterator[str]:
    names = reference.signatories
    n, d = len(names), np.array([float(reference.disagreement[name]) for name in reference.signatories])
    gains = {name: np.array([answers[name].payoffs[player] for player in names]) - d for name in CONCEPTS}
    hopes = np.array(
        [max(best[0] for cell in parts if (best := cell.best(np.eye(n)[i], np.zeros(n)))) for i in range(n)]
    )
    if answers.ideal is None or not np.allclose([answers.ideal[name] for name in names], hopes + d, rtol=0, atol=CLOSE):
        yield f"ideal {answers.ideal} instead of {hopes + d}"
    total = max(best[0] for cell in parts if (best := cell.best(np.ones(n), np.zeros(n))))
    if not near(gains["utilitarian"].sum(), total, CLOSE):
        yield f"utilitarian: gains sum to {gains['utilitarian'].sum()} instead of {total}"
    for name, scale in {"egalitarian": np.ones(n), "leximin": np.ones(n), "kalai_smorodinsky": hopes}.items():
        every = [levels for cell in parts if (levels := cell.leximin(scale)) is not None]
        wanted = max(every, key=lambda levels: np.round(levels, 6).tolist())
        reached = sorted(gains[name][scale > CLOSE] / scale[scale > CLOSE])
        if not np.allclose(reached, wanted, rtol=CLOSE, atol=CLOSE):
            yield f"{name}: levels {reached} instead of {wanted}"
    powers = np.array([reference.document["players"][name]["power"] for name in names])
    for name, exponents in {"nash": np.full(n, 1 / n), "asymmetric_nash": powers / powers.sum()}.items():
        reached_log = exponents @ np.log(np.maximum(gains[name], 1e-300))
        best_log = max(cell.largest_product(exponents) for cell in parts)
        if np.isfinite(best_log) and not reached_log >= best_log - CLOSE:
            yield f"{name}: gains {gains[name]}, log product {reached_log} instead of {best_log}"


def assert_judged(document: Document) -> None:
    """No complaint; otherwise the whole scenario is shown beside what differs."""
    complaints = list(complaints_about(document))
    assert not complaints, "\n".join([*complaints, json.dumps(document)])


@pytest.mark.parametrize("seed", range(6))
def test_random_piecewise_linear(seed: int) -> None:
    assert_judged(random_continuous(Random(seed)))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [*range(6, 25), *range(1000, 1400)])
def test_many_piecewise_linear(seed: int) -> None:
    assert_judged(random_continuous(Random(seed)))


def _document(issues: Document, d: list[float], *utilities: Document) -> Document:
    players = [f"p{i}" for i in range(len(d))]
    return {
        "bargain": 1,
        "title": "Small",
        "players": {player: {"power": 1} for player in players},
        "issues": issues,
        "utilities": dict(zip(players, utilities, strict=True)),
        "rules": [],
        "disagreement": {"payoffs": dict(zip(players, d, strict=True))},
    }


OWN = {"shape": "linear", "worst": 0, "best": 1}


def test_an_option_that_forces_a_corner_of_the_shares() -> None:
    """With menu x1 only (1, 0, 0) satisfies p0, and then p2 refuses: x1 must not count towards anybody's ideal."""
    issues = {
        "assets": {"division": ["p0", "p1", "p2"]},
        "menu": {"options": {"x0": "Option 0", "x1": "Option 1"}},
    }
    document = _document(
        issues,
        [6, 1, 1],
        {"assets": OWN | {"weight": 6}, "menu": {"weight": 5, "values": {"x0": 0.8, "x1": 0}}},
        {"assets": OWN | {"weight": 5}, "menu": {"weight": 8, "values": {"x0": 0, "x1": 0.4}}},
        {"assets": {"weight": 3, "points": [[0, 0], [0.4, 0.5], [1, 1]]}, "menu": "ignored"},
    )
    assert_judged(document)


def test_a_player_who_is_indifferent_to_everything() -> None:
    """p1 cannot gain, whatever is agreed; p0 and p2 share."""
    issues = {"line": {"range": [0, 10]}, "assets": {"division": ["p0", "p1"]}}
    document = _document(
        issues,
        [0, 0, 4.2],
        {
            "line": {"weight": 2, "points": [[0, 0.6], [3, 0.7]]},
            "assets": {"weight": 2, "points": [[0.4, 0.9], [1, 1]]},
        },
        {"line": "ignored", "assets": "ignored"},
        {
            "line": {"weight": 4, "points": [[0, 0.9], [5, 0.4]]},
            "assets": {"weight": 4, "of": "p1", "points": [[0, 0], [0.4, 0.2]]},
        },
    )
    assert_judged(document)


def test_what_the_others_leave_of_a_division() -> None:
    """p1 needs 7/8 of the assets, so p2, who is content with 0.4 of them, can have at most 1/8: 0.21875."""
    issues = {"line": {"range": [0, 10]}, "assets": {"division": ["p0", "p1", "p2"]}}
    document = _document(
        issues,
        [2, 7, 0],
        {"line": {"weight": 3, "points": [[9, 0.8], [10, 0.5]]}, "assets": "ignored"},
        {"line": "ignored", "assets": OWN | {"weight": 8}},
        {"line": "ignored", "assets": {"points": [[0, 0], [0.4, 0.7]]}},
    )
    assert_judged(document)


def test_a_budget_is_kept_to_the_last_digit() -> None:
    """A binding budget must still be met by the agreement that is printed."""
    issues = {"line": {"range": [0, 10]}, "assets": {"division": ["p0", "p1", "p2"]}}
    document = _document(
        issues,
        [0, 7.1, -0.7],
        {"line": "ignored", "assets": OWN},
        {
            "line": {"weight": 8, "points": [[5, 0.1], [10, 1.0]]},
            "assets": {"weight": 6, "points": [[0.4, 0.9], [1, 1]]},
        },
        {"line": "ignored", "assets": OWN},
    )
    assert_judged(document | {"rules": [{"at_most": 1.2, "sum": {"line": 0.1, "assets.p0": 1}}]})
