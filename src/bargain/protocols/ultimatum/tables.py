"""Tidy rows of the trade-off between risk and return, for tables and figures."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.protocols.ultimatum.once import expected, tradeoff
from bargain.protocols.ultimatum.plan import OneOffer, TwoOffers
from bargain.protocols.ultimatum.rules import Ultimatum

__all__ = ["agreed", "curve", "satisfied"]

MOST_ROWS = 200
"""Points of a curve; more do not show in a figure."""
SAME = 1e-9
"""Demands that differ by less than this part of what is at stake are one."""

Row = dict[str, Any]


def satisfied(rules: Ultimatum) -> list[Row]:
    """For every set of types that an offer can satisfy: the best such offer, its chance and its expected payoff."""
    return [
        {
            "accepted_by": [rules.types[kind] for kind in row.types],
            "demand": float(rules.proposer[row.offer]) if row.types else None,
            "chance_of_agreement": row.chance,
            "expected": row.expected,
        }
        for row in tradeoff(rules)
    ]


def agreed(rules: Ultimatum, plan: OneOffer | TwoOffers) -> NDArray[np.float64]:
    """(k,) the chance of any agreement after each first offer."""
    now = plan.accepts @ rules.chances
    if isinstance(plan, OneOffer):
        return np.asarray(now, dtype=float)
    refused = (1.0 - plan.accepts) * rules.chances
    later = np.einsum("kt,kw,kwt->k", refused, plan.weights, plan.accepts_last[plan.replies].astype(float))
    return np.asarray(now + later)


def curve(rules: Ultimatum, plan: OneOffer | TwoOffers) -> list[Row]:
    """Demand by demand, the best offer that pays the proposer so much: its worth, and the chance of no agreement.

    Offers are left out if another pays the proposer more and is refused by fewer.
    """
    worth = expected(rules) if isinstance(plan, OneOffer) else plan.worth
    can = np.asarray(rules.acceptable.any(axis=1))
    chances = agreed(rules, plan)
    order = np.lexsort((-worth, rules.proposer))
    order = order[can[order]]
    demands = rules.proposer[order]
    apart = np.concatenate([[True], np.diff(demands) > SAME * rules.stakes[0]])[: len(order)]
    order = order[apart]
    safest = np.maximum.accumulate(chances[order][::-1])[::-1]
    order = order[chances[order] >= safest - SAME]
    if len(order) > MOST_ROWS:
        kept = np.unique(np.linspace(0, len(order) - 1, MOST_ROWS).round().astype(int))
        order = np.unique(np.concatenate([order[kept], [plan.offer]])) if can[plan.offer] else order[kept]
        order = order[np.argsort(rules.proposer[order], kind="stable")]
    return [
        {
            "demand": float(rules.proposer[offer]),
            "expected": float(worth[offer]),
            "chance_of_conflict": float(max(1.0 - chances[offer], 0.0)),
            "accepted_at_once_by": [name for kind, name in enumerate(rules.types) if plan.accepts[offer, kind] > 0],
        }
        for offer in order.tolist()
    ]
