"""The pure regime with continuous issues: a union of patches, searched completely.

Every patch is a box on which payoffs are smooth (see `interior`). A concept's answer is the best of the patches' own
optima; `search` finds it without solving them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.choice import RELATIVE, Choice, Outlook, Spot, pure
from bargain.geometry.interior import Patches, Programme, maximise
from bargain.geometry.menu import Menu, leximin
from bargain.geometry.search import Found, Land, Question, best_patches, best_value, tidy

__all__ = ["Patchwork"]

Floats = NDArray[np.float64]
Keys = NDArray[np.intp]

CONVERGED = 1e-7
"""Largest residual with which an answer may be called exact."""
WIDE = 2e-3
"""Coordinates that can move by this share of their patch at no cost are a stretch of ties, not a flat optimum."""
MOST_TIES = 60
"""Tied patches whose representative is worked out."""


@dataclass(frozen=True)
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
        each = np.eye(len(self.disagreement))
        return np.array([best_value(self.land, self._sum_question(weights, self.disagreement)) for weights in each])

    def product(self, powers: Floats) -> Choice:
        """Maximise the weighted product of gains; if not all can gain together, of those that gain under leximin."""
        gaining = np.ones(len(powers), dtype=bool)
        if not self._regular:
            gaining = self._leximin(self.span).payoffs[0] - self.disagreement > 10 * self.tolerance
        if not gaining.any():
            return self.along(np.ones_like(powers))
        return self._choice(best_patches(self.land, self._product_question(powers * gaining)))

    def total(self) -> Choice:
        """Maximise the sum of payoffs among the rational agreements."""
        weights = np.ones_like(self.disagreement)
        found = best_patches(self.land, self._sum_question(weights, self.disagreement))
        top = found.keys[:MOST_TIES]
        programme = self._arrays(len(top), weights=weights)
        return self._answer(found, self._ends(found, programme, 1e-5), None)

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

    # -- the questions -------------------------------------------------------------------------------------------

    def _arrays(self, count: int, **given: Floats) -> Programme:
        zero = np.zeros_like(self.disagreement)
        named = {"floor": self.disagreement, "ray": zero, "weights": zero, "powers": zero, "span": self.span} | given
        rows = {key: np.tile(row, (count, 1)) for key, row in named.items()}
        return Programme(rows["floor"], rows["ray"], rows["weights"], rows["powers"], rows["span"])

    def _product_question(self, powers: Floats) -> Question:
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
        programme = partial(self._arrays, powers=powers)
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
        patches, count = self.land.build(found.keys), len(found.keys)
        rays, floors = np.tile(ray, (count, 1)), np.tile(self.disagreement, (count, 1))
        s = found.s.copy()
        going = np.arange(count)
        while len(going):
            optima = maximise(patches.subset(going), self._level(rays[going], floors[going]))
            s[going] = tidy(optima.s)
            pressed = optima.prices * rays[going]
            binding = (pressed > 1e-6 * pressed.max(axis=1, keepdims=True)) & (rays[going] > 0)
            reached = self.disagreement + optima.reach[:, None] * rays[going] - 1e-11 * self.span
            floors[going] = np.where(binding, reached, floors[going])
            rays[going] = np.where(binding, 0.0, rays[going])
            going = going[optima.feasible & (rays[going] > 0).any(axis=1)]
        payoffs, moving = patches.payoffs(s), ray > 0
        ratios = (payoffs - self.disagreement)[:, moving] / ray[moving]
        best = leximin(ratios, 10 * self.tolerance[moving] / ray[moving])
        return replace(found, keys=found.keys[best], s=s[best], payoffs=payoffs[best])

    def _level(self, rays: Floats, floors: Floats) -> Programme:
        zero = np.zeros_like(rays)
        return Programme(floors, rays, zero, zero, np.tile(self.span, (len(rays), 1)))

    def _choice(self, found: Found, ray_point: Floats | None = None) -> Choice:
        """All agreements that pay what the best patches pay."""
        floor = found.payoffs[:MOST_TIES] - 1e-10 * self.span
        zero, span = np.zeros_like(floor), np.tile(self.span, (len(floor), 1))
        return self._answer(found, self._ends(found, Programme(floor, zero, zero, zero, span), 1.0), ray_point)

    def _ends(self, found: Found, programme: Programme, tilt: float) -> list[tuple[Floats, NDArray[np.bool_]]]:
        """Where a whole stretch of a patch does as well: its first and last coordinates, and on which patches."""
        s, count = found.s[:MOST_TIES], len(found.s[:MOST_TIES])
        patches = self.land.build(found.keys[:MOST_TIES])
        everywhere, wide = np.ones(count, dtype=bool), np.zeros(count, dtype=bool)
        open_rows = np.flatnonzero(~_pinned(patches, s, programme))
        if not len(open_rows):
            return [(s, everywhere)]
        some, asked = patches.subset(open_rows), programme.subset(open_rows)
        first, last = (maximise(some, replace(asked, tilt=sign * tilt)) for sign in (1.0, -1.0))
        moved = np.abs(first.s - last.s) * (some.width > 0)
        wide[open_rows] = (moved.max(axis=1) > WIDE) & first.feasible & last.feasible
        if asked.weights.any():
            reached = [(some.payoffs(tidy(end.s)) * asked.weights).sum(axis=1) for end in (first, last)]
            wide[open_rows] &= np.minimum(*reached) >= found.value - 100 * self.tolerance.sum()
        stretched = open_rows[wide[open_rows]]
        low, high = s.copy(), s.copy()
        low[stretched], high[stretched] = (tidy(end.s[wide[open_rows]], 1e-6) for end in (first, last))
        return [(low, everywhere), (high, wide)]

    def _answer(
        self, found: Found, ends: Sequence[tuple[Floats, NDArray[np.bool_]]], ray_point: Floats | None
    ) -> Choice:
        keys = found.keys[:MOST_TIES]
        patches = self.land.build(keys)
        spots, points = [], []
        for s, listed in ends:
            for row in np.flatnonzero(listed):
                spots.append(Spot(tuple(keys[row].tolist()), tuple(s[row].tolist())))
                points.append(patches.payoffs(s)[row])
        continuum = len(ends) > 1 and bool(ends[-1][1].any())
        return Choice(pure(spots), np.array(points), ray_point, continuum, found.residual, self._proof(found))

    def _proof(self, found: Found) -> str:
        if found.residual > CONVERGED:
            return f"not converged: the conditions of an optimum are missed by {found.residual:.2g}"
        if not found.complete:
            return f"best found: {found.solved} patches solved, others could be better by up to {found.gap:.3g}"
        if not self.land.concave:
            return "local optimum on each patch: some values are not concave; no other patch can be better"
        return "exact"


def _pinned(patches: Patches, s: Floats, programme: Programme) -> NDArray[np.bool_]:
    """(B,) patches on which no other coordinates do as well, as far as derivatives tell.

    Fixed payoffs pin the coordinates if their derivatives have full rank; a sum of payoffs does if every coordinate
    is at an end that it would lose by leaving.
    """
    first, _ = patches.derivatives(s)
    moving = patches.width > 0
    if programme.weights.any():
        slope = (programme.weights[:, None, :] @ first)[:, 0]
        scale = 1e-7 * np.abs(programme.weights * programme.span).max()
        leaving = np.where(s >= 1, -slope, np.where(s <= 0, slope, 0.0))
        return np.asarray(((leaving < -scale) | ~moving).all(axis=1) & (patches.ties.shape[1] == 0))
    rows = np.concatenate([first / programme.span[:, :, None], patches.tie_rows], axis=1) * moving[:, None, :]
    return np.asarray(np.linalg.matrix_rank(rows, tol=1e-7) == moving.sum(axis=1))
