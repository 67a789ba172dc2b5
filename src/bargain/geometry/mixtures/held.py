"""Lotteries of lotteries: what can be had without anybody falling below disagreement, and mixtures made small again."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.mixtures.linear import Optimum

__all__ = ["Held", "few"]

Floats = NDArray[np.float64]

SAME = 1e-11
"""Gains that agree to this share of what is at stake are the same."""


class Held:
    """The lotteries that hold everybody at or above disagreement, by price; their points are the gains of some.

    ``highest`` gives the best of them for an objective (n,), ``able`` (n,) marks those whose gains count.
    """

    def __init__(self, highest: Callable[[Floats], Optimum], able: NDArray[np.bool_]) -> None:
        self.highest, self.able = highest, able
        self.lotteries: list[Optimum] = []
        self.points = np.zeros((0, int(able.sum())))
        self.prices = np.zeros(len(able))

    def add(self, one: Optimum) -> int:
        """Remember a lottery; one that pays the same as an earlier one is that one."""
        gains = one.point[self.able]
        same = np.flatnonzero((np.abs(self.points - gains) <= SAME).all(axis=1))
        if len(same):
            return int(same[0])
        self.points = np.vstack([self.points, gains])
        self.lotteries.append(one)
        return len(self.lotteries) - 1

    def find(self, prices: Floats, above: float) -> int:
        """The highest lottery."""
        del above
        objective = np.zeros(len(self.able))
        objective[self.able] = prices
        best = self.highest(objective / prices.max())
        self.prices = best.prices * prices.max()
        return self.add(best)

    def unfolded(self, chances: Mapping[int, float]) -> dict[int, float]:
        """Chances of agreements, from chances of lotteries."""
        total: dict[int, float] = {}
        for index, chance in chances.items():
            for number, share in self.lotteries[index].chances.items():
                total[number] = total.get(number, 0.0) + chance * share
        return total


def few(points: Floats, chances: Floats) -> tuple[NDArray[np.intp], Floats]:
    """Chances of fewer rows of ``points`` (k, n) with the same mean: those left are affinely independent.

    >>> rows, chances = few(np.array([[0.0, 2.0], [1.0, 1.0], [2.0, 0.0]]), np.array([0.25, 0.5, 0.25]))
    >>> len(rows), round(float(chances.sum()), 12)
    (2, 1.0)
    """
    rows = np.arange(len(points))
    while len(rows) > 1:
        _, sizes, directions = np.linalg.svd(np.vstack([points[rows].T, np.ones(len(rows))]), full_matrices=True)
        if len(sizes) == len(rows) and sizes[-1] > 1e-10 * sizes[0]:
            break
        step = directions[-1]
        falling = step < 0
        if not falling.any():
            break
        lengths = np.full(len(rows), np.inf)
        lengths[falling] = chances[falling] / -step[falling]
        chances = chances + lengths.min() * step
        chances[lengths.argmin()] = 0.0
        kept = chances > 0
        rows, chances = rows[kept], chances[kept] / chances[kept].sum()
    return rows, chances
