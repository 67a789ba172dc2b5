"""Raiffa's discrete solution: half a step towards everybody's best, again and again."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bargain.axioms import (
    BASICS,
    Keeps,
    disagreement_monotonicity,
    efficiency,
    midpoint_domination,
    scale_invariance,
    symmetry,
)
from bargain.concepts.concept import Evidence, Finding, concept
from bargain.errors import NotApplicable
from bargain.geometry.choice import CONVEX_ONLY, TOO_LONG_A_WALK, FeasibleSet
from bargain.geometry.orbit import jump

__all__ = ["raiffa_discrete"]


@concept(
    title="Discrete Raiffa",
    definition="the limit of steps from disagreement to the mean of the points that give one player its best and leave "
    "the others where they stand",
    source="Raiffa (1953), Arbitration Schemes for Generalized Two-Person Games, in Kuhn & Tucker (eds.), "
    "Contributions to the Theory of Games II, 361-387",
    keeps=Keeps(
        lotteries=(*BASICS, efficiency, symmetry, scale_invariance, disagreement_monotonicity, midpoint_domination),
    ),
)
def raiffa_discrete(feasible: FeasibleSet) -> Finding:
    r"""Repeat $d \leftarrow d + (a(d) - d)/n$, $a(d)$ the ideal point seen from $d$; needs lotteries.

    >>> from bargain.geometry.mixtures.hull import Hull
    >>> hull = Hull(np.array([[0.0, 4.0], [2.0, 3.0], [4.0, 0.0]]), np.zeros(2), np.ones(2))
    >>> found = raiffa_discrete(hull)
    >>> found.choice.points.round(6), found.evidence(found.choice.points[0])["steps"]
    (array([[2.333333, 2.5     ]]), 2)
    """
    if not feasible.mixes:
        raise NotApplicable(CONVEX_ONLY)
    if not feasible.walkable:
        raise NotApplicable(TOO_LONG_A_WALK)
    walk = jump(feasible.ideal_from, feasible.disagreement, feasible.tolerance)
    gains = walk.end - feasible.disagreement
    choice = feasible.along(np.where(gains > feasible.tolerance, gains, 0.0))
    if choice.residual is not None:
        choice = replace(choice, residual=max(choice.residual, walk.residual))

    def evidence(_: NDArray[np.float64]) -> Evidence:
        return {"steps": len(walk.path) - 1, "path": walk.path}

    return Finding(choice, evidence)
