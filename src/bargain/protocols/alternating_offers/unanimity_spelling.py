"""What proposers offer under unanimity, in payoffs and in the words of the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable, TooManyAgreements
from bargain.model.results import Agreement
from bargain.model.wording import number
from bargain.protocols.alternating_offers.unanimity_asked_rules import AskedPlan, UnanimityAsked
from bargain.protocols.alternating_offers.unanimity_nash import nash_shares
from bargain.protocols.alternating_offers.unanimity_rules import StationaryPlan, Unanimity
from bargain.protocols.alternating_offers.unanimity_set_rules import SetPlan, UnanimityOver
from bargain.protocols.words import Words

__all__ = ["Rules", "Spelled", "Stationary", "nash_limit", "nash_weights", "spelled"]

Floats = NDArray[np.float64]
Rules = Unanimity | UnanimityOver | UnanimityAsked
Stationary = StationaryPlan | SetPlan | AskedPlan

MIXED = 1e-9
"""A lottery with less than this chance of anything else is an agreement."""


@dataclass(frozen=True, eq=False)
class Spelled:
    """A stationary plan in payoffs: offers and floors are (n, n), rows are proposers.

    ``agreements`` are what is offered, where it is a single agreement; ``notes`` say what it is otherwise, and
    ``lotteries`` list chances and agreements.
    """

    offers: Floats
    accepts: Floats
    agreements: Sequence[Agreement | None]
    notes: Sequence[str]
    lotteries: Sequence[Sequence[tuple[float, Agreement]]]


def spelled(rules: Rules, plan: Stationary, words: Words) -> Spelled:
    """Offers and floors in payoffs and words."""
    n = len(rules.players)
    none: list[Agreement | None] = [None] * n
    if isinstance(rules, Unanimity) and isinstance(plan, StationaryPlan):
        sizes = rules.size * plan.offers
        texts = [
            ", ".join(f"{words.title_of(p)} {number(x, 4)}" for p, x in zip(rules.players, row, strict=True))
            for row in sizes
        ]
        linear = bool((np.asarray(getattr(rules.tastes, "exponents", 0.0)) == 1).all())
        notes = [""] * n if linear else [f"shares: {text}" for text in texts]
        return Spelled(pie_worths(rules, plan.offers), pie_worths(rules, plan.accepts), none, notes, [()] * n)
    if isinstance(rules, UnanimityAsked) and isinstance(plan, AskedPlan):
        known = words.agreements
        found = none if known is None else [known.first([place], 1)[0][0] for place in plan.places]
        return Spelled(plan.offers, plan.accepts, found, [""] * n, [()] * n)
    if isinstance(rules, UnanimityOver) and isinstance(plan, SetPlan):
        drawn = [_drawn(row, words) for row in plan.chances]
        single = [lottery[0][1] if len(lottery) == 1 else None for lottery in drawn]
        mixed = [tuple(lottery) if len(lottery) > 1 else () for lottery in drawn]
        notes = [f"a lottery over {len(lottery)} agreements" if lottery else "" for lottery in mixed]
        return Spelled(plan.chances @ rules.points, plan.accepts, single, notes, mixed)
    raise TypeError(f"{type(plan).__name__} is no plan for {type(rules).__name__}")


def _drawn(chances: Floats, words: Words) -> list[tuple[float, Agreement]]:
    places = np.flatnonzero(chances > MIXED)
    found = [(float(chances[place]), words.agreement(int(place))) for place in places]
    return [(chance, agreement) for chance, agreement in found if agreement is not None]


def pie_worths(rules: Unanimity, shares: Floats) -> Floats:
    """What shares of a pie of its size are worth."""
    exponents = np.asarray(getattr(rules.tastes, "exponents", 1.0))
    return np.asarray(rules.size**exponents * rules.tastes.worth(np.clip(shares, 0.0, 1.0)))


def nash_weights(rules: Rules) -> Floats | None:
    """(n,) weights of the Nash solution to which ever faster offers tend, p/(-ln d); None at the ends of patience."""
    discounts = np.asarray(rules.discounts)
    if not ((discounts > 0) & (discounts < 1)).all():
        return None
    weights = 1 / -np.log(discounts)
    weights = weights * rules.opening if rules.proposer == "random" else weights
    return np.asarray(weights / weights.sum())


def nash_limit(rules: Rules, words: Words) -> Floats | None:
    """(n,) the payoffs of that solution; None where offers cannot be as fine as one likes."""
    weights = nash_weights(rules)
    if weights is None:
        return None
    if isinstance(rules, Unanimity):
        return pie_worths(rules, nash_shares(weights, rules.tastes))
    if words.agreements is None or not (isinstance(rules, UnanimityAsked) or rules.lotteries):
        return None
    over = words.agreements.menu() if isinstance(rules, UnanimityAsked) else words.agreements.hull()
    try:
        return np.asarray(over.product(weights).points[0])
    except (NotApplicable, TooManyAgreements):
        return None
