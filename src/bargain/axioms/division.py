"""What a rule answers that divides a worth or an estate: one division, or a set of them by its corners."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from bargain.axioms.answer import Answer
from bargain.axioms.situation import CLOSE
from bargain.errors import NotApplicable
from bargain.games.claims import Claims
from bargain.games.coalitions import Division
from bargain.games.kinds import CoalitionGame

__all__ = ["Dividing", "division_of", "fall", "pairwise", "stake_of"]

Floats = NDArray[np.float64]

Dividing = Callable[[CoalitionGame], Division]
"""What is judged: from a game or a claims problem to a division. Every concept over coalitions or claims is one."""


def stake_of(game: CoalitionGame) -> float:
    """What is at stake: the estate or the largest claim, or the spread of what coalitions are worth; 1 if nothing."""
    if isinstance(game, Claims):
        return max(game.estate, float(game.claims.max(initial=0.0))) or 1.0
    return float(np.ptp(game.table().values)) or 1.0


def division_of(rule: Dividing, game: CoalitionGame) -> Answer | None:
    """What a rule answers; None where nothing can be divided, or where only the range of a set is known.

    A rule that answers with a set (the core) says so by ``lowest`` and ``highest``, and is judged by the corners.
    """
    try:
        division = rule(game)
    except NotApplicable:
        return None
    close = np.full(game.n, CLOSE * stake_of(game))
    if division.shares is None:
        return None
    if "lowest" not in division.evidence:
        return Answer(np.asarray(division.shares, dtype=float)[None], False, close)
    corners = division.evidence.get("extreme_points")
    if corners is None:
        return None
    points = np.array([[corner[player] for player in range(game.n)] for corner in corners])
    return Answer(points, len(points) > 1, close)


def fall(before: Answer, after: Answer, player: int) -> tuple[float, float] | None:
    """The best that a player gets before, and after, if that is less."""
    best, later = float(before.points[:, player].max()), float(after.points[:, player].max())
    return (best, later) if later < best - max(before.close[player], after.close[player]) else None


def pairwise(one: Answer, other: Answer) -> Answer:
    """Every sum of an answer to one problem and an answer to the other."""
    sums = (one.points[:, None, :] + other.points[None, :, :]).reshape(-1, one.points.shape[1])
    return Answer(sums, False, one.close + other.close)
