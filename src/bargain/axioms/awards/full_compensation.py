"""Conditional full compensation: a claim so small that all could have as much is paid."""

import numpy as np

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.division import Dividing, division_of
from bargain.games.claims import Claims

__all__ = ["full_compensation"]


@axiom(
    title="Conditional full compensation",
    definition="a claim is paid in full if the estate would let everybody have as much of its own",
    source="Herrero & Villar (2002), Sustainability in Bankruptcy Problems, TOP 10(2), 261-273",
    over="claims",
)
def full_compensation(rule: Dividing, problem: Claims) -> Violation | None:
    r"""$x_i = c_i$ if $\sum_j \min(c_j, c_i) \le E$ (sustainability).

    >>> from bargain.axioms.awards import estate
    >>> from bargain.concepts import proportional_awards
    >>> problem = estate(200, [100, 300])
    >>> print(full_compensation.violation(proportional_awards, problem))  # doctest: +NORMALIZE_WHITESPACE
    the answer is (50, 150): player 1 gets 50, and as much as its claim of 100 for everybody takes
    only 200
    """
    answer = division_of(rule, problem)
    if answer is None:
        return None

    for player, claim in enumerate(problem.claims.tolist()):
        paid = float(answer.points[0][player])
        needed = float(np.minimum(problem.claims, claim).sum())
        if needed <= problem.estate and paid < claim - answer.close[0]:
            told = (" gets ", paid, ", and as much as its claim of ", claim, " for everybody takes only ", needed)
            return Violation(problem, answer, ("the answer is ", answer, ": ", player, *told))
    return None
