"""Concessions by risk limits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bargain.protocols.concession.choosing import kindest
from bargain.protocols.concession.ground import Ask, Moment
from bargain.protocols.concession.strategies import Zeuthen

__all__ = ["ask", "risk"]

EVEN = 1e-12
"""Risks that are equal but for rounding; they are parts of one."""


def risk(own: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """The largest chance of conflict that one would rather run than give in: (own - other)/own, in gains.

    Who has nothing to lose, because its own ask gains nothing, can afford any risk.

    >>> risk(np.array([80.0, 0.0]), np.array([60.0, 0.0]))
    array([0.25, 1.  ])
    """
    safe = np.where(own > 0, own, 1.0)
    return np.where(own > 0, (own - other) / safe, 1.0)


def ask(strategy: Zeuthen, moment: Moment) -> Ask:  # noqa: ARG001
    """Concede, if one's risk is not the larger, the least that makes it so; if nothing does, ask as the other does."""
    me, rival, ground = moment.player, 1 - moment.player, moment.ground
    if not moment.own or not moment.said[rival]:
        return ground.asking(me, moment.best)
    mine, theirs = moment.own[-1].place, moment.said[rival][-1].place
    own, other = ground.gains[:, me], ground.gains[:, rival]
    if risk(own[mine], own[theirs]) > risk(other[theirs], other[mine]) + EVEN:
        return moment.own[-1]
    between = (own <= own[mine]) & (own >= own[theirs])
    enough = between & (risk(own, own[theirs]) > risk(other[theirs], other) + EVEN)
    if not enough.any():
        return Ask(moment.gain(theirs), theirs)
    best = float(own.max(initial=0.0, where=enough))
    enough &= own >= best - ground.slack[me]
    return Ask(best, kindest(own, ground.left[me], enough, float(ground.slack[me])))
