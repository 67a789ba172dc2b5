"""Resource monotonicity: a larger estate hurts nobody."""

from bargain.axioms.awards.changes import levels
from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.division import Dividing, division_of, fall
from bargain.games.claims import Claims

__all__ = ["resource_monotonicity"]


@axiom(
    title="Resource monotonicity",
    definition="if the estate grows, nobody gets less",
    source="Curiel, Maschler & Tijs (1987), Bankruptcy Games, Zeitschrift für Operations Research 31(5), A143-A159",
    over="claims",
)
def resource_monotonicity(rule: Dividing, problem: Claims) -> Violation | None:
    r"""$f(E', c) \ge f(E, c)$ if $E' > E$ (endowment monotonicity).

    >>> from bargain.axioms.awards import estate
    >>> from bargain.concepts import constrained_equal_awards
    >>> print(resource_monotonicity.violation(constrained_equal_awards, estate(200, [100, 200, 300])))
    None
    """
    answer = division_of(rule, problem)
    if answer is None:
        return None

    for larger in levels(problem.estate, float(problem.claims.sum())):
        changed = Claims(larger, problem.claims)
        after = division_of(rule, changed)
        if after is None:
            continue
        for player in range(problem.n):
            if fall(answer, after, player) is not None:
                change = ("; with an estate of ", larger, " it is ", after, ", less for ", player)
                return Violation(problem, answer, ("the answer is ", answer, *change), changed, after)
    return None
