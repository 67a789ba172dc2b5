"""Alternating offers without end: stationary subgame-perfect equilibria in pure strategies.

In a stationary equilibrium a player proposes the same whenever it is its turn. What the second mover's round is worth,
v, gives the first mover's proposal, and that gives back the second mover's: equilibria are the v that return.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import isclose, isfinite

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable
from bargain.protocols.alternating_offers.crossings import Found, on_a_polyline, where_it_returns
from bargain.protocols.alternating_offers.plan import Plan
from bargain.protocols.alternating_offers.rounds import Round, Waiting, as_plan, played
from bargain.protocols.alternating_offers.rules import AlternatingOffers
from bargain.protocols.alternating_offers.terms import ROUNDING, Point, Points, Polyline, PowerPie

__all__ = ["stationary"]

Floats = NDArray[np.float64]

CLOSED = 1e-11
"""A cycle is closed if the value returns within this share of what is at stake: 1e-12 of a list, and rounding."""
FINER = 1e-2
"""Halving goes on until it is so much finer than answers are known."""
NOT_ALL = "one of perhaps several: found by halving, which excludes no others"
UNHURRIED = (
    "neither loses anything by waiting, so every division is a stationary equilibrium: write patience below 1, costs, "
    "a chance of breakdown or a horizon"
)
NONE_PURE = (
    "this list of agreements has no stationary equilibrium in pure strategies: write a horizon, or allow lotteries"
)
BENT = (
    "with an exponent above 1 and payoffs of waiting below those of an empty share there may be several stationary "
    "equilibria: write a horizon"
)


def stationary(rules: AlternatingOffers) -> tuple[Plan, ...]:
    r"""All stationary subgame-perfect equilibria in pure strategies, for an infinite horizon.

    On a frontier: efficient a, b with $a_2 = R_2(b_2)$ and $b_1 = R_1(a_1)$, where R is the better of
    waiting and the outside option. Unique where the frontier is concave and waiting costs a share (Rubinstein 1982,
    Econometrica 50, 97-109; Binmore, Rubinstein & Wolinsky 1986, RAND J. Econ. 17, 176-188); equal fixed costs give a
    continuum, of which the middle and both ends are listed. A list of agreements may have none or several: as offers
    get faster more and more (van Damme, Selten & Winter 1990, Games Econ. Behav. 2, 188-201; recalled).

    Raises
    ------
    NotApplicable
        where there is none, or where it is not known whether there are others.

    >>> (plan,) = stationary(AlternatingOffers(patience=(0.9, 0.8)))
    >>> (plan.offers * 14).round(9).tolist()
    [[10.0, 4.0], [9.0, 5.0]]
    """
    cycle = Cycle(rules, Waiting.under(rules))
    cycle.demand_hurry()
    found: list[tuple[str, tuple[Round, Round]]] = []
    for kind, value in cycle.candidates():
        rounds = cycle.closed(value)
        if rounds is not None and not any(_same(rounds, known, cycle.near) for _, known in found):
            found.append((kind, rounds))
    if not found:
        raise NotApplicable(NONE_PURE)
    plans = [as_plan(rounds, (1, 0), kind) for kind, rounds in found]
    if len(plans) == 1 or any(kind for kind, _ in found):
        return tuple(replace(plan, standing=plan.standing or "unique") for plan in plans)
    return tuple(replace(plan, standing=f"one of {len(plans)}") for plan in plans)


@dataclass(frozen=True, eq=False)
class Cycle:
    """Two kinds of round that follow each other for ever."""

    rules: AlternatingOffers
    carried: Waiting

    def demand_hurry(self) -> None:
        """Refuse a game in which waiting is free for both."""
        if self.carried.slope == (1.0, 1.0) and not any(self.rules.costs):
            raise NotApplicable(UNHURRIED)

    def turn(self, place: int, following: Point) -> Round:
        """The round of the first (0) or second (1) mover, if the next is worth ``following``."""
        return played(self.rules, self.rules.order[place], self.carried.after(following))

    def closed(self, value: Point) -> tuple[Round, Round] | None:
        """The two rounds, if the second mover's is worth ``value`` when the first mover's counts on it."""
        first = self.turn(0, value)
        second = self.turn(1, first.value)
        if not _close(second.value, value, self.near):
            return None
        return self.turn(0, second.value), second

    @cached_property
    def near(self) -> float:
        """By how much values may differ and still be the same."""
        known = np.array([*self.rules.terms.extent, self.rules.disagreement, self.rules.after_leaving])
        stakes, size = float(np.ptp(known, axis=0).max()), float(np.abs(known).max())
        return max(CLOSED, self.rules.terms.accuracy) * stakes + 10 * ROUNDING * size

    def candidates(self) -> Iterator[tuple[str, Point]]:
        """What the second mover's round may be worth, in every equilibrium there may be, and what kind that is."""
        if isinstance(self.rules.terms, Points):
            yield from (("", value) for value in self._listed(self.rules.terms))
        else:
            yield from ((kind, point) for kind, at in self._agreed() if (point := self.returned(at)) is not None)
        if any(option is not None for option in self.rules.outside):
            yield "", self.rules.after_leaving
            yield "", self.turn(1, self.rules.after_leaving).value
        for_ever = self._for_ever()
        if for_ever is not None:
            yield "", for_ever

    def _listed(self, terms: Points) -> Iterator[Point]:
        """Both agree on listed points; or the second mover's round is a delay before a listed point, or before leaving.

        All are tried at once, and those that do not return are left out.
        """
        left = np.array([self.carried.after(self.rules.after_leaving)])
        delayed = np.array(self.carried.base) + np.array(self.carried.slope) * terms.frontier
        values = np.vstack([terms.frontier, delayed, left])
        back = self._turns(1, self._turns(0, values, terms), terms)
        returning = np.abs(back - values).max(axis=1) <= 2 * self.near
        yield from ((first, second) for first, second in values[returning].tolist())

    def _turns(self, place: int, following: Floats, terms: Points) -> Floats:
        """(m, 2) what the round of a mover is worth for each of (m, 2) values of the next; `turn`, for many."""
        mover = self.rules.order[place]
        other = 1 - mover
        dust, points = terms.dust, terms.frontier
        refused = np.array(self.carried.base) + np.array(self.carried.slope) * following
        option = self.rules.outside[other]
        if option is not None:
            leaves = option > refused[:, other] + dust[other]
            refused = np.where(leaves[:, None], np.array(self.rules.after_leaving), refused)
        order = np.argsort(points[:, other])
        place_of = np.searchsorted(points[order, other], refused[:, other] - dust[other])
        offers = points[order[np.minimum(place_of, len(order) - 1)]]
        agreed = (place_of < len(order)) & (offers[:, mover] >= refused[:, mover] - dust[mover])
        return np.where(agreed[:, None], offers, refused)

    def _for_ever(self) -> Point | None:
        """What haggling without end is worth; None where its costs have no end either."""
        first, second = (
            base / (1 - slope) if slope < 1 else d if base == 0 else -float("inf")
            for base, slope, d in zip(*self.carried, self.rules.disagreement, strict=True)
        )
        return (first, second) if isfinite(first) and isfinite(second) else None

    def least(self, player: int, own: float) -> float:
        """What a player accepts who counts on ``own`` when it proposes next."""
        waiting = self.carried.base[player] + self.carried.slope[player] * own
        option = self.rules.outside[player]
        return waiting if option is None else max(option, waiting)

    def returned(self, own: float) -> Point | None:
        """The second mover's proposal, if its proposal is worth ``own`` to it and both always agree."""
        (ahead, behind), terms = self.rules.order, self.rules.terms
        offer = terms.best(ahead, self.least(behind, own))
        return None if offer is None else terms.best(behind, self.least(ahead, offer[ahead]))

    def _agreed(self) -> Sequence[Found]:
        """Where the second mover's own payoff returns, if both always agree."""
        terms = self.rules.terms
        if isinstance(terms, PowerPie) and any(
            exponent > 1 and base < 0 for exponent, base in zip(terms.exponents, self.carried.base, strict=True)
        ):
            raise NotApplicable(BENT)
        ahead, behind = self.rules.order
        low, high = terms.extent[ahead][behind], terms.extent[behind][behind]
        # Whoever wants more than the best agreement even when waiting is worth least never agrees.
        if self.returned(low) is None or self.returned(high) is None:
            return []

        def payoff(own: float) -> float:
            point = self.returned(own)
            return own if point is None else point[behind]

        if isinstance(terms, Polyline):
            return on_a_polyline(payoff, sorted({low, high, *self._bends(terms)}))
        kind = "" if terms.complete else NOT_ALL
        return [(kind, where_it_returns(payoff, low, high, narrow=terms.accuracy * FINER))]

    def _bends(self, terms: Polyline) -> Iterator[float]:
        """Where what returns may bend: where somebody's least is a corner or its outside option."""
        ahead, behind = self.rules.order
        low, high = terms.extent[ahead][behind], terms.extent[behind][behind]
        for payoff in [*terms.corners[:, ahead].tolist(), self.rules.outside[ahead]]:
            own = self._before(ahead, payoff)
            offer = None if own is None else terms.best(behind, own)
            if offer is not None and offer[ahead] == own:
                yield from self._between(low, self._before(behind, offer[behind]), high)
        for payoff in [*terms.corners[:, behind].tolist(), self.rules.outside[behind]]:
            yield from self._between(low, self._before(behind, payoff), high)

    def _before(self, player: int, payoff: float | None) -> float | None:
        """What a player must count on for waiting to be worth ``payoff``."""
        if payoff is None or self.carried.slope[player] == 0:
            return None
        return (payoff - self.carried.base[player]) / self.carried.slope[player]

    @staticmethod
    def _between(low: float, payoff: float | None, high: float) -> Iterator[float]:
        if payoff is not None and low < payoff < high:
            yield payoff


def _same(one: tuple[Round, Round], other: tuple[Round, Round], near: float) -> bool:
    """Whether two pairs of rounds are the same but for rounding."""
    return all(
        a.leaves == b.leaves and (a.offer is None) == (b.offer is None) and _close(a.value, b.value, near)
        for a, b in zip(one, other, strict=True)
    )


def _close(one: Point, other: Point, near: float) -> bool:
    return all(isclose(x, y, rel_tol=0, abs_tol=near) for x, y in zip(one, other, strict=True))
