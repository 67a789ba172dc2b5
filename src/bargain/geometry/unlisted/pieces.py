"""Sums of payoffs of those who like risk: searched piece by piece, so that chords come close to what they bound.

A convex worth is bounded by its chord, and far below it in the middle. On a piece of the totals between two ends the
chord is closer, so pieces are halved where their bound still exceeds what has been found: branch and bound (Falk &
Soland 1969, An Algorithm for Separable Nonconvex Programming Problems, Management Science 15, 550-569; recalled).
Averse players are never cut, and if nobody likes risk there is only one piece.
"""

from __future__ import annotations

from heapq import heappop, heappush
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.unlisted.aims import Aim
from bargain.geometry.unlisted.bent import BentSum
from bargain.geometry.unlisted.fixing import Space
from bargain.geometry.unlisted.parts import empty_part
from bargain.geometry.unlisted.pursuit import Found, Search, pursue

__all__ = ["pursue_in_pieces"]

Floats = NDArray[np.float64]

SECONDS = 10.0
"""Time that pieces may take; then the best bound left is told."""
NARROWEST = 1e-6
"""Pieces are not cut below this share of a total."""


def pursue_in_pieces(space: Space, aim: Aim, known: Floats, tie: float) -> list[Found]:
    """The highest level of an aim, and everything within ``tie`` of it: together, the parts of all pieces.

    Of the piece with the highest bound that could not be listed the halves are looked at next. Those that are left when
    time is up are one `Found` without a part, with the highest of their bounds.
    """
    if not isinstance(aim, BentSum) or not aim.loose.any():
        return [pursue(space, aim, known, tie)]
    parts, unsettled, level, sample, number = [], -np.inf, -np.inf, empty_part(len(space.scale)), 0
    waiting: list[tuple[float, int, BentSum]] = [(-np.inf, number, aim)]
    deadline = perf_counter() + SECONDS
    while waiting and -waiting[0][0] > level - tie and perf_counter() < deadline:
        _, _, piece = heappop(waiting)
        search = Search(space, piece, known, tie)
        if search.bound <= level - tie:
            continue
        search.level = max(search.level, level)
        part = search.approach()
        if search.level > level:
            level, sample = search.level, search.sample
        if part is not None:
            parts.append(part)
        elif piece.widest < NARROWEST:
            unsettled = max(unsettled, search.bound)
        else:
            for half in piece.halves():
                number += 1
                heappush(waiting, (-search.bound, number, half))
    unsettled = max(unsettled, -waiting[0][0] if waiting else -np.inf)
    founds = [Found(level, level, part, sample) for part in parts]
    return founds if unsettled <= level - tie else [*founds, Found(level, unsettled, None, sample)]
