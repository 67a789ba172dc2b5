"""What a judge of deviations says about a plan: the largest gain it found, whose, and how hard it looked.

A judge recomputes, from the rules and the plan alone, what every player could gain by one deviation at one decision,
and shares no code with the solver that made the plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import inf, isnan
from typing import TypeVar

__all__ = ["TOLERANCE", "Judgement", "largest"]

Found = TypeVar("Found")

TOLERANCE = 1e-9
"""Gains smaller than this part of what is at stake are rounding."""


@dataclass(frozen=True)
class Judgement:
    """The largest gain from one deviation.

    ``largest_gain`` is in units of payoff (0 or less: none was found), ``scale`` is the size of what is at stake in the
    same units, ``checked`` counts the deviations tried, ``where`` says whose the largest is and at which decision,
    ``tolerance`` is the part of ``scale`` up to which a gain is taken for rounding.
    """

    largest_gain: float
    scale: float
    checked: int
    where: str = ""
    tolerance: float = TOLERANCE

    @property
    def share(self) -> float:
        """The largest gain as a share of what is at stake, 0 if every deviation loses."""
        return max(self.largest_gain / self.scale, 0.0) if self.scale > 0 else max(self.largest_gain, 0.0)

    @property
    def certified(self) -> bool:
        """Whether no deviation gains more than rounding."""
        return self.largest_gain <= self.tolerance * max(self.scale, 0.0)


def largest(found: Iterable[Found], size: Callable[[Found], float]) -> Found:
    """What is largest; what is not a number is beyond everything, so that a plan that leaves one unsaid is refused.

    >>> largest([1.0, float("nan"), 2.0], lambda gain: gain)
    nan
    """

    def measured(one: Found) -> float:
        told = size(one)
        return inf if isnan(told) else told

    return max(found, key=measured)
