"""The Nash solution: the largest product of gains."""

import numpy as np

from bargain.axioms import (
    BASICS,
    Keeps,
    disagreement_monotonicity,
    efficiency,
    independence,
    midpoint_domination,
    scale_invariance,
    symmetry,
)
from bargain.concepts.concept import Finding, concept
from bargain.geometry.choice import FeasibleSet

__all__ = ["nash"]


@concept(
    title="Nash",
    definition="the largest product of gains over disagreement",
    source="Nash (1950), The Bargaining Problem, Econometrica 18(2), 155-162",
    # Disagreement: the logarithm is concave, so a higher d makes the agreements that pay more look better still.
    keeps=Keeps(
        pure=(*BASICS, efficiency, symmetry, scale_invariance, independence, disagreement_monotonicity),
        lotteries=(
            *BASICS,
            efficiency,
            symmetry,
            scale_invariance,
            independence,
            disagreement_monotonicity,
            midpoint_domination,
        ),
    ),
)
def nash(feasible: FeasibleSet) -> Finding:
    r"""Maximise $\prod_i (u_i - d_i)$ over rational agreements.

    If not all can gain together, the largest possible number of gainers comes first, then the product among them.

    >>> from bargain.geometry.menu import Menu
    >>> menu = Menu(np.array([[4.0, 1.0], [2.5, 2.5], [1.0, 3.0]]), np.zeros(2), np.ones(2))
    >>> found = nash(menu)
    >>> found.choice.points, found.evidence(found.choice.points[0])
    (array([[2.5, 2.5]]), {'product_of_gains': 6.25})
    """
    choice = feasible.product(np.ones_like(feasible.disagreement))
    return Finding(choice, lambda point: {"product_of_gains": float((point - feasible.disagreement).prod())})
