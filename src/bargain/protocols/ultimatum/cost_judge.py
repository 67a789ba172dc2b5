"""The judge of demands to a private cost: brute force over demands and costs, with parabolas through three points.

Between the knots of a plan the proposer's payoff is a quadratic in its demand, so that three points give its peak.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bargain.protocols.judging import Judgement, largest
from bargain.protocols.ultimatum.plan import Cutoffs, Steps
from bargain.protocols.ultimatum.rules import PrivateCost

__all__ = ["judge_cost"]

Floats = NDArray[np.float64]

GRID = 101
"""Costs, and first demands between two knots, that are tried."""
WAITS = 60
"""Rounds that a type may let pass, where there is no last one."""


def judge_cost(rules: PrivateCost, plan: Cutoffs | Steps) -> Judgement:
    """The largest gain from one deviation: of the proposer at any demand, of any cost at any demand, and of beliefs.

    >>> rules = PrivateCost(win=0.5, cost=0.1, low=0, high=0.3)
    >>> knots = np.array([0, 0.3])
    >>> judge_cost(rules, Cutoffs(0.1, knots, knots, np.zeros(0))).certified
    True
    >>> judge_cost(rules, Cutoffs(0.15, knots, knots, np.zeros(0))).certified
    False
    """
    tried = _steps(rules, plan) if isinstance(plan, Steps) else _cutoffs(rules, plan)
    gain, where = largest(tried, lambda one: one[0])
    return Judgement(max(gain, 0.0), rules.pie, len(tried), where)


def _peak(worth: Callable[[float], float], left: float, right: float) -> float:
    """The highest of a quadratic on an interval, from three points."""
    middle = (left + right) / 2
    low, mid, high = worth(left), worth(middle), worth(right)
    bend, slope = low - 2 * mid + high, (high - low) / 2
    best = max(low, mid, high)
    if bend < 0 and abs(slope) < -bend:
        best = max(best, worth(middle - slope / bend * (right - left) / 2))
    return best


def _cutoffs(rules: PrivateCost, plan: Cutoffs) -> list[tuple[float, str]]:
    if not (np.diff(plan.demands) >= 0).all() or not plan.first <= rules.ceiling:
        return [(np.inf, "the demands of the plan are not possible, or not in order")]
    edges = [-rules.win * rules.pie, *plan.demands.tolist(), rules.ceiling]
    tried = []
    for left, right in pairwise(edges):
        for demand in np.linspace(left, right, GRID // len(edges) + 2).tolist() if right > left else [left]:
            tried += _answers(rules, plan, demand)
            if len(plan.replies):
                tried.append(_reply(rules, plan, demand))
    made = _worth(rules, plan, plan.first)
    for left, right in pairwise(edges):
        if right > left:
            inside = _peak(lambda demand: _worth(rules, plan, demand), left + _hair(rules), right)
            tried.append((inside - made, f"the proposer, by a first demand between {left:.4g} and {right:.4g}"))
    return tried


def _hair(rules: PrivateCost) -> float:
    """A step off a knot, on whose one side the payoff may jump."""
    return 1e-12 * rules.pie


def _play(rules: PrivateCost, plan: Cutoffs, demand: float) -> tuple[float, float]:
    """The cost from which a first demand is accepted (inf: nobody does), and the demand after it was refused."""
    cutoff = float(np.interp(demand, plan.demands, plan.cutoffs, left=rules.low, right=np.inf))
    reply = float(np.interp(demand, plan.demands, plan.replies)) if len(plan.replies) else np.inf
    return cutoff, reply


def _answers(rules: PrivateCost, plan: Cutoffs, demand: float) -> list[tuple[float, str]]:
    """The types' gains; next to the cutoff there are types that gain whatever the cutoff misses indifference by."""
    cutoff, reply = _play(rules, plan, demand)
    if not rules.low <= cutoff <= rules.high and cutoff < np.inf:
        return [(np.inf, f"the cutoff for demand {demand:.4g} is outside the range of costs")]
    costs = np.append(np.linspace(rules.low, rules.high, GRID), min(cutoff, rules.high))
    wait = rules.patience[1] * np.maximum(costs - reply, 0.0) if len(plan.replies) else np.zeros(len(costs))
    ahead = costs - demand - wait
    gains = np.where(costs >= cutoff, -ahead, ahead)
    if cutoff > rules.low:
        gains[-1] = abs(ahead[-1]) if cutoff < rules.high else ahead[-1]
    worst = int(np.argmax(gains))
    return [(float(gains[worst]), f"cost {costs[worst]:.4g}, in its answer to the first demand {demand:.4g}")]


def _reply(rules: PrivateCost, plan: Cutoffs, demand: float) -> tuple[float, str]:
    """The proposer's gain after a refusal, when costs are uniform from low to the cutoff (where there is a chance)."""
    cutoff, reply = _play(rules, plan, demand)
    cutoff = min(cutoff, rules.high)
    width = cutoff - rules.low
    if width <= _hair(rules):
        return 0.0, ""

    def worth(last: float) -> float:
        return min(max(cutoff - last, 0.0), width) / width * (last + rules.cost)

    top = min(rules.ceiling, cutoff)
    best = _peak(worth, rules.low, top) if top > rules.low else worth(top)
    over = np.inf if reply > rules.ceiling + _hair(rules) else best - worth(reply)
    return over, f"the proposer, after a refusal of {demand:.4g}"


def _worth(rules: PrivateCost, plan: Cutoffs, demand: float) -> float:
    """The proposer's gain over conflict from a first demand."""
    cutoff, reply = _play(rules, plan, demand)
    cutoff = min(cutoff, rules.high)
    gain = (rules.high - cutoff) * (demand + rules.cost)
    if len(plan.replies):
        later = min(max(cutoff - reply, 0.0), cutoff - rules.low)
        gain += rules.patience[0] * later * (reply + rules.cost) if later > 0 else 0.0
    return gain / (rules.high - rules.low)


def _steps(rules: PrivateCost, plan: Steps) -> list[tuple[float, str]]:
    """Stationary play, for a highest cost of 1: answers, beliefs, and the proposer's choice of who is left."""
    factor, scale = rules.patience[1], rules.high
    tried = [(abs(plan.left - plan.price / plan.reserve) * scale, "the highest cost that is left, by Bayes' rule")]
    costs = np.linspace(0.0, 1.0, GRID)
    for left in np.linspace(0.02, 1.0, 50).tolist():
        demand = plan.reserve * left
        rounds = np.arange(1, WAITS)[:, None]
        waits = (factor**rounds * (np.append(costs, left) - plan.price * plan.left ** (rounds - 1) * left)).max(axis=0)
        ahead = np.append(costs, left) - demand - np.maximum(waits, 0.0)
        gains = np.where(np.append(costs, left) >= left, -ahead, ahead)
        gains[-1] = abs(ahead[-1])
        tried.append((float(gains.max()) * scale, f"a cost, in its answer to the demand {demand * scale:.4g}"))
    later = (1 - plan.left) * plan.price / (1 - rules.patience[0] * plan.left**2)

    def worth(left: float) -> float:
        return (1 - left) * plan.reserve * left + rules.patience[0] * later * left**2

    tried.append(((_peak(worth, 0.0, 1.0) - later) * scale, "the proposer, by another demand"))
    return tried
