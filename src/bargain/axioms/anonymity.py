"""Anonymity: names do not matter."""

from itertools import combinations

from bargain.axioms.answer import Rule, answer_of
from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.situation import Situation
from bargain.axioms.symmetry import exchanged

__all__ = ["anonymity"]


@axiom(
    title="Anonymity",
    definition="if two players change places with all they have, their powers included, the answer moves with them",
    source="Thomson (1994), Cooperative Models of Bargaining, Handbook of Game Theory 2, 1237-1284",
)
def anonymity(rule: Rule, situation: Situation) -> Violation | None:
    """The set of answers is relabelled as the players are.

    >>> from bargain.axioms import situation
    >>> from bargain.concepts import asymmetric_nash
    >>> print(anonymity.violation(asymmetric_nash, situation([[2, 1], [1, 2]], powers=[2, 1])))
    None
    """
    answer = answer_of(rule, situation)
    if answer is None or not situation.regular:
        return None
    for one, other in combinations(range(situation.players), 2):
        order = exchanged(situation.players, one, other)
        changed = situation.relabelled(order)
        after = answer_of(rule, changed)
        if after is not None and not answer.relabelled(order).same(after):
            back = after.relabelled(order)
            sentence = ("the answer is ", answer, "; if ", one, " and ", other, " change places it becomes ", back)
            return Violation(situation, answer, sentence, changed, after)
    return None
