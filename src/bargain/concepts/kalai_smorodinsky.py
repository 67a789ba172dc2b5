"""The Kalai-Smorodinsky solution: everybody gets the same share of its best hope."""

import numpy as np
from numpy.typing import NDArray

from bargain.axioms import (
    BASICS,
    Keeps,
    disagreement_monotonicity,
    efficiency,
    individual_monotonicity,
    midpoint_domination,
    restricted_monotonicity,
    scale_invariance,
    symmetry,
)
from bargain.concepts.concept import Evidence, Finding, concept, ray_evidence
from bargain.geometry.choice import FeasibleSet, doubted

__all__ = ["kalai_smorodinsky"]


@concept(
    title="Kalai-Smorodinsky",
    definition="equal shares of each player's best hope: the last point from disagreement towards the ideal point",
    source="Kalai & Smorodinsky (1975), Other Solutions to Nash's Bargaining Problem, Econometrica 43(3), 513-518; "
    "leximin completion: Imai (1983), Econometrica 51(2), 389-401",
    # Disagreement, two players: no ratio of the other falls, and one's own fall the more the lower they are.
    keeps=Keeps(
        pure=(*BASICS, efficiency, symmetry, scale_invariance),
        pure_two=(disagreement_monotonicity,),
        lotteries=(
            *BASICS,
            symmetry,
            scale_invariance,
            individual_monotonicity,
            restricted_monotonicity,
            disagreement_monotonicity,
            midpoint_domination,
        ),
        lotteries_two=(efficiency,),
    ),
)
def kalai_smorodinsky(feasible: FeasibleSet) -> Finding:
    r"""Last feasible point on the segment from $d$ to the ideal point $a$: $d + t(a - d)$, completed by leximin.

    $a_i = \max u_i$ over the *rational* agreements. Players with $a_i = d_i$ are left out of the comparison.

    >>> from bargain.geometry.menu import Menu
    >>> menu = Menu(np.array([[10.0, 0.0], [6.0, 2.0], [4.0, 3.0], [0.0, 4.0]]), np.zeros(2), np.ones(2))
    >>> kalai_smorodinsky(menu).choice.points
    array([[6., 2.]])
    """
    hope = feasible.ideal - feasible.disagreement
    hopeful = hope > feasible.tolerance
    hope = np.where(hopeful, hope, 0.0)
    choice = doubted(feasible.along(hope), feasible.ideal_doubt)

    def evidence(point: NDArray[np.float64]) -> Evidence:
        gains = point - feasible.disagreement
        ratios = np.divide(gains, hope, out=np.full_like(hope, np.nan), where=hopeful)
        common = {"common_ratio": float(np.nanmin(ratios))} if hopeful.any() else {}
        return {"ratios": ratios, "ideal": feasible.ideal, **common, **ray_evidence(choice)}

    return Finding(choice, evidence)
