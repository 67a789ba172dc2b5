"""Best lotteries over sums of blocks: against a linear programme, and by the inequality that proves a product."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog

from bargain.geometry.unlisted.relaxation import Blocks, relax


def random_sum(seed: int) -> tuple[Blocks, np.ndarray]:
    """Blocks of one to five rows, and what mixing all rows evenly pays, less a little."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 5))
    arrays = [rng.random((int(rng.integers(1, 6)), n)) / 8 for _ in range(8)]
    arrays[0] = np.repeat(arrays[0][:1], 3, axis=0)
    return Blocks.stacked(arrays), np.sum([block.mean(axis=0) for block in arrays], axis=0) - 0.02


def longest_ray(blocks: Blocks, floor: np.ndarray, ray: np.ndarray) -> float:
    """The same by a general solver."""
    count = len(blocks.rows)
    cost = np.append(np.zeros(count), -1.0)
    above = np.column_stack([-blocks.rows.T, ray])
    each = np.column_stack([blocks.owners == b for b in range(len(blocks.starts))] + [np.zeros(count)][:0]).T.astype(
        float
    )
    equal = np.column_stack([each, np.zeros(len(each))])
    bounds = [(0, None)] * count + [(None, None)]
    return -float(linprog(cost, above, -floor, equal, np.ones(len(each)), bounds).fun)


@pytest.mark.parametrize("seed", range(12))
def test_rays(seed: int) -> None:
    blocks, floor = random_sum(seed)
    ray = np.random.default_rng(seed).integers(0, 3, size=len(floor)).astype(float)
    ray[0] = 1.0
    found = relax(blocks, floor, ray, np.zeros_like(ray))
    assert found.reach == pytest.approx(longest_ray(blocks, floor, ray), abs=1e-8)
    assert (found.point >= floor + found.reach * ray - 1e-8).all()
    assert blocks.summed(found.chances) == pytest.approx(np.ones(len(blocks.starts)), abs=1e-9)
    worth = blocks.highest(blocks.rows @ found.prices).sum()
    assert (worth - found.prices @ floor) / (found.prices @ ray) == pytest.approx(found.reach, abs=1e-8)


@pytest.mark.parametrize("seed", range(12))
def test_products(seed: int) -> None:
    """At prices w / gain no agreement may be worth more than the lottery: then no lottery has a larger product."""
    blocks, d = random_sum(seed)
    powers = np.random.default_rng(seed).uniform(0.2, 1.0, size=len(d))
    found = relax(blocks, d, np.zeros_like(d), powers)
    gains = found.point - d
    assert (gains > 0).all()
    assert found.prices == pytest.approx(powers / gains, rel=1e-6)
    best = blocks.highest(blocks.rows @ (powers / gains)).sum()
    assert best - (powers / gains) @ found.point == pytest.approx(0, abs=1e-7)


def test_a_worse_lottery_is_noticed() -> None:
    """The inequality of the last test, put before a lottery that is not the best."""
    blocks, d = random_sum(0)
    even = blocks.spread(1 / blocks.sizes) @ blocks.rows
    prices = 1 / (even - d)
    assert blocks.highest(blocks.rows @ prices).sum() - prices @ even > 0.1
