"""No advantageous transfer: moving claims among partners gains nothing."""

from itertools import combinations

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.division import Dividing, division_of
from bargain.games.claims import Claims

__all__ = ["no_advantageous_transfer"]


@axiom(
    title="No advantageous transfer",
    definition="two who shift claims between each other get no more and no less together",
    source="Ju, Miyagawa & Sakai (2007), Non-Manipulable Division Rules in Claim Problems and Generalizations, J. "
    "Economic Theory 132(1), 1-26 (recalled)",
    over="claims",
)
def no_advantageous_transfer(rule: Dividing, problem: Claims) -> Violation | None:
    r"""$f_i + f_j$ is the same if $c_i + c_j$ is, among three and more.

    >>> from bargain.axioms.awards import estate
    >>> from bargain.concepts import proportional_awards
    >>> print(no_advantageous_transfer.violation(proportional_awards, estate(200, [100, 200, 300])))
    None
    """
    answer = division_of(rule, problem)
    if answer is None:
        return None

    for one, other in combinations(range(problem.n), 2) if problem.n > 2 else ():
        for giver, taker in ((one, other), (other, one)):
            for part in (0.5, 1.0):
                claims = problem.claims.copy()
                claims[taker] += part * claims[giver]
                claims[giver] -= part * claims[giver]
                changed = Claims(problem.estate, claims)
                after = division_of(rule, changed)
                before = float(answer.points[0][[one, other]].sum())
                later = float(after.points[0][[one, other]].sum()) if after is not None else before
                if after is not None and abs(later - before) > 4 * answer.close[0]:
                    shift = (
                        "; if ",
                        giver,
                        " passed a claim of ",
                        float(part * problem.claims[giver]),
                        " on to ",
                        taker,
                    )
                    told = (", the two would have ", later, " together instead of ", before)
                    return Violation(problem, answer, ("the answer is ", answer, *shift, *told), changed, after)
    return None
