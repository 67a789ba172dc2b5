"""Strong monotonicity: more to choose from hurts nobody."""

from bargain.axioms.answer import Rule, answer_of
from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.removals import removals, worse
from bargain.axioms.situation import Situation

__all__ = ["strong_monotonicity"]


@axiom(
    title="Strong monotonicity",
    definition="if more agreements become possible, nobody gets less",
    source="Kalai (1977), Proportional Solutions to Bargaining Situations, Econometrica 45(7), 1623-1630",
)
def strong_monotonicity(rule: Rule, situation: Situation) -> Violation | None:
    """Compared with the same problem with one agreement fewer, disagreement unchanged."""
    answer = answer_of(rule, situation)
    for row, smaller in removals(situation) if answer is not None else ():
        gone = situation.points[row]
        players = range(situation.players)
        before = answer_of(rule, smaller) if players else None
        for player in players if before is not None else ():
            fall = before.fallen(answer, player) if before is not None and answer is not None else None
            if fall is not None and before is not None and answer is not None:
                return worse(smaller, before, player, fall, gone, situation, answer)
    return None
