"""The utilitarian solution: the largest total payoff."""

import numpy as np

from bargain.axioms import (
    BASICS,
    Keeps,
    disagreement_monotonicity,
    efficiency,
    independence,
    superadditivity,
    symmetry,
)
from bargain.concepts.concept import Finding, concept
from bargain.geometry.choice import FeasibleSet

__all__ = ["utilitarian"]


@concept(
    title="Utilitarian",
    definition="the largest sum of payoffs among agreements that leave nobody below disagreement",
    source="Myerson (1981), Utilitarianism, Egalitarianism, and the Timing Effect in Social Choice Problems, "
    "Econometrica 49(4), 883-897",
    # Superadditive: the best of all sums is the sum of the bests.
    keeps=Keeps(
        pure=(*BASICS, efficiency, symmetry, independence, disagreement_monotonicity, superadditivity),
        lotteries=(*BASICS, efficiency, symmetry, independence, disagreement_monotonicity, superadditivity),
    ),
)
def utilitarian(feasible: FeasibleSet) -> Finding:
    r"""Maximise $\sum_i u_i$ over rational agreements, unweighted; compares utilities as the file has them.

    >>> from bargain.geometry.menu import Menu
    >>> menu = Menu(np.array([[9.0, 1.0], [3.0, 2.5], [2.0, 4.0]]), np.zeros(2), np.ones(2))
    >>> utilitarian(menu).choice.points
    array([[9., 1.]])
    """
    total = feasible.total(np.ones_like(feasible.disagreement))
    return Finding(total, lambda point: {"sum_of_payoffs": float(point.sum())})
