"""Disagreement-point monotonicity: a better fallback does not hurt who has it."""

import numpy as np

from bargain.axioms.answer import Rule, answer_of
from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.situation import Situation

__all__ = ["disagreement_monotonicity"]

MOST = 24
"""Levels tried for each player."""


@axiom(
    title="Disagreement-point monotonicity",
    definition="if one player's payoff without a deal rises and nothing else changes, that player does not get less",
    source="Thomson (1987), Monotonicity of Bargaining Solutions with Respect to the Disagreement Point, "
    "J. Econ. Theory 42(1), 50-58",
)
def disagreement_monotonicity(rule: Rule, situation: Situation) -> Violation | None:
    """Tried at the levels of the player's own payoffs, and half-way between them.

    >>> from bargain.axioms import situation
    >>> from bargain.concepts import kalai_smorodinsky
    >>> problem = situation([[3, 6, 3], [5, 5, 2], [3, 2, 0], [0, 1, 5]])
    >>> print(disagreement_monotonicity.violation(kalai_smorodinsky, problem))  # doctest: +NORMALIZE_WHITESPACE
    the answer is (3, 6, 3); if no deal were worth 1.5 instead of 0 to player 2, it is (5, 5, 2), less for
    player 2
    """
    answer = answer_of(rule, situation)
    if answer is None or not situation.regular:
        return None
    for player in range(situation.players):
        for level in _levels(situation, player):
            raised = situation.disagreement.copy()
            raised[player] = level
            changed = situation.seen_from(raised)
            after = answer_of(rule, changed) if changed.regular else None
            fall = answer.fallen(after, player) if after is not None else None
            if fall is not None and after is not None:
                old = float(situation.disagreement[player])
                sentence = (
                    "the answer is ",
                    answer,
                    "; if no deal were worth ",
                    level,
                    " instead of ",
                    old,
                    " to ",
                    player,
                    ", it is ",
                    after,
                    ", less for ",
                    player,
                )
                return Violation(situation, answer, sentence, changed, after)
    return None


def _levels(situation: Situation, player: int) -> list[float]:
    """Payoffs to which disagreement is raised: the player's own, and the middle between two of them."""
    d = situation.disagreement[player]
    payoffs = np.unique(situation.points[situation.rational_rows, player])
    steps = np.unique(np.r_[d, payoffs[payoffs > d], situation.ideal[player]])
    levels = np.unique(np.r_[steps[1:], (steps[1:] + steps[:-1]) / 2])
    if len(levels) > MOST:
        levels = levels[np.linspace(0, len(levels) - 1, MOST).astype(int)]
    return [float(level) for level in levels]
