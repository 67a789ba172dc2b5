"""What two players can agree on, seen by one who asks for the most that the other would still accept.

Payoffs are in the players' own units. Every kind of terms answers one question, `best`, from efficient agreements only:
a proposer never does better with others.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bargain.errors import UsageError
from bargain.geometry.pareto import efficient

__all__ = ["DUST", "ROUNDING", "Point", "Points", "Polyline", "PowerPie", "Terms", "pie"]

Floats = NDArray[np.float64]
Point = tuple[float, float]

DUST = 1e-12
"""Payoffs that differ by less than this share of what is at stake are equal: a listed payoff that meets a discounted
one is accepted, whatever the last digits of the product."""
ROUNDING = 1e-14
"""The same as a share of the payoffs themselves, which may be large beside what is at stake: some fifty units in the
last place."""


class Terms(Protocol):
    """A set of agreements that two players can make."""

    @property
    def dust(self) -> Point:
        """By how much a payoff of each may differ and still count as the same; floors are met but for it."""

    @property
    def accuracy(self) -> float:
        """How exactly answers are known, as a share of what is at stake; 0 where they are exact."""

    @property
    def complete(self) -> bool:
        """Whether all stationary equilibria are found, and not just one."""

    @property
    def extent(self) -> tuple[Point, Point]:
        """The first player's best efficient agreement, and the second's."""

    def best(self, player: int, floor: float) -> Point | None:
        """The best for ``player`` of what gives the other ``floor`` or more; None if nothing does."""


def pie(size: float = 1.0, exponents: Sequence[float] = (1.0, 1.0)) -> Polyline | PowerPie:
    """A pie to share; a share x is worth ``x ** exponent`` to whoever gets it.

    >>> pie().best(0, 0.25)
    (0.75, 0.25)
    >>> pie(exponents=(0.5, 1.0)).best(0, 0.75)
    (0.5, 0.75)
    """
    if not (np.isfinite(size) and size > 0):
        raise UsageError(f"a pie of size {size:g} cannot be shared", hint="write a size above 0")
    if tuple(exponents) == (1.0, 1.0):
        return Polyline(np.array([[size, 0.0], [0.0, size]]))
    return PowerPie(size, (float(exponents[0]), float(exponents[1])))


def dust_of(points: Floats) -> Point:
    """By how much payoffs (k, 2) of each may differ and still count as the same."""
    span, size = np.ptp(points, axis=0), np.abs(points).max(axis=0)
    first, second = (DUST * span + ROUNDING * size).tolist()
    return first, second


def checked(points: ArrayLike, what: str) -> Floats:
    """The points as a (k, 2) array of finite numbers, or an error that names what they are."""
    array = np.asarray(points, dtype=float)
    if array.ndim != 2 or array.shape[1] != 2 or len(array) == 0 or not np.isfinite(array).all():
        raise UsageError(f"{what} are pairs of finite payoffs", hint="write a list such as [[1, 0], [0, 1]]")
    return array


@dataclass(frozen=True, eq=False)
class Points:
    """A list of agreements by what they pay, (k, 2); what is inefficient is never proposed.

    >>> Points(np.array([[4.0, 1.0], [3.0, 3.0], [2.0, 2.0], [1.0, 4.0]])).best(0, 2.0)
    (3.0, 3.0)
    >>> Points(np.array([[4.0, 1.0], [1.0, 4.0]])).best(0, 5.0) is None
    True
    """

    points: Floats

    accuracy: ClassVar[float] = 0.0
    complete: ClassVar[bool] = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", checked(self.points, "points"))

    @cached_property
    def frontier(self) -> Floats:
        """(f, 2) the distinct efficient points, the first player's payoff falling."""
        return np.asarray(np.unique(self.points[efficient(self.points)], axis=0)[::-1])

    @cached_property
    def _rising(self) -> tuple[list[float], list[float], list[Point]]:
        """The second player's payoffs, the first player's with the sign turned, and the points themselves."""
        first, second = self.frontier.T.tolist()
        return second, [-payoff for payoff in first], list(zip(first, second, strict=True))

    @cached_property
    def dust(self) -> Point:
        """By how much a payoff of each may differ and still count as the same."""
        return dust_of(self.points)

    @property
    def extent(self) -> tuple[Point, Point]:
        """The first player's best efficient agreement, and the second's."""
        listed = self._rising[2]
        return listed[0], listed[-1]

    def best(self, player: int, floor: float) -> Point | None:
        """The best for ``player`` of what gives the other ``floor`` or more; None if nothing does."""
        second, turned, listed = self._rising
        enough = floor - self.dust[1 - player]
        place = bisect_left(second, enough) if player == 0 else bisect_right(turned, -enough) - 1
        return listed[place] if 0 <= place < len(listed) else None


@dataclass(frozen=True, eq=False)
class Polyline:
    """A frontier of straight edges between corners (c, 2); corners that are not efficient are left out.

    >>> Polyline(np.array([[10.0, 0.0], [6.0, 8.0], [0.0, 10.0]])).best(1, 3.0)
    (3.0, 9.0)
    """

    corners: Floats

    accuracy: ClassVar[float] = 0.0
    complete: ClassVar[bool] = True

    def __post_init__(self) -> None:
        corners = checked(self.corners, "corners")
        corners = np.unique(corners[efficient(corners)], axis=0)[::-1]
        object.__setattr__(self, "corners", corners)

    @cached_property
    def _rising(self) -> tuple[list[float], list[float]]:
        """What the first player gets at the corners, rising, and the second's, falling."""
        first, second = self.corners[::-1].T.tolist()
        return first, second

    @cached_property
    def dust(self) -> Point:
        """By how much a payoff of each may differ and still count as the same."""
        return dust_of(self.corners)

    @property
    def extent(self) -> tuple[Point, Point]:
        """The corners where the first player's and the second player's payoffs are highest."""
        first, second = self._rising
        return (first[-1], second[-1]), (first[0], second[0])

    def best(self, player: int, floor: float) -> Point | None:
        """The best for ``player`` of what gives the other ``floor`` or more; None if nothing does."""
        return best_on_a_line(*self._rising, player, floor, self.dust[1 - player])


def best_on_a_line(
    first: Sequence[float], second: Sequence[float], player: int, floor: float, slack: float
) -> Point | None:
    """The same on a line through points, the first payoffs rising and the second falling.

    A floor above all points by no more than ``slack`` is met by the highest.
    """
    own, others = (first[::-1], second[::-1]) if player == 0 else (second, first)
    if floor <= others[0]:
        return _as_point(player, own[0], others[0])
    if floor >= others[-1]:
        return _as_point(player, own[-1], others[-1]) if floor <= others[-1] + slack else None
    edge = bisect_right(others, floor)
    share = (floor - others[edge - 1]) / (others[edge] - others[edge - 1])
    return _as_point(player, own[edge - 1] + share * (own[edge] - own[edge - 1]), floor)


@dataclass(frozen=True, eq=False)
class PowerPie:
    """A pie of ``size``, a share x of which is worth ``x ** exponents[i]`` to player i.

    >>> PowerPie(1.0, (0.5, 0.5)).best(0, 0.6)
    (0.8, 0.6)
    """

    size: float
    exponents: Point

    accuracy: ClassVar[float] = 0.0
    complete: ClassVar[bool] = True

    def __post_init__(self) -> None:
        if len(self.exponents) != 2 or not all(np.isfinite(e) and e > 0 for e in self.exponents):
            raise UsageError(f"exponents are two numbers above 0, not {self.exponents}", hint="write [1, 1], say")

    @cached_property
    def dust(self) -> Point:
        """By how much a payoff of each may differ and still count as the same."""
        return dust_of(np.array(self.extent))

    @property
    def extent(self) -> tuple[Point, Point]:
        """Everything for the first player, everything for the second."""
        return (self.size ** self.exponents[0], 0.0), (0.0, self.size ** self.exponents[1])

    def best(self, player: int, floor: float) -> Point | None:
        """The best for ``player`` of what gives the other ``floor`` or more; None if nothing does."""
        mine, others = self.exponents[player], self.exponents[1 - player]
        whole = self.size**others
        if floor > whole + self.dust[1 - player]:
            return None
        given = min(max(floor, 0.0), whole)
        return _as_point(player, max(self.size - given ** (1 / others), 0.0) ** mine, given)


def _as_point(player: int, mine: float, others: float) -> Point:
    return (mine, others) if player == 0 else (others, mine)
