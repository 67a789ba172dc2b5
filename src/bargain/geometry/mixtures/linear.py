"""Linear programmes over lotteries: the simplex method, with columns asked of a pool of agreements.

    maximise   c . y + pull * t
    subject to G y - r t >= f,   y a mixture of agreements

n is small, so a basis is a small matrix, and the agreement that enters is the highest at current prices: the revised
simplex method of Dantzig (1953) with the column generation of Dantzig and Wolfe (1960, Operations Research 8:101). Ties
are common here; after a while without progress the rule of Bland (1977, Math. Oper. Res. 2:103) prevents cycling.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable, NotConverged

__all__ = ["Columns", "Optimum", "Rows", "attained", "maximise_over_mixtures"]

Floats = NDArray[np.float64]

WORTHWHILE = 1e-11
"""A column that gains less than this per unit is not worth a step; payoffs are measured in what is at stake."""
PIVOT = 1e-9
"""Smaller entries of a direction are rounding."""
MET = 3e-9
"""Constraints missed by no more than this are met: three times what counts as equal elsewhere."""
STEPS = 3000
"""Hundreds of times what is needed; only rounding could make the method wander."""
FORGIVEN = 1e-12
"""A chance may fall below 0 by this much for the sake of a larger pivot (Harris 1973, Math. Programming 5:1)."""
WANDERED = 1e-8
"""Where steps lead back to where they were, agreements differ by little more than rounding; a gain up to this is left
as the gap."""


class Columns(Protocol):
    """Agreements to mix, asked for by price; see `atoms.Pool`."""

    @property
    def points(self) -> Floats:
        """(k, n) those met so far."""

    def find(self, prices: Floats, above: float) -> int:
        """One worth more than ``above`` at these prices, else the highest."""


@dataclass(frozen=True, eq=False)
class Rows:
    """Constraints ``matrix @ y - ray * t >= floor``: (m, n), (m,), (m,)."""

    matrix: Floats
    ray: Floats
    floor: Floats


@dataclass(frozen=True, eq=False)
class Optimum:
    """A best mixture, and the prices that prove it.

    Attributes
    ----------
    chances : number of an agreement in the pool -> its chance; at most as many as there are players and rows.
    point : (n,) the mixture.  reach : t.  value : the objective.
    prices : (n,) at which no agreement is worth more than the mixture; row_prices (m,) what a unit of floor costs.
    gap : by how much an agreement may still be worth more.
    basis : the columns it stands on, to start from where only the floor has changed.
    """

    chances: dict[int, float]
    point: Floats
    reach: float
    value: float
    prices: Floats
    row_prices: Floats
    gap: float
    basis: tuple[int, ...] = ()


def maximise_over_mixtures(
    columns: Columns,
    objective: Floats,
    rows: Rows,
    pull: float = 0.0,
    least: float = 0.0,
    gap: float = WORTHWHILE,
    enough: float = np.inf,
    start: tuple[int, ...] = (),
) -> Optimum | None:
    """The best mixture that keeps the rows, or None if none does.

    ``least`` is a value of t that is known to be possible (t is never below it), ``gap`` the accuracy asked for; a
    mixture that is worth ``enough`` is taken even if others are worth more. ``start`` is the basis of an answer to the
    same question with another floor; where it does not keep this floor, it is of no use and does no harm.

    >>> from bargain.geometry.mixtures.atoms import Listing
    >>> triangle = Listing(np.array([[4.0, 0.0], [0.0, 2.0]])).pool(np.zeros(2), np.ones(2))
    >>> equal = Rows(np.eye(2), np.ones(2), np.zeros(2))
    >>> round(maximise_over_mixtures(triangle, np.zeros(2), equal, pull=1.0).reach, 9)
    1.333333333
    """
    try:
        simplex = _Simplex(columns, objective, rows, pull, least, gap)
        return simplex.answer(enough) if simplex.stands_on(start) or simplex.is_feasible() else None
    except np.linalg.LinAlgError as error:
        raise NotConverged("a linear programme over lotteries came upon agreements too much alike") from error


def attained(optimum: Optimum | None) -> Optimum:
    """The optimum, which must exist."""
    if optimum is None:
        raise NotApplicable("no lottery leaves everybody at or above these payoffs")
    return optimum


class _Simplex:
    """The tableau: basic columns, told apart by number: agreements 0, 1, …; slacks -1 … -m; t -m-1; shortfall -m-2."""

    def __init__(self, columns: Columns, objective: Floats, rows: Rows, pull: float, least: float, gap: float) -> None:
        self.columns, self.objective, self.rows, self.least, self.worth = columns, objective, rows, least, gap
        m = self.m = len(rows.floor)
        self.b = np.append(rows.floor + rows.ray * least, 1.0)
        self.extra = np.zeros((m + 2, m + 1))
        self.extra[:m, :m] = -np.eye(m)
        self.extra[m, :m] = -rows.ray
        self.extra[m + 1, :m] = 1.0
        self.cost = np.zeros(m + 2)
        self.pull = pull
        first = columns.find(objective + rows.matrix.sum(axis=0), np.inf)
        self.basis = [first, *range(-1, -m - 1, -1)]
        self.matrix = np.column_stack([self._column(number) for number in self.basis])
        self.shortfall = False

    def _column(self, number: int) -> Floats:
        if number < 0:
            return np.asarray(self.extra[-number - 1])
        return np.append(self.rows.matrix @ self.columns.points[number], 1.0)

    def stands_on(self, start: tuple[int, ...]) -> bool:
        """Begin with a basis that is known, if it keeps the rows as they are now."""
        if not start:
            return False
        matrix = np.column_stack([self._column(number) for number in start])
        try:
            kept = np.linalg.solve(matrix, self.b).min() >= 0
        except np.linalg.LinAlgError:
            kept = False
        if not kept:
            return False
        self.basis, self.matrix = list(start), matrix
        self.cost[self.m] = self.pull
        return True

    def is_feasible(self) -> bool:
        """Phase one: from a single agreement, reduce the shortfall of the rows it misses to nothing."""
        x = np.linalg.solve(self.matrix, self.b)
        if x.min() < 0:
            self._replace(int(x.argmin()), -self.m - 2)
            self.cost[-1], self.shortfall = -1.0, True
            self._run(np.zeros_like(self.objective))
            if not self._without_shortfall():
                return False
            self.shortfall = False
        self.cost[-1], self.cost[self.m] = 0.0, self.pull
        return True

    def _without_shortfall(self) -> bool:
        """Take the shortfall out of the basis, forgiving what rounding has left of it."""
        if -self.m - 2 not in self.basis:
            return True
        inverse = np.linalg.inv(self.matrix)
        place = self.basis.index(-self.m - 2)
        missed = float((inverse @ self.b)[place])
        if missed > MET:
            return False
        self.b[: self.m] -= max(missed, 0.0)
        self._replace(place, -1 - int(np.abs(inverse[place, : self.m]).argmax()))
        return True

    def _replace(self, place: int, number: int) -> None:
        self.basis[place] = number
        self.matrix[:, place] = self._column(number)

    def _run(self, objective: Floats, enough: float = np.inf) -> float:
        """Step from basis to basis; returns by how much an agreement may still be worth more."""
        stalled, seen = 0, set[tuple[int, ...]]()
        for _ in range(STEPS):
            inverse = np.linalg.inv(self.matrix)
            dual = self._costs(objective) @ inverse
            careful = stalled > 2 * self.m + 10
            number, gain = self._entering(objective, dual, careful)
            if number is None or float(dual @ self.b) >= enough or (gain <= WANDERED and self._back(seen)):
                return gain
            x, direction = inverse @ self.b, inverse @ self._column(number)
            place, length = self._leaving(x, direction, careful)
            if self.shortfall and self.basis[place] == -self.m - 2:
                self._replace(place, number)
                return 0.0
            stalled = stalled + 1 if length * gain < 1e-13 else 0
            self._replace(place, number)
        raise NotConverged("a linear programme over lotteries did not come to an end")

    def _back(self, seen: set[tuple[int, ...]]) -> bool:
        """Whether the method has been at this basis before; remembers it."""
        here = tuple(sorted(self.basis))
        back = here in seen
        seen.add(here)
        return back

    def _costs(self, objective: Floats) -> Floats:
        points = self.columns.points
        return np.array([self.cost[-i - 1] if i < 0 else objective @ points[i] for i in self.basis])

    def _entering(self, objective: Floats, dual: Floats, careful: bool) -> tuple[int | None, float]:
        """The column that gains most per unit (with care: the first that gains), or None and the gap."""
        usable = self.m + 1 + self.shortfall
        gains = self.cost[:usable] - self.extra[:usable] @ dual
        prices = objective - dual[: self.m] @ self.rows.matrix
        bound = float(dual[self.m])
        if careful and gains.max() > self.worth:
            return -1 - int(np.argmax(gains > self.worth)), float(gains.max())
        best = self._first_above(prices, bound) if careful else self.columns.find(prices, bound + self.worth)
        gain = float(self.columns.points[best] @ prices) - bound
        if max(gain, gains.max()) <= self.worth or (best in self.basis and gain >= gains.max()):
            return None, max(gain, 0.0)
        return (best, gain) if gain > gains.max() else (-1 - int(gains.argmax()), float(gains.max()))

    def _first_above(self, prices: Floats, bound: float) -> int:
        above = self.columns.points @ prices > bound + self.worth
        return int(np.argmax(above)) if above.any() else self.columns.find(prices, bound + self.worth)

    def _leaving(self, x: Floats, direction: Floats, careful: bool) -> tuple[int, float]:
        """Whose chance reaches 0 first; of equals the one with the largest entry (with care: the first column)."""
        falling = direction > PIVOT
        if not falling.any():
            raise NotConverged("a linear programme over lotteries has no bound")
        ratios, slack = np.full(len(x), np.inf), np.full(len(x), np.inf)
        ratios[falling] = np.maximum(x[falling], 0.0) / direction[falling]
        slack[falling] = ratios[falling] + FORGIVEN / direction[falling]
        length = float(ratios.min())
        equal = np.flatnonzero(ratios <= max(length + FORGIVEN, float(slack.min())))
        equal = equal[direction[equal] > direction[equal].max() * 1e-3] if careful else equal
        if self.shortfall and -self.m - 2 in (self.basis[i] for i in equal):
            return self.basis.index(-self.m - 2), length
        if careful:
            return min(equal.tolist(), key=lambda place: self._rank(self.basis[place])), length
        return int(equal[direction[equal].argmax()]), length

    def _rank(self, number: int) -> int:
        """The order of columns by which Bland's rule goes: slacks and the like before agreements."""
        return number + self.m + 2 if number >= 0 else -1 - number

    def answer(self, enough: float) -> Optimum:
        """Phase two, and what the last basis says."""
        gap = self._run(self.objective, enough - self.pull * self.least)
        inverse = np.linalg.inv(self.matrix)
        x, dual = inverse @ self.b, self._costs(self.objective) @ inverse
        chances = {number: float(x[i]) for i, number in enumerate(self.basis) if number >= 0 and x[i] > 0}
        total = sum(chances.values())
        chances = {number: chance / total for number, chance in chances.items()}
        point = sum(chance * self.columns.points[number] for number, chance in chances.items())
        moving = self.basis.index(-self.m - 1) if -self.m - 1 in self.basis else None
        reach = self.least + (0.0 if moving is None else float(x[moving]))
        value = float(self.objective @ point) + self.pull * reach
        prices = self.objective - dual[: self.m] @ self.rows.matrix
        row_prices = np.maximum(-dual[: self.m], 0.0)
        return Optimum(chances, np.asarray(point), reach, value, prices, row_prices, gap, tuple(self.basis))
