"""The pure regime on a finite list: one agreement is signed, no lotteries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable
from bargain.geometry.choice import CONVEX_ONLY, RELATIVE, Choice, Outlook, pure, tolerances

__all__ = ["Menu", "leximin"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Menu:
    """Efficient payoffs of a finite list of agreements, and what happens without a deal.

    Every concept here is strictly monotone or completed by leximin, so its answers lie on the frontier; inefficient
    agreements need not be kept.

    Attributes
    ----------
    points : (k, n) the distinct efficient payoffs.
    disagreement : (n,) payoffs without a deal; may lie anywhere.
    powers : (n,) bargaining powers; only their ratios matter.
    rounding : (n,) by how much rounding may have changed payoffs.

    >>> menu = Menu(np.array([[4.0, 1.0], [3.0, 3.0], [1.0, 4.0]]), np.array([0.0, 0.0]), np.ones(2))
    >>> menu.points[menu.product(np.ones(2)).mixtures[0][0][1]]
    array([3., 3.])
    """

    points: Floats
    disagreement: Floats
    powers: Floats
    rounding: Floats | float = 0.0

    method = "list"
    mixes = False
    walkable = False
    ideal_doubt = 0.0

    @cached_property
    def tolerance(self) -> Floats:
        """(n,) differences that do not count."""
        return tolerances(self.points, self.disagreement, self.rounding)

    @cached_property
    def gains(self) -> Floats:
        """(k, n) payoffs less disagreement, differences that do not count set to exactly 0."""
        gains = self.points - self.disagreement
        return np.where(np.abs(gains) <= self.tolerance, 0.0, gains)

    @cached_property
    def rational_rows(self) -> NDArray[np.intp]:
        """Indices of the points that leave nobody below disagreement."""
        return np.asarray((self.gains >= 0).all(axis=1)).nonzero()[0]

    @cached_property
    def rational_gains(self) -> Floats:
        """(r, n) the gains of those points."""
        return self._rational(self.gains)

    def _rational(self, values: Floats) -> Floats:
        """Their rows, laid out player by player, which is what comparing them all is fastest with."""
        return values.T.take(self.rational_rows, axis=1).T

    @property
    def rational(self) -> bool:
        """Whether there is such a point."""
        return len(self.rational_rows) > 0

    @cached_property
    def outlook(self) -> Outlook:
        """The largest attainable minimum gain, by leximin of the raw gains."""
        index = int(leximin(self.gains, self.tolerance)[0])
        gains = self.gains[index]
        binding = np.flatnonzero(gains <= gains.min() + self.tolerance)
        return Outlook(float(gains.min()), ((1.0, index),), self.points[index], tuple(binding.tolist()))

    @cached_property
    def ideal(self) -> Floats:
        """(n,) each player's best payoff among the rational points."""
        return np.asarray(self._rational(self.points).max(axis=0, initial=-np.inf))

    def ideal_from(self, standing: Floats) -> Floats:
        """(n,) each player's best payoff among the points that leave nobody below ``standing``."""
        above = (self.points - standing >= -self.tolerance).all(axis=1)
        return np.asarray(self.points[above].max(axis=0, initial=-np.inf))

    @property
    def border(self) -> Floats:
        """A list of agreements has no border."""
        raise NotApplicable(CONVEX_ONLY)

    def product(self, powers: Floats) -> Choice:
        """Maximise the weighted product of gains.

        If not all can gain together, the largest possible number of gainers comes first, then the product among
        them; groups of that size cannot be compared, so the winners of all of them tie.
        """
        gaining = self.rational_gains > 0
        together = np.asarray(gaining.all(axis=1)).nonzero()[0]
        if len(together):
            return self._choice(self._best_product(together, powers))
        count = gaining.sum(axis=1)
        most = (count == count.max()).nonzero()[0]
        groups = np.unique(gaining[most], axis=0)
        winners = [self._best_product(most[(gaining[most] == group).all(axis=1)], powers * group) for group in groups]
        return self._choice(np.sort(np.concatenate(winners)))

    def _best_product(self, places: NDArray[np.intp], powers: Floats) -> NDArray[np.intp]:
        gains = self.rational_gains.T.take(places, axis=1).T
        if not powers.all():
            gains = np.where(powers > 0, gains, 1.0)
        scores = np.log(gains) @ (powers / max(powers.max(), 1.0))
        return np.asarray(places[scores >= scores.max() - RELATIVE])

    def total(self, weights: Floats) -> Choice:
        """Maximise the weighted sum of payoffs among the rational points."""
        sums = self._rational(self.points) @ weights
        return self._choice((sums >= sums.max() - self.tolerance @ np.abs(weights)).nonzero()[0])

    def along(self, direction: Floats) -> Choice:
        """Leximin of the gains per unit of ``direction``; players with direction 0 are left out of the comparison."""
        moving = direction > 0
        if not moving.any():
            return self._choice(np.arange(len(self.rational_rows)))
        gains, tolerance, steps = self.rational_gains, self.tolerance, direction
        if not moving.all():
            gains, tolerance, steps = gains[:, moving], tolerance[moving], direction[moving]
        ratios = gains / steps
        best = leximin(ratios, tolerance / steps)
        least = max(ratios[best[0]].min(), 0.0)
        return self._choice(best, self.disagreement + least * np.maximum(direction, 0.0))

    def least_loss(self, target: Floats) -> Choice:
        """Leximin of the payoffs less ``target`` among the rational points."""
        losses = self._rational(self.points) - target
        best = leximin(losses, self.tolerance)
        return self._choice(best, np.maximum(target + losses[best[0]].min(), self.disagreement))

    def _choice(self, places: NDArray[np.intp], ray_point: Floats | None = None) -> Choice:
        """The rational points at ``places``, rising, among their likes."""
        rows = self.rational_rows.take(places)
        return Choice(pure(rows.tolist()), self.points.take(rows, axis=0), ray_point)


def leximin(values: Floats, tolerance: Floats) -> NDArray[np.intp]:
    """Rows with the largest minimum, among them those with the largest second smallest value, and so on.

    ``tolerance`` is the difference per column that does not count; at every level that of the two columns compared.

    >>> leximin(np.array([[1.0, 5.0], [5.0, 1.0], [0.0, 9.0], [1.0, 4.0]]), np.zeros(2)).tolist()
    [0, 1]
    """
    heights = values.min(axis=1)
    rows: NDArray[np.intp] = (heights >= heights.max() - tolerance.max()).nonzero()[0]
    if len(rows) == 1:
        return rows
    values = values[rows]
    order = np.argsort(values, axis=1, kind="stable")
    ladder, slack = np.take_along_axis(values, order, axis=1), tolerance[order]
    left = np.arange(len(rows))
    for level in range(values.shape[1]):
        heights, best = ladder[left, level], ladder[left, level].argmax()
        left = left[heights >= heights[best] - np.maximum(slack[left, level], slack[left[best], level])]
    return np.asarray(rows[left])
