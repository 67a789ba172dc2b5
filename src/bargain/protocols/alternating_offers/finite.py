"""Alternating offers with a last round: backward induction."""

from __future__ import annotations

from bargain.errors import UsageError
from bargain.protocols.alternating_offers.plan import Plan
from bargain.protocols.alternating_offers.rounds import Round, Waiting, as_plan, played
from bargain.protocols.alternating_offers.rules import AlternatingOffers

__all__ = ["backwards"]


def backwards(rules: AlternatingOffers) -> Plan:
    r"""The subgame-perfect equilibrium of a finite horizon, by backward induction (Ståhl 1972, recalled).

    Refusing in the last round means disagreement (or the outside option). Unique, given that who is indifferent agrees.
    Where no agreement reaches what the responder can wait for, or the proposer prefers to wait, the round is a delay.
    With a pie $s_T = 1$, $s_t = 1 - \delta_{responder} s_{t+1}$. Cost: a binary search per round.

    >>> plan = backwards(AlternatingOffers(patience=(0.9, 0.8), horizon=3))
    >>> plan.offers.round(9).tolist()
    [[0.92, 0.08], [0.9, 0.1], [1.0, 0.0]]
    """
    horizon = rules.horizon
    if horizon is None:
        raise UsageError("backward induction starts from a last round", hint="write `horizon`, the number of rounds")
    carried, order = Waiting.under(rules), rules.order
    waiting, rounds = rules.disagreement, list[Round]()
    for turn in range(horizon - 1, -1, -1):
        rounds.append(played(rules, order[turn % 2], waiting))
        waiting = carried.after(rounds[-1].value)
    return as_plan(rounds[::-1], [*range(1, horizon), -1])
