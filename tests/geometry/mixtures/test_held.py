"""Lotteries of lotteries, and mixtures made small."""

from __future__ import annotations

import numpy as np
import pytest

from bargain.geometry.mixtures.atoms import Listing
from bargain.geometry.mixtures.held import Held, few
from bargain.geometry.mixtures.linear import Rows, attained, maximise_over_mixtures


def test_few_keep_the_mean() -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        points, chances = rng.integers(0, 4, size=(9, 3)).astype(float), rng.dirichlet(np.ones(9))
        rows, shares = few(points, chances)
        assert len(rows) <= 4
        assert shares.min() > 0
        assert shares @ points[rows] == pytest.approx(chances @ points)


def test_held_lotteries_keep_the_floor() -> None:
    """Of (4, 0, 1), (0, 4, 1), (9, 9, -1) with player 3 at 0 or more: (6.5, 4.5, 0) and (4.5, 6.5, 0) stand out."""
    pool = Listing(np.array([[4.0, 0, 1], [0, 4, 1], [9, 9, -1]])).pool(np.zeros(3), np.ones(3))
    floors = Rows(np.eye(3), np.zeros(3), np.zeros(3))
    held = Held(
        lambda objective: attained(maximise_over_mixtures(pool, objective, floors)), np.array([True, True, False])
    )
    first, second = held.find(np.array([2.0, 1.0]), 0.0), held.find(np.array([1.0, 2.0]), 0.0)
    assert held.points[[first, second]] == pytest.approx(np.array([[6.5, 4.5], [4.5, 6.5]]))
    assert (pool.points @ held.prices).max() == pytest.approx(held.prices @ [4.5, 6.5, 0])
    assert held.find(np.array([4.0, 2.0]), 0.0) == first
    assert held.unfolded({first: 0.5, second: 0.5}) == pytest.approx({0: 0.25, 1: 0.25, 2: 0.5})
