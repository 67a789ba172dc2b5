"""Symmetry: equals are treated equally."""

from itertools import combinations

import numpy as np

from bargain.axioms.answer import Rule, answer_of
from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.situation import Situation

__all__ = ["symmetry"]


@axiom(
    title="Symmetry",
    definition="two players whose positions are the same, powers aside, are treated the same",
    source="Nash (1950), The Bargaining Problem, Econometrica 18(2), 155-162",
)
def symmetry(rule: Rule, situation: Situation) -> Violation | None:
    """Powers are not looked at: a rule that reads them treats equals in payoffs unequally, and that is the point.

    >>> from bargain.axioms import situation
    >>> from bargain.concepts import asymmetric_nash
    >>> print(symmetry.violation(asymmetric_nash, situation([[2, 1], [1, 2]], powers=[2, 1])))
    player 1 and player 2 are in the same position, but the answer is (2, 1)
    """
    answer = answer_of(rule, situation)
    if answer is None:
        return None
    for one, other in combinations(range(situation.players), 2):
        order = exchanged(situation.players, one, other)
        if _same_problem(situation, order) and not answer.same(answer.relabelled(order)):
            sentence = (one, " and ", other, " are in the same position, but the answer is ", answer)
            return Violation(situation, answer, sentence)
    return None


def exchanged(players: int, one: int, other: int) -> list[int]:
    """The order of the players with two of them exchanged."""
    order = list(range(players))
    order[one], order[other] = other, one
    return order


def _same_problem(situation: Situation, order: list[int]) -> bool:
    """Whether the problem, powers aside, is the same with the players in another order."""
    points = np.unique(situation.points, axis=0)
    turned = np.unique(situation.points[:, order], axis=0)
    alike = points.shape == turned.shape and bool((points == turned).all())
    return alike and bool((situation.disagreement == situation.disagreement[order]).all())
