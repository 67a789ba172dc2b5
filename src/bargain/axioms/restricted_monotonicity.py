"""Restricted monotonicity: more to choose from hurts nobody while hopes stay the same."""

import numpy as np

from bargain.axioms.answer import Rule
from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.removals import harm_by_more
from bargain.axioms.situation import Situation

__all__ = ["restricted_monotonicity"]


@axiom(
    title="Restricted monotonicity",
    definition="if more agreements become possible and nobody's best hope changes, nobody gets less",
    source="Rosenthal (1976), An Arbitration Model for Normal-Form Games, Math. Oper. Res. 1(1), 82-88",
)
def restricted_monotonicity(rule: Rule, situation: Situation) -> Violation | None:
    """As strong monotonicity, where the ideal point stays where it is.

    >>> from bargain.axioms import situation
    >>> from bargain.concepts import nash
    >>> print(restricted_monotonicity.violation(nash, situation([[3, 0], [2, 2], [1, 3]])))
    without (2, 2) the answer is (1, 3); with it, it is (2, 2): player 2 gets 2 instead of 3
    """
    everybody = range(situation.players)
    return harm_by_more(rule, situation, lambda smaller, _: everybody if _same_hopes(situation, smaller) else ())


def _same_hopes(situation: Situation, smaller: Situation) -> bool:
    return bool((np.abs(situation.ideal - smaller.ideal) <= situation.close).all())
