"""Individual rationality: nobody signs what is worse than no deal."""

import numpy as np

from bargain.axioms.answer import Rule, answer_of
from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.situation import Situation

__all__ = ["individual_rationality"]


@axiom(
    title="Individual rationality",
    definition="nobody gets less than without a deal",
    source="Roth (1977), Individual Rationality and Nash's Solution to the Bargaining Problem, "
    "Math. Oper. Res. 2(1), 64-65",
)
def individual_rationality(rule: Rule, situation: Situation) -> Violation | None:
    """In every tied answer each player has at least its disagreement payoff.

    >>> from bargain.axioms import situation
    >>> from bargain.concepts import utilitarian
    >>> print(individual_rationality.violation(utilitarian, situation([[9, -1], [1, 1]])))
    None
    """
    answer = answer_of(rule, situation)
    if answer is None:
        return None
    for point in answer.points:
        short = np.flatnonzero(point < situation.disagreement - situation.close)
        if len(short):
            player = int(short[0])
            alone = float(situation.disagreement[player])
            return Violation(
                situation, answer, ("the answer is ", point, ", but without a deal ", player, " has ", alone)
            )
    return None
