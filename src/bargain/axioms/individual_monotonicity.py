"""Individual monotonicity: what improves one player's prospects does not hurt that player."""

import numpy as np
from numpy.typing import NDArray

from bargain.axioms.answer import Rule
from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.removals import harm_by_more
from bargain.axioms.situation import Situation

__all__ = ["individual_monotonicity"]

Floats = NDArray[np.float64]


@axiom(
    title="Individual monotonicity",
    definition="if more becomes possible for one player, whatever the others get, that player does not get less",
    source="Kalai & Smorodinsky (1975), Other Solutions to Nash's Bargaining Problem, Econometrica 43(3), 513-518; "
    "for more than two players Imai (1983), Econometrica 51(2), 389-401",
)
def individual_monotonicity(rule: Rule, situation: Situation) -> Violation | None:
    """The others can have together just what they could have before; of two players, the other hopes for the same.

    >>> from bargain.axioms import situation
    >>> from bargain.concepts import nash
    >>> print(individual_monotonicity.violation(nash, situation([[3, 0], [2, 2], [1, 3]])))
    without (2, 2) the answer is (1, 3); with it, it is (2, 2): player 2 gets 2 instead of 3
    """
    everybody = range(situation.players)
    return harm_by_more(
        rule, situation, lambda smaller, gone: [i for i in everybody if _others_as_before(situation, smaller, gone, i)]
    )


def _others_as_before(situation: Situation, smaller: Situation, gone: Floats, player: int) -> bool:
    """Whether the others reach in the smaller problem, with free disposal, all that they reach in the larger."""
    others = np.arange(situation.players) != player
    if situation.regime == "lotteries":
        hopes = np.abs(situation.ideal - smaller.ideal) <= situation.close
        if situation.players == 2 or not hopes[others].all():
            return bool(hopes[others].all())
        floors = np.where(others, situation.corners, situation.disagreement)
        return all(map(smaller.contains, floors))
    if (gone < situation.disagreement - situation.close).any():
        return True
    rational = smaller.points[smaller.rational_rows][:, others]
    return bool((rational >= (gone - situation.close)[others]).all(axis=1).any())
