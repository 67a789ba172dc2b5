"""The rules of a dance of offers: who may ask for what, in which order, for how long, and how each haggles."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from bargain.errors import UsageError
from bargain.protocols.checking import require_whole
from bargain.protocols.concession.strategies import Strategy, Zeuthen

__all__ = ["Concession"]

Floats = NDArray[np.float64]
NO_ARRAY = np.zeros(0)


@dataclass(frozen=True, eq=False)
class Concession:
    r"""Offers in turn over a list of agreements, round by round, by given strategies.

    In each round the next player in the order proposes one point and all others answer; it is agreed when all accept,
    and in round r pays $d_i + \delta_i^{r-1}(u_i - d_i)$. After a refusal talks break down with chance ``breakdown``;
    after the last round they end. Without an agreement everybody is paid d.

    Attributes
    ----------
    points : (k, n) payoffs of the agreements that may be proposed; who would be left below d is not asked.
    disagreement : (n,) d.
    strategies : n of them, in the order of the players.
    deadline : the number of rounds T, at least 1.
    breakdown : chance from 0 to below 1, after each refused offer.
    patience : (n,) discount factors from 0 to 1, on gains, per round; 1 each if left out.
    order : (n,) indices of the players in the order in which they propose, again and again; as they come if left out.
    seed : of all chance; each player and the breakdown draw from a stream of their own.
    players : n names.
    offered : strategies of a tournament; the usual ones if empty, none is held if None.
    repetitions : over how many seeds profiles that draw are repeated in tournaments and for best replies.

    Raises `UsageError` where a number makes no sense. Offers by Rubinstein's order for two; among more the turn rotates
    and the others answer at once, a variant of stacked alternating offers (Aydoğan, Festen, Hindriks & Jonker 2017).

    >>> from bargain.protocols.concession.strategies import Hardheaded
    >>> Concession(np.array([[1.0, 0.0], [0.0, 1.0]]), np.zeros(2), (Hardheaded(), Hardheaded()), 10).players
    ('1', '2')
    """

    points: Floats
    disagreement: Floats
    strategies: tuple[Strategy, ...]
    deadline: int
    breakdown: float = 0.0
    patience: Floats = field(default_factory=lambda: NO_ARRAY)
    order: tuple[int, ...] = ()
    seed: int = 0
    players: tuple[str, ...] = ()
    offered: tuple[Strategy, ...] | None = None
    repetitions: int = 50

    model: ClassVar[str] = "concession"

    def __post_init__(self) -> None:
        points, standing = np.asarray(self.points, dtype=float), np.asarray(self.disagreement, dtype=float)
        n = len(standing)
        patience = np.asarray(self.patience, dtype=float) if np.size(self.patience) else np.ones(n)
        names = tuple(self.players) or tuple(str(1 + k) for k in range(n))
        for name, value in (("points", points), ("disagreement", standing), ("patience", patience), ("players", names)):
            object.__setattr__(self, name, value)
        object.__setattr__(self, "strategies", tuple(self.strategies))
        object.__setattr__(self, "order", tuple(self.order) or tuple(range(n)))
        self._check_shapes(n)
        self._check_numbers()

    @property
    def n(self) -> int:
        """How many players there are."""
        return len(self.disagreement)

    def _check_shapes(self, n: int) -> None:
        _insist(n >= 2, "a dance of offers needs two players or more", "name another player")
        shape = f"write a row of {n} payoffs for each agreement"
        _insist(self.points.ndim == 2 and self.points.shape[1:] == (n,), f"points are {self.points.shape}", shape)
        for name, count in (("strategies", self.strategies), ("patience", self.patience), ("players", self.players)):
            _insist(len(count) == n, f"there are {len(count)} {name} for {n} players", "write one for each player")
        finite = bool(np.isfinite(self.points).all() and np.isfinite(self.disagreement).all())
        _insist(finite, "a payoff is not finite", "write numbers")

    def _check_numbers(self) -> None:
        _insist(0 <= self.breakdown < 1, f"breakdown is {self.breakdown}", "write a chance from 0 to below 1")
        factors = bool(((self.patience >= 0) & (self.patience <= 1)).all())
        _insist(factors, f"patience is {self.patience.tolist()}", "write discount factors from 0 to 1")
        each = sorted(self.order) == list(range(self.n))
        _insist(each, f"the order is {list(self.order)}", f"name each of 0 to {self.n - 1} once")
        for what, least in (("deadline", 1), ("repetitions", 1), ("seed", 0)):
            require_whole(what, getattr(self, what), least)
        every = (*self.strategies, *(self.offered or ()))
        two = self.n == 2 or not any(isinstance(strategy, Zeuthen) for strategy in every)
        _insist(two, f"Zeuthen's rule is for two, not {self.n}", "give these players another strategy")


def _insist(holds: bool, message: str, hint: str) -> None:
    if not holds:
        raise UsageError(message, hint=hint)
