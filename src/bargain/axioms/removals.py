"""The changes that axioms of independence and of monotonicity speak about: one agreement fewer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from bargain.axioms.answer import Rule, answer_of
from bargain.axioms.axiom import Violation
from bargain.axioms.situation import Situation

__all__ = ["MOST", "harm_by_more", "removals", "rows_tried"]

Floats = NDArray[np.float64]

MOST = 40
"""Agreements that are taken away, one at a time; of longer lists, each player's best and an even selection."""


def rows_tried(situation: Situation) -> list[int]:
    """Which agreements are taken away.

    One at a time is enough: whoever notices that several are gone notices one of them on the way.
    """
    count = len(situation.points)
    if count <= MOST:
        return list(range(count))
    rational = situation.rational_rows
    if len(rational) == 0:
        return []
    best = rational[situation.points[rational].argmax(axis=0)]
    evenly = rational[np.linspace(0, len(rational) - 1, min(MOST, len(rational))).astype(int)]
    return sorted({*best.tolist(), *evenly.tolist()})


def removals(situation: Situation) -> Iterator[tuple[int, Situation]]:
    """Each agreement and the situation without it, as long as everybody can still gain at once."""
    if not situation.regular:
        return
    for row in rows_tried(situation):
        smaller = situation.without(row)
        if smaller.regular:
            yield row, smaller


def harm_by_more(
    rule: Rule, situation: Situation, concerned: Callable[[Situation, Floats], Iterable[int]]
) -> Violation | None:
    """Somebody who gets less with one agreement more.

    ``concerned`` tells, from the smaller problem and the agreement that it lacks, who must not.
    """
    answer = answer_of(rule, situation)
    if answer is None:
        return None
    for row, smaller in removals(situation):
        gone = situation.points[row]
        players = list(concerned(smaller, gone))
        before = answer_of(rule, smaller) if players else None
        if before is None:
            continue
        for player in players:
            fall = before.fallen(answer, player)
            if fall is not None:
                change = ("without ", gone, " the answer is ", before, "; with it, it is ", answer, ": ")
                sentence = (*change, player, " gets ", fall[1], " instead of ", fall[0])
                return Violation(smaller, before, sentence, situation, answer)
    return None
