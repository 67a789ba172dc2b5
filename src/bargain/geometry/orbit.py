"""From disagreement to the border, always towards the ideal point seen from where one stands.

A standing point x moves by ``x' = a(x) - x``, ``a_i(x)`` being player i's best payoff among those that leave nobody
below x. On a polygon both coordinates of ``a`` are linear between corners, so that the path has a closed form from one
corner to the next; elsewhere it is integrated numerically. In steps, x jumps to the mean of ``(a_i(x), x_-i)`` instead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, expm1, sqrt

import numpy as np
from numpy.typing import NDArray

__all__ = ["Walk", "follow", "follow_polygon", "jump"]

Floats = NDArray[np.float64]
Ideal = Callable[[Floats], Floats]

ARRIVED = 1e-12
"""Hopes below this share of the first ones are rounding."""
NEAR = 1e-5
"""Hopes below this share of the first ones are small enough to end a path with jumps: what a jump misses on a curved
border is of second order."""
LOCAL_ERROR = 3e-11
"""Error allowed in one step of integration, as a share of the first hopes."""
MATCHED = 1e-9
"""How closely the ideal point has to follow straight lines for a path to be known to its end."""
LOOK = 5
"""Steps between two attempts to see the rest of the path at once."""
LONGEST = 60.0
"""Times the rate at which hope falls, after which nothing moves any more in double precision."""
SHORTEST = 1e-9
"""A step this short means that rounding has put the path on the border."""
MOST_STEPS = 4000
HALVINGS = 70


@dataclass(frozen=True, eq=False)
class Walk:
    """Where a walk ends, the points it stood at, and the accuracy of the end as a share of the first hopes."""

    end: Floats
    path: Floats
    residual: float


def _of_movers(ideal: Ideal, start: Floats, dust: Floats | float) -> Ideal:
    """The same for those who can gain more than rounding; the others stay, for hopes never grow on the way."""
    still = ideal(start) - start <= dust
    return lambda x: np.where(still, x, ideal(x))


def jump(ideal: Ideal, start: Floats, dust: Floats | float = 0.0) -> Walk:
    """In steps: to the mean of the points at which one player has its best and the others stay as they are.

    First hopes up to ``dust``, a number or (n,), count as none.

    >>> half_plane = lambda x: 1 - x[::-1] / 2  # u_1 + u_2 / 2 <= 1 and u_2 + u_1 / 2 <= 1
    >>> jump(half_plane, np.zeros(2)).end.round(9)
    array([0.66666667, 0.66666667])
    """
    x, path, ideal = start, [start], _of_movers(ideal, start, dust)
    hope = np.maximum(ideal(x) - x, 0.0)
    first = np.where(hope > 0, hope, 1.0)
    while (left := float((hope / first).max())) > ARRIVED and len(path) < MOST_STEPS:
        x = x + hope / len(x)
        path.append(x)
        hope = np.maximum(ideal(x) - x, 0.0)
        if (hope / first).max() >= left:
            break  # rounding: nothing gets nearer any more
    return Walk(x, np.array(path), float((hope / first).max()))


def follow(ideal: Ideal, start: Floats, dust: Floats | float = 0.0) -> Walk:
    """Continuously, by the method of Dormand and Prince (1980) with steps fitted to the error.

    Where the rest of the path keeps to one flat piece of the border, it is known at once (`_leap`); else the last bit
    is done in jumps. First hopes up to ``dust``, a number or (n,), count as none.

    >>> simplex = lambda x: x + (1 - x @ [1, 2, 3]) / np.array([1, 2, 3])
    >>> follow(simplex, np.zeros(3)).end.round(9)
    array([0.33333333, 0.16666667, 0.11111111])
    """
    ideal = _of_movers(ideal, start, dust)
    x, path, error, step, look = start, [start], 0.0, 0.05, 1
    speed = np.maximum(ideal(x) - x, 0.0)
    first = np.where(speed > 0, speed, 1.0)
    for _ in range(MOST_STEPS):
        if (speed / first).max() <= NEAR or step < SHORTEST:
            break
        if len(path) == look:
            look += LOOK
            limit = _leap(ideal, x, speed, first)
            if limit is not None:
                return Walk(limit, np.array([*path, limit]), max(error, MATCHED))
        move, missed, after = _step(ideal, x, speed, step)
        if not np.isfinite(after).all():  # beyond the border
            step /= 5
            continue
        share = float((np.abs(missed) / first).max())
        if share <= LOCAL_ERROR or step < 1e-7:
            x, speed, error = x + move, after, error + share
            path.append(x)
        step *= float(np.clip(0.9 * (LOCAL_ERROR / max(share, 1e-300)) ** 0.2, 0.2, 5.0))
    last = jump(ideal, x)
    hope = float((speed / first).max())
    return Walk(last.end, np.array([*path, last.end]), max(error, hope**2, last.residual))


def _leap(ideal: Ideal, x: Floats, speed: Floats, first: Floats) -> Floats | None:
    """The limit of the path, if the ideal point is a linear function of where one stands on all the rest of it.

    The slopes are taken from x, for those who can still gain; whether they hold is seen at eight later points of the
    path and at its end. Where they do not, such a point may lie beyond the border: its ideal point is minus infinity.
    """
    slopes = np.zeros((len(x), len(x)))
    for mover in np.flatnonzero(speed > 0):
        shift = np.where(np.arange(len(x)) == mover, speed / 10, 0.0)
        slopes[:, mover] = (ideal(x + shift) - x - speed) / shift[mover]
    if not np.isfinite(slopes).all():
        return None
    for time in (0.2, 0.7, 2.0, 4.0, 7.0, 10.0, 14.0, 19.0, LONGEST):
        later = x + _integrated(slopes - np.eye(len(x)), speed, time)
        wrong = ideal(later) - x - speed - slopes @ (later - x)
        if (np.abs(wrong) > MATCHED * first).any():
            return None
    hope = ideal(later) - later
    return later if (np.abs(hope) <= MATCHED * first).all() else None


def _integrated(rate: Floats, speed: Floats, time: float) -> Floats:
    """The integral of ``exp(rate t) speed`` up to a time: a corner of one larger exponential, by squaring."""
    n = len(speed)
    matrix = np.zeros((n + 1, n + 1))
    matrix[:n, :n], matrix[:n, n] = rate * time, speed * time
    squarings = max(0, int(np.ceil(np.log2(max(np.abs(rate).sum(axis=1).max() * time, 1e-300)))) + 3)
    matrix /= 2.0**squarings
    power, total = np.eye(n + 1), np.eye(n + 1)
    for order in range(1, 16):
        power = power @ matrix / order
        total = total + power
    for _ in range(squarings):
        total = total @ total
    return np.asarray(total[:n, n])


NODES = (
    (1 / 5,),
    (3 / 40, 9 / 40),
    (44 / 45, -56 / 15, 32 / 9),
    (19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729),
    (9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656),
    (35 / 384, 0.0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84),
)
FOURTH = (71 / 57600, 0.0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40)
"""The coefficients of the method: stages, of which the last is the result, and the difference to one order less."""


def _step(ideal: Ideal, x: Floats, speed: Floats, step: float) -> tuple[Floats, Floats, Floats]:
    """One step: how far it goes, how much that may be wrong, and the speed at its end.

    The speed is infinite if a stage lies beyond the border, where the ideal point is minus infinity.
    """
    speeds, move = [speed], np.zeros_like(x)
    for weights in NODES:
        move = step * sum((w * s for w, s in zip(weights, speeds, strict=True)), np.zeros_like(x))
        hope = ideal(x + move) - x - move
        if np.isneginf(hope).any():
            return move, move, np.full_like(x, np.inf)
        speeds.append(np.maximum(hope, 0.0))
    missed = step * sum((w * s for w, s in zip(FOURTH, speeds, strict=True)), np.zeros_like(x))
    return move, missed, speeds[-1]


REACHED = 1e-12
"""A level counts as reached this near to it, as a share of the border's extent: of two edges that meet, the corner is
the limit of the formula, and rounding puts it on either side of the level."""


def follow_polygon(border: Floats, start: Floats) -> Walk:
    """Continuously, between two players: in closed form from corner to corner.

    Parameters
    ----------
    border : (v, 2) corners from the first player's best point to the second's, the first's payoff falling.
    start : (2,) where the walk begins, below the border.

    >>> follow_polygon(np.array([[4.0, 0.0], [2.0, 3.0], [0.0, 4.0]]), np.zeros(2)).end.round(6)
    array([2.260996, 2.608507])
    """
    x, path = start.astype(float), [start.astype(float)]
    right, left = _edge_at(border[:, 1], x[1]), len(border) - 2 - _edge_at(border[::-1, 0], x[0])
    while right < left:
        stretch = _Stretch(border, right, left, x)
        level = stretch.levels
        x, passed = stretch.run()
        path.append(x)
        if not passed:
            return Walk(x, np.array(path), 0.0)
        right += int(x[1] >= level[1] - stretch.tie[1])
        left -= int(x[0] >= level[0] - stretch.tie[0])
    if 0 <= right == left < len(border) - 1:
        x = (x + _across(border[right], border[right + 1], x)) / 2
        path.append(x)
    return Walk(x, np.array(path), 0.0)


def _edge_at(heights: Floats, level: float) -> int:
    """The edge on which rising ``heights`` pass ``level``; -1 below the first."""
    return int(np.searchsorted(heights, level, side="right")) - 1


def _across(p: Floats, q: Floats, x: Floats) -> Floats:
    """(2,) the payoffs on the line through p and q at the height of x, and above x."""
    slope = (q[1] - p[1]) / (q[0] - p[0])
    return np.array([p[0] + (x[1] - p[1]) / slope, p[1] + (x[0] - p[0]) * slope])


class _Stretch:
    """The path while both coordinates of the ideal point stay on their edges: ``x'' = -M x'``, M = [[1, b], [c, 1]]."""

    def __init__(self, border: Floats, right: int, left: int, x: Floats) -> None:
        """``right`` is the edge at the height of x, ``left`` the one above it; -1 and v - 1 stand for the flat ends."""
        top = len(border) - 1
        a, self.b = _ideal(border[right], border[right + 1], x, 0) if right >= 0 else (border[0, 0], 0.0)
        k, self.c = _ideal(border[left], border[left + 1], x, 1) if left < top else (border[-1, 1], 0.0)
        self.x, self.speed = x, np.array([a, k]) - x
        self.levels = np.array([border[left, 0], border[right + 1, 1]])
        self.tie = REACHED * np.ptp(border, axis=0)

    def at(self, time: float) -> Floats:
        """Where the path is after some time: the integral of ``exp(-t) (cosh(rt) - sinh(rt)/r N) x'(0)``."""
        r = sqrt(self.b * self.c)
        slow, fast = _decayed(1 - r, time), _decayed(1 + r, time)
        even = (slow + fast) / 2
        odd = (slow - fast) / (2 * r) if r > 1e-6 else 1 - exp(-time) * (1 + time)
        crossed = np.array([self.b * self.speed[1], self.c * self.speed[0]])
        return np.asarray(self.x + even * self.speed - odd * crossed)

    def run(self) -> tuple[Floats, bool]:
        """The first point at which a coordinate reaches its level, or the limit, if none ever does.

        Beyond a level the formula goes on along the wrong lines: it may pass a corner and come back to it from behind.
        """
        low, high = 0.0, LONGEST
        nearly = self.levels - self.tie
        if not (self.at(high) >= nearly).any():
            return self.at(high), False
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            low, high = (low, middle) if (self.at(middle) >= nearly).any() else (middle, high)
        return np.minimum(self.at(high), self.levels), True


def _ideal(p: Floats, q: Floats, x: Floats, player: int) -> tuple[float, float]:
    """The payoff of a player on an edge while the other keeps that of x, and by how much it falls in the other's."""
    other = 1 - player
    fall = -(q[player] - p[player]) / (q[other] - p[other])
    return float(p[player] - fall * (x[other] - p[other])), float(fall)


def _decayed(rate: float, time: float) -> float:
    """The integral of ``exp(-rate t)``."""
    return time if abs(rate) < 1e-14 else -expm1(-rate * time) / rate
