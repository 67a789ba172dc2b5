"""The kinds of alternating offers, and which one a set-up is of: the one place where they part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bargain.model.equilibrium import Equilibrium
from bargain.model.scenario import Scenario
from bargain.model.setups.alternating_offers import AlternatingOffersSetup
from bargain.protocols.alternating_offers.agenda import solve_agenda, solve_pies
from bargain.protocols.alternating_offers.agenda_filling import fill_agenda
from bargain.protocols.alternating_offers.agenda_judge import judge_agenda, judge_pies
from bargain.protocols.alternating_offers.agenda_rules import Agenda, PieAgenda
from bargain.protocols.alternating_offers.agenda_telling import tell_agenda
from bargain.protocols.alternating_offers.filling import fill
from bargain.protocols.alternating_offers.judge import judge
from bargain.protocols.alternating_offers.rules import AlternatingOffers
from bargain.protocols.alternating_offers.solver import solve
from bargain.protocols.alternating_offers.telling import tell
from bargain.protocols.alternating_offers.unanimity_filling import fill_unanimity
from bargain.protocols.alternating_offers.unanimity_kinds import UNANIMITY_RULES, judge_unanimity, solve_unanimity
from bargain.protocols.alternating_offers.unanimity_telling import tell_unanimity
from bargain.protocols.judging import Judgement
from bargain.protocols.protocol import Protocol
from bargain.protocols.words import Filled, Words

__all__ = ["KINDS", "Kind", "alternating_offers"]


@dataclass(frozen=True)
class Kind:
    """One kind: its rules and what is done with them, as in a `Protocol`."""

    rules: type | tuple[type, ...]
    fill: Callable[[Scenario, Any], Filled]
    solve: Callable[[Any], Any]
    judge: Callable[[Any, Any], Judgement]
    tell: Callable[[Any, Any, Words], Equilibrium]


def _solve_agenda(rules: Agenda | PieAgenda) -> Any:
    return solve_pies(rules) if isinstance(rules, PieAgenda) else solve_agenda(rules)


def _judge_agenda(rules: Any, plan: Any) -> Judgement:
    return judge_pies(rules, plan) if isinstance(rules, PieAgenda) else judge_agenda(rules, plan)


KINDS: dict[str, Kind] = {
    "two": Kind(AlternatingOffers, fill, solve, judge, tell),
    "agenda": Kind((Agenda, PieAgenda), fill_agenda, _solve_agenda, _judge_agenda, tell_agenda),
    "unanimity": Kind(UNANIMITY_RULES, fill_unanimity, solve_unanimity, judge_unanimity, tell_unanimity),
}
"""``two`` players by turns; ``unanimity`` of several, or of two with a proposer drawn at random; an ``agenda``."""


def kind_named(scenario: Scenario, setup: AlternatingOffersSetup) -> str:
    """Which kind a set-up is of."""
    if setup.agenda is not None:
        return "agenda"
    return "two" if len(scenario.signatories) == 2 and setup.proposer == "alternating" else "unanimity"


def _fill(scenario: Scenario, setup: AlternatingOffersSetup) -> Filled:
    return KINDS[kind_named(scenario, setup)].fill(scenario, setup)


def _kind_of(rules: object) -> Kind:
    return next(kind for kind in KINDS.values() if isinstance(rules, kind.rules))


alternating_offers = Protocol(
    name="alternating_offers",
    title="Alternating offers",
    definition="one proposes, the others accept or refuse, and after a refusal it is somebody else's turn to propose",
    source="Rubinstein (1982), Perfect Equilibrium in a Bargaining Model, Econometrica 50(1), 97-109",
    rules=(AlternatingOffers, *UNANIMITY_RULES, Agenda, PieAgenda),
    fill=_fill,
    solve=lambda rules: _kind_of(rules).solve(rules),
    judge=lambda rules, plan: _kind_of(rules).judge(rules, plan),
    tell=lambda rules, plan, words: _kind_of(rules).tell(rules, plan, words),
)
