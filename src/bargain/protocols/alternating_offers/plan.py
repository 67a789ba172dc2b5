"""What both players do in every round: the strategies, as a solver finds them and a judge checks them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Plan"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Plan:
    """Strategies for s states: the rounds of a finite horizon, or (with no end) the two kinds of round, in order.

    The players of a state are those of the rules; strategies depend on nothing but the state, so a plan says what is
    done after every history.

    Attributes
    ----------
    proposer : (s,) who proposes, 0 or 1.
    offers : (s, 2) payoffs of the agreement proposed; nan where nothing acceptable is proposed.
    agreed : (s,) whether an acceptable agreement is proposed, and so accepted.
    floors : (s,) the responder accepts what pays it so much or more.
    leaves : (s,) whether a responder who refuses takes its outside option.
    values : (s, 2) what each expects when the state begins, as of then.
    following : (s,) the state after a refusal, -1 for the end of talks.
    standing : "unique", or what other stationary equilibria there are.
    """

    proposer: NDArray[np.intp]
    offers: Floats
    agreed: NDArray[np.bool_]
    floors: Floats
    leaves: NDArray[np.bool_]
    values: Floats
    following: NDArray[np.intp]
    standing: str = "unique"
