"""``model: legislative``."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from bargain.model.issues import Name
from bargain.model.quantity import Quantity
from bargain.model.setups.ranges import NotNegative, Part, Positive
from bargain.model.setups.setup import Setup

__all__ = ["LegislativeSetup"]


class LegislativeSetup(Setup):
    """A member drawn at random proposes, enough votes pass it; over a ``pie`` or the scenario's agreements.

    Members are the players who sign, recognised equally often if ``recognition`` is left out. ``quota``, ``votes`` and
    ``vetoes`` stand before those of ``consent``; without a quota more than half of the votes pass a pie. A
    ``status_quo`` is for a pie (agreements have a disagreement), a ``horizon`` in sessions for agreements.
    """

    names_players: ClassVar[tuple[str, ...]] = ("recognition", "votes", "vetoes", "status_quo")

    model: Literal["legislative"]
    pie: Positive | None = None
    recognition: dict[Name, Part] | None = None
    quota: Positive | None = None
    votes: dict[Name, NotNegative] | None = None
    vetoes: list[Name] | None = None
    status_quo: dict[Name, Quantity] | None = None
    amendments: Literal["closed", "open"] = "closed"
    horizon: Annotated[int, Field(ge=1)] | None = None
