"""What a rule answers to a situation: a set of payoffs, because answers may tie."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bargain.axioms.situation import Situation
from bargain.errors import NotApplicable
from bargain.geometry.choice import Choice, FeasibleSet

__all__ = ["Answer", "Rule", "answer_of"]

Floats = NDArray[np.float64]


class Found(Protocol):
    """Whatever holds a choice: the finding of a concept, for one."""

    @property
    def choice(self) -> Choice:
        """The tied answers."""


Rule = Callable[[FeasibleSet], Found]
"""What an axiom judges: from a feasible set to a choice. Every concept is one."""


@dataclass(frozen=True, eq=False)
class Answer:
    """The tied answers to one situation.

    Attributes
    ----------
    points : (t, n) payoffs.
    continuum : True if whatever lies between the points ties, too.
    close : (n,) differences that do not count.
    """

    points: Floats
    continuum: bool
    close: Floats

    def holds(self, point: Floats) -> bool:
        """Whether ``point`` is one of the answers."""
        if (np.abs(self.points - point) <= self.close).all(axis=1).any():
            return True
        return self.continuum and self.is_stretch and self._on_the_stretch(point)

    @property
    def is_stretch(self) -> bool:
        """Whether the points lie on a line, the first and the last at its ends; else they are corners."""
        return len(self.points) == 2 or self.points.shape[1] == 2

    def _on_the_stretch(self, point: Floats) -> bool:
        first, last = self.points[0], self.points[-1]
        step = last - first
        if not step.any():
            return False
        share = float(np.clip((point - first) @ step / (step @ step), 0.0, 1.0))
        return bool((np.abs(first + share * step - point) <= self.close).all())

    def same(self, other: Answer) -> bool:
        """Whether two answers are the same set."""
        return all(map(self.holds, other.points)) and all(map(other.holds, self.points))

    def counted_in(self, factor: Floats, shift: Floats) -> Answer:
        """The same answers in other units."""
        return Answer(self.points * factor + shift, self.continuum, self.close * factor)

    def relabelled(self, order: list[int]) -> Answer:
        """The same answers with the players in another order."""
        return Answer(self.points[:, order], self.continuum, self.close[order])

    def fallen(self, later: Answer, player: int) -> tuple[float, float] | None:
        """A player's payoff in this answer and a lower one in a later answer.

        Where answers tie, both the lowest and the highest of its payoffs are compared.
        """
        for extreme in (np.min, np.max):
            before, after = float(extreme(self.points[:, player])), float(extreme(later.points[:, player]))
            if after < before - max(self.close[player], later.close[player]):
                return before, after
        return None


def answer_of(rule: Rule, situation: Situation) -> Answer | None:
    """What a rule answers; None where no deal is rational or the rule is not defined.

    A concept that follows a ray is judged by where the ray leaves the set, with lotteries, and by the completed
    answer where one of finitely many agreements has to be signed. Whole faces that tie among three and more are not
    judged: only some of their ends are known.
    """
    feasible = situation.feasible()
    if not feasible.rational:
        return None
    try:
        choice = rule(feasible).choice
    except NotApplicable:
        return None
    if situation.regime == "lotteries" and choice.ray_point is not None:
        return Answer(choice.ray_point[None, :], False, situation.close)
    if choice.continuum and situation.players > 2:
        return None
    return Answer(choice.points, choice.continuum, situation.close)
