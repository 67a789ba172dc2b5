"""What must hold for any alternating offers between two players, tried on random ones."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from bargain.errors import NotApplicable
from bargain.protocols.alternating_offers import (
    AlternatingOffers,
    Points,
    Polyline,
    PowerPie,
    approach,
    equilibria,
    judge,
    pie,
    products,
    solve,
)

Pair = tuple[float, float]


def frontier(rng: np.random.Generator) -> Polyline | PowerPie:
    """A pie, a bent pie or a concave polyline, with payoffs of any size."""
    kind = rng.integers(3)
    if kind == 0:
        return pie(float(rng.uniform(0.1, 100)))
    if kind == 1:
        return pie(float(rng.uniform(0.1, 100)), tuple(rng.uniform(0.2, 1, 2).tolist()))
    angles = np.r_[0, np.sort(rng.uniform(0, np.pi / 2, rng.integers(1, 6))), np.pi / 2]
    return Polyline(np.c_[np.cos(angles), np.sin(angles)] * rng.uniform(0.1, 100, 2) + rng.normal(0, 10, 2))


def talks(rng: np.random.Generator) -> AlternatingOffers:
    """On such a frontier, with any of the variants together."""
    terms = frontier(rng)
    ends = np.array(terms.extent)
    low, high = ends.min(axis=0), ends.max(axis=0)

    def between(least: float, most: float) -> Pair:
        first, second = (low + (high - low) * rng.uniform(least, most, 2)).tolist()
        return first, second

    def maybe(value: Pair, chance: float) -> Pair | None:
        return value if rng.random() < chance else None

    one, two = rng.uniform(0.3, 0.99, 2).tolist()
    outside = tuple(w if rng.random() < 0.3 else None for w in between(0.0, 0.7))
    return AlternatingOffers(
        terms,
        (one, two),
        first=str(rng.choice(["one", "two"])),
        horizon=int(rng.integers(1, 12)) if rng.random() < 0.4 else None,
        breakdown=float(rng.uniform(0, 0.3)) if rng.random() < 0.4 else 0.0,
        costs=tuple((rng.uniform(0, 0.05, 2) * (high - low)).tolist()) if rng.random() < 0.3 else (0.0, 0.0),
        disagreement=between(0.0, 0.3),
        broken=maybe(between(0.0, 0.4), 0.5),
        inside=maybe(between(0.0, 0.4), 0.3),
        outside=(outside[0], outside[1]),
    )


@pytest.mark.parametrize("batch", range(20))
def test_no_deviation_gains(batch: int) -> None:
    rng = np.random.default_rng([3, batch])
    for _ in range(30):
        rules = talks(rng)
        plans = equilibria(rules)
        assert len(plans) == 1
        for plan in plans:
            assert judge(rules, plan).certified, judge(rules, plan)


@pytest.mark.parametrize("batch", range(20))
def test_names_do_not_matter(batch: int) -> None:
    """Mirrored terms and players give the mirrored plan."""
    rng = np.random.default_rng([4, batch])
    for _ in range(20):
        rules = talks(rng)
        np.testing.assert_allclose(solve(mirror(rules)).values[:, ::-1], solve(rules).values, rtol=1e-9, atol=1e-9)


def mirror(rules: AlternatingOffers) -> AlternatingOffers:
    """The same with the players in the other order."""
    terms = rules.terms
    if isinstance(terms, Polyline):
        terms = Polyline(terms.corners[:, ::-1])
    elif isinstance(terms, PowerPie):
        terms = PowerPie(terms.size, terms.exponents[::-1])
    pairs = ("patience", "costs", "disagreement", "broken", "inside", "outside", "players")
    turned = {name: value[::-1] for name in pairs if (value := getattr(rules, name)) is not None}
    return replace(rules, terms=terms, first=rules.players[rules.order[0]], **turned)


@pytest.mark.parametrize("batch", range(20))
def test_units_do_not_matter(batch: int) -> None:
    """Payoffs in other units and from another zero give the same agreement."""
    rng = np.random.default_rng([5, batch])
    for _ in range(20):
        rules = talks(rng)
        if not isinstance(rules.terms, Polyline):
            continue
        unit, zero = rng.uniform(0.1, 10, 2), rng.normal(0, 5, 2)
        moved = replace(
            rules,
            terms=Polyline(rules.terms.corners * unit + zero),
            costs=tuple((np.array(rules.costs) * unit).tolist()),
            disagreement=tuple((np.array(rules.disagreement) * unit + zero).tolist()),
            broken=tuple((np.array(rules.after_breakdown) * unit + zero).tolist()),
            inside=tuple((np.array(rules.meanwhile) * unit + zero).tolist()),
            outside=tuple(
                None if w is None else w * u + z
                for w, u, z in zip(rules.outside, unit.tolist(), zero.tolist(), strict=True)
            ),
        )
        expected = solve(rules).values * unit + zero
        np.testing.assert_allclose(solve(moved).values, expected, rtol=1e-9, atol=1e-9 * float(np.abs(expected).max()))


@pytest.mark.parametrize("size", [1e-9, 1.0, 1e9])
@pytest.mark.parametrize("zero", [0.0, 1e4])
def test_units_of_a_list_do_not_matter(size: float, zero: float) -> None:
    """Very small and very large payoffs, and payoffs that are large beside what is at stake."""
    rng = np.random.default_rng(11)
    for _ in range(10):
        points, patience = rng.integers(0, 9, (5, 2)).astype(float), tuple(rng.uniform(0.3, 0.9, 2).tolist())
        plain = AlternatingOffers(Points(points), patience)
        moved = AlternatingOffers(Points((points + zero) * size), patience, disagreement=(zero * size, zero * size))
        expected = [(plan.values + zero) * size for plan in equilibria(plain)]
        found = [plan.values for plan in equilibria(moved)]
        assert len(found) == len(expected)
        np.testing.assert_allclose(found, expected, rtol=1e-9)
        assert all(judge(moved, plan).certified for plan in equilibria(moved))


@pytest.mark.parametrize("batch", range(20))
def test_both_proposals_lie_on_one_nash_curve(batch: int) -> None:
    """Binmore's product is the same at both, unless an outside option binds (which is why there are none here)."""
    rng = np.random.default_rng([6, batch])
    tried = 0
    for _ in range(20):
        rules = replace(talks(rng), outside=(None, None), horizon=None, costs=(0.0, 0.0))
        plan = solve(rules)
        if plan.agreed.all() and (plan.floors > np.array(rules.terms.extent).min(axis=0)[::-1].max()).all():
            first, second = products(rules, plan.offers.tolist())
            assert first == pytest.approx(second, rel=1e-9)
            tried += 1
    assert tried > 3


@pytest.mark.parametrize("batch", range(10))
def test_the_distance_to_nash_is_linear(batch: int) -> None:
    """Halving the length of a round halves the distance, the more exactly the shorter it is."""
    rng = np.random.default_rng([7, batch])
    one, two = rng.uniform(0.5, 0.95, 2).tolist()
    first, second = rng.uniform(0.3, 1, 2).tolist()
    for terms in (pie(), PowerPie(1.0, (first, second))):
        rules = AlternatingOffers(terms, (one, two), breakdown=0.1, broken=(0.1, 0.2))
        table = approach(rules, [2.0**-k for k in range(6, 12)])
        ratios = [fine.distance / coarse.distance for coarse, fine in pairwise(table)]
        assert ratios == pytest.approx([0.5] * len(ratios), abs=0.02)
        assert ratios[-1] == pytest.approx(0.5, abs=0.001)


@pytest.mark.parametrize("batch", range(10))
def test_more_patience_is_never_worse(batch: int) -> None:
    rng = np.random.default_rng([8, batch])
    for _ in range(10):
        terms = frontier(rng)
        one, two, more = np.sort(rng.uniform(0.3, 0.99, 3)).tolist()
        before = solve(AlternatingOffers(terms, (one, two), disagreement=_worst(terms)))
        after = solve(AlternatingOffers(terms, (more, two), disagreement=_worst(terms)))
        assert (after.values[:, 0] >= before.values[:, 0] - 1e-9).all()


def _worst(terms: Polyline | PowerPie) -> Pair:
    first, second = np.array(terms.extent).min(axis=0).tolist()
    return first, second


@pytest.mark.parametrize("batch", range(10))
def test_a_fine_list_comes_near_the_curve(batch: int) -> None:
    """With a last round a list of many points ends within a step of the curve they lie on."""
    rng = np.random.default_rng([9, batch])
    one, two = rng.uniform(0.5, 0.9, 2).tolist()
    shares = np.linspace(0, 1, 20_001)
    listed = AlternatingOffers(Points(np.c_[shares, 1 - shares]), (one, two), horizon=50)
    curve = replace(listed, terms=pie())
    assert solve(listed).offers[0] == pytest.approx(solve(curve).offers[0], abs=1e-3)


def test_a_list_without_a_stationary_equilibrium_says_so() -> None:
    """Own search. The second's threat to leave with 2 makes the first offer (2, 5) rather than live on its 3; what that
    makes waiting worth to the second is more than 2, so that it would not leave, and then the first waits; which makes
    waiting worth less than 2."""
    points = Points(np.array([[3.0, 0.0], [2.0, 5.0]]))
    rules = AlternatingOffers(points, (0.7, 0.7), inside=(3.0, 1.0), outside=(None, 2.0))
    with pytest.raises(NotApplicable, match="horizon"):
        solve(rules)
    finite = replace(rules, horizon=9)
    plan = solve(finite)
    assert judge(finite, plan).certified
    assert len({(bool(agreed), bool(leaves)) for agreed, leaves in zip(plan.agreed, plan.leaves, strict=True)}) > 1
