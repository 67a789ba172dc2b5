"""Coupled lists and budgets against the listed product of everything."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from bargain.errors import TooManyAgreements
from bargain.geometry.pareto import efficient_by_elimination
from bargain.geometry.sums.elimination import Factor, eliminate, elimination_order, largest_clique
from geometry.sums.test_frontier import Deals, rebuilt

Problem = tuple[list[Factor], int, list[float]]


def random_problem(seed: int) -> Problem:
    """Up to five lists over up to five variables, none to three players, up to two budgets."""
    rng = np.random.default_rng(seed)
    variables, players, budgets = int(rng.integers(1, 6)), int(rng.integers(0, 4)), int(rng.integers(0, 3))
    sizes = rng.integers(1, 4, size=variables)
    factors = []
    for _ in range(int(rng.integers(1, 6))):
        scope = tuple(rng.permutation(variables)[: int(rng.integers(0, min(variables, 3) + 1))].tolist())
        joint = list(product(*(range(sizes[v]) for v in scope)))
        settings = np.array(joint, dtype=np.intp).reshape(len(joint), len(scope))
        settings = settings[rng.random(len(settings)) < 0.95]
        if rng.random() < 0.2:  # a joint setting may be listed twice
            settings = np.concatenate([settings, settings[:1]])
        payoffs = rng.integers(-2, 4, size=(len(settings), players)).astype(float)
        uses = rng.integers(-1, 4, size=(len(settings), budgets)).astype(float)
        factors.append(Factor(scope, settings, payoffs, uses))
    return factors, players, [float(rng.integers(0, 8)) for _ in range(budgets)]


def agreeing(factors: list[Factor], limits: list[float]) -> Deals:
    """All choices of one row per list that settle shared variables alike and keep the budgets."""
    found = []
    for deal in product(*(range(len(factor.settings)) for factor in factors)):
        settled: dict[int, int] = {}
        pairs = [
            (v, s) for f, row in zip(factors, deal, strict=True) for v, s in zip(f.scope, f.settings[row], strict=True)
        ]
        alike = all(settled.setdefault(variable, setting) == setting for variable, setting in pairs)
        used = sum(factor.uses[row] for factor, row in zip(factors, deal, strict=True))
        if alike and (used <= np.array(limits)).all():
            found.append(deal)
    return found


def check(problem: Problem) -> int:
    """Points, counts and all choices against listing; returns how many points there are."""
    factors, players, limits = problem
    deals = agreeing(factors, limits)
    paid = [sum(factor.payoffs[row] for factor, row in zip(factors, deal, strict=True)) for deal in deals]
    points = np.array(paid).reshape(len(deals), players)
    stays = efficient_by_elimination(points) if players else np.ones(len(deals), dtype=bool)
    wanted: dict[tuple[float, ...], Deals] = {}
    for index in np.flatnonzero(stays).tolist():
        wanted.setdefault(tuple(points[index].tolist()), []).append(deals[index])
    found = eliminate(factors, [0.0] * players, limits)
    assert [tuple(point) for point in found.points.tolist()] == sorted(wanted, reverse=True)
    assert found.total == sum(map(len, wanted.values()))
    for index, point in enumerate(found.points.tolist()):
        assert found.count(index) == len(wanted[tuple(point)])
        assert rebuilt(found, index) == wanted[tuple(point)]
    return len(wanted)


@pytest.mark.parametrize("start", range(0, 60, 20))
def test_against_listing(start: int) -> None:
    assert sum(check(random_problem(seed)) for seed in range(start, start + 20)) > 0


@pytest.mark.slow
@pytest.mark.parametrize("start", range(1000, 4000, 100))
def test_against_listing_often(start: int) -> None:
    assert sum(check(random_problem(seed)) for seed in range(start, start + 100)) > 0


def test_equal_payoffs_stay_whatever_they_use() -> None:
    """The dearer of two ways to the same payoff is a tie as long as it can be paid for, and none if it cannot."""
    nothing = np.zeros((2, 0), dtype=np.intp)
    ways = Factor((), nothing, np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([[0.0], [2.0]]))
    counts = [eliminate([ways, ways], [0.0, 0.0], [limit]).count(0) for limit in (0.0, 2.0, 3.0, 4.0)]
    assert counts == [1, 3, 3, 4]
    assert len(eliminate([ways, ways], [0.0, 0.0], [-1.0])) == 0


def test_a_dearer_payoff_beats_only_what_is_as_dear() -> None:
    """One unit buys two for both; only one of two lists can have it."""
    nothing = np.zeros((2, 0), dtype=np.intp)
    one = Factor((), nothing, np.array([[2.0, 2.0], [0.0, 1.0]]), np.array([[1.0], [0.0]]))
    other = Factor((), nothing, np.array([[3.0, 0.0], [1.0, 1.0]]), np.array([[1.0], [0.0]]))
    assert eliminate([one, other], [0.0, 0.0], [1.0]).points.tolist() == [[3.0, 3.0]]
    assert eliminate([one, other], [0.0, 0.0], [2.0]).points.tolist() == [[5.0, 2.0], [3.0, 3.0]]
    assert eliminate([one, other], [0.0, 0.0], [0.0]).points.tolist() == [[1.0, 2.0]]


def test_the_order_of_elimination() -> None:
    chain = [(i, i + 1) for i in range(9)]
    assert elimination_order(chain) == list(range(10))
    assert largest_clique(chain, [5] * 10) == 25
    star = [(0, i) for i in range(1, 9)]
    assert largest_clique(star, [5] * 9) == 25
    ring = [*chain, (9, 0)]
    assert largest_clique(ring, [5] * 10) == 125
    assert largest_clique([(0, 1, 2), (2, 3)], [2, 3, 4, 100]) == 400
    grid = [(4 * i + j, 4 * i + j + 1) for i in range(4) for j in range(3)] + [(i, i + 4) for i in range(12)]
    assert largest_clique(grid, [2] * 16) == 2**5
    assert largest_clique([], []) == 1


def test_a_long_chain_is_counted_exactly() -> None:
    """No two neighbours alike: 4^59 x 5 ways to colour a chain of sixty in five colours."""
    pairs = np.array([(a, b) for a in range(5) for b in range(5) if a != b])
    links = [Factor((i, i + 1), pairs, np.zeros((20, 0)), np.zeros((20, 0))) for i in range(59)]
    found = eliminate(links, [])
    assert found.count(0) == found.total == 5 * 4**59
    with pytest.raises(TooManyAgreements, match="partial packages are too many"):
        eliminate(links, [], largest=10)
