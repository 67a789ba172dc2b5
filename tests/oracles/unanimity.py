"""Bargaining by unanimity as a game tree: exact fractions, one responder answering after another, no arrays."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

Payoffs = tuple[Fraction, ...]


def tree_value(
    gains: Sequence[Payoffs], patience: Sequence[Fraction], chances: Sequence[Sequence[Fraction]], t: int = 0
) -> Payoffs:
    """Gains of the subgame-perfect equilibrium from round t on; ``chances[t][i]`` is that of i proposing in round t.

    Ties go to the next player by number after the proposer, then to the first agreement.
    """
    n = len(patience)
    if t == len(chances):
        return (Fraction(0),) * n
    onward = tree_value(gains, patience, chances, t + 1)
    refused = tuple(d * v for d, v in zip(patience, onward, strict=True))
    value = [Fraction(0)] * n
    for i, chance in enumerate(chances[t]):
        if chance:
            order = [(i + k) % n for k in range(n)]
            ends = [end for gain in gains if (end := _answered(gain, refused, order[1:])) is not None]
            best = max(ends, key=lambda end: [end[j] for j in order], default=refused)
            best = best if best[i] >= refused[i] else refused
            value = [v + chance * b for v, b in zip(value, best, strict=True)]
    return tuple(value)


def _answered(gain: Payoffs, refused: Payoffs, left: Sequence[int]) -> Payoffs | None:
    """What comes of an offer once those who are left have answered in turn; None if somebody refuses."""
    if not left:
        return gain
    rest = _answered(gain, refused, left[1:])
    return rest if rest is not None and rest[left[0]] >= refused[left[0]] else None
