"""``model: joint_offer``."""

from __future__ import annotations

from typing import ClassVar, Literal

from bargain.model.issues import Name
from bargain.model.setups.ranges import Part
from bargain.model.setups.setup import Setup

__all__ = ["JointOfferSetup"]


class JointOfferSetup(Setup):
    """A bloc settles by a concept what it offers to an outsider whose type is hidden."""

    names_players: ClassVar[tuple[str, ...]] = ("bloc", "to")

    model: Literal["joint_offer"]
    bloc: list[Name] | None = None
    to: Name
    concept: str = "nash"
    counter: bool = False
    breakdown: Part | None = None
