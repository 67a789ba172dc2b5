"""Efficiency: no exchange of parts of items is better for both."""

import numpy as np

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.items.handing import Handing, handed_out
from bargain.geometry.items import Items

__all__ = ["efficiency"]

DUST = 1e-9
"""Shares, and products of points relative to their size, this close count as equal."""


@axiom(
    title="Efficiency",
    definition="no other shares of the items are better for one player and no worse for the other",
    source="Brams & Taylor (1996), Fair Division: From Cake-Cutting to Dispute Resolution, Cambridge UP, ch. 4",
    over="items",
)
def efficiency(rule: Handing, items: Items) -> Violation | None:
    r"""Nobody holds part of an item that only the other weighs, and no exchange helps both: with $p_a, q_a$ the points
    of two players, the first holds part of a and the second part of b only if $p_a q_b \ge p_b q_a$.

    >>> from bargain.axioms.items import points
    >>> from bargain.concepts import adjusted_winner
    >>> print(efficiency.violation(adjusted_winner, points([(60, 50), (30, 20), (10, 30)])))
    None
    """
    handed = handed_out(rule, items)
    if handed is None:
        return None
    held = np.column_stack([handed.shares, 1 - handed.shares]) > DUST
    for owner in (0, 1):
        idle = np.flatnonzero(held[:, owner] & (items.points[:, owner] == 0) & (items.points[:, 1 - owner] > 0))
        if len(idle):
            idler = (owner, f" has of {items.names[idle[0]]}, which only ", 1 - owner, " weighs")
            return Violation(items, handed.answer, ("the answer is ", handed.answer, ": ", *idler))
    first, second = items.points.T
    gain = np.outer(second, first) - np.outer(first, second)  # of first giving the row for the column
    open_ = np.outer(held[:, 0], held[:, 1]) & (gain > DUST * np.outer(second, first))
    if open_.any():
        gives, takes = (items.names[int(rank[0])] for rank in np.nonzero(open_))
        sentence = (
            "the answer is ",
            handed.answer,
            "; both would gain if ",
            0,
            f" gave a little of {gives} for a little of {takes}",
        )
        return Violation(items, handed.answer, sentence)
    return None
