"""Anonymity: names do not matter."""

from itertools import combinations

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.division import Dividing, division_of
from bargain.axioms.symmetry import exchanged
from bargain.games.claims import Claims

__all__ = ["anonymity"]


@axiom(
    title="Anonymity",
    definition="if two change places with their claims, the answer moves with them",
    source="Thomson (2003), Axiomatic and Game-Theoretic Analysis of Bankruptcy and Taxation Problems: a Survey, "
    "Mathematical Social Sciences 45(3), 249-297",
    over="claims",
)
def anonymity(rule: Dividing, problem: Claims) -> Violation | None:
    r"""The awards are relabelled as the claims are.

    >>> from bargain.axioms.awards import estate
    >>> from bargain.concepts import constrained_equal_awards
    >>> print(anonymity.violation(constrained_equal_awards, estate(200, [100, 200, 300])))
    None
    """
    answer = division_of(rule, problem)
    if answer is None:
        return None

    for one, other in combinations(range(problem.n), 2):
        order = exchanged(problem.n, one, other)
        changed = Claims(problem.estate, problem.claims[order])
        after = division_of(rule, changed)
        if after is not None and not answer.relabelled(order).same(after):
            back = after.relabelled(order)
            sentence = ("the answer is ", answer, "; if ", one, " and ", other, " change places it becomes ", back)
            return Violation(problem, answer, sentence, changed, after)
    return None
