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
    """Every tied answer is strictly Pareto-optimal among all agreements (or lotteries)."""
    answer = answer_of(rule, situation)
    for point in answer.points if answer is not None else ():
        better = situation.better(point)
        if answer is not None and better is not None:
            gainer = int(np.argmax(better > point + situation.close))
            sentence = ("the answer is ", point, ", but ", better, " is better for ", gainer, " and worse for nobody")
            return Violation(situation, answer, sentence)
    return None
