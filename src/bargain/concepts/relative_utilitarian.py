"""The relative utilitarian solution: the largest sum of everybody's share of its best hope."""

import numpy as np
from numpy.typing import NDArray

from bargain.axioms import (
    BASICS,
    Keeps,
    disagreement_monotonicity,
    efficiency,
    scale_invariance,
    symmetry,
)
from bargain.concepts.concept import Evidence, Finding, concept
from bargain.geometry.choice import FeasibleSet, doubted

__all__ = ["relative_utilitarian"]


@concept(
    title="Relative utilitarian",
    definition="the largest sum of gains, each measured against the player's best possible gain",
    source="after the normalisation of Dhillon & Mertens (1999), Relative Utilitarianism, Econometrica 67(3), 471-498",
    # Disagreement with lotteries: by concavity the other's best hope shrinks no more than one's own in proportion.
    keeps=Keeps(
        pure=(*BASICS, efficiency, symmetry, scale_invariance),
        lotteries=(*BASICS, efficiency, symmetry, scale_invariance),
        lotteries_two=(disagreement_monotonicity,),
    ),
)
def relative_utilitarian(feasible: FeasibleSet) -> Finding:
    r"""Maximise $\sum_i (u_i - d_i)/(a_i - d_i)$ over rational agreements, $a$ the ideal point.

    Players with $a_i = d_i$ are left out of the sum and only kept at disagreement.

    >>> from bargain.geometry.menu import Menu
    >>> menu = Menu(np.array([[10.0, 0.0], [6.0, 3.0], [0.0, 4.0]]), np.zeros(2), np.ones(2))
    >>> relative_utilitarian(menu).choice.points
    array([[6., 3.]])
    """
    hope = feasible.ideal - feasible.disagreement
    hopeful = hope > feasible.tolerance
    weights = np.divide(1.0, hope, out=np.zeros_like(hope), where=hopeful)
    found = feasible.total(weights) if hopeful.any() else feasible.along(weights)
    choice = doubted(found, feasible.ideal_doubt)

    def evidence(point: NDArray[np.float64]) -> Evidence:
        ratios = np.where(hopeful, (point - feasible.disagreement) * weights, np.nan)
        return {"sum_of_ratios": float(np.nansum(ratios)), "ratios": ratios, "ideal": feasible.ideal}

    return Finding(choice, evidence)
