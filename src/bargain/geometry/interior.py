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

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Optima", "Patches", "Programme", "maximise"]

Floats = NDArray[np.float64]

ITERATIONS = 80
"""Far more than the 15 to 30 that are needed; infeasible patches use them up."""
FINAL_GAP = 1e-13
"""Complementarity at which the path is left, in units where every player's payoffs span 1."""
FEASIBLE = 1e-8
"""Largest violation of a constraint, in the same units, with which a patch still counts as feasible."""


@dataclass(frozen=True)
class Patches:
    """A batch of B patches with n players and m coordinates.

    ``u_i(s) = constant_i + sum_k slope_ik s_k + quad_ik s_k^2 + coef_ik (base_ik + reach_ik s_k)^exponent_ik``

    Attributes
    ----------
    constant : (B, n).  slope, quad, coef, base, reach, exponent : (B, n, m).
    limit_rows, limits : (B, r, m) and (B, r), the budgets ``limit_rows s <= limits``.
    tie_rows, ties : (B, e, m) and (B, e), the equations ``tie_rows s = ties``.
    start : (B, m) a point that meets the equations.
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

    def __len__(self) -> int:
        return len(self.constant)

    def subset(self, rows: NDArray[np.intp]) -> Patches:
        """Some of the patches."""
        return Patches(**{name: getattr(self, name)[rows] for name in self.__dataclass_fields__})

    def payoffs(self, s: Floats) -> Floats:
        """(B, n) payoffs at coordinates ``s`` (B, m)."""
        t = s[:, None, :]
        parts = self.slope * t + self.quad * t**2
        if self._curved:
            parts = parts + self.coef * self._arms(t) ** self.exponent
        return np.asarray(self.constant + parts.sum(axis=2))

    def derivatives(self, s: Floats) -> tuple[Floats, Floats]:
        """First and second derivatives, each (B, n, m)."""
        t = s[:, None, :]
        first, second = self.slope + 2 * self.quad * t, 2 * self.quad
        if self._curved:
            arms, e = self._arms(t), self.exponent
            first = first + self.coef * e * self.reach * arms ** (e - 1)
            second = second + self.coef * e * (e - 1) * self.reach**2 * arms ** (e - 2)
        return first, np.broadcast_to(second, first.shape)

    @property
    def _curved(self) -> bool:
        return bool(self.coef.any())

    def _arms(self, t: Floats) -> Floats:
        return np.asarray(np.maximum(self.base + self.reach * t, 1e-14))


@dataclass(frozen=True)
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
        arrays = (self.floor, self.ray, self.weights, self.powers, self.span)
        return Programme(*(array[rows] for array in arrays), tilt=self.tilt)


@dataclass(frozen=True)
class Optima:
    """Solutions of a batch.

    Attributes
    ----------
    s : (B, m) coordinates.  reach : (B,) the ray's length t.  prices : (B, n) what one more unit of each player's
    payoff would be worth (multipliers of the rows in payoff units).
    residual : (B,) largest violation of the optimality conditions, players' payoffs scaled to span 1.
    feasible : (B,) whether the constraints are met.
    """

    s: Floats
    reach: Floats
    prices: Floats
    residual: Floats
    feasible: NDArray[np.bool_]


def maximise(patches: Patches, programme: Programme) -> Optima:
    """Solve the programme on every patch of the batch.

    >>> one = np.ones((1, 1, 1))
    >>> pie = Patches(  # u_1 = s, u_2 = 1 - s
    ...     constant=np.array([[0.0, 1.0]]), slope=np.array([[[1.0], [-1.0]]]),
    ...     **{name: np.zeros((1, 2, 1)) for name in ("quad", "coef", "base", "reach")},
    ...     exponent=np.ones((1, 2, 1)), limit_rows=np.zeros((1, 0, 1)), limits=np.zeros((1, 0)),
    ...     tie_rows=np.zeros((1, 0, 1)), ties=np.zeros((1, 0)), start=np.full((1, 1), 0.5))
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
        scale = np.where(programme.ray > 0, programme.span / np.where(programme.ray > 0, programme.ray, 1), 0)
        self.unit = np.where(programme.pull > 0, scale.max(axis=1), 1.0)
        self.weight = programme.weights
        largest = np.abs(self.weight * programme.span).max(axis=1, keepdims=True)
        self.weight_scale = np.where(largest > 0, largest, 1.0)
        self.rows = self.players + 2 * self.m + patches.limits.shape[1]
        self.target = np.zeros((count, self.rows))
        self.target[:, : self.players] = programme.powers
        self.y = np.concatenate([patches.start, np.zeros((count, 1))], axis=1)
        values, _ = self._constraints()
        self.slack = np.maximum(values, 0.3)
        self.price = np.where(self.target > 0, self.target, 0.1) / self.slack
        self.equation = np.zeros((count, patches.ties.shape[1]))
        self.residual = np.full(count, np.inf)

    def follow(self) -> Optima:
        gap = np.full(len(self.patches), 0.1)
        for _ in range(ITERATIONS):
            step = self._step(gap)
            barrier = np.where(self.target > 0, 0.0, self.price * self.slack)
            mean = barrier.sum(axis=1) / np.maximum((self.target == 0).sum(axis=1), 1)
            gap = np.where(step > 0.5, 0.1, 0.5) * mean
            gap = np.maximum(gap, FINAL_GAP / 10)
            if ((self.residual < 1e-11) & (mean < FINAL_GAP)).all():
                break
        values, _ = self._constraints()
        violation = np.maximum(-values, 0).max(axis=1)
        span = self.programme.span
        prices = self.price[:, : self.players] / span * self.weight_scale
        pulled = self.programme.pull[:, None] > 0
        return Optima(
            s=np.clip(self.y[:, : self.m], 0, 1),
            reach=self.y[:, self.m] * self.unit,
            prices=np.where(pulled, prices * self.unit[:, None], prices),
            residual=np.maximum(self.residual, mean),
            feasible=violation < FEASIBLE,
        )

    def _constraints(self) -> tuple[Floats, Floats]:
        """(B, rows) values that must not be negative, and (B, n, m) the payoffs' derivatives."""
        patches, programme, s = self.patches, self.programme, self.y[:, : self.m]
        first, _ = patches.derivatives(s)
        asked = programme.floor + programme.ray * (self.y[:, self.m] * self.unit)[:, None]
        players = (patches.payoffs(s) - asked) / programme.span
        limits = patches.limits - np.einsum("brm,bm->br", patches.limit_rows, s)
        return np.concatenate([players, s, 1 - s, limits], axis=1), first

    def _jacobian(self, first: Floats) -> Floats:
        count, m = len(self.patches), self.m
        jacobian = np.zeros((count, self.rows, m + 1))
        jacobian[:, : self.players, :m] = first / self.programme.span[:, :, None]
        jacobian[:, : self.players, m] = -self.programme.ray / self.programme.span * self.unit[:, None]
        jacobian[:, self.players : self.players + m, :m] = np.eye(m)
        jacobian[:, self.players + m : self.players + 2 * m, :m] = -np.eye(m)
        jacobian[:, self.players + 2 * m :, :m] = -self.patches.limit_rows
        return jacobian

    def _step(self, gap: Floats) -> Floats:
        """One Newton step towards the point of the path with complementarity ``gap``; returns its length."""
        values, first = self._constraints()
        jacobian = self._jacobian(first)
        weight = self.weight / self.weight_scale
        slope = np.concatenate([np.einsum("bn,bnm->bm", weight, first), self.programme.pull[:, None]], axis=1)
        slope[:, : self.m] -= self.programme.tilt * 0.5 ** np.arange(self.m)
        wanted = np.where(self.target > 0, self.target, gap[:, None])
        missing = values - self.slack
        pushed = (wanted - self.price * missing) / self.slack
        right = slope + np.einsum("brm,br->bm", jacobian, pushed)
        move, equation = self._solve(self._hessian(jacobian, weight), right)
        slack_move = np.einsum("brm,bm->br", jacobian, move) + missing
        price_move = (wanted - self.price * self.slack - self.price * slack_move) / self.slack
        length = np.minimum(_room(self.slack, slack_move), _room(self.price, price_move))[:, None]
        drift = slope + np.einsum("brm,br->bm", jacobian, self.price)
        drift[:, : self.m] -= np.einsum("bem,be->bm", self.patches.tie_rows, self.equation)
        self.residual = np.maximum(np.abs(missing).max(axis=1), np.abs(drift).max(axis=1))
        self.y = self.y + length * move
        self.slack = self.slack + length * slack_move
        self.price = self.price + length * price_move
        self.equation = self.equation + length * (equation - self.equation)
        return np.asarray(length[:, 0])

    def _hessian(self, jacobian: Floats, weight: Floats) -> Floats:
        _, second = self.patches.derivatives(self.y[:, : self.m])
        pressure = weight + self.price[:, : self.players] / self.programme.span
        bend = np.maximum(-np.einsum("bn,bnm->bm", pressure, second), 0)
        hessian = np.einsum("brm,br,brk->bmk", jacobian, self.price / self.slack, jacobian)
        diagonal = np.arange(self.m)
        hessian[:, diagonal, diagonal] += bend + 1e-12
        hessian[:, self.m, self.m] += np.where(self.programme.pull > 0, 1e-14, 1.0)
        return np.asarray(hessian)

    def _solve(self, hessian: Floats, right: Floats) -> tuple[Floats, Floats]:
        """Solve the Newton system with the equations bordering it."""
        count, size, extra = len(right), right.shape[1], self.patches.ties.shape[1]
        bordered = np.zeros((count, size + extra, size + extra))
        bordered[:, :size, :size] = hessian
        bordered[:, size:, : self.m] = self.patches.tie_rows
        bordered[:, : self.m, size:] = np.swapaxes(self.patches.tie_rows, 1, 2)
        ends = np.arange(size, size + extra)
        bordered[:, ends, ends] = -1e-13
        off = self.patches.ties - np.einsum("bem,bm->be", self.patches.tie_rows, self.y[:, : self.m])
        answer = np.linalg.solve(bordered, np.concatenate([right, off], axis=1)[:, :, None])[:, :, 0]
        return answer[:, :size], answer[:, size:]


def _room(values: Floats, moves: Floats) -> Floats:
    """(B,) how far to move such that no value loses more than 99.5 % of itself; at most 1."""
    with np.errstate(divide="ignore", over="ignore"):
        room = np.where(moves < 0, -0.995 * values / np.where(moves < 0, moves, -1), 1.0)
    return np.asarray(np.minimum(room.min(axis=1), 1.0))
