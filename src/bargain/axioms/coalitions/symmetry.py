"""Symmetry: those who add the same get the same."""

from itertools import combinations

import numpy as np

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.coalitions.changes import relabelled
from bargain.axioms.division import Dividing, division_of
from bargain.axioms.symmetry import exchanged
from bargain.games.coalitions import Game

__all__ = ["symmetry"]


@axiom(
    title="Symmetry",
    definition="two players who add the same to every coalition of others are treated the same",
    source="Shapley (1953), A Value for n-Person Games, Contributions to the Theory of Games II, 307-317",
    over="coalitions",
)
def symmetry(rule: Dividing, game: Game) -> Violation | None:
    r"""Equal treatment: $x_i = x_j$ if $v(S \cup i) = v(S \cup j)$ for every S without both. Sets stay the same set.

    >>> from bargain.axioms.coalitions import worth
    >>> from bargain.concepts import nucleolus
    >>> print(symmetry.violation(nucleolus, worth([0, 0, 1])))
    None
    """
    answer = division_of(rule, game)
    if answer is None:
        return None
    for one, other in combinations(range(game.n), 2):
        order = exchanged(game.n, one, other)
        alike = np.abs(relabelled(game, order).values - game.values).max() == 0
        if alike and not answer.same(answer.relabelled(order)):
            sentence = (one, " and ", other, " add the same to every coalition, but the answer is ", answer)
            return Violation(game, answer, sentence)
    return None
