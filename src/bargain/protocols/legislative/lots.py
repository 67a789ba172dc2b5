"""Stationary plans in which indifferent members accept by lot, and perhaps one proposer draws between two motions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise, product

import numpy as np
from numpy.typing import NDArray

from bargain.protocols.legislative.plan import WAIT, MotionPlan
from bargain.protocols.legislative.rules import Motions
from bargain.protocols.legislative.signing import worth

__all__ = ["with_lots"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CLOSE = 1e-10
"""Payoffs this close, in parts of what is at stake for a member, are equal to it."""
NEAR = 0.05
"""How near a hovering price is, in parts of what is at stake for the member."""
COMBINED = 64
"""So many sets of indifferent members are tried around a policy."""
GRID = 21
"""Chances of acceptance at which a change of sign is looked for before it is halved down."""
HALVINGS = 60


def with_lots(
    rules: Motions, policy: Ints, prices: Floats | None = None, seen: Sequence[Sequence[int]] = ()
) -> MotionPlan | None:
    """The plan around a policy in which indifferent members accept by lot, if there is one.

    Let member j be indifferent to agreement a, w_j = u_j(a), and accept it with chance x_a; let q_a be the chance that
    a is moved. Since a session signs a with chance q_a x_a, v_j is at the level that belongs to w_j if

        (1 - delta_j) (v_j - s_j) + sum over a of q_a x_a (w_j - u_j(a)) = 0,

    one line in the chances for each indifferent member. If one member alone is indifferent and no chance will do, a
    proposer may draw between a and another motion b that it was seen to move: then x makes it indifferent between the
    two, and the chance of a keeps w_j where it is. Tried are members whose price hovers near what the agreement is
    worth, or all if it is not known where prices hover.
    """
    moved = np.zeros((rules.house.n, len(rules.payoffs) + 1))
    moved[np.arange(rules.house.n), policy] = 1.0
    motions = list(dict.fromkeys(policy[policy >= 0].tolist()))
    gaps = np.zeros_like(rules.payoffs) if prices is None else np.abs(rules.payoffs - prices)
    near = [np.flatnonzero(gaps[a] <= NEAR * rules.stakes).tolist() for a in motions]
    for voters in islice(product(*[[None, *found] for found in near]), COMBINED):
        lots = {a: j for a, j in zip(motions, voters, strict=True) if j is not None}
        if not lots or len(set(lots.values())) < len(lots):
            continue
        for candidate, chances in _candidates(rules, moved, lots, seen):
            if (plan := _checked(rules, candidate, lots, chances)) is not None:
                return plan
    return None


def _candidates(
    rules: Motions, moved: Floats, lots: Mapping[int, int], seen: Sequence[Sequence[int]]
) -> Iterator[tuple[Floats, Floats]]:
    """What is moved, and the chances of acceptance, such that everybody who draws lots is indifferent."""
    chances = _together(rules, moved, lots)
    if chances is not None:
        yield moved, chances
    elif len(lots) == 1 and seen:
        (a, j), *_ = lots.items()
        level = _value_at(rules, j, float(rules.payoffs[a, j]))
        if level is None:
            return
        for i in np.flatnonzero(moved[:, a]).tolist():
            for b in {*seen[i], WAIT} - {a}:
                for table, x in _drawn(rules, moved, (a, b, i), j, level):
                    yield table, np.array([x])


def _together(rules: Motions, moved: Floats, lots: Mapping[int, int]) -> Floats | None:
    """The chances of acceptance, one for each lot, from as many lines; None if they are no chances."""
    house, by_lot, voters = rules.house, list(lots), list(lots.values())
    signing = house.chances @ moved[:, :-1]
    level = rules.payoffs[by_lot, voters]
    delta, standing = house.waiting[voters], house.standing[voters]
    if (delta == 0).any():
        return None
    worth = (level - (1 - delta) * standing) / delta
    slopes = signing * (level[:, None] - rules.payoffs[:, voters].T)
    sure = np.setdiff1d(np.arange(len(rules.payoffs)), by_lot)
    fixed = (1 - delta) * (worth - standing) + slopes[:, sure].sum(axis=1)
    try:
        units = rules.stakes[voters]  # so that no line outweighs another by the units of its member
        chances = np.linalg.solve(slopes[:, by_lot] / units[:, None], -fixed / units)
    except np.linalg.LinAlgError:
        return None
    return chances if ((chances >= 0) & (chances <= 1)).all() else None


def _value_at(rules: Motions, j: int, price: float) -> float | None:
    """v_j at which w_j is the price."""
    delta = rules.house.waiting[j]
    return None if delta == 0 else float((price - (1 - delta) * rules.house.standing[j]) / delta)


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
        price = _priced(rules, table, {a: x})[1][i]
        other = price if b == WAIT else rules.payoffs[b, i]
        return table, float(x * rules.payoffs[a, i] + (1 - x) * price - other)

    points = [(x, found) for x in np.linspace(0, 1, GRID) if (found := at(float(x))) is not None]
    for (low, (_, first)), (high, (_, second)) in pairwise(points):
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


def _priced(rules: Motions, moved: Floats, lots: Mapping[int, float]) -> tuple[Floats, Floats]:
    """Values and prices if what is moved passes, with these chances where there are lots."""
    signing = rules.house.chances @ moved[:, :-1]
    for a, x in lots.items():
        signing[a] *= x
    return worth(rules, signing @ rules.payoffs, np.asarray(1 - signing.sum()))


def _checked(rules: Motions, moved: Floats, lots: Mapping[int, int], chances: Floats) -> MotionPlan | None:
    """The plan, if everybody does what is best at its prices: votes, motions, and those who draw lots decide."""
    values, prices = _priced(rules, moved, dict(zip(lots, chances.tolist(), strict=True)))
    slack, payoffs = rules.slack(CLOSE), rules.payoffs
    accepted = (payoffs >= prices - slack).astype(float)
    passing = rules.house.passes(accepted > 0).astype(float)
    for (a, j), x in zip(lots.items(), chances.tolist(), strict=True):
        without = accepted[a] > 0
        without[j] = False
        if abs(prices[j] - payoffs[a, j]) > slack[j] or not passing[a] or rules.house.passes(without):
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
