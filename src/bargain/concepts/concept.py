"""A concept: a name, a definition to print beside the number, a source, and the rule itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from bargain.axioms import AXIOMS, Axiom, Domain, Keeps
from bargain.axioms.claims import NOTHING
from bargain.games.coalitions import Division
from bargain.games.kinds import CoalitionGame
from bargain.geometry.choice import Choice, FeasibleSet
from bargain.geometry.items import Items
from bargain.model.results import Ground

__all__ = ["Concept", "Evidence", "Finding", "Ground", "concept", "ray_evidence"]

Evidence = Mapping[str, "float | str | list[float] | list[str] | tuple[list[str], ...] | NDArray[np.float64]"]
"""What a reader can check by hand: numbers, names and lists of them; arrays and tuples have one entry per signatory,
and arrays with two axes are lists of such arrays."""


@dataclass(frozen=True)
class Finding:
    """What a concept picks, and the evidence for it, given the payoffs (n,) of the tied answer that is shown."""

    choice: Choice
    evidence: Callable[[NDArray[np.float64]], Evidence]


@dataclass(frozen=True)
class Concept:
    """An axiomatic solution: feasible set and disagreement point in, agreement(s) out; or game in, division out.

    Call it with a feasible set (a `Menu`, a `Hull`) that has a rational point, or, if it is ``over`` coalitions, with
    a game; `bargain.solve` does that for a scenario and handles "no agreement".
    """

    name: str
    title: str
    definition: str
    source: str
    rule: Callable[[Any], Any]
    over: Ground = "agreements"
    claims: Keeps = NOTHING

    def keeps(self, domain: Domain | None = None, players: int = 2) -> tuple[Axiom, ...]:
        """The axioms it keeps, in its own domain unless another is given; tested on random problems."""
        where = domain or self.domain
        return tuple(axiom for axiom in AXIOMS if self.claims.standing(axiom, where, players) == "kept")

    def breaks(self, domain: Domain | None = None, players: int = 2) -> tuple[Axiom, ...]:
        """The axioms it does not keep; for each there is a witness, `bargain.axioms.witness_against`."""
        where = domain or self.domain
        return tuple(axiom for axiom in AXIOMS if self.claims.standing(axiom, where, players) == "broken")

    @property
    def domain(self) -> Domain:
        """The domain that is meant where none is named: what it is over, and of agreements the pure regime."""
        return "pure" if self.over == "agreements" else self.over

    @overload
    def __call__(self, ground: FeasibleSet | Items) -> Finding: ...
    @overload
    def __call__(self, ground: CoalitionGame) -> Division: ...
    def __call__(self, ground: Any) -> Any:
        """What the concept picks from a feasible set or shares out of items, or how it divides the worth of a game."""
        return self.rule(ground)

    def __repr__(self) -> str:
        return f"<concept {self.name}: {self.title}>"


Rule = Callable[[FeasibleSet], Finding] | Callable[[Items], Finding] | Callable[[CoalitionGame], Division]


def concept(
    *, title: str, definition: str, source: str, over: Ground = "agreements", keeps: Keeps = NOTHING
) -> Callable[[Rule], Concept]:
    """Make a function a concept; its name becomes the concept's name."""

    def wrap(rule: Rule) -> Concept:
        made = Concept(rule.__name__, title, definition, source, rule, over, keeps)
        object.__setattr__(made, "__doc__", rule.__doc__)
        return made

    return wrap


def ray_evidence(choice: Choice) -> Evidence:
    """Where the ray of a ray concept leaves the set, with free disposal."""
    return {} if choice.ray_point is None else {"ray_point": choice.ray_point}
