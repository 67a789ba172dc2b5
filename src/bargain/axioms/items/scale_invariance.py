"""Scale invariance: units do not matter."""

import numpy as np

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.items.handing import Handing, counted_in, handed_out
from bargain.geometry.items import Items

__all__ = ["scale_invariance"]

FACTORS = (2.0, 0.5)


@axiom(
    title="Scale invariance",
    definition="multiplying one player's points by a positive number changes the answer in that player's units only",
    source="Nash (1950), The Bargaining Problem, Econometrica 18(2), 155-162",
    over="items",
)
def scale_invariance(rule: Handing, items: Items) -> Violation | None:
    """Adjusted Winner compares points, so they must be given on the same scale; Brams and Taylor give 100 to each.

    >>> from bargain.axioms.items import points
    >>> from bargain.concepts import adjusted_winner
    >>> print(scale_invariance.violation(adjusted_winner, points([(1, 1)])))
    the answer is (0.5, 0.5); with the points of player 1 times 2 it is (0.3333, 0.6667), told in the old points
    """
    handed = handed_out(rule, items)
    if handed is None:
        return None
    for player in (0, 1):
        for factor in FACTORS:
            units = np.where(np.arange(2) == player, factor, 1.0)
            changed = counted_in(items, units)
            after = handed_out(rule, changed)
            if after is not None and not handed.answer.counted_in(units, np.zeros(2)).same(after.answer):
                told = after.answer.counted_in(1 / units, np.zeros(2))
                change = (
                    "; with the points of ",
                    player,
                    f" times {factor:g} it is ",
                    told,
                    ", told in the old points",
                )
                return Violation(
                    items, handed.answer, ("the answer is ", handed.answer, *change), changed, after.answer
                )
    return None
