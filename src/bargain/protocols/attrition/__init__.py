"""Wars of attrition: holding out for a prize at a cost, or for a demand behind a reputation for being stubborn.

``war`` and ``reputation`` solve in closed form, and ``choice`` what rational players ask for before; ``judge``
integrates plans, ``choice_judge`` tries other demands, and neither shares code with them.
"""

from dataclasses import replace

from bargain.model.equilibrium import Equilibrium
from bargain.protocols.attrition.choice import solve_choice
from bargain.protocols.attrition.choice_judge import contests_of, judge_choice
from bargain.protocols.attrition.choice_telling import tell_choice
from bargain.protocols.attrition.filling import fill
from bargain.protocols.attrition.judge import judge_reputation, judge_war
from bargain.protocols.attrition.plan import ChoicePlan, ReputationPlan, WarPlan
from bargain.protocols.attrition.reputation import solve_reputation
from bargain.protocols.attrition.rules import DemandChoice, Reputation, WarOfAttrition
from bargain.protocols.attrition.telling import tell_reputation, tell_war
from bargain.protocols.attrition.war import solve_war
from bargain.protocols.judging import Judgement
from bargain.protocols.protocol import Protocol
from bargain.protocols.words import Words

__all__ = ["attrition"]

Rules = WarOfAttrition | Reputation | DemandChoice
Plan = WarPlan | ReputationPlan | ChoicePlan


def _solve(rules: Rules) -> Plan:
    if isinstance(rules, WarOfAttrition):
        return solve_war(rules)
    return solve_reputation(rules) if isinstance(rules, Reputation) else solve_choice(rules)


def _judge(rules: Rules, plan: Plan) -> Judgement:
    match rules, plan:
        case WarOfAttrition(), WarPlan():
            return judge_war(rules, plan)
        case Reputation(), ReputationPlan():
            return judge_reputation(rules, plan)
        case DemandChoice(), ChoicePlan():
            contests = [judge_reputation(*contest) for contest in contests_of(rules, plan)]
            return _worst([judge_choice(rules, plan), *contests])
    raise TypeError(f"a {type(plan).__name__} is no plan for a {type(rules).__name__}")


def _worst(verdicts: list[Judgement]) -> Judgement:
    """The verdict with the largest gain for what is at stake, on the deviations of all."""
    worst = max(verdicts, key=lambda verdict: verdict.largest_gain / verdict.scale)
    return replace(worst, checked=sum(verdict.checked for verdict in verdicts))


def _tell(rules: Rules, plan: Plan, words: Words) -> Equilibrium:
    match rules, plan:
        case WarOfAttrition(), WarPlan():
            return tell_war(rules, plan, words)
        case Reputation(), ReputationPlan():
            return tell_reputation(rules, plan, words)
        case DemandChoice(), ChoicePlan():
            return tell_choice(rules, plan, words)
    raise TypeError(f"a {type(plan).__name__} is no plan for a {type(rules).__name__}")


attrition = Protocol(
    name="attrition",
    title="War of attrition",
    definition="two players hold out, at a cost or behind a reputation for being stubborn, until one gives in",
    source="Hendricks, Weiss & Wilson (1988), The War of Attrition in Continuous Time with Complete Information, "
    "International Economic Review 29(4), 663-680; Abreu & Gul (2000), Bargaining and Reputation, Econometrica 68(1), "
    "85-117",
    rules=(WarOfAttrition, Reputation, DemandChoice),
    fill=fill,
    solve=_solve,
    judge=_judge,
    tell=_tell,
)
