"""Asks drawn by lot."""

from __future__ import annotations

from bargain.protocols.concession.ground import Ask, Moment
from bargain.protocols.concession.strategies import RandomAsks

__all__ = ["ask"]


def ask(strategy: RandomAsks, moment: Moment) -> Ask:  # noqa: ARG001
    """Ask for the rational point on which the player's draw of that round falls."""
    place = int(moment.draw * len(moment.ground.rows))
    return Ask(moment.gain(place), place)
