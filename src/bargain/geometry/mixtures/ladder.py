"""Leximin over lotteries, level by level."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.mixtures.linear import Optimum, Rows, attained

__all__ = ["Solver", "climb"]

Floats = NDArray[np.float64]

PRESSED = 1e-6
"""Whoever has this share of the prices at the last point of a ray cannot rise there."""
LOWEST = -10.0
"""Gains lie between -1 and 1 in units of what is at stake; a player whose level is this low has it in any mixture."""
FAR = -1e4
"""A level below this would swamp the others; until it comes up, the player is left out."""


class Solver(Protocol):
    """`linear.maximise_over_mixtures` over some agreements."""

    def __call__(self, objective: Floats, rows: Rows, pull: float, least: float) -> Optimum | None:
        """The best mixture, or None."""


def climb(solve: Solver, base: Floats, ray: Floats, floor: Floats, low: Floats, rest: Floats) -> tuple[Optimum, float]:
    """Leximin of (y - base) / ray among those with a ray, nobody below floor; and how high the first level is.

    All on the ray are raised together; whoever has a price where that ends is fixed there, the others go on. A price
    means that in no best mixture the player has more (complementary slackness). Prices of those who move sum to 1, so
    at least one is fixed on every level. At last those without a ray share what is left, raised by ``rest``. All (n,);
    ``low`` is below what can be attained, or is attained.

    >>> from functools import partial
    >>> from bargain.geometry.mixtures.atoms import Listing
    >>> from bargain.geometry.mixtures.linear import maximise_over_mixtures
    >>> pool = Listing(np.array([[1.0, 4.0, 0.0], [1.0, 0.0, 2.0]])).pool(np.zeros(3), np.ones(3))
    >>> solve = partial(maximise_over_mixtures, pool)
    >>> best, reach = climb(solve, np.zeros(3), np.ones(3), np.zeros(3), np.zeros(3), np.ones(3))
    >>> best.point.round(9).tolist(), round(reach, 9)
    ([1.0, 1.333333333, 1.333333333], 1.0)
    """
    heights: list[float] = []
    ray, floor, resting = ray.copy(), floor.copy(), ray <= 0
    least = float(((low - base)[~resting] / ray[~resting]).min())
    while True:
        best, reach, prices = _level(solve, base, ray, floor, least)
        heights.append(reach)
        pressed = prices * ray
        bound = np.flatnonzero(pressed > PRESSED * pressed.max())
        floor[bound], ray[bound] = (base + ray * reach)[bound], 0.0
        least = reach
        if not ray.any() and resting.any():
            base, ray, resting = np.maximum(floor, 0.0), resting * rest, np.zeros_like(resting)
            least = 0.0
        if not ray.any():
            return best, heights[0]


def _level(solve: Solver, base: Floats, ray: Floats, floor: Floats, least: float) -> tuple[Optimum, float, Floats]:
    """Raise all on the ray as far as they go together; also the price of each player's level, (n,).

    Payoffs may be of very different sizes: who is far below anything attainable joins when the others pass that.
    """
    moving = ray > 0
    rising = np.where(moving, ray, 1.0)
    safe = np.where(moving, (LOWEST - base) / rising, np.inf)
    least = max(least, float(safe.min()))
    while True:
        near = moving & (base + ray * least >= FAR)
        best, reach = _raised(solve, base, np.where(near, ray, 0.0), floor, least)
        passed = moving & ~near & (base + ray * reach > best.point + 1e-9)
        if not passed.any():
            prices = np.zeros_like(ray)
            prices[near] = best.row_prices[: near.sum()]
            return best, reach, prices
        least = max(least, float(safe[passed].max()))


def _raised(solve: Solver, base: Floats, ray: Floats, floor: Floats, least: float) -> tuple[Optimum, float]:
    """The last point of a ray, which is measured by its longest part."""
    moving, scale = ray > 0, float(ray.max())
    beneath = np.isfinite(floor) & (~moving | (base + ray * least < floor))
    each = np.eye(len(ray))
    rows = Rows(
        np.vstack([each[moving], each[beneath]]),
        np.append(ray[moving] / scale, np.zeros(beneath.sum())),
        np.append(base[moving], floor[beneath]),
    )
    best = attained(solve(np.zeros_like(ray), rows, 1.0, least * scale))
    return best, best.reach / scale
