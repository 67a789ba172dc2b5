"""Walks towards the ideal point: simplices, boxes, a ball, and polygons by two routes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from bargain.errors import NotApplicable
from bargain.geometry.mixtures.hull import Hull
from bargain.geometry.orbit import Walk, follow, follow_polygon, jump

Floats = np.ndarray


def ball(x: Floats) -> Floats:
    """The ideal point seen from x in the unit ball."""
    return np.sqrt(np.maximum(0.0, 1 - x @ x + x**2))


def half_spaces(normals: Floats, x: Floats) -> Floats:
    """The ideal point seen from x under normals @ u <= 1."""
    room = 1 - normals @ x
    return np.asarray(x + np.min(room[:, None] / normals, axis=0))


def test_a_simplex_is_shared_equally() -> None:
    normals = np.array([[1.0, 2.0, 4.0]])
    for walk in (
        jump(lambda x: half_spaces(normals, x), np.zeros(3)),
        follow(lambda x: half_spaces(normals, x), np.zeros(3)),
    ):
        assert walk.end == pytest.approx([1 / 3, 1 / 6, 1 / 12], abs=1e-9)
        assert len(walk.path) <= 3


def test_a_box_ends_in_its_corner() -> None:
    corner = np.array([2.0, 1.0, 5.0])
    assert jump(lambda _: corner, np.zeros(3)).end == pytest.approx(corner, abs=1e-11)
    assert follow(lambda _: corner, np.zeros(3)).end == pytest.approx(corner, abs=1e-8)


def test_a_ball_is_symmetric() -> None:
    for walk in (jump(ball, np.zeros(3)), follow(ball, np.zeros(3))):
        assert walk.end == pytest.approx(np.full(3, 3**-0.5), abs=1e-8)
        assert walk.residual < 1e-8


def test_beyond_the_border_there_is_no_ideal() -> None:
    """Looking ahead may go too far, on a border of which one sees only -inf from outside; the path is the same."""
    normals = np.array([[1.0, 2.0, 1.0], [3.0, 1.0, 1.0], [1.0, 1.0, 2.5]])

    def strict(x: Floats) -> Floats:
        return half_spaces(normals, x) if (normals @ x <= 1 + 1e-9).all() else np.full(3, -np.inf)

    expected = follow(lambda x: half_spaces(normals, x), np.zeros(3))
    assert follow(strict, np.zeros(3)).end == pytest.approx(expected.end, abs=1e-8)


def test_nowhere_to_go() -> None:
    here = np.array([0.25, 0.75])
    for walk in (jump(lambda x: x, here), follow(lambda x: x, here), follow_polygon(here[None], here)):
        assert walk.end.tolist() == here.tolist()


@pytest.mark.parametrize("walk", [jump, follow])
def test_a_hope_that_is_rounding_is_no_hope(walk: Callable[..., Walk]) -> None:
    """The third can gain nothing but rounding: it must not be what the others' progress is measured by."""
    asked = []

    def ideal(x: Floats) -> Floats:
        asked.append(x)
        right, up = np.sqrt(1 - x[1] ** 2), np.sqrt(1 - x[0] ** 2)
        return np.array([right, up, x[2] + 2e-15])

    end = walk(ideal, np.array([0.0, 0.0, 4.0]), np.full(3, 1e-9)).end
    assert end == pytest.approx([0.5**0.5, 0.5**0.5, 4.0], abs=1e-7)
    assert end[2] == 4.0
    assert len(asked) < 1500


@pytest.mark.parametrize("start", [0.0, 0.3])
def test_beyond_the_border_nothing_can_be_asked(start: float) -> None:
    """A ball among three, of whom the last can gain nothing; no point may be asked for that is out of reach."""

    def ideal(x: Floats) -> Floats:
        if x @ x > 1 + 1e-9:
            raise NotApplicable("beyond the border")
        return np.append(ball(x)[:2], x[2])

    walk = follow(ideal, np.array([0.0, start, 0.6]))
    assert walk.end @ walk.end == pytest.approx(1.0, abs=1e-7)
    assert (walk.end[0] == pytest.approx(walk.end[1], abs=1e-7)) == (start == 0.0)


@pytest.mark.parametrize("seed", range(6))
def test_polygons_by_two_routes(seed: int) -> None:
    """In closed form from corner to corner, and by steps that know nothing of corners."""
    rng = np.random.default_rng(seed)
    some = Hull(rng.uniform(0, 1, size=(8, 2)), rng.uniform(-0.3, 0.2, size=2), np.ones(2))
    exact = follow_polygon(some.border, some.disagreement)
    steps = follow(some.ideal_from, some.disagreement)
    assert exact.end == pytest.approx(steps.end, abs=1e-7)
    assert some.along(exact.end - some.disagreement).points[0] == pytest.approx(exact.end, abs=1e-12)
    assert (np.diff(exact.path, axis=0) >= 0).all()


def test_three_players_against_small_steps() -> None:
    """Three half-spaces; the plain route takes very many very small steps."""
    normals = np.array([[1.0, 2.0, 1.0], [3.0, 1.0, 1.0], [1.0, 1.0, 2.5]])
    x = np.zeros(3)
    for _ in range(30_000):
        x = x + 5e-4 * (half_spaces(normals, x) - x)
    assert follow(lambda u: half_spaces(normals, u), np.zeros(3)).end == pytest.approx(x, abs=2e-4)


@pytest.mark.parametrize("end", [[0.0, 8.4], [-1.776e-15, 8.4], [0.0, 8.400000000000002]])
def test_a_path_that_passes_a_corner_does_not_come_back_to_it(end: list[float]) -> None:
    """The formula of one stretch has the corner as its limit; the path crosses there and ends on the edge beyond.

    The numbers are those of Euler's method with 400 000 steps.
    """
    walk = follow_polygon(np.array([[9.0, 0.0], [7.0, 7.0], end]), np.zeros(2))
    assert walk.end == pytest.approx([7.0034706, 6.987853], abs=1e-6)
