"""Lotteries among any number of signatories, by linear programs over the chances of the listed agreements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from scipy.optimize import linprog

CLOSE = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
"""As close as the solver can: what one programme lets pass, the next must not find impossible."""
BLOCKED = 1e-7
"""A player whose level cannot be raised by more than this stays at it."""


class Lotteries:
    """All lotteries over a list of gains, one row per agreement (in any order), one column per signatory."""

    def __init__(self, gains: np.ndarray) -> None:
        self.gains = np.unique(gains, axis=0)
        self.players = range(gains.shape[1])

    def _best(self, price: np.ndarray, floors: Mapping[int, float]) -> float | None:
        """Largest value of a price vector among lotteries that keep floors; None if there are none."""
        who = list(floors)
        answer = linprog(
            -self.gains @ price,
            A_ub=-self.gains[:, who].T if who else None,
            b_ub=[-floors[i] for i in who] if who else None,
            A_eq=np.ones((1, len(self.gains))),
            b_eq=[1],
            method="highs",
            options=CLOSE,
        )
        return float(-answer.fun) if answer.status == 0 else None

    def best(self, player: int, floors: Mapping[int, float]) -> float | None:
        """The most one player can get while the others keep their floors."""
        return self._best(np.eye(len(self.players))[player], floors)

    def level(self, scale: Mapping[int, float], floors: Mapping[int, float]) -> float:
        """Largest t at which each player of ``scale`` gets t times its scale and the others keep floors."""
        size = len(self.gains)
        rows = [np.append(-self.gains[:, i], scale[i]) for i in scale]
        rows += [np.append(-self.gains[:, i], 0) for i in floors]
        limits = [0.0] * len(scale) + [-floor for floor in floors.values()]
        answer = linprog(
            np.append(np.zeros(size), -1),
            A_ub=np.array(rows),
            b_ub=limits,
            A_eq=np.append(np.ones(size), 0)[None],
            b_eq=[1],
            bounds=[(0, None)] * size + [(None, None)],
            method="highs",
            options=CLOSE,
        )
        return float(-answer.fun)

    @cached_property
    def largest_minimum_gain(self) -> float:
        """The most that everybody can gain at once."""
        return self.level(dict.fromkeys(self.players, 1.0), {})

    @cached_property
    def ideal(self) -> list[float]:
        """The most each player can gain while nobody loses."""
        return [self.best(i, dict.fromkeys(self.players, 0.0)) or 0.0 for i in self.players]

    def leximin(self, scale: Sequence[float]) -> list[float]:
        """Gains whose shares of ``scale`` are leximin among rational lotteries; scale 0 only keeps 0."""
        left = {i: scale[i] for i in self.players if scale[i] > BLOCKED}
        fixed = {i: 0.0 for i in self.players if i not in left}
        reached = dict.fromkeys(fixed, 0.0)
        while left:
            t = self.level(left, fixed | dict.fromkeys(left, 0.0) if not reached else fixed)
            held = {i: t * left[i] - BLOCKED / 100 for i in left}
            stuck = [i for i in left if (self.best(i, fixed | held) or 0.0) / left[i] <= t + BLOCKED]
            for i in stuck or list(left):
                reached[i] = fixed[i] = t * left.pop(i)
                fixed[i] -= BLOCKED / 100
        return [reached[i] for i in self.players]

    def gap(self, price: np.ndarray, at: np.ndarray) -> float:
        """By how much a rational lottery beats a point at given prices."""
        best = self._best(price, dict.fromkeys(self.players, 0.0))
        return float("nan") if best is None else best - float(price @ at)
