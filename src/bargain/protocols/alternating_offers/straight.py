"""Stationary agreements on a frontier of straight edges, in fractions, so that rounding neither hides nor makes any.

Going once around the two rounds multiplies an error by the slopes of two edges, and what patience takes away may be
less than a last digit: in fractions neither matters, and the numbers of the rules are taken for what they are.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from bargain.protocols.alternating_offers.crossings import on_a_polyline
from bargain.protocols.alternating_offers.rounds import Round
from bargain.protocols.alternating_offers.rules import AlternatingOffers
from bargain.protocols.alternating_offers.terms import Polyline

__all__ = ["Straight"]

Exact = tuple[Fraction, Fraction]

FLAT = 1e-12
"""Where neither loses a share by waiting, fixed costs that differ by this share of the range are equal: they were
written in decimals."""


@dataclass(frozen=True, eq=False)
class Straight:
    """Alternating offers without end about points of a polyline, both always agreeing."""

    rules: AlternatingOffers
    terms: Polyline

    @cached_property
    def _payoffs(self) -> tuple[list[Fraction], list[Fraction]]:
        """What each gets at the corners, the first player's payoff rising."""
        first, second = self.terms.corners[::-1].T.tolist()
        return [Fraction(payoff) for payoff in first], [Fraction(payoff) for payoff in second]

    @cached_property
    def _rising(self) -> tuple[tuple[list[float], list[Fraction], list[Fraction]], ...]:
        """For each proposer the other's payoffs rising, rounded and exact, and its own."""
        first, second = self._payoffs
        views = (second[::-1], first[::-1]), (first, second)
        return tuple(([float(payoff) for payoff in others], others, own) for others, own in views)

    @cached_property
    def _waiting(self) -> tuple[Exact, Exact]:
        """What waiting is worth: the constants and the slopes of `Waiting`, not rounded."""
        rules, q = self.rules, Fraction(self.rules.breakdown)
        constants, slopes = [], []
        for numbers in zip(rules.patience, rules.costs, rules.after_breakdown, rules.meanwhile, strict=True):
            delta, cost, b, g = map(Fraction, numbers)
            constants.append(q * b + (1 - q) * ((1 - delta) * g - cost))
            slopes.append((1 - q) * delta)
        return (constants[0], constants[1]), (slopes[0], slopes[1])

    @cached_property
    def _options(self) -> tuple[Fraction | None, Fraction | None]:
        first, second = (None if option is None else Fraction(option) for option in self.rules.outside)
        return first, second

    def best(self, player: int, floor: Fraction) -> Exact | None:
        """The best for ``player`` of what gives the other ``floor`` or more; None if nothing does."""
        rounded, others, own = self._rising[player]
        if floor <= others[0]:
            return _as_point(player, own[0], others[0])
        if floor >= others[-1]:
            slack = Fraction(self.terms.dust[1 - player])
            return _as_point(player, own[-1], others[-1]) if floor <= others[-1] + slack else None
        edge = bisect_right(rounded, float(floor))
        while edge == len(others) or others[edge - 1] > floor:
            edge -= 1
        while others[edge] <= floor:
            edge += 1
        share = (floor - others[edge - 1]) / (others[edge] - others[edge - 1])
        return _as_point(player, own[edge - 1] + share * (own[edge] - own[edge - 1]), floor)

    def waits_for(self, player: int, following: Fraction) -> Fraction:
        """What waiting is worth to a player if the next round is worth ``following`` to it."""
        constants, slopes = self._waiting
        return constants[player] + slopes[player] * following

    def least(self, player: int, own: Fraction) -> Fraction:
        """What a player accepts who counts on ``own`` when it proposes next."""
        waiting, option = self.waits_for(player, own), self._options[player]
        return waiting if option is None else max(option, waiting)

    def around(self, own: Fraction) -> tuple[Exact, Exact] | None:
        """Both movers' proposals, if the second mover's proposal is worth ``own`` to it."""
        ahead, behind = self.rules.order
        first = self.best(ahead, self.least(behind, own))
        second = None if first is None else self.best(behind, self.least(ahead, first[ahead]))
        return None if first is None or second is None else (first, second)

    def pairs(self) -> Iterator[tuple[str, tuple[Round, Round]]]:
        """The two rounds of every equilibrium in which both always agree; of a stretch the middle and both ends."""
        behind, (low, high) = self.rules.order[1], self._range()
        # Whoever wants more than the best agreement even when waiting is worth least never agrees.
        if self.around(low) is None or self.around(high) is None:
            return

        def payoff(own: Fraction) -> Fraction:
            pair = self.around(own)
            return own if pair is None else pair[1][behind]

        hurried = any(slope < 1 for slope in self._waiting[1])
        bends = sorted({low, high, *(bend for bend in self._bends() if low < bend < high)})
        for kind, own in on_a_polyline(payoff, bends, Fraction(0 if hurried else FLAT) * (high - low)):
            pair = self.around(own)
            if pair is None:
                continue
            first, second = self._settled(0, pair[0], pair[1]), self._settled(1, pair[1], pair[0])
            if first is not None and second is not None:
                yield kind, (first, second)

    def _range(self) -> Exact:
        """The least and the most that the second mover may get."""
        payoffs = self._payoffs[self.rules.order[1]]
        return min(payoffs), max(payoffs)

    def _bends(self) -> Iterator[Fraction]:
        """Where what returns may bend: where somebody's least is a corner or its outside option."""
        ahead, behind = self.rules.order
        for payoff in [*self._payoffs[ahead], self._options[ahead]]:
            own = self._before(ahead, payoff)
            offer = None if own is None else self.best(behind, own)
            if offer is not None and offer[ahead] == own:
                yield from _known(self._before(behind, offer[behind]))
        for payoff in [*self._payoffs[behind], self._options[behind]]:
            yield from _known(self._before(behind, payoff))

    def _before(self, player: int, payoff: Fraction | None) -> Fraction | None:
        """What a player must count on for waiting to be worth ``payoff``."""
        constants, slopes = self._waiting
        return None if payoff is None or slopes[player] == 0 else (payoff - constants[player]) / slopes[player]

    def _settled(self, place: int, offer: Exact, following: Exact) -> Round | None:
        """The round of the first (0) or second (1) mover with this offer; None if it would rather be refused."""
        mover, other = self.rules.order[place], self.rules.order[1 - place]
        dust, option, waiting = self.terms.dust, self._options[other], self.waits_for(other, following[other])
        leaves = option is not None and option > waiting + Fraction(dust[other])
        refused = Fraction(self.rules.after_leaving[mover]) if leaves else self.waits_for(mover, following[mover])
        if offer[mover] < refused - Fraction(dust[mover]):
            return None
        rounded = float(offer[0]), float(offer[1])
        floor = min(float(self.least(other, following[other])), rounded[other])
        return Round(mover, rounded, floor, leaves, rounded)


def _known(bend: Fraction | None) -> Iterator[Fraction]:
    if bend is not None:
        yield bend


def _as_point(player: int, mine: Fraction, others: Fraction) -> Exact:
    return (mine, others) if player == 0 else (others, mine)
