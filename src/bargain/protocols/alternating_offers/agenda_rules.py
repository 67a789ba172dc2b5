"""Rules of bargaining issue by issue between two players, and the plans that answer them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bargain.errors import UsageError, unknown_name

__all__ = ["Agenda", "AgendaPlan", "PieAgenda", "PiePlan"]

Floats = NDArray[np.float64]
Places = NDArray[np.intp]
Flags = NDArray[np.bool_]
Paid = Literal["together", "as_settled"]


@dataclass(frozen=True, eq=False)
class Agenda:
    """Two players settle issues one after another, in a given order, within so many rounds.

    In every round one player, in turn, names an option of the issue that is open; if the other accepts, it is settled
    for good and the next issue opens in the next round, when it is the other's turn to propose. Payoffs are gains. Paid
    ``together``, the sum of what all options are worth, less ``shortfall``, comes when the last issue is settled, and
    is 0 if one is still open after the last round. Paid ``as_settled``, every option pays when it is accepted, whatever
    becomes of the rest. A gain t rounds later is worth ``patience^t`` as much. Who is indifferent accepts; a proposer
    who is indifferent names what is better for the other, and agrees rather than waits.

    Attributes
    ----------
    issues : names, in the order in which they are settled.
    values : per issue, (k, 2) what its options are worth.
    patience : discount factors per round.
    horizon : how many offers can be made.
    paid : ``together`` or ``as_settled``.
    shortfall : (2,) what agreement on everything has to make up for: payoffs without a deal; 0 ``as_settled``.
    first : who proposes first, 0 or 1.
    players : names.
    """

    issues: tuple[str, ...]
    values: tuple[Floats, ...]
    patience: tuple[float, float]
    horizon: int
    paid: Paid = "together"
    shortfall: tuple[float, float] = (0.0, 0.0)
    first: int = 0
    players: tuple[str, str] = ("p1", "p2")

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", tuple(np.asarray(v, dtype=float) for v in self.values))
        _checked(self.issues, self.patience, self.first, self.players)
        if len(self.issues) != len(self.values):
            raise UsageError(f"there are {len(self.issues)} issues and {len(self.values)} tables of values")
        for name, table in zip(self.issues, self.values, strict=True):
            if table.ndim != 2 or table.shape[1] != 2 or len(table) == 0:
                raise UsageError(f"the values of {name} are not for two players", hint="a row per option, two columns")
        if self.horizon < 1:
            raise UsageError(f"there are {self.horizon} rounds", hint="write 1 or more")
        if self.paid not in ("together", "as_settled"):
            raise unknown_name("way to pay", self.paid, ("together", "as_settled"), plural="ways")
        if self.paid == "as_settled" and any(self.shortfall):
            raise UsageError("issues that pay as they are settled make up for nothing", hint="leave out shortfall")

    def ordered(self, order: Sequence[str]) -> Agenda:
        """The same issues in another order."""
        places = _places(self.issues, order)
        return replace(self, issues=tuple(order), values=tuple(self.values[k] for k in places))

    @property
    def stakes(self) -> Floats:
        """(2,) by how much a player's total can differ; 1 where it cannot."""
        spread = sum((table.max(axis=0) - table.min(axis=0) for table in self.values), np.zeros(2))
        return np.where(spread > 0, spread, 1.0)


@dataclass(frozen=True, eq=False)
class AgendaPlan:
    """What both do: per round and per number of issues settled, a row for every way in which they were.

    Attributes
    ----------
    offers : per round, per stage, (p,) the option that is named; -1 for an offer that is meant to be refused.
    accepts : per round, per stage, (p, k) whether the other accepts each option.

    The p rows are the settings of the issues before, the last of them changing fastest; a single row where issues pay
    as they are settled, because what is settled then changes nothing.
    """

    offers: tuple[tuple[Places, ...], ...]
    accepts: tuple[tuple[Flags, ...], ...]


@dataclass(frozen=True, eq=False)
class PieAgenda:
    """Two players divide pies one after another, without end; each pays when it is divided.

    The next pie opens one round after the last was divided, and whoever accepted proposes first. A share x of pie m is
    worth x times ``worths[m, i]`` to player i (Flamini 2001 and In and Serrano 2004 study agendas of this kind).

    Attributes
    ----------
    issues : names, in the order in which they are divided.
    worths : (m, 2) what each whole pie is worth to each player, above 0.
    patience : discount factors per round, below 1.
    first, players : as in ``Agenda``.
    """

    issues: tuple[str, ...]
    worths: Floats
    patience: tuple[float, float]
    first: int = 0
    players: tuple[str, str] = ("p1", "p2")

    def __post_init__(self) -> None:
        object.__setattr__(self, "worths", np.asarray(self.worths, dtype=float))
        _checked(self.issues, self.patience, self.first, self.players)
        if self.worths.shape != (len(self.issues), 2) or not (self.worths > 0).all():
            raise UsageError("a pie is not worth something to both", hint="a row per issue, two numbers above 0")
        if max(self.patience) >= 1:
            raise UsageError("without end, patience has to be below 1")

    def ordered(self, order: Sequence[str]) -> PieAgenda:
        """The same pies in another order."""
        return replace(self, issues=tuple(order), worths=self.worths[_places(self.issues, order)])


@dataclass(frozen=True, eq=False)
class PiePlan:
    """A stationary plan: per pie, what is offered to and accepted by whoever does not propose.

    Attributes
    ----------
    offers : (m, 2) the share that the column's player offers to the other as proposer.
    accepts : (m, 2) the least share that the column's player accepts.
    """

    offers: Floats
    accepts: Floats


def _checked(issues: tuple[str, ...], patience: tuple[float, float], first: int, players: tuple[str, str]) -> None:
    if not issues or len(set(issues)) < len(issues):
        raise UsageError("an agenda names every issue once")
    if len(players) != 2 or len(patience) != 2:
        raise UsageError("an agenda is for two players", hint="two names, two discount factors")
    for name, delta in zip(players, patience, strict=True):
        if not 0 <= delta <= 1:
            raise UsageError(f"the patience of {name} is {delta:g}", hint="write a discount factor from 0 to 1")
    if first not in (0, 1):
        raise UsageError("the first proposer is neither player", hint="write 0 or 1")


def _places(issues: tuple[str, ...], order: Sequence[str]) -> list[int]:
    for name in order:
        if name not in issues:
            raise unknown_name("issue", name, issues)
    if sorted(order) != sorted(issues):
        raise UsageError("the order does not name every issue once", hint=f"the issues are {', '.join(issues)}")
    return [issues.index(name) for name in order]
