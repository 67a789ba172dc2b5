"""Superadditivity: settling two problems at once is worth it for everybody."""

from dataclasses import replace

import numpy as np

from bargain.axioms.answer import Answer, Rule, answer_of
from bargain.axioms.axiom import Violation, axiom
from bargain.axioms.situation import Situation

__all__ = ["superadditivity"]


@axiom(
    title="Superadditivity",
    definition="settling two problems together gives nobody less than settling each by itself",
    source="Perles & Maschler (1981), The Super-Additive Solution for the Nash Bargaining Game, "
    "Int. J. Game Theory 10(3-4), 163-193",
)
def superadditivity(rule: Rule, situation: Situation) -> Violation | None:
    r"""$f(S + T) \ge f(S) + f(T)$, where payoffs of the two problems add up; T is one of a few small problems.

    The axiom speaks of agreements that nobody would refuse: what leaves somebody below no deal is taken away first.

    >>> from bargain.axioms import situation
    >>> from bargain.concepts import nash
    >>> print(superadditivity.violation(nash, situation([[1, 3]])))  # doctest: +NORMALIZE_WHITESPACE
    the answer is (1, 3); beside it stands a choice of (3, 0), (0, 3) or (1.5, 1.5), where it is (1.5, 1.5);
    settled together they give (4, 3): player 2 gets 3 instead of 4.5
    """
    if not situation.regular:
        return None
    rational = situation.rational_part()
    answer = answer_of(rule, rational)
    if answer is None:
        return None
    for beside in _companions(rational):
        alone = answer_of(rule, beside)
        together = _together(rational, beside)
        after = answer_of(rule, together)
        if alone is None or after is None:
            continue
        for player in range(situation.players):
            fall = _sum(answer, alone).fallen(after, player)
            if fall is not None:
                deals = Answer(beside.points, False, beside.close)
                sentence = (
                    "the answer is ",
                    answer,
                    "; beside it stands a choice of ",
                    deals,
                    ", where it is ",
                    alone,
                    "; settled together they give ",
                    after,
                    ": ",
                    player,
                    " gets ",
                    fall[1],
                    " instead of ",
                    fall[0],
                )
                return Violation(rational, answer, sentence, together, after)
    return None


def _companions(situation: Situation) -> list[Situation]:
    """Small problems to settle at the same time: a pie to divide, in the size of the situation or in other shapes."""
    n, d = situation.players, situation.disagreement
    size = float((situation.ideal - d).max())
    pie = np.vstack([np.eye(n) * size, np.full(n, size / n)])
    shapes = [pie, pie / 2, pie * 2]
    for player in range(n):
        stretched = np.ones(n)
        stretched[player] = 2.0
        shapes += [pie * stretched, np.vstack([stretched * size / 2, np.eye(n)[player] * 2 * size])]
    return [replace(situation, points=shape, disagreement=np.zeros(n)) for shape in shapes]


def _together(one: Situation, other: Situation) -> Situation:
    sums = (one.points[:, None, :] + other.points[None, :, :]).reshape(-1, one.players)
    return replace(one, points=sums, disagreement=one.disagreement + other.disagreement)


def _sum(one: Answer, other: Answer) -> Answer:
    sums = (one.points[:, None, :] + other.points[None, :, :]).reshape(-1, one.points.shape[1])
    return Answer(sums, False, one.close + other.close)
