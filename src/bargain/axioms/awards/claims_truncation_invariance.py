"""Claims truncation invariance: what a claim has above the estate does not count."""

import numpy as np

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.division import Dividing, division_of
from bargain.games.claims import Claims

__all__ = ["claims_truncation_invariance"]


@axiom(
    title="Claims truncation invariance",
    definition="cutting every claim down to the estate changes nothing",
    source="Curiel, Maschler & Tijs (1987), Bankruptcy Games, Zeitschrift für Operations Research 31(5), A143-A159",
    over="claims",
)
def claims_truncation_invariance(rule: Dividing, problem: Claims) -> Violation | None:
    r"""$f(E, c) = f(E, \min(c, E))$. Rules of the game $v(S) = \max(0, E - c(N \setminus S))$ keep it, and no others.

    >>> from bargain.axioms.awards import estate
    >>> from bargain.concepts import proportional_awards
    >>> print(claims_truncation_invariance.violation(proportional_awards, estate(200, [100, 300])))
    the answer is (50, 150); with claims cut down to the estate it is (66.67, 133.3)
    """
    answer = division_of(rule, problem)
    if answer is None:
        return None

    changed = Claims(problem.estate, np.minimum(problem.claims, problem.estate))
    after = division_of(rule, changed)
    if after is not None and not answer.same(after):
        sentence = ("the answer is ", answer, "; with claims cut down to the estate it is ", after)
        return Violation(problem, answer, sentence, changed, after)
    return None
