"""Order preservation: a larger claim gets no less, and loses no less."""

from itertools import combinations

import numpy as np

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.division import Dividing, division_of
from bargain.games.claims import Claims

__all__ = ["order_preservation"]


@axiom(
    title="Order preservation",
    definition="whoever claims more gets no less, and loses no less",
    source="Aumann & Maschler (1985), Game Theoretic Analysis of a Bankruptcy Problem from the Talmud, J. Economic "
    "Theory 36(2), 195-213",
    over="claims",
)
def order_preservation(rule: Dividing, problem: Claims) -> Violation | None:
    r"""$x_i \le x_j$ and $c_i - x_i \le c_j - x_j$ if $c_i \le c_j$.

    >>> from bargain.axioms.awards import estate
    >>> from bargain.concepts import constrained_equal_awards
    >>> print(order_preservation.violation(constrained_equal_awards, estate(200, [100, 200, 300])))
    None
    """
    answer = division_of(rule, problem)
    if answer is None:
        return None

    awards = answer.points[0]
    for what, amounts in (("gets", awards), ("loses", problem.claims - awards)):
        for low, high in combinations(np.argsort(problem.claims, kind="stable").tolist(), 2):
            if amounts[low] > amounts[high] + answer.close[0]:
                told = (
                    f" {what} ",
                    float(amounts[low]),
                    " and ",
                    high,
                    f", who claims no less, {what} ",
                    float(amounts[high]),
                )
                return Violation(problem, answer, ("the answer is ", answer, ": ", low, *told))
    return None
