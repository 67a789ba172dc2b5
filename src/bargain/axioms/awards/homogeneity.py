"""Homogeneity: units do not matter."""

import numpy as np

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.division import Dividing, division_of
from bargain.games.claims import Claims

__all__ = ["homogeneity"]


@axiom(
    title="Homogeneity",
    definition="multiplying the estate and all claims by the same positive number multiplies the answer by it",
    source="Thomson (2003), Axiomatic and Game-Theoretic Analysis of Bankruptcy and Taxation Problems: a Survey, "
    "Mathematical Social Sciences 45(3), 249-297",
    over="claims",
)
def homogeneity(rule: Dividing, problem: Claims) -> Violation | None:
    r"""$f(\alpha E, \alpha c) = \alpha f(E, c)$.

    >>> from bargain.axioms.awards import estate
    >>> from bargain.concepts import constrained_equal_awards
    >>> print(homogeneity.violation(constrained_equal_awards, estate(200, [100, 200, 300])))
    None
    """
    answer = division_of(rule, problem)
    if answer is None:
        return None

    for factor in (2.0, 0.5, 8.0):
        changed = Claims(factor * problem.estate, factor * problem.claims)
        after = division_of(rule, changed)
        expected = answer.counted_in(np.full(problem.n, factor), np.zeros(problem.n))
        if after is not None and not expected.same(after):
            sentence = ("the answer is ", answer, f"; with the estate and all claims times {factor:g} it is ", after)
            return Violation(problem, answer, sentence, changed, after)
    return None
