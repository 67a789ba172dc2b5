"""Play a protocol: fill its rules from a scenario, solve them, have the plan judged, and tell what it leads to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bargain.errors import NotApplicable, NotConverged, UsageError, unknown_name
from bargain.model.equilibrium import Equilibrium
from bargain.model.scenario import Scenario
from bargain.model.setups import SETUPS, Setup
from bargain.protocols import Protocol, protocol_named, protocol_of
from bargain.protocols.checking import require_different
from bargain.protocols.judging import Judgement
from bargain.protocols.words import Filled

__all__ = ["play", "setup_named"]

UNANIMOUS = ("alternating_offers", "ultimatum", "joint_offer", "concession")
"""Models in which an agreement of the file needs the consent of everybody who signs."""


def play(problem: Scenario | object, protocol: str | None = None, *, seed: int | None = None) -> Equilibrium:
    """What rational players reach under a protocol, certified by a judge of deviations.

    Parameters
    ----------
    problem : a scenario, or the rules of a protocol with plain numbers, such as ``AlternatingOffers(…)``.
    protocol : of a scenario, the name of an entry under ``protocols``, or of a model to be played as it comes; may be
        left out where the scenario has one entry.
    seed : of random draws, in place of the set-up's own; only simulations draw any.

    Returns
    -------
    An `Equilibrium`. "No agreement", "uncertain" and "not applicable" are statuses, not errors.

    Raises
    ------
    UsageError
        if the problem or the protocol is not one, or a number that the protocol needs is missing.
    NotConverged
        if the judge finds that somebody could gain by leaving the plan: then there is no plan to return.
    """
    if isinstance(problem, Scenario):
        return _played_in(problem, protocol, seed)
    found = protocol_of(problem)
    if found is None:
        hint = "give a scenario, or the rules of a protocol such as bargain.AlternatingOffers(…)"
        raise UsageError(f"expected a scenario or rules, found a {type(problem).__name__}", hint=hint)
    if protocol is not None:
        raise UsageError("rules say themselves which protocol they are of", hint="leave the name out")
    return _played(found, Filled(problem if seed is None else _seeded(problem, seed)))


def setup_named(scenario: Scenario, name: str | None) -> tuple[str, Setup]:
    """The entry under ``protocols`` of that name, the only one if there is no name, or a model as it comes."""
    if name is None:
        if len(scenario.protocols) == 1:
            return next(iter(scenario.protocols.items()))
        if not scenario.protocols:
            hint = f"name a model: {', '.join(SETUPS)}"
            raise UsageError("the file has no `protocols`, so there is nothing to play", hint=hint)
        raise UsageError("the file has several protocols", hint=f"name one of {', '.join(scenario.protocols)}")
    if name in scenario.protocols:
        return name, scenario.protocols[name]
    if name not in SETUPS:
        raise _unknown(scenario, name)
    needed = [key for key, field in SETUPS[name].model_fields.items() if field.is_required() and key != "model"]
    if needed:
        message = f"{name} needs to be told {', '.join(f'`{key}`' for key in needed)}"
        raise UsageError(message, hint=f"write an entry with `model: {name}` under `protocols`")
    return name, SETUPS[name].model_validate({"model": name})


def _unknown(scenario: Scenario, name: str) -> UsageError:
    """The error for a name that is neither an entry nor a model; where none is near, all are told."""
    error = unknown_name("protocol", name, [*scenario.protocols, *SETUPS])
    if error.hint:
        return error
    own = f"the file has {', '.join(scenario.protocols)}; " if scenario.protocols else ""
    return UsageError(error.message, hint=f"{own}models are {', '.join(SETUPS)}")


def _played_in(scenario: Scenario, protocol: str | None, seed: int | None) -> Equilibrium:
    name, setup = setup_named(scenario, protocol)
    model = protocol_named(setup.model)
    if seed is not None:
        setup = _seeded(setup, seed)
    named: dict[str, Any] = {"protocol": name, "title": scenario.title, "scenario": scenario}
    try:
        _require_unanimity(scenario, setup)
        filled = model.fill(scenario, setup)
    except NotApplicable as reason:
        titles = {name: scenario.title_of(name) for name in scenario.signatories}
        return Equilibrium(model.name, "not_applicable", titles, reason=str(reason), **named)
    found = _played(model, filled)
    titles = {name: scenario.title_of(name) for name in found.players if name in scenario.players}
    return replace(found, players={**found.players, **titles}, **named)


def _require_unanimity(scenario: Scenario, setup: Setup) -> None:
    """Over the file's agreements, only legislatures know what a majority is."""
    stylised = getattr(setup, "pie", None) is not None
    if scenario.consent.rule == "majority" and setup.model in UNANIMOUS and scenario.has_agreements and not stylised:
        raise NotApplicable(f"the file asks for the consent of a majority, and {setup.model} for that of everybody")


def _played(protocol: Protocol, filled: Filled) -> Equilibrium:
    require_different(getattr(filled.rules, "players", ()))
    try:
        plan = protocol.solve(filled.rules)
    except NotApplicable as reason:
        titles = {name: filled.words.title_of(name) for name in getattr(filled.rules, "players", ())}
        return Equilibrium(protocol.name, "not_applicable", titles, reason=str(reason))
    verdict = protocol.judge(filled.rules, plan)
    if not verdict.certified:
        message = (
            f"no plan of {protocol.name} stands: {verdict.where} would gain {verdict.share:.3g} of what is at stake"
        )
        raise NotConverged(message)
    told = protocol.tell(filled.rules, plan, filled.words)
    remarks = (*told.remarks, *filled.remarks)
    return replace(told, certificate={**_certificate(verdict), **told.certificate}, remarks=remarks)


def _certificate(verdict: Judgement) -> dict[str, Any]:
    return {
        "largest_gain": verdict.share,
        "tolerance": verdict.tolerance,
        "deviations": verdict.checked,
    }


def _seeded(record: Any, seed: int) -> Any:
    """The set-up or the rules with another seed, if they have one at all."""
    if isinstance(record, Setup):
        return record.model_copy(update={"seed": seed}) if "seed" in type(record).model_fields else record
    return replace(record, seed=seed) if hasattr(record, "seed") else record
