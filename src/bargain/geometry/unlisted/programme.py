"""An aim over a sum of blocks as an integer programme: one row of every block is taken, by HiGHS.

This is the fallback where too many partial sums are in question. Logarithms are bounded by tangents, and a tangent is
added wherever the answer stands until it is good enough (Duran & Grossmann 1986, An outer-approximation algorithm for a
class of mixed-integer nonlinear programs, Mathematical Programming 36, 307-339).
"""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.unlisted.aims import CLOSEST, Aim, Product, Ray, Total
from bargain.geometry.unlisted.bent import BentSum
from bargain.geometry.unlisted.relaxation import Blocks

__all__ = ["Solved", "solve_programme"]

Floats = NDArray[np.float64]

SECONDS = 10.0
"""Time the integer programmes of one question may take."""
SIZE = 1e4
"""Objectives are multiplied by this: the solver stops at a gap of 1e-6 of its own."""
TRUSTED = 1e-6
"""Feasibility tolerance of the solver: its bound is trusted no further."""
TANGENTS = 12
"""Tangents per player to begin with."""
ROUNDS = 15
"""Far more new tangents than are needed."""


@dataclass(frozen=True)
class Solved:
    """The rows taken (one index per block, into the stacked rows; None if nothing was found), and a bound on levels."""

    taken: NDArray[np.intp] | None
    bound: float


def solve_programme(blocks: Blocks, aim: Aim, seconds: float = SECONDS, *, presolve: bool = False) -> Solved:
    """The agreement with the highest level.

    Presolving is left out because it makes some versions of HiGHS print to standard output.

    >>> pie = Blocks.stacked([np.array([[1.0, 0.0], [0.0, 1.0]])] * 2)
    >>> found = solve_programme(pie, Ray(np.zeros(2), np.ones(2), np.zeros(2)))
    >>> pie.rows[found.taken].sum(axis=0), round(found.bound, 5)
    (array([1., 1.]), 1.0)
    """
    players = len(aim.floor)
    match aim:
        case Ray():
            on, low = aim.ray > 0, np.isfinite(aim.floor)
            rows = np.column_stack([blocks.rows[:, on], blocks.rows[:, low]])
            cost = -np.append(aim.ray[on], np.zeros(low.sum()))[:, None]
            return _once(
                Blocks(rows, blocks.starts), cost, np.r_[aim.origin[on], aim.floor[low]], np.ones(1), seconds, presolve
            )
        case Total():
            rows = np.column_stack([blocks.rows, blocks.rows @ aim.weights])
            cost = np.append(np.zeros(players), -1.0)[:, None]
            return _once(Blocks(rows, blocks.starts), cost, np.append(aim.floor, 0.0), np.ones(1), seconds, presolve)
        case Product() | BentSum():
            return _by_tangents(blocks, aim, seconds, presolve)
        case _:
            raise TypeError(f"no programme for {aim!r}")


def _once(
    blocks: Blocks,
    extra: Floats,
    floor: Floats,
    worth: Floats,
    seconds: float,
    presolve: bool,
    cuts: tuple[Floats, Floats] | None = None,
) -> Solved:
    """Maximise ``worth . t`` with one row per block and ``rows' x + extra t >= floor``."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, hstack

    count, free = len(blocks.rows), len(worth)
    owner = np.repeat(np.arange(len(blocks.starts)), blocks.sizes)
    one_each = csr_array((np.ones(count), (owner, np.arange(count))), shape=(len(blocks.starts), count + free))
    limits = [
        LinearConstraint(one_each, 1, 1),
        LinearConstraint(hstack([csr_array(blocks.rows.T), csr_array(extra)]).tocsr(), floor, np.inf),
    ]
    if cuts is not None:
        limits.append(LinearConstraint(cuts[0], -np.inf, cuts[1]))
    found = milp(
        np.r_[np.zeros(count), -SIZE * worth],
        integrality=np.r_[np.ones(count), np.zeros(free)],
        bounds=Bounds(np.r_[np.zeros(count), np.full(free, -np.inf)], np.r_[np.ones(count), np.full(free, np.inf)]),
        constraints=limits,
        options={"time_limit": seconds, "mip_rel_gap": 0.0, "presolve": presolve},
    )
    if found.status == 2:
        return Solved(None, -np.inf)
    bound = np.inf if found.mip_dual_bound is None else -found.mip_dual_bound / SIZE + TRUSTED
    if found.x is None:
        return Solved(None, float(bound))
    pieces = np.split(found.x[:count], blocks.starts[1:])
    return Solved(np.array([piece.argmax() for piece in pieces]) + blocks.starts, float(bound))


def _by_tangents(blocks: Blocks, aim: Product | BentSum, seconds: float, presolve: bool) -> Solved:
    """Outer approximation: what is added player by player below its tangents."""
    players = len(aim.floor)
    on = np.flatnonzero(aim.powers > 0)
    top = blocks.highest(blocks.rows).sum(axis=0) - aim.origin
    near = aim.relaxed(blocks, None).point - aim.origin
    around = np.geomspace(0.2, 4, TANGENTS)
    where = [(aim.origin[i] + np.clip(around * near[i], CLOSEST, max(top[i], CLOSEST))).tolist() for i in on]
    bound, best, level = np.inf, None, -np.inf
    deadline = perf_counter() + seconds
    for _ in range(ROUNDS):
        if (left := deadline - perf_counter()) < 0:
            break
        cuts = _tangents(blocks, aim, on, where)
        extra = np.zeros((players, len(on)))
        found = _once(blocks, extra, np.maximum(aim.floor, aim.origin), np.ones(len(on)), left, presolve, cuts)
        bound = min(bound, found.bound)
        if found.taken is None:
            break
        point = blocks.rows[found.taken].sum(axis=0)
        reached = float(aim.levels(point[None])[0])
        if reached > level:
            best, level = found.taken, reached
        if bound - level <= 2 * TRUSTED:
            break
        for column, i in enumerate(on):
            where[column].append(float(point[i]))
    return Solved(best, bound)


def _tangents(
    blocks: Blocks, aim: Product | BentSum, on: NDArray[np.intp], where: list[list[float]]
) -> tuple[Floats, Floats]:
    """Rows of ``l_i - slope payoff_i <= offset``, one for every player and place."""
    rows, limits = [], []
    for column, i in enumerate(on):
        for at in where[column]:
            unit = np.zeros(len(on))
            unit[column] = 1.0
            slope, offset = aim.tangent(int(i), at)
            rows.append(np.r_[-slope * blocks.rows[:, i], unit])
            limits.append(offset)
    return np.array(rows), np.array(limits)
