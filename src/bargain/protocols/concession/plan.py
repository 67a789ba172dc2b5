"""The record of a dance: every offer, how it ended, and, where somebody plays the equilibrium, its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

__all__ = ["Ending", "Offer", "Plan", "Schedule"]

Floats = NDArray[np.float64]
Ending = Literal["agreement", "deadline", "breakdown", "nothing_rational"]


@dataclass(frozen=True)
class Offer:
    """One offer and its answers.

    ``point`` is a row of the rules' points, ``payoffs`` what it pays (n, before discounting), ``target`` the payoff
    that the proposer had in mind, ``accepted`` whether each player accepts (n; the proposer does).
    """

    round: int
    player: int
    target: float
    point: int
    payoffs: tuple[float, ...]
    accepted: tuple[bool, ...]


@dataclass(frozen=True, eq=False)
class Schedule:
    """Equilibrium play for every round, whatever was said before.

    ``points`` (T,): the row that the proposer of each round asks for; ``floors`` (T, n): the gain from which each
    accepts, which is what waiting is worth to it: (1 - breakdown) times patience times the value of the next round.
    """

    points: NDArray[np.intp]
    floors: Floats


@dataclass(frozen=True, eq=False)
class Plan:
    """All that was said, and what came of it: ``payoffs`` (n,) are discounted to the first round."""

    offers: tuple[Offer, ...]
    ending: Ending
    agreed: int | None
    payoffs: Floats
    schedule: Schedule | None = None
