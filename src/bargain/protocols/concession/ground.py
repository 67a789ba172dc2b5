"""What all strategies look at: gains over disagreement of the rational points, and what has been said so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.choice import tolerances
from bargain.protocols.concession.choosing import kindest, left_to_others
from bargain.protocols.concession.induction import schedule_of
from bargain.protocols.concession.plan import Schedule
from bargain.protocols.concession.rules import Concession

__all__ = ["Ask", "Ground", "Moment", "draws", "lay_out"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ask:
    """What a player wants (a gain) and the point it asks for (a place on the ground)."""

    target: float
    place: int


@dataclass(frozen=True, eq=False)
class Ground:
    """The rational points and the calendar of a dance; who haggles how is not part of it.

    Attributes
    ----------
    rows : (m,) indices of the rational points.
    gains : (m, n) payoffs less disagreement, none negative.
    slack : (n,) differences that do not count.
    deadline, order, patience, breakdown : as in the rules.

    What was asked for once is known the next time: in tournaments the same targets come again and again.
    """

    rows: NDArray[np.intp]
    gains: Floats
    slack: Floats
    deadline: int
    order: tuple[int, ...]
    patience: Floats
    breakdown: float
    _asked: dict[tuple[int, float], Ask] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """How many players there are."""
        return len(self.slack)

    @cached_property
    def ideal(self) -> Floats:
        """(n,) the largest gain of each."""
        return np.asarray(self.gains.max(axis=0))

    @cached_property
    def left(self) -> tuple[Floats, ...]:
        """For each player (m, n - 1): what a point leaves to the others, in parts of their ideal gains, least first."""
        return left_to_others(self.gains, self.ideal)

    def proposer(self, turn: int) -> int:
        """Who proposes in a round (from 1 on)."""
        return self.order[(turn - 1) % self.n]

    def next_turn(self, player: int, turn: int) -> int:
        """The next round after ``turn`` in which the player proposes; may lie beyond the deadline."""
        return turn + 1 + (self.order.index(player) - turn) % self.n

    def asking(self, player: int, target: float) -> Ask:
        """The point for which to ask: at least the target, and else as good as can be for the others (leximin).

        For two on a frontier that is the smallest payoff of one's own that is at least the target.
        """
        known = self._asked.get((player, target))
        if known is None:
            own, slack = self.gains[:, player], float(self.slack[player])
            enough = own >= min(target, float(self.ideal[player])) - slack
            known = self._asked[player, target] = Ask(target, kindest(own, self.left[player], enough, slack))
        return known

    @cached_property
    def schedule(self) -> Schedule:
        """Equilibrium play for every round; its points are places on this ground."""
        proposers = [self.proposer(turn) for turn in range(1, self.deadline + 1)]
        return schedule_of(self.gains, self.left, self.slack, proposers, (1 - self.breakdown) * self.patience)


@dataclass(frozen=True, eq=False)
class Moment:
    """A player about to ask in round ``turn``: the ground, everybody's asks so far, and the player's own draw."""

    ground: Ground
    player: int
    turn: int
    said: list[list[Ask]]
    draw: float

    @property
    def own(self) -> list[Ask]:
        """What the player itself asked for, oldest first."""
        return self.said[self.player]

    @property
    def best(self) -> float:
        """The player's largest gain."""
        return float(self.ground.ideal[self.player])

    def gain(self, place: int) -> float:
        """The player's gain at a place."""
        return float(self.ground.gains[place, self.player])


def lay_out(rules: Concession) -> Ground:
    """The ground of a set of rules; it may be empty."""
    slack = tolerances(rules.points, rules.disagreement, 0.0)
    gains = rules.points - rules.disagreement
    gains = np.where(np.abs(gains) <= slack, 0.0, gains)
    rows = np.flatnonzero((gains >= 0).all(axis=1))
    return Ground(
        rows, np.asfortranarray(gains[rows]), slack, rules.deadline, rules.order, rules.patience, rules.breakdown
    )


def draws(seed: int, n: int, deadline: int) -> Floats:
    """(n + 1, T + n) uniform draws by round: a stream for each player, and the last for breakdowns.

    A stream belongs to a seat, so what one player does changes nothing in the draws of the others. The rounds after the
    deadline are for those who, in the last rounds, think of the turn that they would have next.
    """
    streams = np.random.SeedSequence(seed).spawn(n + 1)
    return np.array([np.random.default_rng(stream).random(deadline + n) for stream in streams])
