"""Without lotteries the package must find what listing every agreement finds: answers, ties, frontier."""

from __future__ import annotations

import json
from random import Random

import pytest

from oracles.judge import pure_complaints
from oracles.scenarios import Document, averse_document, random_document, table_document

BATCH = 10


def assert_judged(document: Document) -> None:
    """No complaint; otherwise the whole scenario is shown beside what differs."""
    complaints = pure_complaints(document)
    assert not complaints, "\n".join([*complaints, json.dumps(document)])


@pytest.mark.parametrize("batch", range(15))
def test_random_scenarios(batch: int) -> None:
    for seed in range(BATCH * batch, BATCH * (batch + 1)):
        assert_judged(random_document(Random(seed)))


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(500))
def test_many_random_scenarios(batch: int) -> None:
    for seed in range(10_000 + BATCH * batch, 10_000 + BATCH * (batch + 1)):
        assert_judged(random_document(Random(seed)))


@pytest.mark.parametrize("batch", range(6))
def test_random_attitudes_to_risk(batch: int) -> None:
    for seed in range(BATCH * batch, BATCH * (batch + 1)):
        assert_judged(averse_document(Random(seed)))


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(100))
def test_many_random_attitudes_to_risk(batch: int) -> None:
    for seed in range(10_000 + BATCH * batch, 10_000 + BATCH * (batch + 1)):
        assert_judged(averse_document(Random(seed)))


def crowded_table(rng: Random) -> Document:
    """A few agreements on a coarse grid around d: not everybody can gain, and groups of gainers tie."""
    n = rng.choice([2, 3, 3, 4])
    rows = [tuple(rng.choice([0, 0, 0, 1, 2, -1]) for _ in range(n)) for _ in range(rng.randint(1, 9))]
    return table_document(rows, (0,) * n)


@pytest.mark.parametrize("batch", range(20))
def test_not_everybody_can_gain(batch: int) -> None:
    for seed in range(BATCH * batch, BATCH * (batch + 1)):
        assert_judged(crowded_table(Random(seed)))


def test_tied_groups_of_gainers_are_all_shown() -> None:
    """Two of three can gain: per group the largest product wins, and the groups tie whatever it is."""
    rows = [(2, 3, 0), (1, 1, 0), (0, 1, 1), (5, 0, 1), (4, 0, 0), (0, 0, 0)]
    assert_judged(table_document(rows, (0, 0, 0)))


def test_disagreement_itself_is_the_only_rational_agreement() -> None:
    assert_judged(table_document([(3, 0), (1, 1), (0, 3)], (1, 1)))


def test_decimals_tie_exactly() -> None:
    """0.1 + 0.2 and 0.3 are one payoff: six ways to the same total must all be ties."""
    steps = {"options": {f"x{k}": str(k) for k in range(3)}}
    values = {"values": {"x0": 0.1, "x1": 0.2, "x2": 0.3}}
    mirrored = {"values": {"x0": 0.3, "x1": 0.2, "x2": 0.1}}
    document = table_document([(0, 0)], (0.1, 0.1)) | {
        "issues": dict.fromkeys(("one", "two", "three"), steps),
        "utilities": {
            "a": dict.fromkeys(("one", "two", "three"), values),
            "b": dict.fromkeys(("one", "two", "three"), mirrored),
        },
    }
    assert_judged(document)


def test_more_than_fifty_ties_are_counted_not_listed() -> None:
    issues = [f"i{k}" for k in range(4)]
    flat = {"values": {"x": 1, "y": 1, "z": 1}}
    document = table_document([(0, 0)], (0, 0)) | {
        "issues": {name: {"options": {"x": "X", "y": "Y", "z": "Z"}} for name in issues},
        "utilities": {player: dict.fromkeys(issues, flat) for player in "ab"},
    }
    assert_judged(document)


def test_one_signatory_takes_the_best() -> None:
    assert_judged(table_document([(1,), (3,), (3,), (2,)], (0,)))


def test_rounding_adds_no_frontier_points() -> None:
    """(1.8, u) and (2.7, u) with the same u reached by different sums: the first is dominated, not efficient."""
    x1, x3, x4 = "x1", "x3", "x4"
    document = table_document([(0, 0)], (0, 0)) | {
        "issues": {
            "first": {"options": {x1: "One", x3: "Three", x4: "Four"}},
            "second": {"options": {x1: "One", x4: "Four"}},
            "ladder": {"range": [0, 0.35], "step": 0.1},
        },
        "utilities": {
            "a": {
                "first": {"values": {x1: -0.5, x3: 1.1, x4: 0.9}},
                "second": {"values": {x1: 1.8, x4: 0.7}},
                "ladder": "ignored",
            },
            "b": {
                "first": {"weight": 0.4, "values": {x1: 2.5, x3: -0.7, x4: 0.2}},
                "second": {"weight": 0.3, "values": {x1: 0.5, x4: 1.7}},
                "ladder": {"shape": "power", "worst": 0, "best": 0.35, "exponent": 0.5},
            },
        },
    }
    assert_judged(document)
