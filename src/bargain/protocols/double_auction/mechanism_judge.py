"""The judge of mechanisms: every type tries every report, and a bound shows that no other mechanism does better."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from bargain.protocols.double_auction.plan import MechanismPlan, Shadows
from bargain.protocols.double_auction.rules import Trade
from bargain.protocols.judging import Judgement, largest

__all__ = ["judge_trade", "upper_bound"]

Array = NDArray[np.float64]

Found = tuple[float, int, str]
"""A gain, the number of deviations tried for it, and what it is."""


def judge_trade(rules: Trade, plan: MechanismPlan) -> Judgement:
    """The largest gain from a wrong report or from staying away, and every other way in which a mechanism can fail.

    Besides reports: chances are chances, the broker never pays in on average (and never at all if its profit does not
    count), claims are right, gains are no more than the first best, and by the multipliers no mechanism does better.
    """
    values, costs = np.array(rules.values.values), np.array(rules.costs.values)
    scale = max(float(values[-1] - costs[0]), float(np.ptp(values)), float(np.ptp(costs)))
    shape = (len(values), len(costs))
    if any(array.shape != shape or not np.isfinite(array).all() for array in (plan.trade, plan.pays, plan.receives)):
        return Judgement(math.inf, scale, checked=1, where="the mechanism does not fit the types")
    found = [*_reports(rules, plan), *_money(rules, plan), *_claims(rules, plan), *_best(rules, plan, scale)]
    gain, _, where = largest(found, lambda entry: entry[0])
    return Judgement(gain, scale, checked=sum(entry[1] for entry in found), where=where)


def _reports(rules: Trade, plan: MechanismPlan) -> Iterator[Found]:
    """What each type gains by its best report instead of the truth, and by staying away."""
    f, g = np.array(rules.values.chances), np.array(rules.costs.chances)
    buyer = np.outer(rules.values.values, plan.trade @ g) - plan.pays @ g
    seller = f @ plan.receives - np.outer(rules.costs.values, f @ plan.trade)
    for name, types, paid in ((rules.players[0], rules.values, buyer), (rules.players[1], rules.costs, seller)):
        truth = np.diag(paid)
        gains = paid - truth[:, None]
        liar, report = (int(place) for place in np.unravel_index(np.argmax(gains), gains.shape))
        told = f"{name} of type {types.values[liar]:g} reporting {types.values[report]:g}"
        yield float(gains.max()), gains.size, told
        last = int(np.argmin(truth))
        yield float(-truth[last]), len(truth), f"{name} of type {types.values[last]:g} staying away"


def _money(rules: Trade, plan: MechanismPlan) -> Iterator[Found]:
    """Chances outside 0 to 1, and money that comes from nowhere."""
    f, g = np.array(rules.values.chances), np.array(rules.costs.chances)
    outside = max(float(-plan.trade.min()), float(plan.trade.max() - 1.0))
    yield (math.inf if outside > 0 else 0.0), 1, "a chance of trade that is none"
    kept = plan.pays - plan.receives
    yield float(-(f @ kept @ g)), 1, "the broker by not paying in"
    if rules.profit_weight == 0:
        yield float(np.abs(kept).max()), 1, "the broker by a budget that does not balance"
    yield abs(plan.profit - float(f @ kept @ g)), 1, f"claimed profit: {plan.profit:.9g}"


def _claims(rules: Trade, plan: MechanismPlan) -> Iterator[Found]:
    """What the plan says about payoffs and gains, recomputed."""
    v, c = np.array(rules.values.values), np.array(rules.costs.values)
    f, g = np.array(rules.values.chances), np.array(rules.costs.chances)
    worth = f[:, None] * g * (v[:, None] - c)
    buyer = v * (plan.trade @ g) - plan.pays @ g
    seller = f @ plan.receives - c * (f @ plan.trade)
    gains, first = float((worth * plan.trade).sum()), float(worth[worth > 0].sum())
    yield float(np.abs(plan.buyer - buyer).max()), 1, "claimed payoffs of the buyer"
    yield float(np.abs(plan.seller - seller).max()), 1, "claimed payoffs of the seller"
    yield abs(plan.gains - gains), 1, f"claimed gains: {plan.gains:.9g}, found {gains:.9g}"
    yield abs(plan.first_best - first), 1, f"claimed first best: {plan.first_best:.9g}, found {first:.9g}"
    yield gains - first, 1, "gains beyond the first best"
    yield abs(plan.deficit - _deficit(rules)), 1, f"claimed deficit: {plan.deficit:.9g}"


def _deficit(rules: Trade) -> float:
    """What efficient trade costs: expected virtual cost less virtual value over it, by the chances of types beyond."""
    f, g = rules.values.chances, rules.costs.chances
    total = 0.0
    for i, value in enumerate(rules.values.values):
        above = math.fsum(f[i + 1 :])
        step = rules.values.values[i + 1] - value if above > 0 else 0.0
        for j, cost in enumerate(rules.costs.values):
            below = math.fsum(g[:j])
            fall = cost - rules.costs.values[j - 1] if j > 0 else 0.0
            if value > cost:
                total += f[i] * g[j] * (cost + fall * below / g[j] - value + step * above / f[i])
    return total


def _best(rules: Trade, plan: MechanismPlan, scale: float) -> Iterator[Found]:
    """How much better another mechanism could be, as far as the multipliers can tell."""
    weight = rules.profit_weight
    reached = (1.0 - weight) * plan.gains + weight * plan.profit
    limit, loose = upper_bound(rules, plan.shadows)
    yield loose * scale, 1, "multipliers that leave money unpriced"
    yield limit - reached, 1, f"another mechanism: it could reach {limit:.9g} instead of {reached:.9g}"


def upper_bound(rules: Trade, shadows: Shadows) -> tuple[float, float]:
    """What no mechanism can exceed, by weak duality, and how far the multipliers are from being ones.

    Multipliers of the constraints must not be negative and must price every payment at 0; then the objective of any
    mechanism is at most the sum of what is positive among the prices of the chances of trade.
    """
    w = rules.profit_weight
    v, c = np.array(rules.values.values), np.array(rules.costs.values)
    f, g = np.array(rules.values.chances), np.array(rules.costs.chances)
    money_b, chance_b = _prices(v, shadows.buyer_down, shadows.buyer_up, shadows.buyer_stays)
    money_s, chance_s = _prices(-c, shadows.seller_down, shadows.seller_up, shadows.seller_stays)
    unpriced = [money_b - (w + shadows.budget) * f, money_s - (w + shadows.budget) * g]
    parts = (shadows.buyer_down, shadows.buyer_up, shadows.seller_down, shadows.seller_up)
    stays = (shadows.buyer_stays, shadows.seller_stays, np.array([shadows.budget]))
    negative = max(float(-part.min()) for part in (*parts, *stays) if part.size)
    worth = (1.0 - w) * f[:, None] * g * (v[:, None] - c) + chance_b[:, None] * g + f[:, None] * chance_s
    loose = max(negative, *(float(np.abs(part).max()) for part in unpriced))
    return float(np.maximum(worth, 0.0).sum()), loose


def _prices(types: Array, lower: Array, higher: Array, stays: Array) -> tuple[Array, Array]:
    """What the constraints of one side charge for its money and for its chance of trade, by type.

    ``lower[i]`` is the multiplier of type i+1 not reporting i, ``higher[i]`` of type i not reporting i+1; a type's
    payoff is its worth of a chance, ``types``, less money.
    """
    own = stays.copy()
    own[1:] += lower
    own[:-1] += higher
    money, chance = own.copy(), own * types
    money[:-1] -= lower
    money[1:] -= higher
    chance[:-1] -= lower * types[1:]
    chance[1:] -= higher * types[:-1]
    return money, chance
