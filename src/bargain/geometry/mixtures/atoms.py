"""Where lotteries come from: agreements asked for by price, and a growing pool of those met so far.

A *source* knows nothing but its highest agreement at given prices. That is enough for every question about mixtures,
and it is cheap even where nothing could be listed: in a sum of independent blocks each block picks its best row.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.choice import Pick, Place
from bargain.geometry.pareto import efficient
from bargain.geometry.smooth.patchwork import Patchwork

__all__ = ["Curved", "Listing", "Pool", "Source", "Sum"]

Floats = NDArray[np.float64]

SMALL_BLOCK = 64
"""Rows up to which a block is quicker scanned as it is than thinned out."""


class Source(Protocol):
    """Agreements by price."""

    def highest(self, prices: Floats) -> tuple[Floats, Place]:
        """Payoffs (n,) and place of an agreement with the largest priced payoff; ``prices`` (n,), none negative."""

    @property
    def extent(self) -> Floats:
        """(2, n) payoffs between which the agreements that matter lie."""

    @property
    def listed(self) -> Floats | None:
        """(k, n) the efficient payoffs, None where they are not listed."""

    @property
    def pure(self) -> Patchwork | None:
        """The pure regime of agreements that no list holds: its answers are worth knowing first."""

    @property
    def accuracy(self) -> float:
        """By how much more, in units of what is at stake, an agreement must be worth to be worth mixing in."""

    @property
    def grain(self) -> float:
        """Answers nearer to each other, in the same units, are one."""

    def pool(self, zero: Floats, unit: Floats) -> Pool:
        """What to begin with."""


@dataclass(frozen=True, eq=False)
class Listing:
    """Efficient payoffs (k, n), all in a list.

    >>> Listing(np.array([[4.0, 0.0], [0.0, 2.0]])).highest(np.array([1.0, 3.0]))
    (array([0., 2.]), 1)
    """

    listed: Floats

    pure = None
    accuracy = 1e-11
    grain = 1e-8

    @property
    def extent(self) -> Floats:
        """(2, n) the lowest and the highest payoffs."""
        return np.array([self.listed.min(axis=0), self.listed.max(axis=0)])

    def highest(self, prices: Floats) -> tuple[Floats, int]:
        """The first row with the largest priced payoff."""
        row = int((self.listed @ prices).argmax())
        return self.listed[row], row

    def pool(self, zero: Floats, unit: Floats) -> Pool:
        """All there is."""
        pool = Pool(zero, unit)
        pool.extend(self.listed)
        return pool


@dataclass(frozen=True, eq=False)
class Sum:
    """Independent blocks that add up: an agreement takes one row of each. Nothing is ever multiplied out.

    Attributes
    ----------
    blocks : one (rows, n) array of payoffs per block, in units that add exactly.
    units : (n,) how many units one utility point has.

    >>> two = Sum((np.array([[3.0, 0.0], [0.0, 2.0]]), np.array([[1.0, 0.0], [0.0, 5.0]])), np.ones(2))
    >>> two.highest(np.array([1.0, 1.0]))
    (array([3., 5.]), Pick(rows=(0, 1)))
    """

    blocks: tuple[Floats, ...]
    units: Floats

    listed = None
    pure = None
    accuracy = 1e-11
    grain = 1e-8

    @cached_property
    def _kept(self) -> tuple[NDArray[np.intp], ...]:
        """Per block the rows that may be highest: with prices that are not negative the efficient ones will do."""
        return tuple(
            np.arange(len(block)) if len(block) <= SMALL_BLOCK else np.flatnonzero(efficient(block))
            for block in self.blocks
        )

    @cached_property
    def _starts(self) -> NDArray[np.intp]:
        return np.cumsum([0, *(len(rows) for rows in self._kept)])[:-1]

    @cached_property
    def _owner(self) -> NDArray[np.intp]:
        return np.repeat(np.arange(len(self._kept)), [len(rows) for rows in self._kept])

    @cached_property
    def _table(self) -> Floats:
        """Every kept row, in utility points."""
        return np.vstack([block[rows] for block, rows in zip(self.blocks, self._kept, strict=True)]) / self.units

    @cached_property
    def _exact(self) -> Floats:
        return np.vstack([block[rows] for block, rows in zip(self.blocks, self._kept, strict=True)])

    @cached_property
    def _names(self) -> NDArray[np.intp]:
        return np.concatenate(self._kept)

    @cached_property
    def extent(self) -> Floats:
        """(2, n) the lowest and the highest payoffs that may occur among the kept rows."""
        low = np.add.reduce(np.minimum.reduceat(self._exact, self._starts), axis=0)
        high = np.add.reduce(np.maximum.reduceat(self._exact, self._starts), axis=0)
        return np.array([low, high]) / self.units

    def highest(self, prices: Floats) -> tuple[Floats, Pick]:
        """Each block's best row, the first of equals; payoffs are exact sums."""
        values = self._table @ prices
        best = np.maximum.reduceat(values, self._starts)
        hits = np.flatnonzero(values == best[self._owner])
        rows = hits[np.searchsorted(hits, self._starts)]
        return self._exact[rows].sum(axis=0) / self.units, Pick(tuple(self._names[rows].tolist()))

    def pool(self, zero: Floats, unit: Floats) -> Pool:
        """Nothing but the best agreement of each player."""
        pool = Pool(zero, unit, self)
        for prices in np.eye(len(zero)) + 1e-3:
            pool.find(prices, np.inf)
        return pool


@dataclass(frozen=True, eq=False)
class Curved:
    """Agreements with continuous issues: a list on a grid, and off it the highest at given prices by optimisation."""

    patchwork: Patchwork

    accuracy = 1e-10
    grain = 2e-3

    @property
    def listed(self) -> Floats:
        """(k, n) the efficient payoffs on the grid."""
        return self.patchwork.points

    @property
    def pure(self) -> Patchwork:
        """The pure regime."""
        return self.patchwork

    @property
    def extent(self) -> Floats:
        """(2, n) the lowest and the highest payoffs on the grid."""
        return np.array([self.listed.min(axis=0), self.listed.max(axis=0)])

    def highest(self, prices: Floats) -> tuple[Floats, Place]:
        """Payoffs and spot."""
        return self.patchwork.highest(prices)

    def pool(self, zero: Floats, unit: Floats) -> Pool:
        """The grid."""
        pool = Pool(zero, unit, self, patient=True)
        pool.extend(self.listed)
        return pool


@dataclass
class Pool:
    """Agreements met so far, payoffs measured from a zero in given units; more are asked of the source.

    Attributes
    ----------
    zero, unit : (n,) a payoff u stands here as (u - zero) / unit.
    source : where more agreements come from; None if the pool is complete.
    patient : whether the pool is searched first, because asking is expensive.
    """

    zero: Floats
    unit: Floats
    source: Source | None = None
    patient: bool = False
    places: list[Place] = field(default_factory=list)
    _payoffs: Floats = field(default_factory=lambda: np.zeros((0, 0)))
    _scaled: Floats = field(default_factory=lambda: np.zeros((0, 0)))
    _known: dict[Place, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.places)

    @property
    def payoffs(self) -> Floats:
        """(k, n) what the agreements pay."""
        return self._payoffs[: len(self)]

    @property
    def points(self) -> Floats:
        """(k, n) the same from the pool's zero in the pool's units."""
        return self._scaled[: len(self)]

    def add(self, payoffs: Floats, place: Place) -> int:
        """Put an agreement in, and say where it stands; one that is in stays where it is."""
        index = self._known.get(place)
        if index is not None:
            return index
        index = len(self)
        if index == len(self._payoffs):
            self._grow(2 * index + 16)
        self._payoffs[index], self._scaled[index] = payoffs, (payoffs - self.zero) / self.unit
        self.places.append(place)
        self._known[place] = index
        return index

    def _grow(self, size: int) -> None:
        for name in ("_payoffs", "_scaled"):
            larger = np.zeros((size, len(self.zero)))
            larger[: len(self)] = getattr(self, name)[: len(self)].reshape(-1, len(self.zero))
            setattr(self, name, larger)

    def extend(self, listed: Floats) -> None:
        """Fill the empty pool with a list of payoffs (k, n), placed by their rows."""
        self._payoffs, self._scaled = listed, (listed - self.zero) / self.unit
        self.places = list(range(len(listed)))

    def find(self, prices: Floats, above: float) -> int:
        """The number of an agreement worth more than ``above``; where there is none, of the highest there is.

        Prices are per unit of the pool. A pool that is not patient always gives the highest.
        """
        prices = np.maximum(prices, 0.0)
        if self.source is None or (self.patient and len(self)):
            values = self.points @ prices
            best = int(values.argmax())
            if self.source is None or values[best] > above:
                return best
        return self.add(*self.source.highest(prices / self.unit))

    def highest_at(self, prices: Floats, slack: float) -> Few:
        """Those met so far that are worth as much as any, up to ``slack``."""
        values = self.points @ prices
        numbers = np.flatnonzero(values >= values.max() - slack)
        return Few(numbers.tolist(), self.points[numbers])


@dataclass(frozen=True, eq=False)
class Few:
    """Some agreements of a pool: their numbers there, and their points."""

    numbers: list[int]
    points: Floats

    def find(self, prices: Floats, above: float) -> int:
        """The highest, by its row here."""
        del above
        return int((self.points @ prices).argmax())
