"""What a concept claims: the axioms it keeps, by domain and number of players. Whatever it does not keep, it breaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bargain.axioms.axiom import Axiom
from bargain.model.results import Ground

__all__ = ["DOMAINS", "NOTHING", "Domain", "Keeps", "Standing", "ground_of"]

Standing = Literal["kept", "broken", "unclaimed"]
"""Kept: tested on random problems. Broken: a witness is stored. Unclaimed: nothing is said."""

Domain = Literal["pure", "lotteries", "items", "coalitions", "claims"]
"""The problems that a claim is about: agreements in either regime, items, coalitions, claims on an estate."""

DOMAINS: tuple[Domain, ...] = ("pure", "lotteries", "items", "coalitions", "claims")


def ground_of(domain: Domain) -> Ground:
    """What a rule chooses from in a domain."""
    return "agreements" if domain == "pure" or domain == "lotteries" else domain


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
    items : kept where two hand out items.
    coalitions : kept where the worth of coalitions is divided; the core is judged as a set, by its corners.
    claims : kept where an estate is divided; concepts over coalitions divide one by the game of the claims.
    unsaid : axioms about which nothing is said, because they do not speak of such answers.
    """

    pure: tuple[Axiom, ...] | None = None
    pure_two: tuple[Axiom, ...] = ()
    lotteries: tuple[Axiom, ...] | None = None
    lotteries_two: tuple[Axiom, ...] = ()
    items: tuple[Axiom, ...] | None = None
    coalitions: tuple[Axiom, ...] | None = None
    claims: tuple[Axiom, ...] | None = None
    unsaid: tuple[Axiom, ...] = ()

    def of(self, domain: Domain, players: int = 2) -> tuple[Axiom, ...] | None:
        """The axioms kept in a domain with so many players; None where nothing is claimed."""
        kept: tuple[Axiom, ...] | None = getattr(self, domain)
        two = {"pure": self.pure_two, "lotteries": self.lotteries_two}.get(domain, ())
        if players > 2 or not two:
            return kept
        return (*(kept or ()), *two)

    def standing(self, axiom: Axiom, domain: Domain, players: int = 2) -> Standing:
        """What is claimed about one axiom."""
        kept = self.of(domain, players)
        if kept is None or axiom.over != ground_of(domain) or axiom in self.unsaid:
            return "unclaimed"
        return "kept" if axiom in kept else "broken"


NOTHING = Keeps()
"""No claims at all."""
