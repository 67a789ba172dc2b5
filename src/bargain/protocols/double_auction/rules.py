"""Trade between a buyer and a seller who know their own value and cost only, in plain numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bargain.errors import UsageError

__all__ = ["DoubleAuction", "Prior", "Trade", "Types"]

SUM_TO_ONE = 1e-9
"""Chances written in decimals sum to 1 up to this."""


def _need(holds: bool, message: str, hint: str) -> None:
    """Raise `UsageError` unless a condition on the rules holds."""
    if not holds:
        raise UsageError(message, hint=hint)


@dataclass(frozen=True)
class Prior:
    """What is known about a value or a cost: F(x) = ((x - low) / (high - low)) ** exponent; 1 is uniform.

    Raises `UsageError` unless low < high and the exponent is positive.

    >>> Prior(0, 1).chance_below(0.25), Prior(0, 1, exponent=2).chance_below(0.5)
    (0.25, 0.25)
    """

    low: float
    high: float
    exponent: float = 1.0

    def __post_init__(self) -> None:
        finite = math.isfinite(self.low) and math.isfinite(self.high)
        _need(
            finite and self.low < self.high, f"a range from {self.low:g} to {self.high:g}", "write the lower end first"
        )
        _need(self.exponent > 0, f"exponent: {self.exponent:g} is not positive", "write 1 for uniform")

    @property
    def width(self) -> float:
        """High less low."""
        return self.high - self.low

    def chance_below(self, x: float) -> float:
        """F(x), 0 below the range and 1 above it."""
        return float(min(max((x - self.low) / self.width, 0.0), 1.0) ** self.exponent)

    def density(self, x: float) -> float:
        """F'(x) inside the range."""
        part = (x - self.low) / self.width
        return 0.0 if not 0 <= part <= 1 else float(self.exponent * part ** (self.exponent - 1.0) / self.width)


@dataclass(frozen=True)
class Types:
    """A few possible values, in rising order, and their chances, which sum to 1.

    >>> Types((1, 4), (0.5, 0.5)).values
    (1.0, 4.0)
    """

    values: tuple[float, ...]
    chances: tuple[float, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", tuple(float(value) for value in self.values))
        object.__setattr__(self, "chances", tuple(float(chance) for chance in self.chances))
        _need(len(self.values) > 0, "no types", "write at least one value with its chance")
        same = len(self.values) == len(self.chances)
        _need(same, f"{len(self.values)} values and {len(self.chances)} chances", "write a chance for every value")
        finite = all(math.isfinite(value) for value in self.values)
        rising = all(a < b for a, b in zip(self.values, self.values[1:], strict=False))
        _need(finite and rising, "values: they do not rise", "write different values, the lowest first")
        _need(min(self.chances) > 0, "chances: one is not positive", "leave types out that cannot occur")
        total = math.fsum(self.chances)
        _need(abs(total - 1.0) <= SUM_TO_ONE, f"chances: they sum to {total:g}", "write chances that sum to 1")


@dataclass(frozen=True)
class DoubleAuction:
    """A buyer bids b and a seller asks s at the same time; they trade if b is no less than s, at price k b + (1 - k) s.

    ``price_weight`` is k. Each knows its own value or cost and the ``Prior`` of the other's.
    Source: Chatterjee & Samuelson (1983), Operations Research 31, 835-851.

    >>> DoubleAuction(Prior(0, 1), Prior(0, 1)).price_weight
    0.5
    """

    values: Prior
    costs: Prior
    price_weight: float = 0.5
    players: tuple[str, str] = ("buyer", "seller")

    def __post_init__(self) -> None:
        inside = 0 <= self.price_weight <= 1
        _need(inside, f"price_weight: {self.price_weight:g} is not between 0 and 1", "write 0.5 for the middle")


@dataclass(frozen=True)
class Trade:
    """One object that a mechanism may move from a seller to a buyer, of few types each, drawn independently.

    The mechanism maximises (1 - ``profit_weight``) times the expected gains from trade plus ``profit_weight`` times the
    expected profit of a broker, who never pays in on average.
    Source: Myerson & Satterthwaite (1983), Journal of Economic Theory 29, 265-281.

    >>> Trade(Types((1, 5), (0.5, 0.5)), Types((0, 4), (0.5, 0.5))).profit_weight
    0.0
    """

    values: Types
    costs: Types
    profit_weight: float = 0.0
    players: tuple[str, str] = ("buyer", "seller")

    def __post_init__(self) -> None:
        inside = 0 <= self.profit_weight <= 1
        _need(
            inside,
            f"profit_weight: {self.profit_weight:g} is not between 0 and 1",
            "write 0 for gains from trade alone",
        )
