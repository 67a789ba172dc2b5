"""What players want: per issue a weight times a value, and terms that are added when conditions hold.

``total = sum over issues of weight x value + sum of terms that hold``, in raw units, never rescaled. The payoff is
the total, or what the total is worth under the player's attitude to risk.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, field_validator, model_validator
from pydantic_core import PydanticCustomError

from bargain.geometry import attitude as attitudes
from bargain.model.conditions import Condition
from bargain.model.issues import Name
from bargain.model.payoff_table import PayoffTable
from bargain.model.quantity import Quantity, Record

__all__ = ["Column", "IssueUtility", "PlayerUtilities", "Points", "RiskAttitude", "Shape", "Table", "Term", "Valued"]

RESERVED = ("terms", "attitude")
"""Keys beside the issues under a player's utilities; no issue may have such a name."""


class Valued(Record):
    """What every way to value an issue shares. ``of`` names whose share of a division counts (default: one's own)."""

    weight: Quantity = Quantity(value=1.0)
    of: Name | None = None
    note: str | None = None
    source: str | None = None

    @field_validator("weight")
    @classmethod
    def _weight_not_negative(cls, weight: Quantity) -> Quantity:
        if weight.value < 0:
            raise PydanticCustomError(
                "weight_negative", "a weight must not be negative", {"hint": "turn the values round instead"}
            )
        return weight


class Table(Valued):
    """One value per option of a menu."""

    values: dict[Name, Quantity] = Field(min_length=1)


class Points(Valued):
    """Piecewise linear through ``[x, value]`` points with rising x, flat outside."""

    points: Annotated[list[Annotated[list[Quantity], Field(min_length=2, max_length=2)]], Field(min_length=1)]

    @model_validator(mode="after")
    def _rising(self) -> Points:
        xs = [x.value for x, _ in self.points]
        if any(b <= a for a, b in pairwise(xs)):
            raise PydanticCustomError("points_order", "the x of the points must rise from one point to the next")
        return self


class Shape(Valued):
    """``linear`` (1 at best, 0 at worst, clipped), ``power`` (linear ** exponent), ``ideal`` (-((x - at)/scale)^2)."""

    shape: Literal["linear", "power", "ideal"]
    worst: Quantity | None = None
    best: Quantity | None = None
    exponent: Quantity | None = None
    at: Quantity | None = None
    scale: Quantity | None = None

    @model_validator(mode="after")
    def _own_parameters(self) -> Shape:
        wanted = {"linear": ("worst", "best"), "power": ("worst", "best", "exponent"), "ideal": ("at", "scale")}[
            self.shape
        ]
        every = ("worst", "best", "exponent", "at", "scale")
        missing = [key for key in wanted if getattr(self, key) is None]
        foreign = [key for key in every if key not in wanted and getattr(self, key) is not None]
        if missing or foreign:
            complaint = f"needs {', '.join(missing)}" if missing else f"does not take {', '.join(foreign)}"
            raise PydanticCustomError(
                "shape_parameters", "shape {shape} {complaint}", {"shape": self.shape, "complaint": complaint}
            )
        if self.worst is not None and self.best is not None and self.worst.value == self.best.value:
            raise PydanticCustomError("shape_flat", "worst and best must differ")
        for key in ("exponent", "scale"):
            number = getattr(self, key)
            if number is not None and number.value <= 0:
                raise PydanticCustomError("shape_positive", "{key} must be above 0", {"key": key})
        return self


class Column(Valued):
    """A column of a table of payoffs; made by the reader, never written in a file."""

    table: PayoffTable


def _kind(data: Any) -> str | None:
    if isinstance(data, str):
        return "ignored"
    if isinstance(data, Column):
        return "column"
    keys = data if isinstance(data, dict) else getattr(data, "model_fields_set", ())
    return next((key for key in ("values", "points", "shape") if key in keys), None)


IssueUtility = Annotated[
    Annotated[Literal["ignored"], Tag("ignored")]
    | Annotated[Table, Tag("values")]
    | Annotated[Points, Tag("points")]
    | Annotated[Shape, Tag("shape")]
    | Annotated[Column, Tag("column")],
    Discriminator(
        _kind,
        custom_error_type="utility_kind",
        custom_error_message="expected `values` (per option), `points`, a `shape`, or the word `ignored`",
    ),
]


class Term(Record):
    """``add`` is added to the payoff when all of ``when`` holds."""

    when: Condition
    add: Quantity
    note: str | None = None
    source: str | None = None


class RiskAttitude(Record):
    """Attitude to risk, on the total: ``cara`` (constant absolute aversion), or ``crra`` (relative, above ``base``)."""

    cara: Quantity | None = None
    crra: Quantity | None = None
    base: Quantity | None = None
    note: str | None = None
    source: str | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> RiskAttitude:
        if (self.cara is None) == (self.crra is None):
            raise PydanticCustomError("attitude_kind", "an attitude to risk is `cara: …`, or `crra: …` with `base: …`")
        if self.crra is not None and self.base is None:
            hint = "say above which total relative aversion is measured, e.g. `{crra: 0.5, base: 0}`"
            raise PydanticCustomError("attitude_base", "`crra` needs a `base`", {"hint": hint})
        if self.cara is not None and self.base is not None:
            hint = "only `crra` is measured from a base"
            raise PydanticCustomError("attitude_base", "`cara` takes no `base`", {"hint": hint})
        return self

    @property
    def curve(self) -> attitudes.Attitude:
        """From totals to what they are worth."""
        if self.cara is not None:
            return attitudes.Cara(self.cara.value)
        assert self.crra is not None
        assert self.base is not None
        return attitudes.Crra(self.crra.value, self.base.value)


class PlayerUtilities(Record):
    """One player's utilities: ``terms``, ``attitude`` and, under the issues' own names, how each issue is valued."""

    model_config = Record.model_config | {"extra": "allow"}
    __pydantic_extra__: dict[str, IssueUtility] = Field(init=False)

    terms: list[Term] = Field(default_factory=list)
    attitude: RiskAttitude | None = None

    @property
    def issues(self) -> dict[str, Valued | Literal["ignored"]]:
        """Issue name -> how it is valued."""
        return dict(self.__pydantic_extra__ or {})
