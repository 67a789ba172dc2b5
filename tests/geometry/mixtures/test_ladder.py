"""Leximin over lotteries, level by level, in numbers for pen and paper."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from bargain.geometry.mixtures.atoms import Listing
from bargain.geometry.mixtures.ladder import climb
from bargain.geometry.mixtures.linear import maximise_over_mixtures


def climbed(points: object, ray: object, base: object = 0.0, floor: float = 0.0) -> tuple[list[float], float]:
    """Where leximin over a list ends, and how high the first level is."""
    floats = np.array(points, dtype=float)
    n = floats.shape[1]
    zero = np.zeros(n)
    solve = partial(maximise_over_mixtures, Listing(floats).pool(zero, np.ones(n)))
    start, low = zero + np.array(base), np.full(n, floor)
    best, reach = climb(solve, start, np.array(ray, dtype=float), low, low, np.ones(n))
    return best.point.tolist(), reach


def test_one_level() -> None:
    assert climbed([[4, 0, 0], [0, 2, 0], [0, 0, 1]], [1, 1, 1]) == (pytest.approx([4 / 7] * 3), pytest.approx(4 / 7))


def test_three_levels() -> None:
    rows = [(1, 4, 0, 9), (1, 0, 4, 9), (1, 4, 0, 0)]
    assert climbed(rows, [1, 1, 1, 1]) == (pytest.approx([1, 2, 2, 9]), pytest.approx(1))


def test_whoever_could_still_rise_is_not_fixed() -> None:
    """Players 1 and 2 are at 1 in the first optimum, but only player 1 is bound: 2 and 3 go on to 1.5 each."""
    point, reach = climbed([(1, 1, 2), (1, 3, 0), (1, 0, 3)], [1, 1, 1])
    assert reach == pytest.approx(1)
    assert point == pytest.approx([1, 1.5, 1.5])


def test_nobody_falls_below_the_floor() -> None:
    """Equal losses of (6, 2) on the line from (6, 0) to (0, 2) would leave player 2 at 0.5, but it insists on 1."""
    point, reach = climbed([(6, 0), (0, 2)], [1, 1], base=(6, 2))
    assert reach == pytest.approx(-1.5)
    assert point == pytest.approx([4.5, 0.5])
    assert climbed([(6, 0), (0, 2)], [1, 1], base=(6, 2), floor=1.0)[0] == pytest.approx([3, 1])


def test_without_a_ray_one_gets_what_is_left() -> None:
    point, _ = climbed([(2, 0, 0), (0, 2, 5), (0, 2, 9)], [1, 1, 0])
    assert point == pytest.approx([1, 1, 4.5])
