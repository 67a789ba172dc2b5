"""The judge of the double auction: every type tries every bid against what the other side bids or asks."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.protocols.double_auction.plan import AuctionPlan, Line
from bargain.protocols.double_auction.rules import DoubleAuction, Prior
from bargain.protocols.judging import Judgement, largest

__all__ = ["auction_deviations", "judge_auction"]

Array = NDArray[np.float64]
TYPES = 101
"""Types of each side, evenly over its range, that try other bids; the corners of the plan come on top."""
BIDS = 401
"""Bids that every type tries at first, evenly over all that could matter."""
FINER = 21
"""Bids tried between the neighbours of the best so far, again and again."""
ROUNDS = 4
"""So often; a payoff is flat at its peak, so what is still missed is of the square of 1e-7 of the range."""

Found = tuple[float, int, str]
"""A gain, the number of deviations tried for it, and what it is."""


def judge_auction(rules: DoubleAuction, plan: AuctionPlan) -> Judgement:
    """The largest gain of any type from another bid or ask, and what the plan claims.

    A payoff is an integral over the other side's types; bids rise in straight pieces, so the types that trade with a
    bid are found by inverting them, and for uniform priors the integrals are exact. Plans for other priors are refused.
    """
    scale = rules.values.high - rules.costs.low
    found = [_shape(plan.bids, rules.values, "bids"), _shape(plan.asks, rules.costs, "asks")]
    found += [_uniform(rules.values, "values"), _uniform(rules.costs, "costs")]
    if max(found)[0] == 0:
        found += [*auction_deviations(rules, plan), *_claims(rules, plan, scale)]
    gain, _, where = largest(found, lambda entry: entry[0])
    return Judgement(gain, scale, checked=sum(entry[1] for entry in found), where=where)


def auction_deviations(rules: DoubleAuction, plan: AuctionPlan) -> Iterator[Found]:
    """The largest gain on each side."""
    ends = [
        rules.values.low,
        rules.values.high,
        rules.costs.low,
        rules.costs.high,
        *plan.bids.heights,
        *plan.asks.heights,
    ]
    for side in _sides(rules, plan):
        types = np.union1d(np.linspace(side.prior.low, side.prior.high, TYPES), side.own.knots)
        planned = side.payoff(types, side.planned(types))
        best, bid, tried = _best(side, types, np.linspace(min(ends), max(ends), BIDS))
        place = int(np.argmax(best - planned))
        what = f"{side.name} of type {types[place]:.6g} with {bid[place]:.6g}"
        yield float((best - planned)[place]), tried, what


@dataclass(frozen=True)
class _Side:
    """One side of the auction: its own line and prior, the other's, and how the price weighs the own bid."""

    name: str
    own: Line
    prior: Prior
    other: Line
    facing: Prior
    weight: float
    buys: bool

    def planned(self, types: Array) -> Array:
        """What types bid or ask by the plan."""
        return np.interp(types, self.own.knots, self.own.heights)

    def trades(self, bids: Array) -> tuple[Array, Array]:
        """The chance that a bid trades, and the other's bid over those cases, times the chance."""
        knots, heights = np.array(self.other.knots), np.array(self.other.heights)
        last = np.interp(bids, heights, knots)  # the other's type that bids the same
        pieces = np.concatenate([[0.0], np.cumsum(np.diff(knots) * (heights[1:] + heights[:-1]) / 2)])
        before = np.clip(np.searchsorted(knots, last, side="right") - 1, 0, len(knots) - 2)
        end = np.interp(last, knots, heights)
        area = pieces[before] + (last - knots[before]) * (heights[before] + end) / 2
        below, sums = (last - self.facing.low) / self.facing.width, area / self.facing.width
        return (below, sums) if self.buys else (1.0 - below, pieces[-1] / self.facing.width - sums)

    def payoff(self, types: Array, bids: Array) -> Array:
        """What a type expects of a bid: (type - price) over trades for the buyer, (price - type) for the seller."""
        chance, others = self.trades(bids)
        paid = self.weight * bids * chance + (1.0 - self.weight) * others
        sign = 1.0 if self.buys else -1.0
        return np.asarray(sign * (types * chance - paid))


def _sides(rules: DoubleAuction, plan: AuctionPlan) -> tuple[_Side, _Side]:
    """The buyer's side and the seller's."""
    k, (buyer, seller) = rules.price_weight, rules.players
    return (
        _Side(buyer, plan.bids, rules.values, plan.asks, rules.costs, k, buys=True),
        _Side(seller, plan.asks, rules.costs, plan.bids, rules.values, 1.0 - k, buys=False),
    )


def _best(side: _Side, types: Array, grid: Array) -> tuple[Array, Array, int]:
    """The best payoff of every type, its bid, and how many bids were tried in all."""
    bids = np.broadcast_to(grid, (len(types), len(grid)))
    step, tried = float(grid[1] - grid[0]), 0
    for _ in range(ROUNDS + 1):
        paid = side.payoff(types[:, None], bids)
        tried += paid.size
        top = np.argmax(paid, axis=1)[:, None]
        best, bid = np.take_along_axis(paid, top, 1)[:, 0], np.take_along_axis(bids, top, 1)[:, 0]
        bids = bid[:, None] + np.linspace(-step, step, FINER)
        step *= 2.0 / (FINER - 1)
    return best, bid, tried


def _shape(line: Line, prior: Prior, what: str) -> Found:
    """Nothing if every type has a bid and they rise, else an infinite fault."""
    knots, heights = np.array(line.knots), np.array(line.heights)
    spans = knots[0] == prior.low and knots[-1] == prior.high and len(knots) == len(heights)
    rises = bool(np.all(np.diff(knots) > 0) and np.all(np.diff(heights) > 0))
    return (0.0, 1, "") if spans and rises else (math.inf, 1, f"the {what} do not rise over all types")


def _uniform(prior: Prior, what: str) -> Found:
    """Nothing if a prior is uniform, which all integrals here assume, else an infinite fault."""
    even = prior.exponent == 1
    return (0.0, 1, "") if even else (math.inf, 1, f"{what} that are not uniform, which this judge cannot integrate,")


def _claims(rules: DoubleAuction, plan: AuctionPlan, scale: float) -> Iterator[Found]:
    """What the plan says about payoffs, the chance of trade and prices, recomputed."""
    for side, claimed in zip(_sides(rules, plan), plan.payoffs, strict=True):
        types, weights = _over(side)
        paid = float(weights @ side.payoff(types, side.planned(types)))
        chance = float(weights @ side.trades(side.planned(types))[0])
        yield _claim(f"payoff of {side.name}", claimed, paid, 1.0)
        yield _claim("chance of trade", plan.chance, chance, scale)
    yield _claim("lowest price", plan.lowest, plan.asks.heights[0], 1.0)
    yield _claim("highest price", plan.highest, plan.bids.heights[-1], 1.0)


def _claim(what: str, claimed: float, found: float, scale: float) -> Found:
    """A wrong claim, as a gain: its error, in units of payoff."""
    return abs(claimed - found) * scale, 1, f"claimed {what}: {claimed:.9g}, found {found:.9g}"


def _over(side: _Side) -> tuple[Array, Array]:
    """Types and weights that integrate over a prior what is cubic between the corners of both lines."""
    kinks = np.interp(side.other.heights, side.own.heights, side.own.knots)
    ends = np.unique(np.concatenate([side.own.knots, kinks]))
    nodes, weights = np.polynomial.legendre.leggauss(3)
    half = np.diff(ends)[:, None] / 2
    return (ends[:-1, None] + half * (1.0 + nodes)).ravel(), (half * weights).ravel() / side.prior.width
