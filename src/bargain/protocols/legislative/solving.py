"""Which solver answers which rules."""

from __future__ import annotations

from bargain.protocols.legislative.closed import balance
from bargain.protocols.legislative.motions import stationary
from bargain.protocols.legislative.open_rule import open_rule
from bargain.protocols.legislative.partners import proposals
from bargain.protocols.legislative.plan import AmendmentPlan, DivisionPlan, MotionPlan, SessionPlan
from bargain.protocols.legislative.rules import Legislature, Motions
from bargain.protocols.legislative.sessions import by_induction
from bargain.protocols.legislative.weighted import by_coalitions

__all__ = ["solve"]


def solve(rules: Legislature | Motions) -> DivisionPlan | AmendmentPlan | MotionPlan | SessionPlan:
    """The equilibrium plan of a legislature; raises `NotApplicable` or `NotConverged`.

    >>> solve(Legislature.symmetric(3, 1.0)).values.round(6)  # the proposer keeps 2/3, one partner has 1/3
    array([0.333333, 0.333333, 0.333333])
    """
    if isinstance(rules, Motions):
        return stationary(rules) if rules.horizon is None else by_induction(rules)
    if rules.amendments == "open":
        return open_rule(rules)
    if rules.heads is None:
        return by_coalitions(rules)
    return proposals(rules, balance(rules))
