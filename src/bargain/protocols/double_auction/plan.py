"""Plans of trade under private information: what types bid and ask, or a mechanism they report to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["AuctionPlan", "Line", "MechanismPlan", "Shadows"]

Array = NDArray[np.float64]
NO_DEFICIT = 1e-12
"""A deficit smaller than this part of the gains is rounding."""


@dataclass(frozen=True)
class Line:
    """A rising function in straight pieces between ``knots``: what each type bids or asks.

    >>> Line((0.0, 0.25, 1.0), (0.0, 0.25, 0.75)).at(0.625)
    0.5
    """

    knots: tuple[float, ...]
    heights: tuple[float, ...]

    def at(self, x: float) -> float:
        """The height at x, inside the range of the knots."""
        for a, b, low, high in zip(self.knots, self.knots[1:], self.heights, self.heights[1:], strict=False):
            if x <= b:
                return low + (high - low) * (x - a) / (b - a)
        return self.heights[-1]


@dataclass(frozen=True)
class AuctionPlan:
    """The linear equilibrium: ``bids`` by value and ``asks`` by cost, and what they lead to before types are known.

    Trade happens at prices from ``lowest`` to ``highest``; types that cannot trade, values below ``lowest`` and costs
    above ``highest``, bid and ask what the object is worth to them, which does as well as anything. ``gains`` are those
    from trade, ``payoffs`` the buyer's and the seller's part of them, ``chance`` that they trade.
    """

    bids: Line
    asks: Line
    lowest: float
    highest: float
    payoffs: tuple[float, float]
    chance: float

    @property
    def gains(self) -> float:
        """Expected gains from trade."""
        return sum(self.payoffs)


@dataclass(frozen=True, eq=False)
class Shadows:
    """What each constraint costs, in units of the objective: multipliers, none negative.

    ``budget`` is that of the broker's budget; ``buyer_stays`` and ``seller_stays`` of participation, by type;
    ``buyer_down[i]`` of type i+1 not reporting type i, ``buyer_up[i]`` of type i not reporting i+1, and likewise for
    the seller. With degenerate programmes they are one choice of several.
    """

    budget: float
    buyer_stays: Array
    seller_stays: Array
    buyer_down: Array
    buyer_up: Array
    seller_down: Array
    seller_up: Array


@dataclass(frozen=True, eq=False)
class MechanismPlan:
    """A direct mechanism: for every pair of reports (value i, cost j) the chance of trade and the money.

    ``trade[i, j]`` is a chance, ``pays[i, j]`` what the buyer pays and ``receives[i, j]`` what the seller gets,
    whether or not they trade. ``buyer`` and ``seller`` are payoffs by type, expected over the other's types; ``gains``
    are expected gains from trade, ``profit`` the broker's, ``first_best`` what could be gained if types were known,
    ``deficit`` the subsidy that trading whenever there is a gain would need (negative: what it would leave over).
    """

    trade: Array
    pays: Array
    receives: Array
    buyer: Array
    seller: Array
    gains: float
    profit: float
    first_best: float
    deficit: float
    shadows: Shadows

    @property
    def efficient(self) -> bool:
        """Whether trading whenever there is a gain needs no subsidy."""
        return self.deficit <= NO_DEFICIT * max(self.first_best, 0.0)
