"""Random bargaining problems for the axioms: small whole numbers, so that ties, edges and kinks are frequent."""

from __future__ import annotations

from random import Random

import numpy as np

from bargain.axioms import Situation, situation
from bargain.axioms.situation import Regime

__all__ = ["random_situation"]


def random_situation(rng: Random, regime: Regime, players: int) -> Situation:
    """A problem in which everybody can gain; a third of them are symmetric, half have unequal powers."""
    while True:
        most = rng.choice([3, 9, 30])
        low = -rng.choice([0, 0, most // 3])
        points = [[rng.randint(low, most) for _ in range(players)] for _ in range(rng.randint(1, 6))]
        d = [rng.choice([0, 0, rng.randint(low, most // 2)]) for _ in range(players)]
        if rng.random() < 1 / 3:
            d = [d[0]] * players
            points = _symmetrised(points)
        powers = [1] * players if rng.random() < 0.5 else [rng.randint(1, 4) for _ in range(players)]
        drawn = situation(points, d, powers, regime)
        if drawn.regular:
            return drawn


def _symmetrised(points: list[list[int]]) -> list[list[int]]:
    """Every point in all orders of the first two players."""
    swapped = [[point[1], point[0], *point[2:]] for point in points]
    return np.unique(np.array(points + swapped), axis=0).tolist()
