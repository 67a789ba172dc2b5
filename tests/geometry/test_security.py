"""What a lottery can guarantee, against the linear programme over its chances."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog

from bargain.geometry.security import largest_minimum_in_lotteries


def by_programme(gains: np.ndarray) -> float:
    """Maximise t with chances . gains >= t for every player."""
    count, players = gains.shape
    answer = linprog(
        np.append(np.zeros(count), -1),
        A_ub=np.c_[-gains.T, np.ones(players)],
        b_ub=np.zeros(players),
        A_eq=np.append(np.ones(count), 0)[None],
        b_eq=[1],
        bounds=[(0, None)] * count + [(None, None)],
        method="highs",
    )
    return float(-answer.fun)


@pytest.mark.parametrize("seed", range(25))
def test_against_the_programme(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scale = 10.0 ** rng.integers(-4, 5)
    gains = rng.integers(-9, 7, size=(rng.integers(1, 30), rng.integers(1, 5))) * scale
    found, wanted = largest_minimum_in_lotteries(gains), by_programme(gains)
    if (gains.max(axis=0) >= 0).all():
        assert found == pytest.approx(wanted, abs=1e-9 * scale * 9)
    else:
        assert wanted - 1e-12 * scale <= found < 0


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e7])
@pytest.mark.parametrize(
    "gains",
    [
        [[3, -3], [-3, 3]],
        [[0, 0]],
        [[1, -2], [-1, 2]],
        [[5, -1, 0], [-5, 1, 0]],
        [[2, -1, -1], [-1, 2, -1], [-1, -1, 2]],
        [[0, 4, -1], [0, -4, 1]],
    ],
)
def test_just_enough_is_exactly_nothing(gains: list[list[float]], scale: float) -> None:
    assert by_programme(np.array(gains, dtype=float)) == pytest.approx(0, abs=1e-12)
    assert largest_minimum_in_lotteries(np.array(gains) * scale) == 0


def test_whoever_loses_everywhere_bounds_the_answer() -> None:
    assert largest_minimum_in_lotteries(np.array([[9.0, -1.0, -3.0], [3.0, -2.0, -4.0]])) == -3


@pytest.mark.parametrize("miss", [1e-3, 1e-6])
def test_just_short_is_short(miss: float) -> None:
    gains = np.array([[3.0, -3.0, 1.0], [-3.0, 3.0 - miss, 1.0]])
    assert largest_minimum_in_lotteries(gains) < 0
    assert largest_minimum_in_lotteries(gains + [0, 2 * miss, 0]) > 0
