"""Alternating offers without end: stationary subgame-perfect equilibria in pure strategies.

In a stationary equilibrium a player proposes the same whenever it is its turn. What the second mover's round is worth,
v, gives the first mover's proposal, and that gives back the second mover's: equilibria are the v that return.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from math import isclose, isfinite

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable
from bargain.protocols.alternating_offers.crossings import where_it_returns
from bargain.protocols.alternating_offers.plan import Plan
from bargain.protocols.alternating_offers.rounds import Round, Waiting, as_plan, played
from bargain.protocols.alternating_offers.rules import AlternatingOffers
from bargain.protocols.alternating_offers.straight import Straight
from bargain.protocols.alternating_offers.terms import ROUNDING, Point, Points, Polyline, PowerPie

__all__ = ["stationary"]

Floats = NDArray[np.float64]

CLOSED = 1e-11
"""A cycle is closed if the value returns within this share of what is at stake: 1e-12 of a list, and rounding."""
DIGITS = 10 * ROUNDING
"""A cycle takes some ten operations, each of which may round a payoff by its last digits."""
FINER = 1e-2
"""Halving goes on until it is so much finer than answers are known."""
NOT_ALL = "one of perhaps several: found by halving, which excludes no others"
UNHURRIED = (
    "neither loses anything by waiting, so every division is a stationary equilibrium: write patience below 1, costs, "
    "a chance of breakdown or a horizon"
)
NONE_PURE = (
    "there is no stationary equilibrium in pure strategies, with finite payoffs, in which whoever is indifferent "
    "agrees: write a horizon, or allow lotteries"
)
TIED = "tied: who is indifferent between staying and leaving leaves, which excludes no others"
LEAST_LOSS = 1e-6
"""Rounding, a few units of 1e-16, is divided by what both lose in two rounds: for less it reaches 1e-9 of a share."""
HIDDEN = (
    "both are so patient that on a curve rounding would decide who gets what: take longer rounds, or corners that are "
    "joined by straight edges"
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
    get faster more and more (van Damme, Selten & Winter 1990, Games Econ. Behav. 2, 188-201; recalled). So may a
    frontier that is kinked inwards. "All" are those in which whoever is indifferent agrees, and stays rather than
    leaves; only where there is none does an indifferent responder leave, and then others are not excluded.

    Raises
    ------
    NotApplicable
        where there is none, or where it is not known whether there are others.

    >>> (plan,) = stationary(AlternatingOffers(patience=(0.9, 0.8)))
    >>> (plan.offers * 14).round(9).tolist()
    [[10.0, 4.0], [9.0, 5.0]]
    """
    carried = Waiting.under(rules)
    demand_hurry(rules, carried)
    found = Cycle(rules, carried).equilibria()
    tied = not found
    if tied and any(option is not None for option in rules.outside):
        for inclined in ((True, True), (True, False), (False, True)):
            found = found or Cycle(rules, carried, inclined).equilibria()
    if not found:
        raise NotApplicable(NONE_PURE)
    plans = [as_plan(rounds, (1, 0), kind) for kind, rounds in found]
    if tied:
        return tuple(replace(plan, standing=TIED) for plan in plans)
    if len(plans) == 1 or any(kind for kind, _ in found):
        return tuple(replace(plan, standing=plan.standing or "unique") for plan in plans)
    return tuple(replace(plan, standing=f"one of {len(plans)}") for plan in plans)


def demand_hurry(rules: AlternatingOffers, carried: Waiting) -> None:
    """Refuse a game in which waiting is free for both, and one on a curve whose price of waiting rounding hides."""
    if carried.slope == (1.0, 1.0) and not any(rules.costs):
        raise NotApplicable(UNHURRIED)
    lost = 1 - carried.slope[0] * carried.slope[1]
    if 0 < lost < LEAST_LOSS and not isinstance(rules.terms, Points | Polyline):
        raise NotApplicable(HIDDEN)


@dataclass(frozen=True, eq=False)
class Cycle:
    """Two kinds of round that follow each other for ever.

    ``inclined`` says who of the players leaves when leaving and waiting are worth the same; who is not stays.
    """

    rules: AlternatingOffers
    carried: Waiting
    inclined: tuple[bool, bool] = (False, False)

    def equilibria(self) -> list[tuple[str, tuple[Round, Round]]]:
        """The rounds of every equilibrium there is, and what kind it is."""
        terms = self.rules.terms
        found = list(Straight(self.rules, terms).pairs()) if isinstance(terms, Polyline) else []
        for kind, value in self.candidates():
            rounds = self.closed(value)
            if rounds is not None and not any(_same(rounds, known, self.near) for _, known in found):
                found.append((kind, rounds))
        return found

    def turn(self, place: int, following: Point) -> Round:
        """The round of the first (0) or second (1) mover, if the next is worth ``following``."""
        mover = self.rules.order[place]
        return played(self.rules, mover, self.carried.after(following), self.inclined[1 - mover])

    def closed(self, value: Point) -> tuple[Round, Round] | None:
        """The two rounds, if the second mover's is worth ``value`` when the first mover's counts on it."""
        first = self.turn(0, value)
        second = self.turn(1, first.value)
        if not _close(second.value, value, self.near):
            return None
        rounds = self.turn(0, second.value), second
        if not any(one.offer or one.leaves for one in rounds):
            # A player who loses nothing by waiting is content with any value, but what never comes is worth what it is.
            ever = self._for_ever()
            return rounds if ever is not None and _close(value, ever, self.near) else None
        return rounds

    @cached_property
    def near(self) -> Point:
        """By how much values of each may differ and still be the same."""
        known = np.array([*self.rules.terms.extent, self.rules.disagreement, self.rules.after_leaving])
        stakes, size = np.ptp(known, axis=0), np.abs(known).max(axis=0)
        first, second = (max(CLOSED, self.rules.terms.accuracy) * stakes + DIGITS * size).tolist()
        return first, second

    def candidates(self) -> Iterator[tuple[str, Point]]:
        """What the second mover's round may be worth, in every equilibrium there may be, and what kind that is."""
        if isinstance(self.rules.terms, Points):
            yield from (("", value) for value in self._listed(self.rules.terms))
        else:
            if not isinstance(self.rules.terms, Polyline):
                yield from ((kind, point) for kind, at in self._agreed() if (point := self.returned(at)) is not None)
            yield from (("", value) for value in self._threatened())
        if any(option is not None for option in self.rules.outside):
            yield "", self.rules.after_leaving
            yield "", self.turn(1, self.rules.after_leaving).value
        for_ever = self._for_ever()
        if for_ever is not None:
            yield "", for_ever

    def _threatened(self) -> Iterator[Point]:
        """One gets what it could leave with when it answers, and its own turn is a delay; or the other way round."""
        (ahead, behind), (first, second) = self.rules.order, self.rules.outside
        options = {0: first, 1: second}
        if (option := options[behind]) is not None and (offer := self.rules.terms.best(ahead, option)) is not None:
            yield self.carried.after(offer)
        if (option := options[ahead]) is not None and (offer := self.rules.terms.best(behind, option)) is not None:
            yield offer

    def _listed(self, terms: Points) -> Iterator[Point]:
        """Both agree on listed points; or the second mover's round is a delay before a listed point, or before leaving.

        All are tried at once, and those that do not return are left out.
        """
        left = np.array([self.carried.after(self.rules.after_leaving)])
        delayed = np.array(self.carried.base) + np.array(self.carried.slope) * terms.frontier
        values = np.vstack([terms.frontier, delayed, left])
        back = self._turns(1, self._turns(0, values, terms), terms)
        slack = np.array(self.near) + DIGITS * np.abs(values)
        returning = (np.abs(back - values) <= 2 * slack).all(axis=1)
        yield from ((first, second) for first, second in values[returning].tolist())

    def _turns(self, place: int, following: Floats, terms: Points) -> Floats:
        """(m, 2) what the round of a mover is worth for each of (m, 2) values of the next; `turn`, for many."""
        mover = self.rules.order[place]
        other = 1 - mover
        dust, points = terms.dust, terms.frontier
        refused = np.array(self.carried.base) + np.array(self.carried.slope) * following
        option = self.rules.outside[other]
        if option is not None:
            leaves = option > refused[:, other] + (-dust[other] if self.inclined[other] else dust[other])
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

    def _agreed(self) -> list[tuple[str, float]]:
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

        kind = "" if terms.complete else NOT_ALL
        return [(kind, where_it_returns(payoff, low, high, narrow=terms.accuracy * FINER))]


def _same(one: tuple[Round, Round], other: tuple[Round, Round], near: Point) -> bool:
    """Whether two pairs of rounds are the same but for rounding."""
    return all(
        a.leaves == b.leaves and (a.offer is None) == (b.offer is None) and _close(a.value, b.value, near)
        for a, b in zip(one, other, strict=True)
    )


def _close(one: Point, other: Point, near: Point) -> bool:
    return all(isclose(x, y, rel_tol=DIGITS, abs_tol=slack) for x, y, slack in zip(one, other, near, strict=True))
