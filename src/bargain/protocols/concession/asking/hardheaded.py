"""Targets that do not fall before the end."""

from __future__ import annotations

from bargain.protocols.concession.ground import Ask, Moment
from bargain.protocols.concession.strategies import Hardheaded

__all__ = ["ask"]


def ask(strategy: Hardheaded, moment: Moment) -> Ask:  # noqa: ARG001
    """Ask for one's best while there are rounds left, and for disagreement when there are none."""
    return moment.ground.asking(moment.player, moment.best if moment.turn <= moment.ground.deadline else 0.0)
