"""The linear equilibrium of the sealed-bid double auction (Chatterjee & Samuelson 1983)."""

from __future__ import annotations

from bargain.errors import NotApplicable
from bargain.protocols.double_auction.plan import AuctionPlan, Line
from bargain.protocols.double_auction.rules import DoubleAuction, Prior

__all__ = ["solve_auction"]

HALF = 0.6**0.5
NODES = ((-HALF, 5 / 9), (0.0, 8 / 9), (HALF, 5 / 9))
"""Gauss-Legendre on [-1, 1] with three nodes: exact for polynomials of degree five, and ours are cubic."""


def solve_auction(rules: DoubleAuction) -> AuctionPlan:
    r"""The linear equilibrium for values uniform on [v, V] and costs uniform on [c, C]; there are many others.

    $b(x) = (x + k\,l)/(1+k)$ from value $l$ on, $s(y) = (y + (1-k)h)/(2-k)$ up to cost $h$, with trade at prices from
    $l = ((1-k)V + (1+k)c)/2$ to $h = ((2-k)V + k\,c)/2$. They are best replies to one another if no value is surely
    above $l$ ($v \le l$; not needed if k = 1) and no cost surely below $h$ ($C \ge h$; not needed if k = 0).

    Raises `NotApplicable` if that fails, if a prior is not uniform, or if no value is above any cost.
    Source: Chatterjee & Samuelson (1983), Operations Research 31, 835-851; other ranges than [0, 1] own derivation.

    >>> plan = solve_auction(DoubleAuction(Prior(0, 1), Prior(0, 1)))
    >>> plan.lowest, plan.highest, round(plan.gains, 9) == 9 / 64, round(plan.chance, 9) == 9 / 32
    (0.25, 0.75, True, True)
    """
    k, values, costs = rules.price_weight, rules.values, rules.costs
    if values.exponent != 1 or costs.exponent != 1:
        raise NotApplicable("the linear equilibrium is known for uniform values and costs only")
    if values.high <= costs.low:
        raise NotApplicable(f"no value (up to {values.high:g}) is above any cost (from {costs.low:g})")
    lowest = ((1 - k) * values.high + (1 + k) * costs.low) / 2
    highest = ((2 - k) * values.high + k * costs.low) / 2
    if k < 1 and values.low > lowest:
        raise NotApplicable(f"the lowest value {values.low:g} is above {lowest:g}, so sellers would not ask on a line")
    if k > 0 and costs.high < highest:
        raise NotApplicable(f"the highest cost {costs.high:g} is below {highest:g}, so buyers would not bid on a line")
    buyer, seller, chance = _expected(rules, lowest, highest)
    bids, asks = _bids(values, k, lowest), _asks(costs, k, highest)
    return AuctionPlan(bids, asks, lowest, highest, (buyer, seller), chance)


def _bids(values: Prior, k: float, lowest: float) -> Line:
    """The buyer's line from ``lowest`` on, and the truth below it."""
    first = max(values.low, lowest)
    truth = (values.low,) if values.low < lowest else ()
    ends = (first, values.high)
    return Line((*truth, *ends), (*truth, *((x + k * lowest) / (1 + k) for x in ends)))


def _asks(costs: Prior, k: float, highest: float) -> Line:
    """The seller's line up to ``highest``, and the truth above it."""
    last = min(costs.high, highest)
    truth = (costs.high,) if costs.high > highest else ()
    ends = (costs.low, last)
    return Line((*ends, *truth), (*((y + (1 - k) * highest) / (2 - k) for y in ends), *truth))


def _expected(rules: DoubleAuction, lowest: float, highest: float) -> tuple[float, float, float]:
    """The buyer's payoff, the seller's, and the chance of trade: integrals of polynomials over values."""
    k, values, costs = rules.price_weight, rules.values, rules.costs
    top = (min(costs.high, highest) + (1 - k) * highest) / (2 - k)  # the highest ask that trades
    first, kink = max(values.low, lowest), (1 + k) * top - k * lowest  # from the kink on, every cost trades
    buyer = seller = chance = 0.0
    for a, b in ((first, min(kink, values.high)), (max(first, kink), values.high)):
        for node, weight in NODES if b > a else ():
            value = (a + b) / 2 + node * (b - a) / 2
            bid = (value + k * lowest) / (1 + k)
            ask = min(bid, top)
            cost = (2 - k) * ask - (1 - k) * highest  # the highest cost that trades with this value
            share = weight * (b - a) / 2 / values.width * (cost - costs.low) / costs.width
            price = k * bid + (1 - k) * (lowest + ask) / 2
            chance += share
            buyer += share * (value - price)
            seller += share * (price - (costs.low + cost) / 2)
    return buyer, seller, chance
