"""Weighted voting: a coalition wins if its votes reach the quota."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import factorial

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable
from bargain.games.coalitions import LISTED, Game, members_of, sums_of
from bargain.games.counting import counts_without_each, orders, whole_numbers

__all__ = ["Power", "Voting"]

Floats = NDArray[np.float64]

REACHED = 1e-9
"""Votes this close to the quota, relative to it, reach it: sums of decimals such as 0.1 + 0.2 are not exact."""


@dataclass(frozen=True)
class Power:
    """Shapley-Shubik and Banzhaf power, as counts.

    Attributes
    ----------
    pivots : in how many of the n! orders each player turns a losing coalition into a winning one.
    swings : in how many of the 2**(n-1) coalitions of the others it does.
    """

    pivots: tuple[int, ...]
    swings: tuple[int, ...]

    @property
    def shapley_shubik(self) -> tuple[Fraction, ...]:
        """Pivots out of all orders."""
        return tuple(Fraction(pivots, factorial(len(self.pivots))) for pivots in self.pivots)

    @property
    def banzhaf(self) -> tuple[Fraction, ...]:
        """Each player's part of all swings: the normalised index."""
        total = sum(self.swings)
        return tuple(Fraction(swings, total) for swings in self.swings)

    @property
    def banzhaf_absolute(self) -> tuple[Fraction, ...]:
        """Swings out of all coalitions of the others: the absolute index."""
        return tuple(Fraction(swings, 2 ** (len(self.swings) - 1)) for swings in self.swings)


@dataclass(frozen=True, eq=False)
class Voting:
    """A weighted voting game: winning coalitions are worth 1, the others 0.

    Attributes
    ----------
    weights : (n,) votes, not negative.
    quota : above 0, at most the sum of the votes.

    >>> eec = Voting(np.array([4.0, 4, 4, 2, 2, 1]), 12)  # European Economic Community, 1958
    >>> [str(share) for share in eec.power.shapley_shubik]
    ['7/30', '7/30', '7/30', '3/20', '3/20', '0']
    """

    weights: Floats
    quota: float

    @property
    def n(self) -> int:
        """How many players there are."""
        return len(self.weights)

    @property
    def grand(self) -> float:
        """All together win."""
        return 1.0

    @property
    def alone(self) -> Floats:
        """(n,) 1 for those who win alone."""
        return self._wins(self.weights).astype(float)

    @property
    def vetoes(self) -> NDArray[np.bool_]:
        """(n,) who belongs to every winning coalition."""
        return ~self._wins(self.weights.sum() - self.weights)

    def table(self) -> Game:
        """All coalitions listed."""
        return Game(self._wins(sums_of(self.weights)).astype(float))

    @cached_property
    def power(self) -> Power:
        """Who turns a losing coalition into a winning one, and how often; exact for any number of players.

        Counted over (size, votes) instead of coalitions, so that fifty players take well under a second.
        Sources: Shapley & Shubik (1954), American Political Science Review 48, 787-792; Banzhaf (1965), Rutgers Law
        Review 19, 317-343.

        Raises
        ------
        NotApplicable
            if there are more than 20 players and votes with too many decimals to be counted.
        """
        whole = whole_numbers([*self.weights, self.quota], self.n)
        if whole is None:
            return self._listed_power()
        *weights, quota = whole
        pivots, swings = [], []
        for weight, others in zip(weights, counts_without_each(weights, quota), strict=True):
            turned = others[:, max(0, quota - weight) :].sum(axis=1).tolist() if weight else [0] * self.n
            pivots.append(sum(count * ways for count, ways in zip(turned, orders(self.n), strict=True)))
            swings.append(sum(turned))
        return Power(tuple(pivots), tuple(swings))

    def _listed_power(self) -> Power:
        if self.n > LISTED:
            raise NotApplicable(
                f"with votes as fine as these, power is counted for at most {LISTED} players; round the votes"
            )
        values = self.table().values.astype(bool)
        members = members_of(self.n)
        sizes = members.sum(axis=1)
        pivots, swings = [], []
        for i in range(self.n):
            without = np.flatnonzero(~members[:, i])
            turned = without[values[without | 1 << i] & ~values[without]]
            by_size = np.bincount(sizes[turned], minlength=self.n).tolist()
            pivots.append(sum(count * ways for count, ways in zip(by_size, orders(self.n), strict=True)))
            swings.append(len(turned))
        return Power(tuple(pivots), tuple(swings))

    def _wins(self, votes: Floats) -> NDArray[np.bool_]:
        return votes >= self.quota * (1 - REACHED)
