"""Demands to a uniform private cost in closed form: once, twice, and without a last round."""

from __future__ import annotations

from itertools import pairwise
from math import inf, sqrt

import numpy as np

from bargain.errors import NotApplicable
from bargain.protocols.ultimatum.plan import Cutoffs, Path, Steps
from bargain.protocols.ultimatum.rules import PrivateCost

__all__ = ["conflict", "demand", "expected_payoff", "path"]

ROUNDS_SHOWN = 8
"""Of a path without a last round so many rounds are told; by then the range of costs is mostly used up."""


def demand(rules: PrivateCost) -> Cutoffs | Steps:
    """The equilibrium demands, counted from the share ``win * pie``; with cost [l, h] and a own cost a of the proposer,

    once: z = max(l, (h - a)/2), cut to the ceiling (Fearon 1995, Int. Org. 49:379; Powell 1999, In the Shadow of Power,
    whose status quo is ``held``); twice: the cost k from which the first demand is accepted maximises
    (h - k)(z1 + a) + D (k - z2)(z2 + a), z1 = k - d(k - z2), z2 = max(l, (k - a)/2) cut to the ceiling, D and d the
    factors of proposer and responder; without a last round (Gul, Sonnenschein and Wilson 1986, J. Econ. Theory 39:155)
    with s = sqrt(1 - d): s/(1 + s) times the highest cost left, which falls by 1/(1 + s) each round.

    >>> float(demand(PrivateCost(win=0.5, cost=0.1, low=0, high=0.3)).first)
    0.09999999999999999
    >>> round(float(demand(PrivateCost(0, 0, 0, 1, rounds=2, patience=(0.5, 0.5))).first), 12)  # k(1 - d/2), k = 0.6
    0.45
    """
    if rules.rounds == inf:
        return _without_end(rules)
    if rules.ceiling <= rules.low:
        all_of_it = np.array([rules.ceiling])
        return Cutoffs(rules.ceiling, all_of_it, np.array([rules.low]), all_of_it[: int(rules.rounds) - 1])
    if rules.rounds == 2:
        return _twice(rules)
    knots = np.array([rules.low, min(rules.high, rules.ceiling)], dtype=float)
    return Cutoffs(_last(rules, rules.high), knots, knots, np.zeros(0))


def _last(rules: PrivateCost, highest: float) -> float:
    """The best last demand if costs are uniform from low to ``highest``."""
    return min(rules.ceiling, max(rules.low, (highest - rules.cost) / 2))


def _twice(rules: PrivateCost) -> Cutoffs:
    if rules.patience[1] == 1:
        raise NotApplicable("two rounds are not solved for a responder that loses nothing by waiting")
    low, high, own = rules.low, rules.high, rules.cost
    turning = [2 * low + own, 2 * rules.ceiling + own]
    knots = sorted({low, high, *(knot for knot in turning if low < knot < high)})
    knots = _up_to_the_ceiling(rules, knots)
    values = {knot: _worth(rules, knot) for knot in knots}
    for left, right in pairwise(knots):
        peak = _vertex(rules, left, right)
        if peak is not None:
            values[peak] = _worth(rules, peak)
    best = max(values, key=lambda knot: (values[knot], -knot))
    cutoffs = np.array(knots, dtype=float)
    demands = np.array([_possible(rules, knot) for knot in knots])
    if knots[-1] < high:
        demands[-1] = rules.ceiling
    return Cutoffs(_possible(rules, best), demands, cutoffs, np.array([_last(rules, knot) for knot in knots]))


def _first(rules: PrivateCost, cutoff: float) -> float:
    """The first demand that is accepted from this cost on: there waiting for the last demand is as good."""
    return cutoff - rules.patience[1] * (cutoff - _last(rules, cutoff))


def _possible(rules: PrivateCost, cutoff: float) -> float:
    """The first demand of a knot; at the ceiling, rounding would ask for more than may be asked for."""
    return min(rules.ceiling, _first(rules, cutoff))


def _up_to_the_ceiling(rules: PrivateCost, knots: list[float]) -> list[float]:
    """The knots whose demands are possible, and the last cutoff that is."""
    kept = [knot for knot in knots if _first(rules, knot) <= rules.ceiling]
    if len(kept) == len(knots):
        return knots
    below, above = kept[-1], knots[len(kept)]
    rise = (_first(rules, above) - _first(rules, below)) / (above - below)
    edge = below + (rules.ceiling - _first(rules, below)) / rise
    return kept + [edge] if edge > below else kept


def _worth(rules: PrivateCost, cutoff: float) -> float:
    """Gain over conflict, times the width of the range of costs."""
    last = _last(rules, cutoff)
    now = (rules.high - cutoff) * (_first(rules, cutoff) + rules.cost)
    return now + rules.patience[0] * (cutoff - last) * (last + rules.cost)


def _vertex(rules: PrivateCost, left: float, right: float) -> float | None:
    """Where the worth, a quadratic between two knots, is highest inside; None if at an end."""
    own, (mine, theirs) = rules.cost, rules.patience
    slope = (_last(rules, right) - _last(rules, left)) / (right - left)
    start = _last(rules, left) - slope * left
    rise, base = 1 - theirs + theirs * slope, theirs * start + own
    square = -rise + mine * (1 - slope) * slope
    linear = rules.high * rise - base + mine * ((1 - slope) * (start + own) - start * slope)
    peak = -linear / (2 * square) if square < 0 else left
    return peak if left < peak < right else None


def _without_end(rules: PrivateCost) -> Steps:
    mine, theirs = rules.patience
    if rules.low > 0 or rules.cost > 0 or mine != theirs or theirs == 1:
        raise NotApplicable(
            "without a last round the closed form needs low and cost 0, and one patience below 1 for both players"
        )
    slow = sqrt(1 - theirs)
    if rules.high * slow / (1 + slow) > rules.ceiling:
        raise NotApplicable("the first demand would be more than can be demanded; the closed form does not hold")
    return Steps(slow / (1 + slow), slow, 1 / (1 + slow))


def path(rules: PrivateCost, plan: Cutoffs | Steps) -> tuple[Path, ...]:
    """The rounds on the path: demands from the whole pie, and the chances to come so far and to agree.

    >>> sale = PrivateCost(0, 0, 0, 1, rounds=2, patience=(0.5, 0.5))
    >>> [(round(p.offer, 12), round(p.reached, 12), round(p.accepted, 12)) for p in path(sale, demand(sale))]
    [(0.45, 1.0, 0.4), (0.3, 0.6, 0.5)]
    """
    base = rules.win * rules.pie
    if isinstance(plan, Steps):
        many = range(ROUNDS_SHOWN)
        tops = [rules.high * plan.left**step for step in many]
        return tuple(Path(step + 1, base + plan.price * tops[step], plan.left**step, 1 - plan.left) for step in many)
    width = rules.high - rules.low
    cutoff = _cutoff(plan, plan.first)
    refused = (cutoff - rules.low) / width
    steps = [Path(1, base + plan.first, 1.0, 1 - refused)]
    if len(plan.replies) and refused > 0:
        reply = float(np.interp(cutoff, plan.cutoffs, plan.replies))
        steps.append(Path(2, base + reply, refused, (cutoff - reply) / (cutoff - rules.low)))
    return tuple(steps)


def _cutoff(plan: Cutoffs, first: float) -> float:
    return float(np.interp(first, plan.demands, plan.cutoffs))


def conflict(rules: PrivateCost, plan: Cutoffs | Steps) -> float:
    """The chance that no agreement is ever reached; without a last round 0, there are only delays.

    >>> rules = PrivateCost(win=0.5, cost=0.1, low=0, high=0.3)  # (C - c)/(2C)
    >>> round(conflict(rules, demand(rules)), 12)
    0.333333333333
    """
    if isinstance(plan, Steps):
        return 0.0
    last = path(rules, plan)[-1]
    return last.reached * (1 - last.accepted)


def expected_payoff(rules: PrivateCost, plan: Cutoffs | Steps) -> float:
    """The proposer's expected payoff: conflict's, and the gains of every round that is accepted, discounted.

    >>> rules = PrivateCost(win=0.5, cost=0.1, low=0, high=0.3)  # p + (C - c)^2/(4C)
    >>> round(expected_payoff(rules, demand(rules)), 12)
    0.533333333333
    """
    base = rules.win * rules.pie
    if isinstance(plan, Steps):
        left = plan.left
        return base + rules.high * plan.price * (1 - left) / (1 - rules.patience[0] * left**2)
    gains = [
        rules.patience[0] ** (step.round - 1) * step.reached * step.accepted * (step.offer - base + rules.cost)
        for step in path(rules, plan)
    ]
    return base - rules.cost + sum(gains)
