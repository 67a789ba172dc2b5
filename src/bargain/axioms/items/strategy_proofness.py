"""Strategy-proofness: nobody gains by giving other points than its own."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.items.handing import Handing, handed_out, reported
from bargain.geometry.items import Items

__all__ = ["strategy_proofness"]

Floats = NDArray[np.float64]

TOWARDS = (0.5, 0.9, 0.99)
"""How far a player moves its points towards those of the other, knowing them."""


@axiom(
    title="Strategy-proofness",
    definition="nobody wins more, by its true points, if it gives other points, as many in all",
    source="Gibbard (1973), Manipulation of Voting Schemes: a General Result, Econometrica 41(4), 587-601; Brams & "
    "Taylor (1996), Fair Division, Cambridge UP, ch. 4",
    over="items",
)
def strategy_proofness(rule: Handing, items: Items) -> Violation | None:
    """Tried: points moved towards those of the other, and from one item to another.

    >>> from bargain.axioms.items import points
    >>> from bargain.concepts import adjusted_winner
    >>> print(strategy_proofness.violation(adjusted_winner, points([(75, 25), (25, 75)])))
    the answer is (75, 75); player 1 gets 80 if it says (50, 50)
    """
    handed = handed_out(rule, items)
    if handed is None:
        return None
    for player in (0, 1):
        for said in _reports(items, player):
            changed = reported(items, player, said)
            after = handed_out(rule, changed)
            gained = float(after.worth(items.points)[player]) if after is not None else 0.0
            if after is not None and gained > handed.won[player] + handed.answer.close[player]:
                spoken = "(" + ", ".join(f"{point:.4g}" for point in said) + ")"
                paid = float(gained + items.lost[player])
                told = ("; ", player, " gets ", paid, f" if it says {spoken}")
                return Violation(items, handed.answer, ("the answer is ", handed.answer, *told), changed, after.answer)
    return None


def _reports(items: Items, player: int) -> Iterator[Floats]:
    """Other points with the same total."""
    own, other = items.points[:, player], items.points[:, 1 - player]
    if other.sum() > 0:
        for share in TOWARDS:
            yield (1 - share) * own + share * other * own.sum() / other.sum()
    for source in np.flatnonzero(own > 0):
        for target in range(len(own)):
            if target != source:
                moved = own.copy()
                moved[target] += own[source] / 2
                moved[source] /= 2
                yield moved
