"""The integer programme beside every agreement of a small sum."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from bargain.geometry.unlisted.aims import Aim, Product, Ray, Total
from bargain.geometry.unlisted.programme import solve_programme
from bargain.geometry.unlisted.relaxation import Blocks


@pytest.mark.parametrize("seed", range(3))
def test_small_sums(seed: int) -> None:
    rng = np.random.default_rng(seed)
    arrays = [rng.random((3, 3)) / 5 for _ in range(5)]
    blocks = Blocks.stacked(arrays)
    d = np.sum([block.mean(axis=0) for block in arrays], axis=0) - 0.05
    points = np.array([np.sum(rows, axis=0) for rows in itertools.product(*arrays)])
    aims: list[Aim] = [
        Ray(d, np.array([1.0, 2.0, 1.0]), np.full(3, -np.inf)),
        Ray(d, np.array([0.0, 1.0, 0.0]), d),
        Total(d, np.array([1.0, 0.5, 0.0])),
        Product(d, d, np.array([1.0, 0.5, 1.0])),
    ]
    for aim in aims:
        best = float(aim.levels(points).max())
        found = solve_programme(blocks, aim)
        assert found.taken is not None
        assert blocks.owners[found.taken].tolist() == list(range(5))
        reached = float(aim.levels(blocks.rows[found.taken].sum(axis=0)[None])[0])
        assert reached == pytest.approx(best, abs=1e-6)
        assert best <= found.bound <= best + 1e-5


def test_nothing_reaches_the_floor() -> None:
    blocks = Blocks.stacked([np.eye(2)])
    found = solve_programme(blocks, Total(np.array([2.0, 0.0]), np.ones(2)))
    assert found.taken is None
    assert found.bound == -np.inf
