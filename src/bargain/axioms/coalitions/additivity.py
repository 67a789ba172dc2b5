"""Additivity: two games at once are two games."""

from collections.abc import Iterator

import numpy as np

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.coalitions.changes import group
from bargain.axioms.division import Dividing, division_of, pairwise, stake_of
from bargain.games.coalitions import Game

__all__ = ["additivity"]


@axiom(
    title="Additivity",
    definition="dividing two games together gives what dividing each by itself gives in all",
    source="Shapley (1953), A Value for n-Person Games, Contributions to the Theory of Games II, 307-317",
    over="coalitions",
)
def additivity(rule: Dividing, game: Game) -> Violation | None:
    r"""$f(v + w) = f(v) + f(w)$; w is a game in which the members of one coalition earn something if all are there.

    >>> from bargain.axioms.coalitions import worth
    >>> from bargain.concepts import nucleolus
    >>> print(additivity.violation(nucleolus, worth([0, 0, 0, 0, 1, 1, 1])))  # doctest: +NORMALIZE_WHITESPACE
    the answer is (0, 0, 1); in a game where player 1 and player 2 together earn 1 it is (0.5, 0.5, 0); in both games at
    once it is (0.6667, 0.6667, 0.6667)
    """
    answer = division_of(rule, game)
    if answer is None:
        return None
    for coalition, beside in _companions(game):
        alone = division_of(rule, beside)
        together = Game(game.values + beside.values)
        after = division_of(rule, together)
        if alone is None or after is None:
            continue
        if not all(map(pairwise(answer, alone).holds, after.points)):
            earned = float(beside.values[-1])
            change = ("; in a game where ", group(coalition), " together earn ", earned, " it is ", alone)
            sentence = ("the answer is ", answer, *change, "; in both games at once it is ", after)
            return Violation(game, answer, sentence, together, after)
    return None


def _companions(game: Game) -> Iterator[tuple[int, Game]]:
    """The unanimity games of all coalitions of two and more, in the size of the game."""
    masks = np.arange(2**game.n)
    for coalition in range(2**game.n):
        if coalition.bit_count() > 1:
            yield coalition, Game(np.where(masks & coalition == coalition, stake_of(game), 0.0))
