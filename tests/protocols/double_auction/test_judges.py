"""The judges of trade certify what is solved, and notice every number that is off, both ways."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bargain.protocols.double_auction.judge import auction_deviations, judge_auction
from bargain.protocols.double_auction.linear import solve_auction
from bargain.protocols.double_auction.mechanism import solve_trade
from bargain.protocols.double_auction.mechanism_judge import judge_trade, upper_bound
from bargain.protocols.double_auction.rules import DoubleAuction, Prior, Trade, Types

UNIT = Prior(0, 1)
AUCTIONS = [
    *(DoubleAuction(UNIT, UNIT, k) for k in (0.0, 0.3, 0.5, 1.0)),
    DoubleAuction(Prior(2, 6), Prior(1, 9), 0.3),
    DoubleAuction(Prior(2, 6), Prior(1, 3), 0.0),
    DoubleAuction(Prior(4, 6), Prior(1, 9), 1.0),
]
LOW, HIGH = Types((1, 5), (0.5, 0.5)), Types((0, 4), (0.5, 0.5))
TRADES = [
    *(Trade(LOW, HIGH, weight) for weight in (0.0, 0.4, 1.0)),
    Trade(Types((1, 2, 3, 7), (0.1, 0.4, 0.3, 0.2)), Types((0, 1.5, 2.5), (0.2, 0.5, 0.3))),
    Trade(Types((3,), (1.0,)), Types((1, 2), (0.5, 0.5))),
    Trade(Types((1,), (1.0,)), Types((2,), (1.0,))),
]
STEP = 1e-3


@pytest.mark.parametrize("rules", AUCTIONS)
def test_every_auction_is_certified(rules: DoubleAuction) -> None:
    judgement = judge_auction(rules, solve_auction(rules))
    assert judgement.certified, judgement
    assert judgement.checked > 50_000


@pytest.mark.parametrize("rules", TRADES)
def test_every_mechanism_is_certified(rules: Trade) -> None:
    judgement = judge_trade(rules, solve_trade(rules))
    assert judgement.certified, judgement


def random_trade(seed: int) -> Trade:
    """Up to six types a side, and any weight of the broker's profit."""
    rng = np.random.default_rng(seed)
    sides = []
    for _ in range(2):
        n = int(rng.integers(1, 7))
        chances = rng.uniform(0.1, 1, n)
        sides.append(Types(tuple(np.sort(rng.uniform(0, 10, n))), tuple(chances / chances.sum())))
    return Trade(sides[0], sides[1], float(rng.choice([0.0, 0.0, rng.uniform(0, 1), 1.0])))


@pytest.mark.parametrize("seed", range(100))
def test_random_mechanisms_are_certified(seed: int) -> None:
    rules = random_trade(seed)
    plan = solve_trade(rules)
    judgement = judge_trade(rules, plan)
    assert judgement.certified, judgement
    assert plan.gains <= plan.first_best + 1e-12
    if rules.profit_weight == 0:
        assert plan.efficient == (plan.gains >= plan.first_best - 1e-9)


@pytest.mark.parametrize("seed", range(60))
def test_random_auctions_are_certified(seed: int) -> None:
    rng = np.random.default_rng(seed)
    k, low, width = rng.uniform(0, 1), rng.uniform(-5, 5), rng.uniform(0.1, 8)
    lowest, highest = low + (1 - k) * width / 2, low + (2 - k) * width / 2
    values = Prior(float(rng.uniform(low - width, lowest)), float(low + width))
    costs = Prior(float(low), float(rng.uniform(highest, low + 2 * width)))
    rules = DoubleAuction(values, costs, float(k))
    assert judge_auction(rules, solve_auction(rules)).certified


def largest(rules: DoubleAuction, plan: Any) -> float:
    return max(gain for gain, _, _ in auction_deviations(rules, plan))


def bent(plan: Any, line: str, place: int, by: float) -> Any:
    """The plan with one end of a line moved."""
    old = getattr(plan, line)
    heights = tuple(h + by if i == place else h for i, h in enumerate(old.heights))
    return replace(plan, **{line: replace(old, heights=heights)})


@pytest.mark.parametrize("by", [STEP, -STEP])
@pytest.mark.parametrize(("line", "place"), [("bids", 1), ("bids", 2), ("asks", 0), ("asks", 1)])
def test_a_bent_line_makes_another_bid_pay(line: str, place: int, by: float) -> None:
    rules = DoubleAuction(UNIT, UNIT)
    assert largest(rules, bent(solve_auction(rules), line, place, by)) > 1e-8


@pytest.mark.parametrize("by", [STEP, -STEP])
def test_types_that_cannot_trade_may_bid_otherwise(by: float) -> None:
    """Theory says that this is no gain: whoever cannot trade may bid anything that still does not."""
    rules = DoubleAuction(UNIT, UNIT)
    plan = solve_auction(rules)
    assert largest(rules, bent(plan, "bids", 0, by)) <= 1e-12
    assert largest(rules, bent(plan, "asks", 2, by)) <= 1e-12


@pytest.mark.parametrize("by", [STEP, -STEP])
def test_wrong_claims_of_an_auction_are_noticed(by: float) -> None:
    rules = DoubleAuction(UNIT, UNIT)
    plan = solve_auction(rules)
    buyer, seller = plan.payoffs
    for other in (
        replace(plan, payoffs=(buyer + by, seller)),
        replace(plan, payoffs=(buyer, seller + by)),
        replace(plan, chance=plan.chance + by),
        replace(plan, lowest=plan.lowest + by),
        replace(plan, highest=plan.highest + by),
    ):
        assert not judge_auction(rules, other).certified


def test_lines_that_fall_or_end_early_are_noticed() -> None:
    rules = DoubleAuction(UNIT, UNIT)
    plan = solve_auction(rules)
    assert judge_auction(rules, bent(plan, "bids", 1, 0.9)).largest_gain == math.inf
    short = replace(plan, asks=replace(plan.asks, knots=(0.0, 0.75, 0.9)))
    assert judge_auction(rules, short).largest_gain == math.inf


@pytest.mark.parametrize(("high", "low"), [(3, 0.3), (3, 1), (1, 0.3)])
def test_a_plan_for_uniform_types_is_none_for_others(high: float, low: float) -> None:
    """The solver refuses such priors; the judge must not certify by integrals that take them for uniform."""
    plan = solve_auction(DoubleAuction(UNIT, UNIT))
    judgement = judge_auction(DoubleAuction(Prior(0, 1, high), Prior(0, 1, low)), plan)
    assert not judgement.certified
    assert "not uniform" in judgement.where


@pytest.mark.parametrize("by", [STEP, -STEP])
@pytest.mark.parametrize("rules", TRADES[:4])
def test_every_number_of_a_mechanism_matters_both_ways(rules: Trade, by: float) -> None:
    plan = solve_trade(rules)
    for name in ("trade", "pays", "receives", "buyer", "seller"):
        for place in np.ndindex(getattr(plan, name).shape):
            moved = getattr(plan, name).copy()
            moved[place] += by
            assert not judge_trade(rules, replace(plan, **{name: moved})).certified, (name, place)
    for name in ("gains", "profit", "first_best", "deficit"):
        assert not judge_trade(rules, replace(plan, **{name: getattr(plan, name) + by})).certified, name


def test_a_lie_that_pays_is_named() -> None:
    """Trading whenever there is a gain, at the middle of the reports: the buyer of value 5 reports 1."""
    rules = Trade(LOW, HIGH)
    plan = solve_trade(rules)
    trade = np.array([[1.0, 0.0], [1.0, 1.0]])
    price = trade * (np.array([[1.0], [5.0]]) + np.array([0.0, 4.0])) / 2
    judgement = judge_trade(rules, replace(plan, trade=trade, pays=price, receives=price))
    assert judgement.where == "buyer of type 5 reporting 1"
    assert judgement.largest_gain == pytest.approx(0.75)


def test_a_worse_mechanism_is_noticed_though_nobody_lies() -> None:
    """No trade at all keeps every constraint; the multipliers show that more can be had."""
    rules = Trade(LOW, HIGH)
    plan = solve_trade(rules)
    nothing = np.zeros((2, 2))
    idle = replace(
        plan, trade=nothing, pays=nothing, receives=nothing, buyer=np.zeros(2), seller=np.zeros(2), gains=0.0
    )
    judgement = judge_trade(rules, idle)
    assert "another mechanism" in judgement.where
    assert judgement.largest_gain == pytest.approx(5 / 3)


def test_multipliers_that_price_nothing_bound_nothing() -> None:
    rules = Trade(LOW, HIGH)
    shadows = solve_trade(rules).shadows
    assert upper_bound(rules, shadows) == pytest.approx((5 / 3, 0), abs=1e-9)
    assert upper_bound(rules, replace(shadows, budget=shadows.budget + 0.1))[1] > 0.04
    assert upper_bound(rules, replace(shadows, buyer_down=shadows.buyer_down - 1.0))[1] > 0.5
