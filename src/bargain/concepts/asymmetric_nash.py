"""The asymmetric Nash solution: gains weighed by bargaining power."""

import numpy as np
from numpy.typing import NDArray

from bargain.axioms import (
    BASICS,
    Keeps,
    disagreement_monotonicity,
    efficiency,
    independence,
    scale_invariance,
)
from bargain.concepts.concept import Evidence, Finding, concept
from bargain.geometry.choice import FeasibleSet

__all__ = ["asymmetric_nash"]


@concept(
    title="Asymmetric Nash",
    definition="the largest product of gains, each raised to the player's bargaining power (powers sum to 1)",
    source="Kalai (1977), Nonsymmetric Nash Solutions and Replications of 2-Person Bargaining, "
    "Int. J. Game Theory 6(3), 129-133",
    keeps=Keeps(
        pure=(*BASICS, efficiency, scale_invariance, independence, disagreement_monotonicity),
        lotteries=(*BASICS, efficiency, scale_invariance, independence, disagreement_monotonicity),
    ),
)
def asymmetric_nash(feasible: FeasibleSet) -> Finding:
    r"""Maximise $\prod_i (u_i - d_i)^{w_i}$ over rational agreements; only the ratios of the powers matter.

    >>> from bargain.geometry.menu import Menu
    >>> menu = Menu(np.array([[4.0, 1.0], [2.0, 2.0], [1.0, 4.0]]), np.zeros(2), np.array([3.0, 1.0]))
    >>> asymmetric_nash(menu).choice.points
    array([[4., 1.]])
    """
    powers = feasible.powers / feasible.powers.sum()

    def evidence(point: NDArray[np.float64]) -> Evidence:
        gains = np.maximum(point - feasible.disagreement, 0.0)
        return {"product_of_gains": float((gains**powers).prod()), "powers": powers}

    return Finding(feasible.product(powers), evidence)
