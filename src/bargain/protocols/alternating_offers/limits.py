"""What alternating offers come to when offers follow each other faster and faster: an asymmetric Nash solution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf, log

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable
from bargain.protocols.alternating_offers.asking import Asked
from bargain.protocols.alternating_offers.curved import CurvedBorder
from bargain.protocols.alternating_offers.rounds import Waiting
from bargain.protocols.alternating_offers.rules import AlternatingOffers
from bargain.protocols.alternating_offers.solver import solve
from bargain.protocols.alternating_offers.terms import Point, Points, Polyline, PowerPie

__all__ = ["Approach", "Limit", "approach", "faster", "limit", "nash_point", "products"]

Floats = NDArray[np.float64]

HALVINGS = 200
"""Enough to reach the last digit of a share from any start."""
ON_A_LIST = (
    "the limit of fast offers is about a frontier without gaps; on a list of agreements ever more of them are "
    "equilibria as offers get faster"
)


@dataclass(frozen=True)
class Limit:
    """The asymmetric Nash solution that fast offers lead to.

    ``weights`` sum to 1; ``disagreement`` is what haggling for ever pays; ``floors`` are outside options; ``point`` are
    the payoffs.
    """

    weights: Point
    disagreement: Point
    floors: tuple[float | None, float | None]
    point: Point


@dataclass(frozen=True)
class Approach:
    """With rounds of this length: both proposals (the first mover's first), how far the farther is from the limit."""

    length: float
    offers: tuple[Point, Point]
    distance: float


def faster(rules: AlternatingOffers, length: float) -> AlternatingOffers:
    r"""The same talks with rounds of another length: $\delta^\Delta$, $1 - (1 - q)^\Delta$, $c\Delta$.

    >>> faster(AlternatingOffers(patience=(0.81, 0.64), costs=(0.1, 0.2)), 0.5).patience
    (0.9, 0.8)
    """
    first, second = (delta**length for delta in rules.patience)
    return replace(
        rules,
        patience=(first, second),
        breakdown=1 - (1 - rules.breakdown) ** length,
        costs=(rules.costs[0] * length, rules.costs[1] * length),
    )


def weights_and_standing(rules: AlternatingOffers) -> tuple[Point, Point]:
    r"""Weights and disagreement point of the limit.

    With discount rates $r_i = -\ln\delta_i$ and a rate $\lambda = -\ln(1 - q)$ of breakdown the weights are
    as $1/(\lambda + r_i)$, that is $r_j/(r_i + r_j)$ without breakdown, and the disagreement payoffs
    $(\lambda b_i + r_i g_i - c_i)/(\lambda + r_i)$ (Binmore, Rubinstein & Wolinsky 1986, RAND J. Econ. 17,
    176-188; Muthoo 1999, Bargaining Theory with Applications, ch. 6, for inside options; with several at once: own
    derivation from the same equations).

    >>> weights, _ = weights_and_standing(AlternatingOffers(patience=(0.81, 0.9)))
    >>> [round(3 * weight, 12) for weight in weights]
    [1.0, 2.0]
    """
    rate = -log(1 - rules.breakdown) if rules.breakdown < 1 else inf
    speeds = [rate + (-log(delta) if delta > 0 else inf) for delta in rules.patience]
    if not all(0 < speed < inf for speed in speeds):
        raise NotApplicable("no limit of fast offers: a player loses nothing, or everything, in a round")
    ever = [
        (rate * b + (speed - rate) * g - cost) / speed
        for speed, b, g, cost in zip(speeds, rules.after_breakdown, rules.meanwhile, rules.costs, strict=True)
    ]
    first = speeds[1] / sum(speeds)
    return (first, 1 - first), (ever[0], ever[1])


def limit(rules: AlternatingOffers) -> Limit:
    """The asymmetric Nash solution of a frontier without gaps, outside options being floors (deal-me-out).

    Raises
    ------
    NotApplicable
        on a list of agreements, with a horizon, or where a player loses nothing (or everything) in a round.

    >>> [round(3 * payoff, 12) for payoff in limit(AlternatingOffers(patience=(0.81, 0.9))).point]
    [1.0, 2.0]
    """
    if rules.horizon is not None:
        raise NotApplicable("with a last round fast offers give the last proposer more, not the Nash solution")
    weights, standing = weights_and_standing(rules)
    return Limit(weights, standing, rules.outside, nash_point(rules, weights, standing))


def nash_point(rules: AlternatingOffers, weights: Point, standing: Point) -> Point:
    """The largest weighted product of gains among what leaves nobody below its outside option."""
    terms = rules.terms
    if isinstance(terms, Asked | CurvedBorder):
        return _sought(terms, rules.outside, weights, standing)
    least = [d if w is None else max(w, d) for w, d in zip(rules.outside, standing, strict=True)]
    if isinstance(terms, Points):
        raise NotApplicable(ON_A_LIST)
    ends = terms.best(0, least[1]), terms.best(1, least[0])
    if ends[0] is None or ends[1] is None or ends[0][0] < least[0]:
        raise NotApplicable("no agreement gives both what they get without one")
    if isinstance(terms, Polyline):
        inner = [point for point in terms.corners.tolist() if ends[1][0] < point[0] < ends[0][0]]
        return _on_edges(np.array([ends[0], *inner, ends[1]]), weights, standing)
    if isinstance(terms, PowerPie):
        return _on_a_pie(terms, (ends[1][0], ends[0][0]), weights, standing)
    raise NotApplicable("the Nash solution of these terms is not known here")


def _sought(
    terms: Asked | CurvedBorder, outside: tuple[float | None, float | None], weights: Point, standing: Point
) -> Point:
    """The largest product among agreements; an outside option above it holds the answer up where there is one bend."""
    found = terms.nash(weights, standing)
    if found is None:
        raise NotApplicable("no agreement gives both more than waiting for ever")
    for player, option in enumerate(outside):
        if option is not None and found[player] < option:
            held = terms.best(1 - player, option) if terms.complete else None
            if held is None:
                raise NotApplicable("an outside option holds the answer up on a frontier that is not concave")
            return held
    return found


def _on_edges(corners: Floats, weights: Point, standing: Point) -> Point:
    """The best of every edge: a product of powers has one maximum on a line.

    Of gains (g - t a, h + t b), to the powers v and w, it is at t = w g / a - v h / b.
    """
    best = [tuple(corner) for corner in corners.tolist()]
    gains = corners - np.array(standing)
    for (start, step), (g, h) in zip(zip(corners[:-1], np.diff(corners, axis=0), strict=True), gains[:-1], strict=True):
        loss, win = step
        if loss < 0 < win:
            share = weights[1] * g / -loss - weights[0] * h / win
            if 0 < share < 1:
                best.append(tuple((start + share * step).tolist()))
    scored = [(_log_product((u - standing[0], v - standing[1]), weights), (u, v)) for u, v in best]
    return max(scored)[1]


def _log_product(gains: Point, weights: Point) -> float:
    if min(gains) <= 0:
        return -inf
    return weights[0] * log(gains[0]) + weights[1] * log(gains[1])


def _on_a_pie(terms: PowerPie, between: Point, weights: Point, standing: Point) -> Point:
    """Halving on the share: what more of it adds to the logarithm of the product falls (own derivation).

    The logarithm of x^e - d is concave for e <= 1, and for e > 1 where d >= 0.
    """
    if any(exponent > 1 and d < 0 for exponent, d in zip(terms.exponents, standing, strict=True)):
        raise NotApplicable("with an exponent above 1 and negative payoffs of disagreement there may be several")
    low, high = (payoff ** (1 / terms.exponents[0]) for payoff in between)

    def pull(share: float, player: int) -> float:
        exponent = terms.exponents[player]
        return float(weights[player] * exponent * share ** (exponent - 1) / (share**exponent - standing[player]))

    for _ in range(HALVINGS):
        share = low + (high - low) / 2
        if not low < share < high:
            break
        if pull(share, 0) > pull(terms.size - share, 1):
            low = share
        else:
            high = share
    return float(low ** terms.exponents[0]), float((terms.size - low) ** terms.exponents[1])


def approach(rules: AlternatingOffers, lengths: Sequence[float] = (1.0, 0.5, 0.25, 0.125, 0.0625)) -> list[Approach]:
    """Both proposals as offers get faster, and how far they are from the limit: the distance falls with the length.

    >>> [round(one.distance, 4) for one in approach(AlternatingOffers(patience=(0.5, 0.5)), (1, 0.5, 0.25))]
    [0.1667, 0.0858, 0.0432]
    """
    goal = limit(rules).point
    table = []
    for length in lengths:
        plan = solve(faster(rules, length))
        first, second = ((float(u), float(v)) for u, v in plan.offers)
        away = max(abs(x - y) for offer in (first, second) for x, y in zip(offer, goal, strict=True))
        table.append(Approach(length, (first, second), away))
    return table


def products(rules: AlternatingOffers, offers: Sequence[Point]) -> tuple[float, ...]:
    r"""The product of gains to the powers $1/|\ln\delta_i|$ at each offer: equal at both proposals.

    Gains are over what haggling for ever pays, $\delta_i$ is what is left of a gain after a round of waiting
    (patience times the chance that talks go on). Powers are scaled to sum to 1. Equal unless an outside option binds.

    >>> rules = AlternatingOffers(patience=(0.9, 0.8))
    >>> first, second = products(rules, solve(rules).offers.tolist())
    >>> abs(first - second) < 1e-12
    True
    """
    base, slope = Waiting.under(rules)
    if not all(0 < s < 1 for s in slope):
        raise NotApplicable("the product needs patience between 0 and 1")
    powers = np.array([-1 / log(s) for s in slope])
    standing = np.array([b / (1 - s) for b, s in zip(base, slope, strict=True)])
    gains = np.maximum(np.array(offers, dtype=float) - standing, 0.0)
    return tuple((gains ** (powers / powers.sum())).prod(axis=1).tolist())
