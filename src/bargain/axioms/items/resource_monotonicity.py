"""Resource monotonicity: one item more hurts nobody."""

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.items.handing import Handing, handed_out, without
from bargain.geometry.items import Items

__all__ = ["resource_monotonicity"]


@axiom(
    title="Resource monotonicity",
    definition="if there is one item more to hand out, and all points are as before, nobody wins fewer points",
    source="Chun & Thomson (1988), Monotonicity Properties of Bargaining Solutions When Applied to Economics, "
    "Mathematical Social Sciences 15(1), 11-27 (recalled)",
    over="items",
)
def resource_monotonicity(rule: Handing, items: Items) -> Violation | None:
    """Tried by taking every item away. Points are not rescaled to a common total.

    >>> from bargain.axioms.items import points
    >>> from bargain.concepts import adjusted_winner
    >>> print(resource_monotonicity.violation(adjusted_winner, points([(60, 50), (30, 20), (10, 30)])))
    None
    """
    handed = handed_out(rule, items)
    if handed is None or len(items.names) < 2:
        return None
    for item, name in enumerate(items.names):
        smaller = without(items, item)
        before = handed_out(rule, smaller)
        if before is None:
            continue
        for player in (0, 1):
            few, many = float(before.won[player]), float(handed.won[player])
            if many < few - handed.answer.close[player]:
                told = (" wins ", few, f" points without {name}, and with it only ", many)
                return Violation(smaller, before.answer, (player, *told), items, handed.answer)
    return None
