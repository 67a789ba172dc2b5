"""Proportional awards: everybody gets the same part of its claim."""

from bargain.axioms import Keeps, awards
from bargain.concepts.concept import concept
from bargain.concepts.constrained_equal_awards import CLAIMS_ONLY
from bargain.errors import NotApplicable
from bargain.games.claims import Claims, proportional
from bargain.games.coalitions import Division
from bargain.games.kinds import CoalitionGame

__all__ = ["proportional_awards"]


@concept(
    title="Proportional awards",
    definition="everybody gets the same part of its full claim",
    source="O'Neill (1982), A Problem of Rights Arbitration from the Talmud, Mathematical Social Sciences 2(4), "
    "345-371",
    over="claims",
    keeps=Keeps(
        claims=(
            *awards.BASICS,
            awards.composition_down,
            awards.composition_up,
            awards.self_duality,
            awards.consistency,
            awards.no_advantageous_transfer,
        )
    ),
)
def proportional_awards(game: CoalitionGame) -> Division:
    r"""$x_i = c_i E / \sum_j c_j$, on full claims (cut down to $E$, they would give another answer).

    >>> import numpy as np
    >>> proportional_awards(Claims(300, np.array([100.0, 200, 300]))).shares
    array([ 50., 100., 150.])
    """
    if not isinstance(game, Claims):
        raise NotApplicable(CLAIMS_ONLY)
    awards, rate = proportional(game.claims, game.estate)
    return Division(awards, {"rate": rate}, "closed form")
