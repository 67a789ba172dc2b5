"""Lotteries among many in numbers small enough for pen and paper, and over curved values."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bargain.errors import NotApplicable, TooManyAgreements
from bargain.geometry.choice import Choice, Spot
from bargain.geometry.mixtures.atoms import Curved, Listing, Sum
from bargain.geometry.mixtures.mixed import Mixed
from bargain.geometry.orbit import follow
from bargain.geometry.smooth.patchwork import Patchwork
from geometry.lands import patches_of, patchwork, straight_land

SIMPLEX = [[4, 0, 0], [0, 2, 0], [0, 0, 1]]


def mixed(points: object, d: object = (0, 0, 0), powers: object = None) -> Mixed:
    """Lotteries over a list."""
    floats, zero = np.array(points, dtype=float), np.array(d, dtype=float)
    return Mixed(Listing(floats), zero, np.ones(len(zero)) if powers is None else np.array(powers, dtype=float))


def worth(some: Mixed, choice: Choice) -> list[float]:
    """The payoffs of a single answer, once its lottery is found to pay them."""
    (mixture,), (point,) = choice.mixtures, choice.points
    assert some.source.listed is not None
    assert sum(chance * some.source.listed[place] for chance, place in mixture) == pytest.approx(point)
    return [float(payoff) for payoff in point]


def test_a_simplex() -> None:
    some = mixed(SIMPLEX)
    assert worth(some, some.product(np.array([1.0, 2, 3]))) == pytest.approx([4 / 6, 4 / 6, 3 / 6])
    assert worth(some, some.along(np.ones(3))) == pytest.approx([4 / 7, 4 / 7, 4 / 7])
    assert worth(some, some.total(np.ones_like(some.disagreement))) == [4, 0, 0]
    assert worth(some, some.total(np.array([1.0, 3, 1]))) == [0, 2, 0]
    assert some.ideal.tolist() == [4, 2, 1]
    assert some.ideal_from(np.array([1.0, 0.5, 0.25])) == pytest.approx([2, 1, 0.5])
    assert some.points.tolist() == SIMPLEX
    # losses t of the ideal: (4 - t) / 4 + (2 - t) / 2 = 1 while player 3 is at 0, so t = 4 / 3 > 1
    loss = some.least_loss(some.ideal)
    assert worth(some, loss) == pytest.approx([8 / 3, 2 / 3, 0])
    assert loss.ray_point == pytest.approx([8 / 3, 2 / 3, 0])


def test_a_whole_face_ties_for_the_total() -> None:
    """Of the triangle between (3, 0, 0), (0, 3, 0), (0, 0, 3) with everybody at least at 1/2: its three corners."""
    choice = mixed(3 * np.eye(3), (0.5, 0.5, 0.5)).total(np.ones(3))
    assert choice.continuum
    assert sorted(choice.points.tolist()) == [pytest.approx(p) for p in ([0.5, 0.5, 2], [0.5, 2, 0.5], [2, 0.5, 0.5])]


def test_equal_to_a_single_agreement_is_that_agreement() -> None:
    some = mixed([[2, 0, 0], [0, 2, 0], [0, 0, 2], [1, 1, 0]], (0, 0, -1))
    choice = some.total(np.array([1.0, 1.0, 0.5]))
    assert all(len(mixture) == 1 for mixture in choice.mixtures)
    assert some.ideal.tolist() == [2, 2, 2]


def test_not_everybody_can_gain() -> None:
    """Player 3 is at its best already: the others share what leaves it there."""
    some = mixed([[4, 0, 1], [0, 4, 1], [9, 9, 0]], (0, 0, 1))
    assert some.rational
    assert some.ideal.tolist() == [4, 4, 1]
    assert worth(some, some.product(np.array([3.0, 1.0, 5.0]))) == pytest.approx([3, 1, 1])
    assert worth(some, some.along(np.array([4.0, 4.0, 0.0]))) == pytest.approx([2, 2, 1])
    choice = some.product(np.ones(3))
    assert choice.prices is not None
    assert some.source.listed is not None
    assert (some.source.listed @ choice.prices).max() == pytest.approx(choice.points[0] @ choice.prices)


def test_who_can_gain_needs_a_lottery_of_losers() -> None:
    """Only the middle of (2, -1, 1) and (-1, 2, 1) is rational for all: who gains gains with the rest at 1/2."""
    some = mixed([[2, -1, 1], [-1, 2, 1], [0.5, 0.5, 0]], (0.5, 0.5, 0))
    assert worth(some, some.product(np.ones(3))) == pytest.approx([0.5, 0.5, 1])
    assert some.outlook.least_gain == 0
    assert set(some.outlook.binding) == {0, 1}


def test_disagreement_that_is_efficient() -> None:
    some = mixed([[3, 0, 0], [0, 3, 0], [0, 0, 3], [1, 1, 1]], (1, 1, 1))
    assert some.rational
    for choice in (
        some.product(np.ones(3)),
        some.along(np.ones(3)),
        some.along(np.zeros(3)),
        some.total(np.ones_like(some.disagreement)),
    ):
        assert worth(some, choice) == [1, 1, 1]
        assert choice.mixtures == (((1.0, 3),),)


def test_nothing_rational() -> None:
    some = mixed(SIMPLEX, (2, 1, 1))
    assert not some.rational
    # (2 + t) / 4 + (1 + t) / 2 + (1 + t) = 1
    assert some.outlook.least_gain == pytest.approx(-4 / 7)
    assert some.outlook.point == pytest.approx([10 / 7, 3 / 7, 3 / 7])
    assert some.outlook.binding == (0, 1, 2)
    assert np.isneginf(some.ideal_from(np.array([2.0, 1.0, 1.0]))).all()


def test_the_outlook_of_payoffs_of_very_different_sizes() -> None:
    """(1 + t) / 2 + (1 + t) = 1 for the two who have millions at stake; the other has next to nothing to lose."""
    for small in (1e-3, 1e-12, 1e-15):
        units = np.array([small, 1e6, 1e6])
        outlook = mixed(SIMPLEX * units, (2, 1, 1) * units).outlook
        assert outlook.least_gain == pytest.approx(-1e6 / 3)
        assert outlook.point == pytest.approx(np.array([0, 2 / 3, 2 / 3]) * units)
        assert outlook.binding == (1, 2)


def test_the_outlook_is_completed() -> None:
    """Two are bound at -1, the third is as well off as that allows."""
    outlook = mixed([[0, 2, 5], [2, 0, 7]], (2, 2, 0)).outlook
    assert outlook.least_gain == pytest.approx(-1)
    assert outlook.point == pytest.approx([1, 1, 6])
    assert outlook.binding == (0, 1)


def test_those_left_out_of_the_ray_get_what_is_left() -> None:
    some = mixed([[2, 0, 0], [0, 2, 5], [0, 2, 9]])
    assert worth(some, some.along(np.array([1.0, 1.0, 0.0]))) == pytest.approx([1, 1, 4.5])


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e9])
def test_units_apart(scale: float) -> None:
    some = mixed(np.array(SIMPLEX) * [scale, 1, 1 / scale])
    shares = np.array(worth(some, some.product(np.ones(3)))) / [4 * scale, 2, 1 / scale]
    assert shares == pytest.approx([1 / 3] * 3)


def test_one_player_takes_the_best() -> None:
    some = Mixed(Sum((np.array([[1.0], [3.0]]), np.array([[0.0], [4.0]])), np.ones(1)), np.zeros(1), np.ones(1))
    for choice in (
        some.product(np.ones(1)),
        some.along(np.ones(1)),
        some.total(np.ones_like(some.disagreement)),
        some.least_loss(np.array([9.0])),
    ):
        assert choice.points.tolist() == [[7]]
    assert some.outlook.binding == (0,)


def test_the_border_of_two() -> None:
    blocks = Sum((np.array([[3.0, 0], [0, 1]]), np.array([[1.0, 0], [0, 3]])), np.ones(2))
    some = Mixed(blocks, np.array([0.0, 0.5]), np.ones(2))
    assert some.border == pytest.approx(np.array([[23 / 6, 0.5], [3, 3], [0, 4]]))
    with pytest.raises(NotApplicable, match="here are 3"):
        _ = mixed(SIMPLEX).border
    with pytest.raises(TooManyAgreements):
        _ = some.points


def test_a_border_shorter_than_rounding_is_one_point() -> None:
    """Exactly opposed, with d on the line: its ends differ by a rounding error that runs the wrong way."""
    blocks = tuple(np.array([[x, -x] for x in stakes]) for stakes in ([0.0, 2, 3], [0.0, 3, 4], [1.0, 2, 3, 4]))
    some = Mixed(Sum(blocks, np.ones(2)), np.array([6.3, -6.3]), np.ones(2))
    assert some.border == pytest.approx(np.array([[6.3, -6.3]]))


def pie(exponents: tuple[float, float, float], d: tuple[float, float, float]) -> Mixed:
    """u = (s^e, t^f, (1 - s - t)^g): with all e = 1/2 the border is a piece of the unit sphere."""
    corners = np.array([[0.0, 0.0, 1.0]]), np.array([[1.0, 0.0, 0.0]])
    straight = patchwork(straight_land([corners]), np.array(d))
    reach = np.array([[[1.0, 0.0], [0.0, 1.0], [-1.0, -1.0]]])

    def build(keys: np.ndarray) -> object:
        # two coordinates; the third share is bent along their sum, which the budget keeps below 1
        coef = np.zeros((1, 3, 2))
        coef[0, 0, 0] = coef[0, 1, 1] = 1.0
        one = patches_of(
            np.array([[0.0, 0.0, 1.0]]),
            np.array([[[0.0, 0.0], [0.0, 0.0], [-1.0, -1.0]]]),
            coef=coef,
            base=np.zeros((1, 3, 2)),
            reach=np.abs(reach),
            exponent=np.broadcast_to(np.array(exponents)[None, :, None], (1, 3, 2)).copy(),
            limit_rows=np.ones((1, 1, 2)),
            limits=np.ones((1, 1)),
            start=np.full((1, 2), 0.3),
            width=np.ones((1, 2)),
        )
        return one.subset(np.zeros(len(keys), dtype=np.intp))

    grid = np.array([[1.0, 0, 0], [0, 1, 0], [0, 0, 1]])
    land = replace(straight.land, build=build, corners=(grid[None],), bulges=(np.ones((1, 3)),))
    menu = replace(straight.menu, points=grid)
    return Mixed(Curved(Patchwork(menu, land)), np.array(d), np.ones(3))


def test_two_roots_and_a_line() -> None:
    """u = (sqrt s, sqrt t, 1 - s - t): Nash has x y (1 - x^2 - y^2), so x = y = 1/2 and 1/2 is left."""
    some = pie((0.5, 0.5, 1.0), (0.0, 0.0, 0.0))
    choice = some.product(np.ones(3))
    assert choice.points[0] == pytest.approx([0.5, 0.5, 0.5], abs=1e-7)
    assert choice.proof == "exact"
    assert choice.gap is not None
    assert choice.gap <= 1e-10
    assert all(isinstance(place, Spot) for _, place in choice.mixtures[0])
    # equal gains: x = 1 - 2 x^2
    assert some.along(np.ones(3)).points[0] == pytest.approx([0.5] * 3, abs=1e-7)
    assert some.ideal == pytest.approx([1, 1, 1], abs=1e-7)
    # the sum x + y + 1 - x^2 - y^2 is largest at 1/2, too, and only there
    assert some.total(np.ones_like(some.disagreement)).points == pytest.approx(np.array([[0.5] * 3]), abs=1e-5)


def test_convex_values_are_mixed() -> None:
    """With squares the border is the plane between the extremes: a third of each, whatever the pure agreements."""
    some = pie((2.0, 2.0, 1.0), (0.0, 0.0, 0.0))
    choice = some.product(np.ones(3))
    assert choice.points[0] == pytest.approx([1 / 3] * 3, abs=1e-7)
    assert len(choice.mixtures[0]) == 3


def test_a_path_is_looked_ahead_along_lines_that_leave_the_set() -> None:
    """From 0 the first heads for 2 and the third for 4 - x_1; at t = 1 the third has 2, then both share what is left.

    x_1 = 2 - 2 exp(-t) and x_3 = 2 - 2 exp(-t) + 2 t exp(-t), so that 2 / e is left to share.
    """
    some = Mixed(Listing(np.array([[0.0, 2.0, 4.0], [2.0, 2.0, 2.0]])), np.zeros(3), np.ones(3))
    assert np.isneginf(some.ideal_from(np.array([2.0, 2.0, 2.1]))).all()
    assert follow(some.ideal_from, np.zeros(3)).end == pytest.approx([2 - np.exp(-1), 2, 2 + np.exp(-1)], abs=1e-8)
