"""The Shapley value by its definition: all orders of joining, in fractions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import permutations
from math import factorial

Worth = Mapping[frozenset[int], Fraction]


def average_over_orders(n: int, worth: Callable[[frozenset[int]], Fraction]) -> list[Fraction]:
    """What each player adds to those before it, averaged over all n! orders."""
    total = [Fraction(0)] * n
    for order in permutations(range(n)):
        before: frozenset[int] = frozenset()
        for player in order:
            total[player] += worth(before | {player}) - worth(before)
            before |= {player}
    return [added / factorial(n) for added in total]


def first_come(estate: Fraction, claims: list[Fraction]) -> list[Fraction]:
    """Claimants come in random order and are paid in full while it lasts."""
    n = len(claims)
    total = [Fraction(0)] * n
    for order in permutations(range(n)):
        left = estate
        for player in order:
            paid = min(left, claims[player])
            total[player] += paid
            left -= paid
    return [paid / factorial(n) for paid in total]
