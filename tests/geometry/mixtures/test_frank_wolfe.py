"""The largest product over mixtures: closed forms, and the proof by prices."""

from __future__ import annotations

import numpy as np
import pytest

from bargain.geometry.mixtures.atoms import Listing, Sum
from bargain.geometry.mixtures.frank_wolfe import largest_product


def listed(points: np.ndarray) -> object:
    n = points.shape[1]
    return Listing(points).pool(np.zeros(n), np.ones(n))


@pytest.mark.parametrize("n", [1, 2, 3, 6, 10])
def test_a_simplex_is_shared_as_the_powers_say(n: int) -> None:
    """The vertices b_i e_i: chances are the powers, whatever b (first-order condition w_i / y_i = price_i)."""
    rng = np.random.default_rng(n)
    prizes, powers = 10.0 ** rng.uniform(-3, 3, size=n), rng.dirichlet(np.ones(n))
    found = largest_product(listed(np.diag(prizes)), powers, dict.fromkeys(range(n), 1 / n))
    assert found.point == pytest.approx(powers * prizes, rel=1e-12)
    assert found.gap <= 1e-12


@pytest.mark.parametrize("seed", range(20))
def test_prices_prove_it(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 7))
    points = rng.integers(0, 9, size=(40, n)) * 10.0 ** rng.integers(-3, 4, size=n)
    powers = rng.choice([0.1, 1, 5], size=n)
    powers = powers / powers.sum()
    start = {int(row): 1 / n for row in {*points.argmax(axis=0).tolist()}}
    start = {row: 1 / len(start) for row in start}
    found = largest_product(listed(points), powers, start)
    assert found.prices == pytest.approx(powers / found.point)
    assert (points @ found.prices).max() <= 1 + 1e-11
    assert sum(found.chances.values()) == pytest.approx(1)
    assert min(found.chances.values()) > 0
    used = points[list(found.chances)]
    assert np.array(list(found.chances.values())) @ used == pytest.approx(found.point)
    assert (used @ found.prices) == pytest.approx(np.ones(len(used)), abs=1e-9)


def test_little_room_to_start_with() -> None:
    """Gains of a millionth at the start, of 1 at the end."""
    points = np.array([[1.0, 1.0, 1.0], [1e-6, 1e-6, 1.1], [1.1, 1e-6, 1e-6], [1e-6, 1.1, 1e-6]])
    found = largest_product(listed(points), np.ones(3) / 3, {1: 1.0})
    assert found.point == pytest.approx(np.ones(3), rel=1e-12)
    assert found.chances == {0: 1.0}


def test_a_long_sum_of_blocks() -> None:
    """1e60 agreements: the gap is closed with a handful of them."""
    rng = np.random.default_rng(5)
    blocks = tuple(rng.random((4, 5)) for _ in range(100))
    d = sum(block.mean(axis=0) for block in blocks)
    pool = Sum(blocks, np.ones(5)).pool(d, np.ones(5))
    middle = pool.find(np.ones(5), np.inf)
    assert (pool.points[middle] > 0).all()
    found = largest_product(pool, np.full(5, 0.2), {middle: 1.0})
    bound = sum((block @ found.prices).max() for block in blocks) - d @ found.prices
    assert bound == pytest.approx(1, abs=1e-12)
    assert len(found.chances) <= 5
    assert len(pool) < 40
