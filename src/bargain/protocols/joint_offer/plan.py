"""The equilibrium as strategies in numbers: the offer, every type's answers, demands, beliefs; and what if."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

__all__ = ["Known", "Plan"]

Floats = NDArray[np.float64]
Status = Literal["agreement", "no_agreement"]


@dataclass(frozen=True, eq=False)
class Known:
    """What would be chosen in another situation: which agreement (None: none), and what it pays the members (m,)."""

    offer: int | None
    payoffs: Floats


@dataclass(frozen=True, eq=False)
class Plan:
    """Everybody's strategy, and what follows.

    Agreements are rows of the rules' list; None stands for none.

    Attributes
    ----------
    status : ``no_agreement`` if the bloc finds no offer that all its members prefer to not offering.
    offer : what the bloc offers; ``ties`` are other offers that the concept finds as good.
    accepts : (k, K) whether a type accepts an offer, for every offer that could be made.
    waiting : (K,) what refusing is worth to a type: it accepts nothing less.
    demands : (K,) what a type demands if talks go on after its refusal.
    signed : (k,) whether the bloc would sign a demand.
    expected : (k, m) members' expected payoffs from every offer.
    disagreement : (m,) members' expected payoffs without an offer.
    payoffs, outsider_payoffs : (m,) and (K,) expected payoffs of this plan.
    refused : (K,) what the bloc believes about the type after a refusal, None where no refusal is expected.
    demanded : what it believes after each demand that is expected: agreement -> (K,).
    now, later : the chances that the offer is accepted, and that a demand is signed.
    evidence : what the concept's choice can be checked by: names to numbers, or to one number per member.
    least_gain, closest, binding : the largest minimum expected gain that an offer can bring the bloc (None if no offer
        can come to anything), that offer, and who binds there.
    alone : what every member would offer if it proposed inside the bloc and the others could only walk out.
    informed : what the bloc would offer to each type if it knew it, with the members' payoffs.
    together : the concept among all, the outsider in the room and its type known; who would be paid what.
    """

    status: Status
    offer: int | None
    ties: tuple[int, ...]
    accepts: NDArray[np.bool_]
    waiting: Floats
    demands: tuple[int | None, ...]
    signed: NDArray[np.bool_]
    expected: Floats
    disagreement: Floats
    payoffs: Floats
    outsider_payoffs: Floats
    refused: Floats | None
    demanded: Mapping[int, Floats]
    now: float
    later: float
    evidence: Mapping[str, object]
    least_gain: float | None
    closest: int | None
    binding: tuple[int, ...]
    alone: tuple[int | None, ...]
    informed: tuple[Known, ...]
    together: tuple[Known, ...]

    @property
    def conflict(self) -> float:
        """The chance that nothing is signed."""
        return max(0.0, 1 - self.now - self.later)

    def value_of_information(self, chances: Floats) -> Floats:
        """(m,) what finding out the type first is worth to each member on average; negative for whom it hurts."""
        return np.asarray(chances @ np.array([known.payoffs for known in self.informed]) - self.payoffs)
