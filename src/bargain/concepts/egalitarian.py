"""The egalitarian solution: equal gains, as far as they go."""

import numpy as np

from bargain.axioms import (
    BASICS,
    Keeps,
    disagreement_monotonicity,
    efficiency,
    independence,
    individual_monotonicity,
    restricted_monotonicity,
    step_by_step,
    strong_monotonicity,
    superadditivity,
    symmetry,
)
from bargain.concepts.concept import Finding, concept, ray_evidence
from bargain.geometry.choice import FeasibleSet

__all__ = ["egalitarian"]


@concept(
    title="Egalitarian",
    definition="equal gains: the last point from disagreement along (1, ..., 1), completed by leximin",
    source="Kalai (1977), Proportional Solutions to Bargaining Situations, Econometrica 45(7), 1623-1630",
    keeps=Keeps(
        pure=(*BASICS, efficiency, symmetry, independence, disagreement_monotonicity),
        lotteries=(
            *BASICS,
            symmetry,
            independence,
            strong_monotonicity,
            individual_monotonicity,
            restricted_monotonicity,
            disagreement_monotonicity,
            step_by_step,
            superadditivity,
        ),
    ),
)
def egalitarian(feasible: FeasibleSet) -> Finding:
    r"""Last feasible point $d + t(1, \dots, 1)$, completed by leximin; compares utilities as the file has them.

    >>> from bargain.geometry.menu import Menu
    >>> menu = Menu(np.array([[9.0, 1.0], [3.0, 2.5], [2.0, 4.0]]), np.zeros(2), np.ones(2))
    >>> egalitarian(menu).choice.points
    array([[3. , 2.5]])
    """
    choice = feasible.along(np.ones_like(feasible.disagreement))
    d = feasible.disagreement
    return Finding(choice, lambda point: {"smallest_gain": float((point - d).min()), **ray_evidence(choice)})
