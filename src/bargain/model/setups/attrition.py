"""``model: attrition``."""

from __future__ import annotations

from typing import ClassVar, Literal

from bargain.model.issues import Name
from bargain.model.quantity import Quantity
from bargain.model.setups.setup import Setup

__all__ = ["AttritionSetup"]


class AttritionSetup(Setup):
    """Who holds out longer: for ``prizes`` at flow ``costs``, or on ``demands`` with ``stubborn`` types."""

    names_players: ClassVar[tuple[str, ...]] = ("prizes", "costs", "demands", "stubborn", "rates")

    model: Literal["attrition"]
    prizes: dict[Name, Quantity] | None = None
    costs: dict[Name, Quantity] | None = None
    demands: dict[Name, Quantity] | None = None
    stubborn: dict[Name, Quantity] | None = None
    rates: dict[Name, Quantity] | None = None
