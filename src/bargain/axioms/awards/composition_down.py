"""Composition down: if the estate shrinks, awards may serve as claims."""

import numpy as np

from bargain.axioms.awards.changes import awarded, levels
from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.division import Dividing, division_of
from bargain.games.claims import Claims

__all__ = ["composition_down"]


@axiom(
    title="Composition down",
    definition="if the estate turns out smaller, dividing it by the awards promised, or by the claims, is the same",
    source="Moulin (2000), Priority Rules and Other Asymmetric Rationing Methods, Econometrica 68(3), 643-684",
    over="claims",
)
def composition_down(rule: Dividing, problem: Claims) -> Violation | None:
    r"""$f(E', c) = f(E', f(E, c))$ if $E' < E$ (path independence).

    >>> from bargain.axioms.awards import estate
    >>> from bargain.concepts import nucleolus
    >>> print(composition_down.violation(nucleolus, estate(200, [100, 200])))  # doctest: +NORMALIZE_WHITESPACE
    the answer is (50, 150); of an estate of 100 it is (50, 50), and with the awards as claims
    (25, 75)
    """
    answer = division_of(rule, problem)
    if answer is None:
        return None

    for smaller in levels(problem.estate, 0.0)[:-1]:
        anew = division_of(rule, Claims(smaller, problem.claims))
        changed = Claims(min(smaller, float(answer.points[0].sum())), np.maximum(answer.points[0], 0.0))
        after = division_of(rule, changed)
        if anew is not None and after is not None and not anew.same(awarded(after, np.zeros(problem.n), answer)):
            change = ("; of an estate of ", smaller, " it is ", anew, ", and with the awards as claims ", after)
            return Violation(problem, answer, ("the answer is ", answer, *change), changed, after)
    return None
