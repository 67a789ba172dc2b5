"""What coalitions are worth, as the file says it: worth by worth, by votes and a quota, or by claims on an estate."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag, field_validator
from pydantic_core import PydanticCustomError

from bargain.model.issues import Name
from bargain.model.quantity import Quantity, Record

__all__ = ["OTHERS", "PLUS", "RESERVED_NAMES", "ClaimsForm", "Coalitions", "VotesForm"]

PLUS = "+"
"""Joins the names of a coalition: ``a+b``."""
OTHERS = "others"
"""The key for everything that is not named: the worth of the other coalitions, the votes or claims of the others."""
RESERVED_NAMES = ("quota", "votes", "estate", "claims", OTHERS)
"""Keys of the section; beside it no player may have such a name."""


class VotesForm(Record):
    """A weighted voting game: a coalition whose votes reach the quota is worth 1, any other 0."""

    quota: Quantity
    votes: dict[Name, Quantity] = Field(min_length=1)
    note: str | None = None
    source: str | None = None

    @field_validator("quota")
    @classmethod
    def _quota_positive(cls, quota: Quantity) -> Quantity:
        if quota.value <= 0:
            raise PydanticCustomError("quota_positive", "a quota must be above 0")
        return quota

    @field_validator("votes")
    @classmethod
    def _no_negative_votes(cls, votes: dict[str, Quantity]) -> dict[str, Quantity]:
        return _not_negative(votes, "votes")


class ClaimsForm(Record):
    """A claims problem: a coalition is worth what the claims of the others leave of the estate."""

    estate: Quantity
    claims: dict[Name, Quantity] = Field(min_length=1)
    note: str | None = None
    source: str | None = None

    @field_validator("estate")
    @classmethod
    def _estate_not_negative(cls, estate: Quantity) -> Quantity:
        if estate.value < 0:
            raise PydanticCustomError("estate_negative", "an estate must not be negative")
        return estate

    @field_validator("claims")
    @classmethod
    def _no_negative_claims(cls, claims: dict[str, Quantity]) -> dict[str, Quantity]:
        return _not_negative(claims, "claims")


def _not_negative(numbers: dict[str, Quantity], what: str) -> dict[str, Quantity]:
    below = [name for name, number in numbers.items() if number.value < 0]
    if below:
        raise PydanticCustomError("negative", f"{what} must not be negative; those of {', '.join(below)} are")
    return numbers


def _kind(data: Any) -> str:
    keys = data if isinstance(data, dict) else getattr(data, "model_fields_set", ())
    forms = {"votes": ("quota", "votes"), "claims": ("estate", "claims")}
    return next((kind for kind, marks in forms.items() if any(mark in keys for mark in marks)), "worths")


Coalitions = Annotated[
    Annotated[dict[str, Quantity], Tag("worths")]
    | Annotated[VotesForm, Tag("votes")]
    | Annotated[ClaimsForm, Tag("claims")],
    Discriminator(_kind),
]
"""Coalition -> worth, such as ``a+b: 10`` (``others`` for all that are not named); votes and a quota; or claims."""
