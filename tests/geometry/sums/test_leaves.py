"""Leaves of many lists at once against each list by itself."""

from __future__ import annotations

import numpy as np
import pytest

from bargain.geometry.sums.leaves import FEW, leaves
from bargain.geometry.sums.stages import Measure, Stage, leaf


def alone(position: int, rows: np.ndarray, measure: Measure) -> Stage:
    return leaf(position, np.ascontiguousarray(rows.T), (), np.zeros((len(rows), 0), dtype=np.intp), measure)


def same(one: Stage, other: Stage) -> bool:
    told = ("position", "leaves", "scope", "children")
    arrays = (one.keys, other.keys), (one.sums, other.sums), (one.starts, other.starts), (one.ways[0], other.ways[0])
    return all(getattr(one, name) == getattr(other, name) for name in told) and all(
        a.shape == b.shape and (a == b).all() for a, b in arrays
    )


@pytest.mark.parametrize("players", range(1, 6))
@pytest.mark.parametrize("high", [2, 5, 10**9])
@pytest.mark.parametrize("dust", [0.0, 1.0])
def test_together_as_alone(players: int, high: int, dust: float) -> None:
    """With copies and partial ties; where payoffs differ by dust the lists are looked at one by one."""
    rng = np.random.default_rng([players, high])
    lengths = rng.choice([1, 2, 3, 3, 3, 8, FEW, FEW + 1], size=20)
    scale = 2.0 if high == 5 else 1.0
    lists = {3 * p: scale * rng.integers(0, high, size=(n, players)) for p, n in enumerate(lengths.tolist())}
    measure = Measure(players, [dust] * players)
    found = leaves(lists, measure)
    assert sorted(found) == sorted(lists)
    for position, rows in lists.items():
        assert same(found[position], alone(position, rows, measure))


def test_an_empty_list_and_nobody() -> None:
    assert len(leaves({0: np.zeros((0, 2))}, Measure(2, [0.0, 0.0]))[0]) == 0
    only = leaves({0: np.zeros((4, 0))}, Measure(0, []))[0]
    assert (len(only), only.ways[0].tolist()) == (1, [0, 1, 2, 3])
