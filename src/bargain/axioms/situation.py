"""A bargaining problem as an axiom sees it: payoffs, disagreement, powers, and whether lots may be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bargain.axioms.lottery import corners_above, most, room
from bargain.geometry.choice import FeasibleSet
from bargain.geometry.menu import Menu
from bargain.geometry.pareto import efficient
from bargain.model.results import Regime

__all__ = ["Regime", "Situation", "situation"]

Floats = NDArray[np.float64]

CLOSE = 1e-7
"""Payoffs closer than this share of what is at stake are equal; solvers promise 1e-9, and errors add up."""


@dataclass(frozen=True, eq=False)
class Situation:
    """A bargaining problem.

    Attributes
    ----------
    points : (k, n) payoffs of the agreements, dominated ones included.
    disagreement : (n,) payoffs without a deal.
    powers : (n,) bargaining powers; only their ratios matter.
    regime : ``pure`` (one of the points is agreed on) or ``lotteries`` (a lottery over them).
    """

    points: Floats
    disagreement: Floats
    powers: Floats
    regime: Regime = "pure"

    @property
    def players(self) -> int:
        """How many players there are."""
        return len(self.disagreement)

    def feasible(self) -> FeasibleSet:
        """The set of payoffs that a rule is asked about."""
        if self.regime == "pure":
            return Menu(self.points, self.disagreement, self.powers)
        if self.players == 2:
            from bargain.geometry.mixtures.hull import Hull

            return Hull(self.points, self.disagreement, self.powers)
        from bargain.geometry.mixtures.atoms import Listing
        from bargain.geometry.mixtures.mixed import Mixed

        listed = Listing(self.points[efficient(self.points)])
        return Mixed(listed, self.disagreement, self.powers)

    @cached_property
    def stake(self) -> Floats:
        """(n,) what is at stake for each player; 1 if nothing."""
        span = np.ptp(np.vstack([self.points, self.disagreement]), axis=0)
        return np.where(span > 0, span, 1.0)

    @cached_property
    def close(self) -> Floats:
        """(n,) differences of payoffs that do not count."""
        return CLOSE * self.stake

    @cached_property
    def rational_rows(self) -> NDArray[np.intp]:
        """Indices of the points that leave nobody below disagreement."""
        return np.flatnonzero((self.points >= self.disagreement - self.close).all(axis=1))

    @cached_property
    def regular(self) -> bool:
        """Whether everybody can gain at once; the axioms about changes speak of such problems only, as Nash did."""
        return len(self.points) > 0 and self.beaten_everywhere(self.disagreement)

    @cached_property
    def ideal(self) -> Floats:
        """(n,) each player's best payoff among what leaves nobody below disagreement."""
        if self.regime == "pure":
            return np.asarray(self.points[self.rational_rows].max(axis=0))
        if self.players > 2:
            d = self.disagreement
            return np.array([most(self.points, player, d, self.stake) for player in range(self.players)])
        return np.array([self.reach(1, self.disagreement[1]), self.reach(0, self.disagreement[0])])

    @cached_property
    def corners(self) -> Floats:
        """(c, n) the corners of the lotteries that leave nobody below disagreement."""
        return corners_above(self.points, self.disagreement, self.stake)

    @cached_property
    def _chain(self) -> Floats:
        """(v, 2) the border of all lotteries, the first payoff falling."""
        from bargain.geometry.mixtures.hull import upper_chain

        return self.points[upper_chain(self.points)]

    def reach(self, player: int, level: float) -> float:
        """With lotteries between two: the most that the other can get while ``player`` gets at least ``level``."""
        own, other = self._chain[:, player], self._chain[:, 1 - player]
        order = np.argsort(own)
        return float(np.interp(level, own[order], other[order], right=-np.inf))

    def contains(self, point: Floats) -> bool:
        """Whether somebody could agree on at least these payoffs."""
        if self.regime == "pure":
            return bool((self.points >= point - self.close).all(axis=1).any())
        if self.players > 2:
            known = (self.points >= point - self.close).all(axis=1).any()
            return bool(known) or room(self.points, point, self.stake) >= -CLOSE
        nearly = point - self.close
        return bool(self.reach(0, nearly[0]) >= nearly[1])

    def beaten_everywhere(self, point: Floats) -> bool:
        """Whether something is better than ``point`` for everybody at once."""
        if self.regime == "pure":
            return bool((self.points > point + self.close).all(axis=1).any())
        if self.players > 2:
            return room(self.points, point, self.stake) > CLOSE
        return bool(self.reach(0, point[0] + self.close[0]) > point[1] + self.close[1])

    def better(self, point: Floats) -> Floats | None:
        """(n,) what is at least as good as ``point`` for everybody and better for somebody, if anything is."""
        if self.regime == "pure":
            over = self.points - point
            rows = np.flatnonzero((over >= -self.close).all(axis=1) & (over > self.close).any(axis=1))
            return self.points[rows[0]] if len(rows) else None
        for player in range(self.players):
            if self.players > 2:
                best = most(self.points, player, point, self.stake)
            else:
                best = self.reach(1 - player, point[1 - player])
            if best > point[player] + self.close[player]:
                found = point.copy()
                found[player] = best
                return found
        return None

    def without(self, row: int) -> Situation:
        """The same with one agreement fewer."""
        return replace(self, points=np.delete(self.points, row, axis=0))

    def rational_part(self) -> Situation:
        """The same without what somebody would refuse; with lotteries, cut where somebody just breaks even."""
        if self.regime == "lotteries" and self.players > 2:
            return replace(self, points=self.corners)
        inside = self.points[self.rational_rows]
        if self.regime == "lotteries":
            first, second = self.ideal
            ends = [[first, self.reach(0, first)], [self.reach(1, second), second]]
            inside = np.vstack([inside, np.maximum(ends, self.disagreement)])
        return replace(self, points=inside)

    def counted_in(self, factor: Floats, shift: Floats) -> Situation:
        """The same in other units: payoff u becomes factor u + shift, player by player."""
        return replace(self, points=self.points * factor + shift, disagreement=self.disagreement * factor + shift)

    def relabelled(self, order: Sequence[int]) -> Situation:
        """The same with the players in another order."""
        places = list(order)
        return replace(
            self,
            points=self.points[:, places],
            disagreement=self.disagreement[places],
            powers=self.powers[places],
        )

    def seen_from(self, standing: Floats) -> Situation:
        """The same with another disagreement point."""
        return replace(self, disagreement=standing)


def situation(
    points: Sequence[Sequence[float]],
    disagreement: Sequence[float] | None = None,
    powers: Sequence[float] | None = None,
    regime: Regime = "pure",
) -> Situation:
    """A situation from plain numbers; disagreement is 0 and powers are equal unless given.

    >>> situation([[4, 0], [3, 3], [0, 4]]).ideal
    array([4., 4.])
    """
    array = np.array(points, dtype=float)
    players = array.shape[1]
    return Situation(
        array,
        np.array(disagreement, dtype=float) if disagreement is not None else np.zeros(players),
        np.array(powers, dtype=float) if powers is not None else np.ones(players),
        regime,
    )
