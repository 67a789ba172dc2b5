"""What a share is worth to each player: increasing, concave, and worth 0 where there is nothing.

Both families work on arrays of any shape whose last axis is the players, so that many draws of parameters are one call.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.errors import UsageError

__all__ = ["Cara", "Power", "Tastes"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Power:
    """u(x) = x^e with exponents 0 < e <= 1, ``(..., n)``; e = 1 is linear.

    >>> Power(np.array([1.0, 0.5])).worth(np.array([0.25, 0.25]))
    array([0.25, 0.5 ])
    """

    exponents: Floats

    def __post_init__(self) -> None:
        if not (np.asarray(self.exponents) > 0).all() or not (np.asarray(self.exponents) <= 1).all():
            raise UsageError("an exponent is not above 0 and at most 1", hint="1 is linear, 0.5 a square root")

    def worth(self, shares: Floats) -> Floats:
        """u(x), elementwise."""
        return np.asarray(shares**self.exponents)

    def slope(self, shares: Floats) -> Floats:
        """u'(x); infinite at 0 for e < 1."""
        return np.asarray(self.exponents * shares ** (self.exponents - 1))

    def touched(self, shares: Floats) -> tuple[Floats, Floats]:
        """u(x) and u'(x) of positive shares, in one go."""
        worths = self.worth(shares)
        return worths, self.exponents * worths / shares

    def share(self, worths: Floats) -> Floats:
        """The share that is worth as much."""
        return np.asarray(worths ** (1 / self.exponents))

    def bold(self, ratios: Floats) -> tuple[Floats, Floats]:
        """The share x with u(x)/u'(x) as given, and its slope in the ratio: x = e ratio."""
        return np.asarray(self.exponents * ratios), np.asarray(self.exponents + 0 * ratios)

    def of(self, rows: NDArray[np.intp] | slice) -> Power:
        """The tastes of some draws."""
        return self if np.ndim(self.exponents) < 2 else Power(self.exponents[rows])


@dataclass(frozen=True, eq=False)
class Cara:
    """u(x) = (1 - e^(-a x))/a with aversions a > 0, ``(..., n)``, per unit of the whole pie.

    >>> Cara(np.array([2.0])).worth(np.array([0.5])).round(6)
    array([0.31606])
    """

    aversions: Floats

    def __post_init__(self) -> None:
        if not (np.asarray(self.aversions) > 0).all():
            raise UsageError("an aversion to risk is not above 0", hint="0.01 is nearly linear")

    def worth(self, shares: Floats) -> Floats:
        """u(x), elementwise."""
        return np.asarray(-np.expm1(-self.aversions * shares) / self.aversions)

    def slope(self, shares: Floats) -> Floats:
        """u'(x)."""
        return np.asarray(np.exp(-self.aversions * shares))

    def touched(self, shares: Floats) -> tuple[Floats, Floats]:
        """u(x) and u'(x), in one go."""
        lost = np.expm1(-self.aversions * shares)
        return -lost / self.aversions, 1 + lost

    def share(self, worths: Floats) -> Floats:
        """The share that is worth as much."""
        return np.asarray(-np.log1p(-self.aversions * worths) / self.aversions)

    def bold(self, ratios: Floats) -> tuple[Floats, Floats]:
        """The share x with u(x)/u'(x) as given, and its slope in the ratio: x = ln(1 + a ratio)/a."""
        return np.asarray(np.log1p(self.aversions * ratios) / self.aversions), 1 / (1 + self.aversions * ratios)

    def of(self, rows: NDArray[np.intp] | slice) -> Cara:
        """The tastes of some draws."""
        return self if np.ndim(self.aversions) < 2 else Cara(self.aversions[rows])


Tastes = Power | Cara
"""Either family."""
