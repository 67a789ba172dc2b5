"""Aims about payoffs that are bent totals: rows of blocks add up to totals, levels and floors are about their worth.

A ray asks every player for a worth, and that is a total at least so high, whatever the attitudes: so it stays a
question about totals, with another threshold for every level. Products and sums add one function per player: these are
bounded by straight pieces from above (see `majorant`). Levels are always those of the true worth; where pieces are not
sharp, which is where somebody likes risk, more partial sums are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.unlisted.aims import HALVINGS, ROUNDING, Aim, Product, Ray, Total
from bargain.geometry.unlisted.bend import Bend
from bargain.geometry.unlisted.majorant import Majorant, Majorants, above, tangents
from bargain.geometry.unlisted.relaxation import Blocks, Relaxed, relax

__all__ = ["BentRay", "BentSum", "bent"]

Floats = NDArray[np.float64]

TURNS = 8
"""Straight rays tried to find the best lottery on a bent one; three or four are needed."""
SHARP = 5e-3
"""Change of a bound, as a share of the first gap, that is not worth another straight ray."""
SMALLEST, SMALL, MANY, MORE = 1e-9, 1e-3, 3500, 500
"""Gains at which logarithms are touched, as shares of the highest: so many from 1e-3 on, some for what is less."""
EVENLY = 2000
"""Places at which sums are touched, once evenly by total and once by worth."""
CORNERS = 48
"""Corners per player that a linear programme is given: first from all of them, then from those around its answer."""
TINY = float(np.finfo(float).tiny)


def bent(aim: Ray | Product | Total, bend: Bend | None) -> Aim:
    """The aim, its payoffs being worths of totals; the aim itself if payoffs are the totals."""
    if bend is None:
        return aim
    return BentRay(aim, bend) if isinstance(aim, Ray) else BentSum(aim, bend)


@dataclass(frozen=True)
class BentRay:
    """The largest t with worths of at least ``origin + t ray``, and of at least the floor whatever t is."""

    plain: Ray
    bend: Bend

    def first_gap(self, level: float) -> float:
        """As for the straight ray that touches this one, which counts levels by the totals they take."""
        at = self.bend.total(self.plain.origin + level * self.plain.ray)
        steepest = float((self.plain.ray / self.bend.slope(at))[at > 0].max(initial=0.0))
        return self.plain.first_gap(level) / (steepest or 1.0)

    @property
    def most_ties(self) -> int:
        """As for a straight ray."""
        return self.plain.most_ties

    @cached_property
    def floor(self) -> Floats:
        """(n,) totals that nobody may fall below."""
        return self.bend.least(self.plain.floor)

    def levels(self, points: Floats) -> Floats:
        """Smallest progress along the ray."""
        return self.plain.levels(self.bend.worth(points))

    def least(self, level: float) -> Floats:
        """The totals of the point of the ray, raised to the floor, and to what everybody has anyway."""
        return self.bend.least(self.plain.least(level))

    def cost(self, prices: Floats, level: float) -> Floats:
        """What these totals are worth."""
        return np.asarray(prices @ self.least(level))

    def bound(self, prices: Floats, worth: Floats) -> float:
        """Where the point of the ray passes the first of the planes, by bisection."""
        low, high = self._range()

        def fits(level: float) -> bool:
            return bool((self.cost(prices, level) <= worth + ROUNDING).all())

        if fits(high):
            return high
        if not fits(low):
            return -np.inf
        step = self.first_gap(high)
        while high - step > low and not fits(high - step):
            high, step = high - step, 4 * step
        low = max(low, high - step)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            low, high = (middle, high) if fits(middle) else (low, middle)
        return high

    def relaxed(self, blocks: Blocks, near: Floats | None) -> Relaxed:
        """The best lottery over totals: from level to level along straight rays that touch the bent one."""
        level, best, lowest = self._range()[1], None, np.inf
        if near is not None:
            level = float(self.levels(near[None])[0])
        for _ in range(TURNS):
            found = self._touching(level).relaxed(blocks, None)
            worth = blocks.highest(blocks.rows @ found.prices).sum()
            bound = self.bound(found.prices[None], np.array([worth]))
            if best is None or bound < lowest:
                best, lowest = Relaxed(found.chances, found.point, found.prices, bound), bound
            if bound == -np.inf or abs(bound - level) < SHARP * self.first_gap(bound):
                break
            level = bound
        assert best is not None
        return best

    def straightened(self, low: float, high: float) -> Ray:
        """A straight ray that asks for no more at any level between ``low`` and ``high``.

        Thresholds of the averse rise faster and faster, so a tangent lies below them; those of lovers of risk rise
        slower and slower, and a chord does.
        """
        low = max(low, self._range()[0])
        touching = self._touching((low + high) / 2, ratio=False)
        middle = (low + high) / 2
        origin, ray = touching.origin - middle * touching.ray, touching.ray.copy()
        ends = self.bend.total(self.plain.origin + np.multiply.outer([low, high], self.plain.ray))
        for player, attitude in enumerate(self.bend.attitudes.each):
            if not attitude.averse and ray[player] > 0 and ends[1, player] > ends[0, player]:
                ray[player] = (ends[1, player] - ends[0, player]) / (high - low)
                origin[player] = ends[0, player] - low * ray[player]
        return Ray(origin, ray, self.floor)

    def _range(self) -> tuple[float, float]:
        """Levels at which nothing is asked for, and beyond which nothing can be."""
        on = self.plain.ray > 0
        first, last = ((end - self.plain.origin)[on] / self.plain.ray[on] for end in self.bend.ends)
        return float(first.min()), float(last.min())

    def _touching(self, level: float, *, ratio: bool = True) -> Ray:
        """The straight ray in totals that touches the bent one where it has this level, as its level 0."""
        at = self.bend.total(self.plain.origin + level * self.plain.ray)
        ray = self.plain.ray / self.bend.slope(at)
        return Ray(at, ray / ray.max() if ratio else ray, self.floor)


@dataclass(frozen=True)
class BentSum:
    """The largest product of gains, or weighted sum, of worths.

    Where only a piece is asked about, nobody's total lies below ``low``, and what lies above ``cap`` counts no more.
    """

    plain: Product | Total
    bend: Bend
    low: Floats | float = 0.0
    cap: Floats | float = np.inf

    def first_gap(self, level: float) -> float:
        """As without attitudes."""
        return self.plain.first_gap(level)

    @property
    def most_ties(self) -> int:
        """As without attitudes."""
        return self.plain.most_ties

    @property
    def powers(self) -> Floats:
        """(n,) the weights of the players in the sum."""
        return self.plain.powers if isinstance(self.plain, Product) else self.plain.weights

    @cached_property
    def floor(self) -> Floats:
        """(n,) totals that nobody may fall below."""
        return np.maximum(self.bend.least(self.plain.floor), self.low)

    @property
    def origin(self) -> Floats:
        """(n,) totals to count from."""
        return self.floor

    @cached_property
    def _on(self) -> NDArray[np.intp]:
        return np.flatnonzero(self.powers > 0)

    @cached_property
    def top(self) -> Floats:
        """(n,) totals above which nothing counts."""
        return np.maximum(np.minimum(self.bend.top, self.cap), self.floor)

    @cached_property
    def loose(self) -> NDArray[np.bool_]:
        """(n,) whose worths are not concave in a sum, so that they are bounded loosely."""
        fond = np.array([not attitude.averse for attitude in self.bend.attitudes.each])
        return fond & (self.powers > 0) & isinstance(self.plain, Total)

    @property
    def _widths(self) -> Floats:
        return np.where(self.loose, self.top - self.floor, 0.0)

    @property
    def widest(self) -> float:
        """How many totals the widest loose bound is about."""
        return float(self._widths.max())

    def halves(self) -> tuple[BentSum, BentSum]:
        """Two pieces, cut in the middle of the totals of the player with the widest loose bound."""
        only = np.arange(len(self.floor)) == self._widths.argmax()
        middle = (self.floor + self.top) / 2
        upper = np.where(only, middle, self.low)
        return replace(self, cap=np.where(only, middle, self.cap)), replace(self, low=upper)

    @cached_property
    def _bounds(self) -> Majorants:
        """Bounds of the values of those who count, between floor and top."""
        places = self._gains_touched if isinstance(self.plain, Product) else self._evenly_touched
        return Majorants([self._bound_of(int(player), places[:, player]) for player in self._on])

    @property
    def _evenly_touched(self) -> Floats:
        """(k, n) places between floor and top, evenly by total and by worth."""
        totals = np.linspace(self.floor, self.top, EVENLY)
        worths = np.linspace(self.bend.worth(self.floor), self.bend.worth(self.top), EVENLY)
        return np.sort(np.vstack([totals, np.clip(self.bend.total(worths), self.floor, self.top)]), axis=0)

    @property
    def _gains_touched(self) -> Floats:
        """(k, n) places between floor and top, evenly by the logarithm of the gain."""
        assert isinstance(self.plain, Product)
        shares = np.r_[np.geomspace(SMALLEST, SMALL, MORE, endpoint=False), np.geomspace(SMALL, 1.0, MANY)]
        gains = np.maximum(self.bend.worth(self.top) - self.plain.origin, TINY)
        places = self.bend.total(self.plain.origin + np.multiply.outer(shares, gains))
        return np.sort(np.clip(places, self.floor, self.top), axis=0)

    def _bound_of(self, player: int, places: Floats) -> Majorant:
        """Raised by what rounding may do to a worth, so that it is a bound of what is calculated."""
        weight, low = float(self.powers[player]), float(self.floor[player])
        one = self.bend.only(player)
        origin = self.plain.origin[player] if isinstance(self.plain, Product) else 0.0
        places = np.unique(np.append(places, low))

        def worth(totals: Floats) -> Floats:
            return np.asarray(one.worth(totals[:, None])[:, 0] + one.noise[0] - origin)

        def slope(totals: Floats) -> Floats:
            return np.asarray(one.slope(totals[:, None])[:, 0])

        if isinstance(self.plain, Total):
            averse = one.attitudes.averse
            return tangents(worth, slope, places, weight) if averse else above(worth, places, weight)
        gaining = worth(places) > 0
        places = places[gaining] if gaining.any() else places[-1:]

        def logarithm(totals: Floats) -> Floats:
            return np.log(np.maximum(worth(totals), TINY))

        def rate(totals: Floats) -> Floats:
            return slope(totals) / np.maximum(worth(totals), TINY)

        if one.falling(low, float(origin)):
            return tangents(logarithm, rate, places, weight).down_to(low)
        return above(logarithm, places, weight)

    def levels(self, points: Floats) -> Floats:
        """Logarithms of products, or sums."""
        levels = self.plain.levels(self.bend.worth(np.minimum(points, self.cap)))
        return np.where((points >= self.low).all(axis=1), levels, -np.inf)

    def least(self, level: float) -> Floats:  # noqa: ARG002
        """Nobody is guaranteed more than the floor."""
        return self.floor

    def _rest(self, prices: Floats) -> Floats:
        """(p,) what the floor of those who do not count is worth."""
        return np.asarray(prices @ np.where(self.powers > 0, 0.0, self.floor))

    def cost(self, prices: Floats, level: float) -> Floats:
        """The least worth of totals whose bounds reach the level."""
        cost = self._bounds.cost(prices[:, self._on], level) + self._rest(prices)
        return np.asarray(np.maximum(cost, prices @ self.floor))

    def bound(self, prices: Floats, worth: Floats) -> float:
        """The most that bounds come to."""
        if (prices @ self.floor > worth + ROUNDING).any():
            return -np.inf
        return float(self._bounds.bound(prices[:, self._on], worth - self._rest(prices)).min())

    def straightened(self, low: float, high: float) -> BentSum:  # noqa: ARG002
        """An integer programme can ask this by straight pieces."""
        return self

    def tangent(self, player: int, place: float) -> tuple[float, float]:
        """Slope and offset of a line that is nowhere below a player's value, and close to it at a place."""
        return self._bounds.each[int(np.searchsorted(self._on, player))].line(place)

    def relaxed(self, blocks: Blocks, near: Floats | None) -> Relaxed:  # noqa: ARG002
        """A linear programme: every bound is one more block of rows, its corners, of which a mixture is taken.

        It is given few of the corners, twice: what was the answer the first time tells which are needed.
        """
        chosen = [np.unique(np.linspace(0, len(b.places) - 1, CORNERS).round().astype(int)) for b in self._bounds.each]
        found = self._mixed(blocks, chosen)
        chosen = [self._closer(b, found.point[i]) for b, i in zip(self._bounds.each, self._on, strict=True)]
        return self._mixed(blocks, chosen)

    def _mixed(self, blocks: Blocks, chosen: list[NDArray[np.intp]]) -> Relaxed:
        players = len(self.floor)
        corners = []
        for player, some, bound in zip(self._on, chosen, self._bounds.each, strict=True):
            corner = np.zeros((len(some), players + 1))
            corner[:, player], corner[:, -1] = -bound.places[some], bound.values[some]
            corners.append(corner)
        size = max(float(np.ptp(corner[:, -1])) for corner in corners) or 1.0
        for corner in corners:
            corner[:, -1] /= size
        own = np.column_stack([blocks.rows, np.zeros(len(blocks.rows))])
        starts = np.cumsum([len(own), *(len(corner) for corner in corners[:-1])])
        floor = np.append(np.where(self.powers > 0, 0.0, self.floor), 0.0)
        ray = np.append(np.zeros(players), 1.0)
        everything = Blocks(np.vstack([own, *corners]), np.r_[blocks.starts, starts])
        found = relax(everything, floor, ray, np.zeros(players + 1))
        chances = found.chances[: len(own)]
        prices = np.where(found.prices[:-1] > NOTHING * found.prices[:-1].max(), found.prices[:-1], 0.0)
        return Relaxed(chances, chances @ blocks.rows, prices / prices.sum(), found.reach * size)

    @staticmethod
    def _closer(bound: Majorant, place: float) -> NDArray[np.intp]:
        last = len(bound.places) - 1
        at, reach = int(np.searchsorted(bound.places, place)), -(-2 * last // CORNERS)
        near = np.linspace(max(at - reach, 0), min(at + reach, last), CORNERS).round().astype(int)
        return np.unique(np.r_[0, near, last])


NOTHING = 1e-7
"""Prices below this share of the largest are what is left of zeros in an interior-point method."""
