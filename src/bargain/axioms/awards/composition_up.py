"""Composition up: if the estate grows, the rest is divided by what is still claimed."""

import numpy as np

from bargain.axioms.awards.changes import awarded, levels
from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.division import Dividing, division_of
from bargain.games.claims import Claims

__all__ = ["composition_up"]


@axiom(
    title="Composition up",
    definition="if the estate turns out larger, dividing the rest by what is still claimed, or all anew, is the same",
    source="Young (1988), Distributive Justice in Taxation, J. Economic Theory 44(2), 321-335",
    over="claims",
)
def composition_up(rule: Dividing, problem: Claims) -> Violation | None:
    r"""$f(E, c) = f(E', c) + f(E - E', c - f(E', c))$ if $E' < E$.

    >>> from bargain.axioms.awards import estate
    >>> from bargain.concepts import nucleolus
    >>> print(composition_up.violation(nucleolus, estate(150, [100, 200])))
    the answer is (50, 100); paid (37.5, 37.5) of 75 first, and then (31.25, 43.75)
    """
    answer = division_of(rule, problem)
    if answer is None:
        return None

    for smaller in levels(problem.estate, 0.0)[:-1]:
        first = division_of(rule, Claims(smaller, problem.claims))
        if first is None:
            continue
        paid = first.points[0]
        left = np.maximum(problem.claims - paid, 0.0)
        changed = Claims(min(problem.estate - smaller, float(left.sum())), left)
        after = division_of(rule, changed)
        if after is not None and not answer.same(awarded(after, paid, answer)):
            change = ("; paid ", first, " of ", smaller, " first, and then ", after)
            return Violation(problem, answer, ("the answer is ", answer, *change), changed, after)
    return None
