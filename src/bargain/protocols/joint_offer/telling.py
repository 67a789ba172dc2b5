"""A plan put into words: who offers what, who accepts, who refuses and what follows, what knowing the type is worth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from bargain.model.equilibrium import Belief, Equilibrium, Move, Outcome, Strategy
from bargain.model.wording import rounded
from bargain.protocols.joint_offer.inside import concept_called
from bargain.protocols.joint_offer.plan import Plan
from bargain.protocols.joint_offer.rules import JointOffer
from bargain.protocols.joint_offer.tables import offers, what_if
from bargain.protocols.words import Words

__all__ = ["tell"]

CERTAIN = 1 - 1e-12
"""A chance above this is that of something certain, rounded."""
BLOC = "the bloc"
"""Who acts for its members: no player can be called so, since names have no spaces."""


def tell(rules: JointOffer, plan: Plan, words: Words) -> Equilibrium:
    """The joint offer as an `Equilibrium`."""
    chance = plan.now + plan.later
    payoffs, without = words.everybody(
        _by_player(rules, plan.payoffs, float(rules.chances @ plan.outsider_payoffs)),
        _by_player(rules, plan.disagreement, float(rules.chances @ rules.outsider_refusal)),
        [(mass, words.agreement(row), late) for (row, late), mass in _masses(rules, plan).items()],
    )
    return Equilibrium(
        model="joint_offer",
        status=_status(chance),
        players={name: words.title_of(name) for name in payoffs},
        solution_concept=f"perfect Bayesian equilibrium with {concept_called(rules.concept).title} inside the bloc",
        rules=_rules(rules),
        agreement=_likeliest(rules, plan, words),
        payoffs=payoffs,
        disagreement=without,
        chance_of_agreement=min(chance, 1.0),
        path=_path(rules, plan, words),
        strategies=_strategies(rules, plan, words),
        beliefs=_beliefs(rules, plan),
        measures=_measures(rules, plan),
        tables={"what_if": what_if(rules, plan, words), "offers": offers(rules, plan)},
        certificate=_certificate(rules, plan),
        remarks=_remarks(rules, plan, words),
        reason=_reason(rules, plan, words),
    )


def _status(chance: float) -> Outcome:
    if chance >= CERTAIN:
        return "agreement"
    return "uncertain" if chance > 0 else "no_agreement"


def _by_player(rules: JointOffer, members: Any, outsider: float) -> dict[str, float]:
    return dict(zip(rules.players, [*np.asarray(members).tolist(), outsider], strict=True))


def _rules(rules: JointOffer) -> dict[str, Any]:
    told: dict[str, Any] = {
        "bloc": list(rules.members),
        "to": rules.to,
        "concept": rules.concept,
        "chances": dict(zip(rules.types, rules.chances.tolist(), strict=True)),
        "no_deal_by_type": dict(zip(rules.types, rules.outsider_refusal.tolist(), strict=True)),
        "offers": len(rules.payoffs),
        "types_value_offers_alike": bool((rules.outsider == rules.outsider[:, :1]).all()),
        "counter": rules.counter is not None,
    }
    if rules.counter is not None:
        told["breakdown"] = rules.counter.breakdown
        told["patience"] = {
            **dict(zip(rules.members, np.array(rules.counter.members).tolist(), strict=True)),
            **dict(zip(rules.types, rules.patience, strict=True)),
        }
    return told


def _masses(rules: JointOffer, plan: Plan) -> dict[tuple[int, int], float]:
    """Agreement and rounds of waiting -> the chance that it is what is signed, and then."""
    masses: dict[tuple[int, int], float] = {}
    if plan.offer is None:
        return masses
    for kind, chance in enumerate(rules.chances.tolist()):
        accepted = bool(plan.accepts[plan.offer, kind])
        signed = plan.offer if accepted else plan.demands[kind]
        if signed is not None:
            end = signed, int(not accepted)
            masses[end] = masses.get(end, 0.0) + (chance if accepted else chance * rules.going_on)
    return masses


def _likeliest(rules: JointOffer, plan: Plan, words: Words) -> Any:
    masses: dict[int, float] = {}
    for (row, _), mass in _masses(rules, plan).items():
        masses[row] = masses.get(row, 0.0) + mass
    masses = {row: mass for row, mass in masses.items() if mass > 0}
    return words.agreement(max(masses, key=lambda row: masses[row])) if masses else None


def _types(rules: JointOffer, kinds: list[int]) -> str:
    return " or ".join(rules.types[kind] for kind in kinds)


def _paying(rules: JointOffer, row: int, kinds: list[int]) -> dict[str, float]:
    """What an agreement pays the members and, on average, these types."""
    weights = rules.chances[kinds]
    weights = weights / weights.sum() if weights.sum() > 0 else np.full(len(kinds), 1 / len(kinds))
    return _by_player(rules, rules.payoffs[row], float(weights @ rules.outsider[row, kinds]))


def _path(rules: JointOffer, plan: Plan, words: Words) -> list[Move]:
    if plan.offer is None:
        return [Move(1, BLOC, "makes no offer", _by_player(rules, plan.disagreement, _floor(rules)))]
    offer, everybody = plan.offer, list(range(len(rules.types)))
    agreed = words.agreement(offer)
    moves = [Move(1, BLOC, "offers what all its members agree on", _paying(rules, offer, everybody), agreed)]
    accepting = [kind for kind in everybody if plan.accepts[offer, kind] and rules.chances[kind] > 0]
    refusing = [kind for kind in everybody if not plan.accepts[offer, kind] and rules.chances[kind] > 0]
    if accepting:
        note = "" if not refusing else f"if {_types(rules, accepting)}"
        moves.append(Move(1, rules.to, "accepts", _paying(rules, offer, accepting), agreed, plan.now, note))
    if refusing:
        total = float(rules.chances[refusing].sum())
        moves.append(Move(1, rules.to, "refuses", chance=total, note=f"if {_types(rules, refusing)}"))
    for demand in plan.demanded:
        own = [kind for kind in refusing if plan.demands[kind] == demand]
        chance = float(rules.chances[own].sum()) * rules.going_on
        told = "makes a demand of its own, which all members sign"
        paid, note = _paying(rules, demand, own), f"if {_types(rules, own)}"
        moves.append(Move(2, rules.to, told, paid, words.agreement(demand), chance, note))
    if plan.conflict > 1 - CERTAIN:
        last = 2 if plan.demanded else 1
        moves.append(Move(last, BLOC, "ends without an agreement", chance=plan.conflict))
    return moves


def _floor(rules: JointOffer) -> float:
    return float(rules.chances @ rules.outsider_refusal)


def _strategies(rules: JointOffer, plan: Plan, words: Words) -> list[Strategy]:
    concept = concept_called(rules.concept)
    does = "makes none" if plan.offer is None else "offers the agreement above"
    numbers = {"expected": dict(zip(rules.members, plan.payoffs.tolist(), strict=True)), "ties": len(plan.ties)}
    found = [Strategy(BLOC, f"offering, by {concept.title}", does, numbers)]
    if rules.going_on > 0:
        found.append(Strategy(BLOC, "asked for more", "signs a demand if no member is worse off than without a deal"))
    return found + [_answer(rules, plan, words, kind) for kind in range(len(rules.types))]


def _answer(rules: JointOffer, plan: Plan, words: Words, kind: int) -> Strategy:
    """What a type does."""
    least, demand = float(plan.waiting[kind]), plan.demands[kind]
    told: dict[str, Any] = {"accepts_from": least}
    does = f"accepts whatever pays at least {rounded(least)}"
    if plan.offer is not None:
        paid, accepts = float(rules.outsider[plan.offer, kind]), bool(plan.accepts[plan.offer, kind])
        told |= {"paid": paid, "accepts": accepts}
        end = (
            f"and would accept no less than {rounded(least)}"
            if accepts
            else f"while refusing is worth {rounded(least)}"
        )
        does = f"{'accepts' if accepts else 'refuses'} the offer, which pays {rounded(paid)}, {end}"
    if demand is not None:
        told |= {"demand": words.agreement(demand), "demand_pays": float(rules.outsider[demand, kind])}
        does += f"; would demand what pays {rounded(told['demand_pays'])}"
    when = f"if {rules.types[kind]}" if len(rules.types) > 1 else "answering"
    return Strategy(rules.to, when, does, told)


def _beliefs(rules: JointOffer, plan: Plan) -> list[Belief]:
    def about(when: str, chances: Any) -> Belief:
        return Belief(rules.to, when, dict(zip(rules.types, np.asarray(chances).tolist(), strict=True)))

    if len(rules.types) == 1:
        return []
    found = [about("before", rules.chances)]
    if plan.refused is not None:
        found.append(about("after a refusal", plan.refused))
    several = len(plan.demanded) > 1
    for demand, belief in plan.demanded.items():
        senders = [kind for kind, other in enumerate(plan.demands) if other == demand and belief[kind] > 0]
        found.append(about(f"after the demand of {_types(rules, senders)}" if several else "after its demand", belief))
    return found


def _measures(rules: JointOffer, plan: Plan) -> dict[str, Any]:
    value = plan.value_of_information(rules.chances)
    return {
        "chance_accepted_at_once": plan.now,
        "chance_of_signing_a_demand": plan.later,
        "chance_of_conflict": plan.conflict,
        "gain": dict(zip(rules.members, (plan.payoffs - plan.disagreement).tolist(), strict=True)),
        "value_of_knowing_the_type": dict(zip(rules.members, value.tolist(), strict=True)),
        "value_of_knowing_the_type_in_sum": float(value.sum()),
        "accepted_from": dict(zip(rules.types, plan.waiting.tolist(), strict=True)),
        "payoff_by_type": dict(zip(rules.types, plan.outsider_payoffs.tolist(), strict=True)),
    }


def _certificate(rules: JointOffer, plan: Plan) -> dict[str, Any]:
    """What the concept inside the bloc can be checked by."""
    told: dict[str, Any] = {"offers_that_tie": len(plan.ties)} if plan.ties else {}
    for name, entry in plan.evidence.items():
        if isinstance(entry, np.ndarray) and entry.ndim == 1:
            finite = zip(rules.members, entry.tolist(), strict=True)
            told[name] = {member: number for member, number in finite if np.isfinite(number)}
        elif isinstance(entry, int | float | str):
            told[name] = entry
    return told


def _reason(rules: JointOffer, plan: Plan, words: Words) -> str | None:
    if plan.offer is not None or plan.closest is None:
        return (
            None if plan.offer is not None else "No agreement is acceptable to any type and worth making for the bloc"
        )
    short = plan.disagreement - plan.expected[plan.closest]
    losing = [
        (words.title_of(name), loss) for name, loss in zip(rules.members, short.tolist(), strict=True) if loss > 0
    ]
    told = ", ".join(f"{title} by {rounded(loss)}" for title, loss in losing)
    return f"Every offer leaves some member of the bloc worse off than none would; the one that comes closest: {told}"


def _remarks(rules: JointOffer, plan: Plan, words: Words) -> list[str]:
    told = []
    hurt = [words.title_of(m) for m, v in zip(rules.members, _value(rules, plan), strict=True) if v < 0]
    if hurt and len(rules.types) > 1:
        told.append(
            f"Knowing the type beforehand would cost {' and '.join(hurt)}: the bloc would then agree on other offers."
        )
    if plan.offer is not None and plan.refused is None and len(rules.types) > 1:
        told.append("Every type accepts, so a refusal is not expected, and Bayes' rule says nothing about it.")
    told.append(
        "Offers are the agreements that no other beats for all members and all types"
        + _off_the_grid(words)
        + ". Who is indifferent accepts."
    )
    return told


def _off_the_grid(words: Words) -> str:
    grid: Mapping[str, int] = words.agreements.grid if words.agreements is not None else {}
    if not grid or words.scenario is None:
        return ""
    listed = ", ".join(f"{words.scenario.issues[name].title or name} at {count} points" for name, count in grid.items())
    return f" (listed on a grid: {listed}; answers are then refined)"


def _value(rules: JointOffer, plan: Plan) -> list[float]:
    """What knowing the type is worth to each member, dust apart."""
    stake = np.ptp(plan.expected, axis=0) * 1e-9
    value = plan.value_of_information(rules.chances)
    return [float(number) for number in np.where(np.abs(value) <= stake, 0.0, value)]
