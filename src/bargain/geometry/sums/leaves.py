"""The leaves of many lists at once: for a handful of rows per list the calls cost more than the comparing."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.sums.stages import Measure, Stage, leaf

__all__ = ["leaves"]

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

FEW = 64
"""Up to so many rows all pairs are compared, for all lists of a length together; longer lists are sorted one by one."""


def leaves(lists: Mapping[int, Floats], measure: Measure) -> dict[int, Stage]:
    """The stage of every list, (rows, n) payoffs by position, where no variables are shared and there are no budgets.

    >>> lists = {0: np.array([[0.0, 3.0], [2.0, 0.0], [0.0, 0.0]]), 4: np.array([[1.0, 1.0], [5.0, 0.0], [1.0, 1.0]])}
    >>> {position: found.sums.T.tolist() for position, found in leaves(lists, Measure(2, [0.0, 0.0])).items()}
    {0: [[2.0, 0.0], [0.0, 3.0]], 4: [[5.0, 0.0], [1.0, 1.0]]}
    """
    found: dict[int, Stage] = {}
    alike: dict[int, list[int]] = {}
    for position, rows in lists.items():
        alike.setdefault(len(rows), []).append(position)
    for length, positions in alike.items():
        fits = 0 < length <= FEW and measure.players > 0
        some = _together(positions, np.array([lists[p] for p in positions]), measure) if fits else None
        found.update({p: _alone(p, lists[p], measure) for p in positions} if some is None else some)
    return found


def _alone(position: int, rows: Floats, measure: Measure) -> Stage:
    nothing = np.zeros((len(rows), 0), dtype=np.intp)
    return leaf(position, np.ascontiguousarray(rows.T), (), nothing, measure)


def _together(positions: list[int], cube: Floats, measure: Measure) -> dict[int, Stage] | None:
    """The stages of ``cube`` (lists, rows, n); None where payoffs differ by dust, which is more than comparing."""
    columns = np.ascontiguousarray(cube.transpose(2, 0, 1))
    below = columns[:, :, :, None] <= columns[:, :, None, :]
    if any(measure.dust):
        near = (columns - np.array(measure.dust)[:, None, None])[:, :, :, None] <= columns[:, :, None, :]
        if np.count_nonzero(near) > np.count_nonzero(below):
            return None
    matched = np.asarray(below.all(axis=0))
    beaten = np.asarray((matched > matched.swapaxes(1, 2)).any(axis=2))
    place = (~beaten.ravel()).nonzero()[0]
    points, owner = columns.reshape(len(columns), -1).take(place, axis=1), place // cube.shape[1]
    order = np.lexsort((*-points[::-1], owner))
    return _stages(positions, points.take(order, axis=1), owner, place.take(order) - owner * cube.shape[1])


def _stages(positions: list[int], points: Floats, owner: Indices, rows: Indices) -> dict[int, Stage]:
    """The stages of sorted ``points`` (n, k): each has an owner, a place in ``positions``, and is one of its rows."""
    count = len(owner)
    fresh = np.ones(count + 1, dtype=bool)
    np.not_equal(points[0, 1:], points[0, :-1], out=fresh[1:-1])
    if np.count_nonzero(fresh) <= count:
        fresh[1:-1] = (points[:, 1:] != points[:, :-1]).any(axis=0) | (owner[1:] != owner[:-1])
    firsts = fresh.nonzero()[0]
    ends = owner.searchsorted(np.arange(len(positions) + 1))
    states, ends = firsts.searchsorted(ends).tolist(), ends.tolist()
    values, nothing = points.take(firsts[:-1], axis=1), np.empty((count, 0), dtype=np.intp)
    found = {}
    for position, (a, b), (s, t) in zip(positions, pairwise(ends), pairwise(states), strict=True):
        starts, ways, mine = firsts[s : t + 1] - a, (rows[a:b],), frozenset((position,))
        found[position] = Stage((), nothing[s:t], values[:, s:t], starts, ways, (), position, mine)
    return found
