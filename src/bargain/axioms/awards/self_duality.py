"""Self-duality: dividing awards is dividing losses."""

from bargain.axioms.awards.changes import awarded
from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.division import Dividing, division_of
from bargain.games.claims import Claims

__all__ = ["self_duality"]


@axiom(
    title="Self-duality",
    definition="dividing the estate, or what is missing for all claims, is the same",
    source="Aumann & Maschler (1985), Game Theoretic Analysis of a Bankruptcy Problem from the Talmud, J. Economic "
    "Theory 36(2), 195-213",
    over="claims",
)
def self_duality(rule: Dividing, problem: Claims) -> Violation | None:
    r"""$f(E, c) = c - f(\sum_j c_j - E, c)$.

    >>> from bargain.axioms.awards import estate
    >>> from bargain.concepts import constrained_equal_awards
    >>> print(self_duality.violation(constrained_equal_awards, estate(100, [100, 200])))
    the answer is (50, 50); dividing the losses in the same way it is (0, 100)
    """
    answer = division_of(rule, problem)
    if answer is None:
        return None

    changed = Claims(max(0.0, float(problem.claims.sum()) - problem.estate), problem.claims)
    after = division_of(rule, changed)
    if after is None:
        return None
    back = awarded(after, problem.claims, answer, sign=-1.0)
    if not answer.same(back):
        sentence = ("the answer is ", answer, "; dividing the losses in the same way it is ", back)
        return Violation(problem, answer, sentence, changed, after)
    return None
