"""``model: ultimatum``."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from bargain.model.issues import Name
from bargain.model.private import KnownOrPrivate
from bargain.model.quantity import Quantity
from bargain.model.setups.setup import Setup

__all__ = ["UltimatumSetup"]


class UltimatumSetup(Setup):
    """Take it or leave it, to a player whose type is hidden; with two ``rounds`` a refusal tells something.

    Over the scenario's agreements with its ``types``; or over a ``pie`` that conflict divides by the chance to ``win``,
    less ``costs``, of which one is private, and of which nobody can demand what the other has ``held``.
    """

    names_players: ClassVar[tuple[str, ...]] = ("proposer", "to", "costs")

    model: Literal["ultimatum"]
    proposer: Name | None = None
    to: Name | None = None
    rounds: Annotated[int, Field(ge=1, le=2)] | Literal["unlimited"] = 1
    pie: Quantity | None = None
    win: Quantity | None = None
    held: Quantity | None = None
    costs: dict[Name, KnownOrPrivate] | None = None
