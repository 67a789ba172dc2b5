"""Vertices of the efficient part of the hull: known bodies, and one linear programme per point."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog

from bargain.errors import NotConverged
from bargain.geometry.mixtures import vertices
from bargain.geometry.mixtures.hull import upper_chain
from bargain.geometry.mixtures.vertices import efficient_vertices


def by_programmes(points: np.ndarray) -> list[int]:
    """A point is a vertex if no lottery over the others is as good for everybody."""
    found = []
    for row, point in enumerate(points):
        others = np.delete(points, row, axis=0)
        answer = linprog(
            np.append(np.zeros(len(others)), -1),
            A_ub=np.c_[-others.T, np.ones(points.shape[1])],
            b_ub=-point,
            A_eq=np.append(np.ones(len(others)), 0)[None],
            b_eq=[1],
            bounds=[(0, None)] * len(others) + [(None, None)],
            method="highs",
        )
        if -answer.fun < -1e-8:
            found.append(row)
    return found


@pytest.mark.parametrize("seed", range(12))
def test_against_programmes(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 6))
    points = np.unique(rng.integers(0, 5, size=(20, n)).astype(float), axis=0)
    if seed % 3 == 0:
        points = rng.normal(size=(15, n)) * 10.0 ** rng.integers(-3, 4, size=n)
    if len(points) > 1:
        assert efficient_vertices(points).tolist() == by_programmes(points)


@pytest.mark.parametrize("seed", range(10))
def test_two_players_as_on_the_chain(seed: int) -> None:
    points = np.unique(np.random.default_rng(seed).integers(0, 30, size=(40, 2)).astype(float), axis=0)
    assert efficient_vertices(points).tolist() == sorted(upper_chain(points).tolist())


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_all_of_a_sphere_and_the_corners_of_a_simplex(n: int) -> None:
    rng = np.random.default_rng(n)
    sphere = np.abs(rng.normal(size=(400, n)))
    sphere /= np.linalg.norm(sphere, axis=1)[:, None]
    assert len(efficient_vertices(sphere)) == 400
    steps = rng.integers(0, 5, size=(200, n))
    simplex = np.unique(np.vstack([4 * np.eye(n), steps[steps.sum(axis=1) == 4]]), axis=0)
    assert efficient_vertices(simplex).tolist() == np.flatnonzero(simplex.max(axis=1) == 4).tolist()


def test_one_point_and_no_difference() -> None:
    assert efficient_vertices(np.array([[3.0, 4.0, 5.0]])).tolist() == [0]
    assert efficient_vertices(np.array([[3.0, 4.0, 1.0], [3.0, 4.0, 2.0]])).tolist() == [1]


def test_a_batch_that_wanders_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vertices, "STEPS", 0)
    with pytest.raises(NotConverged):
        efficient_vertices(np.array([[4.0, 0.0, 1.0], [0.0, 4.0, 1.0], [2.0, 2.0, 1.0]]))
