"""Efficient points against the definition, on clouds with many copies and on both sides of every size limit."""

from __future__ import annotations

import numpy as np
import pytest

from bargain.geometry.pareto import SMALL, efficient, efficient_by_elimination, not_clearly_beaten
from bargain.geometry.roof import below_no_roof

SIZES = (1, 2, 7, 60, SMALL, SMALL + 1)


def by_definition(points: np.ndarray) -> np.ndarray:
    """No other point is at least as good for everyone and better for someone; compared pair by pair."""
    beaten = np.zeros(len(points), dtype=bool)
    for other in np.unique(points, axis=0):
        beaten |= (other >= points).all(axis=1) & (other > points).any(axis=1)
    return ~beaten


@pytest.mark.parametrize("players", range(1, 6))
@pytest.mark.parametrize("count", SIZES)
def test_random_clouds(count: int, players: int) -> None:
    rng = np.random.default_rng(100 * count + players)
    for span in (1, 3, 12):
        points = rng.integers(-span, span + 1, size=(count, players)).astype(float)
        assert (efficient(points) == by_definition(points)).all()
        if count <= SMALL:
            assert (efficient_by_elimination(points) == by_definition(points)).all()


@pytest.mark.parametrize("players", [3, 4, 5])
def test_a_thick_frontier_that_no_strong_point_thins_out(players: int) -> None:
    """Nearly everything is efficient, twice, so that the library decides; every fifth point is pushed down for one."""
    rng = np.random.default_rng(players)
    points = rng.multinomial(40, np.full(players, 1 / players), size=2 * SMALL).astype(float)
    points[::5, 0] -= 1
    points = np.vstack([points, points[: SMALL // 2]])
    marks = efficient(points)
    assert marks.sum() > SMALL
    assert (marks == by_definition(points)).all()


def test_a_player_who_gets_the_same_everywhere() -> None:
    points = np.random.default_rng(0).integers(0, 30, size=(2 * SMALL, 3)).astype(float)
    points[:, 1] = 7
    assert (efficient(points) == efficient(points[:, [0, 2]])).all()


def test_nothing_listed_and_the_sign_of_zero() -> None:
    assert efficient(np.zeros((0, 3))).tolist() == []
    for players in (1, 2, 3):
        assert efficient(np.array([[0.0] * players, [-0.0] * players])).all()


def test_totals_that_rounding_makes_equal() -> None:
    """1e17 + 1 is 1e17 in floating point; the second point is still better than the first."""
    points = np.array([[1e17, 0.0, 0.0], [1e17, 1.0, 0.0], [0.0, 2.0, 0.0]])
    assert efficient(points).tolist() == [False, True, True]


@pytest.mark.parametrize("players", [1, 2, 3, 5])
@pytest.mark.parametrize("margin", [0.0, 2.0])
def test_the_roof_drops_only_what_is_beaten_by_more_than_the_margin(players: int, margin: float) -> None:
    points = np.random.default_rng(players).integers(0, 15, size=(700, players)).astype(float)
    clearly = (points[:, None, :] - margin > points).all(axis=2).any(axis=0)
    stays = below_no_roof(np.ascontiguousarray(points.T), np.full(players, margin))
    assert (stays | clearly).all()
    assert not stays.all()
    if players == 1:
        assert (stays == ~clearly).all()


@pytest.mark.parametrize("shape", ["ball", "skewed", "huge", "constant"])
def test_many_points_of_any_shape_lose_nothing_that_is_efficient(shape: str) -> None:
    points = np.abs(np.random.default_rng(1).normal(size=(6000, 3)))
    if shape == "ball":
        points /= np.linalg.norm(points, axis=1, keepdims=True) * np.linspace(1, 2, 6000)[:, None]
    elif shape == "skewed":
        points = np.exp(4 * points)
    elif shape == "huge":
        points = (points / points.max() - 0.5) * 5e307
    else:
        points[:, 1] = 1
    kept = not_clearly_beaten(np.ascontiguousarray(points.T), np.zeros(3))
    marks = efficient(points)
    assert set(np.flatnonzero(marks)) <= set(kept.tolist())
    assert (np.flatnonzero(marks) == kept[efficient_by_elimination(points[kept])]).all()
