"""Lotteries between two: the border against scipy's hull and an exact one, answers against a fine walk along it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from scipy.spatial import ConvexHull

from bargain.errors import NotApplicable
from bargain.geometry.choice import Choice
from bargain.geometry.mixtures.hull import Hull, upper_chain
from oracles.polygon import efficient_chain

SHARES = np.linspace(0, 1, 4001)[:, None]


def hull(points: object, d: object = (0, 0), powers: object = (1, 1)) -> Hull:
    return Hull(*(np.array(array, dtype=float) for array in (points, d, powers)))


def border_by_scipy(points: np.ndarray) -> set[int]:
    """Vertices on facets that face up and right; if there is none, the one point that is best for both."""
    shape = ConvexHull(points)
    facing = (shape.equations[:, :2] > 1e-12).all(axis=1)
    ends = np.unique(shape.simplices[facing]).tolist()
    return set(ends) or {int(np.lexsort((points[:, 1], points[:, 0]))[-1])}


def walk(some: Hull) -> np.ndarray:
    """Rational payoffs in small steps along the border, the ends of every edge included."""
    edges = [a + SHARES * (b - a) for a, b in pairwise(some.points)]
    steps = np.vstack([some.points, *edges])
    return steps[(steps >= some.disagreement - 1e-12).all(axis=1)]


def worth(some: Hull, choice: Choice) -> np.ndarray:
    """The payoffs of a single answer, once its lottery is found to pay them."""
    ((mixture,), (point,)) = choice.mixtures, choice.points
    assert sum(chance for chance, _ in mixture) == pytest.approx(1, abs=1e-15)
    assert min(chance for chance, _ in mixture) > 0
    assert sum(chance * some.listed[place] for chance, place in mixture) == pytest.approx(point, abs=1e-12)
    assert (point >= some.disagreement - 1e-12).all()
    return np.asarray(point)


def is_best(some: Hull, point: np.ndarray, objective: Callable[[np.ndarray], np.ndarray]) -> bool:
    """At least as good as every step of the walk, and hardly better than the best of them."""
    best = objective(walk(some)).max()
    return bool(best - 1e-12 <= objective(point[None])[0] <= best + 1e-2)


@pytest.mark.parametrize("seed", range(40))
def test_border_of_a_cloud(seed: int) -> None:
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(rng.integers(3, 40), 2)) * [1, 10.0 ** rng.integers(-3, 4)]
    chain = upper_chain(points)
    assert set(chain.tolist()) == border_by_scipy(points)
    assert (np.diff(points[chain, 0]) < 0).all()
    assert (np.diff(points[chain, 1]) > 0).all()


@pytest.mark.parametrize("seed", range(40))
def test_border_of_whole_numbers(seed: int) -> None:
    """Many copies and many points on one edge; an exact computation shows the vertices."""
    rng = np.random.default_rng(seed)
    points = rng.integers(0, rng.integers(2, 9), size=(20, 2))
    exact = efficient_chain((Fraction(int(x)), Fraction(int(y))) for x, y in points)
    assert points[upper_chain(points.astype(float))].tolist() == [[int(x), int(y)] for x, y in reversed(exact)]


@pytest.mark.parametrize("seed", range(40))
def test_answers_against_a_walk_along_the_border(seed: int) -> None:
    rng = np.random.default_rng(seed)
    points = rng.uniform(-1, 1, size=(rng.integers(2, 9), 2))
    some = hull(points, rng.uniform(-1, 0.3, size=2), rng.uniform(0.2, 3, size=2))
    steps, d = walk(some), some.disagreement
    if not some.rational:
        assert len(steps) == 0
        assert some.outlook.least_gain < 0
        return
    assert some.ideal == pytest.approx(steps.max(axis=0), abs=1e-3)
    assert (some.ideal >= steps.max(axis=0) - 1e-12).all()
    for powers in (np.ones(2), some.powers):
        shares = powers / powers.sum()
        point = worth(some, some.product(powers))
        assert is_best(some, point, lambda x, w=shares: (np.maximum(x - d, 0) ** w).prod(axis=1))
    assert is_best(some, some.total(np.ones(2)).points[0], lambda x: x.sum(axis=1))
    assert is_best(some, some.total(np.array([3.0, 1.0])).points[0], lambda x: x @ [3, 1])
    target = some.ideal + [0.5, 0]
    loss = some.least_loss(target)
    assert is_best(some, worth(some, loss), lambda x: (x - target).min(axis=1))
    assert loss.ray_point == pytest.approx(np.maximum(target + (loss.points[0] - target).min(), d))
    standing = np.maximum(d, some.product(np.ones(2)).points[0] - 0.1)
    above = steps[(steps >= standing).all(axis=1)].max(axis=0)
    assert (above - 1e-12 <= some.ideal_from(standing)).all()
    assert (some.ideal_from(standing) <= above + 1e-2).all()
    for direction in (np.ones(2), some.ideal - d, np.array([1.0, 5.0])):
        if (direction > 1e-9).all():
            choice = some.along(direction)
            point = worth(some, choice)
            assert is_best(some, point, lambda x, ray=direction: ((x - d) / ray).min(axis=1))
            assert choice.ray_point == pytest.approx(d + ((point - d) / direction).min() * direction)


@pytest.mark.parametrize("seed", range(20))
def test_outlook_counts_agreements_below_disagreement_too(seed: int) -> None:
    rng = np.random.default_rng(seed)
    some = hull(rng.uniform(-1, 1, size=(6, 2)), rng.uniform(-1, 2, size=2))
    edges = [a + SHARES * (b - a) for a, b in pairwise(some.points)]
    least = (np.vstack([some.points, *edges]) - some.disagreement).min(axis=1).max()
    assert least - 1e-12 <= some.outlook.least_gain <= least + 1e-3
    gains = some.outlook.point - some.disagreement
    assert set(some.outlook.binding) == set(np.flatnonzero(gains < gains.min() + 1e-9))


@pytest.mark.parametrize("seed", range(20))
def test_prices_support_the_border(seed: int) -> None:
    rng = np.random.default_rng(seed)
    some = hull(rng.uniform(0, 1, size=(12, 2)) * [1, 50])
    last = len(some.points) - 1
    for position in {0.0, float(last), *rng.uniform(0, last, size=4).tolist(), float(last // 2)}:
        for prices in some.prices_at(position):
            assert (prices >= 0).all()
            assert prices.sum() == pytest.approx(1)
            assert prices @ some.at(position) >= (some.listed @ prices).max() - 1e-12


def test_weights_split_a_straight_pie() -> None:
    pie = hull([[1, 0], [0, 1]])
    for first in (1.0, 2.0, 9.0):
        point = worth(pie, pie.product(np.array([first, 1.0])))
        assert point == pytest.approx([first / (first + 1), 1 / (first + 1)])
    steep = hull([[10, 0], [0, 2]], (2, 0.4))
    assert worth(steep, steep.product(np.ones(2))) == pytest.approx([5, 1])


def test_one_point() -> None:
    some = hull([[3, 2]])
    assert [worth(some, choice).tolist() for choice in (some.product(np.ones(2)), some.along(np.ones(2)))] == [
        [3, 2]
    ] * 2
    assert some.total(np.ones(2)).points.tolist() == [[3, 2]]
    assert not some.total(np.ones(2)).continuum
    assert some.ideal.tolist() == [3, 2]
    assert (some.outlook.least_gain, some.outlook.binding) == (2, (1,))
    assert hull([[3, 2]], (3, 2)).rational
    assert not hull([[3, 2]], (3, 2.001)).rational


def test_a_whole_edge_ties_for_the_total() -> None:
    choice = hull([[4, 0], [0, 4], [1, 1]], (0, 1)).total(np.ones(2))
    assert choice.continuum
    assert sorted(choice.points.tolist()) == [[0, 4], [3, 1]]


def test_a_stretch_shorter_than_the_tolerance_is_one_answer() -> None:
    choice = hull([[4, 0], [3, 2], [0, 4]], (3.5, 1 - 1e-10)).total(np.ones(2))
    assert choice.points == pytest.approx(np.array([[3.5, 1]]), abs=1e-8)
    assert not choice.continuum


@pytest.mark.parametrize("d", [(1, 3), (4 / 3, 8 / 3), (0.1, 3.9), (3.7, 0.3)])
def test_disagreement_on_a_tied_edge_is_told_once(d: tuple[float, float]) -> None:
    """Whatever rounding does to where on the edge it stands, there is one rational lottery and no stretch of ties."""
    choice = hull([[4, 0], [0, 4]], d).total(np.ones(2))
    assert choice.points == pytest.approx(np.array([d]), abs=1e-12)
    assert len(choice.mixtures) == 1
    assert not choice.continuum


def test_a_border_shorter_than_rounding_is_one_point() -> None:
    """The rational stretch is a rounding of positions long; its ends are the same payoffs."""
    some = hull([[4e6, 0], [3e6, 2e6], [0, 4e6]], (3.5e6, 1e6 - 1e-10))
    assert (np.diff(some.border, axis=0) != 0).all()
    for d in np.random.default_rng(0).uniform(0, 1, (50, 1)):
        on_edge = hull([[1, 0], [0, 1 / 3]], (d[0], (1 - d[0]) / 3))
        assert not on_edge.rational or (np.diff(on_edge.border, axis=0) != 0).all()


def test_losses_stop_at_disagreement() -> None:
    """Against (4, 4) with 3 sure for the second: (1, 3) is the end, and the first loses 3 where the second loses 1."""
    some = hull([[4, 0], [0, 4]], (0, 3))
    choice = some.least_loss(np.array([4.0, 4.0]))
    assert worth(some, choice) == pytest.approx([1, 3])
    assert choice.ray_point == pytest.approx([1, 3])
    assert worth(some, some.least_loss(np.array([3.0, 2.0]))) == pytest.approx([1, 3])


def test_the_border_ends_at_the_best_rational_points() -> None:
    some = hull([[6, 0], [4, 4], [0, 6]], (1, 2))
    assert some.border == pytest.approx(np.array([[5, 2], [4, 4], [1, 5.5]]))
    assert hull([[6, 0], [4, 4], [0, 6]], (4, 4)).border.tolist() == [[4, 4]]
    assert hull([[6, 0], [0, 6]], (4, 2)).border.tolist() == [[4, 2]]
    assert some.mixes


def test_disagreement_on_the_border() -> None:
    """Nobody can gain: every answer is disagreement itself, a lottery between the ends."""
    some = hull([[4, 0], [0, 4]], (1, 3))
    assert some.rational
    assert some.ideal == pytest.approx([1, 3])
    for choice in (some.product(np.ones(2)), some.along(np.ones(2)), some.along(np.zeros(2))):
        assert worth(some, choice) == pytest.approx([1, 3])
    assert some.outlook.least_gain == pytest.approx(0, abs=1e-15)


def test_disagreement_outside() -> None:
    beyond = hull([[4, 0], [0, 4]], (2, 3))
    assert not beyond.rational
    assert beyond.outlook.least_gain == pytest.approx(-0.5)
    assert beyond.outlook.point == pytest.approx([1.5, 2.5])
    assert not hull([[4, 0], [0, 4]], (5, -9)).rational
    far = hull([[4, 0], [0, 4]], (-50, 1))
    assert worth(far, far.product(np.ones(2))) == pytest.approx([0, 4])
    assert far.ideal == pytest.approx([3, 4])


def test_only_one_can_gain() -> None:
    some = hull([[4, 1], [0, 4]], (0, 4))
    assert worth(some, some.product(np.ones(2))) == pytest.approx([0, 4])
    flat = hull([[4, 1], [2, 1]], (0, 1))
    assert worth(flat, flat.product(np.ones(2))) == pytest.approx([4, 1])
    assert worth(flat, flat.along(flat.ideal - flat.disagreement)) == pytest.approx([4, 1])


def test_the_ray_ends_in_the_disposal_part() -> None:
    """The ray stops below the best point of the second player; the answer gives the rest away to the first."""
    choice = hull([[9, 1], [8, 2]]).along(np.ones(2))
    assert choice.points.tolist() == [[8, 2]]
    assert choice.ray_point is not None
    assert choice.ray_point.tolist() == [2, 2]


def test_two_signatories_only() -> None:
    with pytest.raises(NotApplicable, match="two signatories, and here are 3"):
        hull(np.zeros((1, 3)), np.zeros(3))
