"""Trade under private information in published numbers and small cases by hand."""

from __future__ import annotations

import numpy as np
import pytest

from bargain.errors import NotApplicable, UsageError
from bargain.protocols.double_auction.bound import bound
from bargain.protocols.double_auction.linear import solve_auction
from bargain.protocols.double_auction.mechanism import solve_trade
from bargain.protocols.double_auction.rules import DoubleAuction, Prior, Trade, Types

EXACT = 1e-9
UNIT = Prior(0, 1)


def test_the_middle_price_on_the_unit_square() -> None:
    """Chatterjee & Samuelson (1983): b(v) = 2v/3 + 1/12, s(c) = 2c/3 + 1/4, trade iff v - c >= 1/4, gains 9/64."""
    plan = solve_auction(DoubleAuction(UNIT, UNIT))
    assert plan.bids.at(0.7) == pytest.approx(2 * 0.7 / 3 + 1 / 12, abs=EXACT)
    assert plan.asks.at(0.4) == pytest.approx(2 * 0.4 / 3 + 1 / 4, abs=EXACT)
    assert plan.bids.at(0.65) == pytest.approx(plan.asks.at(0.4), abs=EXACT)
    assert plan.payoffs == pytest.approx((9 / 128, 9 / 128), abs=EXACT)
    assert plan.chance == pytest.approx(9 / 32, abs=EXACT)


@pytest.mark.parametrize("k", [0.0, 0.2, 0.5, 0.9, 1.0])
def test_every_price_weight_on_the_unit_square(k: float) -> None:
    """Own derivation from b(v) = v/(1+k) + k(1-k)/(2(1+k)), s(c) = c/(2-k) + (1-k)/2: trade is a triangle of legs
    (1+k)/2 and (2-k)/2, whose centroid has v - c = 1 - (1+k)/6 - (2-k)/6 = 1/2."""
    plan = solve_auction(DoubleAuction(UNIT, UNIT, k))
    area = (1 + k) * (2 - k) / 8
    assert plan.bids.heights[-1] == pytest.approx(1 / (1 + k) + k * (1 - k) / (2 * (1 + k)), abs=EXACT)
    assert plan.asks.heights[0] == pytest.approx((1 - k) / 2, abs=EXACT)
    assert plan.chance == pytest.approx(area, abs=EXACT)
    assert plan.gains == pytest.approx(area / 2, abs=EXACT)


def test_a_price_made_by_one_side_is_a_monopoly() -> None:
    """k = 0: the seller names the price (1 + c)/2 and the buyer takes it or leaves it at its value."""
    plan = solve_auction(DoubleAuction(UNIT, UNIT, 0.0))
    assert plan.bids.heights == plan.bids.knots
    assert plan.asks.at(0.3) == pytest.approx(0.65, abs=EXACT)
    assert plan.payoffs == pytest.approx((1 / 24, 1 / 12), abs=EXACT)


def test_other_ranges_shift_and_stretch() -> None:
    """Values on [10, 14] and costs on [10, 14] are the unit square four times as large."""
    plan = solve_auction(DoubleAuction(Prior(10, 14), Prior(10, 14)))
    assert (plan.lowest, plan.highest) == pytest.approx((11, 13), abs=EXACT)
    assert plan.gains == pytest.approx(4 * 9 / 64, abs=EXACT)


def test_the_bound_on_the_unit_square() -> None:
    """Myerson & Satterthwaite (1983): trade iff v - c >= 1/4, 9/64 of 1/6; efficient trade needs a subsidy of 1/6."""
    best = bound(UNIT, UNIT)
    assert best.first_best == pytest.approx(1 / 6, abs=EXACT)
    assert best.deficit == pytest.approx(1 / 6, abs=EXACT)
    assert best.alpha == pytest.approx(1 / 3, abs=EXACT)
    assert best.gap == pytest.approx(1 / 4, abs=EXACT)
    assert best.second_best == pytest.approx(9 / 64, abs=EXACT)
    assert best.chance == pytest.approx(9 / 32, abs=EXACT)
    assert not best.efficient


def test_no_overlap_needs_no_subsidy() -> None:
    best = bound(Prior(2, 3), Prior(0, 1))
    assert best.efficient
    assert best.second_best == best.first_best == pytest.approx(2, abs=EXACT)


def test_the_middle_price_reaches_the_second_best_and_no_other_does() -> None:
    """Myerson & Satterthwaite (1983) note that the linear equilibrium at k = 1/2 is second best (recalled)."""
    limit = bound(UNIT, UNIT).second_best
    for k in (0.0, 0.3, 0.7, 1.0):
        assert solve_auction(DoubleAuction(UNIT, UNIT, k)).gains < limit - 1e-4
    assert solve_auction(DoubleAuction(UNIT, UNIT)).gains == pytest.approx(limit, abs=EXACT)


def test_two_types_each_that_can_trade_efficiently() -> None:
    """Values 1, 3 and costs 0, 2, equally likely: gains (1 + 3 + 1)/4, rents 2 * 1/2 * 1/2 a side, 1/4 is left over."""
    plan = solve_trade(Trade(Types((1, 3), (0.5, 0.5)), Types((0, 2), (0.5, 0.5))))
    assert plan.efficient
    assert plan.gains == plan.first_best == 1.25
    assert plan.deficit == pytest.approx(-0.25, abs=EXACT)


def test_two_types_each_that_cannot() -> None:
    """Values 1, 5 and costs 0, 4: with chances a, b of the two small trades, gains (a + 5 + b)/4, rents a + b; so
    a + b <= 5/3 and the best is 5/3 of 7/4. The budget's multiplier is 1/3: d gains / d subsidy = (1/4)/(3/4)."""
    plan = solve_trade(Trade(Types((1, 5), (0.5, 0.5)), Types((0, 4), (0.5, 0.5))))
    assert not plan.efficient
    assert plan.deficit == pytest.approx(0.25, abs=EXACT)
    assert plan.gains == pytest.approx(5 / 3, abs=EXACT)
    assert plan.trade[0, 0] + plan.trade[1, 1] == pytest.approx(5 / 3, abs=EXACT)
    assert plan.shadows.budget == pytest.approx(1 / 3, abs=EXACT)


def test_a_broker_for_profit_trades_less() -> None:
    """Virtual values -3, 5 and virtual costs 0, 8: only the high value and the low cost trade, for a profit of 5/4."""
    plan = solve_trade(Trade(Types((1, 5), (0.5, 0.5)), Types((0, 4), (0.5, 0.5)), profit_weight=1))
    assert plan.trade.tolist() == [[0, 0], [1, 0]]
    assert plan.profit == pytest.approx(1.25, abs=EXACT)


def grid(n: int) -> Types:
    """Uniform on [0, 1] in n equal steps, each at its middle."""
    return Types(tuple((np.arange(n) + 0.5) / n), (1 / n,) * n)


def test_fine_grids_come_close_to_nine_sixty_fourths() -> None:
    misses = [solve_trade(Trade(grid(n), grid(n))).gains - 9 / 64 for n in (10, 20, 40)]
    assert misses == sorted(misses, reverse=True)
    assert 0 < misses[2] < 0.35 * misses[0]


@pytest.mark.slow
def test_a_finer_grid_comes_closer() -> None:
    plan = solve_trade(Trade(grid(100), grid(100)))
    assert plan.gains == pytest.approx(9 / 64, abs=2e-3)
    assert plan.deficit == pytest.approx(1 / 6, abs=1e-2)


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (DoubleAuction(Prior(0.3, 1), UNIT), "lowest value 0.3 is above 0.25"),
        (DoubleAuction(UNIT, Prior(0, 0.7)), "highest cost 0.7 is below 0.75"),
        (DoubleAuction(UNIT, Prior(1, 2)), "is above any cost"),
        (DoubleAuction(Prior(0, 1, 2), UNIT), "uniform"),
    ],
)
def test_where_no_line_is_known(rules: DoubleAuction, words: str) -> None:
    with pytest.raises(NotApplicable, match=words):
        solve_auction(rules)


def test_what_rules_refuse() -> None:
    with pytest.raises(NotApplicable, match="virtual value"):
        bound(Prior(0, 1, 0.5), UNIT)
    for wrong in (
        lambda: Prior(1, 1),
        lambda: Prior(0, 1, 0),
        lambda: Types((2, 1), (0.5, 0.5)),
        lambda: Types((1, 2), (0.5, 0.6)),
        lambda: Types((1, 2), (1.0,)),
        lambda: Types((), ()),
        lambda: Types((1, 2), (0.0, 1.0)),
        lambda: DoubleAuction(UNIT, UNIT, 1.5),
        lambda: Trade(grid(2), grid(2), -0.1),
    ):
        with pytest.raises(UsageError):
            wrong()


@pytest.mark.parametrize("exponent", [2.0, 50.0, 1e3, 1e5])
def test_a_value_that_is_nearly_known(exponent: float) -> None:
    """F(v) = v^e, costs uniform: first best E[v^2]/2, deficit 1/2 - 1/(e + 2) (own derivation).

    To a computer 0.4^1000 is 0, so that a whole part of the range has no density at all. The second best is summed
    over equally likely values, with the condition for trade of Myerson & Satterthwaite.
    """
    best = bound(Prior(0, 1, exponent), Prior(0, 1))
    assert best.first_best == pytest.approx(exponent / (2 * (exponent + 2)), abs=1e-9)
    assert best.deficit == pytest.approx(1 / 2 - 1 / (exponent + 2), abs=1e-9)
    below = (np.arange(100_000) + 0.5) / 100_000
    value = below ** (1 / exponent)
    cost = np.clip((value - best.alpha * (1 - below) * value / (exponent * below)) / (1 + best.alpha), 0, 1)
    assert best.second_best == pytest.approx(np.mean(value * cost - cost**2 / 2), abs=1e-6)
    assert best.chance == pytest.approx(np.mean(cost), abs=1e-5)
    rent = (1 - below) * value / (exponent * below)
    assert np.mean((value - rent - cost) * cost) == pytest.approx(0, abs=1e-4)  # what is left over
