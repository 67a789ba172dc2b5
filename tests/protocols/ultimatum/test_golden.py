"""Closed forms of ultimatums with private information, each with its source."""

from __future__ import annotations

from math import inf, sqrt

import numpy as np
import pytest
from numpy.testing import assert_allclose

from bargain.errors import NotApplicable, UsageError
from bargain.protocols.ultimatum.cost_judge import judge_cost
from bargain.protocols.ultimatum.judge import judge
from bargain.protocols.ultimatum.once import expected, informed, offer_once, tradeoff
from bargain.protocols.ultimatum.pie import over_a_pie
from bargain.protocols.ultimatum.plan import Cutoffs, Steps
from bargain.protocols.ultimatum.rules import PrivateCost, Ultimatum
from bargain.protocols.ultimatum.twice import continuations, offer_twice
from bargain.protocols.ultimatum.uniform import conflict, demand, expected_payoff, path


def cutoffs(rules: PrivateCost) -> Cutoffs:
    plan = demand(rules)
    assert isinstance(plan, Cutoffs)
    return plan


@pytest.mark.parametrize("win", [0.2, 0.5])
@pytest.mark.parametrize(("own", "top"), [(0.1, 0.3), (0.05, 0.4), (0.2, 0.2), (0.3, 0.2)])
def test_uniform_cost_from_zero(win: float, own: float, top: float) -> None:
    """Fearon 1995, Int. Org. 49:379: z = (C - c)/2, P(war) = (C - c)/(2C), p + (C - c)^2/(4C); no war if C <= c."""
    rules = PrivateCost(win, own, 0, top)
    plan = cutoffs(rules)
    z = max(0.0, (top - own) / 2)
    assert_allclose(plan.first, z, atol=1e-12)
    assert_allclose(conflict(rules, plan), z / top, atol=1e-12)
    payoff = win + (top - own) ** 2 / (4 * top) if top > own else win
    assert_allclose(expected_payoff(rules, plan), payoff, atol=1e-12)
    assert judge_cost(rules, plan).certified


@pytest.mark.parametrize(
    ("low", "high", "own", "win", "z"),
    [
        (0.1, 0.5, 0.1, 0.4, 0.2),  # inside: (h - c)/2
        (0.2, 0.5, 0.2, 0.4, 0.2),  # corner: (h - c)/2 = 0.15 < l
        (0.1, 0.9, 0.1, 0.7, 0.3),  # capped: (h - c)/2 = 0.4, but at most 1 - p
        (0.4, 0.9, 0.1, 0.7, 0.3),  # all is demanded, and even the lowest cost accepts
    ],
)
def test_uniform_cost_between_bounds(low: float, high: float, own: float, win: float, z: float) -> None:
    """The same with cost on [l, h]: z = max(l, (h - c)/2), x = p + z at most 1, P(war) = (z - l)/(h - l)."""
    rules = PrivateCost(win, own, low, high)
    plan = cutoffs(rules)
    assert_allclose(plan.first, z, atol=1e-12)
    assert_allclose(conflict(rules, plan), max(0.0, (z - low) / (high - low)), atol=1e-12)
    assert judge_cost(rules, plan).certified


@pytest.mark.parametrize(("held", "x"), [(0.1, 0.45), (0.45, 0.45), (0.5, 0.5), (0.6, 0.6)])
def test_status_quo(held: float, x: float) -> None:
    """Powell 1999, In the Shadow of Power: x = max(s0, p_D - (C - c_S)/2), P(war) = max(0, p_D - x)/C;

    the satisfied side offers, the dissatisfied one holds s0, wins with chance 0.6 and has a cost uniform on [0, 0.4].
    """
    rules = PrivateCost(win=0.4, cost=0.1, low=0, high=0.4, held=held)
    plan = cutoffs(rules)
    assert_allclose(1 - (0.4 + plan.first), x, atol=1e-12)
    assert_allclose(conflict(rules, plan), max(0.0, 0.6 - x) / 0.4, atol=1e-12)
    assert judge_cost(rules, plan).certified


def test_risk_does_not_depend_on_the_chance_to_win() -> None:
    """Neutrality (Fearon 1995): while the pie does not cut demands, a shift of p moves terms and not risk."""
    risks = [conflict(rules, demand(rules)) for rules in (PrivateCost(win, 0.1, 0, 0.5) for win in (0.1, 0.4, 0.8))]
    assert_allclose(risks, 0.4, atol=1e-12)


@pytest.mark.parametrize("chance", [0.05, 0.39, 0.41, 0.9])
def test_two_types(chance: float) -> None:
    """Fearon 1995: the demand p + c_H is risked iff q < (c_H - c_L)/(c_H + c_A), here 0.16/(0.3 + 0.1) = 0.4."""
    rules = over_a_pie(0.5, 0.1, [0.14, 0.3], [chance, 1 - chance])
    plan = offer_once(rules)
    safe, risky = 0.64, 0.8 * (1 - chance) + 0.4 * chance
    assert rules.proposer[plan.offer] == pytest.approx(0.8 if chance < 0.4 else 0.64, abs=1e-12)
    assert_allclose(expected(rules), [safe, risky], atol=1e-12)
    rows = tradeoff(rules)
    assert [row.types for row in rows] == [(0, 1), (1,)]
    assert_allclose([row.expected for row in rows], [safe, risky], atol=1e-12)
    assert informed(rules).expected == pytest.approx(0.64 * chance + 0.8 * (1 - chance), abs=1e-12)
    assert judge(rules, plan).certified


def test_on_the_edge_both_demands_tie() -> None:
    plan = offer_once(over_a_pie(0.5, 0.1, [0.14, 0.3], [0.4, 0.6]))
    assert plan.ties == (0, 1)
    assert plan.offer == 0


@pytest.mark.parametrize("factor", [0.0, 0.3, 0.6, 0.9, 0.99])
def test_sale_in_two_periods(factor: float) -> None:
    """A buyer uniform on [0, 1], one factor d: first from k = (2 - d)/(4 - 3d) on, prices k(1 - d/2), then k/2.

    Fudenberg and Tirole 1991, Game Theory, 10.2 (recalled); own algebra: maximise (1 - k) k (1 - d/2) + d k^2/4.
    """
    rules = PrivateCost(0, 0, 0, 1, rounds=2, patience=(factor, factor))
    plan = cutoffs(rules)
    k = (2 - factor) / (4 - 3 * factor)
    first, second = path(rules, plan)
    assert_allclose([first.offer, second.offer], [k * (1 - factor / 2), k / 2], atol=1e-12)
    assert_allclose([first.accepted, second.reached, second.accepted], [1 - k, k, 0.5], atol=1e-12)
    assert_allclose(expected_payoff(rules, plan), (1 - k) * k * (1 - factor / 2) + factor * k**2 / 4, atol=1e-12)
    assert judge_cost(rules, plan).certified


def test_many_types_approach_the_uniform_sale() -> None:
    """Values 1/K, 2/K, ..., 1 equally likely: the seller's payoff tends to that of the uniform buyer as 1/K."""
    rules = PrivateCost(0, 0, 0, 1, rounds=2, patience=(0.6, 0.6))
    limit = expected_payoff(rules, demand(rules))
    gaps = []
    for kinds in (10, 20, 40):
        values = np.arange(1, kinds + 1) / kinds
        sale = over_a_pie(0, 0, values, np.full(kinds, 1 / kinds), rounds=2, patience=(0.6, 0.6))
        gaps.append(continuations(sale).worth.max() - limit)
        assert judge(sale, offer_twice(sale)).certified
    assert gaps[0] > gaps[1] > gaps[2] > 0
    assert_allclose([gaps[0] / gaps[1], gaps[1] / gaps[2]], 2, atol=0.15)


@pytest.mark.parametrize("factor", [0.3, 0.7])
@pytest.mark.parametrize("chance", [0.2, 0.45, 0.55, 0.8, 0.95])
def test_two_values_over_two_periods(chance: float, factor: float) -> None:
    """A buyer worth 2 (chance q) or 1: the best of three plans (own algebra; cf. Hart and Tirole 1988, RES 55:509).

    Both at 1 at once: 1. First 2 - d(2 - 1), then 1: q(2 - d) + (1 - q)d. First 2 to all but so many that the posterior
    is 1/2 (only if q > 1/2): 2(2q - 1) + 2d(1 - q).
    """
    rules = over_a_pie(0, 0, [1, 2], [1 - chance, chance], pie=2, rounds=2, patience=(factor, factor))
    plan = offer_twice(rules)
    plans = {1.0: 1.0, 2 - factor: chance * (2 - factor) + (1 - chance) * factor}
    if chance > 0.5:
        plans[2.0] = 2 * (2 * chance - 1) + 2 * factor * (1 - chance)
    best = max(plans, key=lambda price: plans[price])
    assert rules.proposer[plan.offer] == pytest.approx(best, abs=1e-12)
    assert continuations(rules).worth.max() == pytest.approx(plans[best], abs=1e-12)
    if best == 2:
        share = (2 * chance - 1) / chance
        assert_allclose(plan.accepts[plan.offer], [0, share], atol=1e-12)
        assert_allclose(plan.beliefs[plan.offer], 0.5, atol=1e-12)
    assert judge(rules, plan).certified


@pytest.mark.parametrize("factor", [0.0, 0.5, 0.9, 0.999])
def test_without_a_last_round(factor: float) -> None:
    """Gul, Sonnenschein and Wilson 1986, J. Econ. Theory 39:155: h = sqrt(1 - d), price h/(1 + h), left 1/(1 + h)."""
    rules = PrivateCost(0, 0, 0, 1, rounds=inf, patience=(factor, factor))
    plan = demand(rules)
    assert isinstance(plan, Steps)
    h = sqrt(1 - factor)
    assert_allclose([plan.price, plan.reserve, plan.left], [h / (1 + h), h, 1 / (1 + h)], atol=1e-12)
    assert_allclose(expected_payoff(rules, plan), h / (1 + h) / 2, atol=1e-12)
    assert conflict(rules, plan) == 0
    assert judge_cost(rules, plan).certified


def test_an_offer_may_be_none() -> None:
    """Payoffs of -inf stand for making no offer: better than to sign below one's own refusal payoff."""
    rules = Ultimatum([0.2, 0.5], [[0.5, 0.5], [-inf, -inf]], [0.5, 0.5], [0.4, 0.4], [0.1, 0.2], 2, (0.9, 0.9))
    assert offer_once(rules).offer == 1
    plan = offer_twice(rules)
    assert plan.offer == 1
    assert judge(rules, plan).certified
    assert informed(rules).offers.tolist() == [-1, -1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"chances": [0.5, 0.6]}, "chances"),
        ({"chances": [1.0, 0.0]}, "cannot occur"),
        ({"floors": [0.1]}, "floors"),
        ({"rounds": 3}, "rounds"),
        ({"patience": (0.9, 1.2)}, "patience"),
        ({"types": ("a", "a")}, "named"),
        ({"proposer": [np.nan, 0.5]}, "not a number"),
        ({"responder": [[inf, 0.5], [0.1, 0.1]]}, "-inf"),
        ({"responder": [[0.1, 0.5]]}, "responder"),
    ],
)
def test_bad_rules_are_refused(change: dict[str, object], words: str) -> None:
    good = {
        "proposer": [0.2, 0.5],
        "responder": [[0.5, 0.5], [0.1, 0.3]],
        "chances": [0.5, 0.5],
        "refusal": [0.1, 0.1],
        "floors": [0.1, 0.2],
    }
    with pytest.raises(UsageError, match=words):
        Ultimatum(**(good | change))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "numbers",
    [
        {"win": 1.2},
        {"cost": -0.1},
        {"low": 0.4},
        {"held": 2},
        {"held": 0.7},
        {"rounds": 3},
        {"pie": 0},
        {"patience": (0.5, 2)},
    ],
)
def test_bad_pies_are_refused(numbers: dict[str, float]) -> None:
    good = {"win": 0.5, "cost": 0.1, "low": 0.0, "high": 0.3}
    with pytest.raises(UsageError):
        PrivateCost(**(good | numbers))  # type: ignore[arg-type]


def test_what_has_no_closed_form_says_so() -> None:
    for rules in (
        PrivateCost(0, 0, 0, 1, rounds=2, patience=(0.9, 1.0)),
        PrivateCost(0, 0.1, 0, 1, rounds=inf, patience=(0.9, 0.9)),
        PrivateCost(0, 0, 0, 1, rounds=inf, patience=(0.9, 0.8)),
        PrivateCost(0.9, 0, 0, 1, rounds=inf, patience=(0.5, 0.5)),
    ):
        with pytest.raises(NotApplicable):
            demand(rules)
