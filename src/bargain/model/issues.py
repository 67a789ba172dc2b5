"""What is to be settled: a menu of options, a range (or a ladder, with ``step``), a division among players."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from bargain.model.quantity import Quantity, Record

__all__ = ["DivisionIssue", "Issue", "MenuIssue", "Name", "RangeIssue"]

STEP_DUST = 1e-9
"""A step may be longer than its range by this share: in floating point 0.6 - 0.5 is a little less than 0.1."""

Name = Annotated[str, Field(pattern=r"^[\w-]+$")]
"""Letters of any script, digits, ``_`` and ``-``."""


class MenuIssue(Record):
    """An ordered menu: option name -> wording."""

    title: str | None = None
    note: str | None = None
    source: str | None = None
    options: dict[Name, str] = Field(min_length=1)


class RangeIssue(Record):
    """A number between two ends; with ``step`` only the rungs of a ladder, counted from the lower end."""

    title: str | None = None
    note: str | None = None
    source: str | None = None
    unit: str | None = None
    range: Annotated[list[Quantity], Field(min_length=2, max_length=2)]
    step: Quantity | None = None

    @model_validator(mode="after")
    def _ends_in_order(self) -> RangeIssue:
        low, high = self.ends
        if not low < high:
            raise PydanticCustomError("range_order", "the lower end must be below the upper end", {"at": "range"})
        if self.step is not None and not 0 < self.step.value <= (high - low) * (1 + STEP_DUST):
            raise PydanticCustomError("step_size", "step must be above 0 and at most the length of the range")
        return self

    @property
    def ends(self) -> tuple[float, float]:
        """The lower and the upper end."""
        return self.range[0].value, self.range[1].value


class DivisionIssue(Record):
    """Shares of named players that sum to 1."""

    title: str | None = None
    note: str | None = None
    source: str | None = None
    unit: str | None = None
    division: Annotated[list[Name], Field(min_length=2)]


def _kind(data: Any) -> str | None:
    """Which kind of issue a map describes, by the key that only this kind has."""
    keys = data if isinstance(data, dict) else getattr(data, "model_fields_set", ())
    return next((key for key in ("options", "range", "division") if key in keys), None)


Issue = Annotated[
    Annotated[MenuIssue, Tag("options")]
    | Annotated[RangeIssue, Tag("range")]
    | Annotated[DivisionIssue, Tag("division")],
    Discriminator(
        _kind,
        custom_error_type="issue_kind",
        custom_error_message="an issue needs `options` (a menu), `range` (a number) or `division` (shares)",
    ),
]
