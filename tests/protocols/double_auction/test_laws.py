"""What must hold of any trade under private information: units, mirrored roles, the order of what can be reached."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from bargain.protocols.double_auction.bound import bound
from bargain.protocols.double_auction.linear import solve_auction
from bargain.protocols.double_auction.mechanism import solve_trade
from bargain.protocols.double_auction.rules import DoubleAuction, Prior, Trade, Types


def drawn(seed: int) -> DoubleAuction:
    """Ranges in which the linear equilibrium exists."""
    rng = np.random.default_rng(seed)
    k, low, width = (float(x) for x in rng.uniform((0, -5, 0.5), (1, 5, 8)))
    values = Prior(float(rng.uniform(low - width, low + (1 - k) * width / 2)), low + width)
    costs = Prior(low, float(rng.uniform(low + (2 - k) * width / 2, low + 2 * width)))
    return DoubleAuction(values, costs, k)


@pytest.mark.parametrize("seed", range(50))
def test_no_auction_beats_the_second_best_nor_that_the_first(seed: int) -> None:
    rules = drawn(seed)
    plan, best = solve_auction(rules), bound(rules.values, rules.costs)
    assert plan.gains <= best.second_best + 1e-9
    assert best.second_best <= best.first_best + 1e-9
    assert best.deficit >= -1e-9
    assert min(plan.payoffs) >= 0


@pytest.mark.parametrize("seed", range(50))
def test_a_buyer_is_a_seller_in_a_mirror(seed: int) -> None:
    """Values x and costs y become costs -x and values -y, k becomes 1 - k, and the two change places."""
    rules = drawn(seed)
    values, costs = Prior(-rules.costs.high, -rules.costs.low), Prior(-rules.values.high, -rules.values.low)
    plan, mirrored = solve_auction(rules), solve_auction(DoubleAuction(values, costs, 1 - rules.price_weight))
    assert mirrored.payoffs == pytest.approx(plan.payoffs[::-1], abs=1e-9)
    assert mirrored.chance == pytest.approx(plan.chance, abs=1e-9)


@pytest.mark.parametrize("seed", range(50))
def test_units_do_not_matter(seed: int) -> None:
    rng = np.random.default_rng(seed)
    values, costs = (np.sort(rng.uniform(0, 10, 4)) for _ in range(2))
    even = (0.25,) * 4
    plan = solve_trade(Trade(Types(tuple(values), even), Types(tuple(costs), even)))
    scaled = solve_trade(Trade(Types(tuple(3 * values + 7), even), Types(tuple(3 * costs + 7), even)))
    assert scaled.gains == pytest.approx(3 * plan.gains, abs=1e-8)
    assert scaled.deficit == pytest.approx(3 * plan.deficit, abs=1e-8)


@pytest.mark.parametrize("seed", range(50))
def test_a_broker_who_cares_more_for_profit_makes_more_and_trades_for_less(seed: int) -> None:
    rng = np.random.default_rng(seed)
    sides = [Types(tuple(np.sort(rng.uniform(0, 10, 4))), (0.25,) * 4) for _ in range(2)]
    plans = [solve_trade(Trade(sides[0], sides[1], weight)) for weight in (0.1, 0.5, 0.9)]
    for less, more in pairwise(plans):
        assert more.profit >= less.profit - 1e-9
        assert more.gains <= less.gains + 1e-9
