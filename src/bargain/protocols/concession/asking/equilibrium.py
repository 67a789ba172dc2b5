"""Asks by backward induction."""

from __future__ import annotations

from bargain.protocols.concession.ground import Ask, Moment
from bargain.protocols.concession.strategies import EquilibriumPlay

__all__ = ["ask", "floor"]


def ask(strategy: EquilibriumPlay, moment: Moment) -> Ask:  # noqa: ARG001
    """Ask for the point that is due in this round."""
    place = int(moment.ground.schedule.points[moment.turn - 1])
    return Ask(moment.gain(place), place)


def floor(moment: Moment, turn: int) -> float:
    """What waiting is worth in that round, in gains."""
    return float(moment.ground.schedule.floors[turn - 1, moment.player])
