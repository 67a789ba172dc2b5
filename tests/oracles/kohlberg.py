"""Is this the nucleolus? Kohlberg's test: the coalitions above every level of excess must be balanced.

Kohlberg (1971), On the Nucleolus of a Characteristic Function Game, SIAM Journal on Applied Mathematics 20(1),
62-66. A division is the nucleolus if and only if, for every level, no way of moving money around leaves all
coalitions at or above the level (and all players held to what they get alone) no worse and one of the coalitions
better. It looks at the division alone, so it knows nothing of how that was found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.optimize import linprog

LEVEL = 1e-7
"""Excesses this close, relative to the largest worth, are one level."""
MOVES = 1e-6
"""A coalition that gains less than this from transfers of up to 1 gains nothing."""

Worth = Mapping[frozenset[int], float]


def kohlberg_complaints(worth: Worth, shares: Sequence[float]) -> list[str]:
    """Why a division is not the nucleolus, in words; empty if it is."""
    n = len(shares)
    everyone = frozenset(range(n))
    scale = max(1e-300, *(abs(value) for value in worth.values()))
    if abs(sum(shares) - worth[everyone]) > LEVEL * scale:
        return [f"the shares sum to {sum(shares)} and not to {worth[everyone]}"]
    alone = {i: worth[frozenset([i])] for i in range(n)}
    short = [i for i in range(n) if shares[i] < alone[i] - LEVEL * scale]
    if short:
        return [f"players {short} get less than alone"]
    held = [i for i in range(n) if shares[i] <= alone[i] + LEVEL * scale]
    excess = {s: worth[s] - sum(shares[i] for i in s) for s in worth if s and s != everyone}
    above: list[frozenset[int]] = []
    previous = np.inf
    complaints = []
    for coalition in sorted(excess, key=lambda s: -excess[s]):
        if previous - excess[coalition] > LEVEL * scale and above:
            complaints += _improvement(above, held, n)
        above.append(coalition)
        previous = excess[coalition]
    return complaints + (_improvement(above, held, n) if above else [])


def _improvement(above: Sequence[frozenset[int]], held: Sequence[int], n: int) -> list[str]:
    rows = np.array([[float(i in coalition) for i in range(n)] for coalition in above])
    keep = np.vstack([rows, np.eye(n)[list(held)]])
    found = linprog(
        -rows.sum(axis=0), A_ub=-keep, b_ub=np.zeros(len(keep)), A_eq=np.ones((1, n)), b_eq=[0.0], bounds=(-1, 1)
    )
    assert found.success
    if -found.fun <= MOVES:
        return []
    return [f"moving {found.x.round(3).tolist()} helps some of {[sorted(s) for s in above]} and harms none of them"]
