"""Lotteries over curved values: borders known in closed form, and a hull of very many points."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bargain.geometry.choice import Choice, Spot
from bargain.geometry.mixtures.hull import Hull
from bargain.geometry.mixtures.rounded import BORDER_GAP, RoundedHull
from bargain.geometry.smooth.patchwork import Patchwork
from geometry.lands import everywhere, patches_of, patchwork, random_blocks, straight_land


def powers_of_a_pie(exponent: float, d: tuple[float, float]) -> RoundedHull:
    """u = (s^e, (1 - s)^e); with e = 1/2 the border is a quarter of the unit circle."""
    straight = patchwork(straight_land([(np.array([[0.0, 1.0]]), np.array([[1.0, 0.0]]))]), np.array(d))

    def build(keys: np.ndarray) -> object:
        arms = {"coef": np.ones((1, 2, 1)), "base": np.array([[[0.0], [1.0]]]), "reach": np.array([[[1.0], [-1.0]]])}
        one = patches_of(np.zeros((1, 2)), np.zeros((1, 2, 1)), **arms, exponent=np.full((1, 2, 1), exponent))
        return one.subset(np.zeros(len(keys), dtype=np.intp))

    land = replace(straight.land, build=build, bulges=(np.full((1, 2), 0.5),), concave=exponent <= 1)
    return RoundedHull(Patchwork(straight.menu, land))


def worth(some: RoundedHull, choice: Choice) -> np.ndarray:
    """The payoffs of a single answer, once its lottery is found to pay them."""
    (mixture,), (point,) = choice.mixtures, choice.points
    paid = np.zeros(2)
    for chance, place in mixture:
        spot = isinstance(place, Spot)
        build = some.patchwork.land.build
        at = build(np.array([place.patch])).payoffs(np.array([place.coordinates]))[0] if spot else None
        paid += chance * (some.patchwork.points[place] if at is None else at)
    assert paid == pytest.approx(point, abs=1e-6)
    return np.asarray(point)


def test_a_quarter_circle() -> None:
    some = powers_of_a_pie(0.5, (0.0, 0.0))
    half = 0.5**0.5
    for choice in (some.product(np.ones(2)), some.total(np.ones(2)), some.along(np.ones(2))):
        assert worth(some, choice) == pytest.approx([half, half], abs=1e-7)
        assert choice.residual is not None
        assert choice.residual < 1e-8
        assert choice.proof == "exact"
    assert some.ideal == pytest.approx([1, 1])
    assert worth(some, some.along(np.array([3.0, 4.0]))) == pytest.approx([0.6, 0.8], abs=1e-6)
    # powers 1 : 3 maximise x y^3 on x^2 + y^2 = 1; the place is less certain than the product
    point = worth(some, some.product(np.array([1.0, 3.0])))
    assert point == pytest.approx([0.5, 0.75**0.5], abs=1e-4)
    assert point[0] * point[1] ** 3 == pytest.approx(0.5 * 0.75**1.5, abs=1e-8)


def test_losses_and_the_whole_border_of_a_quarter_circle() -> None:
    some = powers_of_a_pie(0.5, (0.6, 0.6))
    border = some.border
    assert (border**2).sum(axis=1) == pytest.approx(np.ones(len(border)), abs=2e-5)
    assert border[[0, -1]] == pytest.approx(np.array([[0.8, 0.6], [0.6, 0.8]]), abs=2e-5)
    assert np.hypot(*np.diff(border, axis=0).T).max() < 4 * BORDER_GAP**0.5
    assert worth(some, some.least_loss(np.array([1.2, 1.4]))) == pytest.approx([0.6, 0.8], abs=1e-6)
    assert worth(some, some.total(np.array([0.8, 0.6]))) == pytest.approx([0.8, 0.6], abs=1e-6)
    assert some.ideal_from(np.array([0.7, 0.6])) == pytest.approx([0.8, 0.51**0.5], abs=1e-6)


@pytest.mark.slow
def test_a_quarter_circle_seen_from_elsewhere() -> None:
    some = powers_of_a_pie(0.5, (0.6, 0.0))
    assert some.ideal == pytest.approx([1, 0.8], abs=1e-6)
    assert some.rational
    assert not powers_of_a_pie(0.5, (0.8, 0.7)).rational
    short = powers_of_a_pie(0.5, (0.8, 0.8)).outlook
    assert short.least_gain == pytest.approx(0.5**0.5 - 0.8, abs=1e-6)
    assert short.binding == (0, 1)
    assert powers_of_a_pie(0.5, (0.7, 0.7)).rational


def test_the_ideal_point_on_a_bridge_between_two_bulges() -> None:
    """The second player's best is a lottery whose ends no grid lists: where one line touches both curves."""
    ends = np.array([[0.0, 5.0], [4.0, 1.0]]), np.array([[1.0, 4.5], [5.0, 0.0]])
    land, d = straight_land([ends], bend=0.6), np.array([2.5, 0.0])
    fine = Hull(np.vstack(list(everywhere(land, 2001))), d, np.ones(2))
    assert RoundedHull(patchwork(land, d)).ideal == pytest.approx(fine.ideal, abs=1e-5)


def test_convex_values_are_best_mixed() -> None:
    """u = (s^2, (1-s)^2): the border is the segment between the extremes, and the certificate stays modest."""
    some = powers_of_a_pie(2.0, (0.0, 0.2))
    choice = some.product(np.ones(2))
    assert worth(some, choice) == pytest.approx([0.4, 0.6], abs=1e-7)
    assert len(choice.mixtures[0]) == 2
    assert choice.proof.startswith("local optimum")


@pytest.mark.parametrize("seed", range(5))
def test_random_bent_lands(seed: int) -> None:
    rng = np.random.default_rng(seed)
    land = straight_land(random_blocks(rng, 2), bend=0.6)
    dense = np.vstack(list(everywhere(land, 81)))
    d = np.floor(np.quantile(dense, 0.5, axis=0))
    some, fine = RoundedHull(patchwork(land, d)), Hull(dense, d, np.ones(2))
    assert fine.outlook.least_gain - 1e-7 <= some.outlook.least_gain <= fine.outlook.least_gain + 0.05
    if not fine.rational:
        return
    assert some.rational
    gains = worth(some, some.product(np.ones(2))) - d
    product = (fine.product(np.ones(2)).points[0] - d).prod()
    assert product - 1e-7 <= gains.prod() <= product + 0.3
    total = fine.total(np.ones(2)).points[0].sum()
    assert total - 1e-7 <= some.total(np.ones(2)).points[0].sum() <= total + 0.05
    ideal = some.ideal
    assert (fine.ideal - 1e-7 <= ideal).all()
    assert (ideal <= fine.ideal + 0.1).all()
    if (ideal - d > 1e-6).all():
        reach = ((worth(some, some.along(ideal - d)) - d) / (ideal - d)).min()
        best = ((fine.along(ideal - d).points[0] - d) / (ideal - d)).min()
        assert best - 1e-7 <= reach <= best + 0.05
