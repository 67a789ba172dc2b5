"""How many coalitions have which size and which weight, as exact whole numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import factorial, gcd, lcm

import numpy as np
from numpy.typing import NDArray

__all__ = ["Counts", "counts_without_each", "orders", "whole_numbers"]

Counts = NDArray[np.object_]
"""(n, capacity) how many coalitions have s members and weight w, as Python integers."""

CELLS = 1_000_000
"""Sizes times weights that are counted at most (a few seconds, a hundred megabytes at fifty players)."""
DIGITS = 12
"""Significant digits of a number that are read: 3.3000000000000003, a step of a sweep, is 3.3."""


def whole_numbers(numbers: Sequence[float], players: int) -> list[int] | None:
    """The numbers, read as decimals, as multiples of the largest unit that makes them all whole.

    None if the last of them, the capacity that is counted up to, makes too many cells for so many players.

    >>> whole_numbers([0.5, 1.25, 2], 3), whole_numbers([7000, 1000, 39000], 15)
    ([2, 5, 8], [7, 1, 39])
    """
    fractions = [Fraction(f"{number:.{DIGITS}g}") for number in numbers]
    parts = lcm(*(fraction.denominator for fraction in fractions))
    scaled = [int(fraction * parts) for fraction in fractions]
    unit = gcd(*scaled) or 1
    whole = [number // unit for number in scaled]
    return whole if whole[-1] * players <= CELLS else None


def counts_without_each(weights: Sequence[int], capacity: int) -> Iterator[Counts]:
    """For each player, the coalitions of the *others* below a weight: (n, capacity) counts by size and weight.

    One table is built for all players, and each player is taken out of it again; players of equal weight share.
    """
    n = len(weights)
    table = np.zeros((n + 1, capacity), dtype=object)
    table[0, 0] = 1
    for weight in weights:
        if weight < capacity:
            table[1:, weight:] += table[:-1, : capacity - weight]
    seen: dict[int, Counts] = {}
    for weight in weights:
        if weight not in seen:
            seen[weight] = _without(table, weight)
        yield seen[weight]


def orders(n: int) -> list[int]:
    """In how many orders of n players a given player comes right after given s others: s! (n - 1 - s)!"""
    return [factorial(s) * factorial(n - 1 - s) for s in range(n)]


def _without(table: Counts, weight: int) -> Counts:
    n, capacity = len(table) - 1, table.shape[1]
    others = table[:n].copy()
    if weight < capacity:
        for size in range(1, n):
            others[size, weight:] -= others[size - 1, : capacity - weight]
    return others
