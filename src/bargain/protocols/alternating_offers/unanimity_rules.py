"""Rules of bargaining by unanimity among n players over a pie, and the stationary plan that answers them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bargain.errors import UsageError, unknown_name
from bargain.protocols.alternating_offers.unanimity_tastes import Power, Tastes

__all__ = ["InLine", "StationaryPlan", "Unanimity", "checked_players", "succession_of"]

Floats = NDArray[np.float64]
Proposer = Literal["rotating", "random"]

ROUNDING = 1e-9
"""Chances may miss a sum of 1 by this much; they are divided by their sum."""


class InLine:
    """Who proposes first, and who after whom: what all rules of unanimity have in common."""

    players: tuple[str, ...]
    proposer: Proposer
    recognition: tuple[float, ...] | None
    order: tuple[str, ...] | None

    @cached_property
    def succession(self) -> Floats:
        """(n, n) the chance that the column's player proposes after the row's proposer was refused."""
        return succession_of(self.players, self.proposer, self.recognition, self.order)[0]

    @cached_property
    def opening(self) -> Floats:
        """(n,) the chances of proposing first."""
        return succession_of(self.players, self.proposer, self.recognition, self.order)[1]


@dataclass(frozen=True, eq=False)
class Unanimity(InLine):
    """One proposer at a time offers a division of a pie; it is agreed if everybody else accepts.

    After a refusal the next proposer offers one round later: the next in ``order`` (``rotating``), or whoever is
    recognised (``random``). A share x of the pie received after t refusals is worth ``patience_j^t u_j(x)`` to j;
    perpetual disagreement is worth 0. A responder who is indifferent accepts.

    Attributes
    ----------
    patience : (n,) discount factors per round, from 0 to 1.
    proposer : ``rotating`` or ``random``.
    recognition : (n,) chances of proposing, where it is random; equal if not given.
    order : names in line, where it rotates; the order of ``players`` if not given.
    tastes : what shares are worth; linear if not given.
    size : of the pie, in which shares are told; it changes none of them.
    players : names; ``p1``, ``p2``, ... if not given.

    >>> Unanimity(patience=(0.9, 0.9, 0.9)).succession
    array([[0., 1., 0.],
           [0., 0., 1.],
           [1., 0., 0.]])
    """

    patience: tuple[float, ...]
    proposer: Proposer = "rotating"
    recognition: tuple[float, ...] | None = None
    order: tuple[str, ...] | None = None
    tastes: Tastes = field(default_factory=lambda: Power(np.array(1.0)))
    players: tuple[str, ...] = ()
    size: float = 1.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "players", checked_players(self.players, self.patience))
        if not self.size > 0:
            raise UsageError(f"the pie is {self.size:g}", hint="write a size above 0")
        succession_of(self.players, self.proposer, self.recognition, self.order)

    @property
    def discounts(self) -> Floats:
        """(n,) ``patience`` as an array."""
        return np.array(self.patience, dtype=float)


@dataclass(frozen=True, eq=False)
class StationaryPlan:
    """What everybody does, whatever happened before: rows are proposers, columns players.

    Attributes
    ----------
    offers : (n, n) the division that the row's player offers.
    accepts : (n, n) the least share for which the column's player accepts an offer of the row's; the diagonal is not
        used.
    """

    offers: Floats
    accepts: Floats


def checked_players(players: Sequence[str], patience: Sequence[float]) -> tuple[str, ...]:
    """The players' names, given or made up, with one discount factor each."""
    names = tuple(players) or tuple(f"p{i + 1}" for i in range(len(patience)))
    if len(names) < 2:
        raise UsageError("bargaining takes two players or more", hint="write one discount factor for each")
    if len(set(names)) < len(names):
        raise UsageError("two players have the same name")
    if len(names) != len(patience):
        raise UsageError(f"there are {len(names)} players and {len(patience)} discount factors", hint="one for each")
    for name, delta in zip(names, patience, strict=True):
        if not 0 <= delta <= 1:
            raise UsageError(f"the patience of {name} is {delta:g}", hint="write a discount factor from 0 to 1")
    return names


def succession_of(
    players: tuple[str, ...],
    proposer: Proposer,
    recognition: Sequence[float] | None,
    order: Sequence[str] | None,
) -> tuple[Floats, Floats]:
    """Who proposes after whom, (n, n) chances, and who proposes first, (n,) chances."""
    n = len(players)
    if proposer == "random":
        if order is not None:
            raise UsageError("a random proposer follows no order", hint="leave out order, or let the proposer rotate")
        chances = _chances(players, recognition)
        return np.tile(chances, (n, 1)), chances
    if proposer != "rotating":
        raise unknown_name("way to choose a proposer", proposer, ("rotating", "random"), plural="ways")
    if recognition is not None:
        raise UsageError("recognition is for a random proposer", hint="leave it out, or choose the proposer at random")
    line = _line(players, order)
    succession = np.zeros((n, n))
    succession[line, np.roll(line, -1)] = 1.0
    return succession, np.eye(n)[line[0]]


def _chances(players: tuple[str, ...], recognition: Sequence[float] | None) -> Floats:
    n = len(players)
    chances = np.full(n, 1 / n) if recognition is None else np.array(recognition, dtype=float)
    if chances.shape != (n,):
        raise UsageError(f"there are {n} players and {chances.size} chances of recognition", hint="one for each")
    if not (chances >= 0).all() or not abs(chances.sum() - 1) <= ROUNDING:
        raise UsageError("chances of recognition are negative or do not sum to 1")
    return np.asarray(chances / chances.sum())


def _line(players: tuple[str, ...], order: Sequence[str] | None) -> NDArray[np.intp]:
    names = players if order is None else tuple(order)
    for name in names:
        if name not in players:
            raise unknown_name("player", name, players)
    if sorted(names) != sorted(players):
        raise UsageError("the order does not name every player once", hint=f"the players are {', '.join(players)}")
    return np.array([players.index(name) for name in names])
