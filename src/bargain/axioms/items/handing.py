"""What a rule does that hands out items: shares, points won, and what is changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bargain.axioms.answer import Answer, Found
from bargain.axioms.situation import CLOSE
from bargain.errors import NotApplicable
from bargain.geometry.choice import Shares
from bargain.geometry.items import Items

__all__ = ["Handed", "Handing", "counted_in", "handed_out", "points", "reported", "without"]

Floats = NDArray[np.float64]

Handing = Callable[[Items], Found]
"""What is judged: from items to a choice of shares. Every concept over items is one."""


@dataclass(frozen=True, eq=False)
class Handed:
    """Who gets what.

    Attributes
    ----------
    shares : (k,) the first player's share of every item; of a lottery, on average.
    won : (2,) the points that each wins.
    answer : the payoffs.
    """

    shares: Floats
    won: Floats
    answer: Answer

    def worth(self, points: Floats) -> Floats:
        """(2,) the points of both shares, if the items had these points (k, 2)."""
        return np.array([self.shares @ points[:, 0], (1 - self.shares) @ points[:, 1]])


def handed_out(rule: Handing, items: Items) -> Handed | None:
    """What a rule does with items; None where it is not defined."""
    try:
        choice = rule(items).choice
    except NotApplicable:
        return None
    shares = np.zeros(len(items.names))
    for chance, place in choice.mixtures[0]:
        if isinstance(place, Shares):
            shares += chance * np.array(place.first)
    close = CLOSE * (items.points.sum(axis=0) + (items.points.sum() == 0))
    handed = Handed(shares, np.zeros(2), Answer(items.payoffs(shares)[None], False, close))
    return replace(handed, won=handed.worth(items.points))


def points(weighed: Sequence[tuple[float, float]]) -> Items:
    """Items from plain numbers: what each is worth to the first and to the second player.

    >>> points([(60, 50), (30, 20), (10, 30)]).points.sum(axis=0)
    array([100., 100.])
    """
    array = np.array(weighed, dtype=float).reshape(-1, 2)
    names = tuple(f"item {rank + 1}" for rank in range(len(array)))
    zero, near = np.zeros(2), CLOSE * np.maximum(array.sum(axis=0), 1.0)
    return Items(names, array, zero, zero, near, np.ones(len(array), dtype=bool), False)


def reported(items: Items, player: int, points: Floats) -> Items:
    """The same items with other points (k,) of one player."""
    changed = items.points.copy()
    changed[:, player] = points
    return replace(items, points=changed)


def counted_in(items: Items, factor: Floats) -> Items:
    """The same items with payoffs in other units, player by player."""
    return replace(
        items,
        points=items.points * factor,
        lost=items.lost * factor,
        disagreement=items.disagreement * factor,
        tolerance=items.tolerance * factor,
    )


def without(items: Items, item: int) -> Items:
    """The same without one item, which nobody gets."""
    names = tuple(name for rank, name in enumerate(items.names) if rank != item)
    return replace(
        items, names=names, points=np.delete(items.points, item, axis=0), divisible=np.delete(items.divisible, item)
    )
