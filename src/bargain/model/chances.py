"""A chance: a number from 0 to 1, or ``rest``, which is what the other chances leave."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from bargain.model.quantity import Quantity

__all__ = ["REST", "Chance"]

REST = "rest"


def _quantity_or_rest(chance: Any) -> Any:
    if isinstance(chance, str) and chance != REST:
        raise PydanticCustomError("chance", "a chance is a number from 0 to 1, or `rest`")
    return chance if isinstance(chance, str | Quantity) else Quantity.model_validate(chance)


def _probability(chance: Quantity | str) -> Quantity | str:
    if isinstance(chance, Quantity) and not 0 <= chance.value <= 1:
        raise PydanticCustomError("chance", "a chance is a number from 0 to 1, or `rest`")
    return chance


Chance = Annotated[Quantity | Literal["rest"], BeforeValidator(_quantity_or_rest), AfterValidator(_probability)]
