"""A greatest flow from suppliers to takers, with floating-point capacities of any size."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["greatest_flow"]

Floats = NDArray[np.float64]

LEFT = 1e-15
"""Capacity below this part of the largest is used up."""


def greatest_flow(supply: Floats, demand: Floats, most: Floats) -> Floats:
    """(j, i) how much goes from each supplier to each taker, at most ``most``, as much as possible in all.

    Shortest augmenting paths (Edmonds & Karp 1972, Journal of the ACM 19, 248-264): a path goes from a supplier that
    has something left, over takers that can take more or give back what they have, to a taker that lacks something.

    >>> greatest_flow(np.array([1.0, 1]), np.array([1.5, 0.5]), np.array([[1.0, 1], [0.5, 1]]))
    array([[1. , 0. ],
           [0.5, 0.5]])
    """
    flow, supply, demand = np.zeros_like(most), supply.copy(), demand.copy()
    dust = LEFT * max(float(supply.max(initial=0.0)), float(demand.max(initial=0.0)))
    while (path := _path(flow, supply, demand, most, dust)) is not None:
        forward, back = path[:-1:2], path[1::2]
        pairs = list(zip(forward, back, strict=False))
        returned = list(zip(path[2::2], path[1:-1:2], strict=False))
        amount = min(supply[path[0]], demand[path[-1]], *(most[j, i] - flow[j, i] for j, i in pairs))
        amount = min([amount, *(flow[j, i] for j, i in returned)])
        for j, i in pairs:
            flow[j, i] += amount
        for j, i in returned:
            flow[j, i] -= amount
        supply[path[0]] -= amount
        demand[path[-1]] -= amount
    return flow


def _path(flow: Floats, supply: Floats, demand: Floats, most: Floats, dust: float) -> list[int] | None:
    """Supplier, taker, supplier, ..., taker of a shortest path on which more can go; None if there is none."""
    room, held = most - flow > dust, flow > dust
    before: dict[tuple[str, int], tuple[str, int] | None] = {("j", int(j)): None for j in np.flatnonzero(supply > dust)}
    queue = list(before)
    for side, place in queue:
        if side == "i" and demand[place] > dust:
            return _back(before, (side, place))
        ahead = np.flatnonzero(room[place]) if side == "j" else np.flatnonzero(held[:, place])
        for other in ahead.tolist():
            step = ("i" if side == "j" else "j", other)
            if step not in before:
                before[step] = (side, place)
                queue.append(step)
    return None


def _back(before: dict[tuple[str, int], tuple[str, int] | None], last: tuple[str, int]) -> list[int]:
    path, at = [], before[last]
    path.append(last[1])
    while at is not None:
        path.append(at[1])
        at = before[at]
    return path[::-1]
