"""Payoffs as exact multiples of a unit, so that sums in any order agree to the last bit.

Float dust makes ties unequal: ``0.1 + 0.2`` is not ``0.3``, and one of two equally good agreements would vanish from
the frontier. So the parts that payoffs are sums of are first put on a lattice: one unit per player, chosen such that
every part is a whole number of units. Sums of whole numbers below 2**53 are exact in floating point; the final payoff
is the sum divided by the number of units per utility point, rounded once.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor, frexp, lcm

import numpy as np
from numpy.typing import NDArray

__all__ = ["units_per_point"]

LARGEST_DENOMINATOR = 100_000
"""Fractions with larger denominators are not looked for: among them a match within rounding could be chance."""
EXACT = 2**50
"""Sums of units stay below this, well inside the whole numbers that a float holds exactly."""


def units_per_point(parts: NDArray[np.float64], total: float) -> float:
    """How many lattice units one utility point has.

    Parameters
    ----------
    parts : the numbers that payoffs of one player are sums of.
    total : a bound on the absolute value of any sum.

    Returns
    -------
    A whole number such that every part times it is whole (parts with few decimals, thirds, …); where there is none,
    a power of two that makes the unit about 1e-12 of ``total`` or finer.

    >>> units_per_point(np.array([0.1, 2.75, 1 / 3]), 10.0)
    60.0
    """
    denominator = 1
    for part in np.unique(parts).tolist():
        near = Fraction(part).limit_denominator(LARGEST_DENOMINATOR)
        if abs(near - Fraction(part)) > abs(part) * 4 * np.finfo(float).eps:
            break
        denominator = lcm(denominator, near.denominator)
        if denominator * max(total, 1.0) > EXACT:
            break
    else:
        return float(denominator)
    exponent = frexp(EXACT / total)[1] if total > 0 else 0
    return float(2.0 ** floor(exponent - 1))
