"""Rules of bargaining by unanimity among n players over agreements that need not be a pie, and the plans for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bargain.errors import UsageError
from bargain.protocols.alternating_offers.unanimity_rules import InLine, Proposer, checked_players, succession_of

__all__ = ["HorizonPlan", "SetPlan", "UnanimityOver"]

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class UnanimityOver(InLine):
    """One proposer at a time names an agreement; it is signed if everybody else accepts.

    An agreement worth u to j, signed after t refusals, is worth d_j + (patience_j (1 - breakdown))^t (u - d_j): time
    wears gains over disagreement down, and after every refusal talks break down with chance ``breakdown``, which is
    worth d. So is never agreeing, and reaching the end of the ``horizon``. Whoever is indifferent
    accepts; a proposer who is indifferent between agreements names the one that is better for the next in line, then
    for the one after; one who is indifferent between agreeing and waiting agrees.

    Attributes
    ----------
    points : (k, n) payoffs of the agreements, in the order in which ties are broken last.
    disagreement : (n,) payoffs without a deal.
    patience : (n,) discount factors per round.
    proposer, recognition, order, players : as in ``Unanimity``.
    breakdown : chance that talks break down after a refusal.
    horizon : how many offers can be made; without end if not given.
    lotteries : whether an offer may be a lottery over agreements.
    """

    points: Floats
    disagreement: Floats
    patience: tuple[float, ...]
    proposer: Proposer = "rotating"
    recognition: tuple[float, ...] | None = None
    order: tuple[str, ...] | None = None
    breakdown: float = 0.0
    horizon: int | None = None
    lotteries: bool = False
    players: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "players", checked_players(self.players, self.patience))
        object.__setattr__(self, "points", np.atleast_2d(np.asarray(self.points, dtype=float)))
        object.__setattr__(self, "disagreement", np.asarray(self.disagreement, dtype=float))
        n = len(self.players)
        if self.points.shape[1] != n or self.disagreement.shape != (n,):
            raise UsageError(
                f"payoffs are not for {n} players", hint="a column of points for each, a payoff without a deal"
            )
        if not 0 <= self.breakdown <= 1:
            raise UsageError(f"breakdown is {self.breakdown:g}", hint="write a chance from 0 to 1")
        if self.horizon is not None and self.horizon < 1:
            raise UsageError(f"there are {self.horizon} rounds", hint="write 1 or more, or leave it out")
        succession_of(self.players, self.proposer, self.recognition, self.order)

    @cached_property
    def gains(self) -> Floats:
        """(k, n) payoffs less disagreement."""
        return np.asarray(self.points - self.disagreement)

    @cached_property
    def discounts(self) -> Floats:
        """(n,) what a gain is worth if it comes a round later."""
        return np.array(self.patience, dtype=float) * (1 - self.breakdown)

    @cached_property
    def stakes(self) -> Floats:
        """(n,) the largest gain of each, without lotteries among agreements that leave nobody below disagreement.

        1 where there is none.
        """
        rational = self.gains[(self.gains >= 0).all(axis=1)]
        best = (self.gains if self.lotteries else rational).max(axis=0, initial=0.0)
        return np.where(best > 0, best, 1.0)


@dataclass(frozen=True, eq=False)
class HorizonPlan:
    """What everybody does in every round of a finite game.

    Attributes
    ----------
    offers : (rounds, n) the place of the agreement that a player names if it proposes in a round; -1 for an offer that
        is meant to be refused, and for players who do not propose in that round.
    accepts : (rounds, n) the least payoff for which a player accepts.
    """

    offers: Places
    accepts: Floats


@dataclass(frozen=True, eq=False)
class SetPlan:
    """A stationary plan: what everybody does whenever somebody proposes; rows are proposers.

    Attributes
    ----------
    chances : (n, k) with what chances the row's player's offer comes to each agreement; a single 1 without lotteries.
    accepts : (n, n) the least expected payoff for which the column's player accepts an offer of the row's.
    prices : (n, n) for lotteries, weights of payoffs at which the row's player cannot do better (1 for itself);
        None where offers are single agreements.
    others : how many further stationary equilibria of this kind are known; ranges are theirs, too.
    lowest, highest : (n,) the range of expected payoffs over all of them.
    complete : whether the search for them left nothing out.
    """

    chances: Floats
    accepts: Floats
    prices: Floats | None
    others: int
    lowest: Floats
    highest: Floats
    complete: bool
