"""Which of several points to ask for when all are good enough for oneself."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["kindest", "left_to_others"]

Floats = NDArray[np.float64]
ALIKE = 1e-9
"""Parts of ideal gains that differ by less are equal; they are parts of one."""


def left_to_others(gains: Floats, ideal: Floats) -> tuple[Floats, ...]:
    """For each player (m, n - 1): the parts of their ideal gains that a point leaves to the others, the least first."""
    parts = np.where(ideal > 0, gains / np.where(ideal > 0, ideal, 1.0), 1.0)
    return tuple(np.sort(np.delete(parts, player, axis=1), axis=1) for player in range(len(ideal)))


def kindest(own: Floats, left: Floats, eligible: NDArray[np.bool_], slack: float) -> int:
    """The place, among those eligible, that leaves most to the worst-off other, then to the next, and so on (leximin).

    Among equals the best for oneself, then the first. ``own`` (m,) gains, ``left`` (m, n - 1) parts of ideal gains, the
    least first, ``slack`` a difference of gains that does not count.

    >>> left = np.array([[0.5, 0.6], [0.5, 0.7], [0.5, 0.7], [0.2, 0.9]])
    >>> kindest(np.array([9.0, 5.0, 7.0, 9.0]), left, np.ones(4, dtype=bool), 0.0)
    2
    """
    for column in range(left.shape[1]):
        part = left[:, column]
        eligible = eligible & (part >= part.max(initial=0.0, where=eligible) - ALIKE)
    best = own.max(initial=0.0, where=eligible)
    return int(np.argmax(eligible & (own >= best - slack)))
