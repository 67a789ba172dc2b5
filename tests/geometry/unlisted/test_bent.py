"""Aims about bent totals: costs and bounds hold for everything, nearly so tightly, whatever the attitudes."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from bargain.geometry.attitude import Attitude, Attitudes, Cara, Crra, Neutral
from bargain.geometry.unlisted.aims import Aim, Product, Ray, Total
from bargain.geometry.unlisted.bend import Bend
from bargain.geometry.unlisted.bent import BentRay, bent
from bargain.geometry.unlisted.programme import solve_programme
from bargain.geometry.unlisted.relaxation import Blocks

KINDS: dict[str, tuple[Attitude, Attitude, Attitude]] = {
    "averse": (Cara(0.4), Crra(2, -1), Neutral()),
    "fond of risk": (Cara(-0.5), Crra(-1, -0.5), Cara(-0.1)),
    "mixed": (Cara(-0.5), Neutral(), Crra(0.5, -0.2)),
}
every_kind = pytest.mark.parametrize("attitudes", KINDS.values(), ids=KINDS.keys())


def bend_of(attitudes: tuple[Attitude, ...]) -> Bend:
    """Totals from 1 to 6, that is 0 to 1."""
    low, span, each = np.ones(3), np.full(3, 5.0), Attitudes(attitudes)
    ends = each.worth(low), each.worth(low + span)
    return Bend(each, low, span, np.ones(3), ends[1], ends[1] - ends[0])


def aims(bend: Bend, without: float) -> list[Aim]:
    """All kinds of aims; disagreement at a share of the totals, or below all that any total is worth."""
    d = bend.worth(np.full(3, without)) if without >= 0 else np.full(3, -3.0)
    plain: list[Ray | Product | Total] = [
        Ray(d, np.array([1.0, 0.5, 2.0]), np.full(3, -np.inf)),
        Ray(d, np.array([0.0, 1.0, 0.0]), d),
        Total(d, np.array([1.0, 0.5, 0.0])),
        Product(d, d, np.array([1.0, 0.5, 0.7])),
        Product(d, d, np.array([1.0, 0.0, 0.7])),
    ]
    return [bent(aim, bend) for aim in plain]


@every_kind
@pytest.mark.parametrize("without", [0.2, -1.0])
def test_costs_and_bounds_hold(attitudes: tuple[Attitude, ...], without: float) -> None:
    rng = np.random.default_rng(0)
    points, prices = rng.random((300, 3)), rng.dirichlet(np.ones(3), size=30)
    for aim in aims(bend_of(attitudes), without):
        levels = aim.levels(points)
        some = np.flatnonzero(np.isfinite(levels))[:6]
        assert len(some) == 6
        for point, level in zip(points[some], levels[some], strict=True):
            assert (prices @ point >= aim.cost(prices, level) - 1e-12).all()
            assert (point >= aim.least(level) - 1e-12).all()
            assert aim.bound(prices, prices @ point) >= level - 1e-12


@pytest.mark.parametrize("attitudes", [KINDS["averse"]])
def test_what_is_concave_is_bounded_tightly(attitudes: tuple[Attitude, ...]) -> None:
    """The bound at the gradient of a level is the level itself."""
    bend = bend_of(attitudes)
    point = np.array([0.5, 0.4, 0.7])
    for aim in aims(bend, 0.2)[2:]:
        level, step = aim.levels(point[None])[0], 1e-6
        gradient = np.array([(aim.levels((point + step * e)[None])[0] - level) / step for e in np.eye(3)])
        prices = np.maximum(gradient, 0.0)[None] / gradient.sum()
        floors = aim.floor[gradient < 1e-9]
        there = point.copy()
        there[gradient < 1e-9] = floors
        assert aim.bound(prices, prices @ there) == pytest.approx(level, abs=3e-6)
        assert aim.cost(prices, level) == pytest.approx(prices @ there, abs=3e-6)


@pytest.mark.parametrize(
    "kind", ["mixed", *(pytest.param(kind, marks=pytest.mark.slow) for kind in ("averse", "fond of risk"))]
)
def test_the_best_lottery_bounds_and_the_programme_finds(kind: str) -> None:
    """Every agreement of a small sum beside the prices of the relaxation and the integer programme."""
    attitudes = KINDS[kind]
    rng = np.random.default_rng(1)
    arrays = [rng.random((3, 3)) for _ in range(5)]
    arrays = [block / sum(b.max(axis=0) for b in arrays) for block in arrays]
    arrays = [block - block.min(axis=0) for block in arrays]
    blocks = Blocks.stacked(arrays)
    points = np.array([np.sum(rows, axis=0) for rows in itertools.product(*arrays)])
    for aim in aims(bend_of(attitudes), 0.1):
        best = float(aim.levels(points).max())
        prices = aim.relaxed(blocks, None).prices
        worth = blocks.highest(blocks.rows @ prices).sum()
        bound = aim.bound(prices[None], np.array([worth]))
        assert best <= bound + 1e-12
        found = solve_programme(blocks, aim.straightened(best - 0.01, min(bound, best + 0.01)))
        assert found.taken is not None
        reached = float(aim.levels(blocks.rows[found.taken].sum(axis=0)[None])[0])
        assert found.bound >= best - 1e-9
        if isinstance(aim, BentRay) or all(attitude.averse for attitude in attitudes):
            assert reached == pytest.approx(best, abs=1e-3)


def test_a_straight_ray_asks_for_no_more() -> None:
    rng = np.random.default_rng(2)
    points = rng.random((4000, 3))
    for attitudes in KINDS.values():
        for aim in aims(bend_of(attitudes), 0.2)[:2]:
            levels = aim.levels(points)
            between = (levels >= 0.05) & (levels <= 0.3)
            assert between.any()
            assert (aim.straightened(0.05, 0.3).levels(points)[between] >= levels[between] - 1e-12).all()


def test_the_inverse_beyond_what_is_possible() -> None:
    """Below all worths nothing is asked for; above all of them the total is out of reach."""
    bend = bend_of(KINDS["averse"])
    assert bend.total(bend.worth(np.array([-2.0, 0.5, 3.0]))) == pytest.approx(np.array([-2.0, 0.5, 3.0]))
    assert (bend.least(np.full(3, -1e9)) == 0).all()
    assert (bend.least(np.full(3, 1.0)) > 1).all()


def test_logarithms_of_gains_fall_less_and_less_steeply_above_what_is_possible() -> None:
    """A lover of risk: concave as long as disagreement is some total's worth, convex far below all of them."""
    bend = bend_of(KINDS["fond of risk"])
    for player in range(3):
        one = bend.only(player)
        assert one.falling(0.2, float(one.worth(np.array([0.1]))[0]))
        assert not one.falling(0.2, -50.0)
