"""The rules of a legislature: who proposes how often, who waits how patiently, and what passes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bargain.errors import UsageError

__all__ = ["Legislature", "Motions"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

SUMS_TO_ONE = 1e-9
"""Chances given as decimals, such as three times 0.3333333333, may miss 1 by rounding."""
REACHED = 1e-9
"""Votes this close to the quota, relative to it, reach it: sums of decimals such as 0.1 + 0.2 are not exact."""

ROUNDED = 1e-15
"""Payoffs of a member that differ by less than this part of their size differ by rounding."""


@dataclass(frozen=True)
class Legislature:
    """Members divide a pie: one is recognised at random, proposes a division, and all vote.

    If the proposal passes, it is carried out; otherwise the same begins again a session later, until something passes.

    Attributes
    ----------
    recognition : (n,) chance of each member to be recognised in a session, not negative, summing to 1.
    patience : (n,) what a payoff a session later is worth now, 0 to 1; one number stands for all.
    quota : votes that a proposal needs, the proposer's own included; by default more than half of all votes.
    votes : (n,) votes of each member, by default one each.
    vetoes : names of members without whom nothing passes.
    status_quo : (n,) what disagreement for ever is worth; a session without agreement pays (1 - patience) of it.
    pie : what is divided, in units of payoff.
    amendments : "closed" (a vote at once) or "open" (another member may amend before the vote).
    players : names; ``1``, ``2``, ... by default.

    >>> Legislature(recognition=(0.5, 0.25, 0.25), patience=0.9).quota
    2

    Source: Baron & Ferejohn (1989), Bargaining in Legislatures, American Political Science Review 83, 1181-1206.
    """

    recognition: tuple[float, ...]
    patience: tuple[float, ...] | float = 1.0
    quota: float | None = None
    votes: tuple[float, ...] | None = None
    vetoes: tuple[str, ...] = ()
    status_quo: tuple[float, ...] | None = None
    pie: float = 1.0
    amendments: Literal["closed", "open"] = "closed"
    players: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        n = len(self.recognition)
        if n < 2:
            raise UsageError("a legislature needs at least two members", hint="give the recognition of each")
        if not self.players:
            object.__setattr__(self, "players", tuple(str(i + 1) for i in range(n)))
        object.__setattr__(self, "recognition", self._row("recognition", self.recognition))
        waiting = [self.patience] * n if isinstance(self.patience, int | float) else self.patience
        object.__setattr__(self, "patience", self._row("patience", waiting))
        object.__setattr__(self, "votes", self._row("votes", self.votes if self.votes is not None else [1.0] * n))
        standing = self.status_quo if self.status_quo is not None else [0.0] * n
        object.__setattr__(self, "status_quo", self._row("status_quo", standing))
        object.__setattr__(self, "players", tuple(self.players))
        object.__setattr__(self, "vetoes", tuple(self.vetoes))
        self._check_names()
        self._check_numbers()

    @staticmethod
    def symmetric(n: int, patience: float = 1.0, quota: float | None = None, **others: object) -> Legislature:
        """All members alike, each recognised with chance 1/n."""
        return Legislature((1 / n,) * n, patience, quota, **others)  # type: ignore[arg-type]

    @property
    def n(self) -> int:
        """How many members there are."""
        return len(self.recognition)

    @property
    def chances(self) -> Floats:
        """(n,) recognition, summing to 1 exactly up to rounding."""
        row = np.array(self.recognition)
        return np.asarray(row / row.sum())

    @property
    def waiting(self) -> Floats:
        """(n,) patience."""
        return np.array(self.patience)

    @property
    def weights(self) -> Floats:
        """(n,) votes."""
        return np.array(self.votes)

    @property
    def standing(self) -> Floats:
        """(n,) status quo."""
        return np.array(self.status_quo)

    @property
    def may_veto(self) -> Bools:
        """(n,) who may veto."""
        return np.array([name in self.vetoes for name in self.players])

    @property
    def heads(self) -> int | None:
        """How many members must agree, vetoes aside, if everybody has the same number of votes; otherwise None."""
        weights = self.weights
        if np.ptp(weights) > REACHED * weights.max():
            return None
        return max(1, int(np.ceil(self.needed / weights.max() * (1 - REACHED))))

    @property
    def needed(self) -> float:
        """The quota as a number."""
        return float(self.quota or 0.0)

    def passes(self, coalition: Bools) -> Bools:
        """Whether the members of a coalition, (..., n), have the quota and every veto."""
        enough = coalition @ self.weights >= self.needed * (1 - REACHED)
        return np.asarray(enough & (coalition | ~self.may_veto).all(axis=-1))

    def _row(self, name: str, given: Sequence[float]) -> tuple[float, ...]:
        row = tuple(float(entry) for entry in given)
        if len(row) != self.n:
            raise UsageError(
                f"{name} has {len(row)} numbers for {self.n} members", hint="give one for each, in the order of players"
            )
        if not np.isfinite(row).all():
            raise UsageError(f"{name} has a number that is not finite", hint="write an ordinary number")
        return row

    def _check_names(self) -> None:
        if len(self.players) != self.n or len(set(self.players)) != self.n:
            raise UsageError("players must name every member once", hint=f"give {self.n} different names")
        for name in self.vetoes:
            if name not in self.players:
                raise UsageError(f"'{name}' has a veto and is no member", hint=f"members: {', '.join(self.players)}")
        if self.amendments not in ("closed", "open"):
            raise UsageError(f"amendments: '{self.amendments}' is unknown", hint="write closed or open")

    def _check_numbers(self) -> None:
        chances, waiting, weights = np.array(self.recognition), self.waiting, self.weights
        if (chances < 0).any() or abs(chances.sum() - 1) > SUMS_TO_ONE:
            raise UsageError(f"recognition sums to {chances.sum():g}", hint="give chances, not negative, that sum to 1")
        if (waiting < 0).any() or (waiting > 1).any():
            raise UsageError("patience must lie between 0 and 1", hint="0.9: a session later is worth nine tenths")
        if (weights < 0).any() or weights.sum() <= 0:
            raise UsageError("votes must not be negative, and not all 0", hint="give each member its votes")
        if not self.pie > 0 or not np.isfinite(self.pie):
            raise UsageError(f"the pie is {self.pie:g}", hint="there must be something to divide: a number above 0")
        if self.quota is None:
            object.__setattr__(self, "quota", _simple_majority(weights))
        if not 0 < self.needed <= weights.sum() * (1 + REACHED):
            raise UsageError(
                f"the quota is {self.needed:g} of {weights.sum():g} votes", hint="above 0, at most all votes"
            )


@dataclass(frozen=True, eq=False)
class Motions:
    """A legislature that chooses one of several agreements instead of dividing a pie.

    The rules of ``house`` hold, except that its pie is not used. A recognised member moves one agreement (or nothing,
    and lets the session pass); members vote on it against going on.

    Attributes
    ----------
    house : who proposes, who waits and what passes; its status quo is what no agreement is worth.
    payoffs : (k, n) what each agreement is worth to each member.
    horizon : sessions there are; after the last the status quo stays for ever. None: no end, and stationary strategies.
    """

    house: Legislature
    payoffs: Floats
    horizon: int | None = None

    def __post_init__(self) -> None:
        payoffs = np.asarray(self.payoffs, dtype=float)
        object.__setattr__(self, "payoffs", payoffs)
        if payoffs.ndim != 2 or payoffs.shape[1] != self.house.n or not len(payoffs):
            raise UsageError(
                f"payoffs have the shape {payoffs.shape}",
                hint=f"give a row per agreement, {self.house.n} numbers in each",
            )
        if not np.isfinite(payoffs).all():
            raise UsageError("a payoff is not finite", hint="leave out agreements that are not possible")
        if self.horizon is not None and self.horizon < 1:
            raise UsageError(f"the horizon is {self.horizon}", hint="at least one session")
        if self.house.amendments == "open":
            raise UsageError("the open rule is about dividing a pie", hint="write amendments: closed")

    @cached_property
    def stakes(self) -> Floats:
        """(n,) each member's own range of payoffs, status quo included; its size where nothing is at stake.

        Members may count in different units, so what is at stake for one says nothing about another.
        """
        spread, size = np.ptp(np.vstack([self.payoffs, self.house.standing]), axis=0), self._size
        return np.asarray(np.where(spread > ROUNDED * size, spread, np.where(size > 0, size, 1.0)))

    def slack(self, part: float) -> Floats:
        """(n,) what is this part of each member's stakes, and not less than rounding of its payoffs."""
        return np.asarray(np.maximum(part * self.stakes, ROUNDED * self._size))

    @cached_property
    def _size(self) -> Floats:
        return np.asarray(np.abs(np.vstack([self.payoffs, self.house.standing])).max(axis=0))


def _simple_majority(weights: Floats) -> float:
    if (weights == np.round(weights)).all():
        return int(weights.sum()) // 2 + 1
    raise UsageError("with fractions of votes a simple majority is not a number", hint="give the quota")
