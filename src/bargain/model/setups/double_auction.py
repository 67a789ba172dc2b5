"""``model: double_auction``."""

from __future__ import annotations

from typing import ClassVar, Literal

from bargain.model.issues import Name
from bargain.model.private import PrivateQuantity
from bargain.model.setups.ranges import Part
from bargain.model.setups.setup import Setup

__all__ = ["DoubleAuctionSetup"]


class DoubleAuctionSetup(Setup):
    """A buyer bids, a seller asks, each with a private value; with few values each, the best mechanism for the two."""

    names_players: ClassVar[tuple[str, ...]] = ("buyer", "seller")

    model: Literal["double_auction"]
    buyer: Name | None = None
    seller: Name | None = None
    values: PrivateQuantity | None = None
    costs: PrivateQuantity | None = None
    price_weight: Part | None = None
    profit_weight: Part | None = None
