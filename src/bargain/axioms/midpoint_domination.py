"""Midpoint domination: no worse than a fair draw for who may dictate."""

import numpy as np

from bargain.axioms.answer import Rule, answer_of
from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.situation import Situation

__all__ = ["midpoint_domination"]


@axiom(
    title="Midpoint domination",
    definition="everybody gets at least what an equal chance of dictating the deal would give",
    source="Sobel (1981), Distortion of Utilities and the Bargaining Problem, Econometrica 49(3), 597-619",
)
def midpoint_domination(rule: Rule, situation: Situation) -> Violation | None:
    r"""In every tied answer $u_i \ge d_i + (a_i - d_i)/n$, with $a$ the ideal point.

    >>> from bargain.axioms import situation
    >>> from bargain.concepts import utilitarian
    >>> print(midpoint_domination.violation(utilitarian, situation([[1, 1], [0, 3]])))
    the answer is (0, 3): player 1 gets 0, and an equal chance of dictating the deal is worth 0.5
    """
    answer = answer_of(rule, situation)
    if answer is None or not situation.regular:
        return None
    d = situation.disagreement
    fair = d + (situation.ideal - d) / situation.players
    for point in answer.points:
        short = np.flatnonzero(point < fair - situation.close)
        if len(short):
            player = int(short[0])
            paid, promised = float(point[player]), float(fair[player])
            sentence = (
                "the answer is ",
                point,
                ": ",
                player,
                " gets ",
                paid,
                ", and an equal chance of dictating the deal is worth ",
                promised,
            )
            return Violation(situation, answer, sentence)
    return None
