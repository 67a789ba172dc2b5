"""``model: ultimatum``."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from bargain.model.issues import Name
from bargain.model.setups.ranges import Cost, NotNegative, Part, Positive
from bargain.model.setups.setup import Setup

__all__ = ["UltimatumSetup"]


def _rounds(data: Any) -> Any:
    if data != "unlimited" and (type(data) is not int or data not in (1, 2)):
        hint = "over agreements 1 or 2 rounds are played, over a `pie` 1, 2 or `unlimited`"
        raise PydanticCustomError("rounds", "expected 1, 2 or unlimited", {"hint": hint})
    return data


Rounds = Annotated[Annotated[int, Field(ge=1, le=2)] | Literal["unlimited"], BeforeValidator(_rounds)]


class UltimatumSetup(Setup):
    """Take it or leave it, to a player whose type is hidden; with two ``rounds`` a refusal tells something.

    Over the scenario's agreements with its ``types``; or over a ``pie`` that conflict divides by the chance to ``win``,
    less ``costs``, of which one is private, and of which nobody can demand what the other has ``held``.
    """

    names_players: ClassVar[tuple[str, ...]] = ("proposer", "to", "costs")

    model: Literal["ultimatum"]
    proposer: Name | None = None
    to: Name | None = None
    rounds: Rounds = 1
    pie: Positive | None = None
    win: Part | None = None
    held: NotNegative | None = None
    costs: dict[Name, Cost] | None = None
