"""Terms with lotteries over a curve of agreements: a polygon that is refined wherever somebody looks at it."""

from __future__ import annotations

from bisect import bisect_right, insort
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.choice import RELATIVE, Place
from bargain.geometry.mixtures.rounded import RoundedHull
from bargain.geometry.smooth.patchwork import Patchwork
from bargain.protocols.alternating_offers.terms import Point, best_on_a_line

__all__ = ["CurvedBorder"]

TIGHT = 1e-11
"""An edge above which no agreement is worth more than this share of what is at stake is the border."""
KNOWN = 1e-7
"""How exactly answers are known, as a share of what is at stake: a border that is missed by 1e-11 in its own direction
is missed by more along a steep edge."""
SAME = 0.1
"""Payoffs nearer to each other than this share of what is known of them are the same."""


@dataclass(frozen=True, eq=False)
class CurvedBorder:
    """The border of all lotteries over the agreements of a patchwork.

    ``corners`` are those known so far, the first player's payoff rising, ``places`` where they stand. An edge that an
    answer lies on is asked for an agreement worth more at its prices, and cut there, until there is none.
    """

    patchwork: Patchwork
    corners: list[Point]
    places: dict[Point, Place]
    _tight: set[tuple[Point, Point]] = field(default_factory=set)

    accuracy: ClassVar[float] = KNOWN
    complete: ClassVar[bool] = True

    @classmethod
    def of(cls, patchwork: Patchwork) -> CurvedBorder:
        """The border as the grid knows it."""
        points = [(float(first), float(second)) for first, second in patchwork.points]
        places: dict[Point, Place] = {point: index for index, point in enumerate(points)}
        for prices in np.eye(2):
            point, spot = patchwork.highest(prices)
            places.setdefault((float(point[0]), float(point[1])), spot)
        return cls(patchwork, _upper_chain(sorted(places)), places)

    @property
    def listed(self) -> NDArray[np.float64]:
        """(k, 2) what agreements on the grid pay, which were found without asking; judges look at them, too."""
        return self.patchwork.points

    @cached_property
    def dust(self) -> Point:
        """By how much a payoff of each may differ and still count as the same."""
        first, second = (SAME * self.accuracy * self.patchwork.span).tolist()
        return first, second

    @property
    def extent(self) -> tuple[Point, Point]:
        """The first player's best efficient agreement, and the second's."""
        return self.corners[-1], self.corners[0]

    def best(self, player: int, floor: float) -> Point | None:
        """The best for ``player`` of what gives the other ``floor`` or more; None if nothing does."""
        while True:
            first, second = zip(*self.corners, strict=True)
            found = best_on_a_line(first, second, player, floor, self.dust[1 - player])
            if found is None or found in self.extent or not self._cut(found):
                return found

    def nash(self, weights: Point, standing: Point) -> Point | None:
        """The largest product of gains to the powers ``weights``; None if not both can gain.

        Where an agreement does as well as the best lottery it is the answer: it is known more exactly, since products
        are flat at the top.
        """
        d, powers = np.array(standing), np.array(weights)
        pure = Patchwork(replace(self.patchwork.menu, disagreement=d), self.patchwork.land)
        hull = RoundedHull(pure)
        if not hull.rational or hull.outlook.least_gain <= 0:
            return None
        found = [hull.product(powers).points[0]]
        if pure.rational and pure.outlook.least_gain > 0:
            found.append(pure.product(powers).points[0])
        scores = [float(np.log(np.maximum(point - d, 1e-300)) @ powers) for point in found]
        first, second = found[-1 if scores[-1] >= scores[0] - RELATIVE else 0].tolist()
        return first, second

    def _cut(self, at: Point) -> bool:
        """Whether an agreement stands out above the edge that a point is on; then it becomes a corner."""
        place = bisect_right(self.corners, at[0], key=lambda corner: corner[0])
        one, other = self.corners[max(place - 1, 0)], self.corners[min(place, len(self.corners) - 1)]
        if one == other or (one, other) in self._tight:
            return False
        prices = np.array([one[1] - other[1], other[0] - one[0]])
        point, spot = self.patchwork.highest(prices)
        beyond = float(prices @ (point - np.array(one)) / (prices @ self.patchwork.span))
        corner = float(point[0]), float(point[1])
        if beyond <= TIGHT or not (one[0] < corner[0] < other[0] and other[1] < corner[1] < one[1]):
            self._tight.add((one, other))
            return False
        self.places[corner] = spot
        insort(self.corners, corner)
        self.corners[:] = _upper_chain(self.corners)
        return True


def _upper_chain(points: list[Point]) -> list[Point]:
    """The corners of the concave line over rising points, from the highest second payoff to the highest first.

    >>> _upper_chain([(0.0, 0.0), (0.0, 4.0), (1.0, 3.0), (2.0, 3.5), (4.0, 0.0)])
    [(0.0, 4.0), (2.0, 3.5), (4.0, 0.0)]
    """
    chain: list[Point] = []
    for point in points:
        while chain and chain[-1][1] <= point[1]:
            chain.pop()
        while len(chain) > 1 and _turns_left(chain[-2], chain[-1], point):
            chain.pop()
        chain.append(point)
    return chain


def _turns_left(one: Point, other: Point, third: Point) -> bool:
    return (other[0] - one[0]) * (third[1] - one[1]) - (other[1] - one[1]) * (third[0] - one[0]) >= 0
