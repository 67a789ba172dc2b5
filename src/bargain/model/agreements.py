"""The one hinge between words and mathematics: a scenario tabulated into blocks of payoffs.

An agreement space is a sum of blocks. Issues tied by a term, a rule or a red line form one block, listed in full
(continuous issues on their documented grid); independent blocks only add up, so their product is never listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import merge as merge_sorted
from itertools import islice
from math import prod

import numpy as np
from numpy.typing import NDArray

from bargain.errors import TooManyAgreements
from bargain.geometry.choice import Listed, Mixture, Pick, Place, Spot
from bargain.geometry.frontier import LARGEST_MERGE, Frontier, merge, usable
from bargain.geometry.hull import Hull
from bargain.geometry.lattice import Lattice
from bargain.geometry.menu import Menu
from bargain.geometry.parts import Part
from bargain.geometry.patchwork import Patchwork
from bargain.geometry.rounded import RoundedHull
from bargain.geometry.vast import Vast
from bargain.model.axes import Axis, axis_of
from bargain.model.conditions import Setting
from bargain.model.grid import continuous
from bargain.model.results import Agreement
from bargain.model.scenario import Scenario
from bargain.model.table import disagreement_payoffs, largest_sum, part, parts_of, payoffs_of
from bargain.model.terrain import Terrain

__all__ = ["Agreements", "Block"]

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]

AFFORDABLE_MERGE = 60_000
"""Sums looked at in one step, with three and more signatories, before answers are searched for without a frontier: a
few tenths of a second. With two signatories frontiers stay small."""
ROUNDING = 1e-13
"""Relative error of a sum of a few dozen numbers, with a wide margin."""


@dataclass(frozen=True)
class Block:
    """The possible joint settings of issues that are tied together.

    Attributes
    ----------
    issues : names, in file order.
    shape : how many settings each issue has.
    rows : (k,) which joint settings are possible, counted in lexicographic order.
    payoffs : (k, n) what they add to the signatories' payoffs, in lattice units.
    """

    issues: tuple[str, ...]
    shape: tuple[int, ...]
    rows: NDArray[np.intp]
    payoffs: Floats

    def __len__(self) -> int:
        return len(self.rows)

    def settings(self, column: int) -> NDArray[np.intp]:
        """(k,) the setting of one of the issues."""
        return np.asarray(self.rows // prod(self.shape[column + 1 :]) % self.shape[column])


@dataclass(frozen=True)
class Agreements:
    """Every possible agreement of a scenario and what it pays, without listing them one by one.

    >>> from bargain import parse, tabulate
    >>> pie = tabulate(parse('''
    ... bargain: 1
    ... title: Two coins
    ... players: {ann: {}, bob: {}}
    ... issues: {first: {options: {a: to Ann, b: to Bob}}, second: {options: {a: to Ann, b: to Bob}}}
    ... utilities:
    ...   ann: {first: {values: {a: 1, b: 0}}, second: {values: {a: 1, b: 0}}}
    ...   bob: {first: {values: {a: 0, b: 1}}, second: {values: {a: 0, b: 1}}}
    ... disagreement: {payoffs: {ann: 0, bob: 0}}
    ... '''))
    >>> pie.size
    4
    >>> pie.frontier.points.tolist()
    [[2.0, 0.0], [1.0, 1.0], [0.0, 2.0]]
    """

    scenario: Scenario
    axes: Mapping[str, Axis]
    blocks: tuple[Block, ...]
    lattices: tuple[Lattice, ...]

    @property
    def units(self) -> Floats:
        """(n,) lattice units per utility point of each signatory."""
        return np.array([lattice.units for lattice in self.lattices])

    @property
    def signatories(self) -> tuple[str, ...]:
        """Names of the players whose consent is needed; the columns of every payoff array."""
        return self.scenario.signatories

    @cached_property
    def disagreement(self) -> dict[str, float]:
        """What every player gets if nothing is signed."""
        return disagreement_payoffs(self.scenario)

    @property
    def threat_point(self) -> Floats:
        """(n,) the signatories' disagreement payoffs."""
        return np.array([self.disagreement[name] for name in self.signatories])

    @property
    def size(self) -> int:
        """How many agreements are possible (continuous issues counted on their grid)."""
        return prod(len(block) for block in self.blocks)

    @property
    def grid(self) -> dict[str, int]:
        """Continuous issue -> number of its grid points; empty if all issues are menus and ladders."""
        issues = self.scenario.issues.items()
        return {name: len(self.axes[name]) for name, issue in issues if continuous(issue)}

    @property
    def frontier(self) -> Frontier:
        """The distinct efficient payoffs of the signatories among the possible agreements.

        Raises
        ------
        TooManyAgreements
            if there are too many to list; see `frontier_listed`.
        """
        if self._merged is None:
            raise TooManyAgreements("the frontier is too large to list; single answers can be had without it")
        return self._merged

    @property
    def frontier_listed(self) -> bool:
        """Whether the frontier could be listed; if not, every question is searched for by itself."""
        return self._merged is not None

    @cached_property
    def _merged(self) -> Frontier | None:
        most = AFFORDABLE_MERGE if len(self.signatories) > 2 and not self.grid else LARGEST_MERGE
        try:
            return merge([block.payoffs for block in self.blocks], self._dust, most).divided_by(self.units)
        except TooManyAgreements:
            if self.grid:
                raise
            return None

    @property
    def _dust(self) -> list[float]:
        return [lattice.dust for lattice in self.lattices]

    @cached_property
    def rounding(self) -> Floats:
        """(n,) by how much rounding may change a sum of a signatory's parts."""
        sums = [largest_sum(parts_of(self.scenario, name, self.axes)) for name in self.signatories]
        return ROUNDING * np.maximum(sums, np.abs(self.threat_point))

    @property
    def powers(self) -> Floats:
        """(n,) the signatories' bargaining powers, as the file has them."""
        return np.array([self.scenario.players[name].power.value for name in self.signatories])

    @cached_property
    def _pure(self) -> Menu | Patchwork | Vast:
        return self.seen_from(self.threat_point)

    @cached_property
    def _terrain(self) -> Terrain:
        return Terrain(self.scenario, self.axes, [block.issues for block in self.blocks])

    @cached_property
    def _mixed(self) -> Hull | RoundedHull:
        pure = self.menu()
        points = pure.points if isinstance(pure, Vast) and len(self.signatories) > 2 else self.frontier.points
        hull = Hull(points, self.threat_point, self.powers, self.rounding)
        if isinstance(pure, Patchwork) and not self._terrain.spanned_by_grid:
            return RoundedHull(pure)
        return hull

    def menu(self) -> Menu | Patchwork | Vast:
        """The pure regime: one agreement is signed.

        With continuous issues, answers are refined off the grid; where the frontier is too large to list, every answer
        is searched for by itself.
        """
        return self._pure

    def hull(self) -> Hull | RoundedHull:
        """The lotteries regime: mixtures of the efficient agreements, with free disposal."""
        return self._mixed

    def seen_from(self, standing: Floats) -> Menu | Patchwork | Vast:
        """The pure regime with other payoffs, (n,), in the place of disagreement."""
        if not self.frontier_listed:
            blocks = [block.payoffs for block in self.blocks]
            return Vast(blocks, self.units, standing, self.powers, self.rounding, self._dust)
        menu = Menu(self.frontier.points, standing, self.powers, self.rounding)
        return Patchwork(menu, self._terrain.land()) if self.grid else menu

    def certain(self, point: Floats) -> Mixture | None:
        """The place of a single agreement that pays the signatories ``point`` (n,), which no agreement exceeds.

        Looked for with continuous issues only: there a lottery between extremes often pays what a middle pays.
        """
        if not self.grid:
            return None
        view = self.seen_from(point)
        return view.outlook.place if view.outlook.least_gain >= -float(view.tolerance.min()) else None

    def payoffs_of(self, agreement: Mapping[str, Setting]) -> dict[str, float]:
        """What an agreement pays every player."""
        return payoffs_of(self.scenario, agreement)

    def contributions(self, agreement: Mapping[str, Setting]) -> dict[str, dict[str, float]]:
        """Issue -> player -> weight times value of how the agreement settles the issue (terms left out)."""
        found = {}
        for name, issue in self.scenario.issues.items():
            axis = axis_of(issue, [agreement[name]])
            found[name] = {p: float(part(self.scenario, p, name, axis)[0]) for p in self.scenario.players}
        return found

    def contribution_range(self, name: str, player: str) -> tuple[float, float]:
        """The lowest and the highest that an issue can add to a player's payoff."""
        values = part(self.scenario, player, name, self.axes[name])
        return float(values.min()), float(values.max())

    def sample(self, limit: int = 4000) -> Floats:
        """(k, n) payoffs of possible agreements: all of them if there are at most ``limit``, else a fixed draw.

        Where the frontier is not listed, supported points are added: no draw would ever come near them.
        """
        if self.size == 0:
            return np.zeros((0, len(self.signatories)))
        if self.size <= limit:
            total = np.zeros((1, len(self.signatories)))
            for block in self.blocks:
                total = (total[:, None, :] + block.payoffs[None, :, :]).reshape(-1, total.shape[1])
            return np.asarray(total / self.units)
        rng = np.random.default_rng(0)
        rows = [block.payoffs[rng.integers(len(block), size=limit)] for block in self.blocks]
        drawn = np.asarray(np.sum(rows, axis=0) / self.units)
        return drawn if self.frontier_listed else np.vstack([drawn, self.menu().points])

    def first(self, places: Sequence[Place], limit: int) -> tuple[list[Agreement], int]:
        """The first agreements in file order, at most ``limit``, at one of these places; and how many there are.

        An index into the frontier, or into a part of it, may stand for several agreements; a spot or a pick stands for
        one.
        """
        single = [place for place in places if isinstance(place, Spot | Pick)]
        if single:
            return self._single(single, limit)
        streams = [self._in_order(place) for place in places if isinstance(place, int)]
        count = sum(self.frontier.count(place) for place in places if isinstance(place, int))
        parts: dict[Part, list[int]] = {}
        for place in places:
            if isinstance(place, Listed):
                parts.setdefault(place.part, []).append(place.index)
        for listed, indices in parts.items():
            streams.append(self._through(listed.towards(indices)))
            count += sum(listed.count(index) for index in indices)
        found = [self.agreement(settings) for settings in islice(merge_sorted(*streams), limit)]
        return found, count

    def _single(self, places: Sequence[Spot | Pick], limit: int) -> tuple[list[Agreement], int]:
        """The agreements at spots and picks, those that differ by less than the polish can tell counted once."""
        found = [
            self._picked(p) if isinstance(p, Pick) else self._terrain.agreement(p.patch, p.coordinates) for p in places
        ]
        ordered: list[Agreement] = []
        for agreement in sorted(found, key=self._file_order):
            if not any(self._alike(agreement, other) for other in ordered):
                ordered.append(agreement)
        return ordered[:limit], len(ordered)

    def _picked(self, pick: Pick) -> Agreement:
        """The agreement that takes these rows of the blocks."""
        settings: dict[str, int] = {}
        for block, row in zip(self.blocks, pick.rows, strict=True):
            settings |= {name: int(block.settings(column)[row]) for column, name in enumerate(block.issues)}
        return self.agreement([settings[name] for name in self.axes])

    def _alike(self, one: Agreement, other: Agreement) -> bool:
        """Whether two agreements settle everything alike, numbers up to a millionth of the length of their issue."""
        pairs = zip(self._file_order(one), self._file_order(other), self.axes.values(), strict=True)
        for a, b, axis in pairs:
            length = max((float(np.ptp(numbers)) for numbers in axis.columns.values()), default=1.0)
            if max(abs(x - y) for x, y in zip(a, b, strict=True)) > 1e-6 * length:
                return False
        return True

    def _file_order(self, agreement: Agreement) -> tuple[tuple[float, ...], ...]:
        """Sorts agreements lexicographically: options by their place in the file, numbers and shares by size."""
        order: list[tuple[float, ...]] = []
        for name, setting in agreement.items():
            options = self.axes[name].options
            if options is not None:
                order.append((float(options.index(str(setting))),))
            else:
                order.append(tuple(setting.values()) if isinstance(setting, Mapping) else (float(setting),))
        return tuple(order)

    def agreement(self, settings: Sequence[int]) -> Agreement:
        """An agreement from the index of each issue's setting."""
        axes = zip(self.axes.items(), settings, strict=True)
        return {name: axis.setting(index) for (name, axis), index in axes}

    def _in_order(self, place: int) -> Iterator[tuple[int, ...]]:
        """Settings of the agreements that pay one frontier point, in lexicographic file order."""
        ancestry = self.frontier.ancestry(place)
        return self._descend(lambda allowed: [sorted(rows) for rows in usable(ancestry, allowed)])

    def _through(self, part: Part) -> Iterator[tuple[int, ...]]:
        """Settings of the agreements of a part of the frontier, in lexicographic file order."""
        return self._descend(lambda allowed: [np.flatnonzero(marks) for marks in part.rows_used(allowed)])

    def _descend(
        self, rows_used: Callable[[list[Marks]], Sequence[Sequence[int] | NDArray[np.intp]]]
    ) -> Iterator[tuple[int, ...]]:
        """Agreements issue by issue, given the rows of every block that agreements of allowed rows have."""
        spot = {name: (b, c) for b, block in enumerate(self.blocks) for c, name in enumerate(block.issues)}
        names = list(self.axes)

        def descend(chosen: tuple[int, ...], allowed: list[Marks]) -> Iterator[tuple[int, ...]]:
            if len(chosen) == len(names):
                yield chosen
                return
            b, c = spot[names[len(chosen)]]
            column = self.blocks[b].settings(c)
            for setting in sorted({int(column[row]) for row in rows_used(allowed)[b]}):
                narrowed = [*allowed[:b], allowed[b] & (column == setting), *allowed[b + 1 :]]
                yield from descend((*chosen, setting), narrowed)

        yield from descend((), [np.ones(len(block), dtype=bool) for block in self.blocks])
