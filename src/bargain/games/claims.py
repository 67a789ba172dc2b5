"""Claims problems: an estate too small for the claims on it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import factorial

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable
from bargain.games.coalitions import LISTED, Game, sums_of
from bargain.games.counting import counts_without_each, orders, whole_numbers
from bargain.games.shapley import shapley_value

__all__ = ["Claims", "equal_awards", "equal_losses", "proportional", "random_arrival", "talmud"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Claims:
    """An estate and the claims on it.

    As a game, a coalition is worth what the others' claims leave of the estate: v(S) = max(0, E - c(N without S))
    (O'Neill 1982, Mathematical Social Sciences 2, 345-371).

    Attributes
    ----------
    estate : not negative, at most the sum of the claims.
    claims : (n,) not negative.
    """

    estate: float
    claims: Floats

    @property
    def n(self) -> int:
        """How many claimants there are."""
        return len(self.claims)

    @property
    def grand(self) -> float:
        """The estate."""
        return self.estate

    @property
    def alone(self) -> Floats:
        """(n,) what the claims of the others leave to each."""
        return np.asarray(np.maximum(0.0, self.estate - (self.claims.sum() - self.claims)))

    def table(self) -> Game:
        """All coalitions listed."""
        left = self.estate - sums_of(self.claims)[::-1]
        values = np.maximum(0.0, left)
        values[0], values[-1] = 0.0, self.estate
        return Game(values)


def equal_awards(claims: Floats, amount: float) -> tuple[Floats, float]:
    """Constrained equal awards min(c_i, level), (n,), and the level at which they add up to the amount.

    >>> equal_awards(np.array([100.0, 200, 300]), 200)[0].round(2)
    array([66.67, 66.67, 66.67])
    """
    rising = np.sort(claims)
    paid = np.concatenate([[0.0], np.cumsum(rising)[:-1]])
    levels = (amount - paid) / np.arange(len(claims), 0, -1)
    fits = np.flatnonzero(levels <= rising)
    level = float(max(0.0, levels[fits[0]])) if len(fits) else float(rising[-1])
    return np.minimum(claims, level), level


def equal_losses(claims: Floats, amount: float) -> tuple[Floats, float]:
    """Constrained equal losses max(0, c_i - loss), (n,), and the loss at which they add up to the amount.

    On full claims: cutting claims down to the estate first would change the answer.

    >>> equal_losses(np.array([100.0, 200, 300]), 300)
    (array([  0., 100., 200.]), 100.0)
    """
    losses, loss = equal_awards(claims, float(claims.sum()) - amount)
    return claims - losses, loss


def proportional(claims: Floats, amount: float) -> tuple[Floats, float]:
    """The same part of every full claim, (n,), and that part.

    >>> proportional(np.array([100.0, 200, 300]), 300)
    (array([ 50., 100., 150.]), 0.5)
    """
    total = float(claims.sum())
    rate = amount / total if total > 0 else 0.0
    return rate * claims, rate


def talmud(problem: Claims) -> Floats:
    """(n,) equal awards on half-claims while the estate is at most half of all claims, equal losses above.

    The nucleolus of the game. Source: Aumann & Maschler (1985), Game Theoretic Analysis of a Bankruptcy Problem
    from the Talmud, Journal of Economic Theory 36, 195-213.

    >>> [talmud(Claims(estate, np.array([100.0, 200, 300]))).round(2).tolist() for estate in (100, 200, 300)]
    [[33.33, 33.33, 33.33], [50.0, 75.0, 75.0], [50.0, 100.0, 150.0]]
    """
    half, total = problem.claims / 2, float(problem.claims.sum())
    if problem.estate <= total / 2:
        return equal_awards(half, problem.estate)[0]
    return problem.claims - equal_awards(half, total - problem.estate)[0]


def random_arrival(problem: Claims) -> Floats:
    """(n,) claimants come in random order and are paid in full while it lasts: the Shapley value of the game.

    For up to 20 claimants by listing, for more by counting over sizes and sums of claims, in fractions.
    Source: O'Neill (1982), A Problem of Rights Arbitration from the Talmud, Mathematical Social Sciences 2, 345-371.

    >>> (random_arrival(Claims(200, np.array([100.0, 200, 300]))) * 3).round(9)
    array([100., 250., 250.])
    """
    if problem.n <= LISTED:
        return shapley_value(problem.table())
    whole = whole_numbers([*problem.claims, problem.estate], problem.n)
    if whole is None:
        raise NotApplicable(f"claims as fine as these are counted for at most {LISTED} claimants; round the claims")
    *claims, estate = whole
    if estate == 0:
        return np.zeros(problem.n)
    left = np.arange(estate, 0, -1, dtype=np.int64).astype(object)
    ways = np.array(orders(problem.n), dtype=object)
    paid = []
    for claim, others in zip(claims, counts_without_each(claims, estate), strict=True):
        total = (ways[:, None] * others * np.minimum(left, claim)).sum()
        paid.append(Fraction(int(total), factorial(problem.n)))
    return np.array([float(share * Fraction(repr(float(problem.estate))) / estate) for share in paid])
