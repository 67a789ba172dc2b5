"""The search for the best patches of a land, complete by bounds.

Most patches need not be looked at: the prices at any point solved so far bound the objective on every other patch (a
*cut*), and a patch whose bound stays below the best value found cannot win. Bounds are taken at the corners of a
patch, where a piecewise linear payoff is highest in any direction, plus a *bulge* by which a curved payoff can exceed
the plane through its corners.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.attitude import Attitudes
from bargain.geometry.smooth.facial import maximise_on_faces
from bargain.geometry.smooth.interior import Optima, Patches, Programme
from bargain.geometry.smooth.stretches import tidy

__all__ = ["Found", "Land", "Question", "best_patches", "best_value", "polished"]

Floats = NDArray[np.float64]
Keys = NDArray[np.intp]

BATCH = 48
"""Patches solved at a time."""
MOST_SOLVED = 3000
"""Patches solved at most for one question; beyond, the answer says that it is the best found."""
MOST_OPEN = 300_000
"""Candidate patches kept in view at most."""


@dataclass(frozen=True, eq=False)
class Land:
    """The patches of an agreement space, block by block.

    Attributes
    ----------
    corners : per block, (patches, corners, n) totals at the corners; blocks add up.
    bulges : per block, (patches, n) by how much a player's total can exceed the plane through the corners.
    build : keys (B, blocks), one patch of every block each, to a batch of `Patches`.
    concave : whether all payoffs are concave on every patch, so that an optimum of a patch is its best point.
    place : keys (B, blocks) and coordinates (B, m) to (B, D) numbers that tell where that is in the whole space, issues
        in the order of the file, continuous ones in shares of their length; neighbouring patches meet in them.
    attitudes : the players' attitudes to risk, None if payoffs are the totals.
    """

    corners: tuple[Floats, ...]
    bulges: tuple[Floats, ...]
    build: Callable[[Keys], Patches]
    concave: bool
    place: Callable[[Keys, Floats], Floats]
    attitudes: Attitudes | None = None

    @cached_property
    def _extent(self) -> tuple[Floats, Floats]:
        """(n,) the lowest and the highest totals."""
        low = sum(corners.min(axis=(0, 1)) for corners in self.corners)
        blocks = zip(self.corners, self.bulges, strict=True)
        high = sum((corners.max(axis=1) + bulges).max(axis=0) for corners, bulges in blocks)
        return np.asarray(low), np.asarray(high)

    def of_totals(self, prices: Floats, payoffs: Floats | None) -> tuple[Floats, float]:
        """Prices of totals, and an offset: no priced payoff exceeds the priced total plus the offset.

        Exact at ``payoffs`` (n,), where the averse are replaced by their tangents.
        """
        if self.attitudes is None or payoffs is None:
            return prices, 0.0
        slopes, offsets = self.attitudes.lines_above(payoffs, *self._extent)
        return prices * slopes, float(prices @ offsets)

    def bound(self, block: int, prices: Floats) -> Floats:
        """(patches,) the largest priced total on every patch of a block."""
        highest = (self.corners[block] @ prices).max(axis=1)
        return np.asarray(highest + self.bulges[block] @ np.abs(prices))

    def twice(self) -> Land:
        """The same land with every player's payoff in it twice, so that two things can be asked of each."""
        corners = tuple(np.concatenate([c, c], axis=2) for c in self.corners)
        bulges = tuple(np.tile(bulge, 2) for bulge in self.bulges)
        attitudes = self.attitudes.twice() if self.attitudes else None
        return Land(corners, bulges, lambda keys: self.build(keys).twice(), self.concave, self.place, attitudes)


@dataclass(frozen=True, eq=False)
class Question:
    """What a search maximises: a programme, its value at an optimum, and the cut that an optimum yields."""

    programme: Callable[[int], Programme]
    value: Callable[[Floats], Floats]
    cut: Callable[[Floats, Floats], tuple[Floats, float]]
    """(prices, payoffs) of an optimum to (prices, offset): nowhere is the objective above prices . u + offset."""
    first_prices: Floats
    first_offset: float
    known: float
    slack: float
    """Differences of the objective that do not count."""
    around: Floats | None = None
    """Payoffs near which the first bounds should be sharp; of use only where attitudes bend payoffs."""


@dataclass
class Found:
    """The patches that reach the best value."""

    keys: Keys
    s: Floats
    payoffs: Floats
    value: float
    residual: float
    solved: int
    complete: bool
    gap: float = 0.0


class _Trail:
    """What a search has solved so far."""

    def __init__(self, known: float, slack: float) -> None:
        self.slack = slack
        self.best, self.solved, self.complete, self.left = known, 0, True, -np.inf
        self._kept: list[tuple[Keys, Floats, Floats, Floats, Floats]] = []

    def add(self, keys: Keys, s: Floats, payoffs: Floats, values: Floats, residual: Floats) -> None:
        """Remember a solved batch."""
        self._kept.append((keys, s, payoffs, values, residual))
        self.best = max(self.best, float(values.max()))
        self.solved += len(keys)

    def best_patches(self) -> Found:
        """The solved patches with the best value, by key."""
        keys, s, payoffs, values, residual = (np.concatenate(parts) for parts in zip(*self._kept, strict=True))
        best = float(values.max())
        rows = np.flatnonzero(values >= best - self.slack)
        rows = rows[np.lexsort(tuple(keys[rows, column] for column in range(keys.shape[1] - 1, -1, -1)))]
        worst, gap = float(residual[rows].max()), max(0.0, self.left - best)
        return Found(keys[rows], s[rows], payoffs[rows], best, worst, self.solved, self.complete, gap)


def best_patches(land: Land, question: Question) -> Found:
    """The patches that reach the best value, ties included."""
    trail = _Trail(question.known, question.slack)
    _explore(land, question, trail, margin=-1.0)
    return trail.best_patches()


def best_value(land: Land, question: Question) -> float:
    """The best value alone: patches that could only equal what is known are not solved."""
    trail = _Trail(question.known, question.slack)
    _explore(land, question, trail, margin=1.0)
    return trail.best


def _explore(land: Land, question: Question, trail: _Trail, margin: float) -> None:
    """Solve patches in the order of their bounds until no bound is left above the best value plus margin."""
    keys, bounds, trail.complete = _open(land, question, margin)
    floor = question.programme(1)
    reachable = _reachable(land, keys, np.eye(floor.floor.shape[1]), floor)
    keys, bounds = keys[reachable], bounds[reachable]
    while len(keys) and trail.solved < MOST_SOLVED:
        order = np.argsort(-bounds, kind="stable")
        batch, keys, bounds = keys[order[:BATCH]], keys[order[BATCH:]], bounds[order[BATCH:]]
        patches = land.build(batch)
        optima = maximise_on_faces(patches, question.programme(len(batch)))
        s = polished(patches, question.programme(1), question.value, optima.s)
        payoffs = patches.payoffs(s)
        values = np.where(optima.feasible, question.value(payoffs), -np.inf)
        trail.add(batch, s, payoffs, values, optima.residual)
        if len(keys):
            for row in _worth_a_cut(values, optima):
                prices, offset = question.cut(optima.prices[row], payoffs[row])
                bounds = np.minimum(bounds, _bounds(land, keys, prices, payoffs[row]) + offset)
            reachable = _reachable(land, keys, _refusals(optima), floor)
            keys, bounds = keys[reachable], bounds[reachable]
        alive = bounds >= trail.best + margin * question.slack
        keys, bounds = keys[alive], bounds[alive]
    trail.complete &= not len(keys)
    trail.left = float(bounds.max()) if len(keys) else -np.inf


def _reachable(land: Land, keys: Keys, refusals: Floats, asked: Programme) -> NDArray[np.bool_]:
    """(B,) patches on which, for all these prices (p, n), the floors are worth no more than the best point.

    Where they are worth more, no point meets all floors (Farkas). With a ray the floors bind nobody.
    """
    alive = np.ones(len(keys), dtype=bool)
    for prices in refusals:
        if not (prices @ asked.ray.T > 0).any():
            least = asked.floor[0] @ prices - 1e-9 * (asked.span[0] @ prices)
            alive &= _bounds(land, keys, prices, asked.floor[0]) >= least
    return alive


def _refusals(optima: Optima) -> Floats:
    """Prices at which patches without a feasible point were given up; a few distinct ones."""
    found: list[Floats] = []
    for prices in optima.prices[~optima.feasible]:
        prices = prices / max(prices.sum(), np.finfo(float).tiny)
        if all(np.abs(prices - other).max() > 1e-3 for other in found):
            found.append(prices)
        if len(found) == 6:
            break
    return np.array(found).reshape(-1, optima.prices.shape[1])


def polished(patches: Patches, asked: Programme, value: Callable[[Floats], Floats], s: Floats) -> Floats:
    """Coordinates next to an end of their box are moved there where that costs nothing.

    Where an end is only just optimal, the path approaches it as slowly as the square root of the gap.
    """
    s, moved = tidy(s), tidy(s, 1e-5)
    before, after = patches.payoffs(s), patches.payoffs(moved)
    as_good = value(after) >= value(before) - 1e-14 * np.abs(value(before))
    inside = (after >= np.minimum(before, asked.floor) - 1e-12 * asked.span).all(axis=1)
    within = (np.einsum("brm,bm->br", patches.limit_rows, moved) <= patches.limits + 1e-9).all(axis=1)
    return np.where((as_good & inside & within & (patches.ties.shape[1] == 0))[:, None], moved, s)


def _open(land: Land, question: Question, margin: float) -> tuple[Keys, Floats, bool]:
    """Combinations of patches whose first bound reaches what the grid attains."""
    prices, offset = land.of_totals(question.first_prices, question.around)
    offset += question.first_offset
    heights = [land.bound(block, prices) for block in range(len(land.corners))]
    rest = np.cumsum([0.0, *(height.max() for height in reversed(heights))])[::-1] + offset
    keys, values, complete = np.zeros((1, 0), dtype=np.intp), np.zeros(1), True
    least = question.known + margin * question.slack
    for block, height in enumerate(heights):
        sums = values[:, None] + height[None, :]
        row, column = np.nonzero(sums + rest[block + 1] >= least)
        values = sums[row, column]
        keys = np.c_[keys[row], column]
        if len(keys) > MOST_OPEN:
            top = np.argsort(-values, kind="stable")[:MOST_OPEN]
            keys, values, complete = keys[top], values[top], False
    return keys, values + offset, complete


def _bounds(land: Land, keys: Keys, prices: Floats, payoffs: Floats) -> Floats:
    """(B,) the largest priced payoff on these patches; sharpest near ``payoffs`` where attitudes bend them."""
    prices, offset = land.of_totals(prices, payoffs)
    blocks = range(len(land.corners))
    return np.asarray(sum(land.bound(block, prices)[keys[:, block]] for block in blocks) + offset)


def _worth_a_cut(values: Floats, optima: Optima) -> list[int]:
    """Optima whose prices bound the others: the best, and the distinct ones next to it."""
    usable = np.flatnonzero(np.isfinite(values) & (optima.residual < 1e-6))
    order = usable[np.argsort(-values[usable], kind="stable")]
    chosen: list[int] = []
    for row in order.tolist():
        if all(np.abs(optima.prices[row] - optima.prices[c]).max() > 1e-6 for c in chosen):
            chosen.append(row)
        if len(chosen) == 12:
            break
    return chosen
