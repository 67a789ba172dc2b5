"""Plans: the strategies of an equilibrium, in numbers, so that a judge can check them without the solver."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["AmendmentPlan", "DivisionPlan", "MotionPlan", "SessionPlan"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WAIT = -1
"""In place of the number of an agreement: the member moves nothing that passes, and the session ends without one."""


@dataclass(frozen=True, eq=False)
class DivisionPlan:
    """Stationary strategies for a pie under the closed rule.

    Attributes
    ----------
    prices : (n,) a member votes for a proposal if and only if it offers at least this; indifferent members accept.
    proposers : (m,) the member who makes each proposal.
    chances : (m,) how often it makes it when recognised; those of one member sum to 1.
    offers : (m, n) what each proposal gives to everyone.
    values : (n,) expected payoffs before anyone is recognised.
    """

    prices: Floats
    proposers: Ints
    chances: Floats
    offers: Floats
    values: Floats

    def bought(self) -> Floats:
        """(n, n) chance that the member of the row, when recognised, offers the member of the column its price."""
        n = len(self.prices)
        paid = (self.offers >= self.prices) & (np.arange(n) != self.proposers[:, None])
        table = np.zeros((n, n))
        np.add.at(table, self.proposers, self.chances[:, None] * paid)
        return table


@dataclass(frozen=True, eq=False)
class AmendmentPlan:
    """Stationary strategies for a pie under the open rule, all members alike.

    The member who has the floor offers ``share`` to each of ``partners`` others, and keeps the rest. A partner who is
    recognised next moves the question; a member left out amends, with first of all those who were left out as its
    partners, then members drawn from the old partners, and never the member whose proposal it replaces.

    Attributes
    ----------
    partners : to how many others something is offered.
    share : what each of them is offered.
    floor, partner, left_out : value of having the floor, of being a partner and of being left out, once a proposal lies
        on the table and before the next member is recognised. (If all are partners, ``left_out`` is what a member would
        have whom alone a deviation leaves out.)
    """

    partners: int
    share: float
    floor: float
    partner: float
    left_out: float


@dataclass(frozen=True, eq=False)
class MotionPlan:
    """Stationary strategies over listed agreements.

    Attributes
    ----------
    prices : (n,) a member accepts what is worth at least this to it.
    moved : (n, k + 1) chance that the member of the row, when recognised, moves each agreement; the last column is the
        chance to move nothing.
    accepted : (k, n) chance that each member votes for each agreement: 1 above its price, 0 below; at the price 1,
        except where an equilibrium needs indifferent members to refuse or to draw lots.
    values : (n,) expected payoffs before anyone is recognised.
    """

    prices: Floats
    moved: Floats
    accepted: Floats
    values: Floats


@dataclass(frozen=True, eq=False)
class SessionPlan:
    """What is moved and accepted in every session of a finite horizon.

    Attributes
    ----------
    prices : (T, n) a member accepts in session t what is worth at least prices[t] to it; indifferent members accept.
    moved : (T, n) the agreement that each member moves when recognised, or ``WAIT``.
    values : (T + 1, n) expected payoffs before the session begins; the last row is the status quo.
    """

    prices: Floats
    moved: Ints
    values: Floats
