"""Concave upper bounds of one rising function per player, made of straight pieces.

Where a function is concave its tangents do. Where it is not, that it rises is enough: between two places it is no
higher than at the second, and the hull of these steps lies above it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

__all__ = ["Majorant", "Majorants", "above", "tangents"]

Floats = NDArray[np.float64]
Function = Callable[[Floats], Floats]

STEEPEST, FLATTEST = 60.0, -60.0
"""Logarithms of the multipliers that are tried; any gives a bound."""
HALVINGS = 48
"""Bisection of a multiplier to about 1e-12 of itself."""
LEVEL = 1e-13
"""Slopes this close to each other, as a share of the larger, meet nowhere in particular."""


@dataclass(frozen=True)
class Majorant:
    """The corners of one bound: places rising, values, and slopes between them falling.

    >>> bound = tangents(np.sqrt, lambda x: 0.5 / np.sqrt(x), np.array([1.0, 4.0]))
    >>> bound.places.tolist(), bound.values.tolist()
    ([1.0, 2.0, 4.0], [1.0, 1.5, 2.0])
    """

    places: Floats
    values: Floats

    @cached_property
    def slopes(self) -> Floats:
        """Between the corners."""
        return np.diff(self.values) / np.diff(self.places)

    def dearest(self, prices: Floats) -> NDArray[np.intp]:
        """The corners with the largest value less ``price x place``, one per price."""
        return np.searchsorted(-self.slopes, -prices, side="left")

    def line(self, place: float) -> tuple[float, float]:
        """Slope and offset of the piece over a place."""
        pieces = len(self.slopes)
        piece = int(np.clip(np.searchsorted(self.places, place) - 1, 0, pieces - 1))
        slope = float(self.slopes[piece]) if pieces else 0.0
        values = self.values - slope * self.places
        return slope, float(values.max())

    def down_to(self, place: float) -> Majorant:
        """The first piece continued down to a place: no less than a concave function that it touches at the start."""
        if not place < self.places[0]:
            return self
        slope = self.slopes[0] if len(self.slopes) else 0.0
        value = self.values[0] - slope * (self.places[0] - place)
        return Majorant(np.r_[place, self.places], np.r_[value, self.values])


def tangents(function: Function, slope: Function, places: Floats, weight: float = 1.0) -> Majorant:
    """The tangents of a concave function, times a weight, at rising places, between the first and the last."""
    values, slopes = weight * function(places), weight * slope(places)
    steps = np.diff(places)
    turn = slopes[:-1] - slopes[1:]
    with np.errstate(divide="ignore", invalid="ignore"):
        way = (np.diff(values) - slopes[1:] * steps) / turn
    way = np.where(turn > LEVEL * np.abs(slopes[:-1]), np.clip(way, 0.0, steps), steps / 2)
    corners = np.maximum(values[:-1] + slopes[:-1] * way, values[1:] - slopes[1:] * (steps - way))
    return _hull(np.r_[places[0], places[:-1] + way, places[-1]], np.r_[values[0], corners, values[-1]])


def above(function: Function, places: Floats, weight: float = 1.0) -> Majorant:
    """The hull of the steps of a rising function, times a weight, over rising places.

    >>> above(np.square, np.array([0.0, 1.0, 2.0])).values.tolist()
    [1.0, 4.0, 4.0]
    """
    values = weight * function(places)
    return _hull(np.r_[places[:-1], places[-1]], np.r_[values[1:], values[-1]])


def _hull(places: Floats, values: Floats) -> Majorant:
    """What lies above all corners: those below the line between their neighbours go, as long as there are some.

    Of corners at one place the highest counts.
    """
    firsts = np.flatnonzero(np.r_[True, np.diff(places) > 0])
    places, values = places[firsts], np.maximum.reduceat(values, firsts)
    while True:
        rises = np.diff(values) / np.diff(places)
        kept = np.r_[True, rises[1:] <= rises[:-1], True][: len(places)]
        if kept.all():
            return Majorant(places, values)
        places, values = places[kept], values[kept]


@dataclass(frozen=True)
class Majorants:
    """A bound for the sum of one function per player.

    All answers come from multipliers: for any ``m > 0``, with the best value less ``m x price x place`` of every
    player, ``sum of values <= m x worth + sum of what is best``. The multiplier that tells most is found by bisection.
    """

    each: Sequence[Majorant]

    def cost(self, prices: Floats, level: float) -> Floats:
        """(p,) no places with a sum of values of ``level`` are worth less at (p, n) prices."""

        def enough(values: Floats, worth: Floats) -> NDArray[np.bool_]:  # noqa: ARG001
            return values >= level

        return np.asarray(
            np.max([worth + (level - values) / m for m, values, worth in self._around(prices, enough)], axis=0)
        )

    def bound(self, prices: Floats, worth: Floats) -> Floats:
        """(p,) the sum of values is no more where places are worth (p,) ``worth`` at (p, n) prices."""

        def enough(values: Floats, spent: Floats) -> NDArray[np.bool_]:  # noqa: ARG001
            return spent >= worth

        return np.asarray(
            np.min([values + m * (worth - spent) for m, values, spent in self._around(prices, enough)], axis=0)
        )

    def _around(
        self, prices: Floats, enough: Callable[[Floats, Floats], NDArray[np.bool_]]
    ) -> list[tuple[Floats, Floats, Floats]]:
        """Multipliers just below and just above where there is enough, with values and worths there."""
        low, high = np.full(len(prices), FLATTEST), np.full(len(prices), STEEPEST)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            much = enough(*self._best(prices, np.exp(middle)))
            low, high = np.where(much, middle, low), np.where(much, high, middle)
        return [(np.exp(m), *self._best(prices, np.exp(m))) for m in (low, high)]

    def _best(self, prices: Floats, multiplier: Floats) -> tuple[Floats, Floats]:
        """(p,) sums of values and worths of what is best at given multipliers."""
        values, worth = np.zeros(len(prices)), np.zeros(len(prices))
        for player, bound in enumerate(self.each):
            corner = bound.dearest(multiplier * prices[:, player])
            values += bound.values[corner]
            worth += prices[:, player] * bound.places[corner]
        return values, worth
