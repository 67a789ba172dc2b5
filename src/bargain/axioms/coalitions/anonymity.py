"""Anonymity: names do not matter."""

from itertools import combinations

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.coalitions.changes import relabelled
from bargain.axioms.division import Dividing, division_of
from bargain.axioms.symmetry import exchanged
from bargain.games.coalitions import Game

__all__ = ["anonymity"]


@axiom(
    title="Anonymity",
    definition="if two players change places, the answer moves with them",
    source="Shapley (1953), A Value for n-Person Games, Contributions to the Theory of Games II, 307-317",
    over="coalitions",
)
def anonymity(rule: Dividing, game: Game) -> Violation | None:
    """The answer is relabelled as the players are.

    >>> from bargain.axioms.coalitions import worth
    >>> from bargain.concepts import shapley
    >>> print(anonymity.violation(shapley, worth([1, 0, 3])))
    None
    """
    answer = division_of(rule, game)
    if answer is None:
        return None
    for one, other in combinations(range(game.n), 2):
        order = exchanged(game.n, one, other)
        changed = relabelled(game, order)
        after = division_of(rule, changed)
        if after is not None and not answer.relabelled(order).same(after):
            back = after.relabelled(order)
            sentence = ("the answer is ", answer, "; if ", one, " and ", other, " change places it becomes ", back)
            return Violation(game, answer, sentence, changed, after)
    return None
