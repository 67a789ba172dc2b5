"""The Kalai-Smorodinsky solution: everybody gets the same share of its best hope."""

import numpy as np

from bargain.concepts.concept import Finding, concept
from bargain.geometry.choice import FeasibleSet

__all__ = ["kalai_smorodinsky"]


@concept(
    title="Kalai-Smorodinsky",
    definition="equal shares of each player's best hope: the last point from disagreement towards the ideal point",
    source="Kalai & Smorodinsky (1975), Other Solutions to Nash's Bargaining Problem, Econometrica 43(3), 513-518; "
    "leximin completion: Imai (1983), Econometrica 51(2), 389-401",
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
    choice = feasible.along(hope)
    gains = choice.points[0] - feasible.disagreement
    hopeful = hope > 0
    ratios = np.divide(gains, hope, out=np.full_like(hope, np.nan), where=hopeful)
    evidence = {"ratios": ratios, "ideal": feasible.ideal}
    if hopeful.any():
        evidence["common_ratio"] = np.float64(np.nanmin(ratios))
    if choice.ray_point is not None:
        evidence["ray_point"] = choice.ray_point
    return Finding(choice, evidence)
