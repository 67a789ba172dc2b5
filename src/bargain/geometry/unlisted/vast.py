"""The pure regime where the frontier is too large to list: every question is searched for by itself.

A question is an aim (see `aims`; with attitudes to risk, `bent`), and the search for it ends with the part of the
frontier that reaches the best level (see `pursuit`), so that ties are complete. On that part answers are picked as
`Menu` picks them from a whole frontier.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable, TooManyAgreements
from bargain.geometry.attitude import Attitudes
from bargain.geometry.choice import CONVEX_ONLY, RELATIVE, Choice, Outlook, Place, pure, tolerances
from bargain.geometry.menu import leximin
from bargain.geometry.pareto import efficient
from bargain.geometry.unlisted.aims import Aim, Product, Ray, Total, best_products
from bargain.geometry.unlisted.bend import Bend
from bargain.geometry.unlisted.bent import bent
from bargain.geometry.unlisted.fixing import Space, list_part, promising
from bargain.geometry.unlisted.met import Met
from bargain.geometry.unlisted.pieces import pursue_in_pieces
from bargain.geometry.unlisted.pursuit import MANY, Found, beside, pursue, reachable

__all__ = ["Vast"]

Floats = NDArray[np.float64]

SAMPLED = 256
"""Prices at which supported points are looked for."""
UNCOUNTED = "exact; there may be more ties than are counted"
"""What is said of an answer that is certain where not everything that reaches it could be listed."""


@dataclass(frozen=True)
class Vast:
    """A sum of independent blocks, and what happens without a deal.

    Attributes
    ----------
    blocks : per block a (k, n) array of totals in whole lattice units; an agreement takes one row of every block.
    units : (n,) lattice units per utility point.
    disagreement : (n,) payoffs without a deal; may lie anywhere.
    powers : (n,) bargaining powers; only their ratios matter.
    rounding : (n,) by how much rounding may have changed totals.
    dust : (n,) lattice units within which sums are equal; none if left out.
    attitudes : from totals to payoffs; payoffs are the totals if left out.

    >>> pie = [np.array([[1.0, 0, 0], [0, 1, 0], [0, 0, 1]])] * 30
    >>> vast = Vast(pie, np.ones(3), np.array([0.0, 0, 3]), np.ones(3))
    >>> vast.product(np.ones(3)).points.tolist(), vast.ideal.tolist()
    ([[9.0, 9.0, 12.0]], [27.0, 27.0, 30.0])
    """

    blocks: Sequence[Floats]
    units: Floats
    disagreement: Floats
    powers: Floats
    rounding: Floats | float = 0.0
    dust: Sequence[float] = ()
    attitudes: Attitudes | None = None

    method = "relaxation and dynamic programme"
    mixes = False
    walkable = False

    @cached_property
    def _base(self) -> Floats:
        """(n,) the sum of every block's lowest efficient payoffs; the search counts from there."""
        return np.asarray(np.sum([block.min(axis=0) for block in self._kept], axis=0))

    @cached_property
    def _dust(self) -> Sequence[float]:
        return self.dust or [0.0] * len(self.units)

    @cached_property
    def _rows(self) -> list[NDArray[np.intp]]:
        """Per block the rows that can be part of an efficient agreement."""
        return promising(self.blocks, self._dust)

    @cached_property
    def _kept(self) -> list[Floats]:
        return [block[rows] for block, rows in zip(self.blocks, self._rows, strict=True)]

    @cached_property
    def _span(self) -> Floats:
        """(n,) what issues can change of each player's total; 1 if nothing."""
        span = np.sum([np.ptp(block, axis=0) for block in self._kept], axis=0) / self.units
        return np.where(span > 0, span, 1.0)

    @cached_property
    def _stake(self) -> Floats:
        """(n,) a payoff that counts as 1 where something is asked."""
        return self._span if self._bend is None else self._bend.stake

    @cached_property
    def _space(self) -> Space:
        moved = tuple(block - block.min(axis=0) for block in self._kept)
        return Space(moved, tuple(self._rows), 1 / (self.units * self._span), tuple(self._dust))

    @cached_property
    def _met(self) -> Met:
        return Met(self._space, self._base, self.units, self.attitudes)

    @cached_property
    def _bend(self) -> Bend | None:
        """How totals in the unit of the search become payoffs in theirs."""
        if self.attitudes is None:
            return None
        stake = np.where(self.tolerance > 0, self.tolerance / RELATIVE, 1.0)
        top = self._space.scaled.highest(self._space.scaled.rows).sum(axis=0)
        return Bend(self.attitudes, self._base / self.units, self._span, top, self._outer.max(axis=0), stake)

    def _scaled(self, payoffs: Floats) -> Floats:
        """Payoffs in the unit in which something is asked."""
        if self._bend is not None:
            return self._bend.asked(payoffs)
        return np.asarray((payoffs * self.units - self._base) * self._space.scale)

    @cached_property
    def tolerance(self) -> Floats:
        """(n,) differences that do not count."""
        top = np.sum([block.max(axis=0) for block in self._kept], axis=0)
        totals = np.array([top, self._base]) / self.units
        if self.attitudes is None:
            return tolerances(totals, self.disagreement, self.rounding)
        slopes = self.attitudes.slope(self.attitudes.total(self._outer)).max(axis=0)
        return tolerances(self._outer, self.disagreement, self.rounding * slopes)

    @cached_property
    def points(self) -> Floats:
        """(k, n) supported points: what is worth most at some prices. The frontier itself is not listed."""
        players = len(self.units)
        drawn = np.random.default_rng(0).dirichlet(np.ones(players), SAMPLED)
        found = np.unique(np.vstack([self._some, self._supported(np.vstack([0.001 + np.eye(players), drawn]))]), axis=0)
        return found[efficient(found)][::-1]

    @cached_property
    def _some(self) -> Floats:
        """(k, n) a few supported points around the middle."""
        return self._supported(beside(np.ones_like(self.units)))

    @cached_property
    def _outer(self) -> Floats:
        """(k, n) what everybody is paid where somebody is paid most, and around the middle."""
        return np.vstack([self._some, self._supported(0.001 + np.eye(len(self.units)))])

    def _supported(self, prices: Floats) -> Floats:
        """(p, n) payoffs of the totals that are worth most at (p, n) prices."""
        return self._met.paid(self._space.supported(prices))

    @property
    def rational_rows(self) -> NDArray[np.intp]:
        """Indices of the supported points that leave nobody below disagreement."""
        return np.flatnonzero(self._rational(self.points))

    def _gains(self, points: Floats) -> Floats:
        gains = points - self.disagreement
        return np.where(np.abs(gains) <= self.tolerance, 0.0, gains)

    def _rational(self, points: Floats) -> NDArray[np.bool_]:
        return np.asarray((self._gains(points) >= 0).all(axis=1))

    @cached_property
    def rational(self) -> bool:
        """Whether some agreement leaves nobody below disagreement."""
        if self._rational(self._some).any():
            return True
        origin = self._scaled(self.disagreement)
        aim = bent(Ray(origin, np.ones_like(origin), np.full_like(origin, -np.inf)), self._bend)
        tie = float((self.tolerance / self._stake).min())
        found = self._met.learn(reachable(self._space, aim, self._met.known, tie, enough=0.0), aim)
        some = bool(self._rational(self._met.points).any())
        if not some and found.bound > 0:
            raise TooManyAgreements("it could not be settled whether any agreement leaves everybody as well off")
        return some

    @property
    def lotteries_help(self) -> bool | None:
        """Whether some lottery over agreements leaves nobody below disagreement in expectation; None if unknown.

        To the averse a lottery is worth no more than its mean total, so where no mean will do, no lottery does.
        """
        origin = self._scaled(self.disagreement)
        aim = bent(Ray(origin, np.ones_like(origin), np.full_like(origin, -np.inf)), self._bend)
        enough = aim.relaxed(self._space.scaled, None).reach >= -RELATIVE
        sure = self.attitudes is None or (self.attitudes.averse and not enough)
        return enough if sure else None

    @cached_property
    def outlook(self) -> Outlook:
        """The largest attainable minimum gain, by leximin of the gains."""
        choice = self._leximin(self.disagreement, np.ones_like(self.units), rational=False)
        gains = self._gains(choice.points[:1])[0]
        binding = np.flatnonzero(gains <= gains.min() + self.tolerance)
        return Outlook(float(gains.min()), choice.mixtures[0], choice.points[0], tuple(binding.tolist()), choice.proof)

    @cached_property
    def ideal(self) -> Floats:
        """(n,) each player's best payoff among the rational agreements, as far as found: see `ideal_doubt`."""
        return self._hopes[0]

    @property
    def ideal_doubt(self) -> float:
        """By how much a payoff of the ideal point may be higher, for all that is known; 0 where it is exact."""
        return self._hopes[1]

    @cached_property
    def _hopes(self) -> tuple[Floats, float]:
        return self._hopes_from(self.disagreement)

    def ideal_from(self, standing: Floats) -> Floats:
        """(n,) each player's best payoff among the agreements that leave nobody below ``standing``, as far as found."""
        return self._hopes_from(standing)[0]

    def _hopes_from(self, standing: Floats) -> tuple[Floats, float]:
        """Each player's best payoff found, and by how much one of them may be higher."""
        best, doubt = np.empty_like(self.units), 0.0
        floor = self._scaled(standing - self.tolerance)
        for player, only in enumerate(np.eye(len(best))):
            aim = bent(Ray(self._scaled(standing), only, floor), self._bend)
            found = reachable(self._space, aim, self._met.known, self.tolerance[player] / self._stake[player])
            self._met.learn(found, aim)
            if found.gap * self._stake[player] > 10 * self.tolerance[player]:
                doubt = max(doubt, found.gap * float(self._stake[player]))
            points = self._met.points
            best[player] = points[(points - standing >= -self.tolerance).all(axis=1), player].max()
        return best, doubt

    @property
    def border(self) -> Floats:
        """A list of agreements has no border."""
        raise NotApplicable(CONVEX_ONLY)

    def product(self, powers: Floats) -> Choice:
        """Maximise the weighted product of gains; over as many gainers as possible if not all can gain together."""
        founds, groups = [], []
        for group in self._gainers:
            weights = powers * group / max(powers.max(), 1.0)
            if not weights.any():
                return self._all_rational()
            floor = self.disagreement + np.where(group & (weights == 0), self.tolerance, -self.tolerance)
            aim = bent(Product(self._scaled(floor), self._scaled(self.disagreement), weights), self._bend)
            founds.append(self._pursue(aim, RELATIVE))
            groups.append(group)

        def best(points: Floats) -> NDArray[np.intp]:
            gains = self._gains(points)
            rows = [np.flatnonzero((gains >= 0).all(axis=1) & ((gains > 0) == group).all(axis=1)) for group in groups]
            return np.concatenate(
                [best_products(gains, some, powers * g) for some, g in zip(rows, groups, strict=True)]
            )

        return self._choice(founds, best)

    def total(self, weights: Floats | None = None) -> Choice:
        """Maximise the weighted sum of payoffs among the rational agreements."""
        weights = np.ones_like(self.units) if weights is None else weights
        if not weights.any():
            return self._all_rational()
        worth = weights * self._stake
        aim = bent(Total(self._scaled(self.disagreement - self.tolerance), worth / worth.max()), self._bend)
        tie = float(self.tolerance @ np.abs(weights))

        def best(points: Floats) -> NDArray[np.intp]:
            rows = np.flatnonzero(self._rational(points))
            sums = points[rows] @ weights
            return np.asarray(rows[sums >= sums.max() - tie])

        pieces = pursue_in_pieces(self._space, aim, self._met.known, tie / float(worth.max()))
        founds = [self._met.learn(found, aim) for found in pieces]
        return self._choice(founds, best, float(worth.max()))

    def along(self, direction: Floats) -> Choice:
        """Leximin of the gains per unit of ``direction``; players with direction 0 are left out of the comparison."""
        if not (direction > 0).any():
            return self._all_rational()
        return self._leximin(self.disagreement, direction, rational=True)

    def least_loss(self, target: Floats) -> Choice:
        """Leximin of the payoffs less ``target`` among the rational agreements."""
        return self._leximin(target, np.ones_like(self.units), rational=True)

    @cached_property
    def _gainers(self) -> list[NDArray[np.bool_]]:
        """Who gains: everybody if that is possible, else every largest group that can gain together."""
        everybody = np.ones(len(self.units), dtype=bool)
        if self._can_gain(everybody):
            return [everybody]
        hopeful = [player for player in range(len(everybody)) if self._can_gain(np.arange(len(everybody)) == player)]
        for size in range(len(hopeful), 0, -1):
            groups = [np.isin(np.arange(len(everybody)), some) for some in combinations(hopeful, size)]
            able = [group for group in groups if self._can_gain(group)]
            if able:
                return able
        return [~everybody]

    def _can_gain(self, group: NDArray[np.bool_]) -> bool:
        def shown(points: Floats) -> bool:
            gains = self._gains(points)
            return bool(((gains >= 0).all(axis=1) & (gains[:, group] > 0).all(axis=1)).any())

        if shown(self._some) or shown(self._met.points):
            return True
        beyond = np.maximum(self.tolerance / RELATIVE / self._stake, 1.0)
        floor = self._scaled(self.disagreement - self.tolerance)
        aim = bent(Ray(self._scaled(self.disagreement), np.where(group, beyond, 0.0), floor), self._bend)
        found = reachable(self._space, aim, self._met.known, RELATIVE / 10, enough=2 * RELATIVE)
        self._met.learn(found, aim)
        able = shown(self._met.points)
        if not able and found.bound > 2 * RELATIVE:
            raise TooManyAgreements("it could not be settled who can gain together")
        return able

    def _leximin(self, origin: Floats, direction: Floats, *, rational: bool) -> Choice:
        """Level by level, until everything that keeps the levels found so far can be listed.

        A level is shared by all but some players who are excused because they stand at a lower level; which players
        those are is part of the question, and all who can be are tried.
        """
        moving = np.flatnonzero(direction > 0)
        unit = float((direction / self._stake).max())
        slack = float((self.tolerance[moving] / direction[moving]).max())
        alive: list[dict[int, float]] = [{}]
        founds: list[Found] = []
        for _ in moving:
            tried = [self._reach(origin, direction, excused, rational=rational) for excused in alive]
            top = max(found.level for found in tried)
            kept = [(e, f) for e, f in zip(alive, tried, strict=True) if f.level >= top - slack * unit]
            founds = [found for _, found in kept]
            if all(found.part is not None for found in founds) or max(found.gap for found in founds) > slack * unit:
                break
            grown = [{**excused, int(i): top / unit} for excused, _ in kept for i in moving if i not in excused]
            alive = [dict(items) for items in dict.fromkeys(tuple(sorted(one.items())) for one in grown)]

        def gains_of(points: Floats) -> Floats:
            return self._gains(points) if origin is self.disagreement else points - origin

        def best(points: Floats) -> NDArray[np.intp]:
            rows = np.flatnonzero(self._rational(points)) if rational else np.arange(len(points))
            ratios = gains_of(points)[rows][:, moving] / direction[moving]
            return np.asarray(rows[leximin(ratios, self.tolerance[moving] / direction[moving])])

        choice = self._choice(founds, best, 1 / unit)
        least = float((gains_of(choice.points[:1])[0, moving] / direction[moving]).min())
        if origin is self.disagreement:
            return replace(choice, ray_point=origin + max(least, 0.0) * np.where(direction > 0, direction, 0.0))
        return replace(choice, ray_point=np.maximum(origin + least * direction, self.disagreement))

    def _reach(self, origin: Floats, direction: Floats, excused: Mapping[int, float], *, rational: bool) -> Found:
        """How far along the ray those can go who are not excused; the excused stay at their level."""
        unit = (direction / self._stake).max()
        floor = self.disagreement - self.tolerance if rational else np.full_like(self.units, -np.inf)
        ray = direction / self._stake / unit
        for player, level in excused.items():
            least = origin[player] + level * direction[player] - self.tolerance[player]
            floor[player] = max(floor[player], least)
            ray[player] = 0.0
        moving = direction > 0
        tie = float((self.tolerance[moving] / direction[moving]).max() * unit)
        return self._pursue(bent(Ray(self._scaled(origin), ray, self._scaled(floor)), self._bend), tie)

    def _pursue(self, aim: Aim, tie: float) -> Found:
        return self._met.learn(pursue(self._space, aim, self._met.known, tie), aim)

    def _all_rational(self) -> Choice:
        """Nothing to choose by: all efficient rational agreements tie."""
        floor = self._scaled(self.disagreement - self.tolerance)
        aim = bent(Ray(floor, np.ones_like(floor), floor), self._bend)
        prices = beside(aim.relaxed(self._space.scaled, None).prices)
        listing = list_part(self._space, aim, 0.0, prices, MANY, anyhow=False)
        if not listing.complete:
            raise TooManyAgreements("there are too many rational agreements to list, and nothing to choose them by")
        found = Found(0.0, 0.0, listing.part, listing.part)
        return self._choice([found], lambda points: np.flatnonzero(self._rational(points)))

    def _choice(self, founds: Sequence[Found], best: Callable[[Floats], NDArray[np.intp]], unit: float = 1.0) -> Choice:
        """The best of all that was found; ``unit`` is what a level of one is in the unit of the answer."""
        places: dict[tuple[float, ...], tuple[Floats, Place]] = {}
        for found in founds:
            for sums, point, place in self._met.listing(found.part):
                places.setdefault(tuple(sums.tolist()), (point, place))
        if not places:
            raise TooManyAgreements(
                "nothing was found among too many agreements: payoffs may be of too different sizes"
            )
        points = np.array([point for point, _ in places.values()])
        rows = np.sort(best(points))
        gap = max((found.gap for found in founds if found.part is None), default=0.0) * unit
        proof = "exact" if all(found.part is not None for found in founds) else UNCOUNTED
        if gap > RELATIVE * unit:
            proof = f"best found; no agreement is better by more than {gap:.2g}"
        listed = [place for _, place in places.values()]
        return Choice(pure([listed[row] for row in rows]), points[rows], proof=proof)
