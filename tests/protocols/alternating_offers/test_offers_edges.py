"""Alternating offers where rounding, ties or units could give a wrong answer or a wrong word about it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

import bargain
from bargain.errors import NotApplicable
from bargain.protocols.alternating_offers import AlternatingOffers, Points, Polyline, equilibria, judge, pie, solve
from bargain.protocols.alternating_offers.plan import Plan

Pair = tuple[float, float]


@pytest.mark.parametrize(("size", "delta"), [(100.0, 0.9), (1000.0, 0.99), (1e6, 0.9)])
def test_an_inward_kink_has_three_equilibria(size: float, delta: float) -> None:
    """Own derivation. Both offers on one edge from (N, 0) to (1, 1): Rubinstein's on that edge, where gains are
    x = N - (N - 1) y; the mirror image; and one across the kink, in which the proposer keeps N/(1 + (N - 1) delta)."""
    rules = AlternatingOffers(Polyline(np.array([[size, 0.0], [1, 1], [0, size]])), (delta, delta))
    plans = equilibria(rules)
    assert all(judge(rules, plan).certified for plan in plans)
    across, rich = size / (1 + (size - 1) * delta), size / (1 + delta)
    poor = (size - delta * rich) / (size - 1)
    assert [plan.standing for plan in plans] == ["one of 3"] * 3
    assert sorted(plan.offers[0, 0] for plan in plans) == pytest.approx([poor, across, rich], rel=1e-9)
    # Equal products: the one named is that which the first proposer likes best.
    assert solve(rules).offers[0, 0] == pytest.approx(rich, rel=1e-9)
    assert not any("only stationary" in remark for remark in bargain.play(rules).remarks)


@pytest.mark.parametrize("power", [9, 11, 12, 13, 15])
def test_patience_next_to_one_is_no_continuum(power: int) -> None:
    """Rubinstein (1982) in fractions, of the patience as it is stored: (1 - d2) / (1 - d1 d2), about 4/5."""
    patience = 1 - 10.0**-power, 1 - 4 * 10.0**-power
    one, two = map(Fraction, patience)
    rules = AlternatingOffers(patience=patience)
    (plan,) = equilibria(rules)
    assert plan.standing == "unique"
    assert plan.offers[0, 0] == pytest.approx(float((1 - two) / (1 - one * two)), abs=1e-15)


def test_haggling_for_ever_next_to_one_is_worth_what_is_lived_on() -> None:
    """Both live on more than a pie pays, so that they never agree: that is worth 1.7 and 2.6 whatever the patience."""
    rules = AlternatingOffers(pie(4.0), (1 - 3e-13, 1 - 7e-14), inside=(1.7, 2.6))
    plan = solve(rules)
    assert not plan.agreed.any()
    np.testing.assert_allclose(plan.values, [[1.7, 2.6]] * 2, atol=1e-12)
    assert judge(rules, plan).certified


def test_patience_next_to_one_is_refused_on_a_curve() -> None:
    rules = AlternatingOffers(pie(exponents=(0.5, 1.0)), (1 - 1e-9, 1 - 4e-9))
    with pytest.raises(NotApplicable, match="rounding would decide"):
        solve(rules)


def test_equal_costs_in_other_units_are_a_continuum_still() -> None:
    """Rubinstein (1982): every share from c on; 0.1 of a payoff of 3 and of one of 0.7 are equal costs."""
    rules = AlternatingOffers(Polyline(np.array([[3.0, 0.0], [0.0, 0.7]])), costs=(0.1 * 3, 0.1 * 0.7))
    plans = equilibria(rules)
    assert [plan.standing.split()[0] for plan in plans] == ["middle", "end", "end"]
    assert plans[0].offers[0, 0] == pytest.approx(3 * 0.55)
    assert all(judge(rules, plan).certified for plan in plans)


@pytest.mark.parametrize("unit", [1e-8, 1e8])
@pytest.mark.parametrize("player", [0, 1])
def test_a_player_in_small_units_is_judged(unit: float, player: int) -> None:
    """Who accepts nothing although waiting is worth 0.08 of the pie to it gains so much by refusing."""
    units = np.array([unit, 1.0])
    rules = AlternatingOffers(Polyline(np.array([[1.0, 0], [0, 1]]) * units), (0.9, 0.8), first=("two", "one")[player])
    plan = solve(rules)
    assert judge(rules, plan).certified
    weak = _yielding(plan, units, 1 - player, rules.patience[1 - player])
    found = judge(rules, weak)
    assert not found.certified
    assert found.largest_gain / found.scale > 0.05
    # A listed pie, found and judged in such units: as many equilibria as in others.
    points = np.array([[1.0, 0.0], [0.7, 0.4], [0.4, 0.7], [0.0, 1.0]])
    plain, other = (AlternatingOffers(Points(points * by), (0.6, 0.7)) for by in (np.ones(2), units))
    assert [plan.standing for plan in equilibria(other)] == [plan.standing for plan in equilibria(plain)]
    np.testing.assert_allclose(solve(other).values / units, solve(plain).values, atol=1e-12)


def _yielding(plan: Plan, units: np.ndarray, mover: int, delta: float) -> Plan:
    """The plan with ``mover`` proposing first and getting all, and with the next offer as that makes it."""
    everything = np.where(np.arange(2) == mover, units, 0.0)
    later = np.where(np.arange(2) == mover, delta * units, (1 - delta) * units)
    offers = np.array([everything, later])
    return replace(plan, offers=offers, values=offers, floors=np.array([0.0, later[mover]]))


@pytest.mark.parametrize("unit", [1e-9, 1.0, 1e9])
def test_who_gets_the_same_from_every_agreement_may_wait_for_a_breakdown(unit: float) -> None:
    """Own example: agreements pay two nothing, haggling on 0.1 * 2 / (1 - 0.9 * 0.8) = 5/7 through breakdowns."""
    terms = Points(np.array([[2.0, 0.0], [7.0, 0.0]]) * [1.0, unit])
    rules = AlternatingOffers(terms, (0.4, 0.8), breakdown=0.1, broken=(2.0, 2.0 * unit))
    plan = solve(rules)
    assert not plan.agreed.any()
    assert plan.values[0, 1] == pytest.approx(5 / 7 * unit)
    assert judge(rules, plan).certified


def test_delay_for_ever_is_worth_what_it_is() -> None:
    """Own example: one loses nothing by waiting, but what never comes is worth 0 and not 5."""
    rules = AlternatingOffers(Points(np.array([[5.0, -1], [1, 2]])), (1.0, 0.0), first="two")
    plans = equilibria(rules)
    assert [plan.standing for plan in plans] == ["unique"]
    assert plans[0].values.tolist() == [[1, 2], [1, 2]]
    assert judge(rules, plans[0]).certified


@pytest.mark.parametrize(
    ("point", "patience", "option"), [((-1.0, 2.0), (1.0, 0.9), 2.0), ((1.0, 4.0), (1.0, 0.2), 3.0)]
)
def test_who_is_indifferent_may_leave_where_nothing_else_holds(point: Pair, patience: Pair, option: float) -> None:
    """Own example: if one stays whenever it is indifferent there is no equilibrium; if it leaves, leaving is one."""
    rules = AlternatingOffers(Points(np.array([point])), patience, outside=(option, None))
    told = bargain.play(rules)
    assert told.status == "no_agreement"
    assert told.payoffs == {"one": option, "two": 0.0}
    assert not any("only stationary" in remark for remark in told.remarks)
    assert any("leaving leaves here" in remark for remark in told.remarks)


def test_a_threat_to_leave_may_hold_up_one_offer_only() -> None:
    """Own derivation: two could leave with 0.3, so one offers (0.7, 0.3); two, whose turn makes waiting worth 0.29 and
    whose best acceptable offer is 1 - (0.1 * 0.9 + 0.9 * 0.7) = 0.28, waits for it."""
    rules = AlternatingOffers(patience=(0.9, 0.9), inside=(0.9, 0.2), outside=(None, 0.3))
    plan = solve(rules)
    assert judge(rules, plan).certified
    assert plan.agreed.tolist() == [True, False]
    np.testing.assert_allclose(plan.values, [[0.7, 0.3], [0.72, 0.29]], atol=1e-12)


def test_steep_edges_lose_no_equilibrium() -> None:
    """Inward kinks at random: along a fine grid of what the second mover may get, every change of sign is found."""
    rng = np.random.default_rng(23)
    for _ in range(5):
        steep = float(rng.uniform(2, 300))
        corners = np.array([[steep, 0.0], [rng.uniform(0.5, 2), rng.uniform(0.5, 2)], [0.0, rng.uniform(2, 300)]])
        rules = AlternatingOffers(Polyline(corners), (0.9, 0.95))
        plans = equilibria(rules)
        assert all(judge(rules, plan).certified for plan in plans)
        own = np.concatenate([np.linspace(0, corners[2, 1], 20_001), np.geomspace(1e-4, corners[2, 1], 20_001)])
        own.sort()
        rises = _around(corners[::-1], own, 0.9, 0.95) - own
        assert int((np.diff(np.sign(rises)) != 0).sum()) == len(plans)


def _around(rising: np.ndarray, own: np.ndarray, one: float, two: float) -> np.ndarray:
    """The second mover's offer, two interpolations later."""
    first = np.interp(two * own, rising[::-1, 1], rising[::-1, 0])
    return np.asarray(np.interp(one * first, rising[:, 0], rising[:, 1]))
