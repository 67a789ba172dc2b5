"""The core: divisions that no coalition has a reason to leave; and what comes closest where there are none."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from bargain.games.coalitions import Game, members_of
from bargain.games.program import PRICED, Program, dust_of, normalised, proper

__all__ = ["CORNERS_FOR", "LeastCore", "core_corners", "core_ranges", "least_core"]

Floats = NDArray[np.float64]

CORNERS_FOR = 4
"""Players up to which the corners of the core are found, from all ways to hold n - 1 coalitions to what they ask."""


@dataclass(frozen=True, eq=False)
class LeastCore:
    """The smallest largest excess over all divisions of the grand coalition's worth.

    Attributes
    ----------
    excess : above 0 if the core is empty: what every proper coalition would have to give up, or pay for leaving.
    shares : (n,) a division that reaches it.
    weights : coalition -> weight, so that every player belongs to coalitions of total weight 1 (a balanced collection).
    balanced : the weighted sum of their worths; the core is empty exactly if it can exceed the worth of all.
    """

    excess: float
    shares: Floats
    weights: dict[int, float]
    balanced: float

    @property
    def empty(self) -> bool:
        """Whether every division leaves some coalition short."""
        return self.excess > 0


def least_core(game: Game) -> LeastCore:
    """Make the largest excess as small as possible; a negative one is set to what it is, dust to 0.

    Sources: Bondareva (1963), Problemy Kibernetiki 10, 119-139, and Shapley (1967), Naval Research Logistics Quarterly
    14(4), 453-460 (balanced collections); Maschler, Peleg & Shapley (1979), Mathematics of Operations Research 4(4),
    303-338 (least core).

    Raises
    ------
    NotApplicable
        above 16 players.

    >>> majority = Game(np.array([0.0, 0, 0, 1, 0, 1, 1, 1]))  # any two of three
    >>> found = least_core(majority)
    >>> found.empty, round(found.excess, 9), round(found.balanced, 9)
    (True, 0.333333333, 1.5)
    >>> {coalition: round(weight, 9) for coalition, weight in found.weights.items()}
    {3: 0.5, 5: 0.5, 6: 0.5}
    """
    if game.n == 1:
        return LeastCore(0.0, np.array([game.grand]), {1: 1.0}, game.grand)
    worth, unit = normalised(game)
    found = _program(worth, game.n).least_excess()
    excess = 0.0 if abs(found.excess * unit) <= dust_of(game) else found.excess * unit
    per_player = sum(price for s, price in found.prices.items() if s & 1)
    weights = {s: price / per_player for s, price in sorted(found.prices.items()) if price > PRICED}
    balanced = float(sum(weight * game.values[s] for s, weight in weights.items()))
    return LeastCore(excess, found.shares * unit + game.alone, weights, balanced)


def core_ranges(game: Game) -> Floats:
    """(n, 2) the least and the most that each player gets in the core, which must not be empty."""
    if game.n == 1:
        return np.array([[game.grand, game.grand]])
    worth, unit = normalised(game)
    program = _program(worth, game.n)
    ends = []
    for player in np.eye(game.n):
        ends.append([float(sign * (program.lowest(sign * player).shares @ player) * sign) for sign in (1.0, -1.0)])
    ranges = np.array(ends)
    ranges[np.abs(ranges * unit) <= dust_of(game)] = 0.0
    return np.asarray(ranges * unit + game.alone[:, None])


def core_corners(game: Game) -> Floats | None:
    """(k, n) the extreme points of the core, sorted; None above 4 players.

    At a corner, n - 1 independent coalitions get exactly what they are worth.

    >>> core_corners(Game(np.array([0.0, 0, 0, 4, 0, 5, 6, 10]))).tolist()
    [[0.0, 4.0, 6.0], [0.0, 5.0, 5.0], [4.0, 0.0, 6.0], [4.0, 5.0, 1.0]]
    """
    n = game.n
    if n > CORNERS_FOR:
        return None
    if n == 1:
        return np.array([[game.grand]])
    members = members_of(n).astype(float)
    groups = np.array(list(combinations(range(1, 2**n - 1), n - 1)))
    rows = np.concatenate([members[groups], np.ones((len(groups), 1, n))], axis=1)
    sides = np.concatenate([game.values[groups], np.full((len(groups), 1), game.grand)], axis=1)
    independent = np.abs(np.linalg.det(rows)) > 0.5  # whole-number rows
    points = np.linalg.solve(rows[independent], sides[independent][..., None])[..., 0]
    dust = 10 * dust_of(game)
    points = points[(points @ members.T >= game.values - dust).all(axis=1)]
    first = np.unique((points / (dust or 1.0)).round(), axis=0, return_index=True)[1]
    corners = points[first]
    return np.asarray(corners[np.lexsort(corners.round(12).T[::-1])] + 0.0)


def _program(worth: Floats, n: int) -> Program:
    return Program(worth, proper(n), None, (np.ones((1, n)), worth[-1:]))
