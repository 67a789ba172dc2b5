"""Attitudes to risk: strictly increasing transformations of a column of payoffs, each with its tangents.

A *total* z is what payoffs add up to; its *worth* v(z) is what lotteries average. Every attitude tells the worth, its
slope v', its curvature -v''/v'^2 (what remains of v'' when gradients are taken of the worth), and the total of a worth.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["Attitude", "Attitudes", "Cara", "Crra", "Neutral"]

Floats = NDArray[np.float64]

STEEPEST = 230.0
"""Largest exponent, in absolute value: e^230 is 1e100, and the product of three such numbers is still one (e^709)."""
NEGLIGIBLE = 1e-290
"""An aversion below this is none: it could not be told from 0 by any total that a float holds to full precision."""
NEAR_LIMIT = 0.1
"""Powers whose logarithm is below this are taken by expm1, which keeps the digits that subtracting 1 would lose."""
NARROWEST = 1e-300
"""The least distance from the base of constant relative aversion; nearer totals are refused before they get here."""

JUST_ABOVE = float(np.nextafter(-1.0, 0.0))
"""Where log1p is still a number."""


class Attitude(Protocol):
    """One player's attitude; all functions work on arrays."""

    @property
    def averse(self) -> bool:
        """Whether the worth is concave (a straight line is)."""

    @property
    def base(self) -> float:
        """Totals must lie above this; minus infinity if all totals have a worth."""

    def worth(self, totals: Floats) -> Floats:
        """What totals are worth."""

    def slope(self, totals: Floats) -> Floats:
        """What one more unit of the total is worth."""

    def curvature(self, totals: Floats) -> Floats:
        """-v''/v'^2 at totals."""

    def total(self, worth: Floats) -> Floats:
        """The total that has this worth; the nearest one where none has."""

    def bearable(self, totals: Floats) -> NDArray[np.bool_]:
        """Whether the worth of totals is defined and a number to calculate with."""


@dataclass(frozen=True)
class Neutral:
    """No attitude: the total itself."""

    averse = True
    base = -np.inf

    def worth(self, totals: Floats) -> Floats:
        """The totals."""
        return totals

    def slope(self, totals: Floats) -> Floats:
        """1."""
        return np.ones_like(totals)

    def curvature(self, totals: Floats) -> Floats:
        """0."""
        return np.zeros_like(totals)

    def total(self, worth: Floats) -> Floats:
        """The worth."""
        return worth

    def bearable(self, totals: Floats) -> NDArray[np.bool_]:
        """Always."""
        return np.isfinite(totals)


@dataclass(frozen=True)
class Cara:
    """Constant absolute risk aversion: v(z) = (1 - e^(-rho z)) / rho, and z itself at rho = 0 (Pratt 1964).

    A negative ``rho`` is a liking for risk.

    >>> Cara(0.5).worth(np.array([0.0, 2.0])).round(6).tolist()
    [0.0, 1.264241]
    >>> Cara(1e-12).worth(np.array([3.0])).round(9).tolist()
    [3.0]
    """

    rho: float
    base = -np.inf

    @property
    def averse(self) -> bool:
        """Whether rho is not negative."""
        return self.rho >= 0

    def worth(self, totals: Floats) -> Floats:
        """(1 - e^(-rho z)) / rho."""
        if abs(self.rho) < NEGLIGIBLE:
            return totals
        return np.asarray(-np.expm1(self._exponent(totals)) / self.rho)

    def slope(self, totals: Floats) -> Floats:
        """e^(-rho z)."""
        return np.asarray(np.exp(self._exponent(totals)))

    def curvature(self, totals: Floats) -> Floats:
        """Rho e^(rho z)."""
        return np.asarray(self.rho * np.exp(-self._exponent(totals)))

    def total(self, worth: Floats) -> Floats:
        """-log(1 - rho v) / rho."""
        if abs(self.rho) < NEGLIGIBLE:
            return worth
        return np.asarray(-np.log1p(np.maximum(-self.rho * worth, JUST_ABOVE)) / self.rho)

    def bearable(self, totals: Floats) -> NDArray[np.bool_]:
        """Where e^(-rho z) is a number to calculate with."""
        return np.abs(self.rho * totals) <= STEEPEST

    def _exponent(self, totals: Floats) -> Floats:
        return np.clip(-self.rho * totals, -STEEPEST, STEEPEST)


@dataclass(frozen=True)
class Crra:
    """Constant relative risk aversion above a base: v(z) = ((z - base)^(1 - eta) - 1) / (1 - eta) (Pratt 1964).

    At eta = 1 it is log(z - base). A negative ``eta`` is a liking for risk.

    >>> Crra(0.5, 1.0).worth(np.array([2.0, 5.0])).tolist()
    [0.0, 2.0]
    >>> [round(float(Crra(eta, 0.0).worth(np.array(3.0))), 6) for eta in (1 - 1e-9, 1, 1 + 1e-9)]
    [1.098612, 1.098612, 1.098612]
    """

    eta: float
    base: float

    @property
    def averse(self) -> bool:
        """Whether eta is not negative."""
        return self.eta >= 0

    def worth(self, totals: Floats) -> Floats:
        """((z - base)^(1 - eta) - 1) / (1 - eta)."""
        above, rest = self._above(totals), 1.0 - self.eta
        logarithm = np.log(above)
        if abs(rest) < NEGLIGIBLE:
            return np.asarray(logarithm)
        power = np.clip(rest * logarithm, -STEEPEST, STEEPEST)
        far = np.exp(power) if abs(rest) > 1 else above**rest
        return np.asarray(np.where(np.abs(power) < NEAR_LIMIT, np.expm1(power), far - 1) / rest)

    def slope(self, totals: Floats) -> Floats:
        """(z - base)^(-eta)."""
        return self._power(totals, -self.eta)

    def curvature(self, totals: Floats) -> Floats:
        """Eta (z - base)^(eta - 1)."""
        return self.eta * self._power(totals, self.eta - 1)

    def total(self, worth: Floats) -> Floats:
        """Base + (1 + (1 - eta) v)^(1 / (1 - eta))."""
        rest = 1.0 - self.eta
        exponent = worth if abs(rest) < NEGLIGIBLE else np.log1p(np.maximum(rest * worth, JUST_ABOVE)) / rest
        return np.asarray(self.base + np.exp(np.clip(exponent, -STEEPEST, STEEPEST)))

    def bearable(self, totals: Floats) -> NDArray[np.bool_]:
        """Above the base, and where all powers that are needed are numbers to calculate with."""
        steepness = max(abs(1.0 - self.eta), abs(self.eta))
        return np.asarray((totals > self.base) & (np.abs(np.log(self._above(totals))) * steepness <= STEEPEST))

    def _above(self, totals: Floats) -> Floats:
        return np.maximum(totals - self.base, NARROWEST)

    def _power(self, totals: Floats, exponent: float) -> Floats:
        return np.asarray(np.exp(np.clip(exponent * np.log(self._above(totals)), -STEEPEST, STEEPEST)))


@dataclass(frozen=True)
class Attitudes:
    """The attitudes of n players, applied column by column to arrays (…, n).

    >>> Attitudes((Neutral(), Crra(0.5, 0.0))).worth(np.array([[4.0, 4.0]])).tolist()
    [[4.0, 2.0]]
    """

    each: tuple[Attitude, ...]

    @property
    def neutral(self) -> bool:
        """Whether totals are left as they are."""
        return all(isinstance(attitude, Neutral) for attitude in self.each)

    @property
    def averse(self) -> bool:
        """Whether all worths are concave."""
        return all(attitude.averse for attitude in self.each)

    def twice(self) -> Attitudes:
        """The attitudes of the players, and once more."""
        return Attitudes(self.each * 2)

    def worth(self, totals: Floats) -> Floats:
        """(…, n) what totals are worth."""
        return self._columns([a.worth(totals[..., i]) for i, a in enumerate(self.each)])

    def slope(self, totals: Floats) -> Floats:
        """(…, n) v'."""
        return self._columns([a.slope(totals[..., i]) for i, a in enumerate(self.each)])

    def total(self, worth: Floats) -> Floats:
        """(…, n) the totals that have these worths."""
        return self._columns([a.total(worth[..., i]) for i, a in enumerate(self.each)])

    def curvature(self, totals: Floats) -> Floats:
        """(…, n) -v''/v'^2."""
        return self._columns([a.curvature(totals[..., i]) for i, a in enumerate(self.each)])

    def lines_above(self, worth: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats]:
        """(n,) slopes and offsets of lines that no worth of a total between ``low`` and ``high`` exceeds.

        For the averse the tangent where the worth is ``worth``, for lovers of risk the chord.
        """
        lines = [_line(a, *ends) for a, *ends in zip(self.each, worth, low, high, strict=True)]
        slopes, offsets = (np.array(numbers) for numbers in zip(*lines, strict=True))
        return slopes, offsets

    @staticmethod
    def _columns(columns: list[Floats]) -> Floats:
        return np.stack(columns, axis=-1)


def _line(attitude: Attitude, worth: float, low: float, high: float) -> tuple[float, float]:
    if isinstance(attitude, Neutral):
        return 1.0, 0.0
    low = max(low, np.nextafter(attitude.base, np.inf))
    at = float(np.clip(attitude.total(np.array(worth)), low, max(low, high)))
    slope = float(attitude.slope(np.array(at)))
    if not attitude.averse and high > low:
        ends = attitude.worth(np.array([low, high]))
        at, slope = low, float(ends[1] - ends[0]) / (high - low)
    return slope, float(attitude.worth(np.array(at))) - slope * at
