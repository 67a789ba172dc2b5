"""Straight pieces above a function, and what they say about sums, beside dense grids."""

from __future__ import annotations

import numpy as np
import pytest

from bargain.geometry.unlisted.majorant import Majorant, Majorants, above, tangents

PLACES = np.linspace(0.5, 3.0, 40)
DENSE = np.linspace(0.5, 3.0, 4001)


def bounds() -> list[tuple[Majorant, np.ndarray, float]]:
    """Bounds, values on the dense grid, and how far above them the bound of a concave function may lie."""
    return [
        (tangents(np.log, lambda x: 1 / x, PLACES), np.log(DENSE), 5e-3),
        (tangents(lambda x: 2 * x, lambda x: np.full_like(x, 2.0), PLACES), 2 * DENSE, 1e-12),
        (above(lambda x: x**3, PLACES), DENSE**3, np.inf),
        (above(lambda x: np.tanh(4 * x - 6), PLACES), np.tanh(4 * DENSE - 6), np.inf),
    ]


@pytest.mark.parametrize("which", range(4))
def test_it_lies_above_and_is_concave(which: int) -> None:
    bound, values, near = bounds()[which]
    shown = np.interp(DENSE, bound.places, bound.values)
    assert (shown >= values - 1e-12).all()
    assert (shown - values).max() <= near
    assert (np.diff(bound.slopes) <= 0).all()
    for place in (0.5, 0.6, 2.0, 3.0):
        slope, offset = bound.line(place)
        assert (slope * DENSE + offset >= values - 1e-12).all()
        assert slope * place + offset == pytest.approx(np.interp(place, bound.places, bound.values))


def test_dearest_corners() -> None:
    bound, _, _ = bounds()[0]
    prices = np.array([0.0, 0.2, 0.7, 5.0])
    best = (bound.values[:, None] - prices * bound.places[:, None]).max(axis=0)
    corners = bound.dearest(prices)
    assert bound.values[corners] - prices * bound.places[corners] == pytest.approx(best)


def test_costs_and_bounds_of_a_sum() -> None:
    """Two functions: cheapest and best pairs of places on a grid."""
    log, step = bounds()[0][0], bounds()[3][0]
    both = Majorants([log, step])
    grid = np.linspace(0.5, 3.0, 501)
    values = np.interp(grid, log.places, log.values)[:, None] + np.interp(grid, step.places, step.values)
    for prices in ([1.0, 1.0], [0.2, 0.8], [0.0, 1.0]):
        worth = prices[0] * grid[:, None] + prices[1] * grid
        for level in (-0.5, 0.6, 1.8):
            cheapest = worth[values >= level].min()
            assert cheapest - 0.02 <= both.cost(np.array([prices]), level)[0] <= cheapest + 1e-9
        for spent in (1.2, 2.0, 2.9):
            if (worth <= spent).any():
                best = values[worth <= spent].max()
                found = both.bound(np.array([prices]), np.array([spent]))[0]
                assert best - 1e-9 <= found <= best + 0.02


def test_continued_downwards() -> None:
    bound = tangents(np.log, lambda x: 1 / x, np.array([1.0, 2.0])).down_to(0.5)
    assert bound.places[0] == 0.5
    assert bound.values[0] == pytest.approx(-0.5)
    assert bound.down_to(0.7) is bound
