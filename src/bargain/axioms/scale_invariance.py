"""Scale invariance: the units of a player's utility mean nothing."""

from itertools import product

import numpy as np

from bargain.axioms.answer import Rule, answer_of
from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.situation import Situation

__all__ = ["scale_invariance"]

FACTORS = (2.0, 0.5, 4.0, 0.25, 16.0, 0.0625)


@axiom(
    title="Scale invariance",
    definition="multiplying one player's payoffs by a positive number changes the answer in that player's units only",
    source="Nash (1950), The Bargaining Problem, Econometrica 18(2), 155-162",
)
def scale_invariance(rule: Rule, situation: Situation) -> Violation | None:
    """Tried with factors of two, which binary numbers carry without rounding.

    >>> from bargain.axioms import situation
    >>> from bargain.concepts import utilitarian
    >>> print(scale_invariance.violation(utilitarian, situation([[2, 0], [1, 3]])))
    the answer is (1, 3); with the payoffs of player 1 multiplied by 4 it is (2, 0), told in the old units
    """
    answer = answer_of(rule, situation)
    if answer is None or not situation.regular:
        return None
    for player, factor in product(range(situation.players), FACTORS):
        factors = np.ones(situation.players)
        factors[player] = factor
        changed = situation.counted_in(factors, np.zeros(situation.players))
        after = answer_of(rule, changed)
        if after is not None and not answer.counted_in(factors, np.zeros(situation.players)).same(after):
            back = after.counted_in(1 / factors, np.zeros(situation.players))
            sentence = (
                "the answer is ",
                answer,
                "; with the payoffs of ",
                player,
                f" multiplied by {factor:g} it is ",
                back,
                ", told in the old units",
            )
            return Violation(situation, answer, sentence, changed, after)
    return None
