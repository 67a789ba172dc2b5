"""Plans of wars of attrition: when each gives in, and what that leads to."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bargain.protocols.attrition.rules import Pair

__all__ = ["ChoicePlan", "Concession", "ReputationPlan", "WarPlan"]


@dataclass(frozen=True)
class Concession:
    """A player holds out at time 0 with chance ``holds``, gives in at ``rate`` from then until ``until``, then never.

    ``rate`` is a hazard: whoever has not given in by a time before ``until`` does so in the next moment ``dt`` with
    chance ``rate`` times ``dt``. A rate of infinity means giving in at once at any time before ``until``, also after
    having failed to at time 0. Times are in the unit of the rules. The chance of holding out is kept rather than the
    atom ``1 - holds``, because it may be tiny.

    >>> half = Concession(holds=0.5, rate=0.1, until=10)
    >>> half.atom, [round(half.chance_by(t), 4) for t in (0, 10, 20)]
    (0.5, [0.5, 0.8161, 0.8161])
    """

    holds: float
    rate: float
    until: float = math.inf

    @property
    def atom(self) -> float:
        """The chance of giving in at time 0."""
        return 1.0 - self.holds

    def chance_by(self, time: float) -> float:
        """F(t) = 1 - holds exp(-rate min(t, until)): the chance of having given in by ``time``; 0 before time 0."""
        return 1.0 - self.staying_at(time)

    def staying_at(self, time: float) -> float:
        """1 - F(t), with all its digits where it is small."""
        spell = min(time, self.until)
        if time < 0:
            return 1.0
        if spell <= 0 or self.rate == 0:
            return self.holds
        return self.holds * math.exp(-self.rate * spell)


@dataclass(frozen=True)
class WarPlan:
    """An equilibrium of a war of attrition, in order of the players.

    ``payoffs`` are expected, ``prize_chances`` say who gets the prize, ``length`` is the mean time until it ends (by
    giving in, or at the deadline), ``settled`` the chance that both hold out to the deadline, and ``unique`` whether
    every subgame-perfect equilibrium has this outcome.
    """

    concessions: tuple[Concession, Concession]
    payoffs: Pair
    prize_chances: Pair
    length: float
    settled: float
    unique: bool = False


@dataclass(frozen=True)
class ReputationPlan:
    """The equilibrium of reputational bargaining, in order of the players.

    ``concessions`` are seen from outside, by a player of unknown type: a stubborn one never gives in. By ``end`` every
    rational player has. ``payoffs`` are those of rational players; ``yields[i]`` is the chance that it is i who gives
    in, ``conflict`` that both are stubborn and play never ends, ``length`` the mean time until somebody gives in if
    somebody does.
    """

    concessions: tuple[Concession, Concession]
    end: float
    payoffs: Pair
    yields: Pair
    conflict: float
    length: float

    def reputation(self, player: int, time: float, stubborn: float) -> float:
        """The chance that a player who has not given in by ``time`` is stubborn: z / (1 - F(t))."""
        return stubborn / self.concessions[player].staying_at(time)


@dataclass(frozen=True, eq=False)
class ChoicePlan:
    """What rational players ask for, and how play goes on where demands do not fit.

    ``asks[j]`` is the chance that the first asks for its demand j; then the second agrees with chance ``agrees[j]`` or
    asks for its demand k with chance ``replies[j][k]``. ``contests[j][k]`` is what follows, None where demands fit into
    the pie and where the second, or the first, is thought to be stubborn for certain: then the other, if rational,
    gives in at once. ``payoffs`` are those of rational players before anybody speaks.
    """

    asks: tuple[float, ...]
    agrees: tuple[float, ...]
    replies: tuple[tuple[float, ...], ...]
    contests: tuple[tuple[ReputationPlan | None, ...], ...]
    payoffs: Pair
