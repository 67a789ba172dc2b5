"""Translation invariance: the zero of a player's utility means nothing."""

from itertools import product

import numpy as np

from bargain.axioms.answer import Rule, answer_of
from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.situation import Situation

__all__ = ["translation_invariance"]

AMOUNTS = (1.0, -2.0, 16.0)


@axiom(
    title="Translation invariance",
    definition="adding a number to all payoffs of one player, without a deal too, adds it to the answer",
    source="Nash (1950), The Bargaining Problem, Econometrica 18(2), 155-162",
)
def translation_invariance(rule: Rule, situation: Situation) -> Violation | None:
    """The other half of Nash's second assumption; scale invariance is the first.

    >>> from bargain.axioms import situation
    >>> from bargain.concepts import nash
    >>> print(translation_invariance.violation(nash, situation([[2, 1], [1, 3]])))
    None
    """
    answer = answer_of(rule, situation)
    if answer is None or not situation.regular:
        return None
    ones = np.ones(situation.players)
    for player, amount in product(range(situation.players), AMOUNTS):
        shift = np.zeros(situation.players)
        shift[player] = amount
        changed = situation.counted_in(ones, shift)
        after = answer_of(rule, changed)
        if after is not None and not answer.counted_in(ones, shift).same(after):
            back = after.counted_in(ones, -shift)
            sentence = (
                "the answer is ",
                answer,
                f"; with {amount:g} added to the payoffs of ",
                player,
                " it is ",
                back,
                ", told without the addition",
            )
            return Violation(situation, answer, sentence, changed, after)
    return None
