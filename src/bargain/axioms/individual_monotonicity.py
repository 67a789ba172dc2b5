"""Individual monotonicity: what improves one player's prospects does not hurt that player."""

import numpy as np
from numpy.typing import NDArray

from bargain.axioms.answer import Rule, answer_of
from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.removals import removals, worse
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
    """The others can have together just what they could have before; of two players, the other hopes for the same."""
    answer = answer_of(rule, situation)
    for row, smaller in removals(situation) if answer is not None else ():
        gone = situation.points[row]
        players = [i for i in range(situation.players) if _others_as_before(situation, smaller, gone, i)]
        before = answer_of(rule, smaller) if players else None
        for player in players if before is not None else ():
            fall = before.fallen(answer, player) if before is not None and answer is not None else None
            if fall is not None and before is not None and answer is not None:
                return worse(smaller, before, player, fall, gone, situation, answer)
    return None


def _others_as_before(situation: Situation, smaller: Situation, gone: Floats, player: int) -> bool:
    """Whether the others reach in the smaller problem, with free disposal, all that they reach in the larger."""
    if situation.regime == "lotteries":
        return bool(abs(situation.ideal - smaller.ideal)[1 - player] <= situation.close[1 - player])
    if (gone < situation.disagreement - situation.close).any():
        return True
    others = np.arange(situation.players) != player
    rational = smaller.points[smaller.rational_rows][:, others]
    return bool((rational >= (gone - situation.close)[others]).all(axis=1).any())
