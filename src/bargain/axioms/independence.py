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
    """
    answer = answer_of(rule, situation)
    for row, smaller in removals(situation) if answer is not None else ():
        left = [point for point in answer.points if smaller.contains(point)] if answer is not None else []
        after = answer_of(rule, smaller) if left else None
        if answer is None or after is None:
            continue
        if not (all(map(after.holds, left)) and all(map(answer.holds, after.points))):
            gone = situation.points[row]
            sentence = ("the answer is ", answer, "; without ", gone, ", which nobody needs for it, it is ", after)
            return Violation(situation, answer, sentence, smaller, after)
    return None
