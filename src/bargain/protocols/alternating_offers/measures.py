"""What a plan comes to: the path of offers, and what it is worth to propose first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

from bargain.protocols.alternating_offers.plan import Plan
from bargain.protocols.alternating_offers.rounds import Waiting
from bargain.protocols.alternating_offers.rules import AlternatingOffers
from bargain.protocols.alternating_offers.solver import solve
from bargain.protocols.alternating_offers.terms import Point

__all__ = ["Move", "Outcome", "first_mover_advantage", "outcome", "refusing_for_ever"]


@dataclass(frozen=True)
class Move:
    """A round as it is played: who proposes what, and what becomes of it.

    ``offer`` is None where nothing acceptable is proposed; ``reached`` is the chance that talks get so far; ``ends`` is
    "agreement", "leaving", "disagreement" (the last round passed) or "" (they go on).
    """

    round: int
    proposer: str
    offer: Point | None
    reached: float
    ends: str = ""


@dataclass(frozen=True)
class Outcome:
    """The path of offers; ``for_ever`` where they never agree and never stop, of which the first cycle is listed."""

    moves: tuple[Move, ...]
    for_ever: bool = False

    @property
    def ends(self) -> str:
        """How it ends, if talks do not break down: "agreement", "leaving", "disagreement" or "never"."""
        return "never" if self.for_ever else self.moves[-1].ends

    @property
    def rounds(self) -> int:
        """How many rounds it takes."""
        return len(self.moves)


def outcome(rules: AlternatingOffers, plan: Plan) -> Outcome:
    """The path of offers if both keep to the plan.

    >>> rules = AlternatingOffers(patience=(0.5, 0.5), horizon=2)
    >>> outcome(rules, solve(rules)).moves
    (Move(round=1, proposer='one', offer=(0.5, 0.5), reached=1.0, ends='agreement'),)
    """
    moves: list[Move] = []
    state, reached = 0, 1.0
    while state >= 0 and len(moves) < len(plan.proposer):
        who = rules.players[int(plan.proposer[state])]
        following = int(plan.following[state])
        if plan.agreed[state]:
            first, second = plan.offers[state].tolist()
            return Outcome((*moves, Move(len(moves) + 1, who, (first, second), reached, "agreement")))
        ends = "leaving" if plan.leaves[state] else "disagreement" if following < 0 else ""
        moves.append(Move(len(moves) + 1, who, None, reached, ends))
        if ends:
            return Outcome(tuple(moves))
        state, reached = following, reached * (1 - rules.breakdown)
    return Outcome(tuple(moves), for_ever=True)


def first_mover_advantage(rules: AlternatingOffers, plan: Plan) -> Point:
    """How much more each gets when it proposes first than when the other does, in the same equilibrium or horizon.

    >>> rules = AlternatingOffers(patience=(0.5, 0.5))
    >>> [round(3 * gain, 12) for gain in first_mover_advantage(rules, solve(rules))]
    [1.0, 1.0]
    """
    ahead, behind = rules.order
    # Without end the second round begins the same game again, the other proposing.
    swapped = replace(rules, first=rules.players[behind])
    other = plan.values[1] if rules.horizon is None else solve(swapped).values[0]
    gains = {ahead: float(plan.values[0, ahead] - other[ahead]), behind: float(other[behind] - plan.values[0, behind])}
    return gains[0], gains[1]


def refusing_for_ever(rules: AlternatingOffers) -> Point:
    r"""What both get, as of round 1, if no offer is ever accepted and nobody leaves.

    Waiting is worth $w_i = q\,b_i + (1-q)[(1-\delta_i)\,g_i - c_i] + (1-q)\,\delta_i V_i$. Without end
    $V_i = w_i$, so that $V_i = \{q\,b_i + (1-q)[(1-\delta_i)\,g_i - c_i]\}/[1 - (1-q)\,\delta_i]$; where nothing wears
    waiting down it is $d_i$, and minus infinity if it costs something. With a last round, which pays $d_i$, it is
    what is left of it after all rounds of waiting before.

    >>> ever = refusing_for_ever(AlternatingOffers(patience=(0.9, 0.9), breakdown=0.05, broken=(0.2, 0.1)))
    >>> [round(payoff, 5) for payoff in ever]
    [0.06897, 0.03448]
    >>> refusing_for_ever(AlternatingOffers(patience=(1, 0.5), costs=(0.1, 0.1)))
    (-inf, -0.2)
    """
    first, second = (
        _refusing(base, slope, d, rules.horizon)
        for base, slope, d in zip(*Waiting.under(rules), rules.disagreement, strict=True)
    )
    return first, second


def _refusing(base: float, slope: float, d: float, horizon: int | None) -> float:
    """Of one player; ``base + slope * (next round)`` is what waiting is worth."""
    if slope == 1:
        return d if base == 0 else -inf if horizon is None else d + (horizon - 1) * base
    ever = base / (1 - slope)
    return ever if horizon is None else ever + slope ** (horizon - 1) * (d - ever)
