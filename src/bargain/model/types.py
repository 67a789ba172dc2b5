"""Hidden types: what a player may be like, with what chance, as named bundles of changes to the file."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from bargain.model.quantity import Quantity, Record

__all__ = ["REST", "PlayerType"]

REST = "rest"


class PlayerType(Record):
    """One type of a player: ``set`` maps knobs to what they are if this is the type; ``chance: rest`` is what is left.

    A type may change its player's utilities and patience, and what happens without a deal.
    """

    chance: Quantity | Literal["rest"]
    set: dict[str, Any] = Field(default_factory=dict)
    title: str | None = None
    note: str | None = None
    source: str | None = None

    @field_validator("chance", mode="before")
    @classmethod
    def _chance_or_rest(cls, chance: Any) -> Any:
        if isinstance(chance, str) and chance != REST:
            raise PydanticCustomError("chance", "a chance is a number from 0 to 1, or `rest`")
        return chance if isinstance(chance, str | Quantity) else Quantity.model_validate(chance)

    @field_validator("chance")
    @classmethod
    def _chance_a_probability(cls, chance: Quantity | str) -> Quantity | str:
        if isinstance(chance, Quantity) and not 0 <= chance.value <= 1:
            raise PydanticCustomError("chance", "a chance is a number from 0 to 1, or `rest`")
        return chance
