"""Core stability: no coalition has a reason to leave, where that can be had at all."""

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.coalitions.changes import group, worth_in_words
from bargain.axioms.division import Dividing, division_of
from bargain.games.coalitions import Game
from bargain.games.core import least_core

__all__ = ["core_stability"]


@axiom(
    title="Core stability",
    definition="no coalition gets less than it is worth, if some division gives every coalition that much",
    source="Gillies (1959), Solutions to General Non-Zero-Sum Games, Contributions to the Theory of Games IV, 47-85",
    over="coalitions",
)
def core_stability(rule: Dividing, game: Game) -> Violation | None:
    r"""$x(S) \ge v(S)$ for every coalition, unless the core is empty.

    >>> from bargain.axioms.coalitions import worth
    >>> from bargain.concepts import shapley
    >>> print(core_stability.violation(shapley, worth([0, 0, 0, 0, 1, 1, 1])))  # two left gloves, one right
    the answer is (0.1667, 0.1667, 0.6667): player 1 and player 3 are worth 1, and get 0.8333
    """
    answer = division_of(rule, game)
    if answer is None or game.n == 1:
        return None
    for point in answer.points:
        excess = game.excesses(point)[1:-1]
        coalition = int(excess.argmax()) + 1
        if excess[coalition - 1] > answer.close[0] * game.n and not least_core(game).empty:
            paid = float(point[list(group(coalition))].sum())
            asked = ("the answer is ", point, ": ", *worth_in_words(game, coalition), ", and get")
            sentence = (*asked, "s " if coalition.bit_count() == 1 else " ", paid)
            return Violation(game, answer, sentence)
    return None
