"""The one grammar of conditions, shared by ``when``, ``forbid``, ``if``, ``then`` and red lines.

A condition maps issues to tests; it holds when every test holds:

====================================  =====================================================================
``nato: renounced``                    this option
``guarantee: [none, assurance]``       one of these options (or numbers)
``line: 20``                           exactly this number
``line: {above: 20}``                  strictly above (``below``: strictly below)
``line: {from: 20, to: 40}``           inclusive
``assets: {ukraine: {above: 0.5}}``    a share of a division (or ``{ukraine: 0.5}``: exactly)
====================================  =====================================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from bargain.model.issues import Name
from bargain.model.quantity import Quantity, Record

__all__ = ["Bounds", "Condition", "Setting", "Test"]


class Bounds(Record):
    """An interval of numbers; ``above`` and ``below`` are strict, ``from`` and ``to`` inclusive."""

    above: Quantity | None = None
    below: Quantity | None = None
    from_: Quantity | None = Field(default=None, alias="from")
    to: Quantity | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Bounds:
        if not self.model_fields_set:
            raise PydanticCustomError("bounds_empty", "an interval needs one of above, below, from, to")
        return self

    def holds(self, number: Any) -> Any:
        """Whether ``number`` (a float or an array) lies inside, with a tolerance of a billionth for inclusive ends."""
        inside = number == number
        if self.above is not None:
            inside = inside & (number > self.above.value + slack(self.above.value))
        if self.below is not None:
            inside = inside & (number < self.below.value - slack(self.below.value))
        if self.from_ is not None:
            inside = inside & (number >= self.from_.value - slack(self.from_.value))
        if self.to is not None:
            inside = inside & (number <= self.to.value + slack(self.to.value))
        return inside


def slack(threshold: float) -> float:
    """How far a number may miss a threshold and still count as on it: 1e-10, relative above 1."""
    return 1e-10 * max(1.0, abs(threshold))


def _test_kind(data: Any) -> str | None:
    if isinstance(data, str):
        return "option"
    if isinstance(data, list):
        return "options"
    if isinstance(data, Quantity) or (isinstance(data, int | float) and not isinstance(data, bool)):
        return "number"
    if isinstance(data, Bounds):
        return "bounds"
    if isinstance(data, dict):
        return _map_kind(data)
    return None


def _map_kind(data: dict[Any, Any]) -> str:
    if "value" in data:
        return "number"
    return "bounds" if not data or set(data) & {"above", "below", "from", "to"} else "shares"


def _share_kind(data: Any) -> str:
    is_map = isinstance(data, Bounds) or (isinstance(data, dict) and "value" not in data)
    return "bounds" if is_map else "number"


_ShareTest = Annotated[
    Annotated[Bounds, Tag("bounds")] | Annotated[Quantity, Tag("number")], Discriminator(_share_kind)
]

Test = Annotated[
    Annotated[str, Tag("option")]
    | Annotated[list[str | float], Field(min_length=1), Tag("options")]
    | Annotated[Quantity, Tag("number")]
    | Annotated[Bounds, Tag("bounds")]
    | Annotated[dict[Name, _ShareTest], Tag("shares")],
    Discriminator(
        _test_kind,
        custom_error_type="condition_kind",
        custom_error_message="expected an option, a list of options, a number, or bounds such as {above: 20}",
    ),
]
Condition = Annotated[dict[Name, Test], Field(min_length=1)]
"""Issue -> test; all must hold."""

Setting = str | float | Mapping[Name, float]
"""How one issue is settled: an option, a number, or shares."""
