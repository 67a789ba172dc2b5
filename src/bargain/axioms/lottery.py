"""Lotteries among any number of players, by small linear programmes over the chances: what axioms need to know."""

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

__all__ = ["corners_above", "most", "room"]

Floats = NDArray[np.float64]

ACCURATE = 1e-10
"""What constraints of a programme may be off by, in units of what is at stake; a thousandth of what axioms look at."""
FLAT = 1e-9
"""Determinants below this, in units of what is at stake, belong to systems without a single solution."""


def room(points: Floats, at: Floats, stake: Floats) -> float:
    """The largest t for which some lottery over (k, n) points pays at least ``at + t stake``; negative if none pays at.

    >>> round(room(np.eye(3), np.zeros(3), np.ones(3)), 6)
    0.333333
    """
    gains = (points - at) / stake
    rows = np.column_stack([-gains.T, np.ones(gains.shape[1])])
    found = _solved(np.r_[np.zeros(len(points)), -1.0], rows, np.zeros(gains.shape[1]), free=1)
    assert found is not None, "some t is always low enough"
    return float(found[-1])


def most(points: Floats, player: int, floor: Floats, stake: Floats) -> float:
    """The best expected payoff of a player over lotteries that pay nobody less than ``floor``; -inf if there is none.

    >>> simplex = np.array([[4.0, 0.0, 0.0], [0.0, 2.0, 0.0], [0.0, 0.0, 1.0]])
    >>> round(most(simplex, 0, np.array([0.0, 1.0, 0.0]), np.ones(3)), 6)
    2.0
    """
    gains = (points - floor) / stake
    found = _solved(-gains[:, player], -gains.T, np.full(len(stake), ACCURATE), free=0)
    return -np.inf if found is None else float(found @ points[:, player])


def _solved(cost: Floats, rows: Floats, bound: Floats, free: int) -> Floats | None:
    """Chances, and ``free`` more unknowns, of least cost with ``rows x <= bound``; None if there are none."""
    from scipy.optimize import linprog

    chances = len(cost) - free
    once = np.r_[np.ones(chances), np.zeros(free)][None, :]
    bounds = [(0.0, None)] * chances + [(None, None)] * free
    options = {"primal_feasibility_tolerance": ACCURATE, "dual_feasibility_tolerance": ACCURATE}
    found = linprog(cost, rows, bound, once, [1.0], bounds, method="highs", options=options)
    return np.asarray(found.x) if found.status == 0 else None


def corners_above(points: Floats, floor: Floats, stake: Floats) -> Floats:
    """(c, n) the corners of all lotteries that pay nobody less than ``floor``.

    At a corner s points are mixed, and s - 1 of the players just break even; all such systems are solved.

    >>> corners_above(np.array([[4.0, 0.0], [0.0, 4.0]]), np.array([1.0, 0.0]), np.ones(2)).tolist()
    [[1.0, 3.0], [4.0, 0.0]]
    """
    gains, n = (points - floor) / stake, len(floor)
    found = [np.zeros((0, n))]
    for size in range(1, min(len(points), n + 1) + 1):
        support = np.array(list(combinations(range(len(points)), size)))
        for tight in combinations(range(n), size - 1):
            mixed = gains[support]
            system = np.concatenate([mixed[:, :, list(tight)], np.ones((len(support), size, 1))], axis=2)
            single = np.abs(np.linalg.det(system)) > FLAT
            right = np.r_[np.zeros(size - 1), 1.0]
            chances = np.linalg.solve(system[single].transpose(0, 2, 1), right[:, None])[..., 0]
            paid = np.einsum("cs,csn->cn", chances, mixed[single])
            fine = (chances >= -ACCURATE).all(axis=1) & (paid >= -ACCURATE).all(axis=1)
            found.append(np.maximum(paid[fine], 0.0))
    corners = np.vstack(found)
    _, first = np.unique(corners.round(9), axis=0, return_index=True)
    return np.asarray(floor + corners[np.sort(first)][np.lexsort(corners[np.sort(first)].T[::-1])] * stake)
