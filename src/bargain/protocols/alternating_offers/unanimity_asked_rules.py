"""Rules of bargaining by unanimity where agreements are not listed: each is asked for by what the others must have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.errors import UsageError
from bargain.protocols.alternating_offers.unanimity_rules import InLine, Proposer, checked_players, succession_of

__all__ = ["AskedHorizonPlan", "AskedPlan", "Best", "UnanimityAsked"]

Floats = NDArray[np.float64]
Best = Callable[[int, Floats], "tuple[Floats, Any] | None"]
"""The payoffs (n,), and the place, of what is best for player i among agreements that leave nobody below floors (n,);
None if there is no such agreement."""


@dataclass(frozen=True, eq=False)
class UnanimityAsked(InLine):
    """As `UnanimityOver`, without lotteries, over agreements that only answer questions.

    Attributes
    ----------
    best : answers them.
    disagreement : (n,) payoffs without a deal.
    stakes : (n,) how much is at stake for each.
    accuracy : how exactly answers are known, as a part of the stakes.
    patience, proposer, recognition, order, breakdown, horizon, players : as in ``UnanimityOver``.
    listed : (k, n) what agreements pay that were found without asking; judges look at them, too.
    """

    best: Best
    disagreement: Floats
    stakes: Floats
    accuracy: float
    patience: tuple[float, ...]
    proposer: Proposer = "rotating"
    recognition: tuple[float, ...] | None = None
    order: tuple[str, ...] | None = None
    breakdown: float = 0.0
    horizon: int | None = None
    players: tuple[str, ...] = ()
    listed: Floats | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "players", checked_players(self.players, self.patience))
        if self.horizon is not None and self.horizon < 1:
            raise UsageError(f"there are {self.horizon} rounds", hint="write 1 or more, or leave it out")
        succession_of(self.players, self.proposer, self.recognition, self.order)

    @cached_property
    def discounts(self) -> Floats:
        """(n,) what a gain is worth if it comes a round later."""
        return np.array(self.patience, dtype=float) * (1 - self.breakdown)

    def proposing(self, t: int) -> Floats:
        """(n,) the chances of proposing in a round, counted from 0."""
        turns = t % len(self.players) if self.proposer == "rotating" else min(t, 1)
        return np.asarray(self.opening @ np.linalg.matrix_power(self.succession, turns))


@dataclass(frozen=True, eq=False)
class AskedPlan:
    """A stationary plan.

    Attributes
    ----------
    offers : (n, n) what the row's player offers, in payoffs.
    places : where these agreements stand.
    accepts : (n, n) the least payoff for which the column's player accepts an offer of the row's.
    """

    offers: Floats
    places: tuple[Any, ...]
    accepts: Floats


@dataclass(frozen=True, eq=False)
class AskedHorizonPlan:
    """What everybody does in every round of a finite game.

    Attributes
    ----------
    offers : (horizon, n, n) what a player offers if it proposes in a round, in payoffs; NaN for an offer that is
        meant to be refused, and for players who do not propose.
    places : where these agreements stand; None where there is none.
    accepts : (horizon, n) the least payoff for which a player accepts.
    """

    offers: Floats
    places: tuple[tuple[Any, ...], ...]
    accepts: Floats
