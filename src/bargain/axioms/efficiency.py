"""Efficiency: nothing is left on the table."""

import numpy as np

from bargain.axioms.answer import Rule, answer_of
from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.situation import Situation

__all__ = ["efficiency"]


@axiom(
    title="Efficiency",
    definition="no possible agreement is better for somebody and worse for nobody",
    source="Nash (1950), The Bargaining Problem, Econometrica 18(2), 155-162",
)
def efficiency(rule: Rule, situation: Situation) -> Violation | None:
    """Every tied answer is strictly Pareto-optimal among all agreements (or lotteries).

    >>> from bargain.axioms import situation
    >>> from bargain.concepts import egalitarian
    >>> print(efficiency.violation(egalitarian, situation([[1, 2]], regime="lotteries")))
    the answer is (1, 1), but (1, 2) is better for player 2 and worse for nobody
    """
    answer = answer_of(rule, situation)
    if answer is None:
        return None
    for point in answer.points:
        better = situation.better(point)
        if better is not None:
            gainer = int(np.argmax(better > point + situation.close))
            sentence = ("the answer is ", point, ", but ", better, " is better for ", gainer, " and worse for nobody")
            return Violation(situation, answer, sentence)
    return None
