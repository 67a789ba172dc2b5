"""The pure regime on a list: every concept's question by its definition, and the awkward places of disagreement."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from bargain.errors import NotApplicable
from bargain.geometry.choice import Choice
from bargain.geometry.menu import Menu, leximin
from bargain.geometry.pareto import efficient


def menu(points: Sequence[Sequence[float]], d: Sequence[float], powers: Sequence[float] | None = None) -> Menu:
    return Menu(np.array(points, dtype=float), np.array(d, dtype=float), np.array(powers or np.ones(len(d))))


def paid(choice: Choice) -> list[list[float]]:
    return sorted(choice.points.tolist())


def random_menu(seed: int) -> Menu:
    """A distinct efficient list, payoffs small whole numbers, disagreement in the middle of it."""
    rng = np.random.default_rng(seed)
    players = int(rng.integers(2, 5))
    points = np.unique(rng.integers(-2, 7, size=(25, players)), axis=0).astype(float)
    return Menu(points[efficient(points)], rng.integers(-2, 2, size=players).astype(float), np.ones(players))


@pytest.mark.parametrize("seed", range(80))
def test_by_definition(seed: int) -> None:
    """Whole numbers throughout: products, sums and comparisons below are exact."""
    some = random_menu(seed)
    gains = some.points - some.disagreement
    rational = [gain for gain in gains.tolist() if min(gain) >= 0]
    best = max(map(sorted, gains.tolist()))
    assert some.outlook.least_gain == best[0]
    assert sorted(some.outlook.point - some.disagreement) == best
    assert {some.outlook.point[i] - some.disagreement[i] for i in some.outlook.binding} == {best[0]}
    assert some.rational == bool(rational)
    if not rational:
        return
    assert (some.ideal == some.disagreement + np.max(rational, axis=0)).all()
    standing = np.array(min(rational)) + some.disagreement
    above = [p for p in some.points.tolist() if all(np.array(p) >= standing)]
    assert (some.ideal_from(standing) == np.max(above, axis=0)).all()
    total = max(map(sum, rational))
    assert paid(some.total(np.ones_like(some.powers))) == sorted(
        (some.disagreement + g).tolist() for g in rational if sum(g) == total
    )
    direction = np.arange(1.0, len(some.powers) + 1)
    ratios = [sorted(np.array(g) / direction) for g in rational]
    chosen = [g for g, ratio in zip(rational, ratios, strict=True) if ratio == pytest.approx(max(ratios), abs=1e-12)]
    along = some.along(direction)
    assert paid(along) == sorted((some.disagreement + g).tolist() for g in chosen)
    assert along.ray_point == pytest.approx(some.disagreement + max(ratios)[0] * direction)
    weights = np.arange(len(some.powers))
    heaviest = max(weights @ np.array(g) for g in rational)
    wanted = [g for g in rational if weights @ np.array(g) == heaviest]
    assert paid(some.total(weights)) == sorted((some.disagreement + g).tolist() for g in wanted)
    target = some.ideal + direction
    left = [sorted(some.disagreement + g - target) for g in rational]
    spared = [g for g, loss in zip(rational, left, strict=True) if loss == max(left)]
    loss = some.least_loss(target)
    assert paid(loss) == sorted((some.disagreement + g).tolist() for g in spared)
    assert loss.ray_point is not None
    assert loss.ray_point.tolist() == np.maximum(target + max(left)[0], some.disagreement).tolist()
    positive = [g for g in rational if min(g) > 0]
    if positive:
        powers = direction
        worth = [np.prod(np.array(g) ** powers) for g in positive]
        wanted = [g for g, w in zip(positive, worth, strict=True) if w == max(worth)]
        assert paid(some.product(powers)) == sorted((some.disagreement + g).tolist() for g in wanted)


def test_leximin_level_by_level() -> None:
    values = np.array([[1.0, 9.0, 2.0], [2.0, 1.0, 3.0], [3.0, 2.0, 1.0], [0.9, 9.0, 9.0]])
    assert leximin(values, np.zeros(3)).tolist() == [0]
    assert leximin(values, np.full(3, 0.2)).tolist() == [3]
    assert leximin(values[1:3], np.zeros(3)).tolist() == [0, 1]


def test_disagreement_is_efficient() -> None:
    """Then it is the only rational point, and every question has it for an answer."""
    some = menu([[3, 0], [1, 1], [0, 3]], [1, 1])
    assert some.outlook.least_gain == 0
    assert some.ideal.tolist() == [1, 1]
    for choice in (some.product(np.ones(2)), some.total(np.ones(2)), some.along(np.ones(2)), some.along(np.zeros(2))):
        assert paid(choice) == [[1, 1]]


def test_one_can_gain_and_the_other_cannot() -> None:
    """Only the first can gain over (0, 3); the product is taken over it alone, and the ray has no length."""
    some = menu([[4, 3], [5, 2], [0, 9]], [0, 9])
    assert paid(some.product(np.ones(2))) == [[0, 9]]
    some = menu([[4, 3], [5, 2]], [0, 3])
    assert paid(some.product(np.ones(2))) == [[4, 3]]
    assert paid(some.total(np.ones(2))) == [[4, 3]]
    along = some.along(np.array([4.0, 0.0]))
    assert paid(along) == [[4, 3]]
    assert along.ray_point is not None
    assert along.ray_point.tolist() == [4, 3]
    equal = some.along(np.ones(2))
    assert paid(equal) == [[4, 3]]
    assert equal.ray_point is not None
    assert equal.ray_point.tolist() == [0, 3]


def test_nothing_is_rational() -> None:
    some = menu([[5, -1], [3, 0], [-2, 4]], [4, 1])
    assert not some.rational
    assert (some.outlook.least_gain, some.outlook.binding) == (-1, (0, 1))
    assert some.outlook.point.tolist() == [3, 0]


def test_as_many_gainers_as_possible_and_groups_tie() -> None:
    """Two of three can gain; per group the best product, and groups cannot be compared however large it is."""
    some = menu([[2, 3, 0], [1, 4, 0], [0, 1, 1], [50, 0, 1], [900, 0, 0]], [0, 0, 0])
    assert paid(some.product(np.ones(3))) == [[0, 1, 1], [2, 3, 0], [50, 0, 1]]
    assert paid(some.product(np.array([3.0, 1.0, 1.0]))) == [[0, 1, 1], [2, 3, 0], [50, 0, 1]]
    assert paid(some.product(np.array([1.0, 9.0, 1.0]))) == [[0, 1, 1], [1, 4, 0], [50, 0, 1]]


def test_powers_large_and_small_decide_alike() -> None:
    points = [[4.0, 1.0], [2.0, 2.0], [1.0, 4.0]]
    for scale in (1e-6, 1.0, 1e6):
        assert paid(menu(points, [0, 0]).product(np.array([3.0, 1.0]) * scale)) == [[4, 1]]


@pytest.mark.parametrize("size", [1e-6, 1.0, 1e9])
def test_dust_beside_disagreement_is_no_gain(size: float) -> None:
    """A payoff below disagreement by rounding is rational; tolerance goes with what is at stake, not with 1."""
    points = np.array([[2.0, 1 - 1e-13], [1.0, 3.0], [0.0, 4.0]]) * size
    some = Menu(points, np.array([0.0, 1.0]) * size, np.ones(2))
    assert some.gains[0].tolist() == [2 * size, 0]
    assert some.rational_rows.tolist() == [0, 1, 2]
    assert paid(some.total(np.ones(2))) == sorted(points[[1, 2]].tolist())
    assert paid(some.product(np.ones(2))) == [points[1].tolist()]


def test_a_list_has_no_border() -> None:
    some = menu([[3, 0], [0, 3]], [0, 0])
    assert not some.mixes
    with pytest.raises(NotApplicable, match="allow lotteries"):
        _ = some.border


def test_a_player_with_much_at_stake_hides_nothing_of_one_with_little() -> None:
    menu = Menu(np.array([[1e15, 1.0], [9e14, 2.0], [8e14, 1.5]]), np.zeros(2), np.ones(2))
    assert menu.along(np.ones(2)).points.tolist() == [[9e14, 2.0]]
