"""Linear programmes with a constraint per coalition, added only when one is violated."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable, NotConverged
from bargain.games.coalitions import Game, members_of, sums_of

__all__ = ["LARGEST", "PRICED", "Optimum", "Program", "dust_of", "normalised", "outside_span", "proper"]

Floats = NDArray[np.float64]
Coalitions = NDArray[np.intp]

LARGEST = 16
"""Players up to which the programmes are solved: 65 536 coalitions are looked through at every step."""
RELATIVE = 1e-9
"""Two excesses count as equal within this share of the largest worth beyond what the members get alone."""
ROUNDING = 1e-15
"""Relative error of one sum of worths, with a margin; it matters where worths are large and what they add is not."""
VIOLATED = 1e-9
"""A coalition short by more than this, in units of the largest worth, is added (basic solutions are good to 1e-12)."""
PRICED = 1e-6
"""A dual price above this is positive. Prices of coalitions sum to 1 and at most n + 1 are positive, so some always are
above it; a positive price overlooked here is found at the next step."""


@dataclass(frozen=True, eq=False)
class Optimum:
    """A solution: shares (n,), the largest excess, and the dual prices of coalitions and of lower bounds."""

    shares: Floats
    excess: float
    prices: dict[int, float]
    bound_prices: Floats
    total_price: float


@dataclass
class Program:
    """Divide ``total`` among n players so that no coalition of ``wanted`` falls short, or by as little as possible.

    Attributes
    ----------
    worth : (2**n,) what each coalition asks for.
    wanted : (2**n,) which coalitions count.
    lower : smallest share of every player, or None.
    equal : rows (k, n) and right sides (k,) of equations; the first is the sum of all shares.
    working : coalitions whose constraint has been added, kept from one programme to the next.
    """

    worth: Floats
    wanted: NDArray[np.bool_]
    lower: float | None
    equal: tuple[Floats, Floats]
    working: list[int] = field(default_factory=list)

    def least_excess(self) -> Optimum:
        """Make the largest excess, worth minus shares, as small as possible."""
        n = self.equal[0].shape[1]
        return self._solve(np.append(np.zeros(n), 1.0), free_excess=True)

    def lowest(self, objective: Floats) -> Optimum:
        """Make ``objective`` (n,) times shares as small as possible, no coalition falling short."""
        return self._solve(np.append(objective, 0.0), free_excess=False)

    def _solve(self, objective: Floats, *, free_excess: bool) -> Optimum:
        from scipy.optimize import linprog

        n = self.equal[0].shape[1]
        self.working = [coalition for coalition in self.working if self.wanted[coalition]] or self._first(n)
        bounds = [(self.lower, None)] * n + [(None, None) if free_excess else (0.0, 0.0)]
        rows, sides = self.equal
        equations = np.column_stack([rows, np.zeros(len(rows))])
        while True:
            chosen = np.array(self.working, dtype=np.intp)
            asked = np.column_stack([-self._rows(chosen, n), -np.ones(len(chosen))])
            found = linprog(objective, asked, -self.worth[chosen], equations, sides, bounds, method="highs")
            if not found.success:
                raise NotConverged(f"a linear programme over coalitions was not solved: {found.message}")
            shares, excess = found.x[:n], float(found.x[n])
            if not self._add_violated(shares, excess):
                break
        prices = {int(s): -float(price) for s, price in zip(chosen, found.ineqlin.marginals, strict=True)}
        bound_prices = np.asarray(found.lower.marginals[:n])
        return Optimum(shares, excess, prices, bound_prices, float(found.eqlin.marginals[0]))

    def _rows(self, chosen: Coalitions, n: int) -> Floats:
        return ((chosen[:, None] >> np.arange(n)) & 1).astype(float)

    def _first(self, n: int) -> list[int]:
        """To begin with: each alone, all but one; else the coalitions that ask for most."""
        singles = [1 << i for i in range(n)]
        first = [s for s in (*singles, *(2**n - 1 - single for single in singles)) if self.wanted[s]]
        wanted = np.flatnonzero(self.wanted)
        most = wanted[np.argsort(-self.worth[wanted], kind="stable")[: 2 * n]]
        return list(dict.fromkeys([*first, *map(int, most)]))

    def _add_violated(self, shares: Floats, excess: float) -> bool:
        """Add the coalitions that fall short most, at most 4 n of them; whether there were any."""
        short = np.where(self.wanted, self.worth - sums_of(shares), -np.inf) - excess
        short[self.working] = -np.inf
        violated = np.flatnonzero(short > VIOLATED)
        if len(violated) > 4 * len(shares):
            violated = violated[np.argpartition(-short[violated], 4 * len(shares))[: 4 * len(shares)]]
        self.working += violated.tolist()
        return bool(len(violated))


def normalised(game: Game) -> tuple[Floats, float]:
    """(2**n,) worth beyond what the members get alone, in units of its largest size; and that unit.

    The excesses of a division are the same up to the unit, if shares too are counted from what each gets alone.

    Raises
    ------
    NotApplicable
        if there are more than 16 players.
    """
    if game.n > LARGEST:
        raise NotApplicable(f"this is worked out for at most {LARGEST} players, and there are {game.n}")
    beyond = game.values - sums_of(game.alone)
    unit = float(np.abs(beyond).max()) or 1.0
    return beyond / unit, unit


def dust_of(game: Game) -> float:
    """Excesses closer than this are equal: a billionth of what coalitions add, and no less than what rounding does."""
    beyond = float(np.abs(game.values - sums_of(game.alone)).max())
    return max(RELATIVE * beyond, ROUNDING * game.n * float(np.abs(game.values).max()))


def proper(n: int) -> NDArray[np.bool_]:
    """(2**n,) all coalitions but the empty one and the grand one."""
    wanted = np.ones(2**n, dtype=bool)
    wanted[[0, -1]] = False
    return wanted


def outside_span(n: int, rows: Floats) -> NDArray[np.bool_]:
    """(2**n,) coalitions whose indicator is not a combination of the rows (k, n)."""
    _, sizes, directions = np.linalg.svd(rows, full_matrices=False)
    basis = directions[sizes > 1e-9 * sizes[0]]
    members = members_of(n).astype(float)
    rest = members - (members @ basis.T) @ basis
    return np.asarray((rest * rest).sum(axis=1) > INDEPENDENT)


INDEPENDENT = 1e-12
"""Squared distance from a span. For whole-number rows it is 0 or at least the inverse of a Gram determinant, about
1e-9 at 16 players."""
