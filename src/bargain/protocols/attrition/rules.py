"""Wars of attrition in plain numbers: prizes and costs, or demands and stubbornness."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bargain.errors import UsageError

__all__ = ["DemandChoice", "Reputation", "WarOfAttrition"]

Pair = tuple[float, float]
FIT = 1e-12
"""Shares that exceed the pie by less sum to it: they are decimals."""


def _pair(name: str, given: Sequence[float]) -> Pair:
    """Two finite numbers, one for each player."""
    if len(given) != 2:
        raise UsageError(f"{name}: {len(given)} numbers for 2 players", hint="a war of attrition has two players")
    first, second = (float(value) for value in given)
    if not (math.isfinite(first) and math.isfinite(second)):
        raise UsageError(f"{name}: {first:g} and {second:g} are not both finite", hint="write two ordinary numbers")
    return first, second


def _need(holds: bool, message: str, hint: str) -> None:
    """Raise `UsageError` unless a condition on the rules holds."""
    if not holds:
        raise UsageError(message, hint=hint)


@dataclass(frozen=True)
class WarOfAttrition:
    """Two players hold out for a prize, at a cost per unit of time, until one gives in.

    Whoever gives in at time t gets ``-costs[i] * t``, the other ``prizes[i] - costs[i] * t``; if both give in at the
    same moment the prize goes to either by a fair draw. ``atoms`` chooses among the equilibria: the chances of giving
    in at time 0, at most one of them positive. At a ``deadline`` both who still hold out get their ``settlement``,
    which is no more than their prize, on top of what holding out has cost.

    Raises `UsageError` for numbers that make no such game.
    Source: Hendricks, Weiss & Wilson (1988), International Economic Review 29, 663-680.

    >>> WarOfAttrition(prizes=(10, 5), costs=(1, 1)).prizes
    (10.0, 5.0)
    """

    prizes: Pair
    costs: Pair
    atoms: Pair = (0.0, 0.0)
    deadline: float = math.inf
    settlement: Pair = (0.0, 0.0)
    players: tuple[str, str] = ("a", "b")

    def __post_init__(self) -> None:
        for name in ("prizes", "costs", "atoms", "settlement"):
            object.__setattr__(self, name, _pair(name, getattr(self, name)))
        _need(min(self.prizes) > 0, f"prizes: {min(self.prizes):g} is not positive", "write what holding out can gain")
        _need(
            min(self.costs) > 0, f"costs: {min(self.costs):g} is not positive", "write a cost per unit of time above 0"
        )
        _need(
            min(self.atoms) >= 0 and max(self.atoms) <= 1, "atoms: a chance is not between 0 and 1", "write two chances"
        )
        _need(min(self.atoms) == 0, "atoms: both give in at once with a positive chance", "at most one may: write a 0")
        _need(
            self.deadline > 0, f"deadline: {self.deadline:g} is not positive", "write a time after 0, or leave it out"
        )
        fits = all(0 <= s <= v for s, v in zip(self.settlement, self.prizes, strict=True))
        _need(fits, "settlement: a part is not between 0 and the prize", "write two numbers from 0 to the prize")
        timed = math.isfinite(self.deadline) or self.settlement == (0.0, 0.0)
        _need(timed, "settlement: without a deadline there is none", "write a deadline, or leave the settlement out")


@dataclass(frozen=True)
class Reputation:
    """Two players insist on demands; each may be a stubborn type that never accepts less than its demand.

    ``stubborn[i]`` is the chance that player i is; a rational player pretends to be, until it gives in. ``demands[i]``
    is what i gets if the other gives in, ``left[i]`` what it gets if it gives in itself: of a pie of 1, which is what
    is played if ``left`` is left out, ``1 - demands[j]``. Nothing is got while both hold out. ``rates[i]`` is the rate
    of discounting per unit of time (patience per period of 0.9 is a rate of ``-ln 0.9``). If both give in at the same
    moment either demand is met, by a fair draw.

    Raises `UsageError` for numbers that make no such game.
    Source: Abreu & Gul (2000), Econometrica 68, 85-117.

    >>> Reputation(demands=(0.5, 0.75), stubborn=(0.1, 0.1), rates=(1, 1)).left
    (0.25, 0.5)
    """

    demands: Pair
    stubborn: Pair
    rates: Pair
    left: Pair = (math.nan, math.nan)
    players: tuple[str, str] = ("a", "b")

    def __post_init__(self) -> None:
        for name in ("demands", "stubborn", "rates"):
            object.__setattr__(self, name, _pair(name, getattr(self, name)))
        if math.isnan(self.left[0]):
            inside = min(self.demands) > 0 and max(self.demands) < 1
            _need(inside, "demands: a share is not strictly between 0 and 1", "write shares of a pie of 1, such as 0.6")
            object.__setattr__(self, "left", (1.0 - self.demands[1], 1.0 - self.demands[0]))
        object.__setattr__(self, "left", _pair("left", self.left))
        _need(min(self.left) > 0, f"left: {min(self.left):g} is not positive", "giving in must be worth something")
        possible = min(self.stubborn) > 0 and max(self.stubborn) < 1
        hint = "write small positive chances; with 0 almost anything is an equilibrium"
        _need(possible, "stubborn: a chance is not strictly between 0 and 1", hint)
        _need(min(self.rates) > 0, f"rates: {min(self.rates):g} is not positive", "write rates above 0")

    @property
    def is_pie(self) -> bool:
        """Whether the demands are shares of a pie of 1."""
        return all(math.isclose(self.left[i], 1.0 - self.demands[1 - i], rel_tol=1e-12) for i in (0, 1))


@dataclass(frozen=True)
class DemandChoice:
    """Before reputational bargaining over a pie of 1 the first player asks for a share; the second agrees, or asks too.

    ``demands[i]`` are what player i's stubborn types ask for, in rising order, ``stubborn[i]`` the chances of these
    types. A rational player asks for what one of its stubborn types does: whoever asks for anything else is known to be
    rational, and then gives in. If the demands do not fit into the pie, play goes on as in `Reputation`.

    Raises `UsageError` for numbers that make no such game.
    Source: Abreu & Gul (2000), Econometrica 68, 85-117.

    >>> DemandChoice(demands=((0.5, 0.7), (0.5, 0.7)), stubborn=((0.01, 0.01), (0.01, 0.01)), rates=(1, 1)).players
    ('a', 'b')
    """

    demands: tuple[tuple[float, ...], tuple[float, ...]]
    stubborn: tuple[tuple[float, ...], tuple[float, ...]]
    rates: Pair
    players: tuple[str, str] = ("a", "b")

    def __post_init__(self) -> None:
        for name in ("demands", "stubborn"):
            first, second = getattr(self, name)
            object.__setattr__(self, name, (tuple(map(float, first)), tuple(map(float, second))))
        object.__setattr__(self, "rates", _pair("rates", self.rates))
        for demands, chances in zip(self.demands, self.stubborn, strict=True):
            fits = 0 < len(demands) == len(chances)
            _need(fits, f"{len(demands)} demands and {len(chances)} chances", "write a chance for every demand")
            rising = all(low < high for low, high in pairwise(demands))
            inside = rising and demands[0] > 0 and demands[-1] < 1
            _need(inside, "demands: they must rise, between 0 and 1", "write shares of a pie of 1, the lowest first")
            rational = min(chances) > 0 and math.fsum(chances) < 1
            _need(rational, "stubborn: chances must be positive and leave a rational type", "write small chances")
        _need(min(self.rates) > 0, f"rates: {min(self.rates):g} is not positive", "write rates above 0")

    def fit(self, j: int, k: int) -> bool:
        """Whether the first's demand j and the second's demand k fit into the pie."""
        return self.demands[0][j] + self.demands[1][k] <= 1.0 + FIT

    def rational(self, player: int) -> float:
        """The chance that a player is rational."""
        return 1.0 - math.fsum(self.stubborn[player])
