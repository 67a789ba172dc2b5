"""Securement: everybody is sure of a part of its claim."""

import numpy as np

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.division import Dividing, division_of
from bargain.games.claims import Claims

__all__ = ["securement"]


@axiom(
    title="Securement",
    definition="everybody gets at least an n-th of its claim, or of the estate if that is less",
    source="Moreno-Ternero & Villar (2004), The Talmud Rule and the Securement of Agents' Awards, Mathematical Social "
    "Sciences 47(2), 245-257",
    over="claims",
)
def securement(rule: Dividing, problem: Claims) -> Violation | None:
    r"""$x_i \ge \min(c_i, E) / n$.

    >>> from bargain.axioms.awards import estate
    >>> from bargain.concepts import constrained_equal_losses
    >>> print(securement.violation(constrained_equal_losses, estate(100, [100, 200])))
    the answer is (0, 100): player 1 gets 0, and should be sure of 50
    """
    answer = division_of(rule, problem)
    if answer is None:
        return None

    secured = np.minimum(problem.claims, problem.estate) / problem.n
    short = np.flatnonzero(answer.points[0] < secured - answer.close)
    if len(short):
        player = int(short[0])
        paid, sure = float(answer.points[0][player]), float(secured[player])
        sentence = ("the answer is ", answer, ": ", player, " gets ", paid, ", and should be sure of ", sure)
        return Violation(problem, answer, sentence)
    return None
