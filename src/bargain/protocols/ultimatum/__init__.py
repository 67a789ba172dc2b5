"""Take it or leave it, to a player whose type is hidden; and screening over two rounds."""

from __future__ import annotations

from bargain.model.equilibrium import Equilibrium
from bargain.protocols.judging import Judgement
from bargain.protocols.protocol import Protocol
from bargain.protocols.ultimatum.cost_judge import judge_cost
from bargain.protocols.ultimatum.cost_telling import tell_cost
from bargain.protocols.ultimatum.filling import fill
from bargain.protocols.ultimatum.judge import judge
from bargain.protocols.ultimatum.once import offer_once
from bargain.protocols.ultimatum.plan import Cutoffs, OneOffer, Steps, TwoOffers
from bargain.protocols.ultimatum.rules import PrivateCost, Ultimatum
from bargain.protocols.ultimatum.telling import tell
from bargain.protocols.ultimatum.twice import offer_twice
from bargain.protocols.ultimatum.uniform import demand
from bargain.protocols.words import Words

__all__ = ["PrivateCost", "Ultimatum", "ultimatum"]

Rules = Ultimatum | PrivateCost
Plan = OneOffer | TwoOffers | Cutoffs | Steps


def _solve(rules: Rules) -> Plan:
    if isinstance(rules, PrivateCost):
        return demand(rules)
    return offer_once(rules) if rules.rounds == 1 else offer_twice(rules)


def _judge(rules: Rules, plan: Plan) -> Judgement:
    if isinstance(rules, PrivateCost):
        return judge_cost(rules, plan)  # type: ignore[arg-type]
    return judge(rules, plan)  # type: ignore[arg-type]


def _tell(rules: Rules, plan: Plan, words: Words) -> Equilibrium:
    if isinstance(rules, PrivateCost):
        return tell_cost(rules, plan, words)  # type: ignore[arg-type]
    return tell(rules, plan, words)  # type: ignore[arg-type]


ultimatum = Protocol(
    name="ultimatum",
    title="Ultimatum",
    definition="one side makes an offer that the other takes or leaves, without knowing how much the other would lose "
    "by conflict; a better bargain is bought with a risk of none",
    source="Fearon (1995), Rationalist Explanations for War, International Organization 49(3), 379-414; two rounds: "
    "Fudenberg and Tirole (1991), Game Theory, section 10.2",
    rules=(Ultimatum, PrivateCost),
    fill=fill,
    solve=_solve,
    judge=_judge,
    tell=_tell,
)
