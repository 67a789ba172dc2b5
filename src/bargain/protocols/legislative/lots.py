"""Stationary plans in which an indifferent member accepts by lot, and perhaps one proposer draws between two motions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bargain.protocols.legislative.plan import WAIT, MotionPlan
from bargain.protocols.legislative.rules import Motions
from bargain.protocols.legislative.signing import worth

__all__ = ["with_lots"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CLOSE = 1e-10
"""Payoffs this close, in parts of what is at stake, are equal."""
NEAR = 0.05
"""How near a hovering price is, in parts of what is at stake."""
GRID = 41
"""Chances of acceptance at which a change of sign is looked for before it is halved down."""
HALVINGS = 60


def with_lots(rules: Motions, policy: Ints, prices: Floats, seen: Sequence[Sequence[int]]) -> MotionPlan | None:
    """The plan around a policy in which one member is indifferent to one agreement that is moved, if there is one.

    Tried are members whose price hovers near what the agreement is worth to them.

    Let member j be indifferent to agreement a: w_j = u_j(a), and let it accept a with chance x. Given what is moved, v_j
    is a ratio of two lines in x, so that w_j = u_j(a) gives x. If no x in [0, 1] does, a proposer of a may draw between a
    and another motion b that it was seen to move: then x makes it indifferent between the two, and the chance of a keeps w_j at u_j(a).
    """
    n = rules.house.n
    moved = np.zeros((n, len(rules.payoffs) + 1))
    moved[np.arange(n), policy] = 1.0
    for a in dict.fromkeys(policy[policy >= 0].tolist()):
        for j in np.flatnonzero(np.abs(rules.payoffs[a] - prices) <= NEAR * rules.scale).tolist():
            level = _value_at(rules, j, float(rules.payoffs[a, j]))
            if level is None:
                continue
            for candidate, x in _candidates(rules, moved, seen, (a, j, level)):
                if (plan := _checked(rules, candidate, a, j, x)) is not None:
                    return plan
    return None


def _candidates(
    rules: Motions, moved: Floats, seen: Sequence[Sequence[int]], indifferent: tuple[int, int, float]
) -> Iterator[tuple[Floats, float]]:
    """What is moved, and the chance that j accepts a, such that v_j is at the level."""
    a, j, level = indifferent
    x = _lot(rules, moved, a, j, level)
    if x is not None:
        yield moved, x
        return
    for i in np.flatnonzero(moved[:, a]).tolist():
        for b in {*seen[i], WAIT} - {a}:
            yield from _drawn(rules, moved, (a, b, i), j, level)


def _value_at(rules: Motions, j: int, price: float) -> float | None:
    """v_j at which w_j is the price."""
    delta = rules.house.waiting[j]
    return None if delta == 0 else float((price - (1 - delta) * rules.house.standing[j]) / delta)


def _lot(rules: Motions, moved: Floats, a: int, j: int, level: float) -> float | None:
    """The x with v_j(x) = level: v_j (1 - f delta_j) - b_j - f (1 - delta_j) s_j is a line in x."""
    ends = [_missing(rules, moved, a, j, level, x) for x in (0.0, 1.0)]
    if ends[0] == ends[1]:
        return None
    x = ends[0] / (ends[0] - ends[1])
    return float(x) if 0 <= x <= 1 else None


def _missing(rules: Motions, moved: Floats, a: int, j: int, level: float, x: float) -> float:
    signing = rules.house.chances @ moved[:, :-1]
    signing[a] *= x
    failed, delta = 1 - signing.sum(), rules.house.waiting[j]
    fixed = failed * (1 - delta) * rules.house.standing[j]
    return float(level * (1 - failed * delta) - signing @ rules.payoffs[:, j] - fixed)


def _drawn(
    rules: Motions, moved: Floats, choice: tuple[int, int, int], j: int, level: float
) -> Iterator[tuple[Floats, float]]:
    """Proposer i draws between a and b, where it is indifferent between them."""
    a, b, i = choice

    def at(x: float) -> tuple[Floats, float] | None:
        """The draw that keeps v_j at its level, and how much better a is than b for i."""
        both = [moved.copy() for _ in range(2)]
        both[1][i, a], both[1][i, b] = 0.0, 1.0
        ends = [_missing(rules, table, a, j, level, x) for table in both]
        share = ends[0] / (ends[0] - ends[1]) if ends[0] != ends[1] else np.nan
        if not 0 <= share <= 1:
            return None
        table = (1 - share) * both[0] + share * both[1]
        price = _priced(rules, table, a, x)[1][i]
        other = price if b == WAIT else rules.payoffs[b, i]
        return table, float(x * rules.payoffs[a, i] + (1 - x) * price - other)

    points = [(x, found) for x in np.linspace(0, 1, GRID) if (found := at(float(x))) is not None]
    for (low, (_, first)), (high, (_, second)) in zip(points[:-1], points[1:], strict=True):
        if first == 0 or first * second < 0:
            left, right = float(low), float(high)
            for _ in range(HALVINGS):
                middle = (left + right) / 2
                found = at(middle)
                if found is None:
                    break
                left, right = (middle, right) if found[1] * first > 0 else (left, middle)
            found = at(right)
            if found is not None:
                yield found[0], right


def _priced(rules: Motions, moved: Floats, a: int, x: float) -> tuple[Floats, Floats]:
    signing = rules.house.chances @ moved[:, :-1]
    signing[a] *= x
    return worth(rules, signing @ rules.payoffs, np.asarray(1 - signing.sum()))


def _checked(rules: Motions, moved: Floats, a: int, j: int, x: float) -> MotionPlan | None:
    """The plan, if everybody does what is best at its prices: votes, motions, and j as the one who decides a."""
    values, prices = _priced(rules, moved, a, x)
    slack, payoffs = CLOSE * rules.scale, rules.payoffs
    accepted = (payoffs >= prices - slack).astype(float)
    passing = rules.house.passes(accepted > 0).astype(float)
    without = accepted[a] > 0
    without[j] = False
    if abs(prices[j] - payoffs[a, j]) > slack or not passing[a] or rules.house.passes(without):
        return None
    accepted[a, j], passing[a] = x, x
    got = np.vstack([passing[:, None] * payoffs + (1 - passing)[:, None] * prices, prices])
    unused = moved <= 0
    if (np.where(unused, np.inf, got.T).min(axis=1) < got.max(axis=0) - slack).any():
        return None
    signed = (rules.house.chances @ moved[:, :-1]) > 0
    if not passing[signed].all():
        return None
    return MotionPlan(prices, moved, accepted, values)
