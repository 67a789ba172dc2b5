"""The one hinge between words and mathematics: a scenario tabulated into blocks of payoffs.

An agreement space is a sum of blocks. Issues tied by a term, a rule or a red line form one block, listed in full while
it is small (continuous issues on their documented grid), else coupled link by link (`model/blocks.py`); independent
blocks only add up, so their product is never listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import merge as merge_sorted
from itertools import islice
from math import prod
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable, TooManyAgreements
from bargain.geometry.attitude import Attitudes
from bargain.geometry.choice import Listed, Mixture, Pick, Place, Shares, Spot
from bargain.geometry.lattice import Lattice
from bargain.geometry.menu import Menu
from bargain.geometry.sums.frontier import Frontier, merge
from bargain.model.axes import Axis, axis_of
from bargain.model.blocks import Block, Web, settings_in_order
from bargain.model.conditions import Setting
from bargain.model.decoding import distinct, part_in_order, ways_to
from bargain.model.grid import continuous
from bargain.model.lists import LARGEST_SIFTED, sifted
from bargain.model.results import Agreement
from bargain.model.scenario import Scenario
from bargain.model.table import (
    attitudes_of,
    disagreement_payoffs,
    drawn_payoffs,
    largest_sum,
    part,
    parts_of,
    payoffs_of,
)

# Most scenarios need one of these rooms or none; they are entered where they are needed.
if TYPE_CHECKING:
    from bargain.geometry.items import Items
    from bargain.geometry.mixtures.hull import Hull
    from bargain.geometry.mixtures.mixed import Mixed
    from bargain.geometry.mixtures.rounded import RoundedHull
    from bargain.geometry.smooth.patchwork import Patchwork
    from bargain.geometry.unlisted.parts import Part
    from bargain.geometry.unlisted.vast import Vast
    from bargain.model.prizes import Prize
    from bargain.model.terrain import Terrain

__all__ = ["Agreements"]

Floats = NDArray[np.float64]

ROUNDING = 1e-13
"""Relative error of a sum of a few dozen numbers, with a wide margin."""
QUICKLY_MERGED = {1: None, 2: None, 3: 200_000, 4: 50_000}
"""Signatories -> a frontier that needs no larger merge is listed within a second or so, also for lotteries, which could
do without it. Up to two there is no bound but that of `merge`: their border is found from the list."""
QUICKLY_MERGED_AMONG_MANY = 10_000
"""The same among five and more."""
SHARED = ("listable", "_totals", "_every_total", "terrain")
"""What has been worked out about agreements and does not depend on powers, or on what happens without a deal."""


@dataclass(frozen=True, eq=False)
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
    blocks: tuple[Block | Web, ...]
    lattices: tuple[Lattice, ...]

    def under(self, scenario: Scenario) -> Agreements:
        """The same agreements in a scenario with other powers, or with another way to end without a deal."""
        other = replace(self, scenario=scenario)
        vars(other).update({name: known for name, known in vars(self).items() if name in SHARED})
        return other

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
    def size(self) -> int | None:
        """How many agreements are possible, continuous issues on their grid; None if that cannot be counted."""
        if not self.blocks:
            return 0
        sizes = [block.size for block in self.blocks]
        return None if None in sizes else prod(size for size in sizes if size is not None)

    @property
    def empty(self) -> bool:
        """Whether rules and red lines leave nothing that could be signed."""
        return not self.blocks or any(len(block) == 0 for block in self.listable)

    @cached_property
    def listable(self) -> tuple[Block | Web, ...]:
        """The blocks; a web that has too large a frontier on its way is sifted instead, if its settings are few."""
        return tuple(self._listable(block) for block in self.blocks)

    def _listable(self, block: Block | Web) -> Block | Web:
        axes = {name: self.axes[name] for name in block.issues}
        if isinstance(block, Web) and prod(map(len, axes.values())) <= LARGEST_SIFTED:
            try:
                len(block)
            except TooManyAgreements:
                return sifted(self.scenario, axes, self.lattices)
        return block

    @property
    def lists(self) -> tuple[Block, ...]:
        """The lists of rows that an agreement picks from: a block, or the links of a web."""
        return tuple(some for block in self.listable for some in block.lists)

    @property
    def grid(self) -> dict[str, int]:
        """Continuous issue -> number of its grid points; empty if all issues are menus and ladders."""
        issues = self.scenario.issues.items()
        return {name: len(self.axes[name]) for name, issue in issues if continuous(issue)}

    @cached_property
    def attitudes(self) -> Attitudes:
        """The signatories' attitudes to risk: from totals, which are sums over blocks, to payoffs."""
        return attitudes_of(self.scenario)

    @property
    def frontier_listed(self) -> bool:
        """Whether the frontier is quickly listed; if not, every question is searched for by itself."""
        return self._totals is not None

    @cached_property
    def _totals(self) -> Frontier | None:
        """The distinct efficient totals; None if they are not quickly listed, but continuous issues need them."""
        if self.grid:
            return self._every_total
        parts = self._parts
        try:
            return self._merged(parts, QUICKLY_MERGED.get(len(self.signatories), QUICKLY_MERGED_AMONG_MANY))
        except TooManyAgreements:
            return None

    @cached_property
    def _every_total(self) -> Frontier:
        """The same, however long it takes."""
        return self._merged(self._parts, None)

    def _merged(self, parts: list[Floats | Frontier], largest: int | None) -> Frontier:
        return merge(parts, self._dust, largest).divided_by(self.units)

    @property
    def _parts(self) -> list[Floats | Frontier]:
        return [block.frontier if isinstance(block, Web) else block.payoffs for block in self.listable]

    @property
    def _dust(self) -> list[float]:
        return [lattice.dust for lattice in self.lattices]

    @cached_property
    def frontier(self) -> Frontier:
        """The distinct efficient payoffs of the signatories among the possible agreements.

        Attitudes to risk are strictly increasing, so what is efficient in totals is efficient in payoffs.

        Raises
        ------
        TooManyAgreements
            if there are too many to list; see `frontier_listed`.
        """
        if not self.attitudes.neutral:
            return (self._totals or self._every_total).worth(self.attitudes)
        if self._totals is None:
            raise TooManyAgreements("the frontier is too large to list; single answers can be had without it")
        return self._totals

    @cached_property
    def rounding(self) -> Floats:
        """(n,) by how much rounding may change a signatory's payoff."""
        sums = np.array([largest_sum(parts_of(self.scenario, name, self.axes)) for name in self.signatories])
        if self._totals is not None and not self.attitudes.neutral:
            sums = sums * self.attitudes.slope(self._totals.points).max(axis=0, initial=0.0)
        return np.asarray(ROUNDING * np.maximum(sums, np.abs(self.threat_point)))

    @property
    def powers(self) -> Floats:
        """(n,) the signatories' bargaining powers, as the file has them."""
        return np.array([self.scenario.players[name].power.value for name in self.signatories])

    @cached_property
    def _pure(self) -> Menu | Patchwork | Vast:
        return self.seen_from(self.threat_point)

    @cached_property
    def terrain(self) -> Terrain:
        """The patches on which answers with continuous issues are refined."""
        from bargain.model.terrain import Terrain

        return Terrain(self.scenario, self.axes, [block.issues for block in self.blocks])

    @cached_property
    def _mixed(self) -> Hull | RoundedHull | Mixed:
        from bargain.model.lotteries import lotteries_over

        return lotteries_over(self)

    def menu(self) -> Menu | Patchwork | Vast:
        """The pure regime: one agreement is signed.

        With continuous issues, answers are refined off the grid; where the frontier is too large to list, every answer
        is searched for by itself.
        """
        return self._pure

    def hull(self) -> Hull | RoundedHull | Mixed:
        """The lotteries regime: mixtures of the efficient agreements, with free disposal.

        Two signatories: the border is a polygon. More, or a frontier that cannot be listed: agreements by price.
        """
        return self._mixed

    @cached_property
    def _prizes(self) -> tuple[Prize, ...]:
        from bargain.model.prizes import prizes_of

        return prizes_of(self)

    def items(self, *, mixes: bool) -> Items:
        """The issues as items that two signatories share out: for every issue the best setting of each.

        Raises
        ------
        NotApplicable
            if there are not two signatories, if issues are tied, or if something between the two best settings of an
            issue is worth more than a split.
        """
        if not self.attitudes.neutral:
            raise NotApplicable("with attitudes to risk an item is not worth the same whatever else is won")
        from bargain.model.prizes import items_of

        return items_of(self._prizes, self.threat_point, self.menu().tolerance, mixes=mixes)

    def seen_from(self, standing: Floats) -> Menu | Patchwork | Vast:
        """The pure regime with other payoffs, (n,), in the place of disagreement."""
        if not self.frontier_listed:
            from bargain.geometry.unlisted.vast import Vast

            blocks = [block.payoffs for block in self.listable]
            attitudes = None if self.attitudes.neutral else self.attitudes
            return Vast(blocks, self.units, standing, self.powers, self.rounding, self._dust, attitudes)
        menu = Menu(self.frontier.points, standing, self.powers, self.rounding)
        if not self.grid:
            return menu
        from bargain.geometry.smooth.patchwork import Patchwork

        return Patchwork(menu, self.terrain.land())

    def certain(self, point: Floats) -> Mixture | None:
        """The place of a single agreement that pays the signatories ``point`` (n,), which no agreement exceeds.

        Looked for with continuous issues only: there a lottery between extremes often pays what a middle pays.
        """
        if not self.grid:
            return None
        view = self.seen_from(point)
        return view.outlook.place if view.outlook.least_gain >= -float(view.tolerance.min()) else None

    def payoffs_of(self, agreement: Mapping[str, Setting]) -> dict[str, float]:
        """What an agreement pays every player, after attitudes to risk."""
        return payoffs_of(self.scenario, agreement)

    def contributions(self, agreement: Mapping[str, Setting]) -> dict[str, dict[str, float]]:
        """Issue -> player -> weight times value of how the agreement settles the issue.

        These add up to totals: terms are left out, and attitudes to risk apply only to the sum.
        """
        found = {}
        for name, issue in self.scenario.issues.items():
            axis = axis_of(issue, [agreement[name]])
            found[name] = {p: float(part(self.scenario, p, name, axis)[0]) for p in self.scenario.players}
        return found

    def contribution_range(self, name: str, player: str) -> tuple[float, float]:
        """The lowest and the highest that an issue can add to a player's total."""
        values = part(self.scenario, player, name, self.axes[name])
        return float(values.min()), float(values.max())

    def sample(self, limit: int = 4000) -> Floats:
        """(k, n) payoffs of possible agreements: all of them if there are at most ``limit``, else a fixed draw.

        Where the frontier is not listed, supported points are added: no draw would ever come near them.
        """
        if self.empty:
            return np.zeros((0, len(self.signatories)))
        if self.size is not None and self.size <= limit and all(block.complete for block in self.listable):
            total = np.zeros((1, len(self.signatories)))
            for block in self.listable:
                total = (total[:, None, :] + block.payoffs[None, :, :]).reshape(-1, total.shape[1])
            return self.attitudes.worth(total / self.units)
        rng = np.random.default_rng(0)
        drawn = self.attitudes.worth(np.sum([self._drawn(block, limit, rng) for block in self.listable], axis=0))
        return drawn if self.frontier_listed else np.vstack([drawn, self.menu().points])

    def _drawn(self, block: Block | Web, limit: int, rng: np.random.Generator) -> Floats:
        """(limit, n) what a block adds to totals in joint settings drawn at random."""
        if not block.complete:
            drawn = drawn_payoffs(self.scenario, {name: self.axes[name] for name in block.issues}, limit, rng)
            if len(drawn):
                return np.resize(drawn, (limit, drawn.shape[1]))
        return np.asarray(block.payoffs[rng.integers(len(block), size=limit)] / self.units)

    def first(self, places: Sequence[Place], limit: int) -> tuple[list[Agreement], int]:
        """The first agreements in file order, at most ``limit``, at one of these places; and how many there are.

        An index into the frontier, or into a part of it, may stand for several agreements; a spot or a pick stands for
        one.
        """
        single = [place for place in places if isinstance(place, Spot | Pick | Shares)]
        if single:
            found = distinct(self.axes, [self._at(place) for place in single])
            return found[:limit], len(found)
        names = list(self.axes)
        indices = [place for place in places if isinstance(place, int)]
        streams = [self.settings_at(place) for place in indices]
        count = sum(self.frontier.count(place) for place in indices)
        parts: dict[Part, list[int]] = {}
        for place in places:
            if isinstance(place, Listed):
                parts.setdefault(place.part, []).append(place.index)
        for listed, points in parts.items():
            streams.append(part_in_order(listed.towards(points), self.listable, names))
            count += sum(ways_to(listed, point, self.listable) for point in points)
        return [self.agreement(settings) for settings in islice(merge_sorted(*streams), limit)], count

    def _at(self, place: Spot | Pick | Shares) -> Agreement:
        if isinstance(place, Pick):
            return self.picked(place)
        if isinstance(place, Spot):
            return self.terrain.agreement(place.patch, place.coordinates)
        won = zip(self._prizes, place.first, strict=True)
        settings = {prize.issue: prize.shared(share) for prize, share in won}
        return {name: settings[name] for name in self.axes}

    def picked(self, pick: Pick) -> Agreement:
        """The agreement that takes these rows of the blocks."""
        settings: dict[str, int] = {}
        for block, row in zip(self.listable, pick.rows, strict=True):
            settings |= block.settings_of(row)
        return self.agreement([settings[name] for name in self.axes])

    def agreement(self, settings: Sequence[int]) -> Agreement:
        """An agreement from the index of each issue's setting."""
        axes = zip(self.axes.items(), settings, strict=True)
        return {name: axis.setting(index) for (name, axis), index in axes}

    def settings_at(self, place: int) -> Iterator[tuple[int, ...]]:
        """Settings of the agreements that pay one frontier point, in lexicographic file order."""
        return settings_in_order(self.frontier, place, self.lists, list(self.axes))
