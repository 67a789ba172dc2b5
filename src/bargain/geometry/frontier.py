"""The frontier of a sum of blocks, merged block by block, with the way back from a payoff to its agreements.

An agreement space is a sum of blocks: an agreement picks one row of every block and pays the sum of the rows. The
product of the blocks is never listed: a row that is inefficient within its block (or a partial sum that is inefficient
among partial sums) cannot be part of an efficient agreement, because adding the same rest to both keeps one dominated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bargain.errors import TooManyAgreements
from bargain.geometry.attitude import Attitudes
from bargain.geometry.lattice import settled
from bargain.geometry.pareto import efficient

__all__ = ["Ancestry", "Frontier", "merge", "usable"]

LARGEST_MERGE = 4_000_000
"""Candidate sums looked at in one step; more would take minutes."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class _Stage:
    """Distinct efficient sums up to one block, and the pairs (sum before, row of this block) that give each."""

    sums: Floats
    starts: NDArray[np.intp]
    before: NDArray[np.intp]
    row: NDArray[np.intp]

    def ways(self, index: int) -> Iterator[tuple[int, int]]:
        span = slice(self.starts[index], self.starts[index + 1])
        return zip(self.before[span].tolist(), self.row[span].tolist(), strict=True)


@dataclass(frozen=True)
class Frontier:
    """Distinct efficient payoff vectors and, for each, all the agreements that pay it.

    Attributes
    ----------
    points : (k, n) array, sorted by the first column, falling.
    """

    points: Floats
    _stages: tuple[_Stage, ...]
    _positions: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.points)

    @cached_property
    def _counts(self) -> list[list[int]]:
        counts: list[list[int]] = [[1]]
        for stage in self._stages:
            last = counts[-1]
            counts.append([sum(last[b] for b, _ in stage.ways(i)) for i in range(len(stage.sums))])
        return counts

    def count(self, index: int) -> int:
        """How many agreements pay ``points[index]``."""
        return self._counts[-1][index]

    def divided_by(self, units: Floats) -> Frontier:
        """The same frontier in other units of payoff, one divisor per player."""
        return Frontier(self.points / units, self._stages, self._positions)

    def worth(self, attitudes: Attitudes) -> Frontier:
        """The same frontier as payoffs after the players' attitudes to risk: efficient is what was efficient."""
        return Frontier(attitudes.worth(self.points), self._stages, self._positions)

    def ancestry(self, index: int) -> Ancestry:
        """All the ways to build ``points[index]``: per stage, sum -> its (sum before, row) pairs."""
        wanted, stages = {index}, []
        for stage in reversed(self._stages):
            found = {i: list(stage.ways(i)) for i in sorted(wanted)}
            stages.append(found)
            wanted = {before for ways in found.values() for before, _ in ways}
        return list(zip(self._positions, reversed(stages), strict=True))


Ancestry = list[tuple[int, dict[int, list[tuple[int, int]]]]]
"""Per stage: the position of its block, and for every sum that matters the ways to reach it."""


def usable(ancestry: Ancestry, allowed: Sequence[NDArray[np.bool_]]) -> list[set[int]]:
    """Rows of every block that occur in an agreement of this ancestry made of ``allowed`` rows only."""
    alive: list[set[int]] = [{0}]
    for position, sums in ancestry:
        mask, last = allowed[position], alive[-1]
        alive.append({i for i, ways in sums.items() if any(b in last and mask[row] for b, row in ways)})
    rows: list[set[int]] = [set() for _ in ancestry]
    wanted = alive[-1]
    for depth in range(len(ancestry) - 1, -1, -1):
        position, sums = ancestry[depth]
        ways = [way for i in wanted for way in sums[i] if way[0] in alive[depth] and allowed[position][way[1]]]
        rows[position].update(row for _, row in ways)
        wanted = {before for before, _ in ways}
    return rows


def merge(blocks: Sequence[Floats], dust: Sequence[float] | None = None) -> Frontier:
    """The frontier of a sum of ``blocks``, each a (rows, n) array of payoffs on a common lattice.

    ``dust`` (n,) tells how far two sums may differ and still be equal; by default not at all.

    Small blocks first, because they keep the partial frontiers small; the answer does not depend on the order.

    Raises
    ------
    TooManyAgreements
        if one step would have to look at more than `LARGEST_MERGE` sums.

    >>> merge([np.array([[0.0, 3.0], [2.0, 0.0], [0.0, 0.0]]), np.array([[0.0, 1.0], [1.0, 0.0]])]).points
    array([[3., 0.],
           [2., 1.],
           [1., 3.],
           [0., 4.]])
    """
    order = sorted(range(len(blocks)), key=lambda position: len(blocks[position]))
    sums = np.zeros((1, blocks[0].shape[1]))
    dust = dust if dust is not None else [0.0] * sums.shape[1]
    stages = []
    for position in order:
        stage = _next_stage(sums, blocks[position], dust)
        stages.append(stage)
        sums = stage.sums
    return Frontier(sums, tuple(stages), tuple(order))


def _next_stage(sums: Floats, block: Floats, dust: Sequence[float]) -> _Stage:
    rows = np.flatnonzero(efficient(_without_dust(block, dust)))
    if len(sums) * len(rows) > LARGEST_MERGE:
        raise TooManyAgreements(
            f"the efficient agreements of {len(sums)} x {len(rows)} partial packages are too many to list; "
            "use fewer options per issue, a larger step, or fewer signatories"
        )
    candidates = _without_dust((sums[:, None, :] + block[rows][None, :, :]).reshape(-1, block.shape[1]), dust)
    kept = np.flatnonzero(efficient(candidates))
    order = np.lexsort(tuple(-candidates[kept, axis] for axis in range(block.shape[1] - 1, -1, -1)))
    kept = kept[order]
    values = candidates[kept]
    fresh = np.r_[True, (values[1:] != values[:-1]).any(axis=1)] if len(kept) else np.zeros(0, dtype=bool)
    starts = np.r_[np.flatnonzero(fresh), len(kept)]
    return _Stage(values[fresh], starts, kept // len(rows), rows[kept % len(rows)])


def _without_dust(points: Floats, dust: Sequence[float]) -> Floats:
    """Points with payoffs that differ by dust made equal, player by player."""
    if not any(dust):
        return points
    return np.column_stack([settled(points[:, column], allowed) for column, allowed in enumerate(dust)])
