"""A small interior-point method for many small concave programmes at once.

Each *patch* is a box of continuous coordinates, scaled to [0, 1], on which every player's payoff is a constant plus a
sum of smooth functions of single coordinates. On every patch of a batch we solve, in parallel numpy arithmetic,

    maximise   weights . u(s) + pull * t + sum_i powers_i log(row_i)
    subject to row_i = (u_i(s) - floor_i - ray_i t) / span_i >= 0,   0 <= s <= 1,   G s <= h,   E s = f

which covers a weighted product of gains (``powers``), a sum of payoffs (``weights``) and the last point of a ray
(``pull`` and ``ray``). It is the primal-dual path-following method with slack variables (Nocedal & Wright 2006,
*Numerical Optimization*, ch. 19): a row that stands under a logarithm is one whose complementarity product is driven
to its power instead of to 0. Starting points need not be feasible.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.attitude import Attitudes

__all__ = ["CONVERGED", "Optima", "Patches", "Programme", "maximise"]

Floats = NDArray[np.float64]

ITERATIONS = 80
"""Far more than the 15 to 30 that are needed; infeasible patches use them up."""
FINAL_GAP = 1e-13
"""Complementarity at which the path is left, in units where every player's payoffs span 1."""
HOPELESS = 1e12
"""A multiplier this large means that no point meets the constraints, or only one; the path ends there."""
CONVERGED = 1e-7
"""Largest residual with which an answer may be called exact."""
FEASIBLE = 1e-8
"""Largest violation of a constraint, in the same units, with which a patch still counts as feasible."""


@dataclass(frozen=True, eq=False)
class Patches:
    """A batch of B patches with n players and m coordinates.

    ``z_i(s) = constant_i + sum_k slope_ik s_k + quad_ik s_k^2 + coef_ik (base_ik + reach_ik s_k)^exponent_ik``
    is a player's total, and its payoff is that total, or what the total is worth under an attitude to risk.

    Attributes
    ----------
    constant : (B, n).  slope, quad, coef, base, reach, exponent : (B, n, m).
    limit_rows, limits : (B, r, m) and (B, r), the budgets ``limit_rows s <= limits``.
    tie_rows, ties : (B, e, m) and (B, e), the equations ``tie_rows s = ties``.
    start : (B, m) a point that meets the equations.
    width : (B, m) length of the box in the coordinate's own units; 0 where the coordinate cannot move.
    attitudes : the players' attitudes to risk, None if payoffs are the totals.
    """

    constant: Floats
    slope: Floats
    quad: Floats
    coef: Floats
    base: Floats
    reach: Floats
    exponent: Floats
    limit_rows: Floats
    limits: Floats
    tie_rows: Floats
    ties: Floats
    start: Floats
    width: Floats
    attitudes: Attitudes | None = None

    def __len__(self) -> int:
        return len(self.constant)

    def subset(self, rows: NDArray[np.intp]) -> Patches:
        """Some of the patches."""
        arrays = {name: getattr(self, name)[rows] for name in self.__dataclass_fields__ if name != "attitudes"}
        return Patches(**arrays, attitudes=self.attitudes)

    def twice(self) -> Patches:
        """The same patches with every player's payoff in them twice."""
        names = ("constant", "slope", "quad", "coef", "base", "reach", "exponent")
        doubled: dict[str, Any] = {name: np.concatenate([getattr(self, name)] * 2, axis=1) for name in names}
        return replace(self, **doubled, attitudes=self.attitudes.twice() if self.attitudes else None)

    def payoffs(self, s: Floats) -> Floats:
        """(B, n) payoffs at coordinates ``s`` (B, m)."""
        totals = self.totals(s)
        return self.attitudes.worth(totals) if self.attitudes else totals

    def totals(self, s: Floats) -> Floats:
        """(B, n) totals, before any attitude to risk."""
        return np.asarray(self.constant + self.totals_by_coordinate(s).sum(axis=2))

    def totals_by_coordinate(self, s: Floats) -> Floats:
        """(B, n, m) what each coordinate adds to the totals at ``s`` (B, m)."""
        t = s[:, None, :]
        parts = self.slope * t + self.quad * t**2
        if self.coef.any():
            parts = parts + self.coef * np.maximum(self.base + self.reach * t, 0.0) ** self.exponent
        return np.asarray(parts)

    def derivatives(self, s: Floats) -> tuple[Floats, Floats]:
        """First and second derivatives of payoffs, each (B, n, m).

        The second ones are those along single coordinates, without what an attitude to risk adds: see `curvature`.
        """
        t = s[:, None, :]
        first, second = self.slope + 2 * self.quad * t, 2 * self.quad
        if self.coef.any():
            arms, e = self._arms(t), self.exponent
            first = first + self.coef * e * self.reach * arms ** (e - 1)
            second = second + self.coef * e * (e - 1) * self.reach**2 * arms ** (e - 2)
        if self.attitudes:
            worth = self.attitudes.slope(self.totals(s))[:, :, None]
            first, second = worth * first, worth * second
        return first, np.broadcast_to(second, first.shape)

    def curvature(self, s: Floats) -> Floats | None:
        """(B, n) what an attitude takes off second derivatives, times the square of the first; None without one.

        ``v(z(s))'' = v' z'' + v'' z' z'^T``, and with the gradient F = v' z' the last term is ``-curvature F F^T``.
        """
        return self.attitudes.curvature(self.totals(s)) if self.attitudes else None

    @property
    def curved(self) -> bool:
        """Whether any payoff is not linear."""
        return bool(self.coef.any() or self.quad.any() or self.attitudes)

    def _arms(self, t: Floats) -> Floats:
        """What is raised to an exponent, kept off 0, where slopes are infinite."""
        return np.asarray(np.maximum(self.base + self.reach * t, 1e-14))


@dataclass(frozen=True, eq=False)
class Programme:
    """What to maximise on every patch: see the formula at the top. All arrays are (B, n)."""

    floor: Floats
    ray: Floats
    weights: Floats
    powers: Floats
    span: Floats
    tilt: float = 0.0

    @property
    def pull(self) -> Floats:
        """(B,) 1 where there is a ray, else 0."""
        return np.asarray((self.ray > 0).any(axis=1), dtype=float)

    def subset(self, rows: NDArray[np.intp]) -> Programme:
        """The programme of some of the patches."""
        floor, ray, weights, powers, span = (
            array[rows] for array in (self.floor, self.ray, self.weights, self.powers, self.span)
        )
        return Programme(floor, ray, weights, powers, span, self.tilt)


@dataclass(frozen=True, eq=False)
class Optima:
    """Solutions of a batch.

    Attributes
    ----------
    s : (B, m) coordinates.  reach : (B,) the ray's length t.  prices : (B, n) what one more unit of each player's
    payoff would be worth (multipliers of the rows in payoff units).
    residual : (B,) what the optimality conditions, as far as they are missed, could still be worth, players' payoffs
        scaled to span 1.
    violation : (B,) by how much a constraint is missed, in the same units.
    tight : (B, 2 m + r) lower ends, upper ends and budgets that hold the answer: price above slack.
    """

    s: Floats
    reach: Floats
    prices: Floats
    residual: Floats
    violation: Floats
    tight: NDArray[np.bool_]

    @property
    def feasible(self) -> NDArray[np.bool_]:
        """(B,) whether the constraints are met."""
        return np.asarray(self.violation < FEASIBLE)

    def updated(self, rows: NDArray[np.intp], renewed: Optima) -> Optima:
        """The same with some patches solved anew."""
        found = {name: getattr(self, name).copy() for name in ("s", "reach", "prices", "residual", "violation")}
        for name, array in found.items():
            array[rows] = getattr(renewed, name)
        return Optima(**found, tight=self.tight)


def maximise(patches: Patches, programme: Programme) -> Optima:
    """Solve the programme on every patch of the batch.

    >>> one = np.ones((1, 1, 1))
    >>> pie = Patches(  # u_1 = s, u_2 = 1 - s
    ...     constant=np.array([[0.0, 1.0]]), slope=np.array([[[1.0], [-1.0]]]),
    ...     **{name: np.zeros((1, 2, 1)) for name in ("quad", "coef", "base", "reach")},
    ...     exponent=np.ones((1, 2, 1)), limit_rows=np.zeros((1, 0, 1)), limits=np.zeros((1, 0)),
    ...     tie_rows=np.zeros((1, 0, 1)), ties=np.zeros((1, 0)), start=np.full((1, 1), 0.5), width=np.ones((1, 1)))
    >>> zero, full = np.zeros((1, 2)), np.ones((1, 2))
    >>> best = maximise(pie, Programme(floor=zero, ray=zero, weights=zero, powers=np.array([[2.0, 1.0]]), span=full))
    >>> best.s.round(9).tolist()
    [[0.666666667]]
    """
    return _Path(patches, programme).follow()


class _Path:
    """The central path of a batch: y = (s, t), slacks, multipliers; stepped along until the gap is closed."""

    def __init__(self, patches: Patches, programme: Programme) -> None:
        self.patches, self.programme = patches, programme
        count, self.players, self.m = patches.slope.shape
        self.pull = programme.pull
        scale = np.where(programme.ray > 0, programme.span / np.where(programme.ray > 0, programme.ray, 1), 0)
        self.unit = np.where(self.pull > 0, scale.max(axis=1), 1.0)
        largest = np.abs(programme.weights * programme.span).max(axis=1, keepdims=True)
        self.weight_scale = np.where(largest > 0, largest, 1.0)
        self.weight = programme.weights / self.weight_scale
        self.y = np.concatenate([patches.start, np.zeros((count, 1))], axis=1)
        self.curved = patches.curved
        self.first, self.second = patches.derivatives(patches.start)
        self.curvature = patches.curvature(patches.start)
        self.jacobian = self._jacobian()
        self.target = np.zeros(self.jacobian.shape[:2])
        self.target[:, : self.players] = programme.powers
        self.logarithmic = self.target > 0
        self.barriers = np.maximum((~self.logarithmic).sum(axis=1), 1)
        self.values = self._values()
        self.fixed = self.values - self._along(self.y)
        self.slope = self._slope()
        self.slack = np.maximum(self.values, 0.3)
        self.price = np.where(self.logarithmic, self.target, 0.1) / self.slack
        self.equation = np.zeros((count, patches.ties.shape[1]))
        self.hopeless = np.zeros(count, dtype=bool)
        self.arrived = np.zeros(count, dtype=bool)

    def follow(self) -> Optima:
        gap = np.full(len(self.patches), 0.1)
        for _ in range(ITERATIONS):
            before = self.y
            missing, drift = self._missed()
            residual = np.maximum(np.abs(missing).max(axis=1), np.abs(drift).max(axis=1))
            length = self._step(gap, missing)
            mean = np.where(self.logarithmic, 0.0, self.price * self.slack).sum(axis=1) / self.barriers
            gap = np.maximum(np.clip((1 - length) ** 2, 0.005, 0.5) * mean, FINAL_GAP / 10)
            self.arrived |= (residual < 1e-11) & (mean < FINAL_GAP)
            self.hopeless |= (self.price.max(axis=1) > HOPELESS) & ~self.arrived
            if (self.arrived | self.hopeless).all():
                break
        worth = np.maximum(np.abs(missing).max(axis=1), self._worth(before, drift))
        return self._optima(np.maximum(worth, mean))

    def _optima(self, residual: Floats) -> Optima:
        missed = (self.patches.tie_rows @ self.y[:, : self.m, None])[:, :, 0] - self.patches.ties
        violation = np.maximum(np.maximum(-self.values, 0).max(axis=1), np.abs(missed).max(axis=1, initial=0))
        prices = self.price[:, : self.players] / self.programme.span * self.weight_scale * self.unit[:, None]
        return Optima(
            s=np.clip(self.y[:, : self.m], 0, 1),
            reach=self.y[:, self.m] * self.unit,
            prices=prices,
            residual=residual,
            violation=violation,
            tight=self.price[:, self.players :] > self.slack[:, self.players :],
        )

    def _values(self) -> Floats:
        """(B, rows) values that must not be negative: players' rows, both ends of every coordinate, budgets."""
        patches, programme, s = self.patches, self.programme, self.y[:, : self.m]
        asked = programme.floor + programme.ray * (self.y[:, self.m] * self.unit)[:, None]
        players = (patches.payoffs(s) - asked) / programme.span
        limits = patches.limits - (patches.limit_rows @ s[:, :, None])[:, :, 0]
        return np.concatenate([players, s, 1 - s, limits], axis=1)

    def _jacobian(self) -> Floats:
        (count, m), n = self.patches.start.shape, self.players
        jacobian = np.zeros((count, n + 2 * m + self.patches.limits.shape[1], m + 1))
        jacobian[:, :n, :m] = self.first / self.programme.span[:, :, None]
        jacobian[:, :n, m] = -self.programme.ray / self.programme.span * self.unit[:, None]
        jacobian[:, n : n + m, :m] = np.eye(m)
        jacobian[:, n + m : n + 2 * m, :m] = -np.eye(m)
        jacobian[:, n + 2 * m :, :m] = -self.patches.limit_rows
        return jacobian

    def _missed(self) -> tuple[Floats, Floats]:
        """By how much slacks miss the values, and what still pushes the point along."""
        drift = self.slope + self._pushed(self.price)
        if self.equation.size:
            drift[:, : self.m] -= (self.equation[:, None, :] @ self.patches.tie_rows)[:, 0]
        return self.values - self.slack, drift

    def _step(self, gap: Floats, missing: Floats) -> Floats:
        """One Newton step towards the point of the path with complementarity ``gap``; its length."""
        wanted = np.where(self.logarithmic, self.target, gap[:, None])
        right = self.slope + self._pushed((wanted - self.price * missing) / self.slack)
        move, equation = self._solve(self._hessian(), right)
        slack_move = self._along(move) + missing
        price_move = (wanted - self.price * slack_move) / self.slack - self.price
        length = _room(np.maximum(-slack_move / self.slack, -price_move / self.price))
        step = np.where(self.hopeless | self.arrived, 0.0, length)[:, None]
        self.y = self.y + step * move
        self.slack = self.slack + step * slack_move
        self.price = self.price + step * price_move
        self.equation = self.equation + step * (equation - self.equation)
        self._look()
        return length

    def _worth(self, y: Floats, drift: Floats) -> Floats:
        """(B,) how much following the drift to the end of the box could bring at most, payoffs being concave."""
        up = np.concatenate([1 - y[:, : self.m], np.ones_like(y[:, self.m :])], axis=1)
        down = np.concatenate([y[:, : self.m], np.ones_like(y[:, self.m :])], axis=1)
        return np.asarray(np.where(drift > 0, drift * up, -drift * down).max(axis=1))

    def _look(self) -> None:
        """Values and, where payoffs are curved, derivatives at the present point."""
        if not self.curved:
            self.values = self.fixed + self._along(self.y)
        else:
            self.values = self._values()
            self.first, self.second = self.patches.derivatives(self.y[:, : self.m])
            self.curvature = self.patches.curvature(self.y[:, : self.m])
            self.jacobian[:, : self.players, : self.m] = self.first / self.programme.span[:, :, None]
            self.slope = self._slope()

    def _slope(self) -> Floats:
        """(B, m + 1) the objective's gradient, logarithms left out."""
        slope = np.concatenate([(self.weight[:, None, :] @ self.first)[:, 0], self.pull[:, None]], axis=1)
        if self.programme.tilt:
            slope[:, : self.m] -= self.programme.tilt * 0.5 ** np.arange(self.m)
        return slope

    def _along(self, move: Floats) -> Floats:
        """(B, rows) what a move changes in the values, to first order."""
        return np.asarray((self.jacobian @ move[:, :, None])[:, :, 0])

    def _pushed(self, forces: Floats) -> Floats:
        return np.asarray((forces[:, None, :] @ self.jacobian)[:, 0])

    def _hessian(self) -> Floats:
        stiffness = (self.price / self.slack)[:, None, :]
        hessian = (np.swapaxes(self.jacobian, 1, 2) * stiffness) @ self.jacobian
        diagonal = np.einsum("bii->bi", hessian)
        if self.curved:
            pressure = self.weight + self.price[:, : self.players] / self.programme.span
            diagonal[:, : self.m] += np.maximum(-(pressure[:, None, :] @ self.second)[:, 0], 0)
            if self.curvature is not None:
                bend = np.maximum(pressure * self.curvature, 0)[:, :, None]
                hessian[:, : self.m, : self.m] += np.swapaxes(self.first, 1, 2) @ (bend * self.first)
        stiffest = diagonal[:, : self.m].max(axis=1, initial=0)
        diagonal[:, : self.m] += 1e-12 + 1e-14 * stiffest[:, None]
        diagonal[:, self.m] += np.where(self.pull > 0, 1e-14, 1.0)
        hessian[self.hopeless] = np.eye(self.m + 1)
        return np.asarray(hessian)

    def _solve(self, hessian: Floats, right: Floats) -> tuple[Floats, Floats]:
        """Solve the Newton system, bordered by the equations if there are any."""
        size, extra = right.shape[1], self.patches.ties.shape[1]
        if not extra:
            return np.asarray(np.linalg.solve(hessian, right[:, :, None])[:, :, 0]), self.equation
        bordered = np.zeros((len(right), size + extra, size + extra))
        bordered[:, :size, :size] = hessian
        bordered[:, size:, : self.m] = self.patches.tie_rows
        bordered[:, : self.m, size:] = np.swapaxes(self.patches.tie_rows, 1, 2)
        ends = np.arange(size, size + extra)
        bordered[:, ends, ends] = -1e-13
        off = self.patches.ties - (self.patches.tie_rows @ self.y[:, : self.m, None])[:, :, 0]
        answer: Floats = np.linalg.solve(bordered, np.concatenate([right, off], axis=1)[:, :, None])[:, :, 0]
        return answer[:, :size], answer[:, size:]


def _room(fall: Floats) -> Floats:
    """(B,) how far to move such that no value loses more than 99.5 % of itself, at most 1; ``fall`` (B, rows) of a move
    of length 1, as a share of each value.
    """
    return np.asarray(0.995 / np.maximum(fall.max(axis=1), 0.995))
