"""Payoffs as exact multiples of a unit, so that sums in any order agree to the last bit.

Float dust makes ties unequal: ``0.1 + 0.2`` is not ``0.3``, and one of two equally good agreements would vanish from
the frontier. So the parts that payoffs are sums of are first put on a lattice: one unit per player, chosen such that
every part is a whole number of units. Sums of whole numbers below 2**53 are exact in floating point; the final payoff
is the sum divided by the number of units per utility point, rounded once. Where no unit fits (curved values), a very
fine one is taken, and sums that differ by no more than dust are made equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, frexp, lcm

import numpy as np
from numpy.typing import NDArray

__all__ = ["Lattice", "lattice_of", "settled"]

LARGEST_DENOMINATOR = 100_000
"""Fractions with larger denominators are not looked for: among them a match within rounding could be chance."""
DUST = float(2**14)
"""Units within which sums are equal where the lattice is not exact; about 1e-11 of the largest payoff."""
ROUNDING = 2**50
"""A number may differ from the fraction it stands for by one part in so many, four times what rounding does."""
EXACT = 2**50
"""Sums of units stay below this, well inside the whole numbers that a float holds exactly."""


@dataclass(frozen=True)
class Lattice:
    """The unit of one player's payoffs.

    Attributes
    ----------
    units : how many units one utility point has.
    dust : sums that differ by at most so many units are equal: 0 on an exact lattice.
    """

    units: float
    dust: float


def settled(values: NDArray[np.float64], dust: float) -> NDArray[np.float64]:
    """Values with every cluster, neighbours at most ``dust`` apart, replaced by its smallest member.

    >>> settled(np.array([3.0, 8.0, 4.0, 1.0]), 1.0)
    array([3., 8., 3., 1.])
    """
    if dust == 0 or len(values) == 0:
        return values
    order = np.argsort(values, kind="stable")
    rising = values[order]
    starts = np.r_[True, np.diff(rising) > dust]
    found = np.empty_like(values)
    found[order] = rising[starts][np.cumsum(starts) - 1]
    return found


def lattice_of(parts: NDArray[np.float64], total: float) -> Lattice:
    """The lattice on which all the parts of a player's payoffs lie.

    Parameters
    ----------
    parts : the numbers that payoffs of one player are sums of.
    total : a bound on the absolute value of any sum.

    Returns
    -------
    One with a whole number of units per point such that every part times it is whole (parts with few decimals, thirds,
    …); where there is none, one with units of about 1e-15 of ``total``, where differences below 1e-11 of it are dust.

    >>> lattice_of(np.array([0.1, 2.75, 1 / 3]), 10.0)
    Lattice(units=60.0, dust=0.0)
    """
    denominator = 1
    for part in set(parts.tolist()):
        denominator = lcm(denominator, _denominator(part))
        if denominator == 0 or denominator * max(total, 1.0) > EXACT:
            break
    else:
        return Lattice(float(denominator), 0.0)
    exponent = frexp(EXACT / total)[1] if total > 0 else 0
    return Lattice(float(2.0 ** floor(exponent - 1)), DUST)


def _denominator(part: float) -> int:
    """That of the fraction nearest to a number among those with small denominators; 0 if it is not within rounding.

    In whole numbers only: of the convergents of the continued fraction the last that is small enough, or the largest
    step from there towards the next one if that comes nearer.

    >>> [_denominator(part) for part in (2.0, 0.1, -1 / 3, 1e-7, 2**-0.5)]
    [1, 10, 3, 0, 0]
    """
    top, bottom = part.as_integer_ratio()
    if bottom <= LARGEST_DENOMINATOR:
        return bottom
    (p0, q0), (p, q) = (0, 1), (1, 0)
    rest, divisor = top, bottom
    while True:
        whole, left = divmod(rest, divisor)
        larger = q0 + whole * q
        if larger > LARGEST_DENOMINATOR:
            break
        p0, q0, p, q = p, q, p0 + whole * p, larger
        rest, divisor = divisor, left
    steps = (LARGEST_DENOMINATOR - q0) // q
    p0, q0 = p0 + steps * p, q0 + steps * q
    off, between = abs(p * bottom - top * q), abs(p0 * bottom - top * q0)
    if between * q < off * q0:
        q, off = q0, between
    return q if off * ROUNDING <= abs(top) * q else 0
