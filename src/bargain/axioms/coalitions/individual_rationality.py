"""Individual rationality: together is no worse than alone."""

import numpy as np

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.division import Dividing, division_of
from bargain.games.coalitions import Game

__all__ = ["individual_rationality"]


@axiom(
    title="Individual rationality",
    definition="nobody gets less than it is worth alone",
    source="von Neumann & Morgenstern (1944), Theory of Games and Economic Behavior, Princeton UP",
    over="coalitions",
)
def individual_rationality(rule: Dividing, game: Game) -> Violation | None:
    r"""$x_i \ge v(\{i\})$. In superadditive games the Shapley value keeps it; games of a file need not be such.

    >>> from bargain.axioms.coalitions import worth
    >>> from bargain.concepts import shapley
    >>> print(individual_rationality.violation(shapley, worth([2, 0, 0, 0, 0, 0, 2])))
    the answer is (1.333, 0.3333, 0.3333): player 1 gets 1.333 and is worth 2 alone
    """
    answer = division_of(rule, game)
    if answer is None:
        return None
    for point in answer.points:
        short = np.flatnonzero(point < game.alone - answer.close)
        if len(short):
            player = int(short[0])
            paid, alone = float(point[player]), float(game.alone[player])
            sentence = ("the answer is ", point, ": ", player, " gets ", paid, " and is worth ", alone, " alone")
            return Violation(game, answer, sentence)
    return None
