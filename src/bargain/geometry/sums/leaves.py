"""The leaves of many lists at once: for a handful of rows per list the calls cost more than the comparing."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.sums.stages import Measure, Stage, leaf

__all__ = ["leaves"]

Floats = NDArray[np.float64]

FEW = 64
"""Up to so many rows all pairs are compared, for all lists of that length together; longer lists are sorted one by one."""


def leaves(lists: Mapping[int, Floats], measure: Measure) -> list[Stage]:
    """The stage of every list, (rows, n) payoffs by position, where no variables are shared and there are no budgets.

    >>> lists = {0: np.array([[0.0, 3.0], [2.0, 0.0], [0.0, 0.0]]), 4: np.array([[1.0, 1.0], [5.0, 0.0], [1.0, 1.0]])}
    >>> [(found.position, found.sums.T.tolist()) for found in leaves(lists, Measure(2, [0.0, 0.0]))]
    [(0, [[2.0, 0.0], [0.0, 3.0]]), (4, [[5.0, 0.0], [1.0, 1.0]])]
    """
    found: list[Stage] = []
    alike: dict[int, list[int]] = {}
    for position, rows in lists.items():
        alike.setdefault(len(rows), []).append(position)
    for length, positions in alike.items():
        alone = set(positions)
        if 0 < length <= FEW and len(positions) > 1 and measure.players > 1:
            cube = np.array([lists[position] for position in positions])
            clear = _clear(cube, measure)
            some = [position for position, far in zip(positions, clear, strict=True) if far]
            found += _leaves_of(some, cube if len(some) == len(cube) else cube[clear])
            alone -= set(some)
        found += [_alone(position, lists[position], measure) for position in sorted(alone)]
    return sorted(found, key=lambda stage: stage.position or 0)


def _alone(position: int, rows: Floats, measure: Measure) -> Stage:
    nothing = np.zeros((len(rows), 0), dtype=np.intp)
    return leaf(position, np.ascontiguousarray(rows.T), (), nothing, measure)


def _clear(cube: Floats, measure: Measure) -> NDArray[np.bool_]:
    """(lists,) whether no two payoffs of a player differ by dust: they are equal, or truly apart."""
    if not any(measure.dust):
        return np.ones(len(cube), dtype=bool)
    rising = np.sort(cube, axis=1)
    apart = rising[:, 1:] - rising[:, :-1]
    return np.asarray(~((apart > 0) & (apart <= np.asarray(measure.dust))).any(axis=(1, 2)))


def _leaves_of(positions: list[int], cube: Floats) -> list[Stage]:
    """The stages of ``cube`` (lists, rows, n), which has no dust."""
    if not positions:
        return []
    matched = np.ones((len(cube), cube.shape[1], cube.shape[1]), dtype=bool)
    for column in np.moveaxis(cube, 2, 0):
        matched &= column[:, :, None] <= column[:, None, :]
    owner, row = (~(matched > matched.swapaxes(1, 2)).any(axis=2)).nonzero()
    points = cube[owner, row].T
    order = np.lexsort((*-points[::-1], owner))
    points, row = points.take(order, axis=1), row.take(order)
    fresh = (points[:, 1:] != points[:, :-1]).any(axis=0) | (owner[1:] != owner[:-1])
    firsts = np.flatnonzero(np.concatenate([[True], fresh]))
    ends = owner.searchsorted(np.arange(len(cube) + 1)).tolist()
    states = firsts.searchsorted(ends).tolist()
    values, firsts = points.take(firsts, axis=1), np.append(firsts, len(row))
    return [
        Stage(
            (),
            np.empty((t - s, 0), dtype=np.intp),
            values[:, s:t],
            firsts[s : t + 1] - a,
            (row[a:b],),
            position=position,
            leaves=frozenset({position}),
        )
        for position, (a, b), (s, t) in zip(positions, pairwise(ends), pairwise(states), strict=True)
    ]
