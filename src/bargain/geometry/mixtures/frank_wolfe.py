"""The largest weighted product of gains over mixtures: the fully corrective Frank-Wolfe method.

    maximise   sum_i w_i log y_i   over mixtures y of agreements, sum_i w_i = 1

At prices w_i / y_i no mixture is worth more than the best one, which is worth 1. So the agreement with the highest
priced value enters (Frank & Wolfe 1956, Nav. Res. Logist. 3:95), then all chances are chosen anew, and what the highest
agreement is worth beyond 1 bounds how far the logarithm of the product is from the largest (Jaggi 2013, ICML). The
chances are found by Newton steps on the affine hull of the agreements in use; whoever's chance reaches 0 leaves, as in
Wolfe (1976, Math. Program. 11:128), so that those in use are always affinely independent, and few.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.mixtures.linear import Columns

__all__ = ["Product", "largest_product"]

Floats = NDArray[np.float64]

SMALLEST_CHANCE = 1e-13
"""A chance below this is none."""
NEWTON = 60
"""Steps on one set of agreements; from a start nearby five are enough."""
ROUNDS = 2000
"""Agreements that enter; some dozens do."""


@dataclass(frozen=True, eq=False)
class Product:
    """The largest product over mixtures.

    Attributes
    ----------
    chances : number of an agreement in the pool -> its chance.
    point : (n,) the mixture.  prices : (n,) w / y, at which it is worth 1.
    gap : by how much an agreement may be worth more than 1: the bound on the logarithm of the product.
    rounds : how many agreements were asked for.
    """

    chances: dict[int, float]
    point: Floats
    prices: Floats
    gap: float
    rounds: int


def largest_product(columns: Columns, powers: Floats, start: dict[int, float], accuracy: float = 1e-13) -> Product:
    """The mixture with the largest product of ``y_i`` to the power w_i.

    Parameters
    ----------
    columns : agreements by price; their points are gains, in any units, one per player.
    powers : (n,) w, all positive, summing to 1.
    start : chances of affinely independent agreements at which everybody gains.
    accuracy : the gap at which to stop.

    >>> from bargain.geometry.mixtures.atoms import Listing
    >>> triangle = Listing(np.array([[4.0, 0.0], [0.0, 2.0]])).pool(np.zeros(2), np.ones(2))
    >>> largest_product(triangle, np.array([0.75, 0.25]), {0: 0.5, 1: 0.5}).point.round(9).tolist()
    [3.0, 0.5]
    """
    used, chances = list(start), np.array(list(start.values()))
    gap = best_gap = np.inf
    entered, rounds = -1, 0
    while rounds < ROUNDS:
        rounds += 1
        used, chances = _corrected(columns, powers, used, chances)
        point = chances @ columns.points[used]
        prices = powers / point
        best = columns.find(prices, 1.0 + accuracy)
        gap = max(float(columns.points[best] @ prices) - 1.0, 0.0)
        if gap <= accuracy or best in used or (best == entered and gap >= best_gap):
            break
        best_gap, entered = min(gap, best_gap), best
        used, chances = [*used, best], np.append(chances, 0.0)
    return Product(dict(zip(used, chances.tolist(), strict=True)), point, prices, gap, rounds)


def _corrected(columns: Columns, powers: Floats, used: list[int], chances: Floats) -> tuple[list[int], Floats]:
    """The best chances of the agreements in use, those that need none left out."""
    roots = np.sqrt(powers)
    for _ in range(NEWTON):
        if len(used) == 1:
            return used, np.ones(1)
        points = columns.points[used]
        at = chances @ points
        step, decrement = _newton(points, at, roots)
        length, blocked = _furthest(chances, step)
        share = _uphill(step @ points / at, powers, min(length, 1.0), decrement)
        chances = chances + share * step
        if share == length:
            chances[blocked] = 0.0
        chances = np.where(chances < SMALLEST_CHANCE, 0.0, chances)
        keep = np.flatnonzero(chances)
        used, chances = [used[i] for i in keep], chances[keep] / chances.sum()
        if share < length and decrement < 1e-12:
            break
    return used, chances


def _uphill(slopes: Floats, powers: Floats, share: float, decrement: float) -> float:
    """The share of a step to take: halved until the product rises by a quarter of what the model promises."""
    while decrement > 1e-6 and share > 1e-12:
        factors = 1 + share * slopes
        if factors.min() > 0 and powers @ np.log(factors) >= 0.25 * share * decrement**2:
            break
        share /= 2
    return share


def _newton(points: Floats, at: Floats, roots: Floats) -> tuple[Floats, float]:
    """The step of the chances (they keep summing to 1) to the maximum of the quadratic model, and its length there.

    With D the differences to the agreement most like ``at``, scaled by sqrt(w) / y, the gradient is D sqrt(w) and the
    Hessian -D D': the step is a problem of least squares, which stays accurate where D is nearly dependent.
    """
    base = int((np.abs(points - at) / at).max(axis=1).argmin())
    others = [i for i in range(len(points)) if i != base]
    differences = (points[others] - points[base]) * (roots / at)
    part = np.linalg.lstsq(differences.T, roots, rcond=1e-13)[0]
    step = np.empty(len(points))
    step[others] = part
    step[base] = -part.sum()
    return step, float(np.linalg.norm(part @ differences))


def _furthest(chances: Floats, step: Floats) -> tuple[float, int]:
    """How far the step may go until a chance is 0, and whose."""
    ratios = np.full(len(step), np.inf)
    falling = step < 0
    ratios[falling] = chances[falling] / -step[falling]
    blocked = int(ratios.argmin())
    return float(ratios[blocked]), blocked
