"""The pure regime with continuous issues: a union of patches, searched completely.

Every patch is a box on which payoffs are smooth (see `interior`). A concept's answer is the best of the patches' own
optima; `search` finds it without solving them all.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable
from bargain.geometry.choice import CONVEX_ONLY, RELATIVE, Choice, Outlook, Spot, pure
from bargain.geometry.menu import Menu, leximin
from bargain.geometry.smooth.facial import UNBOUND, Face, face_of, narrowed
from bargain.geometry.smooth.interior import CONVERGED, Programme, maximise
from bargain.geometry.smooth.search import Found, Land, Question, best_patches, best_value, polished
from bargain.geometry.smooth.stretches import ends_of, joined, tidy

__all__ = ["Patchwork"]

Floats = NDArray[np.float64]
Keys = NDArray[np.intp]

MOST_TIES = 600
"""Tied patches whose representatives are worked out."""
PLAIN = 0.01
"""Who gains this share of what is at stake somewhere on the grid has hopes of that order: enough for a scale."""
COARSE = 1e-6
"""Where rounding is more than this share of what is at stake, slopes are not to be trusted."""


@dataclass(frozen=True, eq=False)
class Patchwork:
    """Efficient payoffs on a grid, and the land around them in which answers are refined.

    Attributes
    ----------
    menu : the frontier on the grid, which serves lists and pictures.
    land : the patches.
    """

    menu: Menu
    land: Land
    _rays: dict[str, Found] = field(default_factory=dict, repr=False, compare=False)
    _choices: dict[str, Choice] = field(default_factory=dict, repr=False, compare=False)

    method = "grid and polish"
    mixes = False
    walkable = False
    ideal_doubt = 0.0

    @property
    def disagreement(self) -> Floats:
        """(n,) payoffs without a deal."""
        return self.menu.disagreement

    @property
    def powers(self) -> Floats:
        """(n,) bargaining powers."""
        return self.menu.powers

    @property
    def points(self) -> Floats:
        """(k, n) the efficient payoffs on the grid."""
        return self.menu.points

    @property
    def rational_rows(self) -> NDArray[np.intp]:
        """Indices of the rational points on the grid."""
        return self.menu.rational_rows

    @cached_property
    def span(self) -> Floats:
        """(n,) what is at stake for each player, the unit of accuracy."""
        everything = np.vstack([self.menu.points, self.disagreement])
        stake, size = np.ptp(everything, axis=0), np.abs(everything).max(axis=0)
        return np.asarray(np.where(stake > 1e-12 * size, stake, np.where(size > 0, size, 1.0)))

    @property
    def tolerance(self) -> Floats:
        """(n,) differences that do not count."""
        return self.menu.tolerance

    @cached_property
    def outlook(self) -> Outlook:
        """The largest attainable minimum gain."""
        found = self._last_on_ray(np.ones_like(self.disagreement))
        gains = found.payoffs[0] - self.disagreement
        binding = np.flatnonzero(gains <= gains.min() + 10 * self.tolerance)
        spot = Spot(tuple(found.keys[0].tolist()), tuple(found.s[0].tolist()))
        return Outlook(float(found.value), ((1.0, spot),), found.payoffs[0], tuple(binding.tolist()))

    @property
    def rational(self) -> bool:
        """Whether some agreement, on the grid or off it, leaves nobody below disagreement."""
        return self.menu.rational or self._room >= -RELATIVE

    @cached_property
    def _regular(self) -> bool:
        """Whether all can gain together."""
        return bool((self.menu.gains > 0).all(axis=1).any()) or self._room > RELATIVE

    @cached_property
    def _room(self) -> float:
        """The largest attainable minimum gain, each player's gain in units of what is at stake for it."""
        return self._last_on_ray(self.span).value

    @cached_property
    def ideal(self) -> Floats:
        """(n,) each player's best payoff among the rational agreements."""
        return self.ideal_from(self.disagreement)

    def ideal_from(self, standing: Floats) -> Floats:
        """(n,) each player's best payoff among the agreements that leave nobody below ``standing``."""
        each = np.eye(len(standing))
        return np.array([best_value(self.land, self._sum_question(weights, standing)) for weights in each])

    @cached_property
    def _hopes(self) -> Floats:
        """(n,) about what each player can hope to gain."""
        on_grid = self.menu.ideal - self.disagreement
        return on_grid if (on_grid >= PLAIN * self.span).all() else self.ideal - self.disagreement

    @property
    def border(self) -> Floats:
        """Single agreements have no border."""
        raise NotApplicable(CONVEX_ONLY)

    def product(self, powers: Floats) -> Choice:
        """Maximise the weighted product of gains.

        If not all can gain together, the largest possible number of gainers comes first, then the product among
        them; groups of that size cannot be compared, so the winners of all of them tie.
        """
        if self._regular:
            return self._choice(best_patches(self.land, self._product_question(powers)))
        return self._choice(self._product_of_some(powers))

    def _product_of_some(self, powers: Floats) -> Found:
        """The largest products on the patches that keep everybody at disagreement, over those who can gain there."""
        found = self._last_on_ray(self.span)
        asked = self._arrays(len(found.keys))
        face = face_of(self.land.build(found.keys), asked.floor, asked.span, np.ones_like(asked.floor, dtype=bool))
        gaining: NDArray[np.bool_] = ~face.settled & face.feasible[:, None]
        most = gaining.sum(axis=1)
        rows = np.flatnonzero(face.feasible & (most == most.max()))
        face, gaining, keys = face.subset(rows), gaining[rows], found.keys[rows]
        asked = replace(self._arrays(len(rows)), powers=powers * gaining)
        floor = np.where(gaining, asked.floor, asked.floor - UNBOUND * asked.span)
        optima = maximise(face.patches, replace(asked, floor=floor))

        def score(payoffs: Floats) -> Floats:
            gains = np.where(gaining, np.maximum(payoffs - self.disagreement, 1e-300), 1.0)
            return np.asarray((np.log(gains) * powers).sum(axis=1))

        patches = self.land.build(keys)
        s = polished(patches, asked, score, face.coordinates(optima.s))
        payoffs = patches.payoffs(s)
        scores = score(payoffs)
        best = np.array([scores[(gaining == group).all(axis=1)].max() for group in gaining])
        won = np.flatnonzero(scores >= best - RELATIVE)
        residual = float(optima.residual[won].max())
        return replace(found, keys=keys[won], s=s[won], payoffs=payoffs[won], residual=residual)

    def total(self, weights: Floats) -> Choice:
        """Maximise the weighted sum of payoffs among the rational agreements."""
        found = best_patches(self.land, self._sum_question(weights, self.disagreement))
        asked = self._arrays(min(len(found.keys), MOST_TIES), weights=weights)
        return self._answer(found, asked, 1e-5, found.value - 100 * float(self.tolerance @ np.abs(weights)))

    def along(self, direction: Floats) -> Choice:
        """Leximin of the gains per unit of ``direction``; players with direction 0 are only kept at disagreement."""
        name = repr(direction.tolist())
        if name not in self._choices:
            self._choices[name] = self._along(direction)
        return self._choices[name]

    def _along(self, direction: Floats) -> Choice:
        moving = np.where(direction > 0, direction, 0.0)
        found = (
            self._leximin(moving)
            if moving.any()
            else best_patches(self.land, self._sum_question(np.ones_like(direction), self.disagreement))
        )
        reach = max(0.0, self._last_on_ray(moving).value) if moving.any() else 0.0
        return self._choice(found, self.disagreement + reach * moving)

    def least_loss(self, target: Floats) -> Choice:
        """Leximin of the payoffs less ``target`` among the rational agreements.

        Every payoff is taken twice: once kept at disagreement, once on the ray that starts at ``target`` and goes down.
        """
        n = len(target)
        target = np.where(np.abs(target - self.disagreement) <= self.tolerance, self.disagreement, target)
        points, standing = np.tile(self.points, 2), np.r_[self.disagreement, target]
        menu = Menu(points, standing, np.tile(self.powers, 2), np.tile(self.menu.rounding * np.ones(n), 2))
        twice, ray = Patchwork(menu, self.land.twice()), np.repeat([0.0, 1.0], n)
        choice = twice._choice(twice._leximin(ray))
        reach = twice._last_on_ray(ray).value
        return replace(choice, points=choice.points[:, :n], ray_point=np.maximum(target + reach, self.disagreement))

    # -- the questions -------------------------------------------------------------------------------------------

    def _arrays(self, count: int, **given: Floats) -> Programme:
        zero = np.zeros_like(self.disagreement)
        named = {"floor": self.disagreement, "ray": zero, "weights": zero, "powers": zero, "span": self.span} | given
        rows = {key: np.tile(row, (count, 1)) for key, row in named.items()}
        return Programme(rows["floor"], rows["ray"], rows["weights"], rows["powers"], rows["span"])

    def _product_question(self, powers: Floats) -> Question:
        """The largest weighted product of gains; accuracy is asked for in shares of what each can hope to gain."""
        safe = np.where(powers > 0, powers, 1.0)
        d = self.disagreement

        def value(payoffs: Floats) -> Floats:
            gains = np.maximum(payoffs - d, 1e-300)
            return np.asarray((np.log(gains) * powers).sum(axis=1))

        def cut(_: Floats, payoffs: Floats) -> tuple[Floats, float]:
            gains = np.maximum(payoffs - d, 1e-12 * self.span)
            prices = powers / gains
            return prices, float(np.log(gains) @ powers - prices @ payoffs)

        known, start = -np.inf, d + self.span
        if self.menu.rational:
            gains = self.menu.gains[self.menu.rational_rows]
            inside = (gains[:, powers > 0] > 0).all(axis=1)
            if inside.any():
                scores = np.log(np.maximum(gains[inside], 1e-300)) @ powers
                known = float(scores.max())
                start = d + np.where(powers > 0, gains[inside][np.argmax(scores)], safe)
        prices, offset = cut(np.zeros_like(d), start)
        hope = np.clip(self._hopes, RELATIVE * self.span, self.span)
        programme = partial(self._arrays, powers=powers, span=hope)
        return Question(programme, value, cut, prices, offset, known, RELATIVE, start)

    def highest(self, prices: Floats) -> tuple[Floats, Spot]:
        """Payoffs and place of an agreement with the largest priced payoff, rational or not."""
        lowest = np.minimum(self.menu.points.min(axis=0), self.disagreement) - 10 * self.span
        return self._highest(prices, lowest)

    def best_for(self, player: int) -> tuple[Floats, Spot]:
        """Payoffs and place of a rational agreement that is best for one player."""
        return self._highest(np.eye(len(self.disagreement))[player], self.disagreement)

    def _highest(self, prices: Floats, floor: Floats) -> tuple[Floats, Spot]:
        found = best_patches(self.land, self._sum_question(prices, floor))
        return found.payoffs[0], Spot(tuple(found.keys[0].tolist()), tuple(found.s[0].tolist()))

    def _sum_question(self, weights: Floats, floor: Floats) -> Question:
        """The largest weighted sum of payoffs among the agreements that leave nobody below ``floor``."""

        def cut(prices: Floats, _: Floats) -> tuple[Floats, float]:
            return weights + prices, float(-prices @ floor)

        above = (self.menu.points >= floor - self.tolerance).all(axis=1)
        known = float((self.menu.points[above] @ weights).max(initial=-np.inf))
        return Question(
            lambda count: self._arrays(count, weights=weights, floor=floor),
            lambda payoffs: np.asarray(payoffs @ weights),
            cut,
            first_prices=weights,
            first_offset=0.0,
            known=known,
            slack=float(self.tolerance @ np.abs(weights)),
            around=self.menu.points[np.argmax(self.menu.points @ weights)],
        )

    def _last_on_ray(self, ray: Floats) -> Found:
        """The patches on which the ray from disagreement reaches farthest."""
        name = repr(ray.tolist())
        if name not in self._rays:
            self._rays[name] = best_patches(self.land, self._ray_question(ray))
        return self._rays[name]

    def _ray_question(self, ray: Floats) -> Question:
        d, moving = self.disagreement, ray > 0

        def cut(prices: Floats, _: Floats) -> tuple[Floats, float]:
            length = prices @ ray
            prices = prices / length if length > 0 else moving / (ray @ moving)
            return prices, float(-prices @ d)

        def reach(payoffs: Floats) -> Floats:
            return np.asarray(((payoffs - d)[:, moving] / ray[moving]).min(axis=1))

        gains = self.menu.points - d
        lengths = (gains[:, moving] / ray[moving]).min(axis=1)
        met = (gains[:, ~moving] >= -self.tolerance[~moving]).all(axis=1)
        known = float(lengths[met].max()) if met.any() else -np.inf
        prices, offset = cut(np.zeros_like(d), d)
        slack = float((self.tolerance[moving] / ray[moving]).max())
        around = self.menu.points[np.argmax(lengths)]
        return Question(partial(self._arrays, ray=ray), reach, cut, prices, offset, known, slack, around)

    # -- from the best patches to the answer ---------------------------------------------------------------------

    def _leximin(self, ray: Floats) -> Found:
        """Leximin of the gains per unit of ``ray`` on the patches where the ray reaches farthest.

        On each patch, level by level: whoever binds at the last point of the ray (has a positive price there) is
        fixed, the others go on. Then the patches are compared.
        """
        found = self._last_on_ray(ray)
        asked = self._arrays(len(found.keys))
        patches = self.land.build(found.keys)
        face = face_of(patches, asked.floor, asked.span, np.tile(ray <= 0, (len(found.keys), 1)))
        s, residual = found.s.copy(), np.zeros(len(found.keys))
        for _ in ray:
            rising = ~face.settled & (ray > 0)
            going = rising.sum(axis=1) > 0
            if not going.any():
                break
            optima = maximise(face.patches, self._level(asked, face, np.where(rising, ray, 0.0)))
            s = np.where(going[:, None], face.coordinates(tidy(optima.s)), s)
            residual = np.maximum(residual, np.where(going, optima.residual, 0.0))
            face = narrowed(face, optima, rising)
        s = face.coordinates(s)
        payoffs, moving = patches.payoffs(s), ray > 0
        ratios = (payoffs - self.disagreement)[:, moving] / ray[moving]
        best = leximin(ratios, 10 * self.tolerance[moving] / ray[moving])
        return replace(
            found, keys=found.keys[best], s=s[best], payoffs=payoffs[best], residual=float(residual[best].max())
        )

    def _level(self, asked: Programme, face: Face, rays: Floats) -> Programme:
        """The last point of the rays on the faces; who is settled needs no floor."""
        floor = np.where(face.settled, asked.floor - UNBOUND * asked.span, asked.floor)
        return replace(asked, floor=floor, ray=rays)

    def _choice(self, found: Found, ray_point: Floats | None = None) -> Choice:
        """All agreements that pay what the best patches pay."""
        top = min(len(found.keys), MOST_TIES)
        asked = replace(self._arrays(top), floor=found.payoffs[:top] - 1e-10 * self.span)
        return self._answer(found, asked, 1.0, -np.inf, ray_point)

    def _answer(
        self, found: Found, asked: Programme, tilt: float, enough: float, ray_point: Floats | None = None
    ) -> Choice:
        """The tied places: single ones, and of every stretch the first and the last."""
        keys, s = found.keys[:MOST_TIES], found.s[:MOST_TIES]
        patches = self.land.build(keys)
        low, high = ends_of(patches, s, asked, tilt, enough)
        worth = (patches.payoffs(low), patches.payoffs(high))
        pairs = joined(self.land.place(keys, low), self.land.place(keys, high))
        ends = [end for pair in pairs for end in dict.fromkeys(pair)]
        spots = [Spot(tuple(keys[r].tolist()), tuple((high if last else low)[r].tolist())) for r, last in ends]
        points = np.array([worth[last][row] for row, last in ends])
        return Choice(pure(spots), points, ray_point, len(ends) > len(pairs), found.residual, self._proof(found))

    def _proof(self, found: Found) -> str:
        if found.residual > CONVERGED:
            return f"not converged: the conditions of an optimum are missed by {found.residual:.2g}"
        if not found.complete:
            return f"best found: {found.solved} patches solved, others could be better by up to {found.gap:.3g}"
        if (self.menu.rounding > COARSE * self.span).any():
            return "approximate: some payoffs differ by so little of their size that rounding hides the optimum"
        if not self.land.concave:
            return "local optimum on each patch: some values are not concave; no other patch can be better"
        return "exact"
