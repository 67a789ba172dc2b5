"""The Maschler-Perles solution: both walk towards each other along the border, at the same speed."""

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
    superadditivity,
    symmetry,
)
from bargain.concepts.concept import Finding, concept
from bargain.errors import NotApplicable
from bargain.geometry.choice import Choice, FeasibleSet
from bargain.geometry.mixtures.rounded import FOLLOWED, bulges

__all__ = ["maschler_perles"]

Floats = NDArray[np.float64]


@concept(
    title="Maschler-Perles",
    definition="the point that halves the efficient border, a step being the root of the product of what the first "
    "player loses and what the second gains",
    source="Maschler & Perles (1981), The Super-Additive Solution for the Nash Bargaining Game, "
    "Int. J. Game Theory 10(3-4), 163-193",
    keeps=Keeps(
        lotteries_two=(
            *BASICS,
            efficiency,
            symmetry,
            scale_invariance,
            disagreement_monotonicity,
            midpoint_domination,
            superadditivity,
        ),
    ),
)
def maschler_perles(feasible: FeasibleSet) -> Finding:
    r"""Halve $\int \sqrt{-du_1\,du_2}$ along the border between the players' best rational points; two players.

    On a polygon an edge weighs $\sqrt{|\Delta u_1 \Delta u_2|}$. A curved border is followed by a fine polygon, and the
    residual says how much of its length that leaves open.

    >>> from bargain.geometry.mixtures.hull import Hull
    >>> hull = Hull(np.array([[0.0, 4.0], [4.0, 0.0], [3.0, 2.0]]), np.zeros(2), np.ones(2))
    >>> found = maschler_perles(hull)
    >>> found.choice.points.round(9), found.evidence(found.choice.points[0])["half_lengths"].round(9)
    (array([[2.3660254 , 2.42264973]]), array([1.93185165, 1.93185165]))
    """
    if len(feasible.disagreement) != 2:
        raise NotApplicable(f"it is defined for two signatories, and here are {len(feasible.disagreement)}")
    border = feasible.border
    reached = np.r_[0.0, np.cumsum(lengths(border))]
    half = np.array([np.interp(reached[-1] / 2, reached, border[:, player]) for player in (0, 1)])
    gains = half - feasible.disagreement
    choice = feasible.along(np.where(gains > feasible.tolerance, gains, 0.0))
    return Finding(_followed(choice, border, feasible), lambda point: {"half_lengths": _halves(border, reached, point)})


def lengths(border: Floats) -> Floats:
    """(v - 1,) the weight of every edge: the root of the product of its two steps."""
    return np.asarray(np.sqrt(np.abs(np.diff(border, axis=0).prod(axis=1))))


def _halves(border: Floats, reached: Floats, point: Floats) -> Floats:
    """(2,) the lengths of the border from each player's best point to ``point``."""
    before = float(np.interp(-point[0], -border[:, 0], reached))
    return np.array([before, reached[-1] - before])


def _followed(choice: Choice, border: Floats, feasible: FeasibleSet) -> Choice:
    """The choice, with the residual that a curved border leaves; a polygon answers without one."""
    total = float(lengths(border).sum())
    if choice.residual is None or total == 0:
        return choice
    span = np.ptp(np.vstack([feasible.points, feasible.disagreement]), axis=0)
    left = float(lengths(border) @ _shortening(border / span)) / total
    proof = choice.proof if choice.proof != "exact" else FOLLOWED
    return replace(choice, residual=max(choice.residual, left), proof=proof)


def _shortening(border: Floats) -> Floats:
    """(v - 1,) by what share a curved border is shorter than each edge of the polygon that follows it.

    A bulge of height m in the middle (`bulges`) makes an edge (a, b) shorter by the factor
    ``sqrt(1 - (m (a + b) / (a b))^2)``.
    """
    steps = np.abs(np.diff(border, axis=0))
    bend = np.minimum(bulges(border) * steps.sum(axis=1) / steps.prod(axis=1), 1.0)
    return np.asarray(1 - np.sqrt(1 - bend**2))
