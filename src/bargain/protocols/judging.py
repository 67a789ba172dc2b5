"""What a judge of deviations says about a plan: the largest gain it found, whose, and how hard it looked.

A judge recomputes, from the rules and the plan alone, what every player could gain by one deviation at one decision,
and shares no code with the solver that made the plan.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["TOLERANCE", "Judgement"]

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
    def certified(self) -> bool:
        """Whether no deviation gains more than rounding."""
        return self.largest_gain <= self.tolerance * max(self.scale, 0.0)
