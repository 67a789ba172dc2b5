"""Independence of irrelevant alternatives: what nobody chose does not matter."""

from bargain.axioms.answer import Rule, answer_of
from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.removals import removals
from bargain.axioms.situation import Situation

__all__ = ["independence"]


@axiom(
    title="Independence of irrelevant alternatives",
    definition="taking away agreements other than the answer does not change the answer",
    source="Nash (1950), The Bargaining Problem, Econometrica 18(2), 155-162",
)
def independence(rule: Rule, situation: Situation) -> Violation | None:
    """In Nash's form for sets: if some tied answers are left, the answers are those that are left.

    With lotteries, taking away an agreement takes away the lotteries that need it.

    >>> from bargain.axioms import situation
    >>> from bargain.concepts import kalai_smorodinsky
    >>> print(independence.violation(kalai_smorodinsky, situation([[3, 1], [1, 2], [0, 4]])))
    the answer is (1, 2); without (0, 4), which nobody needs for it, it is (3, 1)
    """
    answer = answer_of(rule, situation)
    if answer is None:
        return None
    for row, smaller in removals(situation):
        left = [point for point in answer.points if smaller.contains(point)]
        after = answer_of(rule, smaller) if left else None
        if after is not None and not (all(map(after.holds, left)) and all(map(answer.holds, after.points))):
            gone = situation.points[row]
            sentence = ("the answer is ", answer, "; without ", gone, ", which nobody needs for it, it is ", after)
            return Violation(situation, answer, sentence, smaller, after)
    return None
