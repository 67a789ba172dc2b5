"""A private quantity: a number that only one player knows; the others know its distribution."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from bargain.model.quantity import Quantity, Record

__all__ = ["KnownOrPrivate", "Private", "PrivateQuantity"]

SUM = 1e-9
"""By how much chances may miss 1: rounding of a decimal."""


class Private(Record):
    """``{shape: uniform, low, high}``, or ``{values: […], chances: […]}``, equally likely without ``chances``."""

    shape: Literal["uniform"] | None = None
    low: Quantity | None = None
    high: Quantity | None = None
    values: Annotated[list[Quantity], Field(min_length=1)] | None = None
    chances: list[Quantity] | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Private:
        spread = (self.shape, self.low, self.high)
        if (self.values is None) == any(part is None for part in spread) or (
            self.values is not None and any(part is not None for part in spread)
        ):
            raise PydanticCustomError(
                "private_kind",
                "a private quantity is `{shape: uniform, low: …, high: …}` or `{values: […], chances: […]}`",
            )
        if self.low is not None and self.high is not None and self.low.value >= self.high.value:
            raise PydanticCustomError("private_order", "low must be below high")
        self._chances_fit()
        return self

    def _chances_fit(self) -> None:
        if self.chances is None:
            return
        chances = [float(chance) for chance in self.chances]
        if self.values is None or len(chances) != len(self.values):
            raise PydanticCustomError("private_chances", "there must be one chance for every value")
        if min(chances) < 0 or abs(sum(chances) - 1) > SUM:
            raise PydanticCustomError("private_sum", "chances must not be negative and must sum to 1")


class PrivateQuantity(Record):
    """``{private: …}``: known to one player, a draw from a distribution to the others."""

    private: Private
    note: str | None = None
    source: str | None = None


def _kind(data: Any) -> str:
    private = "private" in data if isinstance(data, dict) else isinstance(data, PrivateQuantity)
    return "~private" if private else "~known"


KnownOrPrivate = Annotated[
    Annotated[Quantity, Tag("~known")] | Annotated[PrivateQuantity, Tag("~private")], Discriminator(_kind)
]
"""A number that everybody knows, or one that a single player knows; tags with ``~`` never stand in a file's paths."""
