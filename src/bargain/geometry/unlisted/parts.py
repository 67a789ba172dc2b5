"""A part of the frontier of a sum of blocks, with the way back from its points to their agreements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

__all__ = ["Part", "Step", "empty_part", "grouped"]

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Marks = NDArray[np.bool_]


@dataclass(frozen=True)
class Step:
    """Distinct sums up to one block, and the pairs (sum before, row of this block) that give each.

    Attributes
    ----------
    block : position of the block.
    sums : (k, n).
    starts : (k + 1,) where the pairs of each sum start; every sum has at least one.
    before, row : the pairs.
    """

    block: int
    sums: Floats
    starts: Indices
    before: Indices
    row: Indices

    def only(self, kept: Marks) -> Step:
        """Some of the sums, (k,) marked."""
        lengths = np.diff(self.starts)
        pairs = np.repeat(kept, lengths)
        starts = np.append(0, np.cumsum(lengths[kept]))
        return Step(self.block, self.sums[kept], starts, self.before[pairs], self.row[pairs])


def grouped(block: int, sums: Floats, before: Indices, row: Indices) -> Step:
    """Pairs with equal sums put together, sums falling.

    >>> step = grouped(0, np.array([[1.0], [2.0], [1.0]]), np.array([0, 0, 1]), np.array([4, 5, 6]))
    >>> step.sums.tolist(), step.starts.tolist(), step.row.tolist()
    ([[2.0], [1.0]], [0, 1, 3], [5, 4, 6])
    """
    order = np.lexsort(tuple(-sums[:, column] for column in range(sums.shape[1] - 1, -1, -1)))
    values = sums[order]
    fresh = np.ones(len(values), dtype=bool)
    fresh[1:] = (values[1:] != values[:-1]).any(axis=1)
    starts = np.append(np.flatnonzero(fresh), len(values))
    return Step(block, values[fresh], starts, before[order], row[order])


@dataclass(frozen=True, eq=False)
class Part:
    """Some efficient payoffs and, for each, all the agreements that pay it.

    Attributes
    ----------
    points : (k, n) payoffs.
    steps : how they come about, one step per block; the sums of the last belong to the points.
    """

    points: Floats
    steps: tuple[Step, ...]

    def __len__(self) -> int:
        return len(self.points)

    def paying(self, points: Floats) -> Part:
        """The same part with payoffs in another unit."""
        return Part(points, self.steps)

    def count(self, index: int) -> int:
        """How many agreements pay ``points[index]``."""
        return int(self._counts[index])

    @cached_property
    def _counts(self) -> NDArray[np.object_]:
        counts = np.array([1], dtype=object)
        for step in self.steps:
            counts = np.add.reduceat(counts[step.before], step.starts[:-1])
        return counts

    def towards(self, indices: Sequence[int]) -> Part:
        """The part of the part that leads to some of its points, in their order."""
        kept = np.zeros(len(self.points), dtype=bool)
        kept[list(indices)] = True
        points, steps = self.points[kept], []
        for depth in range(len(self.steps) - 1, -1, -1):
            step = self.steps[depth].only(kept)
            kept = np.zeros(len(self.steps[depth - 1].sums) if depth else 1, dtype=bool)
            kept[step.before] = True
            steps.append(Step(step.block, step.sums, step.starts, np.cumsum(kept)[step.before] - 1, step.row))
        return Part(points, tuple(reversed(steps)))

    def rows_used(self, allowed: Sequence[Marks]) -> list[Marks]:
        """Rows of every block that occur in an agreement of this part made of ``allowed`` rows only."""
        alive = [np.ones(1, dtype=bool)]
        for step in self.steps:
            whole = alive[-1][step.before] & allowed[step.block][step.row]
            alive.append(np.logical_or.reduceat(whole, step.starts[:-1]))
        used = [np.zeros_like(marks) for marks in allowed]
        wanted = alive.pop()
        for step in reversed(self.steps):
            last = alive.pop()
            pairs = np.repeat(wanted, np.diff(step.starts)) & last[step.before] & allowed[step.block][step.row]
            used[step.block][step.row[pairs]] = True
            wanted = np.zeros_like(last)
            wanted[step.before[pairs]] = True
        return used


def empty_part(players: int) -> Part:
    """No points."""
    return Part(np.zeros((0, players)), ())
