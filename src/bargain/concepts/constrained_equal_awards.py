"""Constrained equal awards: everybody gets the same, but nobody more than it claims."""

from bargain.axioms import Keeps, awards
from bargain.concepts.concept import concept
from bargain.errors import NotApplicable
from bargain.games.claims import Claims, equal_awards
from bargain.games.coalitions import Division
from bargain.games.kinds import CoalitionGame

__all__ = ["CLAIMS_ONLY", "constrained_equal_awards"]

CLAIMS_ONLY = "this divides an estate among claims, and the coalitions of the file are not given by claims"


@concept(
    title="Constrained equal awards",
    definition="everybody gets the same award, but nobody more than it claims",
    source="Aumann & Maschler (1985), Game Theoretic Analysis of a Bankruptcy Problem from the Talmud, J. Economic "
    "Theory 36(2), 195-213; as the Nash solution: Dagan & Volij (1993), Mathematical Social Sciences 26(3), 287-297",
    over="claims",
    keeps=Keeps(
        claims=(
            *awards.BASICS,
            awards.claims_truncation_invariance,
            awards.composition_down,
            awards.composition_up,
            awards.consistency,
            awards.securement,
            awards.full_compensation,
        )
    ),
)
def constrained_equal_awards(game: CoalitionGame) -> Division:
    r"""$x_i = \min(c_i, \lambda)$ with $\sum_i x_i = E$. Exact for any number of claims.

    >>> import numpy as np
    >>> constrained_equal_awards(Claims(200, np.array([50.0, 200, 300]))).shares
    array([50., 75., 75.])
    """
    if not isinstance(game, Claims):
        raise NotApplicable(CLAIMS_ONLY)
    awards, level = equal_awards(game.claims, game.estate)
    return Division(awards, {"award_level": level}, "water filling")
