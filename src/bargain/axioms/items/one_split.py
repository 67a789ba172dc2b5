"""At most one split: all other items go to somebody in one piece."""

import numpy as np

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.items.handing import Handing, handed_out
from bargain.geometry.items import Items

__all__ = ["one_split"]

DUST = 1e-9
"""A share this close to nothing or to all is no split."""


@axiom(
    title="At most one split",
    definition="at most one item is split between the two",
    source="Brams & Taylor (1996), Fair Division: From Cake-Cutting to Dispute Resolution, Cambridge UP, ch. 4",
    over="items",
)
def one_split(rule: Handing, items: Items) -> Violation | None:
    """Lotteries that draw for one item count as a split of that item.

    >>> from bargain.axioms.items import points
    >>> from bargain.concepts import adjusted_winner
    >>> print(one_split.violation(adjusted_winner, points([(60, 50), (30, 20), (10, 30)])))
    None
    """
    handed = handed_out(rule, items)
    if handed is None:
        return None
    split = np.flatnonzero((handed.shares > DUST) & (handed.shares < 1 - DUST))
    if len(split) < 2:
        return None
    names = ", ".join(items.names[rank] for rank in split)
    return Violation(items, handed.answer, ("the answer is ", handed.answer, f", and splits {names} between ", (0, 1)))
