"""The rules of an ultimatum to a player with hidden types, in numbers: from a list of offers, or over a pie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf, isfinite

import numpy as np
from numpy.typing import NDArray

from bargain.errors import UsageError

__all__ = ["INDIFFERENT", "PrivateCost", "Ultimatum"]

Floats = NDArray[np.float64]

INDIFFERENT = 1e-12
"""Part of what is at stake for a type up to which accepting and refusing are equal: the rounding of sums of payoffs."""
ROUNDED_CHANCES = 1e-9
"""Chances written with ten digits may miss a sum of 1 by so much."""


@dataclass(frozen=True, eq=False)
class Ultimatum:
    """One player makes ``rounds`` (1 or 2) offers from a list, the other has K hidden types and takes one or none.

    ``proposer`` (k,): what each offer pays the proposer; ``responder`` (k, K): what it pays each type, -inf for an
    offer that cannot be accepted (such as making none); ``chances`` (K,) above 0; ``refusal`` (K,): what the proposer
    gets if a type refuses for good; ``floors`` (K,): what that type gets then. ``patience`` are both players' factors
    per round (proposer; responder, or one for each type): an agreement in round 2 is worth refusal + factor * gain.
    A type accepts when indifferent, unless the equilibrium needs it to mix. Bad numbers are a `UsageError`.

    >>> Ultimatum([0.6, 0.8], [[0.4, 0.4], [0.2, 0.2]], [0.5, 0.5], [0.3, 0.3], [0.4, 0.2]).acceptable.tolist()
    [[True, True], [False, True]]
    """

    proposer: Floats
    responder: Floats
    chances: Floats
    refusal: Floats
    floors: Floats
    rounds: int = 1
    patience: tuple[float, float | Sequence[float]] = (1.0, 1.0)
    types: tuple[str, ...] = ()
    players: tuple[str, str] = ("proposer", "responder")

    def __post_init__(self) -> None:
        for name in ("proposer", "responder", "chances", "refusal", "floors"):
            object.__setattr__(self, name, np.asarray(getattr(self, name), dtype=float))
        if not self.types:
            object.__setattr__(self, "types", tuple(f"type_{number + 1}" for number in range(len(self.chances))))
        self._check()

    def _check(self) -> None:
        k, kinds = len(self.proposer), len(self.chances)
        if self.proposer.ndim != 1 or self.chances.ndim != 1 or k == 0 or kinds == 0:
            raise UsageError("proposer and chances are not lists", hint="write one number per offer and one per type")
        for name, shape in {"responder": (k, kinds), "refusal": (kinds,), "floors": (kinds,)}.items():
            if getattr(self, name).shape != shape:
                raise UsageError(f"{name} has the shape {getattr(self, name).shape}", hint=f"it should be {shape}")
        if len(self.types) != kinds or len(set(self.types)) != kinds:
            raise UsageError(f"{kinds} types are named {self.types}", hint="write one name for each")
        usual = [self.proposer, self.chances, self.refusal, self.floors]
        if not all(np.isfinite(some).all() for some in usual) or not (self.responder < inf).all():
            raise UsageError("a payoff is not a number", hint="only an offer to a type may be -inf")
        if (self.chances <= 0).any() or abs(self.chances.sum() - 1) > ROUNDED_CHANCES:
            raise UsageError("chances are not above 0 with a sum of 1", hint="leave out types that cannot occur")
        if self.rounds not in (1, 2):
            raise UsageError(f"rounds is {self.rounds}", hint="over a list of offers it is 1 or 2")
        if np.shape(self.patience[1]) not in ((), (kinds,)):
            raise UsageError("patience is not one factor, or one for each type")
        _check_patience(self.patience)

    @cached_property
    def waits(self) -> Floats:
        """(K,) the factor of each type per round."""
        return np.broadcast_to(np.asarray(self.patience[1], dtype=float), self.chances.shape)

    @cached_property
    def stakes(self) -> tuple[float, Floats]:
        """What can vary for the proposer, and (K,) for every type: the range of payoffs, 1 where nothing varies."""
        all_of_it = np.concatenate([self.proposer, self.refusal])
        rows = np.vstack([np.where(np.isfinite(self.responder), self.responder, self.floors), self.floors])
        of_types = np.ptp(rows, axis=0)
        own = float(np.ptp(all_of_it))
        return own if own > 0 else 1.0, np.where(of_types > 0, of_types, 1.0)

    @cached_property
    def rents(self) -> Floats:
        """(k, K) what accepting an offer gains a type over refusing for good; rounding is made exactly 0."""
        gains = self.responder - self.floors
        return np.where(np.abs(gains) <= INDIFFERENT * self.stakes[1], 0.0, gains)

    @cached_property
    def rents_by_type(self) -> Floats:
        """(K, k) the same with a row for each type, laid out row by row."""
        return np.ascontiguousarray(self.rents.T)

    @cached_property
    def acceptable(self) -> NDArray[np.bool_]:
        """(k, K) whether a type that will get no other offer accepts: it does when indifferent."""
        return np.asarray(self.rents >= 0)


@dataclass(frozen=True)
class PrivateCost:
    """Demands for a share of a pie, against a player whose cost of conflict is its secret, uniform on [low, high].

    Conflict gives the proposer ``win * pie - cost`` and the responder ``(1 - win) * pie`` less its cost; a demand lies
    between 0 and ``pie - held`` (what the responder holds cannot be asked for). ``rounds`` is 1, 2 or ``inf``,
    ``patience`` as in `Ultimatum`. A sale to a buyer with a private value is ``win=0, cost=0``: the demand is a price.

    >>> PrivateCost(win=0.5, cost=0.1, low=0, high=0.3).ceiling
    0.5
    """

    win: float
    cost: float
    low: float
    high: float
    pie: float = 1.0
    held: float = 0.0
    rounds: float = 1
    patience: tuple[float, float] = (1.0, 1.0)
    players: tuple[str, str] = ("proposer", "responder")

    def __post_init__(self) -> None:
        numbers = (self.win, self.cost, self.low, self.high, self.pie, self.held)
        if not all(map(isfinite, numbers)) or self.pie <= 0:
            raise UsageError("a number of the pie is not finite, or the pie is not above 0")
        if not 0 <= self.win <= 1:
            raise UsageError(f"win is {self.win}", hint="a chance lies between 0 and 1")
        if self.cost < 0 or not 0 <= self.low < self.high:
            raise UsageError("costs are below 0, or low is not below high", hint="write 0 <= low < high and cost >= 0")
        if not 0 <= self.held <= self.pie:
            raise UsageError(f"held is {self.held}", hint=f"it lies between 0 and the pie, {self.pie}")
        if self.ceiling < -self.cost:
            raise UsageError("the proposer would rather have conflict than demand all it may", hint="lower held")
        if self.rounds not in (1, 2, inf):
            raise UsageError(f"rounds is {self.rounds}", hint="it is 1, 2 or unlimited")
        _check_patience(self.patience)

    @property
    def ceiling(self) -> float:
        """The largest demand, counted from the proposer's share ``win * pie`` of conflict."""
        return self.pie - self.held - self.win * self.pie


def _check_patience(patience: tuple[float, float | Sequence[float]]) -> None:
    if len(patience) != 2 or not all(0 <= factor <= 1 for factor in np.hstack(patience)):
        raise UsageError(f"patience is {patience}", hint="write two factors between 0 and 1, the proposer's first")
