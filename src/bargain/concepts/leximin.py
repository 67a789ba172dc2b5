"""The leximin solution: the least gain as large as possible, then the second least, and so on."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bargain.axioms import (
    BASICS,
    Keeps,
    disagreement_monotonicity,
    efficiency,
    independence,
    individual_monotonicity,
    restricted_monotonicity,
    symmetry,
)
from bargain.concepts.concept import Evidence, Finding, concept
from bargain.geometry.choice import FeasibleSet

__all__ = ["leximin"]


@concept(
    title="Leximin",
    definition="the smallest gain as large as possible, then the second smallest, and so on",
    source="Imai (1983), Individual Monotonicity and Lexicographic Maxmin Solution, Econometrica 51(2), 389-401",
    # Disagreement: leximin is a limit of sums of concave functions of the gains, as Nash's product is one.
    keeps=Keeps(
        pure=(*BASICS, efficiency, symmetry, independence, disagreement_monotonicity),
        lotteries=(
            *BASICS,
            efficiency,
            symmetry,
            independence,
            individual_monotonicity,
            disagreement_monotonicity,
        ),
        lotteries_two=(restricted_monotonicity,),
    ),
)
def leximin(feasible: FeasibleSet) -> Finding:
    r"""Lexicographically maximise the sorted gains $u_i - d_i$, smallest first. Always efficient.

    >>> from bargain.geometry.menu import Menu
    >>> menu = Menu(np.array([[1.0, 2.0, 4.0], [1.0, 3.0, 3.0], [5.0, 0.5, 5.0]]), np.zeros(3), np.ones(3))
    >>> leximin(menu).choice.points
    array([[1., 3., 3.]])
    """
    choice = replace(feasible.along(np.ones_like(feasible.disagreement)), ray_point=None)

    def evidence(point: NDArray[np.float64]) -> Evidence:
        gains = np.sort(point - feasible.disagreement)
        return {"smallest_gain": float(gains[0]), "sorted_gains": gains.tolist()}

    return Finding(choice, evidence)
