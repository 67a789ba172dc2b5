"""What is asked of an agreement: an aim gives payoffs a level, and says what a level costs at given prices.

``cost(prices, level)`` is the least worth, at these prices, of payoffs that reach the level. An agreement whose worth
is less cannot reach it; and if the dearest agreement of all is worth less, nothing can. That is all the search knows
about an aim.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.choice import RELATIVE
from bargain.geometry.unlisted.relaxation import Blocks, Relaxed, relax

__all__ = ["Aim", "Product", "Ray", "Total", "best_products"]

Floats = NDArray[np.float64]


SMALL = 1e-7
"""Prices below this share of the largest are what is left of zeros in an interior-point method."""

ROUNDING = 1e-12
"""What sums of about unit size may be off."""
FAR = 1e6
"""A ray is followed no further below the origin, in units of what is at stake."""
HALVINGS = 60
"""Bisection to the last bit."""
CLOSEST = 1e-9
"""The least gain at which a logarithm is touched."""


class Aim(Protocol):
    """A level for every payoff vector, minus infinity where a floor is broken."""

    @property
    def floor(self) -> Floats:
        """(n,) what nobody may fall below, at any level."""

    def first_gap(self, level: float) -> float:
        """A first guess at how far the best agreement stays behind the best lottery, which reaches this level."""

    @property
    def most_ties(self) -> int:
        """Partial sums followed to list ties where the level itself is certain."""

    def levels(self, points: Floats) -> Floats:
        """(k,) what (k, n) payoffs reach."""

    def least(self, level: float) -> Floats:
        """(n,) what each player has at least where the level is reached."""

    def cost(self, prices: Floats, level: float) -> Floats:
        """(p,) the least worth at (p, n) prices of payoffs that reach the level."""

    def bound(self, prices: Floats, worth: Floats) -> float:
        """The highest level that payoffs worth at most (p,) ``worth`` at (p, n) prices can reach."""

    def relaxed(self, blocks: Blocks, near: Floats | None) -> Relaxed:
        """The best lottery and its prices; ``near`` are payoffs that reach some level, if any are known."""

    def straightened(self, low: float, high: float) -> Aim:
        """The same question for levels between two, or an easier one, as an integer programme can ask it."""


@dataclass(frozen=True)
class Ray:
    """The largest t with payoffs of at least ``origin + t ray``, and of at least ``floor`` whatever t is.

    Players off the ray are only kept at the floor; the floor may be minus infinity on the ray.
    """

    origin: Floats
    ray: Floats
    floor: Floats

    most_ties = 10_000  # where there are more, one goes on to the next level of leximin

    def first_gap(self, level: float) -> float:  # noqa: ARG002
        """Levels are of about unit size."""
        return 2e-4

    @property
    def _on(self) -> NDArray[np.bool_]:
        return self.ray > 0

    def levels(self, points: Floats) -> Floats:
        """Smallest progress along the ray."""
        on = self._on
        reach = ((points - self.origin)[:, on] / self.ray[on]).min(axis=1, initial=np.inf)
        return np.where((points >= self.floor).all(axis=1), reach, -np.inf)

    def least(self, level: float) -> Floats:
        """The point of the ray, raised to the floor."""
        return np.where(self._on, np.maximum(self.origin + level * self.ray, self.floor), self.floor)

    def cost(self, prices: Floats, level: float) -> Floats:
        """The worth of the point of the ray."""
        return np.asarray(prices @ self.least(level))

    def bound(self, prices: Floats, worth: Floats) -> float:
        """Where the ray, raised to the floor, passes the first of the planes."""
        on = self._on
        climb = prices @ self.ray
        room = worth - prices[:, ~on] @ self.floor[~on] - prices[:, on] @ self.origin[on]
        high = float((room[climb > 0] / climb[climb > 0]).min(initial=np.inf))
        if not np.isfinite(high) or (self.cost(prices, high) <= worth + ROUNDING).all():
            return high
        step = self.first_gap(high)
        low = high - step
        while (self.cost(prices, low) > worth + ROUNDING).any():
            if step > FAR:
                return -np.inf
            step *= 4
            low -= step
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            fits = bool((self.cost(prices, middle) <= worth + ROUNDING).all())
            low, high = (middle, high) if fits else (low, middle)
        return high

    def relaxed(self, blocks: Blocks, near: Floats | None) -> Relaxed:  # noqa: ARG002
        """A linear programme, with one more row for everybody on the ray who has a floor above the origin."""
        on = np.flatnonzero(self._on)
        kept = np.flatnonzero(np.isfinite(self.floor) & (~self._on | (self.floor > self.origin)))
        rows = np.column_stack([blocks.rows[:, on], blocks.rows[:, kept]])
        floor = np.r_[self.origin[on], self.floor[kept]]
        found = relax(Blocks(rows, blocks.starts), floor, np.r_[self.ray[on], 0 * kept], np.zeros_like(floor))
        clean = _clean(found.prices)
        prices = np.zeros_like(self.floor)
        prices[on] += clean[: len(on)]
        prices[kept] += clean[len(on) :]
        return Relaxed(found.chances, found.chances @ blocks.rows, prices / prices.sum(), found.reach)

    def straightened(self, low: float, high: float) -> Ray:  # noqa: ARG002
        """It is straight."""
        return self


@dataclass(frozen=True)
class Total:
    """The largest weighted sum of payoffs, nobody below the floor."""

    floor: Floats
    weights: Floats

    most_ties = 100_000

    def first_gap(self, level: float) -> float:  # noqa: ARG002
        """Levels are of about unit size."""
        return 2e-4

    def levels(self, points: Floats) -> Floats:
        """The sums."""
        return np.where((points >= self.floor).all(axis=1), points @ self.weights, -np.inf)

    def least(self, level: float) -> Floats:  # noqa: ARG002
        """A sum guarantees nobody more than the floor."""
        return self.floor

    def _share(self, prices: Floats) -> Floats:
        """(p,) how much of the weights is in the prices."""
        some = self.weights > 0
        return np.asarray((prices[:, some] / self.weights[some]).min(axis=1))

    def cost(self, prices: Floats, level: float) -> Floats:
        """The level as far as the prices contain the weights, the floor for the rest of them."""
        share = self._share(prices)
        high = share * level + (prices - share[:, None] * self.weights) @ self.floor
        return np.asarray(np.maximum(high, prices @ self.floor))

    def bound(self, prices: Floats, worth: Floats) -> float:
        """The cost, solved for the level."""
        share = self._share(prices)
        rest = (prices - share[:, None] * self.weights) @ self.floor
        with np.errstate(divide="ignore", invalid="ignore"):
            return float(np.nanmin(np.where(share > 0, (worth - rest) / share, np.inf)))

    def relaxed(self, blocks: Blocks, near: Floats | None) -> Relaxed:  # noqa: ARG002
        """A linear programme: the sum is one more player, the only one on the ray."""
        rows = np.column_stack([blocks.rows, blocks.rows @ self.weights])
        floor, ray = np.append(self.floor, 0.0), np.append(np.zeros_like(self.floor), 1.0)
        found = relax(Blocks(rows, blocks.starts), floor, ray, np.zeros_like(floor))
        prices = _clean(found.prices)[:-1] + found.prices[-1] * self.weights
        return Relaxed(found.chances, found.point[:-1], prices / prices.sum(), found.reach)

    def straightened(self, low: float, high: float) -> Total:  # noqa: ARG002
        """It is straight."""
        return self


@dataclass(frozen=True)
class Product:
    """The largest sum of weighted logarithms of gains over ``origin`` where powers are positive.

    The least worth of gains with a given product is the inequality of weighted means: with P the sum of the powers,
    ``sum_i lambda_i g_i >= P exp((level - sum_i w_i log(w_i / lambda_i)) / P)``, equal at ``g_i`` proportional to
    ``w_i / lambda_i``.
    """

    floor: Floats
    origin: Floats
    powers: Floats

    most_ties = 100_000

    def first_gap(self, level: float) -> float:  # noqa: ARG002
        """Levels are of about unit size."""
        return 1e-3

    @property
    def _on(self) -> NDArray[np.bool_]:
        return self.powers > 0

    def levels(self, points: Floats) -> Floats:
        """Logarithms of the products."""
        on = self._on
        gains = (points - self.origin)[:, on]
        fine = (points >= self.floor).all(axis=1) & (gains > 0).all(axis=1)
        return np.where(fine, np.log(np.where(gains > 0, gains, 1.0)) @ self.powers[on], -np.inf)

    def least(self, level: float) -> Floats:  # noqa: ARG002
        """A product guarantees nobody more than the floor."""
        return self.floor

    def _even(self, prices: Floats) -> Floats:
        on = self._on
        return np.asarray((self.powers[on] * np.log(self.powers[on] / prices[:, on])).sum(axis=1))

    def _rest(self, prices: Floats) -> Floats:
        """(p,) the worth of the origin of those who are to gain and of the floor of the others."""
        return np.asarray(prices @ np.where(self._on, self.origin, self.floor))

    def cost(self, prices: Floats, level: float) -> Floats:
        """The inequality of weighted means."""
        total = self.powers.sum()
        gains = total * np.exp((level - self._even(prices)) / total)
        return np.asarray(np.maximum(gains + self._rest(prices), prices @ self.floor))

    def bound(self, prices: Floats, worth: Floats) -> float:
        """The cost, solved for the level."""
        total = self.powers.sum()
        gains = np.maximum((worth - self._rest(prices)) / total, np.finfo(float).tiny)
        return float((self._even(prices) + total * np.log(gains)).min())

    def relaxed(self, blocks: Blocks, near: Floats | None) -> Relaxed:
        """A concave programme, gains in units of those that are known to be possible."""
        unit = np.ones_like(self.floor)
        if near is not None:
            unit = np.where(self._on, np.clip(near - self.origin, 1e-9, None), 1.0)
        floor = np.where(self._on, self.origin, self.floor) / unit
        found = relax(Blocks(blocks.rows / unit, blocks.starts), floor, np.zeros_like(floor), self.powers)
        return Relaxed(found.chances, found.point * unit, found.prices / unit, found.reach)

    def straightened(self, low: float, high: float) -> Product:  # noqa: ARG002
        """Logarithms have tangents."""
        return self

    def tangent(self, player: int, place: float) -> tuple[float, float]:
        """Slope and offset of the line that touches a player's weighted logarithm at a place."""
        power, gain = float(self.powers[player]), max(place - float(self.origin[player]), CLOSEST)
        return power / gain, power * (np.log(gain) - 1 - self.origin[player] / gain)


def best_products(gains: Floats, rows: NDArray[np.intp], powers: Floats) -> NDArray[np.intp]:
    """Those of some rows of (k, n) gains whose weighted products are the largest; only positive powers count."""
    some = np.where(powers > 0, gains[rows], 1.0)
    scores = np.log(some) @ (powers / max(powers.max(), 1.0))
    return np.asarray(rows[scores >= scores.max(initial=-np.inf) - RELATIVE])


def _clean(prices: Floats) -> Floats:
    return np.where(prices < SMALL * prices.max(), 0.0, prices)
