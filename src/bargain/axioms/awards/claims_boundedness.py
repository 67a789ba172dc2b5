"""Claims boundedness: nobody pays, and nobody gets more than it claims."""

import numpy as np

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.division import Dividing, division_of
from bargain.games.claims import Claims

__all__ = ["claims_boundedness"]


@axiom(
    title="Claims boundedness",
    definition="nobody gets less than nothing or more than its claim",
    source="Thomson (2003), Axiomatic and Game-Theoretic Analysis of Bankruptcy and Taxation Problems: a Survey, "
    "Mathematical Social Sciences 45(3), 249-297",
    over="claims",
)
def claims_boundedness(rule: Dividing, problem: Claims) -> Violation | None:
    r"""$0 \le x_i \le c_i$.

    >>> from bargain.axioms.awards import estate
    >>> from bargain.concepts import constrained_equal_awards
    >>> print(claims_boundedness.violation(constrained_equal_awards, estate(200, [100, 200, 300])))
    None
    """
    answer = division_of(rule, problem)
    if answer is None:
        return None

    awards = answer.points[0]
    wrong = np.flatnonzero((awards < -answer.close) | (awards > problem.claims + answer.close))
    if len(wrong):
        player = int(wrong[0])
        paid, claim = float(awards[player]), float(problem.claims[player])
        return Violation(
            problem, answer, ("the answer is ", answer, ": ", player, " gets ", paid, " and claims ", claim)
        )
    return None
