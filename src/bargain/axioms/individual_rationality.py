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
    """In every tied answer each player has at least its disagreement payoff."""
    answer = answer_of(rule, situation)
    for point in answer.points if answer is not None else ():
        short = np.flatnonzero(point < situation.disagreement - situation.close)
        if answer is not None and len(short):
            player = int(short[0])
            alone = float(situation.disagreement[player])
            sentence = ("the answer is ", point, ", but without a deal ", player, " has ", alone)
            return Violation(situation, answer, sentence)
    return None
