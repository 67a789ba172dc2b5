"""The part of a frontier that reaches a level, listed block by block without the rest.

Prices tell what cannot matter. At given prices a row costs what it is worth less than the dearest row of its block, and
an agreement that reaches the level can afford no more than the slack: the worth of the dearest agreement less what the
level costs. Rows beyond the slack are dropped (reduced-cost fixing), and the rest is merged as in `frontier`, dropping
partial sums that have spent the slack at some of the prices, or cannot reach what a player must have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.lattice import settled
from bargain.geometry.pareto import efficient
from bargain.geometry.unlisted.aims import Aim
from bargain.geometry.unlisted.parts import Part, Step, empty_part, grouped
from bargain.geometry.unlisted.relaxation import Blocks

__all__ = ["Listing", "Space", "list_part", "promising"]

Floats = NDArray[np.float64]

MARGIN = 1e-11
"""Share of the numbers compared by which comparisons of floats are loosened: what is in doubt is kept."""
SHORT = 64
"""Rows of blocks that are compared pair by pair."""
CHUNK = 20_000
"""Partial sums whose prices are looked at in one go."""
LONG = 10
"""Partial sums of all steps together, in units of those of one step, after which a listing is given up."""
CROWDED = 3_000
"""From so many partial sums on it pays to drop those that are inefficient."""


@dataclass(frozen=True)
class Space:
    """A sum of blocks, with the unit in which it is searched.

    Attributes
    ----------
    blocks : per block its (k, n) promising rows, in whole lattice units.
    originals : per block which rows of the full block these are.
    scale : (n,) what a lattice unit is in the unit of the search; payoffs there are of about unit size.
    dust : (n,) lattice units within which sums are equal.
    """

    blocks: tuple[Floats, ...]
    originals: tuple[NDArray[np.intp], ...]
    scale: Floats
    dust: tuple[float, ...]

    @cached_property
    def scaled(self) -> Blocks:
        """All rows in the unit of the search."""
        stacked = Blocks.stacked(self.blocks)
        return Blocks(stacked.rows * self.scale, stacked.starts)

    def supported(self, prices: Floats) -> Floats:
        """(p, n) the sums that are worth most at (p, n) prices per unit of the search."""
        worth = np.split(self.scaled.rows @ prices.T, self.scaled.starts[1:])
        pairs = zip(self.blocks, worth, strict=True)
        return np.asarray(np.sum([block[values.argmax(axis=0)] for block, values in pairs], axis=0))


@dataclass(frozen=True)
class Listing:
    """Efficient sums that reach a level.

    Attributes
    ----------
    part : the sums in lattice units, with the way back to their rows.
    complete : False if there were too many partial sums and the less promising were left out.
    """

    part: Part
    complete: bool


def promising(blocks: Sequence[Floats], dust: Sequence[float]) -> list[NDArray[np.intp]]:
    """Per block the rows that can be part of an efficient sum: no other row of the block is better by more than dust.

    Short blocks of the same length are looked at together.

    >>> [rows.tolist() for rows in promising([np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])], [0.0, 0.0])]
    [[0, 1]]
    """
    found = [np.zeros(0, dtype=np.intp)] * len(blocks)
    for length in {len(block) for block in blocks}:
        alike = [position for position, block in enumerate(blocks) if len(block) == length]
        if length > SHORT:
            marks = [efficient(without_dust(blocks[position], dust)) for position in alike]
        else:
            rows = np.array([blocks[position] for position in alike])
            better = rows[:, None, :, :] - rows[:, :, None, :]
            marks = list(~((better >= 0).all(axis=3) & (better > dust).any(axis=3)).any(axis=2))
        for position, kept in zip(alike, marks, strict=True):
            found[position] = np.flatnonzero(kept)
    return found


def list_part(space: Space, aim: Aim, level: float, prices: Floats, most: int, *, anyhow: bool) -> Listing:
    """All efficient sums that reach ``level``, and perhaps some that nearly do.

    Parameters
    ----------
    prices : (p, n) prices, per unit of the search; the more of them, the fewer partial sums are looked at.
    most : partial sums that are kept at most.
    anyhow : go on with the most promising ``most`` where there are more, rather than give up.
    """
    fixed = _Fixed(space, aim, level, prices)
    if fixed.hopeless:
        return Listing(empty_part(len(space.scale)), complete=True)
    return _Merge(space, fixed, most, anyhow).run()


class _Fixed:
    """Rows that can be part of a sum that reaches the level."""

    def __init__(self, space: Space, aim: Aim, level: float, prices: Floats) -> None:
        blocks = space.scaled
        self.least = aim.least(level)
        worth = blocks.rows @ prices.T
        size = np.abs(worth).max(axis=0)
        need = aim.cost(prices, level)
        self.margin = MARGIN * (np.abs(need) + blocks.highest(np.abs(worth)).sum(axis=0) + size)
        self.alive = np.ones(len(worth), dtype=bool)
        while True:
            top = blocks.highest(np.where(self.alive[:, None], worth, -np.inf))
            self.slack = top.sum(axis=0) - need + self.margin
            self.loss = blocks.spread(top) - worth
            kept = self.alive & (self.loss <= self.slack).all(axis=1)
            per_block = blocks.summed(kept.astype(float))
            self.hopeless = bool((self.slack < 0).any() or (per_block == 0).any())
            if self.hopeless or (kept == self.alive).all():
                break
            self.alive = kept


class _Merge:
    """Partial sums, the most restless blocks first: what small blocks can still change is then soon very little.

    Every partial sum carries its losses at all prices. Blocks whose rows that are left are equal come before all.
    """

    def __init__(self, space: Space, fixed: _Fixed, most: int, anyhow: bool) -> None:
        self.space, self.fixed, self.most, self.anyhow = space, fixed, most, anyhow
        self.rows = [np.flatnonzero(alive) for alive in np.split(fixed.alive, space.scaled.starts[1:])]
        self.sums = np.zeros((1, len(space.scale)))
        self.losses = np.zeros((1, len(fixed.slack)))
        self.steps: list[Step] = []
        self.complete = True
        self.work = 0

    def run(self) -> Listing:
        """Add all blocks, then drop what is inefficient."""
        blocks = [block[rows] for block, rows in zip(self.space.blocks, self.rows, strict=True)]
        spans = [float((np.ptp(block, axis=0) * self.space.scale).sum()) for block in blocks]
        order = sorted(range(len(blocks)), key=lambda b: (spans[b] > 0, -spans[b]))
        rest = np.sum([block.max(axis=0) for block in blocks], axis=0)
        for b in order:
            rest = rest - blocks[b].max(axis=0)
            if spans[b] == 0:
                self._add_settled(b, blocks[b])
            else:
                self._add(b, blocks[b], rest)
            if not len(self.sums):
                return Listing(empty_part(len(self.space.scale)), self.complete)
        last = self.steps[-1]
        values = without_dust(last.sums, self.space.dust)
        lengths = np.diff(last.starts)
        good = np.repeat(efficient(values), lengths)
        member = np.repeat(np.arange(len(values)), lengths)[good]
        self.steps[-1] = grouped(last.block, values[member], last.before[good], last.row[good])
        return Listing(Part(self.steps[-1].sums, tuple(self.steps)), self.complete)

    def _add_settled(self, b: int, block: Floats) -> None:
        rows = self.space.originals[b][self.rows[b]]
        self.sums = self.sums + block[0]
        self.steps.append(Step(b, self.sums, np.array([0, len(rows)]), np.zeros(len(rows), dtype=np.intp), rows))

    def _add(self, b: int, block: Floats, rest: Floats) -> None:
        """Add one block: pairs within the first slack, enough for everybody, within every slack."""
        loss = self.fixed.loss[self.space.scaled.starts[b] + self.rows[b]]
        slack = self.fixed.slack
        before, row = np.nonzero(self.losses[:, :1] + loss[:, 0] <= slack[0])
        sums = self.sums[before] + block[row]
        lowest = self.fixed.least - rest * self.space.scale
        enough = (sums * self.space.scale >= lowest - MARGIN * (np.abs(self.fixed.least) + 1)).all(axis=1)
        before, row, sums = before[enough], row[enough], sums[enough]
        affordable = [
            (self.losses[before[at : at + CHUNK]] + loss[row[at : at + CHUNK]] <= slack).all(axis=1)
            for at in range(0, len(sums), CHUNK)
        ]
        kept = np.concatenate(affordable) if affordable else np.zeros(0, dtype=bool)
        if kept.sum() > CROWDED:
            kept[kept] = efficient(without_dust(sums[kept], self.space.dust))
        before, row, sums = before[kept], row[kept], sums[kept]
        step = grouped(b, sums, before, row)
        firsts = step.starts[:-1]
        losses = self.losses[step.before[firsts]] + loss[step.row[firsts]]
        self.work += len(step.sums)
        if len(step.sums) > self.most or (self.work > LONG * self.most and not self.anyhow):
            self.complete = False
            spent = (losses / slack).max(axis=1)
            best = np.zeros(len(spent), dtype=bool)
            best[np.argsort(spent, kind="stable")[: self.most if self.anyhow else 0]] = True
            step, losses = step.only(best), losses[best]
        self.sums, self.losses = step.sums, losses
        self.steps.append(replace(step, row=self.space.originals[b][self.rows[b]][step.row]))


def without_dust(points: Floats, dust: Sequence[float]) -> Floats:
    """Payoffs that differ by dust made equal, player by player."""
    if not any(dust):
        return points
    return np.column_stack([settled(points[:, column], allowed) for column, allowed in enumerate(dust)])
