"""Wars of attrition: holding out for a prize at a cost, or for a demand behind a reputation for being stubborn.

``war`` and ``reputation`` solve in closed form; ``judge`` integrates the plan and shares no code with them.
"""

from bargain.model.equilibrium import Equilibrium
from bargain.protocols.attrition.filling import fill
from bargain.protocols.attrition.judge import judge_reputation, judge_war
from bargain.protocols.attrition.plan import ReputationPlan, WarPlan
from bargain.protocols.attrition.reputation import solve_reputation
from bargain.protocols.attrition.rules import Reputation, WarOfAttrition
from bargain.protocols.attrition.telling import tell_reputation, tell_war
from bargain.protocols.attrition.war import solve_war
from bargain.protocols.judging import Judgement
from bargain.protocols.protocol import Protocol
from bargain.protocols.words import Words

__all__ = ["attrition"]

Rules = WarOfAttrition | Reputation
Plan = WarPlan | ReputationPlan


def _solve(rules: Rules) -> Plan:
    return solve_war(rules) if isinstance(rules, WarOfAttrition) else solve_reputation(rules)


def _judge(rules: Rules, plan: Plan) -> Judgement:
    if isinstance(rules, WarOfAttrition) and isinstance(plan, WarPlan):
        return judge_war(rules, plan)
    if isinstance(rules, Reputation) and isinstance(plan, ReputationPlan):
        return judge_reputation(rules, plan)
    raise TypeError(f"a {type(plan).__name__} is no plan for a {type(rules).__name__}")


def _tell(rules: Rules, plan: Plan, words: Words) -> Equilibrium:
    if isinstance(rules, WarOfAttrition) and isinstance(plan, WarPlan):
        return tell_war(rules, plan, words)
    if isinstance(rules, Reputation) and isinstance(plan, ReputationPlan):
        return tell_reputation(rules, plan, words)
    raise TypeError(f"a {type(plan).__name__} is no plan for a {type(rules).__name__}")


attrition = Protocol(
    name="attrition",
    title="War of attrition",
    definition="two players hold out, at a cost or behind a reputation for being stubborn, until one gives in",
    source="Hendricks, Weiss & Wilson (1988), The War of Attrition in Continuous Time with Complete Information, "
    "International Economic Review 29(4), 663-680; Abreu & Gul (2000), Bargaining and Reputation, Econometrica 68(1), "
    "85-117",
    rules=(WarOfAttrition, Reputation),
    fill=fill,
    solve=_solve,
    judge=_judge,
    tell=_tell,
)
