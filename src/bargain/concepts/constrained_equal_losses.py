"""Constrained equal losses: everybody loses the same, but nobody more than it claims."""

from bargain.axioms import Keeps, awards
from bargain.concepts.concept import concept
from bargain.concepts.constrained_equal_awards import CLAIMS_ONLY
from bargain.errors import NotApplicable
from bargain.games.claims import Claims, equal_losses
from bargain.games.coalitions import Division
from bargain.games.kinds import CoalitionGame

__all__ = ["constrained_equal_losses"]


@concept(
    title="Constrained equal losses",
    definition="everybody gets its claim less the same loss, but nobody less than nothing",
    source="Aumann & Maschler (1985), Game Theoretic Analysis of a Bankruptcy Problem from the Talmud, J. Economic "
    "Theory 36(2), 195-213",
    over="claims",
    keeps=Keeps(
        claims=(
            *awards.BASICS,
            awards.minimal_rights_first,
            awards.composition_down,
            awards.composition_up,
            awards.consistency,
            awards.null_compensation,
        )
    ),
)
def constrained_equal_losses(game: CoalitionGame) -> Division:
    r"""$x_i = \max(0, c_i - \lambda)$ with $\sum_i x_i = E$, on full claims, not cut down to $E$.

    >>> import numpy as np
    >>> constrained_equal_losses(Claims(200, np.array([50.0, 200, 300]))).shares
    array([  0.,  50., 150.])
    """
    if not isinstance(game, Claims):
        raise NotApplicable(CLAIMS_ONLY)
    awards, loss = equal_losses(game.claims, game.estate)
    return Division(awards, {"loss_level": loss}, "water filling")
