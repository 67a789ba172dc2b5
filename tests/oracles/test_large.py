"""Additive scenarios far too large to list, in whole numbers: reachable totals are counted issue by issue."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

import pytest

import bargain
from bargain.model.scenario import Scenario
from oracles.scenarios import Document

Totals = dict[tuple[int, ...], int]
"""Payoffs that can be reached, and in how many ways."""

Worths = list[list[tuple[int, ...]]]
"""Issue by issue, option by option, what an option is worth to each player."""


def additive(rng: Random, issues: int, options: int, players: int, most: int) -> tuple[Document, Worths]:
    """A scenario of menus with small whole values, and the values."""
    worths = [[tuple(rng.randint(0, most) for _ in range(players)) for _ in range(options)] for _ in range(issues)]
    names = [f"p{i}" for i in range(players)]
    d = [rng.randint(0, issues * most // 3) for _ in names]
    document: Document = {
        "bargain": 1,
        "title": "Large",
        "players": {name: {} for name in names},
        "issues": {f"i{k}": {"options": {f"x{j}": "X" for j in range(options)}} for k in range(issues)},
        "utilities": {
            name: {
                f"i{k}": {"values": {f"x{j}": worth[i] for j, worth in enumerate(row)}} for k, row in enumerate(worths)
            }
            for i, name in enumerate(names)
        },
        "disagreement": {"payoffs": dict(zip(names, d, strict=True))},
    }
    return document, worths


def suffixes(worths: Worths) -> list[Totals]:
    """For each issue, what can be reached by it and all later ones; the last entry is the empty sum."""
    reach: list[Totals] = [{(0,) * len(worths[0][0]): 1}]
    for row in reversed(worths):
        totals: Totals = {}
        for (total, ways), worth in itertools.product(reach[0].items(), row):
            point = tuple(map(sum, zip(total, worth, strict=True)))
            totals[point] = totals.get(point, 0) + ways
        reach.insert(0, totals)
    return reach


def first_way(worths: Worths, reach: Sequence[Totals], goals: set[tuple[int, ...]]) -> dict[str, str]:
    """The lexicographically first agreement whose payoffs are among the goals."""
    agreement = {}
    for k, row in enumerate(worths):
        for j, worth in enumerate(row):
            rest = {tuple(a - b for a, b in zip(goal, worth, strict=True)) for goal in goals}
            if not rest.isdisjoint(reach[k + 1]):
                agreement[f"i{k}"], goals = f"x{j}", rest
                break
    return agreement


def complaints_about(document: Document, worths: Worths) -> Iterator[str]:
    """Where the package differs from counting."""
    reach = suffixes(worths)
    d = tuple(document["disagreement"]["payoffs"].values())
    rational = {point: [u - v for u, v in zip(point, d, strict=True)] for point in reach[0]}
    rational = {point: gains for point, gains in rational.items() if min(gains) >= 0}
    answers = bargain.compare(Scenario.model_validate(document))
    keys: dict[str, Any] = {
        "nash": math.prod,
        "leximin": sorted,
        "egalitarian": sorted,
        "utilitarian": sum,
    }
    for name, key in keys.items():
        best = max(map(key, rational.values()))
        goals = {point for point, gains in rational.items() if key(gains) == best}
        ways = sum(reach[0][point] for point in goals)
        solution = answers[name]
        if tuple(solution.payoffs.values()) not in goals:
            yield f"{name}: {solution.payoffs} instead of one of {goals}"
        if solution.tie_count != ways - 1:
            yield f"{name}: tie_count {solution.tie_count} instead of {ways - 1}"
        if solution.agreement != first_way(worths, reach, goals):
            yield f"{name}: {solution.agreement} instead of {first_way(worths, reach, goals)}"
    frontier = sorted(efficient(reach[0]))
    listed = [] if answers.frontier is None else sorted(map(tuple, answers.frontier.tolist()))
    if listed != frontier:
        yield f"frontier of {len(listed)} points instead of {len(frontier)}"


def efficient(points: Totals) -> list[tuple[int, ...]]:
    """The points that no other one dominates."""
    kept: list[tuple[int, ...]] = []
    for point in sorted(points, reverse=True):
        if not any(all(a >= b for a, b in zip(other, point, strict=True)) for other in kept):
            kept.append(point)
    return kept


@pytest.mark.parametrize("seed", range(6))
def test_two_players_many_issues(seed: int) -> None:
    rng = Random(seed)
    assert list(complaints_about(*additive(rng, rng.choice([12, 20, 30]), 3, 2, 3))) == []


@pytest.mark.parametrize("seed", range(4))
def test_three_players(seed: int) -> None:
    assert list(complaints_about(*additive(Random(seed), 8, 4, 3, 3))) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 130))
def test_four_players(seed: int) -> None:
    assert list(complaints_about(*additive(Random(seed), 7, 4, 4, 3))) == []
