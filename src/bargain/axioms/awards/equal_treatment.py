"""Equal treatment: equal claims get equal awards."""

from itertools import combinations

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.division import Dividing, division_of
from bargain.games.claims import Claims

__all__ = ["equal_treatment"]


@axiom(
    title="Equal treatment of equals",
    definition="two whose claims are equal get the same",
    source="Thomson (2003), Axiomatic and Game-Theoretic Analysis of Bankruptcy and Taxation Problems: a Survey, "
    "Mathematical Social Sciences 45(3), 249-297",
    over="claims",
)
def equal_treatment(rule: Dividing, problem: Claims) -> Violation | None:
    r"""$x_i = x_j$ if $c_i = c_j$.

    >>> from bargain.axioms.awards import estate
    >>> from bargain.concepts import constrained_equal_awards
    >>> print(equal_treatment.violation(constrained_equal_awards, estate(200, [100, 200, 300])))
    None
    """
    answer = division_of(rule, problem)
    if answer is None:
        return None

    for one, other in combinations(range(problem.n), 2):
        first, second = answer.points[0][[one, other]]
        if problem.claims[one] == problem.claims[other] and abs(first - second) > answer.close[0]:
            sentence = (one, " and ", other, " claim the same, but the answer is ", answer)
            return Violation(problem, answer, sentence)
    return None
