"""The agreements that reach the highest level of an aim, found without listing the frontier.

1. The best lottery bounds the level, and its prices (and some beside them) bound what any partial sum can come to.
2. Levels below the bound are tried, with few partial sums: either nothing reaches a level, and the bound falls, or
   something does.
3. Everything that reaches the best level found is listed. If that is complete, it holds the answer and all its ties.
4. If there is too much of it, an integer programme settles the level as far as it can.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.aims import Aim
from bargain.geometry.choice import Pick
from bargain.geometry.fixing import Part, Space, nothing, part_of
from bargain.geometry.frontier import Frontier
from bargain.geometry.programme import solve_programme

__all__ = ["Found", "pursue"]

Floats = NDArray[np.float64]

FEW = 300
"""Partial sums followed while a good level is looked for."""
MANY = 100_000
"""Partial sums followed to list everything that reaches a level; more would take minutes."""
WIDER = 2.5
"""How much further below the bound the next level is tried."""
TRIALS = 40
"""Levels tried at most; by then the gap is far beyond any payoff."""
BESIDE = (0.01, 0.03, 0.1, 0.3, 1.0)
"""Relative changes of single prices; each bounds partial sums that favour some players in its own way."""


@dataclass(frozen=True)
class Found:
    """How far an aim was reached.

    Attributes
    ----------
    level : the highest level found; minus infinity if nothing was found.
    bound : no agreement reaches more.
    part : efficient sums down to the level less the tie, complete; None if there are too many to list.
    sample : sums met on the way, of which the best reaches the level.
    pick : where the best stands if the integer programme found it.
    """

    level: float
    bound: float
    part: Frontier | None
    sample: Frontier
    pick: tuple[Floats, Pick] | None = None

    @property
    def gap(self) -> float:
        """How much higher the level could be, for all that is known."""
        return max(self.bound - self.level, 0.0)


def pursue(space: Space, aim: Aim, known: Floats, tie: float, *, most: int = MANY) -> Found:
    """The highest level of an aim, and everything within ``tie`` of it.

    Parameters
    ----------
    known : (k, n) payoffs of some agreements, in the unit of the search; the better, the faster.
    most : partial sums followed to list everything; where the level is certain, a tenth of it.
    """
    search = _Pursuit(space, aim, known, tie)
    if search.bound == -np.inf:
        return search.found(Part(search.sample, complete=True))
    part = search.approach()
    if part is not None:
        return search.found(part)
    certain = search.bound - search.level <= tie
    if search.level > -np.inf:
        part, top = search.listed(search.level - tie, most // 10 if certain else most, anyhow=False)
        search.level = max(search.level, top)
        if part.complete:
            return search.found(part)
    return Found(search.level, search.level, None, search.sample) if certain else search.programmed()


def reachable(space: Space, aim: Aim, known: Floats, tie: float) -> Found:
    """The highest level of an aim; no more is listed than it takes to be certain."""
    search = _Pursuit(space, aim, known, tie)
    if search.bound - search.level <= tie:
        return Found(search.level, search.level, None, search.sample)
    return pursue(space, aim, known, tie)


def beside(prices: Floats) -> Floats:
    """(p, n) prices, and some that make one player's payoff cheaper or dearer."""
    step = np.where(prices > 0, prices, prices.mean())
    found = [prices]
    for share in BESIDE:
        for player, much in enumerate(step):
            one = np.zeros_like(prices)
            one[player] = much
            found += [prices + share * one, np.maximum(prices - share / (1 + share) * one, 0.0)]
    return np.unique(np.array(found), axis=0) if (prices == 0).any() else np.array(found)


class _Pursuit:
    """The state of a pursuit."""

    def __init__(self, space: Space, aim: Aim, known: Floats, tie: float) -> None:
        self.space, self.aim, self.tie = space, aim, tie
        levels = aim.levels(known) if len(known) else np.array([-np.inf])
        self.level = float(levels.max())
        near = known[int(levels.argmax())] if self.level > -np.inf else None
        self.prices = beside(aim.relaxed(space.scaled, near).prices)
        worth = space.scaled.highest(space.scaled.rows @ self.prices.T).sum(axis=0)
        self.bound = aim.bound(self.prices, worth)
        self.sample = nothing(len(space.scale))

    def listed(self, level: float, most: int, *, anyhow: bool) -> tuple[Part, float]:
        """What reaches a level, and the highest level in it."""
        part = part_of(self.space, self.aim, level, self.prices, most, anyhow=anyhow)
        top = float(self.aim.levels(part.frontier.points * self.space.scale).max(initial=-np.inf))
        if top > self.level:
            self.sample = part.frontier
        return part, top

    def found(self, part: Part) -> Found:
        """The listed answer."""
        return Found(self.level, self.level, part.frontier, self.sample)

    def approach(self) -> Part | None:
        """Try levels below the bound until one is reached and no better one is found with few partial sums."""
        gap = self.aim.first_gap
        for _ in range(TRIALS):
            aimed = max(self.bound - gap, self.level) - self.tie
            part, top = self.listed(aimed, FEW, anyhow=True)
            better = top > self.level
            self.level = max(self.level, top)
            if part.complete and self.level - self.tie >= aimed:
                return part
            if part.complete:
                self.bound = min(self.bound, max(aimed, self.level))
            elif not better and self.level >= self.bound - gap:
                return None
            gap = self.bound - self.level if better else gap * WIDER
        return part if part.complete else None

    def programmed(self) -> Found:
        """What the integer programme makes of it; its level may show that little is left to list."""
        solved = solve_programme(self.space.scaled, self.aim)
        bound = max(min(self.bound, solved.bound), self.level)
        if solved.taken is None:
            return Found(self.level, bound, None, self.sample)
        sums = np.concatenate(self.space.blocks)[solved.taken].sum(axis=0)
        level = float(self.aim.levels((sums * self.space.scale)[None])[0])
        if level <= self.level:
            return Found(self.level, bound, None, self.sample)
        self.level = level
        part, top = self.listed(level - self.tie, MANY, anyhow=False)
        if part.complete:
            self.level = max(level, top)
            return self.found(part)
        rows = solved.taken - self.space.scaled.starts
        picked = Pick(tuple(int(o[r]) for o, r in zip(self.space.originals, rows, strict=True)))
        return Found(level, max(bound, level), None, self.sample, (sums, picked))
