"""Targets that fall with time."""

from __future__ import annotations

from bargain.protocols.concession.ground import Ask, Moment
from bargain.protocols.concession.strategies import TimeDependent

__all__ = ["ask", "conceded"]


def conceded(strategy: TimeDependent, elapsed: float) -> float:
    r"""The part conceded, $F = k + (1 - k)\,\tau^{1/\beta}$, when the part $\tau$ of the time is over.

    >>> [conceded(TimeDependent(beta), 0.5) for beta in (0.5, 1, 2)]
    [0.25, 0.5, 0.7071067811865476]
    """
    return float(strategy.start + (1 - strategy.start) * min(1.0, elapsed) ** (1 / strategy.beta))


def ask(strategy: TimeDependent, moment: Moment) -> Ask:
    """Ask for what is not yet conceded of one's best gain; round r begins when r - 1 rounds are over."""
    left = 1 - conceded(strategy, (moment.turn - 1) / moment.ground.deadline)
    return moment.ground.asking(moment.player, left * moment.best)
