"""What a level costs is never more than anything that reaches it is worth, and no less than the cheapest of that."""

from __future__ import annotations

import numpy as np
import pytest

from bargain.geometry.unlisted.aims import Aim, Product, Ray, Total

FLOOR = np.array([-0.1, 0.0, 0.2])
AIMS: dict[str, Aim] = {
    "ray": Ray(np.zeros(3), np.array([1.0, 0.5, 0.0]), FLOOR),
    "ray with a floor above": Ray(np.array([-0.4, 0.0, 0.1]), np.ones(3), FLOOR),
    "total": Total(FLOOR, np.array([1.0, 0.0, 0.3])),
    "product": Product(FLOOR, np.zeros(3), np.array([1.0, 0.5, 0.7])),
    "product of two": Product(FLOOR, np.zeros(3), np.array([1.0, 0.5, 0.0])),
}
every_aim = pytest.mark.parametrize("aim", AIMS.values(), ids=AIMS.keys())


def around(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Payoffs and prices."""
    rng = np.random.default_rng(seed)
    return rng.uniform(-0.3, 1.5, size=(4000, 3)), rng.dirichlet(np.ones(3), size=40)


@every_aim
def test_the_cost_is_a_bound(aim: Aim) -> None:
    points, prices = around(0)
    levels = aim.levels(points)
    some = np.isfinite(levels)
    assert some.sum() > 100
    for point, level in zip(points[some][:300], levels[some], strict=False):
        assert (prices @ point >= aim.cost(prices, level) - 1e-12).all()
        assert (point >= aim.least(level) - 1e-12).all()


@every_aim
def test_the_cost_is_nearly_reached(aim: Aim) -> None:
    """Among many payoffs that reach a level some are worth hardly more than it costs."""
    points, prices = around(1)
    dense = np.vstack([points, points * 0.5, points * 0.25, points * 0.1])
    level = float(np.quantile(aim.levels(dense)[np.isfinite(aim.levels(dense))], 0.6))
    there = dense[aim.levels(dense) >= level]
    assert ((there @ prices.T).min(axis=0) - aim.cost(prices, level) <= 0.35).all()


@every_aim
def test_the_bound_is_the_level_whose_cost_is_the_worth(aim: Aim) -> None:
    _, prices = around(2)
    prices = prices * 0.9 + 0.1 / 3
    for level in (-0.3, 0.1, 0.4):
        if (aim.least(level) > FLOOR).any() or isinstance(aim, Product):
            worth = aim.cost(prices, level)
            found = aim.bound(prices, worth)
            assert found >= level - 1e-9
            assert (aim.cost(prices, found - 1e-6) <= worth + 1e-9).all()


def test_floors_out_of_reach() -> None:
    aim = Ray(np.zeros(2), np.array([1.0, 0.0]), np.array([0.0, 5.0]))
    assert aim.bound(np.array([[0.0, 1.0], [0.5, 0.5]]), np.array([1.0, 9.0])) == -np.inf
