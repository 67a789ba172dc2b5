"""From a scenario to rules: the efficient agreements for the bloc's members and every type of the outsider."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bargain.errors import NotApplicable, UsageError
from bargain.model.agreements import Agreements
from bargain.model.results import Agreement
from bargain.model.scenario import CHOOSING, Scenario
from bargain.model.setups.joint_offer import JointOfferSetup
from bargain.model.tabulate import tabulate
from bargain.protocols.joint_offer.inside import concept_called
from bargain.protocols.joint_offer.refining import Paid, extended, new, paid_by, refined
from bargain.protocols.joint_offer.rules import CounterDemand, JointOffer
from bargain.protocols.patience import patience_or_1, remark_on_patience
from bargain.protocols.types import TypedProblem, remarks_on_types, typed
from bargain.protocols.words import Filled, Words

__all__ = ["fill"]


def fill(scenario: Scenario, setup: JointOfferSetup) -> Filled:
    """Rules with one row per agreement that could be offered.

    These are the agreements that no other beats for all members and all types, continuous issues on their grid; besides
    them what is best off the grid (`refining`), and what all would agree on if they sat in one room. Nothing else could
    be demanded with more success. Nothing else could be offered with more success, either, where no demand may follow
    and what members get without a deal does not depend on the type: an agreement that pays everybody more is accepted
    by no fewer. Elsewhere it is a convention that nobody tables an agreement when another is better for all.

    Raises
    ------
    UsageError
        if somebody who signs is neither in the bloc nor the outsider, or the concept is not one over agreements.
    NotApplicable
        if the efficient agreements cannot be listed, or the file settles by majority.
    """
    if scenario.consent.rule != "unanimity":
        raise NotApplicable(
            "a joint offer asks for the consent of everybody who signs, and the file settles by majority"
        )
    _require_bloc(scenario, setup)
    _require_concept(setup.concept)
    problem = typed(scenario, setup.to)
    agreements = problem.agreements
    if agreements.empty:
        raise NotApplicable("the rules and red lines leave no possible agreement")
    if not agreements.frontier_listed:
        raise NotApplicable("the efficient agreements among which the bloc chooses are too many to list")
    rules = _rules(problem, setup)
    added = _added(problem, rules)
    known = {len(rules.payoffs) + place: agreement for place, (agreement, _) in enumerate(added)}
    words = Words(scenario, agreements, range(len(rules.payoffs)), known)
    return Filled(extended(rules, added), words, _remarks(problem, setup))


def _require_concept(name: str) -> None:
    """Complain about a concept that does not choose among single agreements."""
    if concept_called(name).name not in CHOOSING:
        hint = f"write one of {', '.join(CHOOSING)}"
        raise UsageError(f"a bloc offers a single agreement, and {name} needs lotteries", hint=hint)


def _require_bloc(scenario: Scenario, setup: JointOfferSetup) -> None:
    if not scenario.has_agreements:
        raise UsageError("joint_offer needs issues to agree on", hint="write `issues` and `utilities`")
    signing = scenario.signatories
    bloc = tuple(name for name in signing if name != setup.to) if setup.bloc is None else tuple(setup.bloc)
    silent = [name for name in (*bloc, setup.to) if name not in signing]
    if silent:
        raise UsageError(f"{silent[0]} does not sign and so takes no part", hint="name players that sign")
    if setup.to in bloc:
        raise UsageError(f"{setup.to} is inside the bloc and outside at once", hint="leave it out of the bloc")
    left = [name for name in signing if name not in (*bloc, setup.to)]
    if left or not bloc:
        told = f"{', '.join(left)}: must sign, but is neither in the bloc nor outside" if left else "the bloc is empty"
        raise UsageError(told, hint="add it to `bloc`, or let it not sign (`signs: false`)" if left else "name members")
    if setup.breakdown is not None and not setup.counter:
        raise UsageError("`breakdown` is about a counter-demand, and there is none", hint="write `counter: true`")


def _rules(problem: TypedProblem, setup: JointOfferSetup) -> JointOffer:
    points, m = problem.agreements.frontier.points, len(problem.others)
    powers = [problem.scenario.players[name].power.value for name in problem.others]
    return JointOffer(
        payoffs=points[:, :m],
        outsider=points[:, m:],
        chances=problem.chances,
        refusal=problem.without_deal,
        outsider_refusal=problem.refusals,
        concept=setup.concept,
        powers=np.array(powers),
        outsider_power=problem.scenario.players[problem.player].power.value,
        counter=_counter(problem, setup),
        members=problem.others,
        to=problem.player,
        types=problem.types,
    )


def _counter(problem: TypedProblem, setup: JointOfferSetup) -> CounterDemand | None:
    """The second stage; who has no patience in the file does not mind waiting."""
    if not setup.counter:
        return None
    breakdown = 0.0 if setup.breakdown is None else setup.breakdown.value
    theirs = tuple(patience_or_1(scenario, [problem.player])[0] for scenario in problem.scenarios)
    return CounterDemand(breakdown, theirs, patience_or_1(problem.scenario, problem.others))


def _remarks(problem: TypedProblem, setup: JointOfferSetup) -> tuple[str, ...]:
    """What went unsaid: types that are left out, and whose patience is not in the file."""
    told = remarks_on_types(problem.scenario, setup.to)
    if not setup.counter:
        return told
    typed_too = all(scenario.players[setup.to].patience is not None for scenario in problem.scenarios)
    waiting = [name for name in problem.scenario.signatories if name != setup.to or not typed_too]
    return told + remark_on_patience(problem.scenario, waiting)


def _added(problem: TypedProblem, rules: JointOffer) -> list[Paid]:
    """Agreements off the grid, beside those of the frontier."""
    found = refined(problem.agreements, rules)
    return found + new(_together(problem, rules.concept), problem.agreements, found)


def _together(problem: TypedProblem, concept: str) -> Iterator[Paid]:
    """What all agree on if they sit in one room and the type is known."""
    if not problem.agreements.grid:
        return
    known: Agreements | None = None
    for scenario in problem.scenarios:
        known = tabulate(scenario, like=known)
        agreement = _picked(known, concept)
        if agreement is not None:
            yield agreement, paid_by(problem.agreements, agreement)


def _picked(agreements: Agreements, concept: str) -> Agreement | None:
    """The concept's choice, if it makes one."""
    feasible = agreements.menu()
    try:
        choice = concept_called(concept)(feasible).choice if feasible.rational else None
    except NotApplicable:
        return None
    return None if choice is None else agreements.first([choice.mixtures[0][0][1]], 1)[0][0]
