"""The second best beside other roads to it: brute force over prices of the budget, and sums over fine grids."""

from __future__ import annotations

import numpy as np
import pytest

from bargain.protocols.double_auction.bound import bound
from bargain.protocols.double_auction.linear import solve_auction
from bargain.protocols.double_auction.mechanism import solve_trade
from bargain.protocols.double_auction.rules import DoubleAuction, Prior, Trade, Types


def virtual(types: Types, sign: int) -> np.ndarray:
    """Discrete virtual values (sign 1) or costs (sign -1), from the definition."""
    values, chances = types.values, types.chances
    found = []
    for i, value in enumerate(values):
        j = i + sign
        beyond = sum(chances[i + 1 :]) if sign > 0 else sum(chances[:i])
        found.append(value - (values[j] - value) * beyond / chances[i] if 0 <= j < len(values) else value)
    return np.array(found)


def relaxed(rules: Trade) -> tuple[float, bool]:
    """The least worth of trade over prices of the budget, with downward incentives only; and if that is exact."""
    v, c = np.array(rules.values.values), np.array(rules.costs.values)
    f, g = np.array(rules.values.chances), np.array(rules.costs.chances)
    high, low = virtual(rules.values, 1), virtual(rules.costs, -1)
    joint, worth, kept = f[:, None] * g, v[:, None] - c, high[:, None] - low
    kinks = -worth[kept != 0] / kept[kept != 0]  # the worth of trades is piecewise linear in the price
    prices = [0.0, *kinks[kinks > 0]]
    best = min(float((joint * np.maximum(0, worth + price * kept)).sum()) for price in prices)
    return best, bool(np.all(np.diff(high) > 0) and np.all(np.diff(low) > 0))


@pytest.mark.parametrize("seed", range(60))
def test_the_programme_beside_prices_of_the_budget(seed: int) -> None:
    rng = np.random.default_rng(seed)
    sides = []
    for n in rng.integers(2, 6, 2):
        chances = rng.uniform(0.5, 1, n)
        sides.append(Types(tuple(np.cumsum(rng.uniform(0.5, 1, n))), tuple(chances / chances.sum())))
    rules = Trade(*sides)
    limit, regular = relaxed(rules)
    found = solve_trade(rules).gains
    assert found <= limit + 1e-9
    if regular:
        assert found == pytest.approx(limit, abs=1e-9)


@pytest.mark.parametrize(
    ("values", "costs"),
    [
        (Prior(0, 1), Prior(0, 1)),
        (Prior(0, 1), Prior(-1, 0.1)),
        (Prior(0, 1, 2), Prior(0, 1, 0.5)),
        (Prior(1, 3, 3), Prior(0, 2, 1.7)),
    ],
)
def test_the_bound_beside_sums_over_a_grid(values: Prior, costs: Prior) -> None:
    """Quantiles at the middles of 600 equal steps; trade iff v - a (1-F)/f >= c + a G/g, with a found by bisection."""
    q = (np.arange(600) + 0.5) / 600
    v, c = values.low + values.width * q ** (1 / values.exponent), costs.low + costs.width * q ** (1 / costs.exponent)
    f = np.array([values.density(float(x)) for x in v])
    rent, premium = (1 - q) / f, (c - costs.low) / costs.exponent

    def mean(alpha: float, what: np.ndarray) -> float:
        return float(np.mean(what * ((v - alpha * rent)[:, None] >= c + alpha * premium)))

    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        surplus = mean(middle, (v - rent)[:, None] - (c + premium))
        low, high = (middle, high) if surplus < 0 else (low, middle)
    found = bound(values, costs)
    assert found.first_best == pytest.approx(mean(0.0, v[:, None] - c), abs=4e-3)
    assert found.alpha == pytest.approx(high, abs=5e-3)
    assert found.second_best == pytest.approx(mean(high, v[:, None] - c), abs=4e-3)
    assert found.chance == pytest.approx(mean(high, np.ones((600, 600))), abs=4e-3)


@pytest.mark.parametrize("seed", range(25))
def test_the_auction_beside_a_grid_of_types(seed: int) -> None:
    rng = np.random.default_rng(seed)
    k = float(rng.uniform(0, 1))
    rules = DoubleAuction(Prior(0, 1), Prior(0, float(rng.uniform(1 - k / 2, 1.5))), k)
    plan = solve_auction(rules)
    x = (np.arange(800) + 0.5) / 800
    cost = x * rules.costs.high
    bids, asks = np.array([plan.bids.at(v) for v in x])[:, None], np.array([plan.asks.at(c) for c in cost])
    trades, price = bids >= asks, k * bids + (1 - k) * asks
    assert np.mean(trades) == pytest.approx(plan.chance, abs=3e-3)
    assert np.mean(trades * (x[:, None] - price)) == pytest.approx(plan.payoffs[0], abs=1e-3)
    assert np.mean(trades * (price - cost)) == pytest.approx(plan.payoffs[1], abs=1e-3)
