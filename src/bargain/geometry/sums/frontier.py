"""The frontier of a sum of blocks, merged block by block, with the way back from a payoff to its agreements.

An agreement space is a sum of blocks: an agreement picks one row of every block and pays the sum of the rows. The
product of the blocks is never listed: a row that is inefficient within its block (or a partial sum that is inefficient
among partial sums) cannot be part of an efficient agreement, because adding the same rest to both keeps one dominated.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from math import prod
from operator import mul

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.attitude import Attitudes
from bargain.geometry.sums.leaves import leaves
from bargain.geometry.sums.stages import Measure, Stage, join, join_freely, renumbered
from bargain.geometry.sums.sweep import survivors

__all__ = ["Ancestry", "Frontier", "Union", "merge", "narrowed", "rows_in", "union"]

AT_ONCE = 1000
"""Up to so many sums the smallest blocks are joined in one step: sorting them costs less than another step."""

Floats = NDArray[np.float64]
Ways = dict[int, list[tuple[int, ...]]]
Ancestry = list[tuple[Stage, Ways]]
"""Stages, children first, and for every state of theirs that matters the ways to reach it."""


@dataclass(frozen=True)
class Frontier:
    """Distinct efficient payoff vectors and, for each, all the agreements that pay it.

    Attributes
    ----------
    points : (k, n) array, sorted by the first column, falling.
    top : the stage at which everything has come together; its states are the points.
    """

    points: Floats
    top: Stage

    def __len__(self) -> int:
        return len(self.points)

    @cached_property
    def lists(self) -> int:
        """How many lists of rows agreements are picked from."""
        return len(self.top.leaves)

    def count(self, index: int) -> int:
        """How many agreements pay ``points[index]``."""
        counts: dict[int, dict[int, int]] = {}
        for stage, states in self.ancestry(index):
            below = [counts.pop(id(child)) for child in stage.children]
            counts[id(stage)] = {state: _ways_below(ways, below) for state, ways in states.items()}
        return counts[id(self.top)][index]

    @cached_property
    def total(self) -> int:
        """How many agreements pay one of the points."""
        return int(_counts(self.top).sum()) if len(self) else 0

    def divided_by(self, units: Floats) -> Frontier:
        """The same frontier in other units of payoff, one divisor per player."""
        return Frontier(self.points / units, self.top)

    def worth(self, attitudes: Attitudes) -> Frontier:
        """The same frontier as payoffs after the players' attitudes to risk: efficient is what was efficient."""
        return Frontier(attitudes.worth(self.points), self.top)

    def ancestry(self, index: int) -> Ancestry:
        """All the ways to build ``points[index]``: per stage, state -> its ways."""
        found: Ancestry = []
        waiting = [(self.top, [index])]
        while waiting:
            stage, states = waiting.pop()
            ways = {state: list(stage.ways_to(state)) for state in states}
            found.append((stage, ways))
            for side, child in enumerate(stage.children):
                waiting.append((child, sorted({way[side] for some in ways.values() for way in some})))
        return found[::-1]


def _counts(stage: Stage) -> NDArray[np.object_]:
    """(s,) how many choices of rows lead to every state, as whole numbers of any size."""
    ways = np.ones(len(stage.ways[0]), dtype=object)
    for child, way in zip(stage.children, stage.ways, strict=False):
        ways = ways * _counts(child)[way]
    return np.add.reduceat(ways, stage.starts[:-1]) if len(stage) else ways


def _ways_below(ways: Sequence[tuple[int, ...]], below: Sequence[dict[int, int]]) -> int:
    if not below:
        return len(ways)
    return sum(prod(counts[state] for counts, state in zip(below, way, strict=True)) for way in ways)


def rows_in(ancestry: Ancestry, position: int) -> list[int]:
    """The rows of one list that occur in some agreement of an ancestry, rising."""
    states = next(states for stage, states in ancestry if stage.position == position)
    return sorted({row for ways in states.values() for (row,) in ways})


def narrowed(ancestry: Ancestry, position: int, allowed: Collection[int]) -> Ancestry:
    """The agreements of an ancestry that take one of the ``allowed`` rows of one list."""
    kept: dict[int, Ways] = {}
    for stage, states in ancestry:
        if position not in stage.leaves:
            continue
        if stage.position is not None:
            ways_left = {state: [way for way in ways if way[0] in allowed] for state, ways in states.items()}
        else:
            side = next(side for side, child in enumerate(stage.children) if position in child.leaves)
            alive = kept[id(stage.children[side])]
            ways_left = {state: [way for way in ways if way[side] in alive] for state, ways in states.items()}
        kept[id(stage)] = {state: ways for state, ways in ways_left.items() if ways}
    found: Ancestry = []
    wanted = {id(ancestry[-1][0]): set(ancestry[-1][1])}
    for stage, states in reversed(ancestry):
        left = kept.get(id(stage), states)
        asked = wanted[id(stage)]
        left = {state: ways for state, ways in left.items() if state in asked}
        for side, child in enumerate(stage.children):
            wanted[id(child)] = {way[side] for ways in left.values() for way in ways}
        found.append((stage, left))
    return found[::-1]


def merge(
    blocks: Sequence[Floats | Frontier], dust: Sequence[float] | None = None, largest: int | None = None
) -> Frontier:
    """The frontier of a sum of ``blocks``, each a (rows, n) array of payoffs on a common lattice.

    A block may be a frontier of its own; its lists then take its place in the count of lists. ``dust`` (n,) tells how
    far two sums may differ and still be equal; by default not at all.

    Small blocks first, because they keep the partial frontiers small; the answer does not depend on the order.

    Raises
    ------
    TooManyAgreements
        if one step would have to look at more than ``largest`` sums (see `Measure` if left out).

    >>> merge([np.array([[0.0, 3.0], [2.0, 0.0], [0.0, 0.0]]), np.array([[0.0, 1.0], [1.0, 0.0]])]).points
    array([[3., 0.],
           [2., 1.],
           [1., 3.],
           [0., 4.]])
    """
    width = blocks[0].points.shape[1] if isinstance(blocks[0], Frontier) else blocks[0].shape[1]
    measure = Measure(width, dust if dust is not None else [0.0] * width, largest=largest)
    found: dict[int, Stage] = {}
    lists, position = {}, 0
    for block in blocks:
        if isinstance(block, Frontier):
            found[position] = renumbered(block.top, position)
            position += block.lists
        else:
            lists[position] = block
            position += 1
    found.update(leaves(lists, measure))
    stages = sorted((found[position] for position in sorted(found)), key=len)
    few = max(1, sum(size <= min(AT_ONCE, measure.limit) for size in accumulate((len(stage) for stage in stages), mul)))
    total = join_freely(stages[:few], measure) if few > 1 else stages[0]
    for stage in stages[few:]:
        total = join(total, stage, (), measure)
    return Frontier(total.sums.T, total)


@dataclass(frozen=True)
class Union:
    """The frontier of a union of cases, and where each of its points comes from.

    Attributes
    ----------
    points : (k, n) the distinct payoffs that are efficient among all cases, the first column falling.
    """

    points: Floats
    _starts: NDArray[np.intp]
    _case: NDArray[np.intp]
    _place: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.points)

    def places(self, index: int) -> list[tuple[int, int]]:
        """(case, place in its frontier) of everything that pays ``points[index]``, cases in order."""
        span = slice(self._starts[index], self._starts[index + 1])
        return sorted(zip(self._case[span].tolist(), self._place[span].tolist(), strict=True))


def union(cases: Sequence[Floats], dust: Sequence[float] | None = None) -> Union:
    """The frontier of a union of ``cases``, each the (k, n) points of its own frontier.

    >>> both = union([np.array([[3.0, 0.0], [1.0, 1.0]]), np.array([[2.0, 2.0], [3.0, 0.0]])])
    >>> both.points.tolist(), both.places(0), both.places(1)
    ([[3.0, 0.0], [2.0, 2.0]], [(0, 0), (1, 1)], [(1, 0)])
    """
    points = np.concatenate(cases)
    case = np.repeat(np.arange(len(cases)), [len(some) for some in cases])
    place = np.concatenate([np.arange(len(some)) for some in cases])
    width = points.shape[1]
    found = survivors(np.ascontiguousarray(points.T), width, dust if dust is not None else [0.0] * width)
    chosen = found.candidates
    return Union(np.ascontiguousarray(found.values.T), found.starts, case[chosen], place[chosen])
