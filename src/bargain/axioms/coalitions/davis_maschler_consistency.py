"""Consistency (Davis-Maschler): two who look again at what they have, and at whom they could turn to, agree."""

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from bargain.axioms.answer import Answer
from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.division import Dividing, division_of
from bargain.games.coalitions import Game, members_of

__all__ = ["davis_maschler_consistency"]


@axiom(
    title="Consistency (Davis-Maschler)",
    definition="any two, dividing again what they have together, each able to win over others at their shares, change "
    "nothing",
    source="Davis & Maschler (1965), The Kernel of a Cooperative Game, Naval Research Logistics Quarterly 12(3), "
    "223-259; core: Peleg (1986), Int. J. Game Theory 15(3), 187-200",
    over="coalitions",
)
def davis_maschler_consistency(rule: Dividing, game: Game) -> Violation | None:
    r"""Reduced game of i and j: $v_x(ij) = x_i + x_j$, $v_x(i) = \max_{T \subseteq N \setminus ij} v(T \cup i) - x(T)$.

    Where a reduced game leaves no division that gives each what it gets alone, nothing is asked. So the nucleolus keeps
    it for two: it lies in the kernel (Schmeidler 1969), in which i and j differ in what they can get without each other
    only if one is held to what it is worth alone, and then the other asks for more than both have. Among more the
    prenucleolus keeps it (Orshan & Sudhölter 2003, Math. Oper. Res. 28(2), 283-293; first Sobolev 1975, recalled), the
    nucleolus not.

    >>> from bargain.axioms.coalitions import worth
    >>> from bargain.concepts import nucleolus
    >>> print(davis_maschler_consistency.violation(nucleolus, worth([0, 0, 0, 0, 1, 1, 1])))
    None
    """
    answer = division_of(rule, game)
    if answer is None or game.n < 3:
        return None
    for point in answer.points:
        for pair in combinations(range(game.n), 2):
            changed = _reduced(game, point, pair)
            after = division_of(rule, changed)
            if after is None:
                continue
            again = Answer(after.points, after.continuum, 4 * answer.close[:2])
            if not again.holds(point[list(pair)]):
                first, second = (float(share) for share in after.points[0])
                sentence = ("the answer is ", point, "; dividing again, ", pair, " would get ", first, " and ", second)
                return Violation(game, answer, sentence, changed, after)
    return None


def _reduced(game: Game, shares: NDArray[np.float64], pair: tuple[int, int]) -> Game:
    """What each of two can get by paying others their shares, and what both have."""
    members = members_of(game.n)
    values = [0.0]
    for own, other in (pair, pair[::-1]):
        partners = members.copy()
        partners[:, own] = False
        left = game.values - partners @ shares
        values.append(float(left[members[:, own] & ~members[:, other]].max()))
    return Game(np.array([*values, float(shares[list(pair)].sum())]))
