"""Efficiency: all that there is is divided."""

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.division import Dividing, division_of
from bargain.games.coalitions import Game

__all__ = ["efficiency"]


@axiom(
    title="Efficiency",
    definition="the shares add up to what all are worth together",
    source="Shapley (1953), A Value for n-Person Games, Contributions to the Theory of Games II, 307-317",
    over="coalitions",
)
def efficiency(rule: Dividing, game: Game) -> Violation | None:
    r"""$\sum_i x_i = v(N)$.

    >>> from bargain.axioms.coalitions import worth
    >>> from bargain.concepts import shapley
    >>> print(efficiency.violation(shapley, worth([0, 0, 1])))
    None
    """
    answer = division_of(rule, game)
    if answer is None:
        return None
    for point in answer.points:
        total = float(point.sum())
        if abs(total - game.grand) > game.n * answer.close[0]:
            sentence = ("the answer is ", point, ", ", total, " in all, and all together are worth ", game.grand)
            return Violation(game, answer, sentence)
    return None
