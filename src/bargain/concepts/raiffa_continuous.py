"""Raiffa's continuous solution: the end of a walk that always heads for the ideal point."""

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
from bargain.geometry.mixtures.rounded import FOLLOWED, bulged
from bargain.geometry.orbit import Walk, follow, follow_polygon

__all__ = ["raiffa_continuous"]

Floats = NDArray[np.float64]


@concept(
    title="Continuous Raiffa",
    definition="the end of the path from disagreement that always heads for the ideal point seen from where it stands",
    source="Raiffa (1953), Arbitration Schemes for Generalized Two-Person Games, in Kuhn & Tucker (eds.), "
    "Contributions to the Theory of Games II, 361-387",
    keeps=Keeps(
        lotteries=(*BASICS, efficiency, symmetry, scale_invariance, disagreement_monotonicity, midpoint_domination),
    ),
)
def raiffa_continuous(feasible: FeasibleSet) -> Finding:
    r"""The limit of $\dot x = a(x) - x$ from $x = d$, $a(x)$ the ideal point seen from $x$; needs lotteries.

    Between two players the border is a polygon, on which the path has a closed form. A curved one is followed by a
    polygon, and the residual is by how much the end moves, as a share of what is at stake, if every edge bulges as
    much as the curve may. Among more the path is integrated, and the residual is the error that accumulates.

    >>> from bargain.geometry.mixtures.hull import Hull
    >>> hull = Hull(np.array([[0.0, 4.0], [2.0, 3.0], [4.0, 0.0]]), np.zeros(2), np.ones(2))
    >>> raiffa_continuous(hull).choice.points.round(6)
    array([[2.260996, 2.608507]])
    """
    if not feasible.mixes:
        raise NotApplicable(CONVEX_ONLY)
    if not feasible.walkable:
        raise NotApplicable(TOO_LONG_A_WALK)
    pair = len(feasible.disagreement) == 2
    start = feasible.disagreement
    border = feasible.border if pair else start[None, :]
    walk = follow_polygon(border, start) if pair else follow(feasible.ideal_from, start, feasible.tolerance)
    gains = walk.end - start
    choice = feasible.along(np.where(gains > feasible.tolerance, gains, 0.0))
    if pair and choice.residual is not None:
        left = max(choice.residual, _left_open(border, walk, feasible))
        proof = choice.proof if choice.proof != "exact" else FOLLOWED
        choice = replace(choice, residual=left, proof=proof)
    elif walk.residual > 0:
        choice = replace(choice, residual=max(choice.residual or 0.0, walk.residual))

    def evidence(_: Floats) -> Evidence:
        return {"limit": walk.end, "turns": walk.path[1:-1]} if pair else {"limit": walk.end}

    return Finding(choice, evidence)


def _left_open(border: Floats, walk: Walk, feasible: FeasibleSet) -> float:
    """By how much a walk ends elsewhere, as a share of what is at stake, if every edge of the border bulges."""
    if len(border) < 2:
        return 0.0
    everything = np.vstack([feasible.points, feasible.disagreement])
    low, span = everything.min(axis=0), np.ptp(everything, axis=0)
    start, end = ((point - low) / span for point in (walk.path[0], walk.end))
    return float(np.abs(follow_polygon(bulged((border - low) / span), start).end - end).max())
