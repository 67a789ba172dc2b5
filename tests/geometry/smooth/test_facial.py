"""Faces: floors without room fix coordinates, equations or budgets, and the rest is solved on what is left."""

from __future__ import annotations

import numpy as np
import pytest

from bargain.geometry.smooth.facial import face_of, maximise_on_faces
from bargain.geometry.smooth.interior import Patches, Programme, maximise
from geometry.lands import patches_of


def programme(floor: list[float], **given: list[float]) -> Programme:
    """One programme with floors; weights, powers or a ray as asked."""
    n = len(floor)
    rows = {"floor": floor, "ray": [0.0] * n, "weights": [0.0] * n, "powers": [0.0] * n, "span": [1.0] * n} | given
    return Programme(**{name: np.array([row]) for name, row in rows.items()})


def straight(*slopes: list[float], constant: list[float] | None = None, **given: np.ndarray) -> Patches:
    """One patch; a row of slopes per player."""
    slope = np.array([slopes])
    return patches_of(np.array([constant or [0.0] * len(slopes)]), slope, **given)


def everybody(patches: Patches) -> np.ndarray:
    return np.ones(patches.constant.shape, dtype=bool)


def test_a_flat_top_fixes_its_coordinate_exactly() -> None:
    """a: -(x - 0.37)^2, best 0; b: x + sqrt(y); c: sqrt(1 - y). Nash of b and c: y = 1/2 only if x does not trade."""
    arrays = {name: np.zeros((1, 3, 2)) for name in ("slope", "quad", "coef", "base", "reach")}
    arrays["slope"][0, 0, 0], arrays["quad"][0, 0, 0] = 0.74, -1.0
    arrays["slope"][0, 1, 0] = 1.0
    arrays["coef"][0, 1:, 1] = 1.0
    arrays["base"][0, 1:, 1], arrays["reach"][0, 1:, 1] = [0, 1], [1, -1]
    patches = patches_of(np.array([[-(0.37**2), 0, 0]]), exponent=np.full((1, 3, 2), 0.5), **arrays)
    asked = programme([0.0, 0.37, 0.0], powers=[0.0, 1.0, 1.0])
    assert maximise(patches, asked).residual[0] > 1e-7, "the reason for this module"
    found = maximise_on_faces(patches, asked)
    assert found.residual[0] < 1e-9
    assert found.s[0] == pytest.approx([0.37, 0.5], abs=1e-8)
    assert found.prices[0, 0] == 0


def test_opposed_players_are_settled_together_and_the_third_gains() -> None:
    """a: x + y, b: -x - y (their sum is 0), c: x. With d = (1, -1, 0) the face is x + y = 1 and c wants x = 1."""
    patches = straight([1, 1], [-1, -1], [1, 0])
    face = face_of(patches, np.array([[1.0, -1.0, 0.0]]), np.ones((1, 3)), everybody(patches))
    assert face.settled[0].tolist() == [True, True, False]
    assert face.feasible[0]
    found = maximise_on_faces(patches, programme([1.0, -1.0, 0.0], weights=[0.0, 0.0, 1.0]))
    assert found.s[0] == pytest.approx([1, 0], abs=1e-8)


def test_levels_settle_one_after_the_other() -> None:
    """a: -x has best 0 at x = 0; there b: x - y has best 0 at y = 0; c: y + z then has only z left."""
    patches = straight([-1, 0, 0], [1, -1, 0], [0, 1, 1])
    face = face_of(patches, np.zeros((1, 3)), np.ones((1, 3)), everybody(patches))
    assert face.settled[0].tolist() == [True, True, False]
    assert face.fixed[0].tolist() == [True, True, False]
    found = maximise_on_faces(patches, programme([0.0, 0.0, 0.0], powers=[0.0, 0.0, 1.0]))
    assert found.s[0] == pytest.approx([0, 0, 1], abs=1e-8)


def test_a_budget_that_holds_the_best_becomes_an_equation() -> None:
    """a: x + y under x + y <= 1 has best 1; on the face b: y - 2x wants y = 1."""
    patches = straight([1, 1], [-2, 1], limit_rows=np.ones((1, 1, 2)), limits=np.ones((1, 1)))
    found = maximise_on_faces(patches, programme([1.0, -3.0], weights=[0.0, 1.0]))
    assert found.s[0] == pytest.approx([0, 1], abs=1e-8)
    assert found.residual[0] < 1e-9


def test_floors_out_of_reach_stay_infeasible() -> None:
    patches = straight([1.0], [-1.0])
    for floor in ([1.01, -1.0], [0.5, -0.4]):
        face = face_of(patches, np.array([floor]), np.ones((1, 2)), everybody(patches))
        assert not face.feasible[0]
        assert not maximise_on_faces(patches, programme(floor, weights=[1.0, 1.0])).feasible[0]


def test_a_product_over_somebody_who_cannot_gain_is_not_feasible() -> None:
    patches = straight([-1.0, 0.0], [1.0, 1.0])
    assert not maximise_on_faces(patches, programme([0.0, 0.0], powers=[1.0, 1.0])).feasible[0]
    assert maximise_on_faces(patches, programme([0.0, 0.0], powers=[0.0, 1.0])).feasible[0]


def test_patches_with_room_are_left_alone() -> None:
    patches = straight([1.0, 0.5], [-1.0, 0.2])
    asked = programme([0.1, -0.9], powers=[1.0, 1.0])
    plain, faced = maximise(patches, asked), maximise_on_faces(patches, asked)
    assert (plain.s == faced.s).all()
    face = face_of(patches, asked.floor, asked.span, everybody(patches))
    assert not face.settled.any()
    assert not face.fixed.any()


def test_a_batch_settles_each_patch_by_itself() -> None:
    """The first patch has room, the second pins x, the third cannot be met."""
    slope = np.array([[[1.0, 0.0], [0.0, 1.0]]] * 3)
    patches = patches_of(np.array([[0.5, 0.0], [-1.0, 0.0], [-2.0, 0.0]]), slope)
    face = face_of(patches, np.zeros((3, 2)), np.ones((3, 2)), everybody(patches))
    assert face.settled[:2].tolist() == [[False, False], [True, False]]
    assert face.feasible.tolist() == [True, True, False]
    assert face.fixed[:2].tolist() == [[False, False], [True, False]]
    assert face.at[1, 0] == 1
