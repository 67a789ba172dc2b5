"""Consistency: those who stay and divide again change nothing."""

from itertools import combinations

import numpy as np

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.division import Dividing, division_of
from bargain.games.claims import Claims

__all__ = ["consistency"]


@axiom(
    title="Consistency",
    definition="if some leave with their awards, the others, dividing what is left by the same claims, get the same",
    source="Aumann & Maschler (1985), Game Theoretic Analysis of a Bankruptcy Problem from the Talmud, J. Economic "
    "Theory 36(2), 195-213; Young (1987), On Dividing an Amount According to Individual Claims or Liabilities, "
    "Math. Oper. Res. 12, 398-414",
    over="claims",
)
def consistency(rule: Dividing, problem: Claims) -> Violation | None:
    r"""$f(E, c)_S = f(\sum_{i \in S} x_i, c_S)$; tried for two who stay, and for one who leaves.

    >>> from bargain.axioms.awards import estate
    >>> from bargain.concepts import shapley
    >>> print(consistency.violation(shapley, estate(150, [100, 200, 300])))  # doctest: +NORMALIZE_WHITESPACE
    the answer is (33.33, 58.33, 58.33); dividing again, player 1 and player 2 would get 45.83 and
    45.83
    """
    answer = division_of(rule, problem)
    if answer is None:
        return None
    players = range(problem.n)
    groups = [*combinations(players, 2), *combinations(players, problem.n - 1)] if problem.n > 2 else []
    for staying in dict.fromkeys(groups):
        kept, claims = answer.points[0][list(staying)], problem.claims[list(staying)]
        changed = Claims(min(max(0.0, float(kept.sum())), float(claims.sum())), claims)
        after = division_of(rule, changed)
        if after is not None and (np.abs(after.points[0] - kept) > 2 * answer.close[0]).any():
            told = [part for share in after.points[0].tolist() for part in (" and ", share)]
            sentence = ("the answer is ", answer, "; dividing again, ", staying, " would get ", *told[1:])
            return Violation(problem, answer, sentence, changed, after)
    return None
