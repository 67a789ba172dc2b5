"""A number with its range, basis, source and note.

In a file every number may be bare (``35``) or a map (``{value: 35, low: 25, high: 45, basis: assumed}``). Both are
read into a `Quantity`, and a quantity that is nothing but a value is written back as a bare number.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    SerializerFunctionWrapHandler,
    field_validator,
    model_serializer,
    model_validator,
)
from pydantic_core import PydanticCustomError

__all__ = ["Quantity", "Record"]

Basis = Literal["sourced", "assumed", "derived"]
Spread = Literal["triangular", "uniform", "normal", "lognormal", "beta"]


class Record(BaseModel):
    """A frozen part of a scenario file: unknown keys are errors, and so are ``nan`` and infinity."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        allow_inf_nan=False,
        populate_by_name=True,
        defer_build=True,  # one validator, for the whole scenario, instead of one more for each of its parts
    )


class Quantity(Record):
    """A number of the model and what is known about it.

    ``low`` and ``high`` are bounds for the shapes ``triangular`` (the default), ``uniform`` and ``beta``, and the
    5 and 95 per cent points for ``normal`` and ``lognormal``.

    >>> Quantity.model_validate(35)
    Quantity(35)
    >>> float(Quantity.model_validate({"value": 35, "low": 25, "high": 45}))
    35.0
    """

    value: float
    low: float | None = None
    high: float | None = None
    shape: Spread | None = None
    basis: Basis | None = None
    source: str | None = None
    note: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _accept_bare_number(cls, data: Any) -> Any:
        if isinstance(data, int | float) and not isinstance(data, bool):
            return {"value": data}
        if isinstance(data, dict | Quantity):
            return data
        raise PydanticCustomError("number", "expected a number", {"found": data})

    @field_validator("value", "low", "high", mode="before")
    @classmethod
    def _number(cls, data: Any) -> Any:
        if data is not None and (isinstance(data, bool) or not isinstance(data, int | float)):
            raise PydanticCustomError("number", "expected a number", {"found": data})
        return data

    @model_validator(mode="after")
    def _value_within_range(self) -> Quantity:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise PydanticCustomError("quantity_order", "low is above high")
        below = self.low is not None and self.value < self.low
        above = self.high is not None and self.value > self.high
        if below or above:
            raise PydanticCustomError("quantity_range", "the value lies outside its own low and high")
        return self

    @model_serializer(mode="wrap")
    def _bare_when_possible(self, handler: SerializerFunctionWrapHandler) -> Any:
        if self.is_bare:
            return self.value
        return {key: entry for key, entry in handler(self).items() if entry is not None}

    @property
    def is_bare(self) -> bool:
        """True if the number says nothing about itself."""
        about = (self.low, self.high, self.shape, self.basis, self.source, self.note)
        return all(entry is None for entry in about)

    def __float__(self) -> float:
        return self.value

    def __repr__(self) -> str:
        low, high = ("" if end is None else f"{end:g}" for end in (self.low, self.high))
        extent = f", {low}..{high}" if low or high else ""
        return f"Quantity({self.value:g}{extent})"
