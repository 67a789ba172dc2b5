"""Quantities that keep to a range: what a set-up may say, refused in the words of its file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from bargain.model.private import KnownOrPrivate, Private, PrivateQuantity
from bargain.model.quantity import Quantity

__all__ = ["Cost", "Inside", "NotNegative", "Part", "PartBelow1", "Positive"]


def _kept(holds: Callable[[float], bool], words: str, hint: str) -> AfterValidator:
    """A validator that refuses a quantity whose value is out of range."""

    def check(quantity: Quantity) -> Quantity:
        if not holds(quantity.value):
            found = f"{quantity.value:.12g}"
            raise PydanticCustomError("out_of_range", "{found} is not {words}", _told(found, words, hint))
        return quantity

    return AfterValidator(check)


def _told(found: str, words: str, hint: str) -> dict[str, str]:
    return {"found": found, "words": words, "hint": hint}


def _cost_not_negative(cost: Quantity | PrivateQuantity) -> Quantity | PrivateQuantity:
    lowest = cost.value if isinstance(cost, Quantity) else _lowest(cost.private)
    if lowest < 0:
        told = _told(f"{lowest:.12g}", "0 or more", "write a cost from 0 on")
        raise PydanticCustomError("out_of_range", "{found} is not {words}", told)
    return cost


def _lowest(private: Private) -> float:
    """The least that a private quantity can be."""
    return min(float(part) for part in (*(private.values or ()), private.low) if part is not None)


Positive = Annotated[Quantity, _kept(lambda x: x > 0, "above 0", "write a number above 0")]
"""Above 0."""
NotNegative = Annotated[Quantity, _kept(lambda x: x >= 0, "0 or more", "write a number from 0 on")]
"""0 or more."""
Part = Annotated[Quantity, _kept(lambda x: 0 <= x <= 1, "between 0 and 1", "write a number from 0 to 1")]
"""A chance, a weight or a share: from 0 to 1."""
PartBelow1 = Annotated[Quantity, _kept(lambda x: 0 <= x < 1, "from 0 to below 1", "write a number from 0 to below 1")]
"""A chance that is not certain: from 0 to below 1."""
Inside = Annotated[
    Quantity, _kept(lambda x: 0 < x < 1, "strictly between 0 and 1", "write a number above 0 and below 1")
]
"""Strictly between 0 and 1."""
Cost = Annotated[KnownOrPrivate, AfterValidator(_cost_not_negative)]
"""A cost that everybody knows, or one that a single player knows: 0 or more."""
