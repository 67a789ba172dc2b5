"""Envy-freeness: nobody would rather have what the other has."""

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.items.handing import Handing, handed_out
from bargain.geometry.items import Items

__all__ = ["envy_freeness"]


@axiom(
    title="Envy-freeness",
    definition="where both give equally many points in all, nobody gives more points to the other's share than to its "
    "own",
    source="Foley (1967), Resource Allocation and the Public Sector, Yale Economic Essays 7(1), 45-98; Brams & Taylor "
    "(1996), Fair Division, Cambridge UP, ch. 4",
    over="items",
)
def envy_freeness(rule: Handing, items: Items) -> Violation | None:
    """Between two the same as proportionality: everybody wins half of its own points at least.

    >>> from bargain.axioms.items import points
    >>> from bargain.concepts import adjusted_winner
    >>> print(envy_freeness.violation(adjusted_winner, points([(60, 50), (30, 20), (10, 30)])))
    None
    """
    handed = handed_out(rule, items)
    totals = items.points.sum(axis=0)
    if handed is None or abs(totals[0] - totals[1]) > handed.answer.close.max():
        return None
    for player in (0, 1):
        own = float(handed.won[player])
        if own < totals[player] - own - handed.answer.close[player]:
            told = (" gives ", own, " points to its own share and ", float(totals[player] - own), " to the other")
            return Violation(items, handed.answer, ("the answer is ", handed.answer, ": ", player, *told))
    return None
