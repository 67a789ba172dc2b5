"""Lotteries between two signatories, exactly: the efficient side of the convex hull as a chain of fractions.

Everything is in gains, so that disagreement is the origin. A chain runs from the best point of the second
player to the best point of the first; on it the first coordinate rises and the second falls, both strictly.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from fractions import Fraction

Point = tuple[Fraction, Fraction]


def efficient_chain(points: Iterable[Point]) -> list[Point]:
    """Corners of the efficient side of the hull.

    >>> efficient_chain([(0, 4), (2, 3), (4, 0), (1, 1), (1, Fraction(7, 2)), (-1, 4)])
    [(0, 4), (2, 3), (4, 0)]
    """
    chain: list[Point] = []
    for point in sorted(set(points), key=lambda p: (p[0], -p[1])):
        if chain and chain[-1][0] == point[0]:
            continue  # a lower point above the same abscissa
        while chain and chain[-1][1] <= point[1]:
            chain.pop()  # dominated
        while len(chain) > 1 and _turn(chain[-2], chain[-1], point) >= 0:
            chain.pop()  # on or under the edge
        chain.append(point)
    return chain


def _turn(a: Point, b: Point, c: Point) -> Fraction:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def rational_part(chain: Sequence[Point]) -> list[Point]:
    """The part of a chain on which nobody loses; empty if there is none."""
    cut = [point for point in chain if min(point) >= 0]
    for a, b in itertools.pairwise(chain):
        for axis in (0, 1):
            if (a[axis] < 0) != (b[axis] < 0):
                share = a[axis] / (a[axis] - b[axis])
                crossing = (a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]))
                if min(crossing) >= 0:
                    cut.append(crossing)
    return sorted(set(cut))


def largest_minimum(chain: Sequence[Point], scale: Point = (Fraction(1), Fraction(1))) -> Point:
    """The point of a chain at which the smaller of the two (scaled) coordinates is largest."""
    candidates = list(chain)
    for a, b in itertools.pairwise(chain):
        before, after = (p[0] / scale[0] - p[1] / scale[1] for p in (a, b))
        if (before < 0) != (after < 0):
            share = before / (before - after)
            candidates.append((a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])))
    return max(candidates, key=lambda p: min(p[0] / scale[0], p[1] / scale[1]))


def least_loss(chain: Sequence[Point]) -> Point:
    """The point of a chain at which the larger loss against the best of both is least."""
    best = (max(u for u, _ in chain), max(v for _, v in chain))
    u, v = largest_minimum([(u - best[0], v - best[1]) for u, v in chain])
    return u + best[0], v + best[1]


def halfway(chain: Sequence[Point]) -> tuple[float, float]:
    """The point that halves a chain whose edges weigh the root of the product of their steps."""
    weights = [math.sqrt((b[0] - a[0]) * (a[1] - b[1])) for a, b in itertools.pairwise(chain)]
    left = sum(weights) / 2
    for (a, b), weight in zip(itertools.pairwise(chain), weights, strict=True):
        if left <= weight:
            share = left / weight
            return float(a[0]) + share * float(b[0] - a[0]), float(a[1]) + share * float(b[1] - a[1])
        left -= weight
    return float(chain[-1][0]), float(chain[-1][1])


def means(chain: Sequence[Point], steps: int = 60) -> tuple[float, float]:
    """From (0, 0) to the mean of what is right of it and what is above it on the chain, again and again."""
    x = y = 0.0
    for _ in range(steps):
        right, up = _across(chain, x, y)
        x, y = (x + right) / 2, (y + up) / 2
    return x, y


def drift(chain: Sequence[Point], steps: int = 1500) -> tuple[float, float]:
    """From (0, 0) always towards (what is right, what is above), by Runge-Kutta steps, the last bit as a mean."""
    x = y = 0.0
    for _ in range(steps):
        slopes: list[tuple[float, float]] = []
        for back in (0.0, 0.005, 0.005, 0.01):
            du, dv = slopes[-1] if slopes else (0.0, 0.0)
            right, up = _across(chain, x + back * du, y + back * dv)
            slopes.append((right - x - back * du, up - y - back * dv))
        (a, e), (b, f), (c, g), (d, h) = slopes
        x, y = x + 0.01 * (a + 2 * b + 2 * c + d) / 6, y + 0.01 * (e + 2 * f + 2 * g + h) / 6
    right, up = _across(chain, x, y)
    return (x + right) / 2, (y + up) / 2


def _across(chain: Sequence[Point], x: float, y: float) -> tuple[float, float]:
    """The abscissa of a chain at height y, and its height at abscissa x; the ends beyond them."""
    right = float(chain[0][0] if y >= float(chain[0][1]) else chain[-1][0])
    up = float(chain[-1][1] if x >= float(chain[-1][0]) else chain[0][1])
    for a, b in itertools.pairwise(chain):
        if b[1] <= y < a[1]:
            right = float(a[0]) + (float(a[1]) - y) / float(a[1] - b[1]) * float(b[0] - a[0])
        if a[0] < x <= b[0]:
            up = float(a[1]) - (x - float(a[0])) / float(b[0] - a[0]) * float(a[1] - b[1])
    return max(right, x), max(up, y)


def largest_product(chain: Sequence[Point], powers: Point = (Fraction(1), Fraction(1))) -> Point:
    """The rational point of a chain with the largest (weighted) product: on each edge in closed form."""
    if not any(min(point) > 0 for point in chain) and len(chain) == 1:
        return chain[0]
    best = None
    for a, b in itertools.pairwise(chain):
        rise, fall = b[0] - a[0], a[1] - b[1]
        step = (powers[0] * rise * a[1] - powers[1] * fall * a[0]) / (rise * fall * sum(powers))
        step = min(max(step, Fraction(0)), Fraction(1))
        point = (a[0] + step * rise, a[1] - step * fall)
        if best is None or _weigh(point, powers) > _weigh(best, powers):
            best = point
    return best or chain[0]


def _weigh(point: Point, powers: Point) -> float:
    return float(point[0]) ** float(powers[0]) * float(point[1]) ** float(powers[1])
