"""Terms of a scenario whose continuous issues make the frontier a curve: agreements are asked for one by one."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable
from bargain.geometry.choice import Place
from bargain.geometry.smooth.patchwork import Patchwork
from bargain.model.agreements import Agreements
from bargain.protocols.alternating_offers.terms import Point

__all__ = ["Asked"]

Floats = NDArray[np.float64]

ASKED = 1e-7
"""How exactly answers are known, as a share of what is at stake: floors and optima are kept within 1e-9, which a steep
frontier can make a hundred times of."""
SAME = 0.1
"""Payoffs nearer to each other than this share of what is known of them are the same."""
STEP = 1e-3
"""Floors are asked for in steps of this share of `Asked.dust`, so that rounds that are the same are asked once."""
BENT = 1e-12
"""A corner of the frontier that turns inwards by less than this share of the area it lies in is straight."""
FAR = 10.0
"""So many times what is at stake below all agreements stands a player whose own payoff has no floor."""


@dataclass(frozen=True, eq=False)
class Asked:
    """The agreements of a scenario with two signatories, each found off the grid when it is asked for.

    ``places`` remembers where every answer stands, so that it can be put into words.
    """

    agreements: Agreements
    places: dict[Point, Place] = field(default_factory=dict)
    _known: dict[tuple[int, float], Point] = field(default_factory=dict)

    accuracy: ClassVar[float] = ASKED

    @cached_property
    def dust(self) -> Point:
        """By how much a payoff of each may differ and still count as the same."""
        points = np.vstack([self.agreements.frontier.points, self.agreements.threat_point])
        first, second = (SAME * self.accuracy * np.ptp(points, axis=0)).tolist()
        return first, second

    @property
    def listed(self) -> Floats:
        """(k, 2) what agreements on the grid pay, which were found without asking; judges look at them, too."""
        return self.agreements.frontier.points

    @cached_property
    def complete(self) -> bool:
        """Whether the frontier is concave, so that there is one stationary equilibrium and no more."""
        points = self.agreements.frontier.points
        steps = np.diff(points[np.argsort(points[:, 0])], axis=0)
        turns = steps[1:, 1] * steps[:-1, 0] - steps[:-1, 1] * steps[1:, 0]
        smooth = len(self.agreements.axes) == len(self.agreements.grid) and self._seen_from(self._bottom).land.concave
        return bool(smooth and (turns <= BENT * np.ptp(points, axis=0).prod()).all())

    @cached_property
    def extent(self) -> tuple[Point, Point]:
        """The first player's best efficient agreement, and the second's."""
        return self._ask(0, self._bottom), self._ask(1, self._bottom)

    def best(self, player: int, floor: float) -> Point | None:
        """The best for ``player`` of what gives the other ``floor`` or more; None if nothing does."""
        own, others = self.extent[player], self.extent[1 - player]
        other = 1 - player
        if floor <= own[other]:
            return own
        if floor >= others[other]:
            return others if floor <= others[other] + self.dust[other] else None
        step = STEP * self.dust[other]
        asked = step * round(floor / step)
        if (player, asked) not in self._known:
            standing = self._bottom.copy()
            standing[other] = asked
            self._known[player, asked] = self._ask(player, standing)
        return self._known[player, asked]

    def nash(self, weights: Point, standing: Point) -> Point | None:
        """The largest product of gains to the powers ``weights``; None if not both can gain."""
        view = self._seen_from(np.array(standing))
        if not view.rational or view.outlook.least_gain <= 0:
            return None
        choice = view.product(np.array(weights))
        return self._remembered(choice.points[0], choice.mixtures[0][0][1])

    def _ask(self, player: int, standing: Floats) -> Point:
        """The best for a player; of equals, what is best for the other."""
        point, place = self._best_for(player, standing)
        if (standing == self._bottom).all() or not self.complete:
            held = self._bottom.copy()
            held[player] = point[player]
            better, beside = self._best_for(1 - player, held)
            if better[player] >= point[player] - self.accuracy * abs(point[player] - self._bottom[player]) / FAR:
                point, place = better, beside
        return self._remembered(point, place)

    def _best_for(self, player: int, standing: Floats) -> tuple[Floats, Place]:
        return self._seen_from(standing).best_for(player)

    def _seen_from(self, standing: Floats) -> Patchwork:
        view = self.agreements.seen_from(standing)
        if not isinstance(view, Patchwork):
            raise NotApplicable("without continuous issues agreements are listed, not asked for")
        return view

    def _remembered(self, point: Floats, place: Place) -> Point:
        first, second = point.tolist()
        self.places[first, second] = place
        return first, second

    @cached_property
    def _bottom(self) -> Floats:
        """(2,) payoffs far below all agreements."""
        points = self.agreements.frontier.points
        stakes = np.maximum(np.ptp(points, axis=0), 1e-9 * np.abs(points).max(axis=0, initial=1.0))
        return np.asarray(points.min(axis=0) - FAR * stakes)
