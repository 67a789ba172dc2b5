"""Strong monotonicity: more to choose from hurts nobody."""

from bargain.axioms.answer import Rule
from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.removals import harm_by_more
from bargain.axioms.situation import Situation

__all__ = ["strong_monotonicity"]


@axiom(
    title="Strong monotonicity",
    definition="if more agreements become possible, nobody gets less",
    source="Kalai (1977), Proportional Solutions to Bargaining Situations, Econometrica 45(7), 1623-1630",
)
def strong_monotonicity(rule: Rule, situation: Situation) -> Violation | None:
    """Compared with the same problem with one agreement fewer, disagreement unchanged.

    >>> from bargain.axioms import situation
    >>> from bargain.concepts import nash
    >>> print(strong_monotonicity.violation(nash, situation([[2, 1], [1, 3]])))
    without (1, 3) the answer is (2, 1); with it, it is (1, 3): player 1 gets 1 instead of 2
    """
    return harm_by_more(rule, situation, lambda *_: range(situation.players))
