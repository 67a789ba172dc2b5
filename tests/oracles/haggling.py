"""Alternating offers over a few points by walking the whole tree in exact fractions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

Gains = tuple[Fraction, ...]


def equilibrium_gains(
    points: Sequence[Gains], patience: Gains, breakdown: Fraction, rounds: int, order: tuple[int, ...]
) -> Gains:
    """What the subgame-perfect equilibrium brings, valued in the round that begins: every offer and every answer tried.

    Who is indifferent accepts; a proposer who is indifferent to delay does not wait; among offers that are as good for
    it the first counts, so that points should not tie.
    """
    if rounds == 0:
        return tuple(Fraction(0) for _ in patience)
    n, proposer = len(patience), order[0]
    later = equilibrium_gains(points, patience, breakdown, rounds - 1, (*order[1:], order[0]))
    waiting = tuple((1 - breakdown) * factor * gain for factor, gain in zip(patience, later, strict=True))
    outcomes = []
    for point in points:
        accepted = all(point[i] >= waiting[i] for i in range(n) if i != proposer)
        outcomes.append((point if accepted else waiting, accepted))
    return max(outcomes, key=lambda outcome: (outcome[0][proposer], outcome[1]))[0]
