"""Efficiency: the estate is used up."""

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.division import Dividing, division_of
from bargain.games.claims import Claims

__all__ = ["efficiency"]


@axiom(
    title="Efficiency",
    definition="the awards add up to the estate",
    source="O'Neill (1982), A Problem of Rights Arbitration from the Talmud, Mathematical Social Sciences 2(4), "
    "345-371",
    over="claims",
)
def efficiency(rule: Dividing, problem: Claims) -> Violation | None:
    r"""Balance: $\sum_i x_i = E$.

    >>> from bargain.axioms.awards import estate
    >>> from bargain.concepts import constrained_equal_awards
    >>> print(efficiency.violation(constrained_equal_awards, estate(200, [100, 200, 300])))
    None
    """
    answer = division_of(rule, problem)
    if answer is None:
        return None

    total = float(answer.points[0].sum())
    if abs(total - problem.estate) > problem.n * answer.close[0]:
        sentence = ("the answer is ", answer, ", ", total, " in all, and the estate is ", problem.estate)
        return Violation(problem, answer, sentence)
    return None
