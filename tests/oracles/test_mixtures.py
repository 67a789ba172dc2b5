"""Lotteries among one to five: listed or in blocks, against linear programs, the polygon, and a cone solver."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bargain.geometry.mixtures.atoms import Listing, Sum
from bargain.geometry.mixtures.hull import Hull
from bargain.geometry.mixtures.mixed import Mixed
from bargain.geometry.sums.frontier import merge
from oracles.mixtures import Case, complaints_about, random_case

BATCH = 10


def both_ways(case: Case) -> tuple[np.ndarray, Mixed, Mixed]:
    """The efficient payoffs, and lotteries over the list and over the blocks."""
    dust = 1e-12 * max(1.0, float(np.abs(case.sums).max()))
    listed = merge(case.blocks, [dust] * len(case.d)).points
    blocks = Sum(tuple(case.blocks), np.ones(len(case.d)))
    return listed, Mixed(Listing(listed), case.d, case.powers), Mixed(blocks, case.d, case.powers)


def assert_judged(seed: int, which: slice = slice(None)) -> None:
    """No complaint about either, or about one of them."""
    case = random_case(seed)
    listed, *mixed = both_ways(case)
    for feasible in mixed[which]:
        complaints = complaints_about(case, feasible, listed)
        assert not complaints, "\n".join([f"seed {seed}, {type(feasible.source).__name__}", *complaints])


@pytest.mark.parametrize("batch", range(3))
def test_random_sums(batch: int) -> None:
    for seed in range(BATCH * batch, BATCH * (batch + 1)):
        assert_judged(seed, slice(seed % 2, seed % 2 + 1))


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(160))
def test_many_random_sums(batch: int) -> None:
    for seed in range(10_000 + BATCH * batch, 10_000 + BATCH * (batch + 1)):
        assert_judged(seed)


def assert_like_the_polygon(seed: int) -> None:
    """Two players: the same answers as the polygon, to the eighth digit."""
    case = random_case(seed, players=2)
    listed, *mixed = both_ways(case)
    hull = Hull(listed, case.d, case.powers)
    for feasible in mixed:
        assert feasible.rational == hull.rational
        if not hull.rational:
            continue
        for ask in (_nash, _weighted, _equal, _ratios, _totals):
            wanted, found = ask(hull, case), ask(feasible, case)
            assert found == pytest.approx(wanted, abs=1e-8 * case.stake), (seed, ask.__name__)
        ends = [hull.at(end) for end in hull.ends]
        assert feasible.border[[0, -1]] == pytest.approx(np.array(ends), abs=1e-8 * case.stake)
    assert mixed[0].points[::-1] == pytest.approx(hull.points[np.lexsort(hull.points.T[::-1])], abs=1e-12 * case.stake)


def _nash(feasible: Any, _: Case) -> np.ndarray:
    return feasible.product(np.ones(2)).points


def _weighted(feasible: Any, case: Case) -> np.ndarray:
    return feasible.product(case.powers).points


def _equal(feasible: Any, _: Case) -> np.ndarray:
    return feasible.along(np.ones(2)).points


def _ratios(feasible: Any, case: Case) -> np.ndarray:
    hopes = feasible.ideal - case.d
    return feasible.along(np.where(hopes > feasible.tolerance, hopes, 0.0)).points


def _totals(feasible: Any, _: Case) -> np.ndarray:
    return np.unique(feasible.total(np.ones_like(feasible.disagreement)).points.round(9), axis=0)


@pytest.mark.parametrize("batch", range(2))
def test_two_players_as_on_the_polygon(batch: int) -> None:
    for seed in range(BATCH * batch, BATCH * (batch + 1)):
        assert_like_the_polygon(seed)


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(40))
def test_many_times_as_on_the_polygon(batch: int) -> None:
    for seed in range(10_000 + BATCH * batch, 10_000 + BATCH * (batch + 1)):
        assert_like_the_polygon(seed)


class Wrong:
    """A feasible set with one answer replaced."""

    def __init__(self, right: Mixed, **wrong: Any) -> None:
        self.right, self.wrong = right, wrong

    def __getattr__(self, name: str) -> Any:
        return self.wrong[name] if name in self.wrong else getattr(self.right, name)


def moved(choice: Any, by: float) -> Any:
    """The same mixtures said to pay something else."""
    return replace(choice, points=choice.points + by)


def test_the_judge_notices_wrong_answers() -> None:
    """A pie of three with unequal powers: every concept has another answer."""
    case = Case([np.array([[4.0, 0, 0], [0, 3, 0], [0, 0, 2], [1, 1, 0.9]])], np.zeros(3), np.array([1.0, 2.0, 3.0]))
    listed, right, blocks = both_ways(case)
    assert complaints_about(case, right, listed) == complaints_about(case, blocks, listed) == []
    few = Mixed(Listing(listed[:-1]), case.d, case.powers)
    wrong = {
        "least gain": {"outlook": few.outlook},
        "rational": {"rational": False},
        "ideal": {"ideal": listed[:-1].max(axis=0) * 0.999},
        "product": {"product": right.along},
        "gap": {"product": few.product},
        "do not support": {"product": lambda w: replace(right.product(w), prices=np.ones(3))},
        "total": {"total": right.product},
        "along": {"along": lambda ray: replace(right.product(ray), ray_point=right.along(ray).ray_point)},
        "least loss": {"least_loss": right.along},
        "is not what": {"along": lambda ray: moved(right.along(ray), 1e-4)},
        "below disagreement": {"total": lambda w: moved(right.total(w), -5.0)},
        "continuum": {"total": lambda w: replace(right.total(w), continuum=True)},
        "chances": {"product": lambda w: replace(right.product(w), mixtures=(((0.5, 0),),))},
    }
    for word, answer in wrong.items():
        found = "\n".join(complaints_about(case, Wrong(right, **answer), listed))
        assert word in found, (word, found)


@pytest.mark.parametrize("players", [2, 3, 5, 10])
def test_nash_as_a_cone_solver_finds_it(players: int) -> None:
    cp = pytest.importorskip("cvxpy")
    pytest.importorskip("clarabel")
    rng = np.random.default_rng(players)
    blocks = [rng.random((4, players)) for _ in range(12)]
    d = sum(block.mean(axis=0) for block in blocks)
    feasible = Mixed(Sum(tuple(blocks), np.ones(players)), d, np.ones(players))
    chances = cp.Variable((12, 4), nonneg=True)
    payoffs = cp.hstack([cp.sum(cp.multiply(np.stack(blocks)[:, :, i], chances)) for i in range(players)])
    problem = cp.Problem(cp.Maximize(cp.sum(cp.log(payoffs - d))), [cp.sum(chances, axis=1) == 1])
    problem.solve(solver=cp.CLARABEL)
    gains = feasible.product(np.ones(players)).points[0] - d
    assert np.log(gains).sum() >= problem.value - 1e-9
    assert gains == pytest.approx(payoffs.value - d, rel=1e-3)
