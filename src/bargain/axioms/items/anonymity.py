"""Anonymity: names do not matter."""

from dataclasses import replace

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.items.handing import Handing, handed_out
from bargain.geometry.items import Items

__all__ = ["anonymity"]

TURNED = [1, 0]


@axiom(
    title="Anonymity",
    definition="if the two change places with all their points, the answer moves with them",
    source="Thomson (1994), Cooperative Models of Bargaining, Handbook of Game Theory 2, 1237-1284",
    over="items",
)
def anonymity(rule: Handing, items: Items) -> Violation | None:
    """Payoffs are compared; which of two like items goes where does not matter.

    >>> from bargain.axioms.items import points
    >>> from bargain.concepts import adjusted_winner
    >>> print(anonymity.violation(adjusted_winner, points([(60, 50), (30, 20), (10, 30)])))
    None
    """
    changed = replace(
        items,
        points=items.points[:, TURNED],
        lost=items.lost[TURNED],
        disagreement=items.disagreement[TURNED],
        tolerance=items.tolerance[TURNED],
    )
    handed, after = handed_out(rule, items), handed_out(rule, changed)
    if handed is None or after is None or handed.answer.relabelled(TURNED).same(after.answer):
        return None
    back = after.answer.relabelled(TURNED)
    sentence = ("the answer is ", handed.answer, "; if ", 0, " and ", 1, " change places it becomes ", back)
    return Violation(items, handed.answer, sentence, changed, after.answer)
