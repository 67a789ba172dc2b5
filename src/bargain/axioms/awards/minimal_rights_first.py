"""Minimal rights first: what nobody else claims may be paid at once."""

from bargain.axioms.awards.changes import awarded
from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.division import Dividing, division_of
from bargain.games.claims import Claims

__all__ = ["minimal_rights_first"]


@axiom(
    title="Minimal rights first",
    definition="paying first what nobody else claims, and dividing the rest by what is still claimed, changes nothing",
    source="Curiel, Maschler & Tijs (1987), Bankruptcy Games, Zeitschrift für Operations Research 31(5), A143-A159",
    over="claims",
)
def minimal_rights_first(rule: Dividing, problem: Claims) -> Violation | None:
    r"""$f(E, c) = m + f(E - \sum_j m_j, c - m)$ with $m_i = \max(0, E - \sum_{j \ne i} c_j)$.

    >>> from bargain.axioms.awards import estate
    >>> from bargain.concepts import constrained_equal_awards
    >>> problem = estate(250, [100, 200])
    >>> print(minimal_rights_first.violation(constrained_equal_awards, problem))  # doctest: +NORMALIZE_WHITESPACE
    the answer is (100, 150); what nobody else claims is (50, 150), and the rest is divided into
    (25, 25)
    """
    answer = division_of(rule, problem)
    if answer is None:
        return None

    rights = problem.alone
    changed = Claims(max(0.0, problem.estate - float(rights.sum())), problem.claims - rights)
    after = division_of(rule, changed)
    if after is not None and not answer.same(awarded(after, rights, answer)):
        told = ("; what nobody else claims is ", rights, ", and the rest is divided into ", after)
        return Violation(problem, answer, ("the answer is ", answer, *told), changed, after)
    return None
