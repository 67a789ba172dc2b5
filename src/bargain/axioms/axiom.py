"""An axiom: a name, its definition in a sentence, its source, and a finder of violations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.axioms.answer import Answer
from bargain.model.results import Ground

__all__ = ["Axiom", "Finder", "Part", "Problem", "Violation", "Voice", "axiom", "number"]

Floats = NDArray[np.float64]

Problem = Any
"""What an axiom speaks of, by its ground: a `Situation`, `Items`, a `Game` of coalitions, or `Claims` on an estate."""


def number(value: float) -> str:
    """A payoff for a sentence: four digits, no dust.

    >>> number(2.5), number(-0.0), number(1 / 3)
    ('2.5', '0', '0.3333')
    """
    text = f"{round(value, 9):.4g}"
    return "0" if float(text) == 0 else text


@dataclass(frozen=True)
class Voice:
    """How players and agreements are called in a sentence; by default by numbers.

    >>> voice = Voice()
    >>> voice.player(0), voice.deal(np.array([3.0, 0.5]))
    ('player 1', '(3, 0.5)')
    """

    names: Sequence[str] = ()
    label: Callable[[Floats], str] | None = None

    def player(self, index: int) -> str:
        """A player's name."""
        return self.names[index] if self.names else f"player {index + 1}"

    def deal(self, point: Floats) -> str:
        """An agreement, or a lottery, by what it pays."""
        if self.label is not None:
            return self.label(point)
        return "(" + ", ".join(map(number, point.tolist())) + ")"

    def deals(self, answer: Answer) -> str:
        """All the tied answers."""
        told = [self.deal(point) for point in answer.points]
        if answer.continuum and answer.is_stretch:
            return f"anything from {told[0]} to {told[-1]}"
        if answer.continuum:
            return f"any mix of {', '.join(told[:-1])} and {told[-1]}"
        return told[0] if len(told) == 1 else ", ".join(told[:-1]) + f" or {told[-1]}"

    def say(self, part: Part) -> str:
        """One part of a sentence."""
        match part:
            case str():
                return part
            case int():
                return self.player(part)
            case tuple():
                *most, last = map(self.player, part)
                return f"{', '.join(most)} and {last}" if most else last
            case float():
                return number(part)
            case Answer():
                return self.deals(part)
        return self.deal(part)


Part = str | int | float | tuple[int, ...] | Floats | Answer
"""A part of a sentence: words, a player (its index), a number, several players, an agreement or a division (by what it
gives to whom), or tied answers."""


@dataclass(frozen=True, eq=False)
class Violation:
    """What went wrong: the problem, what was changed, the answers before and after, and a sentence about it.

    ``changed`` and ``after`` are None for axioms about a single answer. In ``sentence`` players and agreements stand as
    indices and payoffs, so that it can be told in the words of a scenario.
    """

    situation: Problem
    answer: Answer
    sentence: Sequence[Part]
    changed: Problem = None
    after: Answer | None = None

    def told(self, voice: Voice | None = None) -> str:
        """The sentence, in the words of ``voice``."""
        speaker = voice or Voice()
        return "".join(speaker.say(part) for part in self.sentence)

    def __str__(self) -> str:
        return self.told()


Finder = Callable[[Any, Any], "Violation | None"]
"""From a rule and a problem to the first violation."""


@dataclass(frozen=True)
class Axiom:
    """A property one may ask of a rule.

    ``violation(rule, problem)`` looks at the problem, and at changes of it that the axiom speaks about, and returns
    the first violation; None means that none was found. ``over`` says what the rule chooses from, and so what a problem
    is: a `Situation`, `Items`, a `Game` or `Claims`.
    """

    name: str
    title: str
    definition: str
    source: str
    violation: Finder
    over: Ground = "agreements"

    def __repr__(self) -> str:
        return f"<axiom {self.name}: {self.title}>"


def axiom(*, title: str, definition: str, source: str, over: Ground = "agreements") -> Callable[[Finder], Axiom]:
    """Make a finder of violations an axiom; its name becomes the axiom's name."""

    def wrap(finder: Finder) -> Axiom:
        made = Axiom(finder.__name__, title, definition, source, finder, over)
        object.__setattr__(made, "__doc__", finder.__doc__)
        return made

    return wrap
