"""The Shapley value: what each player adds, on average over all orders of joining."""

from math import factorial

import numpy as np

from bargain.axioms import Keeps, awards, coalitions
from bargain.concepts.concept import concept
from bargain.games.claims import Claims, random_arrival
from bargain.games.coalitions import LISTED, Division
from bargain.games.kinds import CoalitionGame
from bargain.games.shapley import marginal_contributions
from bargain.games.voting import Voting

__all__ = ["shapley"]

COUNTED = 18
"""Players up to which the number of orders is a whole number that every JSON reader keeps (18! is below 2**53)."""


@concept(
    title="Shapley value",
    definition="what each player adds to those before it, on average over all orders in which the players may join",
    source="Shapley (1953), A Value for n-Person Games, Contributions to the Theory of Games II, 307-317; votes: "
    "Shapley & Shubik (1954), American Political Science Review 48(3), 787-792",
    over="coalitions",
    keeps=Keeps(
        coalitions=(
            *coalitions.BASICS,
            coalitions.additivity,
            coalitions.aggregate_monotonicity,
            coalitions.coalitional_monotonicity,
            coalitions.strong_monotonicity,
            coalitions.hart_mas_colell_consistency,
        ),
        claims=(
            *awards.BASICS,
            awards.claims_truncation_invariance,
            awards.minimal_rights_first,
            awards.self_duality,
            awards.securement,
        ),
    ),
)
def shapley(game: CoalitionGame) -> Division:
    r"""$\varphi_i = \sum_{S \not\ni i} \frac{|S|!\,(n-|S|-1)!}{n!}\,[v(S \cup i) - v(S)]$.

    Votes are counted (Shapley-Shubik index, with the Banzhaf index beside it), so that fifty players are no trouble;
    of a claims problem it is random arrival.

    >>> from bargain.games.coalitions import Game
    >>> glove = Game(np.array([0.0, 0, 0, 0, 0, 1, 1, 1]))  # two left gloves and a right one
    >>> (shapley(glove).shares * 6).round(9)
    array([1., 1., 4.])
    """
    if isinstance(game, Voting):
        return _power(game)
    if isinstance(game, Claims) and game.n > LISTED:
        return Division(random_arrival(game), {"rule": "random arrival"}, "counting over sums of claims")
    average = marginal_contributions(game.table())
    rule = {"rule": "random arrival"} if isinstance(game, Claims) else {}
    evidence = {"marginal_contributions": average, **rule}
    return Division(average.mean(axis=1), evidence, "all coalitions listed")


def _power(game: Voting) -> Division:
    power = game.power
    counts = {
        "orders": factorial(game.n),
        "pivotal_orders": np.array(power.pivots, dtype=object),
        "swings": np.array(power.swings, dtype=object),
    }
    evidence = {
        **(counts if game.n <= COUNTED else {}),
        "fractions": np.array([str(share) for share in power.shapley_shubik], dtype=object),
        "banzhaf_normalised": np.array([float(share) for share in power.banzhaf]),
        "banzhaf_absolute": np.array([float(share) for share in power.banzhaf_absolute]),
    }
    return Division(np.array([float(share) for share in power.shapley_shubik]), evidence, "counting over sums of votes")
