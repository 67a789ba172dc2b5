"""Independence of what somebody would refuse: offers below no deal do not matter."""

from bargain.axioms.answer import Rule, answer_of
from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.situation import Situation

__all__ = ["independence_of_the_irrational"]


@axiom(
    title="Independence of what would be refused",
    definition="taking away agreements that leave somebody below no deal does not change the answer",
    source="Thomson (1994), Cooperative Models of Bargaining, Handbook of Game Theory 2, 1237-1284",
)
def independence_of_the_irrational(rule: Rule, situation: Situation) -> Violation | None:
    """With lotteries, all that is left is the part of the set that leaves nobody below disagreement.

    >>> from bargain.axioms import situation
    >>> from bargain.concepts import kalai_smorodinsky
    >>> print(independence_of_the_irrational.violation(kalai_smorodinsky, situation([[3, 1], [1, 2], [-1, 9]])))
    None
    """
    answer = answer_of(rule, situation)
    if answer is None or not situation.regular:
        return None
    changed = situation.rational_part()
    after = answer_of(rule, changed)
    if after is None or answer.same(after):
        return None
    sentence = ("the answer is ", answer, "; without all that leaves somebody below no deal it is ", after)
    return Violation(situation, answer, sentence, changed, after)
