"""Consistency (Hart-Mas-Colell): two who look again, the others paid as the rule would pay them, agree."""

from itertools import combinations

import numpy as np

from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.coalitions.changes import group, restricted
from bargain.axioms.division import Dividing, division_of
from bargain.games.coalitions import Game

__all__ = ["hart_mas_colell_consistency"]


@axiom(
    title="Consistency (Hart-Mas-Colell)",
    definition="any two, dividing again what they have together, the others being paid what the rule would give them "
    "among those who remain, change nothing",
    source="Hart & Mas-Colell (1989), Potential, Value, and Consistency, Econometrica 57(3), 589-614",
    over="coalitions",
)
def hart_mas_colell_consistency(rule: Dividing, game: Game) -> Violation | None:
    r"""Reduced game of a pair P: $v_f(S) = v(S \cup R) - \sum_{k \in R} f_k(S \cup R, v)$ with $R = N \setminus P$.

    >>> from bargain.axioms.coalitions import worth
    >>> from bargain.concepts import shapley
    >>> print(hart_mas_colell_consistency.violation(shapley, worth([0, 0, 0, 0, 1, 1, 1])))
    None
    """
    answer = division_of(rule, game)
    if answer is None or answer.continuum or game.n < 3:
        return None
    for pair in combinations(range(game.n), 2):
        changed = _reduced(rule, game, pair)
        after = division_of(rule, changed) if changed is not None else None
        point = answer.points[0]
        if after is not None and (np.abs(after.points[0] - point[list(pair)]) > 4 * answer.close[0]).any():
            first, second = (float(share) for share in after.points[0])
            sentence = ("the answer is ", point, "; dividing again, ", pair, " would get ", first, " and ", second)
            return Violation(game, answer, sentence, changed, after)
    return None


def _reduced(rule: Dividing, game: Game, pair: tuple[int, int]) -> Game | None:
    """What is left to one or both of a pair when the others have been paid; None where the rule does not say."""
    both = 1 << pair[0] | 1 << pair[1]
    rest = 2**game.n - 1 - both
    values = [0.0]
    for kept in (1 << pair[0], 1 << pair[1], both):
        there = rest | kept
        smaller = restricted(game, there)
        paid = division_of(rule, smaller)
        if paid is None:
            return None
        others = [place for place, player in enumerate(group(there)) if rest >> player & 1]
        values.append(smaller.grand - float(paid.points[0][others].sum()))
    return Game(np.array(values))
