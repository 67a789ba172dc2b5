"""Tidy rows for figures and files: offers, rational points, tournaments."""

from __future__ import annotations

from typing import Any

import numpy as np

from bargain.protocols.concession.ground import lay_out
from bargain.protocols.concession.plan import Plan
from bargain.protocols.concession.rules import Concession
from bargain.protocols.concession.tournament import Tournament

__all__ = ["offers_table", "points_table", "standings_table", "tournament_table"]

SHOWN = 500
"""So many points say what a frontier looks like."""

Rows = list[dict[str, Any]]


def offers_table(rules: Concession, plan: Plan) -> Rows:
    """One row for each offer: round, player, target, who accepts, and what it pays everybody."""
    return [
        {
            "round": offer.round,
            "player": rules.players[offer.player],
            "target": offer.target,
            "point": offer.point,
            "accepted": [name for name, accepts in zip(rules.players, offer.accepted, strict=True) if accepts],
            **_payoffs(rules.players, offer.payoffs),
        }
        for offer in plan.offers
    ]


def points_table(rules: Concession) -> Rows:
    """The efficient payoffs by rising payoff of the first player, evenly thinned, and which of them may be offered."""
    rational = np.isin(np.arange(len(rules.points)), lay_out(rules).rows)
    order = np.lexsort((*rules.points.T[1:], rules.points[:, 0]))
    kept = order[np.unique(np.linspace(0, len(order) - 1, min(SHOWN, len(order))).round().astype(int))]
    return [{**_payoffs(rules.players, rules.points[row].tolist()), "rational": bool(rational[row])} for row in kept]


def standings_table(held: Tournament) -> Rows:
    """One row for each strategy: its mean payoff in each seat over all that the others may play, and agreements."""
    n = len(held.players)
    agreed = [held.agreed.mean(axis=tuple(axis for axis in range(n) if axis != seat)) for seat in range(n)]
    return [
        {
            "strategy": label,
            **{f"mean.{name}": float(held.means[seat, place]) for seat, name in enumerate(held.players)},
            "agreed": float(np.mean([rate[place] for rate in agreed])),
            "in_equilibria": sum(place in profile for profile in held.equilibria),
        }
        for place, label in enumerate(held.labels)
    ]


def tournament_table(held: Tournament) -> Rows:
    """One row for each profile: who plays what, what it brings, and whose strategy is a best reply in it."""
    rows = []
    stable = set(held.equilibria)
    for profile in np.ndindex(held.agreed.shape):
        replies = [name for seat, name in enumerate(held.players) if profile[seat] in held.best_reply(seat, profile)]
        rows.append(
            {
                **{name: held.labels[place] for name, place in zip(held.players, profile, strict=True)},
                **_payoffs(held.players, held.payoffs[profile].tolist()),
                "agreed": float(held.agreed[profile]),
                "rounds": float(held.rounds[profile]),
                "from_frontier": float(held.from_frontier[profile]),
                "from_nash": float(held.from_nash[profile]),
                "best_replies": replies,
                "equilibrium": profile in stable,
            }
        )
    return rows


def _payoffs(players: tuple[str, ...], payoffs: Any) -> dict[str, float]:
    return {f"payoff.{name}": float(paid) for name, paid in zip(players, payoffs, strict=True)}
