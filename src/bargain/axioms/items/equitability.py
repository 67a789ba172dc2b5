"""Equitability: both win equally many points."""

import numpy as np

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.items.handing import Handing, handed_out
from bargain.geometry.items import Items

__all__ = ["equitability"]

WHOLE = 1 - 1e-9
"""From here on a share is all of an item."""


@axiom(
    title="Equitability",
    definition="both win equally many points, unless whoever wins fewer has everything that it gives points to",
    source="Brams & Taylor (1996), Fair Division: From Cake-Cutting to Dispute Resolution, Cambridge UP, ch. 4",
    over="items",
)
def equitability(rule: Handing, items: Items) -> Violation | None:
    """With equally many points to give in all, there is no "unless": nobody can then win more than the other gives.

    >>> from bargain.axioms.items import points
    >>> from bargain.concepts import adjusted_winner
    >>> print(equitability.violation(adjusted_winner, points([(60, 50), (30, 20), (10, 30)])))
    None
    """
    handed = handed_out(rule, items)
    if handed is None or abs(handed.won[0] - handed.won[1]) <= handed.answer.close.max():
        return None
    behind = int(handed.won[0] > handed.won[1])
    held = handed.shares if behind == 0 else 1 - handed.shares
    if (held[items.points[:, behind] > 0] >= WHOLE).all():
        return None
    first, second = (float(won) for won in handed.won)
    lacking = int(np.argmax((items.points[:, behind] > 0) & (held < WHOLE)))
    told = (" wins ", first, " points and ", 1, " ", second, ", and ", behind)
    return Violation(items, handed.answer, (0, *told, f" could have more of {items.names[lacking]}"))
