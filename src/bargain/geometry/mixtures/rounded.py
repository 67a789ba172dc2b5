"""The lotteries regime for two signatories where the border of the hull is not spanned by the grid.

Curved values and budgets give the convex hull vertices that no grid lists. The prices that support an answer are
asked back to the land: an agreement worth more at these prices becomes a new vertex, and the polygon is solved again,
until no agreement is worth more (column generation). What is left is the residual. Where the answer is no mixture, it
is also the answer of the pure regime, which is therefore among the first vertices.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.choice import Choice, Mixture, Outlook, Place, Spot
from bargain.geometry.mixtures.hull import Hull
from bargain.geometry.smooth.patchwork import Patchwork

__all__ = ["BORDER_GAP", "FOLLOWED", "RoundedHull", "bulged", "bulges"]

Floats = NDArray[np.float64]

BORDER_GAP = 5e-5
"""How closely the whole border is followed, as a share of what is at stake; it takes about a hundred vertices."""
FOLLOWED = "approximate: the curved border is followed by a polygon"
"""The proof of answers that look at the whole of a curved border."""
FLAT = 1e-3
"""Ties nearer to each other than this share of what is at stake are one flat optimum."""
ROUNDS = 60
"""Far more than the ten or so in which the gap closes."""
GAP = 1e-11
"""A vertex that adds less than this share of what is at stake is not added."""


@dataclass(frozen=True, eq=False)
class Polygon:
    """The grid's payoffs and the vertices found off the grid so far, and their hull.

    Attributes
    ----------
    patchwork : whose payoffs these are.
    found : payoffs (2,) and places of what was found.
    """

    patchwork: Patchwork
    found: tuple[tuple[Floats, Spot], ...] = ()

    def with_more(self, found: Sequence[tuple[Floats, Spot]]) -> Polygon:
        """The same with more vertices."""
        return replace(self, found=(*self.found, *found))

    @cached_property
    def hull(self) -> Hull:
        """The hull, in which the vertices found follow the grid's."""
        listed = self.patchwork.points
        points = np.vstack([listed, *(point for point, _ in self.found)])
        points[len(listed) :] = self._not_above_their_betters(points)
        return Hull(points, self.patchwork.disagreement, self.patchwork.powers, self.patchwork.menu.rounding)

    def _not_above_their_betters(self, points: Floats) -> Floats:
        """The vertices found, the last of ``points`` (v, 2), each moved below whatever is clearly better for one player
        and as good for the other but for rounding: that rounding would make a corner of what is not efficient."""
        found = points[len(self.patchwork.points) :].copy()
        dust = self.patchwork.tolerance
        for row, point in enumerate(found):
            better = (points >= point - dust).all(axis=1) & (points > point + dust).any(axis=1)
            if better.any():
                found[row] = np.minimum(point, points[better].min(axis=0))
        return found

    def refined(self, positions: Callable[[Hull], Sequence[float]]) -> tuple[Polygon, float]:
        """With vertices added until none is worth more at the prices of these positions; and the gap that is left.

        A vertex that stands out by less than the polygon can tell from a point on an edge leaves it as it was, and
        would be found again and again.
        """
        polygon, gap = self, 0.0
        for _ in range(ROUNDS):
            hull, gap = polygon.hull, 0.0
            found: list[tuple[Floats, Spot]] = []
            for position in positions(hull):
                for prices in hull.prices_at(position):
                    point, spot = self.patchwork.highest(prices)
                    beyond = float(prices @ (point - hull.at(position)) / (prices @ self.patchwork.span))
                    gap = max(gap, beyond)
                    if beyond > GAP:
                        found.append((point, spot))
            if not found:
                break
            polygon = polygon.with_more(found)
            if np.array_equal(polygon.hull.points, hull.points):
                break
        return polygon, gap

    def placed(self, mixture: Mixture) -> Mixture:
        """Places of the hull as places of the frontier or spots off the grid."""
        listed = len(self.patchwork.points)

        def place(index: Place) -> Place:
            if isinstance(index, int) and index >= listed:
                return self.found[index - listed][1]
            return index

        return tuple((chance, place(index)) for chance, index in mixture)


@dataclass(frozen=True, eq=False)
class RoundedHull:
    """All lotteries over the agreements of a patchwork, two players, with free disposal.

    Every question refines a polygon of its own, so that no answer depends on what was asked before.

    Attributes
    ----------
    patchwork : where agreements off the grid are found.
    """

    patchwork: Patchwork

    method: ClassVar[str] = "polygon"
    mixes: ClassVar[bool] = True
    walkable: ClassVar[bool] = True
    ideal_doubt: ClassVar[float] = 0.0

    @property
    def disagreement(self) -> Floats:
        """(2,) payoffs without a deal."""
        return self.patchwork.disagreement

    @property
    def powers(self) -> Floats:
        """(2,) bargaining powers."""
        return self.patchwork.powers

    @cached_property
    def _start(self) -> Polygon:
        """The polygon that questions begin with; it has a rational point, if the set has one."""
        grid = Polygon(self.patchwork)
        if self.patchwork.rational:
            return grid.with_more([self.patchwork.best_for(player) for player in (0, 1)])
        return grid if grid.hull.rational else self._sought

    @cached_property
    def _sought(self) -> Polygon:
        """The polygon around the largest attainable minimum gain."""
        return Polygon(self.patchwork).refined(lambda hull: [hull.position_of(hull.outlook.place)])[0]

    @property
    def points(self) -> Floats:
        """(v, 2) the vertices of the efficient border, as far as they are listed."""
        return self._start.hull.points

    @property
    def tolerance(self) -> Floats:
        """(2,) differences that do not count."""
        return self._start.hull.tolerance

    @property
    def rational_rows(self) -> NDArray[np.intp]:
        """Indices of the listed vertices that leave nobody below disagreement."""
        return self._start.hull.rational_rows

    @property
    def rational(self) -> bool:
        """Whether some lottery leaves nobody below disagreement in expectation."""
        return self.patchwork.rational or self._start.hull.rational or self.outlook.least_gain >= 0

    @cached_property
    def outlook(self) -> Outlook:
        """The largest attainable minimum gain."""
        found = self._sought.hull.outlook
        return replace(found, place=self._sought.placed(found.place))

    @cached_property
    def ideal(self) -> Floats:
        """(2,) each player's best expected payoff among the rational lotteries."""
        return self.ideal_from(self.disagreement)

    def ideal_from(self, standing: Floats) -> Floats:
        """(2,) each player's best expected payoff among the lotteries that leave nobody below ``standing``."""
        polygon, _ = self._start.refined(lambda hull: hull.extent_from(standing) or [hull.above(standing)])
        return polygon.hull.ideal_from(standing)

    @cached_property
    def border(self) -> Floats:
        """(v, 2) border points from one player's best rational point to the other's.

        Edges are asked what stands out above them, and cut there until it is less than `BORDER_GAP` of what is at
        stake; the last point found above an edge is kept, too, so that most of the border is four times as close.
        """
        polygon, _ = self._start.refined(lambda hull: hull.ends)
        edges, found = list(pairwise(polygon.hull.border)), []
        while edges:
            one, other = edges.pop()
            prices = np.array([other[1] - one[1], one[0] - other[0]])
            point, spot = self.patchwork.highest(prices)
            beyond = prices @ (point - one) / (prices @ self.patchwork.span)
            if beyond > GAP:
                found.append((point, spot))
            if beyond > BORDER_GAP and one[0] > point[0] > other[0]:
                edges += [(one, point), (point, other)]
        return polygon.with_more(found).hull.border

    def product(self, powers: Floats) -> Choice:
        """Maximise the weighted product of gains."""
        return self._answer(lambda hull: hull.product(powers), lambda pure: pure.product(powers))

    def total(self, weights: Floats) -> Choice:
        """Maximise the weighted sum of payoffs."""
        return self._answer(lambda hull: hull.total(weights), lambda pure: pure.total(weights))

    def along(self, direction: Floats) -> Choice:
        """Where the ray from disagreement leaves the set, completed by leximin."""
        return self._answer(lambda hull: hull.along(direction), lambda pure: pure.along(direction))

    def least_loss(self, target: Floats) -> Choice:
        """Where the players lose equally against ``target``."""
        return self._answer(lambda hull: hull.least_loss(target), lambda pure: pure.least_loss(target))

    def _answer(self, question: Callable[[Hull], Choice], pure: Callable[[Patchwork], Choice]) -> Choice:
        polygon = self._start
        if self.patchwork.rational:
            own = pure(self.patchwork)
            places = zip(own.points, own.mixtures, strict=True)
            polygon = polygon.with_more([(point, place) for point, ((_, place),) in places if isinstance(place, Spot)])
        polygon, residual = polygon.refined(lambda hull: list(map(hull.position_of, question(hull).mixtures)))
        choice = self._without_false_ties(question(polygon.hull))
        proof = "exact" if self.patchwork.land.concave else "local optimum: some values are not concave"
        mixtures = tuple(polygon.placed(mixture) for mixture in choice.mixtures)
        return replace(choice, mixtures=mixtures, residual=residual, proof=proof)

    def _without_false_ties(self, choice: Choice) -> Choice:
        """Neighbouring vertices of a curve may do equally well within the tolerance; that is no stretch of ties."""
        if (np.ptp(choice.points, axis=0) > FLAT * self.patchwork.span).any():
            return choice
        return replace(choice, mixtures=choice.mixtures[:1], points=choice.points[:1], continuum=False)


def bulges(border: Floats) -> Floats:
    """(v - 1,) how far a curve may stand out above each edge of the polygon that follows it, border (v, 2).

    Both coordinates and the heights are shares of what is at stake. A curve stands out above an edge by a quarter of
    what its ends stand out above their neighbours, and by no more than `BORDER_GAP`.

    >>> bulges(np.array([[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]])).tolist()
    [0.0, 0.0]
    """
    steps = np.abs(np.diff(border, axis=0))
    one, other = steps[:-1], steps[1:]
    corner = np.abs(one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]) / (one + other).sum(axis=1)
    corners = np.r_[0.0, corner, 0.0]
    return np.asarray(np.minimum(np.maximum(corners[:-1], corners[1:]) / 4, BORDER_GAP))


def bulged(border: Floats) -> Floats:
    """(2v - 1, 2) the polygon with the middle of every edge moved out by its bulge, both coordinates alike.

    >>> bulged(np.array([[1.0, 0.0], [0.75, 0.75], [0.0, 1.0]])).round(6).tolist()
    [[1.0, 0.0], [0.87505, 0.37505], [0.75, 0.75], [0.37505, 0.87505], [0.0, 1.0]]
    """
    steps = np.abs(np.diff(border, axis=0))
    height = np.minimum(bulges(border), steps.min(axis=1) / 4)
    middles = (border[:-1] + border[1:]) / 2 + height[:, None]
    found = np.empty((len(border) + len(middles), 2))
    found[::2], found[1::2] = border, middles
    return found
