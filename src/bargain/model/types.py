"""Hidden types: what a player may be like, with what chance, as named bundles of changes to the file."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from bargain.model.chances import Chance
from bargain.model.quantity import Record

__all__ = ["PlayerType"]


class PlayerType(Record):
    """One type of a player: ``set`` maps knobs to what they are if this is the type; ``chance: rest`` is what is left.

    A type may change its player's utilities and patience, and what happens without a deal.
    """

    chance: Chance
    set: dict[str, Any] = Field(default_factory=dict)
    title: str | None = None
    note: str | None = None
    source: str | None = None
