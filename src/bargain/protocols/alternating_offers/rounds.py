"""One round of alternating offers: what is proposed and accepted, given what the next round is worth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from bargain.protocols.alternating_offers.plan import Plan
from bargain.protocols.alternating_offers.rules import AlternatingOffers
from bargain.protocols.alternating_offers.terms import Point

__all__ = ["Round", "Waiting", "as_plan", "played"]


class Waiting(NamedTuple):
    """What waiting is worth: ``base + slope * (value of the next round)``, for each player."""

    base: Point
    slope: Point

    @classmethod
    def under(cls, rules: AlternatingOffers) -> Waiting:
        """The two numbers of each player.

        >>> Waiting.under(AlternatingOffers(patience=(0.9, 0.8)))
        Waiting(base=(0.0, 0.0), slope=(0.9, 0.8))
        """
        q, bases, slopes = rules.breakdown, [], []
        for delta, cost, b, g in zip(rules.patience, rules.costs, rules.after_breakdown, rules.meanwhile, strict=True):
            bases.append(q * b + (1 - q) * ((1 - delta) * g - cost))
            slopes.append((1 - q) * delta)
        return cls((bases[0], bases[1]), (slopes[0], slopes[1]))

    def after(self, value: Point) -> Point:
        """What waiting is worth to both if the next round is worth ``value``."""
        return self.base[0] + self.slope[0] * value[0], self.base[1] + self.slope[1] * value[1]


class Round(NamedTuple):
    """What happens in a round."""

    proposer: int
    offer: Point | None
    floor: float
    leaves: bool
    value: Point


def played(rules: AlternatingOffers, proposer: int, waiting: Point, inclined: bool = False) -> Round:
    """The round in which ``proposer`` makes the offer, if waiting is worth ``waiting`` to the two.

    A responder to whom leaving and waiting are worth the same stays, unless it is ``inclined`` to leave.

    >>> played(AlternatingOffers(), 0, (0.1, 0.4))
    Round(proposer=0, offer=(0.6, 0.4), floor=0.4, leaves=False, value=(0.6, 0.4))
    """
    responder = 1 - proposer
    dust = rules.terms.dust
    option = rules.outside[responder]
    slack = -dust[responder] if inclined else dust[responder]
    leaves = option is not None and option > waiting[responder] + slack
    refused = rules.after_leaving if leaves else waiting
    offer = rules.terms.best(proposer, refused[responder])
    if offer is None or offer[proposer] < refused[proposer] - dust[proposer]:
        return Round(proposer, None, refused[responder], leaves, refused)
    return Round(proposer, offer, min(refused[responder], offer[responder]), leaves, offer)


def as_plan(rounds: Sequence[Round], following: Sequence[int], standing: str = "unique") -> Plan:
    """The rounds as the arrays of a plan."""
    nothing = (np.nan, np.nan)
    return Plan(
        np.array([one.proposer for one in rounds]),
        np.array([one.offer or nothing for one in rounds], dtype=float),
        np.array([one.offer is not None for one in rounds]),
        np.array([one.floor for one in rounds]),
        np.array([one.leaves for one in rounds]),
        np.array([one.value for one in rounds], dtype=float),
        np.array(following),
        standing,
    )
