"""The proportional solution: gains in the ratio of bargaining powers."""

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
    step_by_step,
    strong_monotonicity,
    superadditivity,
)
from bargain.concepts.concept import Evidence, Finding, concept, ray_evidence
from bargain.geometry.choice import FeasibleSet

__all__ = ["proportional"]


@concept(
    title="Proportional",
    definition="gains in the ratio of bargaining powers, as far as they go, completed by leximin",
    source="Kalai (1977), Proportional Solutions to Bargaining Situations, Econometrica 45(7), 1623-1630",
    keeps=Keeps(
        pure=(*BASICS, efficiency, independence, disagreement_monotonicity),
        lotteries=(
            *BASICS,
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
def proportional(feasible: FeasibleSet) -> Finding:
    r"""Last feasible point $d + t r$, $r$ the powers, completed by leximin of the gains per power.

    Only the ratios of the powers matter; utilities are compared as the file has them.

    >>> from bargain.geometry.menu import Menu
    >>> menu = Menu(np.array([[9.0, 1.0], [6.0, 2.0], [2.0, 4.0]]), np.zeros(2), np.array([2.0, 1.0]))
    >>> proportional(menu).choice.points
    array([[6., 2.]])
    """
    powers = feasible.powers / feasible.powers.sum()
    choice = feasible.along(powers)

    def evidence(point: NDArray[np.float64]) -> Evidence:
        each = (point - feasible.disagreement) / powers
        return {
            "gain_per_power": each,
            "smallest_gain_per_power": float(each.min()),
            "powers": powers,
            **ray_evidence(choice),
        }

    return Finding(choice, evidence)
