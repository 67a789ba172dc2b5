"""What a concept claims: the axioms it keeps, by regime and number of players. Whatever it does not keep, it breaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bargain.axioms.axiom import Axiom
from bargain.axioms.situation import Regime

__all__ = ["NOTHING", "Keeps", "Standing"]

Standing = Literal["kept", "broken", "unclaimed"]
"""Kept: tested on random problems. Broken: a witness is stored. Unclaimed: nothing is said."""


@dataclass(frozen=True)
class Keeps:
    """The axioms that a concept keeps; each of the others it breaks, and a witness is stored for that.

    Attributes
    ----------
    pure : kept with any number of players if one agreement is signed; None if the concept is not defined there.
    pure_two : kept there by two players, but not by more.
    lotteries : kept with any number of players who may draw lots; None if the concept is not defined there. Concepts
        that follow a ray are judged there by the point where the ray leaves the set, before leximin completes it.
    lotteries_two : kept there by two players, but not by more; all that is kept if the concept is for two only.
    """

    pure: tuple[Axiom, ...] | None = None
    pure_two: tuple[Axiom, ...] = ()
    lotteries: tuple[Axiom, ...] | None = None
    lotteries_two: tuple[Axiom, ...] = ()

    def of(self, regime: Regime, players: int) -> tuple[Axiom, ...] | None:
        """The axioms kept in a regime with so many players; None where nothing is claimed."""
        kept, two = (self.pure, self.pure_two) if regime == "pure" else (self.lotteries, self.lotteries_two)
        if players > 2 or not two:
            return kept
        return (*(kept or ()), *two)

    def standing(self, axiom: Axiom, regime: Regime, players: int) -> Standing:
        """What is claimed about one axiom."""
        kept = self.of(regime, players)
        if kept is None:
            return "unclaimed"
        return "kept" if axiom in kept else "broken"


NOTHING = Keeps()
"""No claims at all."""
