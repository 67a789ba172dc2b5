"""The equal loss solution: everybody gives up the same against its best hope."""

import numpy as np
from numpy.typing import NDArray

from bargain.axioms import (
    BASICS,
    Keeps,
    disagreement_monotonicity,
    efficiency,
    individual_monotonicity,
    restricted_monotonicity,
    superadditivity,
    symmetry,
)
from bargain.concepts.concept import Evidence, Finding, concept, ray_evidence
from bargain.geometry.choice import FeasibleSet, doubted

__all__ = ["equal_loss"]


@concept(
    title="Equal loss",
    definition="equal losses against the ideal point, nobody below disagreement, completed by leximin",
    source="Chun (1988), The Equal-Loss Principle for Bargaining Problems, Economics Letters 26(2), 103-106",
    # Superadditive: equal-loss points add up to a possible point whose loss, against the summed ideals, is the sum;
    # among three a loss may stop at disagreement.
    keeps=Keeps(
        pure=(*BASICS, efficiency, symmetry),
        pure_two=(disagreement_monotonicity,),
        lotteries=(
            *BASICS,
            symmetry,
            individual_monotonicity,
            restricted_monotonicity,
            disagreement_monotonicity,
        ),
        lotteries_two=(efficiency, superadditivity),
    ),
)
def equal_loss(feasible: FeasibleSet) -> Finding:
    r"""The point $\max(a - t(1, \dots, 1), d)$ with the smallest feasible $t$, completed by leximin of $u - a$.

    $a_i = \max u_i$ over the rational agreements. A loss stops at disagreement: for three and more players the plain
    ray could leave the rational agreements before it meets any. Compares utilities as the file has them.

    >>> from bargain.geometry.menu import Menu
    >>> menu = Menu(np.array([[10.0, 0.0], [8.0, 2.0], [4.0, 3.0], [0.0, 4.0]]), np.zeros(2), np.ones(2))
    >>> equal_loss(menu).choice.points
    array([[8., 2.]])
    """
    ideal = feasible.ideal
    choice = doubted(feasible.least_loss(ideal), feasible.ideal_doubt)

    def evidence(point: NDArray[np.float64]) -> Evidence:
        losses = ideal - point
        return {"losses": losses, "largest_loss": float(losses.max()), "ideal": ideal, **ray_evidence(choice)}

    return Finding(choice, evidence)
