"""The equilibrium of alternating offers between two players."""

from __future__ import annotations

from math import log

from bargain.protocols.alternating_offers.finite import backwards
from bargain.protocols.alternating_offers.plan import Plan
from bargain.protocols.alternating_offers.rounds import Waiting
from bargain.protocols.alternating_offers.rules import AlternatingOffers
from bargain.protocols.alternating_offers.stationary import stationary

__all__ = ["equilibria", "solve"]


def equilibria(rules: AlternatingOffers) -> tuple[Plan, ...]:
    """All equilibria found: the one of a finite horizon, or all stationary ones in pure strategies; named one first.

    Raises
    ------
    NotApplicable
        where there is none, or where it is not known whether there are others.
    """
    if rules.horizon is not None:
        return (backwards(rules),)
    plans = stationary(rules)
    return plans if len(plans) == 1 else tuple(sorted(plans, key=lambda plan: _rank(rules, plan)))


def solve(rules: AlternatingOffers) -> Plan:
    r"""The subgame-perfect equilibrium (with no horizon: the stationary one).

    If there are several, the one named is the middle of a continuum, else the one whose two proposals have the largest
    product of gains (over what haggling for ever pays, to the powers $1/|\ln\delta_i|$ that patience gives), and
    of equals the one that the first proposer likes best; `equilibria` has them all.

    >>> solve(AlternatingOffers(patience=(0.5, 0.5))).offers.round(9).tolist()
    [[0.666666667, 0.333333333], [0.333333333, 0.666666667]]
    """
    return equilibria(rules)[0]


def _rank(rules: AlternatingOffers, plan: Plan) -> tuple[bool, float, float]:
    """The smallest is named."""
    base, slope = Waiting.under(rules)
    total = 0.0
    hurried = all(0 < s < 1 for s in slope)
    for player in (0, 1):
        power = -1 / log(slope[player]) if hurried else 1.0
        floor = base[player] / (1 - slope[player]) if hurried else rules.disagreement[player]
        for gain in (plan.values[:, player] - floor).tolist():
            total += power * log(gain) if gain > 0 else -float("inf")
    return plan.standing.startswith("end"), -round(total, 9), -float(plan.values[0, rules.order[0]])
