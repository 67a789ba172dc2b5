"""``model: concession``."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from bargain.model.issues import Name
from bargain.model.quantity import Quantity
from bargain.model.setups.setup import Setup

__all__ = ["ConcessionSetup"]


class ConcessionSetup(Setup):
    """Round by round by rules of thumb: who asks for what, and who gives in."""

    names_players: ClassVar[tuple[str, ...]] = ("strategies", "order")

    model: Literal["concession"]
    strategies: dict[Name, Any] | None = None
    order: list[Name] | None = None
    deadline: Annotated[int, Field(ge=1)] = 20
    breakdown: Quantity | None = None
    seed: int = 0
    tournament: bool | list[str] = False
