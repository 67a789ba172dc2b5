"""Judges of awards in claims problems: what a rule is characterised by, looked at in the answer alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

CLOSE = 1e-9


def plain_complaints(estate: float, claims: Sequence[float], awards: Sequence[float]) -> list[str]:
    """Awards between nothing and the claim that use up the estate."""
    size = max(1.0, *claims)
    complaints = [f"the awards sum to {sum(awards)}"] if abs(sum(awards) - estate) > CLOSE * size else []
    wrong = [x for c, x in zip(claims, awards, strict=True) if not -CLOSE * size <= x <= c + CLOSE * size]
    return complaints + [f"{x} is below 0 or above the claim" for x in wrong]


def contested_garment_complaints(claims: Sequence[float], awards: Sequence[float]) -> list[str]:
    """Every two divide what they have together as the contested garment: each concedes what exceeds its claim.

    Aumann & Maschler (1985): exactly one division of an estate is consistent in this way, for any claims.
    """
    complaints, size = [], max(1.0, *claims)
    for i, j in combinations(range(len(claims)), 2):
        both = awards[i] + awards[j]
        conceded = max(0.0, both - claims[j]), max(0.0, both - claims[i])
        fair = conceded[0] + (both - sum(conceded)) / 2
        if abs(awards[i] - fair) > CLOSE * size:
            complaints.append(f"of {both} claimant {i} should have {fair} and has {awards[i]}")
    return complaints


def equal_complaints(claims: Sequence[float], awards: Sequence[float]) -> list[str]:
    """Nobody gets more than another, unless that other gets all it claims."""
    size, pairs = max(1.0, *claims), range(len(claims))
    return [
        f"{i} gets {awards[i]} and {j} only {awards[j]} of {claims[j]}"
        for i in pairs
        for j in pairs
        if awards[i] > awards[j] + CLOSE * size and awards[j] < claims[j] - CLOSE * size
    ]
