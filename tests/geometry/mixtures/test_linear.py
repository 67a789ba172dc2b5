"""The simplex method with columns by price, against scipy's solver."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog

from bargain.errors import NotConverged
from bargain.geometry.mixtures import linear
from bargain.geometry.mixtures.atoms import Listing, Sum
from bargain.geometry.mixtures.linear import Optimum, Rows, maximise_over_mixtures


def by_library(points: np.ndarray, objective: np.ndarray, rows: Rows, pull: float, least: float) -> float | None:
    """The optimal value, None if nothing is feasible."""
    count = len(points)
    answer = linprog(
        np.append(-points @ objective, -pull),
        A_ub=np.c_[-rows.matrix @ points.T, rows.ray],
        b_ub=-rows.floor,
        A_eq=np.append(np.ones(count), 0)[None],
        b_eq=[1],
        bounds=[(0, None)] * count + [(least, None if pull else least)],
        method="highs",
    )
    return float(-answer.fun) if answer.status == 0 else None


def assert_proved(found: Optimum, points: np.ndarray, objective: np.ndarray, rows: Rows, pull: float) -> None:
    """Feasible, and at its prices nothing is worth more: an own proof of optimality."""
    chances = np.array(list(found.chances.values()))
    assert chances.min() > 0
    assert chances.sum() == pytest.approx(1)
    assert chances @ points[list(found.chances)] == pytest.approx(found.point)
    assert (rows.matrix @ found.point - rows.ray * found.reach >= rows.floor - 1e-8).all()
    assert found.prices == pytest.approx(objective + found.row_prices @ rows.matrix)
    assert (points @ found.prices).max() <= found.prices @ found.point + 1e-8
    slack = rows.matrix @ found.point - rows.ray * found.reach - rows.floor
    assert found.row_prices * slack == pytest.approx(np.zeros(len(slack)), abs=1e-8)
    if pull:
        assert found.row_prices @ rows.ray == pytest.approx(pull)


def case(seed: int) -> tuple[np.ndarray, np.ndarray, Rows]:
    """Whole numbers with many ties; one or two rows per player."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 6))
    points = np.unique(rng.integers(-2, 4, size=(rng.integers(1, 12), n)), axis=0).astype(float)
    matrix = np.vstack([np.eye(n), np.eye(n)[rng.random(n) < 0.4]])
    floor = rng.choice([-3.0, -1.0, 0.0, 1.0], size=len(matrix))
    return points, rng.integers(0, 3, size=n).astype(float), Rows(matrix, np.zeros(len(matrix)), floor)


@pytest.mark.parametrize("batch", range(4))
def test_sums_over_floors(batch: int) -> None:
    solved = 0
    for seed in range(12 * batch, 12 * (batch + 1)):
        points, objective, rows = case(seed)
        pool = Listing(points).pool(np.zeros(points.shape[1]), np.ones(points.shape[1]))
        found = maximise_over_mixtures(pool, objective, rows)
        wanted = by_library(points, objective, rows, 0.0, 0.0)
        assert (found is None) == (wanted is None)
        if found is not None:
            solved += 1
            assert found.value == pytest.approx(wanted, abs=1e-8)
            assert_proved(found, points, objective, rows, 0.0)
    assert 2 < solved < 12


@pytest.mark.parametrize("batch", range(4))
def test_rays_over_floors(batch: int) -> None:
    for seed in range(12 * batch, 12 * (batch + 1)):
        points, _, floors = case(seed)
        n = points.shape[1]
        pool = Listing(points).pool(np.zeros(n), np.ones(n))
        rays = np.random.default_rng(seed).choice([1.0, 0.5, 3.0], size=n)
        rows = Rows(np.vstack([np.eye(n), floors.matrix]), np.r_[rays, 0 * floors.floor], np.r_[0 * rays, floors.floor])
        found = maximise_over_mixtures(pool, np.zeros(n), rows, pull=1.0, least=-20.0)
        wanted = by_library(points, np.zeros(n), rows, 1.0, -20.0)
        assert (found is None) == (wanted is None)
        if found is not None:
            assert found.reach == found.value == pytest.approx(wanted, abs=1e-8)
            assert_proved(found, points, np.zeros(n), rows, 1.0)


def test_columns_are_made_when_they_are_needed() -> None:
    rng = np.random.default_rng(1)
    blocks = tuple(rng.integers(0, 9, size=(4, 3)).astype(float) for _ in range(30))
    pool = Sum(blocks, np.ones(3)).pool(np.zeros(3), np.full(3, 100.0))
    equal = Rows(np.eye(3), np.ones(3), np.zeros(3))
    found = maximise_over_mixtures(pool, np.zeros(3), equal, pull=1.0)
    assert found is not None
    assert len(pool) < 60
    assert found.point == pytest.approx(np.full(3, found.reach))
    bound = sum((block @ found.prices).max() for block in blocks) / 100
    assert bound == pytest.approx(found.reach)


def test_enough_is_enough() -> None:
    pool, equal = Listing(bowl()).pool(np.zeros(3), np.ones(3)), Rows(np.eye(3), np.ones(3), np.zeros(3))
    whole = maximise_over_mixtures(pool, np.zeros(3), equal, pull=1.0)
    early = maximise_over_mixtures(pool, np.zeros(3), equal, pull=1.0, enough=0.3)
    assert whole is not None
    assert early is not None
    assert 0.3 <= early.reach < whole.reach - 1e-4
    assert whole.reach == pytest.approx(3**-0.5, abs=0.01)


def bowl() -> np.ndarray:
    """A few hundred points of the unit sphere, none of them in the middle."""
    points = np.abs(np.random.default_rng(0).normal(size=(400, 3)))
    points /= np.linalg.norm(points, axis=1)[:, None]
    return points[np.ptp(points, axis=1) > 0.1]


def test_what_rounding_misses_is_met() -> None:
    pool = Listing(np.array([[4.0, 0.0], [0.0, 4.0]])).pool(np.zeros(2), np.ones(2))

    def floor(height: float) -> Rows:
        return Rows(np.eye(2), np.zeros(2), np.full(2, height))

    assert maximise_over_mixtures(pool, np.ones(2), floor(2 + 1e-10)) is not None
    assert maximise_over_mixtures(pool, np.ones(2), floor(2 + 1e-7)) is None


def test_a_programme_that_wanders_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linear, "STEPS", 1)
    pool, equal = Listing(bowl()).pool(np.zeros(3), np.ones(3)), Rows(np.eye(3), np.ones(3), np.zeros(3))
    with pytest.raises(NotConverged, match="did not come to an end"):
        maximise_over_mixtures(pool, np.zeros(3), equal, pull=1.0)


def test_blands_rule_arrives_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    """With care from the first step on, the answers are the same."""
    original = linear._Simplex._entering
    monkeypatch.setattr(linear._Simplex, "_entering", lambda self, c, dual, _: original(self, c, dual, careful=True))
    for seed in range(20):
        points, objective, rows = case(seed)
        pool = Listing(points).pool(np.zeros(points.shape[1]), np.ones(points.shape[1]))
        found, wanted = maximise_over_mixtures(pool, objective, rows), by_library(points, objective, rows, 0.0, 0.0)
        assert (found is None) == (wanted is None)
        if found is not None:
            assert found.value == pytest.approx(wanted, abs=1e-8)
