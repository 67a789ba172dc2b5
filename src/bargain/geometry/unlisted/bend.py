"""Attitudes to risk where a sum of blocks is searched: rows add up to totals, and questions are about their worth.

Two units meet here. Totals are counted in what issues can change for a player (`Space.scale`), so they lie between 0
and about 1; worths in what is at stake for the player in payoffs. Nothing lies outside the possible totals, so there
the worth may be continued as suits the search: by straight lines, so that every worth has exactly one total.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.attitude import Attitudes

__all__ = ["Bend"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Bend:
    """From totals in the unit of the search to worths in theirs, and back.

    Attributes
    ----------
    attitudes : of the n players.
    low : (n,) the total that counts as 0.
    span : (n,) how much of a total counts as 1.
    top : (n,) the highest possible total, counted so.
    zero : (n,) the worth that counts as 0.
    stake : (n,) how much of a worth counts as 1.

    >>> from bargain.geometry.attitude import Crra, Neutral
    >>> one, eight = np.ones(2), np.full(2, 8.0)
    >>> bend = Bend(Attitudes((Crra(0.5, 0.0), Neutral())), one, eight, one, 0 * one, np.array([4.0, 8]))
    >>> bend.worth(np.array([[0.0, 0.0], [1.0, 1.0], [1.5, 1.5]])).tolist()
    [[0.0, 0.125], [1.0, 1.125], [1.3333333333333333, 1.625]]
    >>> bend.total(bend.worth(np.array([-0.5, 1.5]))).tolist()
    [-0.5, 1.5]
    """

    attitudes: Attitudes
    low: Floats
    span: Floats
    top: Floats
    zero: Floats
    stake: Floats

    @cached_property
    def ends(self) -> tuple[Floats, Floats]:
        """(n,) the lowest and the highest worth."""
        return self._inside(np.zeros_like(self.top)), self._inside(self.top)

    @cached_property
    def noise(self) -> Floats:
        """(n,) by how much rounding may change a worth: a few digits of the last place."""
        return 16 * np.finfo(float).eps * (1 + np.abs(self.zero) / self.stake)

    @cached_property
    def _steep(self) -> tuple[Floats, Floats]:
        """(n,) slopes at the ends."""
        return self._slope_inside(np.zeros_like(self.top)), self._slope_inside(self.top)

    def worth(self, totals: Floats) -> Floats:
        """(…, n) worths of totals."""
        first, last = self._steep
        inside = np.clip(totals, 0.0, self.top)
        beyond = totals - inside
        return self._inside(inside) + np.where(beyond < 0, first, last) * beyond

    def slope(self, totals: Floats) -> Floats:
        """(…, n) what one more of a total is worth."""
        return self._slope_inside(np.clip(totals, 0.0, self.top))

    def total(self, worths: Floats) -> Floats:
        """(…, n) the totals that have these worths."""
        (lowest, highest), (first, last) = self.ends, self._steep
        inside = (self.attitudes.total(self.paid(np.clip(worths, lowest, highest))) - self.low) / self.span
        below, above = (worths - lowest) / first, self.top + (worths - highest) / last
        inside = np.clip(inside, 0.0, self.top)
        return np.asarray(np.where(worths <= lowest, below, np.where(worths >= highest, above, inside)))

    def least(self, worths: Floats) -> Floats:
        """(…, n) totals of which none lower is worth so much, whatever rounding does; no lower than the lowest."""
        return np.maximum(self.total(worths - self.noise), 0.0)

    def asked(self, payoffs: Floats) -> Floats:
        """(…, n) worths as they are counted here."""
        return (payoffs - self.zero) / self.stake

    def paid(self, worths: Floats) -> Floats:
        """(…, n) worths as they are."""
        return worths * self.stake + self.zero

    def only(self, player: int) -> Bend:
        """Of one player."""
        arrays = (self.low, self.span, self.top, self.zero, self.stake)
        return Bend(Attitudes(self.attitudes.each[player : player + 1]), *(a[player : player + 1] for a in arrays))

    def falling(self, total: float, origin: float) -> bool:
        """Whether the logarithm of the only player's worth less ``origin`` has a falling slope from ``total`` on.

        Its second derivative has the sign of ``-1 - curvature x gain``. For all attitudes this keeps its sign once it
        is negative, so that looking at one place is enough.
        """
        attitude, place = self.attitudes.each[0], self.low + self.span * total
        gain = float((attitude.worth(place) - self.zero - origin * self.stake)[0])
        return attitude.averse or float(attitude.curvature(place)[0]) * gain > -1 + CLEARLY

    def _inside(self, totals: Floats) -> Floats:
        return self.asked(self.attitudes.worth(self.low + self.span * totals))

    def _slope_inside(self, totals: Floats) -> Floats:
        return np.maximum(self.attitudes.slope(self.low + self.span * totals) * self.span / self.stake, FLATTEST)


CLEARLY = 1e-9
"""Where a slope is all but constant, rounding does not decide whether it falls."""
FLATTEST = 1e-200
"""Slopes are divided by."""
