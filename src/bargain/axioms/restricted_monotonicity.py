"""Restricted monotonicity: more to choose from hurts nobody while hopes stay the same."""

import numpy as np

from bargain.axioms.answer import Rule, answer_of
from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.removals import removals, worse
from bargain.axioms.situation import Situation

__all__ = ["restricted_monotonicity"]


@axiom(
    title="Restricted monotonicity",
    definition="if more agreements become possible and nobody's best hope changes, nobody gets less",
    source="Rosenthal (1976), An Arbitration Model for Normal-Form Games, Math. Oper. Res. 1(1), 82-88",
)
def restricted_monotonicity(rule: Rule, situation: Situation) -> Violation | None:
    """As strong monotonicity, where the ideal point stays where it is."""
    answer = answer_of(rule, situation)
    for row, smaller in removals(situation) if answer is not None else ():
        gone = situation.points[row]
        players = range(situation.players) if _same_hopes(situation, smaller) else ()
        before = answer_of(rule, smaller) if players else None
        for player in players if before is not None else ():
            fall = before.fallen(answer, player) if before is not None and answer is not None else None
            if fall is not None and before is not None and answer is not None:
                return worse(smaller, before, player, fall, gone, situation, answer)
    return None


def _same_hopes(situation: Situation, smaller: Situation) -> bool:
    return bool((np.abs(situation.ideal - smaller.ideal) <= situation.close).all())
