"""Ties on continuous coordinates: stretches that touch are one, flat tops are none."""

from __future__ import annotations

import numpy as np

from bargain.geometry.smooth.stretches import ends_of, joined
from geometry.lands import patches_of
from geometry.smooth.test_facial import programme, straight


def test_a_chain_of_stretches_is_one_whatever_its_order() -> None:
    low, high = np.array([[0.5, 0], [0.0, 0], [0.25, 0]]), np.array([[0.75, 0], [0.25, 0], [0.5, 0]])
    assert joined(low, high) == [((1, False), (0, True))]


def test_neighbours_that_share_a_point_name_it_once() -> None:
    place = np.array([[1.0, 0.5], [1.0, 0.5], [2.0, 0.5]])
    assert joined(place, place) == [((0, False), (0, False)), ((2, False), (2, False))]


def test_a_falling_stretch_is_named_from_its_smallest_place() -> None:
    assert joined(np.array([[0.7, 0.0]]), np.array([[0.2, 0.5]])) == [((0, True), (0, False))]


def test_a_coordinate_that_nobody_minds_is_a_stretch() -> None:
    patches = straight([1, 0], [-1, 0])
    s = np.array([[0.5, 0.5]])
    low, high = ends_of(patches, s, programme([0.5, -0.5]), 1.0, -np.inf)
    assert np.allclose(low, [[0.5, 0]], rtol=0, atol=1e-6)
    assert np.allclose(high, [[0.5, 1]], rtol=0, atol=1e-6)


def test_a_flat_top_is_no_stretch() -> None:
    """b: -(y - 1/2)^2: leaving the top costs next to nothing at first, but it costs."""
    quad, slope = np.zeros((1, 2, 2)), np.array([[[1.0, 0.0], [-1.0, 1.0]]])
    quad[0, 1, 1] = -1
    patches = patches_of(np.array([[0.0, -0.25]]), slope, quad=quad)
    s = np.array([[0.5, 0.5]])
    low, high = ends_of(patches, s, programme([0.5 - 1e-10, -0.5 - 1e-10]), 1.0, -np.inf)
    assert (low == s).all()
    assert (high == s).all()


def test_equal_sums_are_a_stretch_only_as_far_as_the_sum_stays() -> None:
    patches = straight([1, 1], [-1, 1])
    asked = programme([-9.0, -9.0], weights=[1.0, 1.0])
    low, high = ends_of(patches, np.array([[0.3, 1.0]]), asked, 1e-5, 2 - 1e-9)
    assert np.allclose([low[0], high[0]], [[0, 1], [1, 1]], rtol=0, atol=1e-6)
    low, high = ends_of(patches, np.array([[0.3, 1.0]]), asked, 1e-5, 2 + 1e-9)
    assert (low == high).all()
