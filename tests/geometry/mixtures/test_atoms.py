"""Sources of agreements by price, and the pool: against everything listed."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from bargain.geometry.choice import Pick
from bargain.geometry.mixtures.atoms import Listing, Sum


def sums(blocks: list[np.ndarray]) -> dict[tuple[int, ...], np.ndarray]:
    """Every pick and what it pays."""
    return {
        rows: sum(block[row] for block, row in zip(blocks, rows, strict=True))
        for rows in product(*(range(len(block)) for block in blocks))
    }


@pytest.mark.parametrize("seed", range(10))
def test_the_highest_of_a_sum_is_the_highest_of_all(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 5))
    blocks = [rng.integers(-9, 9, size=(rng.integers(1, 7), n)).astype(float) for _ in range(3)]
    everything = sums(blocks)
    source = Sum(tuple(blocks), np.full(n, 4.0))
    for prices in rng.uniform(0, 1, size=(5, n)):
        payoffs, place = source.highest(prices)
        assert isinstance(place, Pick)
        assert payoffs == pytest.approx(everything[place.rows] / 4)
        assert payoffs @ prices == pytest.approx(max(pays @ prices for pays in everything.values()) / 4)
    low, high = source.extent
    assert (low <= np.min(list(everything.values()), axis=0) / 4 + 1e-12).all()
    assert (high >= np.max(list(everything.values()), axis=0) / 4 - 1e-12).all()


def test_large_blocks_are_thinned_out_and_rows_keep_their_numbers() -> None:
    rng = np.random.default_rng(0)
    block = rng.normal(size=(5000, 3))
    source = Sum((block, block[:3]), np.ones(3))
    assert len(source._table) < 500
    prices = np.array([0.2, 0.3, 0.5])
    _, place = source.highest(prices)
    assert place.rows == (int((block @ prices).argmax()), int((block[:3] @ prices).argmax()))


def test_equals_give_the_first_row() -> None:
    source = Sum((np.array([[0.0, 1], [1, 0], [1, 0], [1, 0]]),), np.ones(2))
    assert source.highest(np.array([1.0, 0.5]))[1] == Pick((1,))


def test_a_pool_knows_what_it_has() -> None:
    zero, unit = np.array([1.0, 0.0]), np.array([2.0, 4.0])
    source = Sum((np.array([[3.0, 0.0], [0.0, 4.0], [2.0, 3.0]]),), np.ones(2))
    pool = source.pool(zero, unit)
    assert sorted(place.rows for place in pool.places if isinstance(place, Pick)) == [(0,), (1,)]
    found = pool.find(np.array([1.0, 1.0]), np.inf)
    assert (len(pool), found, pool.places[2]) == (3, 2, Pick((2,)))
    assert pool.points[found].tolist() == [0.5, 0.75]
    assert pool.payoffs[found].tolist() == [2, 3]
    assert pool.find(np.array([1.0, 1.0]), np.inf) == 2
    assert len(pool) == 3
    few = pool.highest_at(np.array([1.0, 1.0]), 0.3)
    assert [pool.payoffs[number].tolist() for number in few.numbers] == [[3, 0], [2, 3]]
    assert few.numbers[few.find(np.array([1.0, 0.0]), 0.0)] == 0


def test_a_pool_grows() -> None:
    corners = np.array([[np.cos(angle), np.sin(angle)] for angle in np.linspace(0, np.pi / 2, 60)])
    pool = Sum((corners,), np.ones(2)).pool(np.zeros(2), np.ones(2))
    for price in corners:
        number = pool.find(price, np.inf)
        assert pool.points[number] == pytest.approx(price)
    assert len(pool) == len(set(pool.places)) == 60


def test_a_patient_pool_asks_only_when_it_must() -> None:
    class Asked(Listing):
        count = 0

        def highest(self, prices: np.ndarray) -> tuple[np.ndarray, int]:
            Asked.count += 1
            return 9 * np.ceil(prices) + 1, 77

    pool = Listing(np.array([[4.0, 0.0], [0.0, 2.0]])).pool(np.zeros(2), np.ones(2))
    pool.source, pool.patient = Asked(pool.payoffs), True
    assert pool.find(np.array([1.0, 0.0]), 3.0) == 0
    assert Asked.count == 0
    assert pool.find(np.array([1.0, 0.0]), 4.0) == 2
    assert Asked.count == 1
    assert pool.places == [0, 1, 77]
