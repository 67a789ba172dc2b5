"""Solvers against slow, independent ones; and laws."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from bargain.errors import NotApplicable
from bargain.protocols.ultimatum.judge import judge
from bargain.protocols.ultimatum.many import best_demands
from bargain.protocols.ultimatum.mixing import surprising
from bargain.protocols.ultimatum.once import expected, informed, offer_once, tradeoff
from bargain.protocols.ultimatum.pie import over_a_pie
from bargain.protocols.ultimatum.replies import menu_of, skimming_order
from bargain.protocols.ultimatum.rules import Ultimatum
from bargain.protocols.ultimatum.twice import continuations, offer_twice
from oracles.ultimatums import highest_worth


def small_rules(seed: int) -> Ultimatum:
    rng = np.random.default_rng(seed)
    kinds, offers = 3 if seed % 10 == 9 else 2, 3
    payoffs, floors = rng.random((offers, kinds)), rng.random(kinds) * 0.6
    refusal = rng.random(kinds) * 0.4
    return Ultimatum(rng.random(offers), payoffs, rng.dirichlet(np.ones(kinds)), refusal, floors, 2, (0.8, 0.9))


@pytest.mark.parametrize("seed", range(10))
def test_continuations_are_the_best_of_all_equilibria(seed: int) -> None:
    rules = small_rules(seed)
    given = (rules.proposer, rules.responder, rules.chances, rules.refusal, rules.floors, *rules.patience)
    brute = [highest_worth(*given, first) for first in range(len(rules.proposer))]
    assert_allclose(continuations(rules).worth, brute, atol=1e-5)


@pytest.mark.parametrize("seed", range(50))
def test_one_offer_is_the_best_of_all(seed: int) -> None:
    rng = np.random.default_rng(seed)
    payoffs, floors = rng.integers(0, 6, (12, 3)).astype(float), rng.integers(0, 6, 3).astype(float)
    rules = Ultimatum(rng.integers(0, 6, 12), payoffs, [0.25, 0.25, 0.5], rng.integers(0, 3, 3), floors)
    worth = [
        sum(q * (u if v >= d else r) for q, v, d, r in zip(rules.chances, row, floors, rules.refusal, strict=True))
        for u, row in zip(rules.proposer, payoffs, strict=True)
    ]
    assert_allclose(expected(rules), worth, atol=1e-12)
    assert offer_once(rules).ties == tuple(np.flatnonzero(np.isclose(worth, max(worth), atol=1e-9)).tolist())
    for row in tradeoff(rules):
        same = [k for k in range(12) if tuple(np.flatnonzero(payoffs[k] >= floors).tolist()) == row.types]
        assert row.expected == pytest.approx(max(worth[k] for k in same))
    assert max(row.expected for row in tradeoff(rules)) == pytest.approx(max(worth))
    assert informed(rules).expected >= max(worth) - 1e-12


@pytest.mark.parametrize("seed", range(20))
def test_units_and_order_change_nothing(seed: int) -> None:
    rules = small_rules(seed)
    worth = continuations(rules).worth
    kinds = np.random.default_rng(seed).permutation(len(rules.chances))
    scales = np.arange(1.0, len(kinds) + 1)
    other = Ultimatum(
        3 * rules.proposer - 1,
        (rules.responder * scales + 2)[:, kinds],
        rules.chances[kinds],
        3 * rules.refusal[kinds] - 1,
        (rules.floors * scales + 2)[kinds],
        2,
        rules.patience,
    )
    assert_allclose(continuations(other).worth, 3 * worth - 1, atol=1e-9)


@pytest.mark.parametrize("seed", range(20))
def test_a_proposer_that_does_not_count_later_rounds_needs_one(seed: int) -> None:
    """Without patience on both sides a second round is worth nothing, and changes nothing."""
    rules = small_rules(seed)
    rules = Ultimatum(rules.proposer, rules.responder, rules.chances, rules.refusal, rules.floors, 2, (0.0, 0.0))
    assert_allclose(continuations(rules).worth, expected(rules), atol=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_skimming(seed: int) -> None:
    """Types that differ in cost are ordered, and whatever one accepts the costlier accept at least as often."""
    rng = np.random.default_rng(seed)
    costs = np.sort(rng.random(6)) * 0.4
    rules = over_a_pie(0.4, 0.1, costs, rng.dirichlet(np.ones(6)), rounds=2, patience=(0.9, 0.8))
    assert skimming_order(rules) == tuple(range(6))
    plan = offer_twice(rules)
    assert (np.diff(plan.accepts, axis=1) >= 0).all()


def test_types_without_order_are_refused_beyond_ten() -> None:
    rng = np.random.default_rng(1)
    rules = Ultimatum(rng.random(9), rng.random((9, 11)), np.full(11, 1 / 11), np.zeros(11), np.full(11, 0.3), 2)
    with pytest.raises(NotApplicable, match="no common order"):
        offer_twice(rules)


@pytest.mark.parametrize("number", [77, 700])
def test_several_types_may_have_to_mix(number: int) -> None:
    """Rare draws after one of whose first offers no equilibrium has a single type that mixes."""
    rng = np.random.default_rng(1)
    for _ in range(number + 1):
        kinds, offers = int(rng.integers(3, 8)), int(rng.integers(5, 60))
        payoffs, more, chances = rng.random(offers), rng.random((offers, kinds)), rng.dirichlet(np.ones(kinds))
        floors = rng.random(kinds) * 0.6
    rules = Ultimatum(payoffs, more, chances, np.full(kinds, 0.2), floors, 2, (0.9, 0.95))
    (mixture,) = continuations(rules).mixtures.values()
    assert ((mixture.refuse > 0) & (mixture.refuse < 1)).sum() == 2
    assert len(mixture.places) == 3
    assert judge(rules, offer_twice(rules)).certified


def test_a_surprise_may_need_a_doubtful_belief() -> None:
    """Offers 0 and 1 suit one type each and tempt it to wait; offer 2 tempts nobody, and is best if in doubt."""
    payoffs, more = [3.0, 3.0, 2.0, 1.0], [[1.0, -1.0], [-1.0, 1.0], [0.0, 0.0], [0.1, 0.1]]
    rules = Ultimatum(payoffs, more, [0.5, 0.5], [0.0, 0.0], [0.0, 0.0], 2, (0.9, 0.9))
    menu = menu_of(rules)
    found = surprising(rules, menu, 3)
    assert found is not None
    assert not found.refuse.any()
    assert found.belief.min() >= 1 / 3 - 1e-9
    assert menu.offers[found.places].tolist() == [2]
    assert found.worth == pytest.approx(1.0)
    assert surprising(rules, menu, 0) is None


def test_batches_equal_single_problems() -> None:
    rng = np.random.default_rng(2)
    costs, chances = np.sort(rng.random((20, 8)), axis=1) * 0.3, rng.dirichlet(np.ones(8), 20)
    own, win = rng.random(20) * 0.2, rng.random(20) * 0.6
    best, payoff, risk = best_demands(costs, chances, own, win)
    for row in range(20):
        rules = over_a_pie(win[row], own[row], costs[row], chances[row])
        plan = offer_once(rules)
        assert rules.proposer[plan.offer] == pytest.approx(win[row] + costs[row, best[row]])
        assert payoff[row] == pytest.approx(expected(rules)[plan.offer], abs=1e-12)
        assert risk[row] == pytest.approx(1 - plan.accepts[plan.offer] @ chances[row], abs=1e-12)
