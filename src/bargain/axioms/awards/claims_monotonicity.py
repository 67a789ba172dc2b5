"""Claims monotonicity: a larger claim does not hurt who has it."""

from bargain.axioms.awards.changes import levels
from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.division import Dividing, division_of, fall
from bargain.games.claims import Claims

__all__ = ["claims_monotonicity"]


@axiom(
    title="Claims monotonicity",
    definition="if one claim grows, whoever has it does not get less",
    source="Thomson (2003), Axiomatic and Game-Theoretic Analysis of Bankruptcy and Taxation Problems: a Survey, "
    "Mathematical Social Sciences 45(3), 249-297",
    over="claims",
)
def claims_monotonicity(rule: Dividing, problem: Claims) -> Violation | None:
    r"""$f_i(E, c') \ge f_i(E, c)$ if only $c_i' > c_i$.

    >>> from bargain.axioms.awards import estate
    >>> from bargain.concepts import constrained_equal_awards
    >>> print(claims_monotonicity.violation(constrained_equal_awards, estate(200, [100, 200, 300])))
    None
    """
    answer = division_of(rule, problem)
    if answer is None:
        return None

    for player in range(problem.n):
        own = float(problem.claims[player])
        for larger in (*levels(own, float(problem.claims.max())), 2 * own + problem.estate):
            claims = problem.claims.copy()
            claims[player] = larger
            changed = Claims(problem.estate, claims)
            after = division_of(rule, changed)
            if after is not None and fall(answer, after, player) is not None:
                change = ("; with a claim of ", larger, " instead of ", own, " for ", player, " it is ", after)
                return Violation(problem, answer, ("the answer is ", answer, *change), changed, after)
    return None
