"""Reputational bargaining in short periods: an exact discrete game, walked back from the moment both are known."""

from __future__ import annotations

import math


def yielding_chance(own: float, left: float, rate: float, period: float) -> float:
    """The chance p of the other's giving in per period that makes waiting one as good as giving in now.

    p * own + (1 - p) e^(-rate * period) * left = left.
    """
    later = math.exp(-rate * period) * left
    return (left - later) / (own - later)


def walk_back(
    demands: tuple[float, float], stubborn: tuple[float, float], rates: tuple[float, float], period: float
) -> tuple[float, tuple[float, float]]:
    """How long play can last, and the reputations with which it must start after time 0.

    At the end both are known to be stubborn. A period earlier a reputation was smaller by the factor 1 - p. The walk
    stops when one reputation is down to what it is at first; the other's gap is closed by giving in at time 0.
    """
    chances = [yielding_chance(demands[1 - i], 1 - demands[i], rates[1 - i], period) for i in (0, 1)]
    reputations, time = [1.0, 1.0], 0.0
    while all(reputation > prior for reputation, prior in zip(reputations, stubborn, strict=True)):
        reputations = [reputation * (1 - chance) for reputation, chance in zip(reputations, chances, strict=True)]
        time += period
    return time, (reputations[0], reputations[1])
