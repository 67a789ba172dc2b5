"""``model: concession``."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, SerializerFunctionWrapHandler, field_serializer, field_validator

from bargain.model.issues import Name
from bargain.model.setups.haggling import Haggling
from bargain.model.setups.ranges import PartBelow1
from bargain.model.setups.setup import Setup

__all__ = ["ConcessionSetup"]


class ConcessionSetup(Setup):
    """Round by round by given strategies: who asks for what, and who gives in.

    Who is not named (nor meant by ``others``) is ``linear``. ``order`` says who proposes first, and so on. With
    ``tournament`` every profile of the usual strategies is played, or of those listed; strategies that draw are
    repeated over ``repetitions`` seeds.
    """

    names_players: ClassVar[tuple[str, ...]] = ("strategies", "order")

    model: Literal["concession"]
    strategies: dict[Name, Haggling] | None = None
    order: list[Name] | None = None
    deadline: Annotated[int, Field(ge=1)] = 20
    breakdown: PartBelow1 | None = None
    seed: Annotated[int, Field(ge=0)] = 0
    tournament: list[Haggling] | None = None
    repetitions: Annotated[int, Field(ge=1)] = 50

    @field_validator("tournament", mode="before")
    @classmethod
    def _yes_or_no(cls, data: Any) -> Any:
        """``true`` stands for the usual strategies, an empty list."""
        if isinstance(data, bool):
            return [] if data else None
        return data

    @field_serializer("tournament", mode="wrap")
    def _yes_when_usual(self, tournament: list[Haggling] | None, handler: SerializerFunctionWrapHandler) -> Any:
        return True if tournament == [] else handler(tournament)
