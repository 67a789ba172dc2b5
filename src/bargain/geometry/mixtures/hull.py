"""The lotteries regime for two signatories: the efficient border of the convex hull, a polygon, solved exactly."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable
from bargain.geometry.choice import Choice, Mixture, Outlook, tolerances

__all__ = ["Hull", "upper_chain"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Hull:
    """All lotteries over efficient payoffs of two players, with free disposal.

    Attributes
    ----------
    listed : (k, 2) the payoffs that lotteries mix (the pure frontier is enough).
    disagreement : (2,) payoffs without a deal.
    powers : (2,) bargaining powers; only their ratio matters.
    rounding : (2,) by how much rounding may have changed payoffs.

    Places along the border are measured by a position: ``2.25`` is a quarter of the way from vertex 2 to vertex 3.

    >>> hull = Hull(np.array([[0.0, 4.0], [4.0, 0.0], [1.0, 1.0]]), np.array([0.0, 0.0]), np.ones(2))
    >>> hull.product(np.ones(2)).points
    array([[2., 2.]])
    """

    listed: Floats
    disagreement: Floats
    powers: Floats
    rounding: Floats | float = 0.0

    method = "polygon"
    mixes = True
    walkable = True
    ideal_doubt = 0.0

    def __post_init__(self) -> None:
        if self.listed.shape[1] != 2:
            raise NotApplicable(f"the polygon is for two signatories, and here are {self.listed.shape[1]}")

    @cached_property
    def vertices(self) -> NDArray[np.intp]:
        """Indices into ``listed`` of the border's vertices, the first player's payoff falling."""
        return upper_chain(self.listed)

    @property
    def points(self) -> Floats:
        """(v, 2) the vertices of the efficient border."""
        return self.listed[self.vertices]

    @cached_property
    def tolerance(self) -> Floats:
        """(2,) differences that do not count."""
        return tolerances(self.points, self.disagreement, self.rounding)

    @cached_property
    def rational_rows(self) -> NDArray[np.intp]:
        """Indices of the vertices that leave nobody below disagreement."""
        return np.flatnonzero((self.points >= self.disagreement - self.tolerance).all(axis=1))

    @cached_property
    def _extent(self) -> tuple[float, float] | None:
        """First and last rational position on the border, or None."""
        return self.extent_from(self.disagreement)

    def extent_from(self, standing: Floats) -> tuple[float, float] | None:
        """First and last position on the border that leave nobody below ``standing`` (2,), or None."""
        start, end = 0.0, float(len(self.points) - 1)
        if self.points[0, 0] < standing[0] - self.tolerance[0]:
            return None
        if self.points[-1, 1] < standing[1] - self.tolerance[1]:
            return None
        if self.points[0, 1] < standing[1]:
            start = self._position_where(1, standing[1])
        if self.points[-1, 0] < standing[0]:
            end = self._position_where(0, standing[0])
        if start > end:
            touching = np.abs(self.at(start) - self.at(end)) <= self.tolerance
            return (end, end) if touching.all() else None
        return start, end

    def above(self, standing: Floats) -> float:
        """The position where the smaller of the gains over ``standing`` (2,) is largest."""
        return self._on_ray(standing, np.ones(2), 0.0, float(len(self.points) - 1))[0]

    def _position_where(self, player: int, level: float) -> float:
        """The position at which a player's payoff passes ``level`` (payoffs are monotone along the border)."""
        heights = self.points[:, player]
        positions = np.arange(len(heights), dtype=float)
        rising = np.interp(level, heights, positions) if player == 1 else np.interp(-level, -heights, positions)
        return float(rising)

    def at(self, position: float) -> Floats:
        """(2,) the payoffs at a position."""
        low = min(int(position), len(self.points) - 1)
        high = min(low + 1, len(self.points) - 1)
        share = position - low
        return np.asarray((1 - share) * self.points[low] + share * self.points[high] if share else self.points[low])

    @property
    def rational(self) -> bool:
        """Whether some lottery leaves nobody below disagreement in expectation."""
        return self._extent is not None

    @cached_property
    def outlook(self) -> Outlook:
        """The largest attainable minimum gain."""
        position = self.above(self.disagreement)
        point = self.at(position)
        gains = point - self.disagreement
        binding = np.flatnonzero(gains <= gains.min() + self.tolerance)
        return Outlook(float(gains.min()), self._mixture(position), point, tuple(binding.tolist()))

    @cached_property
    def ideal(self) -> Floats:
        """(2,) each player's best expected payoff among the rational lotteries."""
        return self.ideal_from(self.disagreement)

    def ideal_from(self, standing: Floats) -> Floats:
        """(2,) each player's best expected payoff among the lotteries that leave nobody below ``standing``."""
        extent = self.extent_from(standing)
        return np.full(2, -np.inf) if extent is None else np.array([self.at(extent[0])[0], self.at(extent[1])[1]])

    @property
    def border(self) -> Floats:
        """(v, 2) the vertices between the players' best rational points, these two included; all different."""
        points = np.array([self.at(position) for position in self._stops(*self._rational_extent)])
        return points[np.r_[True, (np.diff(points, axis=0) != 0).all(axis=1)]]

    @staticmethod
    def _stops(start: float, end: float) -> list[float]:
        """Positions of the vertices between two positions, and these two."""
        between = np.arange(int(np.floor(start)) + 1, int(np.ceil(end)), dtype=float)
        return [start, *between.tolist(), *([end] if end > start else [])]

    @property
    def _rational_extent(self) -> tuple[float, float]:
        assert self._extent is not None, "asked only where there is a rational lottery"
        return self._extent

    def product(self, powers: Floats) -> Choice:
        """Maximise the weighted product of gains: on each edge the optimum has a closed form.

        On an edge p + s(q - p) the derivative of ``w1 log g1 + w2 log g2`` vanishes at
        ``s = -(w1 D1 g2 + w2 D2 g1) / ((w1 + w2) D1 D2)``, D = q - p, g = p - d.
        """
        start, end = self._rational_extent
        candidates = [start, end]
        for edge in range(int(start), min(int(np.ceil(end)), len(self.points) - 1)):
            p, q = self.points[edge], self.points[edge + 1]
            step, gain = q - p, p - self.disagreement
            s = -(powers[0] * step[0] * gain[1] + powers[1] * step[1] * gain[0]) / (powers.sum() * step.prod())
            candidates.append(float(np.clip(edge + np.clip(s, 0, 1), start, end)))
        return self._choice([max(candidates, key=lambda position: self._merit(position, powers))])

    def _merit(self, position: float, powers: Floats) -> tuple[int, float]:
        gains = self.at(position) - self.disagreement
        gaining = gains > self.tolerance
        return int(gaining.sum()), float(np.log(gains[gaining]) @ powers[gaining])

    def total(self, weights: Floats) -> Choice:
        """Maximise the weighted sum of payoffs; a whole edge may tie, then both ends are given."""
        positions = self._stops(*self._rational_extent)
        sums = np.array([self.at(position) @ weights for position in positions])
        best = np.flatnonzero(sums >= sums.max() - self.tolerance @ np.abs(weights))
        ends = positions[best[0]], positions[best[-1]]
        one = (np.abs(self.at(ends[0]) - self.at(ends[1])) <= self.tolerance).all()
        return self._choice([positions[int(sums.argmax())]] if one else [*ends])

    def along(self, direction: Floats) -> Choice:
        """Where the ray from disagreement leaves the set; in its disposal part, the efficient point above."""
        start, end = self._rational_extent
        moving = np.where(direction > 0, direction, 0.0)
        if not moving.any():
            return self._choice([start])
        position, reach = self._on_ray(self.disagreement, moving, start, end)
        return self._choice([position], self.disagreement + reach * moving)

    def least_loss(self, target: Floats) -> Choice:
        """Where the players lose equally against ``target``, or the end that comes nearest to it."""
        position, reach = self._on_ray(target, np.ones(2), *self._rational_extent)
        return self._choice([position], np.maximum(target + reach, self.disagreement))

    def _on_ray(self, origin: Floats, direction: Floats, start: float, end: float) -> tuple[float, float]:
        """The efficient position above the last point of a ray, and how many ``direction`` it is from the origin.

        Along the border the first player's gain per direction falls and the second's rises; the ray leaves the
        set where they cross. A direction of 0 counts as unlimited gain.
        """
        positions = np.array(self._stops(start, end))
        gains = np.array([self.at(position) for position in positions]) - origin
        with np.errstate(divide="ignore", invalid="ignore"):
            ratios = np.where(direction > 0, gains / direction, np.inf)
        lead = np.where(
            np.isposinf(ratios[:, 0]), np.inf, ratios[:, 0] - np.where(np.isposinf(ratios[:, 1]), 0, ratios[:, 1])
        )
        lead = np.where(np.isposinf(ratios[:, 1]), -np.inf, lead)
        index = self._crossing(positions, lead)
        gain = self.at(index) - origin
        reach = min(g / r for g, r in zip(gain.tolist(), direction.tolist(), strict=True) if r > 0)
        return index, float(reach)

    @staticmethod
    def _crossing(positions: Floats, lead: Floats) -> float:
        """Where ``lead``, falling along ``positions``, passes 0; an end if it does not."""
        if lead[0] <= 0:
            return float(positions[0])
        if lead[-1] >= 0:
            return float(positions[-1])
        after = int(np.argmax(lead <= 0))
        a, b = lead[after - 1], lead[after]
        return float(positions[after - 1] + (positions[after] - positions[after - 1]) * a / (a - b))

    def prices_at(self, position: float) -> list[Floats]:
        """Prices that support the border at a position: the normals of the edges that meet there, summing to 1."""
        if len(self.points) == 1:
            return [np.array([1.0, 0.0]), np.array([0.0, 1.0])]
        last = len(self.points) - 2
        edges = {min(max(int(np.ceil(position)) - 1, 0), last), min(int(position), last)}
        steps = [self.points[edge + 1] - self.points[edge] for edge in sorted(edges)]
        normals = [np.array([step[1], -step[0]]) for step in steps]
        ends = [np.array([1.0, 0.0])] * (position <= 0) + [np.array([0.0, 1.0])] * (position >= last + 1)
        return [normal / normal.sum() for normal in normals] + ends

    def position_of(self, mixture: Mixture) -> float:
        """Where a mixture of this hull's places stands on the border."""
        vertex = {index: float(position) for position, index in enumerate(self.vertices.tolist())}
        return sum(chance * vertex[place] for chance, place in mixture if isinstance(place, int))

    @property
    def ends(self) -> list[float]:
        """The first and the last rational position."""
        return [] if self._extent is None else list(self._extent)

    def _mixture(self, position: float) -> Mixture:
        low = min(int(position), len(self.points) - 1)
        share = position - low
        first, last = int(self.vertices[low]), int(self.vertices[min(low + 1, len(self.points) - 1)])
        if share < 1e-12:
            return ((1.0, first),)
        return ((1.0, last),) if share > 1 - 1e-12 else ((1.0 - share, first), (share, last))

    def _choice(self, positions: list[float], ray_point: Floats | None = None) -> Choice:
        points = np.array([self.at(position) for position in positions])
        return Choice(
            tuple(self._mixture(position) for position in positions), points, ray_point, continuum=len(positions) > 1
        )


def upper_chain(points: Floats) -> NDArray[np.intp]:
    """Indices of the vertices of the efficient border of the convex hull, first coordinate falling.

    Points on an edge are not vertices.

    >>> upper_chain(np.array([[0.0, 4.0], [1.0, 1.0], [4.0, 0.0], [2.0, 2.0], [2.0, 2.5]])).tolist()
    [2, 4, 0]
    """
    order = np.lexsort((-points[:, 1], -points[:, 0]))
    scale = np.ptp(points, axis=0)
    dust = 1e-12 * max(float(scale.prod()), np.finfo(float).tiny)
    chain: list[int] = []
    for index in order.tolist():
        if chain and points[index, 1] <= points[chain[-1], 1]:
            continue
        while len(chain) > 1 and _turn(points[chain[-2]], points[chain[-1]], points[index]) <= dust:
            chain.pop()
        chain.append(index)
    return np.array(chain, dtype=np.intp)


def _turn(a: Floats, b: Floats, c: Floats) -> float:
    """Twice the signed area of the triangle a, b, c; positive if b stands out beyond the line from a to c."""
    return float((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
