"""Efficient points against the definition, on clouds with many copies and on both sides of every size limit."""

from __future__ import annotations

import numpy as np
import pytest

from bargain.geometry.pareto import (
    ROUND,
    SAMPLED,
    SMALL,
    _efficient_by_rounds,
    efficient,
    efficient_by_elimination,
    not_clearly_beaten,
)

SIZES = (1, 2, 7, 60, 2 * ROUND + 1, SMALL, SMALL + 1)


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


@pytest.mark.parametrize("players", [2, 3, 5])
@pytest.mark.parametrize("span", [2, 12, 10**9])
def test_rounds(players: int, span: int) -> None:
    """Also called directly, because where the library is loaded it is asked instead; with copies and equal totals."""
    rng = np.random.default_rng([players, span])
    for count in (1, ROUND, ROUND + 1, 5 * ROUND):
        points = rng.integers(-span, span + 1, size=(count, players)).astype(float)
        points[count // 2 :, 0] -= points[count // 2 :].sum(axis=1)
        assert (_efficient_by_rounds(points) == by_definition(points)).all()


def test_totals_that_rounding_makes_equal_meet_in_one_round() -> None:
    points = np.zeros((4 * ROUND, 3))
    points[:, 0], points[:, 1] = 1e17, np.arange(4 * ROUND) % 7
    assert len(set(points.sum(axis=1))) == 1
    assert (_efficient_by_rounds(points) == (points[:, 1] == 6)).all()


@pytest.mark.parametrize("players", [2, 3])
def test_a_sample_puts_up_the_roof_over_many(players: int) -> None:
    """In tens, as sums of issues with ten options come, and only the last column is efficient."""
    columns = np.tile(np.arange(10.0), (players, 4 * SAMPLED // 10))
    columns[:, -1] = 10.0
    kept = not_clearly_beaten(columns, np.zeros(players))
    assert kept[-1] == columns.shape[1] - 1
    assert len(kept) < columns.shape[1] / 5
