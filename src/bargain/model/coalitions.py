"""What coalitions are worth, as the file says it: worth by worth, by votes and a quota, or by claims on an estate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import numpy as np
from pydantic import Discriminator, Field, Tag, field_validator
from pydantic_core import PydanticCustomError

from bargain.games.claims import Claims
from bargain.games.coalitions import Game
from bargain.games.voting import Voting
from bargain.model.issues import Name
from bargain.model.quantity import Quantity, Record

__all__ = ["OTHERS", "PLUS", "RESERVED_NAMES", "ClaimsForm", "Coalitions", "VotesForm", "coalition_name", "game_of"]

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


def game_of(
    coalitions: Mapping[str, Quantity] | VotesForm | ClaimsForm, players: Sequence[str]
) -> Game | Voting | Claims:
    """The game among these players, in their order.

    >>> worths = {"a": 0, "b": 0, "b+a": 10}
    >>> game_of({name: Quantity(value=worth) for name, worth in worths.items()}, ["a", "b"]).values.tolist()
    [0.0, 0.0, 0.0, 10.0]
    """
    if isinstance(coalitions, VotesForm):
        return Voting(_per_player(coalitions.votes, players), coalitions.quota.value)
    if isinstance(coalitions, ClaimsForm):
        return Claims(coalitions.estate.value, _per_player(coalitions.claims, players))
    named = {frozenset(name.split(PLUS)): worth.value for name, worth in coalitions.items() if name != OTHERS}
    rest = coalitions[OTHERS].value if OTHERS in coalitions else 0.0
    values = np.full(2 ** len(players), rest)
    values[0] = 0.0
    place = {player: 1 << i for i, player in enumerate(players)}
    for members, worth in named.items():
        values[sum(place[member] for member in members)] = worth
    return Game(values)


def coalition_name(mask: int, players: Sequence[str]) -> str:
    """The name of a coalition, its members in the order of the players.

    >>> coalition_name(5, ["a", "b", "c"])
    'a+c'
    """
    return PLUS.join(player for i, player in enumerate(players) if mask >> i & 1)


def _per_player(numbers: Mapping[str, Quantity], players: Sequence[str]) -> np.ndarray:
    return np.array([float(numbers.get(player, numbers.get(OTHERS, 0.0))) for player in players])
