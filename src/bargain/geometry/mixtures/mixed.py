"""The lotteries regime for any number of signatories, over agreements that can be asked for by price.

Every answer is a mixture of few agreements (Caratheodory 1907: at most as many as there are players), found by linear
programmes with column generation (`linear`) and by Frank-Wolfe (`frank_wolfe`). Prices prove it: at them no agreement
is worth more than the mixture, up to the gap.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable, TooManyAgreements
from bargain.geometry.choice import RELATIVE, Choice, Mixture, Outlook, tolerances
from bargain.geometry.mixtures.atoms import Pool, Source
from bargain.geometry.mixtures.frank_wolfe import largest_product
from bargain.geometry.mixtures.held import Held, few
from bargain.geometry.mixtures.ladder import climb
from bargain.geometry.mixtures.linear import Optimum, Rows, attained, maximise_over_mixtures
from bargain.geometry.mixtures.vertices import MOST_POINTS, efficient_vertices
from bargain.geometry.smooth.patchwork import Patchwork

__all__ = ["Mixed"]

Floats = NDArray[np.float64]
Chances = Mapping[int, float]

SAME = 1e-11
"""Payoffs that agree to this share of what is at stake are the same."""
SLACK = 1e-11
"""By so little, in units of what is at stake, the total may fall while the ends of its face are looked for."""
ROOMY = 0.01
"""Where everybody can gain this share of what is at stake, more need not be known to start from."""
FAVOUR = 1e-4
"""Weight of everybody else's payoff where one player's is favoured: enough to waste nothing."""
CERTIFIED = 1e-9
"""A larger gap, relative to what is at stake, is named in the proof."""


@dataclass(frozen=True, eq=False)
class Mixed:
    """All lotteries over the agreements of a source, with free disposal.

    Attributes
    ----------
    source : agreements by price: `atoms.Listing`, `atoms.Sum`, `atoms.Curved`.
    disagreement : (n,) payoffs without a deal.
    powers : (n,) bargaining powers; only their ratios matter.
    rounding : (n,) by how much rounding may have changed payoffs.

    >>> from bargain.geometry.mixtures.atoms import Listing
    >>> simplex = Listing(np.array([[4.0, 0.0, 0.0], [0.0, 2.0, 0.0], [0.0, 0.0, 1.0]]))
    >>> Mixed(simplex, np.zeros(3), np.ones(3)).product(np.ones(3)).points.round(9).tolist()
    [[1.333333333, 0.666666667, 0.333333333]]
    """

    source: Source
    disagreement: Floats
    powers: Floats
    rounding: Floats | float = 0.0
    _ladders: dict[str, tuple[Optimum, float]] = field(default_factory=dict, repr=False, compare=False)
    _bases: dict[int, tuple[int, ...]] = field(default_factory=dict, repr=False, compare=False)

    method = "prices"
    mixes = True
    ideal_doubt = 0.0

    @property
    def walkable(self) -> bool:
        """Not where the agreements behind an ideal point have to be searched for off the grid."""
        return self.source.pure is None

    # -- what is at stake ----------------------------------------------------------------------------------------

    @cached_property
    def unit(self) -> Floats:
        """(n,) what is at stake for each player; all programmes are solved in gains of these units."""
        everything = np.vstack([self.source.extent, self.disagreement])
        stake, size = np.ptp(everything, axis=0), np.abs(everything).max(axis=0)
        return np.asarray(np.where(stake > 1e-12 * size, stake, np.where(size > 0, size, 1.0)))

    @cached_property
    def tolerance(self) -> Floats:
        """(n,) differences that do not count."""
        return tolerances(self.source.extent, self.disagreement, self.rounding)

    @cached_property
    def _pool(self) -> Pool:
        return self.source.pool(self.disagreement, self.unit)

    @property
    def _somewhere(self) -> Floats:
        """(n,) the gains of some agreement."""
        return np.asarray(self._pool.points[0])

    @cached_property
    def _nothing(self) -> Floats:
        return np.zeros_like(self.disagreement)

    @property
    def _floors(self) -> Rows:
        return self._at_least(self._nothing)

    def _at_least(self, floor: Floats) -> Rows:
        """Nobody below a floor, in gains."""
        return Rows(np.eye(len(floor)), self._nothing, floor)

    def _solve(
        self,
        objective: Floats,
        rows: Rows,
        pull: float = 0.0,
        least: float = 0.0,
        enough: float = np.inf,
        start: tuple[int, ...] = (),
    ) -> Optimum | None:
        return maximise_over_mixtures(self._pool, objective, rows, pull, least, self.source.accuracy, enough, start)

    # -- the frontier --------------------------------------------------------------------------------------------

    @cached_property
    def vertices(self) -> NDArray[np.intp]:
        """Indices of the listed payoffs that are vertices of the efficient part of the hull."""
        listed = self.source.listed
        if listed is None or len(listed) > MOST_POINTS:
            raise TooManyAgreements("the corners of the efficient frontier are too many to list")
        return efficient_vertices(listed)

    @property
    def points(self) -> Floats:
        """(v, n) the vertices of the efficient part of the hull, as far as they are listed.

        Raises
        ------
        TooManyAgreements
            where they are not: answers need no list.
        """
        vertices = self.vertices
        assert self.source.listed is not None
        return self.source.listed[vertices]

    @property
    def rational_rows(self) -> NDArray[np.intp]:
        """Indices of the listed vertices that leave nobody below disagreement."""
        return np.flatnonzero((self.points >= self.disagreement - self.tolerance).all(axis=1))

    @property
    def border(self) -> Floats:
        """(v, 2) two signatories: corners of the border from player 1's best rational payoffs to player 2's.

        Between two points of the border lies whatever is highest at the prices that make them equal.
        """
        if len(self.unit) != 2:
            raise NotApplicable(f"the efficient payoffs form a line for two signatories, and here are {len(self.unit)}")
        first, last = (attained(self._solve(favour, self._floors)).point for favour in np.eye(2) + FAVOUR)
        done, waiting = [first], [last]
        while waiting:
            p, q = done[-1], waiting[-1]
            corner = self._beyond(p, np.array([q[1] - p[1], p[0] - q[0]]))
            if corner is None:
                done.append(waiting.pop())
            else:
                waiting.append(corner)
        distinct = [p for p, q in pairwise(done) if np.abs(p - q).max() > self.source.grain]
        return np.asarray(self.disagreement + self.unit * np.array([*distinct, done[-1]]))

    def _beyond(self, point: Floats, prices: Floats) -> Floats | None:
        """(2,) what is worth more than a point at these prices; None if nothing is, or if there is no room for it.

        Between two points that rounding alone tells apart there is none, whatever the signs of their differences.
        """
        if prices.min() <= self.source.grain:
            return None
        found = self._pool.find(prices, np.inf)  # may put it into the pool
        highest = self._pool.points[found]
        return highest if prices @ (highest - point) > self.source.accuracy * prices.sum() else None

    # -- can all gain together? ----------------------------------------------------------------------------------

    @cached_property
    def _room(self) -> Optimum:
        """The lottery with the largest minimum gain, in units of what is at stake, or one with a large enough gain."""
        equal = Rows(np.eye(len(self._nothing)), np.ones_like(self._nothing), self._nothing)
        least = float(self._somewhere.min())
        return attained(self._solve(self._nothing, equal, 1.0, least, ROOMY))

    @property
    def rational(self) -> bool:
        """Whether some lottery leaves nobody below disagreement in expectation."""
        return self._room.reach >= -RELATIVE

    @cached_property
    def outlook(self) -> Outlook:
        """The largest attainable minimum gain, completed by leximin."""
        best, _ = self._ladder(self._nothing, 1 / self.unit, np.full_like(self.unit, -np.inf))
        mixture, point = self._spelled_out(best.chances)
        gains = point - self.disagreement
        gains = np.where(np.abs(gains) <= self.tolerance, 0.0, gains)
        binding = np.flatnonzero(gains <= gains.min() + self.tolerance)
        return Outlook(float(gains.min()), mixture, point, tuple(binding.tolist()))

    @cached_property
    def ideal(self) -> Floats:
        """(n,) each player's best expected payoff among the rational lotteries."""
        return np.maximum(self.ideal_from(self.disagreement), self.disagreement)

    def ideal_from(self, standing: Floats) -> Floats:
        """(n,) each player's best expected payoff among the lotteries that leave nobody below ``standing`` (n,).

        Minus infinity if none does.
        """
        best = self._best_of_each((standing - self.disagreement) / self.unit, self._bases)
        self._bases.update((player, one.basis) for player, one in enumerate(best) if one is not None)
        own = [-np.inf if one is None else one.point[player] for player, one in enumerate(best)]
        return np.asarray(self.disagreement + self.unit * own)

    def _best_of_each(self, floor: Floats, bases: Mapping[int, tuple[int, ...]] | None = None) -> list[Optimum | None]:
        """For each player the lottery it likes best with nobody below a floor, from where the last search ended."""
        if self.source.pure is not None and self.source.pure.rational:
            for player in range(len(floor)):
                self._pool.add(*self.source.pure.best_for(player))
        rows, known = self._at_least(floor), bases or {}
        return [
            self._solve(prices, rows, start=known.get(player, ())) for player, prices in enumerate(np.eye(len(floor)))
        ]

    # -- what concepts ask ---------------------------------------------------------------------------------------

    def product(self, powers: Floats) -> Choice:
        """Maximise the weighted product of gains; if not all can gain, of those who can, and then all of them can.

        (If one lottery lets i gain and another j, half of each lets both.)
        """
        self._hint(lambda pure: pure.product(powers))
        if self._room.reach > RELATIVE and (powers > 0).all():
            found = largest_product(self._pool, powers / powers.sum(), self._room.chances, self.source.accuracy / 100)
            return self._choice([found.chances], gap=found.gap, prices=found.prices / self.unit)
        able = (self.ideal - self.disagreement > self.tolerance) & (powers > 0)
        if not able.any():
            return self.along(np.ones_like(powers))
        held = Held(lambda objective: attained(self._solve(objective, self._floors)), able)
        best = map(attained, self._best_of_each(self._nothing))
        starts = [held.add(one) for one in best if one.point[able].max() > 0]
        start = {index: starts.count(index) / len(starts) for index in starts}
        found = largest_product(held, powers[able] / powers[able].sum(), start, self.source.accuracy / 100)
        return self._choice([held.unfolded(found.chances)], gap=found.gap, prices=held.prices / self.unit)

    def total(self, weights: Floats) -> Choice:
        """Maximise the weighted sum of payoffs among the rational lotteries.

        A whole face may tie. Then its ends are given: for each player in turn the tied lottery that is best for it.
        """
        self._hint(lambda pure: pure.total(weights))
        objective = weights * self.unit / (weights * self.unit).max()
        best = attained(self._solve(objective, self._floors))
        ends = [self._end(objective, best, favour) for favour in np.eye(len(weights)) + FAVOUR]
        distinct = ends[:1]
        for end in ends[1:]:
            if all(np.abs(end.point - other.point).max() > self.source.grain for other in distinct):
                distinct.append(end)
        if len(distinct) == 1 and self.source.pure is not None:
            distinct = [best]
        return self._choice([end.chances for end in distinct], gap=best.gap)

    def _end(self, objective: Floats, best: Optimum, favour: Floats) -> Optimum:
        """Of the lotteries that reach the best total, the one that a player favours.

        First agreements are looked for that may be mixed in, then only those are mixed that are worth as much as any at
        the prices of the best total: others would come in with tiny chances, paid for by the slack.
        """
        matrix = np.vstack([np.eye(len(objective)), objective])

        def face(slack: float) -> Rows:
            return Rows(matrix, np.zeros(len(matrix)), np.append(self._nothing, objective @ best.point - slack))

        attained(self._solve(favour, face(SLACK)))
        tied = self._pool.highest_at(best.prices, RELATIVE)
        end = attained(maximise_over_mixtures(tied, favour, face(SLACK / 100)))
        return replace(end, chances={tied.numbers[i]: chance for i, chance in end.chances.items()})

    def along(self, direction: Floats) -> Choice:
        """Where the ray from disagreement leaves the set, completed by leximin of the gains per unit of direction."""
        moving = np.where(direction > 0, direction, 0.0)
        if not moving.any():
            return self.along(np.ones_like(direction))
        self._hint(lambda pure: pure.along(direction))
        best, reach = self._ladder(self._nothing, moving / self.unit, self._nothing)
        return self._choice([best.chances], self.disagreement + max(reach, 0.0) * moving, best.gap)

    def least_loss(self, target: Floats) -> Choice:
        """The smallest t for which ``max(target - t, d)`` is feasible, completed by leximin of the payoffs less target.

        target : (n,).
        """
        base = (target - self.disagreement) / self.unit
        best, reach = self._ladder(base, 1 / self.unit, self._nothing)
        return self._choice([best.chances], np.maximum(target + reach, self.disagreement), best.gap)

    # -- from questions to programmes ----------------------------------------------------------------------------

    def _hint(self, ask: Callable[[Patchwork], Choice]) -> None:
        """Put the pure answer into the pool where agreements are not listed: often no lottery is better."""
        pure = self.source.pure
        if pure is not None and pure.rational:
            found = ask(pure)
            for point, ((_, place),) in zip(found.points, found.mixtures, strict=True):
                self._pool.add(point, place)

    def _ladder(self, base: Floats, ray: Floats, floor: Floats) -> tuple[Optimum, float]:
        """Leximin of (gain - base) / ray level by level, nobody below floor; and how high the first level is."""
        name = repr([base.tolist(), ray.tolist(), floor.tolist()])
        if name not in self._ladders:
            low = floor if np.isfinite(floor).all() else self._somewhere
            self._ladders[name] = climb(self._solve, base, ray, floor, low, 1 / self.unit)
        return self._ladders[name]

    # -- from chances to the answer ------------------------------------------------------------------------------

    def _choice(
        self,
        answers: list[Chances],
        ray_point: Floats | None = None,
        gap: float = 0.0,
        prices: Floats | None = None,
    ) -> Choice:
        spelled = [self._spelled_out(chances) for chances in answers]
        return Choice(
            tuple(mixture for mixture, _ in spelled),
            np.array([point for _, point in spelled]),
            ray_point,
            continuum=len(spelled) > 1,
            proof=self._proof(gap),
            gap=gap,
            prices=prices,
        )

    def _proof(self, gap: float) -> str:
        if self.source.pure is not None and not self.source.pure.land.concave:
            return "local optimum: some values are not concave"
        return "exact" if gap <= CERTIFIED else f"within a gap of {gap:.2g} of what is at stake"

    def _spelled_out(self, chances: Chances) -> tuple[Mixture, Floats]:
        """A mixture of few places, in their order, and what it pays; one place where a single one pays the same."""
        pool = self._pool
        numbers = np.array(sorted(i for i, chance in chances.items() if chance > SAME))
        shares = np.array([chances[i] for i in numbers.tolist()])
        point = shares @ pool.payoffs[numbers] / shares.sum()
        same = np.flatnonzero((np.abs(pool.payoffs - point) <= SAME * self.unit).all(axis=1))
        if len(same):
            return ((1.0, pool.places[int(same[0])]),), pool.payoffs[same[0]]
        kept, shares = few(pool.points[numbers], shares / shares.sum())
        numbers = numbers[kept]
        places = [pool.places[number] for number in numbers.tolist()]
        return tuple(zip(shares.tolist(), places, strict=True)), np.asarray(shares @ pool.payoffs[numbers])
