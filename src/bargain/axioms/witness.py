"""Witnesses: for every axiom that a concept breaks, a small problem on which it does."""

from __future__ import annotations

from dataclasses import dataclass

from bargain.axioms.claims import Domain
from bargain.axioms.situation import Situation
from bargain.games.claims import Claims
from bargain.games.coalitions import Game
from bargain.geometry.items import Items

__all__ = ["Problem", "Witness", "witness_against"]

Problem = Situation | Items | Game | Claims
"""What a witness is, by its domain."""


@dataclass(frozen=True, eq=False)
class Witness:
    """A problem on which concepts break an axiom, all by name."""

    axiom: str
    concepts: tuple[str, ...]
    situation: Problem

    @property
    def domain(self) -> Domain:
        """Where it speaks against them."""
        match self.situation:
            case Situation():
                return self.situation.regime
            case Items():
                return "items"
            case Game():
                return "coalitions"
        return "claims"

    @property
    def players(self) -> int:
        """How many players there are."""
        match self.situation:
            case Situation():
                return self.situation.players
            case Items():
                return 2
        return self.situation.n


def witness_against(concept: str, axiom: str, domain: Domain = "pure", players: int = 2) -> Problem | None:
    """The stored problem on which a concept breaks an axiom; None if there is none.

    Among agreements, one with at most so many players.

    >>> found = witness_against("egalitarian", "scale_invariance")
    >>> found.points.tolist()
    [[2.0, 1.0], [1.0, 3.0]]
    >>> witness_against("shapley", "core_stability", "coalitions").values.tolist()
    [0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0]
    """
    from bargain.axioms.witnesses import WITNESSES

    for witness in WITNESSES:
        few = witness.players <= players or domain not in ("pure", "lotteries")
        if witness.axiom == axiom and concept in witness.concepts and witness.domain == domain and few:
            return witness.situation
    return None
