"""Common scale: a change of units that all share does not matter."""

import numpy as np

from bargain.axioms.answer import Rule, answer_of
from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.situation import Situation

__all__ = ["common_scale"]

FACTORS = (2.0, 0.5, 8.0)


@axiom(
    title="Common scale",
    definition="multiplying everybody's payoffs by the same positive number multiplies the answer by it",
    source="Kalai (1977), Proportional Solutions to Bargaining Situations, Econometrica 45(7), 1623-1630",
)
def common_scale(rule: Rule, situation: Situation) -> Violation | None:
    """The weaker sister of scale invariance: it allows payoffs of different players to be compared.

    >>> from bargain.axioms import situation
    >>> from bargain.concepts import utilitarian
    >>> print(common_scale.violation(utilitarian, situation([[2, 0], [1, 3]])))
    None
    """
    answer = answer_of(rule, situation)
    if answer is None or not situation.regular:
        return None
    zero = np.zeros(situation.players)
    for factor in FACTORS:
        factors = np.full(situation.players, factor)
        changed = situation.counted_in(factors, zero)
        after = answer_of(rule, changed)
        if after is not None and not answer.counted_in(factors, zero).same(after):
            back = after.counted_in(1 / factors, zero)
            sentence = (
                "the answer is ",
                answer,
                f"; with all payoffs multiplied by {factor:g} it is ",
                back,
                ", told in the old units",
            )
            return Violation(situation, answer, sentence, changed, after)
    return None
