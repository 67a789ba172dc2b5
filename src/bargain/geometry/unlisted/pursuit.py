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

from bargain.geometry.choice import Pick
from bargain.geometry.unlisted.aims import Aim
from bargain.geometry.unlisted.fixing import Listing, Space, list_part
from bargain.geometry.unlisted.parts import Part, empty_part
from bargain.geometry.unlisted.programme import solve_programme

__all__ = ["Found", "Search", "beside", "pursue", "reachable"]

Floats = NDArray[np.float64]

FEW = 300
"""Partial sums followed while a good level is looked for."""
MORE = 5_000
"""Partial sums followed to improve on a level where not everything can be listed."""
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
    part: Part | None
    sample: Part
    pick: tuple[Floats, Pick] | None = None

    @property
    def gap(self) -> float:
        """How much higher the level could be, for all that is known."""
        return max(self.bound - self.level, 0.0)


def pursue(space: Space, aim: Aim, known: Floats, tie: float) -> Found:
    """The highest level of an aim, and everything within ``tie`` of it.

    Parameters
    ----------
    known : (k, n) payoffs of some agreements, in the unit of the search; the better, the faster.
    """
    return _pursued(Search(space, aim, known, tie))


def reachable(space: Space, aim: Aim, known: Floats, tie: float, enough: float = np.inf) -> Found:
    """The highest level of an aim, or the first found that is ``enough``; no more is listed than that takes."""
    search = Search(space, aim, known, tie, enough)
    return search.found(None, search.bound) if search.done else _pursued(search)


def _pursued(search: Search) -> Found:
    if search.bound == -np.inf:
        return search.found(search.sample, -np.inf)
    part = search.approach()
    if part is not None:
        return search.found(part, search.level)
    if search.level > -np.inf and not search.done:
        most = search.aim.most_ties if search.certain else MANY
        listing = search.listed(search.level - search.tie, most, anyhow=False)
        if listing.complete:
            return search.found(listing.part, search.level)
    if search.certain or search.done:
        return search.found(None, search.level if search.certain else search.bound)
    return search.programmed()


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


class Search:
    """The state of a pursuit."""

    def __init__(self, space: Space, aim: Aim, known: Floats, tie: float, enough: float | None = None) -> None:
        self.space, self.aim, self.tie, self.enough = space, aim, tie, enough
        levels = aim.levels(known) if len(known) else np.array([-np.inf])
        self.level = float(levels.max())
        near = known[int(levels.argmax())] if self.level > -np.inf else None
        self.prices = beside(aim.relaxed(space.scaled, near).prices)
        worth = space.scaled.highest(space.scaled.rows @ self.prices.T).sum(axis=0)
        self.bound = aim.bound(self.prices, worth)
        self.sample = empty_part(len(space.scale))

    @property
    def certain(self) -> bool:
        """Whether the level is the highest."""
        return self.bound - self.level <= self.tie

    @property
    def done(self) -> bool:
        """Whether no more was asked for than is found."""
        return self.enough is not None and (self.certain or self.level >= self.enough)

    def listed(self, level: float, most: int, *, anyhow: bool) -> Listing:
        """What reaches a level; the best of it is remembered."""
        listing = list_part(self.space, self.aim, level, self.prices, most, anyhow=anyhow)
        top = float(self.aim.levels(listing.part.points * self.space.scale).max(initial=-np.inf))
        if top > self.level:
            self.level, self.sample = top, listing.part
        return listing

    def found(self, part: Part | None, bound: float) -> Found:
        """What came of it."""
        return Found(self.level, bound, part, self.sample)

    def approach(self) -> Part | None:
        """Try levels below the bound until one is reached and no better one is found with few partial sums.

        Where something is found and more may be there, the next level lies halfway to the bound.
        """
        gap = max(self.aim.first_gap(self.bound), self.tie)
        complete = False
        for _ in range(TRIALS):
            before = self.level
            aimed = max(self.bound - gap, self.level) - self.tie
            listing = self.listed(aimed, FEW, anyhow=True)
            complete, better = listing.complete, self.level > before
            if complete and self.level - self.tie >= aimed:
                return listing.part
            if self.done or (not complete and not better and self.level >= self.bound - gap):
                return None
            if complete:
                self.bound = min(self.bound, max(aimed, self.level))
            gap = (self.bound - self.level) * (1.0 if complete else 0.5) if better else gap * WIDER
        return self.sample if complete else None

    def programmed(self) -> Found:
        """What more partial sums and the integer programme make of it."""
        self.listed(self.level, MORE, anyhow=True)
        solved = solve_programme(self.space.scaled, self.aim.straightened(self.level, self.bound))
        bound = max(min(self.bound, solved.bound), self.level)
        if solved.taken is None:
            return self.found(None, bound)
        sums = np.concatenate(self.space.blocks)[solved.taken].sum(axis=0)
        level = float(self.aim.levels((sums * self.space.scale)[None])[0])
        if level <= self.level:
            return self.found(None, bound)
        listing = self.listed(level - self.tie, MANY, anyhow=False)
        if listing.complete:
            return self.found(listing.part, self.level)
        rows = solved.taken - self.space.scaled.starts
        picked = Pick(tuple(int(o[r]) for o, r in zip(self.space.originals, rows, strict=True)))
        return Found(level, max(bound, level), None, self.sample, (sums, picked))
