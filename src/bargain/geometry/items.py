"""Items that two players share out: what each is worth to whom, and which of them can be divided."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.choice import Mixture, Shares

__all__ = ["Items"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Items:
    """What two players share out.

    Attributes
    ----------
    names : what the items are called.
    points : (k, 2) what winning an item is worth to each player, over losing it; not negative.
    lost : (2,) payoffs of a player that loses every item.
    disagreement : (2,) payoffs without a deal.
    tolerance : (2,) differences of payoffs that do not count.
    divisible : (k,) whether a single agreement can split the item.
    mixes : whether lotteries are allowed; then an item that is not divisible is split by drawing for it.
    """

    names: tuple[str, ...]
    points: Floats
    lost: Floats
    disagreement: Floats
    tolerance: Floats
    divisible: NDArray[np.bool_]
    mixes: bool

    method = "transfers"

    def payoffs(self, shares: Floats) -> Floats:
        """(2,) payoffs if the first player's shares of the items are ``shares`` (k,)."""
        return np.asarray(self.lost + np.array([shares @ self.points[:, 0], (1 - shares) @ self.points[:, 1]]))

    def placed(self, shares: Floats) -> Mixture | None:
        """The agreement, or the draw between two, that shares the items out so; None if it cannot be had.

        At most one item may be split.
        """
        split = np.flatnonzero((shares > 0) & (shares < 1) & ~self.divisible)
        if not len(split):
            return ((1.0, Shares(tuple(shares.tolist()))),)
        if not self.mixes:
            return None
        item, chance = int(split[0]), float(shares[split[0]])
        drawn = []
        for won in (1.0, 0.0):
            outcome = shares.copy()
            outcome[item] = won
            drawn.append(Shares(tuple(outcome.tolist())))
        return ((chance, drawn[0]), (1 - chance, drawn[1]))
