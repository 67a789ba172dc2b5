"""Continuous issues in the pure regime: answers on random small lands against a dense grid over them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bargain.errors import NotApplicable
from bargain.geometry.choice import Choice, Spot
from bargain.geometry.pareto import efficient
from bargain.geometry.smooth import search
from bargain.geometry.smooth.patchwork import Patchwork
from geometry.lands import everywhere, patchwork, random_blocks, straight_land

STEPS = 41
ALMOST = 0.6
"""How far the dense grid may miss: payoffs rise by at most 9 per coordinate, over steps of 1/40."""


def random_problem(seed: int) -> tuple[Patchwork, np.ndarray]:
    """A land with disagreement near its middle, and all its payoffs on a dense grid."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 4))
    land = straight_land(random_blocks(rng, n), bend=float(rng.choice([0.0, 0.0, 0.5])))
    dense = np.vstack(list(everywhere(land, STEPS)))
    d = np.floor(np.quantile(dense, rng.choice([0.2, 0.4, 0.7]), axis=0))
    return patchwork(land, d, rng.integers(1, 4, size=n).astype(float)), dense


def spots_pay(some: Patchwork, choice: Choice) -> None:
    """Every answer is one spot, inside its patch, that pays what is said and leaves nobody below disagreement."""
    for mixture, point in zip(choice.mixtures, choice.points, strict=True):
        ((chance, spot),) = mixture
        assert isinstance(spot, Spot)
        assert chance == 1
        assert all(0 <= x <= 1 for x in spot.coordinates)
        paid = some.land.build(np.array([spot.patch])).payoffs(np.array([spot.coordinates]))[0]
        assert paid == pytest.approx(point, abs=1e-9)
        assert (point >= some.disagreement - 1e-7).all()


def nothing_is_better(dense: np.ndarray, point: np.ndarray) -> None:
    ahead = (dense >= point - 1e-9).all(axis=1) & (dense > point + 1e-5).any(axis=1)
    assert not ahead.any(), dense[ahead][0] - point


@pytest.mark.parametrize("seed", range(24))
def test_answers(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two patches at a time for every other seed, so that bounds have to decide about the rest."""
    monkeypatch.setattr(search, "BATCH", (2, 48)[seed % 2])
    some, dense = random_problem(seed)
    gains = dense - some.disagreement
    least = gains.min(axis=1).max()
    assert least - 1e-9 <= some.outlook.least_gain <= least + ALMOST
    inside = dense[(gains >= 0).all(axis=1)]
    if not len(inside):
        assert some.outlook.least_gain <= ALMOST
        return
    assert some.rational
    assert (inside.max(axis=0) - 1e-9 <= some.ideal).all()
    assert (some.ideal <= inside.max(axis=0) + 3 * ALMOST).all()
    total = some.total(np.ones_like(some.powers))
    spots_pay(some, total)
    assert total.points.sum(axis=1) == pytest.approx(total.points[0].sum(), abs=1e-6)
    assert inside.sum(axis=1).max() - 1e-9 <= total.points[0].sum() <= inside.sum(axis=1).max() + 3 * ALMOST
    for direction in (np.ones_like(some.powers), some.powers):
        along = some.along(direction)
        spots_pay(some, along)
        reach = ((along.points - some.disagreement) / direction).min(axis=1)
        best = ((inside - some.disagreement) / direction).min(axis=1).max()
        assert best - 1e-7 <= reach.min()
        assert reach.max() <= best + ALMOST
        assert along.ray_point == pytest.approx(some.disagreement + reach[0] * direction, abs=1e-6)
        nothing_is_better(dense, along.points[0])
    target = some.ideal + 1
    loss = some.least_loss(target)
    spots_pay(some, loss)
    kept = (loss.points - target).min(axis=1)
    best = (inside - target).min(axis=1).max()
    assert best - 1e-7 <= kept.min()
    assert kept.max() <= best + ALMOST
    assert loss.ray_point == pytest.approx(np.maximum(target + kept[0], some.disagreement), abs=1e-6)
    nothing_is_better(dense, loss.points[0])
    standing = inside[0]
    above = dense[(dense >= standing).all(axis=1)].max(axis=0)
    assert (above - 1e-9 <= some.ideal_from(standing)).all()
    assert (some.ideal_from(standing) <= above + 3 * ALMOST).all()
    product = some.product(some.powers)
    spots_pay(some, product)
    if least > 0:
        worth = (np.maximum(inside - some.disagreement, 1e-300) ** some.powers).prod(axis=1).max()
        found = ((product.points - some.disagreement) ** some.powers).prod(axis=1)
        assert (found >= worth * (1 - 1e-9)).all()
    assert product.proof == "exact"
    nothing_is_better(dense, product.points[0])


@pytest.mark.parametrize("seed", range(20))
def test_highest_and_best_for(seed: int) -> None:
    some, dense = random_problem(seed)
    prices = np.random.default_rng(seed).dirichlet(np.ones(len(some.powers)))
    point, spot = some.highest(prices)
    assert (dense @ prices).max() - 1e-9 <= point @ prices <= (dense @ prices).max() + ALMOST
    paid = some.land.build(np.array([spot.patch])).payoffs(np.array([spot.coordinates]))[0]
    assert paid == pytest.approx(point)
    if some.rational:
        own, _ = some.best_for(0)
        assert own[0] == pytest.approx(some.ideal[0], abs=1e-7)
        assert (own >= some.disagreement - 1e-7).all()


def pie(d: tuple[float, float] = (0.0, 0.0), *, bend: float = 0.0) -> Patchwork:
    """One dollar between two."""
    land = straight_land([(np.array([[0.0, 1.0]]), np.array([[1.0, 0.0]]))], bend=bend)
    return patchwork(land, np.array(d))


def test_a_pie_in_closed_form() -> None:
    some = pie((0.1, 0.3))
    assert some.product(np.ones(2)).points == pytest.approx(np.array([[0.4, 0.6]]), abs=1e-9)
    assert some.product(np.array([2.0, 1.0])).points == pytest.approx(np.array([[0.5, 0.5]]), abs=1e-9)
    assert some.ideal == pytest.approx([0.7, 0.9])
    assert some.along(np.array([1.0, 2.0])).points == pytest.approx(np.array([[0.3, 0.7]]), abs=1e-9)


def test_a_pie_with_weights_losses_and_standing_in_closed_form() -> None:
    """Equal losses against (0.9, 0.7): 0.3 each. Against (0.1, 2): the second loses 1.1, the first stays at its 0.1."""
    some = pie((0.1, 0.3))
    assert some.total(np.array([2.0, 1.0])).points == pytest.approx(np.array([[0.7, 0.3]]), abs=1e-7)
    loss = some.least_loss(np.array([0.9, 0.7]))
    assert loss.points == pytest.approx(np.array([[0.6, 0.4]]), abs=1e-9)
    assert loss.ray_point == pytest.approx([0.6, 0.4], abs=1e-9)
    assert not loss.continuum
    assert some.least_loss(np.array([0.1, 2.0])).points == pytest.approx(np.array([[0.1, 0.9]]), abs=1e-7)
    assert some.least_loss(np.array([0.2, 0.4])).ray_point == pytest.approx([0.4, 0.6], abs=1e-9)
    assert some.ideal_from(np.array([0.4, 0.5])) == pytest.approx([0.5, 0.6])


def test_single_agreements_have_no_border() -> None:
    assert not pie().mixes
    with pytest.raises(NotApplicable, match="allow lotteries"):
        _ = pie().border


def test_a_stretch_of_ties_is_shown_by_its_ends() -> None:
    choice = pie((0.1, 0.3)).total(np.ones(2))
    assert choice.continuum
    assert sorted(choice.points[:, 0]) == pytest.approx([0.1, 0.7], abs=1e-6)
    assert not pie((0.1, 0.3)).product(np.ones(2)).continuum


def test_a_setting_that_nobody_cares_about_is_a_stretch() -> None:
    """The second issue pays nothing, but moves: its two ends stand for all ties."""
    land = straight_land([(np.array([[0.0, 1.0]]), np.array([[1.0, 0.0]]))])

    def build(keys: np.ndarray) -> object:
        one = land.build(keys[:, :1])
        idle = {name: np.concatenate([getattr(one, name), 0 * one.slope], axis=2) for name in ("slope", "quad", "coef")}
        idle |= {name: np.concatenate([getattr(one, name), 0 * one.slope], axis=2) for name in ("base", "reach")}
        idle |= {"exponent": np.ones_like(idle["slope"])}
        empty = np.zeros((len(keys), 0, 2))
        size = {"start": np.full((len(keys), 2), 0.5), "width": np.ones((len(keys), 2))}
        return replace(one, **idle, **size, limit_rows=empty, tie_rows=empty)

    wide = replace(
        land, build=build, corners=(*land.corners, np.zeros((1, 2, 2))), bulges=(*land.bulges, np.zeros((1, 2)))
    )
    some = Patchwork(pie().menu, wide)
    choice = some.product(np.ones(2))
    assert choice.continuum
    assert sorted(spot.coordinates[1] for ((_, spot),) in choice.mixtures) == pytest.approx([0, 1], abs=1e-6)
    assert choice.points == pytest.approx(np.full((2, 2), 0.5), abs=1e-6)


def test_tied_patches_are_all_answers() -> None:
    low, high = np.array([[0.0, 2.0], [0.0, 1.0], [0.0, 2.0]]), np.array([[2.0, 0.0], [1.0, 0.0], [2.0, 0.0]])
    choice = patchwork(straight_land([(low, high)]), np.zeros(2)).product(np.ones(2))
    assert [spot.patch for ((_, spot),) in choice.mixtures] == [(0,), (2,)]


def test_disagreement_on_the_frontier_and_beyond() -> None:
    on = pie((0.25, 0.75))
    assert on.rational
    for choice in (on.product(np.ones(2)), on.total(np.ones(2)), on.along(np.ones(2)), on.along(np.zeros(2))):
        assert choice.points[0] == pytest.approx([0.25, 0.75], abs=1e-7)
    beyond = pie((0.5, 0.7))
    assert not beyond.rational
    assert beyond.outlook.least_gain == pytest.approx(-0.1)
    assert beyond.outlook.binding == (0, 1)


def test_only_one_can_gain() -> None:
    """The second player has its best already; the product is taken over the first."""
    land = straight_land([(np.array([[0.0, 1.0], [2.0, 0.0]]), np.array([[1.0, 1.0], [3.0, 0.0]]))])
    some = patchwork(land, np.array([0.2, 1.0]))
    for choice in (some.product(np.ones(2)), some.along(np.array([1.0, 0.0]))):
        assert choice.points == pytest.approx(np.array([[1.0, 1.0]]), abs=1e-7)


def test_the_product_among_those_who_can_gain() -> None:
    """The third of three never gains; the others split by their powers alone."""
    ends = np.array([[0.0, 1.0, 5.0]]), np.array([[1.0, 0.0, 5.0]])
    some = patchwork(straight_land([ends]), np.array([0.0, 0.0, 5.0]))
    choice = some.product(np.array([2.0, 1.0, 7.0]))
    assert choice.points == pytest.approx(np.array([[2 / 3, 1 / 3, 5]]), abs=1e-7)


def test_proofs(monkeypatch: pytest.MonkeyPatch) -> None:
    some = pie()
    assert some.product(np.ones(2)).proof == "exact"
    bent = Patchwork(some.menu, replace(some.land, concave=False))
    assert bent.product(np.ones(2)).proof.startswith("local optimum on each patch: some values are not concave")
    rough = replace(some.land, bulges=(np.full((1, 2), 3.0),), corners=(np.repeat(some.land.corners[0], 4, axis=0),))
    rough = replace(rough, bulges=(np.full((4, 2), 3.0),), build=lambda keys: some.land.build(0 * keys))
    monkeypatch.setattr(search, "BATCH", 1)
    monkeypatch.setattr(search, "MOST_SOLVED", 2)
    assert Patchwork(some.menu, rough).total(np.ones(2)).proof == (
        "best found: 2 patches solved, others could be better by up to 6"
    )


def test_the_grid_is_kept_for_lists() -> None:
    some, _ = random_problem(3)
    assert efficient(some.points).all()
    assert (some.points == some.menu.points).all()
    assert (some.rational_rows == some.menu.rational_rows).all()


@pytest.mark.parametrize("seed", range(12))
def test_groups_of_gainers_tie_as_on_a_list(seed: int) -> None:
    """Plain options only: the patchwork must find what the list finds, also where not all can gain together."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 5))
    options = rng.integers(0, 3, size=(int(rng.integers(3, 7)), n)).astype(float)
    land = straight_land([(options, options)])
    quilt = patchwork(land, options.max(axis=0) * (rng.random(n) < 0.4))
    if quilt.rational:
        for found, wanted in [
            (quilt.product(np.ones(n)), quilt.menu.product(np.ones(n))),
            (quilt.along(np.ones(n)), quilt.menu.along(np.ones(n))),
            (quilt.total(np.ones(n)), quilt.menu.total(np.ones(n))),
        ]:
            assert {tuple(point) for point in found.points.round(6)} == {tuple(point) for point in wanted.points}
