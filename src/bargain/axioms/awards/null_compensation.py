"""Conditional null compensation: a claim so small that others would exhaust the estate by what they have more."""

import numpy as np

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.division import Dividing, division_of
from bargain.games.claims import Claims

__all__ = ["null_compensation"]


@axiom(
    title="Conditional null compensation",
    definition="a claim gets nothing if what others claim beyond it exhausts the estate",
    source="Herrero & Villar (2002), Sustainability in Bankruptcy Problems, TOP 10(2), 261-273",
    over="claims",
)
def null_compensation(rule: Dividing, problem: Claims) -> Violation | None:
    r"""$x_i = 0$ if $\sum_j \max(0, c_j - c_i) \ge E$: the dual of full compensation.

    >>> from bargain.axioms.awards import estate
    >>> from bargain.concepts import proportional_awards
    >>> print(null_compensation.violation(proportional_awards, estate(200, [100, 300])))
    the answer is (50, 150): player 1 gets 50, and others claim 200 beyond its claim of 100
    """
    answer = division_of(rule, problem)
    if answer is None:
        return None

    for player, claim in enumerate(problem.claims.tolist()):
        paid = float(answer.points[0][player])
        beyond = float(np.maximum(problem.claims - claim, 0.0).sum())
        if beyond >= problem.estate and paid > answer.close[0]:
            told = (" gets ", paid, ", and others claim ", beyond, " beyond its claim of ", claim)
            return Violation(problem, answer, ("the answer is ", answer, ": ", player, *told))
    return None
