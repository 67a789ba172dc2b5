"""Common scale: a change of units that both share does not matter."""

import numpy as np

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.items.handing import Handing, counted_in, handed_out
from bargain.geometry.items import Items

__all__ = ["common_scale"]

FACTORS = (2.0, 0.5, 8.0)


@axiom(
    title="Common scale",
    definition="multiplying the points of both by the same positive number multiplies the answer by it",
    source="Kalai (1977), Proportional Solutions to Bargaining Situations, Econometrica 45(7), 1623-1630",
    over="items",
)
def common_scale(rule: Handing, items: Items) -> Violation | None:
    """The weaker sister of scale invariance: it allows points of the two to be compared.

    >>> from bargain.axioms.items import points
    >>> from bargain.concepts import adjusted_winner
    >>> print(common_scale.violation(adjusted_winner, points([(60, 50), (30, 20), (10, 30)])))
    None
    """
    handed = handed_out(rule, items)
    if handed is None:
        return None
    for factor in FACTORS:
        both = np.full(2, factor)
        changed = counted_in(items, both)
        after = handed_out(rule, changed)
        if after is not None and not handed.answer.counted_in(both, np.zeros(2)).same(after.answer):
            told = (f"; with all points times {factor:g} it is ", after.answer)
            return Violation(items, handed.answer, ("the answer is ", handed.answer, *told), changed, after.answer)
    return None
