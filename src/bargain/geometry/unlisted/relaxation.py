"""The lotteries' answer to a question about a sum of blocks, and the prices that support it.

A lottery over the agreements of a sum of blocks pays a mixture of the rows of every block, each block by itself. So the
hull needs one weight per row, however many agreements there are, and a concave question about it is a small programme:

    maximise  t + sum_i w_i log y_i   subject to   sum of the mixtures = floor + t ray + y,   y >= 0.

Its prices are what matters here: at prices p no agreement is worth more than the sum over blocks of the dearest row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

__all__ = ["Blocks", "Relaxed", "relax"]

Floats = NDArray[np.float64]

ROUNDS = 60
"""Newton steps at most; about fifteen are needed."""
GAP = 1e-12
"""Complementarity at which the prices are good enough: they are bounds at any accuracy, this only sharpens them."""
NOTHING = 1e-18
"""A gap at which no step does anything; the equations cannot be kept then, and prices tell why."""
CENTRED = 0.02
"""Share of the gap aimed at by the next step."""
STEP = 0.99
"""Share of the way to the border of what is positive."""


@dataclass(frozen=True)
class Blocks:
    """The rows of several blocks, one below the other.

    Attributes
    ----------
    rows : (R, n) payoffs.
    starts : (m,) where each block starts; no block is empty.
    """

    rows: Floats
    starts: NDArray[np.intp]

    @classmethod
    def stacked(cls, blocks: Sequence[Floats]) -> Blocks:
        """From one array per block."""
        sizes = [len(block) for block in blocks]
        return cls(np.concatenate(blocks), np.cumsum([0, *sizes[:-1]]))

    @cached_property
    def sizes(self) -> NDArray[np.intp]:
        """(m,) how many rows each block has."""
        return np.diff(np.append(self.starts, len(self.rows)))

    def summed(self, values: Floats) -> Floats:
        """Sums of row values, block by block."""
        return np.asarray(np.add.reduceat(values, self.starts, axis=0))

    def highest(self, values: Floats) -> Floats:
        """Largest row values, block by block."""
        return np.asarray(np.maximum.reduceat(values, self.starts, axis=0))

    @cached_property
    def owners(self) -> NDArray[np.intp]:
        """(R,) which block each row belongs to."""
        return np.repeat(np.arange(len(self.starts)), self.sizes)

    def spread(self, values: Floats) -> Floats:
        """Block values, repeated for every row."""
        return np.asarray(values[self.owners])


@dataclass(frozen=True)
class Relaxed:
    """Where the relaxation ended.

    Attributes
    ----------
    chances : (R,) the mixture of every block's rows.
    point : (n,) what it pays.
    prices : (n,) what a unit of each player's payoff is worth there; positive.
    reach : t, the length of the ray.
    """

    chances: Floats
    point: Floats
    prices: Floats
    reach: float


def relax(blocks: Blocks, floor: Floats, ray: Floats, powers: Floats) -> Relaxed:
    """Maximise ``t + sum_i powers_i log y_i`` over mixtures of rows that pay ``floor + t ray + y``, ``y >= 0``.

    An infeasible primal-dual path-following method. The rows' weights are eliminated block by block, so that a step
    costs one pass over the rows and one system of n + 1 equations.

    Parameters
    ----------
    blocks : rows of about unit size.
    floor : (n,) payoffs that are not undercut by more than ``t ray``.
    ray : (n,) not negative; all zeros for a product.
    powers : (n,) not negative; the product's weights, zeros elsewhere. Scaled such that prices are of about unit size.

    >>> pie = Blocks.stacked([np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([[1.0, 0.0], [0.0, 0.5]])])
    >>> found = relax(pie, np.zeros(2), np.ones(2), np.zeros(2))
    >>> found.point.round(6).tolist(), round(found.reach, 6)
    ([1.0, 1.0], 1.0)
    """
    path = _Path(blocks, floor, ray, powers)
    best = Relaxed(path.alpha, path.alpha @ blocks.rows, path.price, path.t)
    for _ in range(ROUNDS):
        try:
            with np.errstate(all="ignore"):
                gap, residual = path.step()
        except np.linalg.LinAlgError:
            break
        if not np.isfinite(gap + residual + path.price.sum() + path.t):
            break
        best = Relaxed(path.alpha, path.alpha @ blocks.rows, path.price, path.t)
        if max(gap, residual) < GAP or gap < NOTHING:
            break
    return best


class _Path:
    """The iterates: weights alpha (R,) with reduced costs z, room y (n,) with prices, block values nu (m,), and t."""

    def __init__(self, blocks: Blocks, floor: Floats, ray: Floats, powers: Floats) -> None:
        self.blocks, self.floor, self.ray, self.powers = blocks, floor, ray, powers
        self.on_ray = bool((ray > 0).any())
        self.alpha = blocks.spread(1.0 / blocks.sizes)
        players = blocks.rows.shape[1]
        self.price = np.where(powers > 0, powers, 1.0 / max(ray.sum(), 1.0))
        worth = blocks.rows @ self.price
        self.nu = blocks.highest(worth) + 1.0
        self.z = blocks.spread(self.nu) - worth
        middle = self.alpha @ blocks.rows
        self.t = float(min(((middle - floor) / np.where(ray > 0, ray, np.inf))[ray > 0], default=0.0))
        self.y = np.maximum(middle - floor - self.t * ray, 0.1) * np.ones(players)

    def step(self) -> tuple[float, float]:
        """One Newton step towards a small share of the gap; returns what it aimed at and what the equations lack."""
        rows, blocks, bound = self.blocks.rows, self.blocks, self.powers == 0
        terms = np.r_[self.alpha * self.z, (self.y * self.price)[bound]]
        goal = CENTRED * float(terms.mean())
        weight = self.alpha / self.z
        # what the weights do at fixed prices, then how they answer to prices
        push = goal / self.alpha - blocks.spread(self.nu) + rows @ self.price
        columns = np.column_stack([rows, push, np.ones(len(rows)), self.alpha])
        columns[:, :-1] *= weight[:, None]
        sums = blocks.summed(columns)
        mass, short = sums[:, -2], 1.0 - sums[:, -1]
        centre = blocks.spread(sums[:, :-2] / mass[:, None])
        inner = rows - centre[:, :-1]
        fixed = weight * (push - centre[:, -1] + blocks.spread(short / mass))
        answer = inner.T @ (weight[:, None] * inner)

        room = (np.where(bound, goal, self.powers) - self.y * self.price) / self.price
        missing = self.floor + self.t * self.ray + self.y - self.alpha @ rows
        dprice, dt = self._solve(answer + np.diag(self.y / self.price), missing + room - fixed @ rows)
        dy = room - self.y / self.price * dprice
        dalpha = fixed + weight * (inner @ dprice)
        dz = goal / self.alpha - self.z - dalpha / weight
        dnu = (sums[:, -3] + sums[:, :-3] @ dprice - short) / mass
        self._move((dalpha, dy, dt), (dz, dprice, dnu))
        curved = np.abs(self.y * self.price - self.powers)[~bound].max(initial=0.0)
        left = float(np.abs(self.floor + self.t * self.ray + self.y - self.alpha @ rows).max())
        return goal, max(left, float(curved))

    def _move(self, primal: tuple[Floats, Floats, float], dual: tuple[Floats, Floats, Floats]) -> None:
        """As far as everything stays positive; in one measure where logarithms tie prices to payoffs."""
        dalpha, dy, dt = primal
        dz, dprice, dnu = dual
        one = min(_longest(self.alpha, dalpha), _longest(self.y, dy))
        other = min(_longest(self.z, dz), _longest(self.price, dprice))
        if (self.powers > 0).any():
            one = other = min(one, other)
        self.alpha, self.y, self.t = self.alpha + one * dalpha, self.y + one * dy, self.t + one * dt
        self.z, self.price, self.nu = self.z + other * dz, self.price + other * dprice, self.nu + other * dnu

    def _solve(self, matrix: Floats, right: Floats) -> tuple[Floats, float]:
        ridge = 1e-14 * np.trace(matrix)
        matrix = matrix + ridge * np.eye(len(matrix))
        if not self.on_ray:
            return np.asarray(np.linalg.solve(matrix, right)), 0.0
        answers = np.linalg.solve(matrix, np.column_stack([right, self.ray]))
        left = 1.0 - self.ray @ self.price
        dt = float((left - self.ray @ answers[:, 0]) / (self.ray @ answers[:, 1]))
        return np.asarray(answers[:, 0] + dt * answers[:, 1]), dt


def _longest(values: Floats, change: Floats) -> float:
    steepest = float((change / values).min(initial=0.0))
    return min(1.0, STEP / -steepest) if steepest < 0 else 1.0
