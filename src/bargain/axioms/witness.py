"""Witnesses: for every axiom that a concept breaks, a small problem on which it does."""

from __future__ import annotations

from dataclasses import dataclass

from bargain.axioms.situation import Situation
from bargain.model.results import Regime

__all__ = ["Witness", "witness_against"]


@dataclass(frozen=True, eq=False)
class Witness:
    """A problem on which concepts break an axiom, all by name."""

    axiom: str
    concepts: tuple[str, ...]
    situation: Situation


def witness_against(concept: str, axiom: str, regime: Regime = "pure", players: int = 2) -> Situation | None:
    """The stored problem on which a concept breaks an axiom, with at most so many players; None if there is none.

    >>> found = witness_against("egalitarian", "scale_invariance")
    >>> found.points.tolist()
    [[2.0, 1.0], [1.0, 3.0]]
    """
    from bargain.axioms.witnesses import WITNESSES

    for witness in WITNESSES:
        told = witness.situation
        if witness.axiom == axiom and concept in witness.concepts and told.regime == regime and told.players <= players:
            return told
    return None
