"""The changes of a claims problem that axioms over claims speak about."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bargain.axioms.answer import Answer
from bargain.games.claims import Claims

__all__ = ["awarded", "estate", "levels"]

Floats = NDArray[np.float64]

STEPS = (0.5, 0.25, 0.75, 1.0)
"""How far an amount is moved, of the way to where it could go."""


def levels(start: float, end: float) -> list[float]:
    """Amounts on the way from one to another, the last of them included; none if there is no way.

    >>> levels(100, 0)
    [50.0, 75.0, 25.0, 0.0]
    """
    return [start + step * (end - start) for step in STEPS] if start != end else []


def awarded(answer: Answer, paid: Floats, like: Answer, *, sign: float = 1.0) -> Answer:
    """What has been paid and an answer together, compared as closely as ``like`` is; less the answer if sign is -1."""
    return Answer(paid + sign * answer.points, answer.continuum, like.close)


def estate(amount: float, claims: Sequence[float]) -> Claims:
    """A claims problem from plain numbers.

    >>> estate(200, [100, 200, 300]).alone
    array([0., 0., 0.])
    """
    return Claims(float(amount), np.array(claims, dtype=float))
