"""Unanimity from rules to judgement: which solver and which judge belong to which rules."""

from __future__ import annotations

from typing import Any

from bargain.protocols.alternating_offers.unanimity import solve
from bargain.protocols.alternating_offers.unanimity_asked import solve_asked
from bargain.protocols.alternating_offers.unanimity_asked_horizon import solve_asked_horizon
from bargain.protocols.alternating_offers.unanimity_asked_judge import judge_asked, judge_asked_horizon
from bargain.protocols.alternating_offers.unanimity_asked_rules import AskedHorizonPlan, AskedPlan, UnanimityAsked
from bargain.protocols.alternating_offers.unanimity_discrete import solve_discrete
from bargain.protocols.alternating_offers.unanimity_horizon import solve_horizon
from bargain.protocols.alternating_offers.unanimity_judge import judge
from bargain.protocols.alternating_offers.unanimity_lotteries import solve_lotteries
from bargain.protocols.alternating_offers.unanimity_rules import StationaryPlan, Unanimity
from bargain.protocols.alternating_offers.unanimity_set_judge import judge_horizon, judge_stationary
from bargain.protocols.alternating_offers.unanimity_set_rules import HorizonPlan, SetPlan, UnanimityOver
from bargain.protocols.alternating_offers.unanimity_spelling import Rules
from bargain.protocols.alternating_offers.unanimity_unsigned import never_signed
from bargain.protocols.judging import Judgement

__all__ = ["UNANIMITY_RULES", "judge_unanimity", "solve_unanimity"]

UNANIMITY_RULES = (Unanimity, UnanimityOver, UnanimityAsked)
Plan = StationaryPlan | SetPlan | HorizonPlan | AskedPlan | AskedHorizonPlan


def solve_unanimity(rules: Rules) -> Plan:
    """The plan for rules of any kind of unanimity."""
    if isinstance(rules, Unanimity):
        return solve(rules)
    unsigned = never_signed(rules) if rules.horizon is None else None
    if unsigned is not None:
        return unsigned
    if isinstance(rules, UnanimityAsked):
        return solve_asked(rules) if rules.horizon is None else solve_asked_horizon(rules)
    if rules.horizon is not None:
        return solve_horizon(rules)
    return solve_lotteries(rules) if rules.lotteries else solve_discrete(rules)


def judge_unanimity(rules: Any, plan: Plan) -> Judgement:
    """The largest gain from one deviation."""
    if isinstance(plan, StationaryPlan):
        return judge(rules, plan)
    if isinstance(plan, AskedPlan):
        return judge_asked(rules, plan)
    if isinstance(plan, AskedHorizonPlan):
        return judge_asked_horizon(rules, plan)
    return judge_horizon(rules, plan) if isinstance(plan, HorizonPlan) else judge_stationary(rules, plan)
