"""A protocol: rules of play, a solver of plans, and a judge of deviations that shares no code with the solver."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bargain.model.equilibrium import Equilibrium
from bargain.model.scenario import Scenario
from bargain.protocols.judging import Judgement
from bargain.protocols.words import Filled, Words

__all__ = ["Protocol"]


@dataclass(frozen=True)
class Protocol:
    """One strategic model of bargaining.

    Attributes
    ----------
    name, title, definition, source : as `bargain list protocols` tells them.
    rules : the frozen records of plain numbers that can be played.
    fill : scenario and set-up to rules with words; raises `UsageError` naming every number that is missing,
        `NotApplicable` where the scenario does not fit.
    solve : rules to a plan: the strategies, in numbers; raises `NotApplicable` or `NotConverged`.
    judge : rules and plan to the largest gain from one deviation.
    tell : rules, plan and words to an `Equilibrium` without its certificate.
    """

    name: str
    title: str
    definition: str
    source: str
    rules: tuple[type, ...]
    fill: Callable[[Scenario, Any], Filled]
    solve: Callable[[Any], Any]
    judge: Callable[[Any, Any], Judgement]
    tell: Callable[[Any, Any, Words], Equilibrium]

    def __repr__(self) -> str:
        return f"<protocol {self.name}: {self.title}>"
