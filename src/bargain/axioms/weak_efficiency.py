"""Weak efficiency: not everybody can do better at once."""

from bargain.axioms.answer import Rule, answer_of
from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.situation import Situation

__all__ = ["weak_efficiency"]


@axiom(
    title="Weak efficiency",
    definition="no possible agreement is better for everybody at once",
    source="Kalai (1977), Proportional Solutions to Bargaining Situations, Econometrica 45(7), 1623-1630",
)
def weak_efficiency(rule: Rule, situation: Situation) -> Violation | None:
    """No tied answer can be improved upon for all players at once.

    >>> from bargain.axioms import situation
    >>> from bargain.concepts import nash
    >>> print(weak_efficiency.violation(nash, situation([[2, 1], [1, 2]])))
    None
    """
    answer = answer_of(rule, situation)
    if answer is None:
        return None
    for point in answer.points:
        if situation.beaten_everywhere(point):
            return Violation(situation, answer, ("the answer is ", point, ", but everybody could have more at once"))
    return None
