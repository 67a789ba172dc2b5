"""Sums of payoffs are exact where a unit fits, and equal up to dust where none does."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import numpy as np
import pytest

from bargain.geometry.lattice import DUST, EXACT, LARGEST_DENOMINATOR, _denominator, lattice_of, settled


@pytest.mark.parametrize("denominators", [(10,), (1000,), (3, 7), (100, 3), (16, 6)])
def test_sums_are_exact_in_any_order(denominators: tuple[int, ...]) -> None:
    rng = Random(denominators[0])
    for _ in range(50):
        exact = [Fraction(rng.randint(-500, 500), rng.choice(denominators)) for _ in range(12)]
        parts = np.array([float(part) for part in exact])
        lattice = lattice_of(parts, float(np.abs(parts).sum()))
        assert lattice.dust == 0
        assert all((part * Fraction(lattice.units)).denominator == 1 for part in exact)
        units = np.rint(parts * lattice.units)
        rng.shuffle(units)  # type: ignore[arg-type]
        assert sum(units) / lattice.units == float(sum(exact))


def test_the_unit_is_no_finer_than_needed() -> None:
    assert lattice_of(np.array([0.25, -3.0, 1 / 3]), 10.0).units == 12
    assert lattice_of(np.array([2.0, 5.0]), 7.0).units == 1
    assert lattice_of(np.array([0.0]), 0.0).units == 1


@pytest.mark.parametrize("parts", [[2**0.5, 1.0], [np.pi], [1 / 99_991, 1 / 99_989, 1 / 99_971, 1 / 99_961]])
@pytest.mark.parametrize("total", [1e-6, 4.0, 300.0])
def test_where_no_unit_fits(parts: list[float], total: float) -> None:
    lattice = lattice_of(np.array(parts) * total, total)
    assert lattice.dust == DUST
    assert np.log2(lattice.units).is_integer()
    assert EXACT / 4 < lattice.units * total <= EXACT


def test_chance_matches_are_not_taken_for_fractions() -> None:
    """A number with nine decimals is not a fraction with a small denominator, however near one is."""
    assert lattice_of(np.array([0.333333333]), 1.0).dust == DUST


def test_clusters_are_settled_at_their_smallest_member() -> None:
    values = np.array([5.0, 1.0, 5.4, 1.3, 9.0, 1.6, 5.0])
    assert settled(values, 0.35).tolist() == [5.0, 1.0, 5.4, 1.0, 9.0, 1.0, 5.0]
    assert settled(values, 0.5).tolist() == [5.0, 1.0, 5.0, 1.0, 9.0, 1.0, 5.0]
    assert settled(values, 0.0) is values
    assert settled(np.zeros(0), 1.0).tolist() == []


def test_settling_does_not_depend_on_the_order() -> None:
    rng = np.random.default_rng(1)
    values = rng.normal(size=200)
    order = rng.permutation(200)
    assert (settled(values[order], 0.02) == settled(values, 0.02)[order]).all()
    found = np.unique(settled(values, 0.02))
    assert (np.diff(found) > 0.02).all()
    assert 1 < len(found) < 200


@pytest.mark.parametrize("seed", range(5))
def test_denominators_as_fractions_tell_them(seed: int) -> None:
    """Decimals, ratios, ratios that rounding has moved, and numbers of any size, by the library of fractions."""
    rng = Random(seed)
    for _ in range(300):
        ratio = rng.randint(-(10**6), 10**6) / rng.randint(1, 2 * LARGEST_DENOMINATOR)
        part = rng.choice(
            [
                ratio,
                ratio * (1 + rng.randint(-6, 6) * 2.0**-52),
                round(rng.uniform(-1e4, 1e4), rng.randint(0, 7)),
                rng.uniform(-1, 1) * 10.0 ** rng.randint(-20, 20),
                rng.randint(10**9, 10**13) / rng.randint(1, 10**5),
            ]
        )
        near = Fraction(part).limit_denominator(LARGEST_DENOMINATOR)
        fits = abs(near - Fraction(part)) <= abs(Fraction(part)) / 2**50
        assert _denominator(part) == (near.denominator if fits else 0)
