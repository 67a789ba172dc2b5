"""``model: attrition``."""

from __future__ import annotations

from typing import ClassVar, Literal

from bargain.model.conditions import Setting
from bargain.model.issues import Name
from bargain.model.quantity import Record
from bargain.model.setups.ranges import Inside, NotNegative, Part, Positive
from bargain.model.setups.setup import Setup

__all__ = ["AttritionSetup", "StubbornType"]


class StubbornType(Record):
    """One stubborn type: the share of the pie that it asks for, and the chance of it."""

    demand: Inside
    chance: Inside


class AttritionSetup(Setup):
    """Who holds out longer: for ``prizes`` at flow ``costs``, or on ``demands`` with ``stubborn`` types.

    Demands are shares of a pie of 1. In their place, and in that of prizes, each may insist on an
    agreement of the file. With ``types``, lists of stubborn types, rational players choose what to ask for, ``first``
    the one and then the other.
    """

    names_players: ClassVar[tuple[str, ...]] = (
        "prizes",
        "costs",
        "at_once",
        "settlement",
        "demands",
        "stubborn",
        "rates",
        "insists",
        "types",
        "first",
    )
    names_agreements: ClassVar[tuple[str, ...]] = ("insists",)

    model: Literal["attrition"]
    prizes: dict[Name, Positive] | None = None
    costs: dict[Name, Positive] | None = None
    at_once: dict[Name, Part] | None = None
    deadline: Positive | None = None
    settlement: dict[Name, NotNegative] | None = None
    demands: dict[Name, Inside] | None = None
    stubborn: dict[Name, Inside] | None = None
    rates: dict[Name, Positive] | None = None
    insists: dict[Name, dict[Name, Setting]] | None = None
    types: dict[Name, list[StubbornType]] | None = None
    first: Name | None = None
