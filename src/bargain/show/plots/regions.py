"""Shapes on the payoff plane: steps over efficient agreements, the area under a hull line, axis limits."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

__all__ = ["below_line", "limits", "outer_corners", "outline", "under_corners"]

MARGIN = 0.07
"""Share of the range left free at either end of an axis."""

Floats = NDArray[np.float64]


def limits(values: Floats, margin: float = MARGIN) -> tuple[float, float]:
    """Ends of an axis that show all values with a margin, also if they are all the same.

    >>> limits(np.array([0.0, 100.0]), margin=0.25)
    (-25.0, 125.0)
    >>> limits(np.array([5.0]))
    (4.0, 6.0)
    """
    low, high = float(values.min()), float(values.max())
    largest = max(abs(low), abs(high))
    room = margin * (high - low)
    if high - low <= 1e-9 * largest or high == low:
        room = 1.0 if largest <= 20 else 0.05 * largest
    return low - room, high + room


def outer_corners(points: Floats) -> Floats:
    """The staircase over the points that no other beats on both axes, from its left end to its right end.

    >>> outer_corners(np.array([[1.0, 3.0], [2.0, 1.0], [0.5, 2.0]])).tolist()
    [[1.0, 3.0], [1.0, 1.0], [2.0, 1.0]]
    """
    best: list[tuple[float, float]] = []
    for x, y in sorted(map(tuple, points.tolist()), reverse=True):
        if not best or y > best[-1][1]:
            best.append((x, y))
    best.reverse()
    corners = [best[0]] if best else []
    for before, after in pairwise(best):
        corners += [(before[0], after[1]), after]
    return np.array(corners).reshape(-1, 2)


def outline(points: Floats, joined: NDArray[np.bool_]) -> Floats:
    """The line through falling points: straight where they are joined to the next, a step where they are not.

    >>> points = np.array([[0.0, 3.0], [1.0, 2.0], [2.0, 0.0]])
    >>> outline(points, np.array([True, False])).tolist()
    [[0.0, 3.0], [1.0, 2.0], [1.0, 0.0], [2.0, 0.0]]
    """
    line = list(points[:1])
    for before, after, straight in zip(points[:-1], points[1:], joined, strict=True):
        line += [after] if straight else [np.array([before[0], after[1]]), after]
    return np.array(line).reshape(-1, 2)


def under_corners(points: Floats, d: tuple[float, float]) -> Floats:
    """The polygon between d and the points that beat it; empty if none beats it on both axes."""
    above = points[(points > np.array(d)).all(axis=1)]
    if not len(above):
        return np.empty((0, 2))
    stairs = outer_corners(np.maximum(points[(points >= np.array(d)).all(axis=1)], d))
    return np.array([d, (d[0], stairs[0, 1]), *map(tuple, stairs), (stairs[-1, 0], d[1])])


def below_line(vertices: Floats, d: tuple[float, float]) -> Floats:
    """The polygon between d and the falling line through the vertices, with free disposal."""
    line = vertices[np.argsort(vertices[:, 0], kind="stable")]
    low = np.minimum(line.min(axis=0), d) - 1.0
    polygon = np.array([low, (low[0], line[0, 1]), *map(tuple, line), (line[-1, 0], low[1])])
    for axis in (0, 1):
        polygon = _keep_above(polygon, axis, d[axis])
    return polygon


def _keep_above(polygon: Floats, axis: int, level: float) -> Floats:
    """The part of a polygon under a falling line on or above a level (Sutherland and Hodgman 1974)."""
    kept = []
    for a, b in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
        if a[axis] >= level:
            kept.append(a)
        if (a[axis] - level) * (b[axis] - level) < 0:
            share = (level - a[axis]) / (b[axis] - a[axis])
            kept.append(a + share * (b - a))
    return np.array(kept).reshape(-1, 2)
