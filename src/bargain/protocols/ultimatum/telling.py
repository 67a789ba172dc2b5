"""An ultimatum's plan put into words: who is offered what, who refuses, what is believed, what knowing is worth."""

from __future__ import annotations

from typing import Any

import numpy as np

from bargain.model.equilibrium import Belief, Equilibrium, Move, Outcome, Strategy
from bargain.model.results import Agreement
from bargain.model.wording import in_words, number
from bargain.protocols.ultimatum.once import expected, informed
from bargain.protocols.ultimatum.outcomes import End, ends, expected_payoffs, gains_of_types, no_deal
from bargain.protocols.ultimatum.plan import OneOffer, TwoOffers
from bargain.protocols.ultimatum.rules import Ultimatum
from bargain.protocols.ultimatum.tables import curve, satisfied
from bargain.protocols.words import Words

__all__ = ["CERTAIN", "status_of", "tell"]

CERTAIN = 1 - 1e-12
"""A chance above this is that of something certain, rounded."""
FEW = 6
"""So many types are named one by one."""
BEFORE, AFTER_ONE, AFTER_TWO = "before the offer", "after a refusal", "after two refusals"


def tell(rules: Ultimatum, plan: OneOffer | TwoOffers, words: Words) -> Equilibrium:
    """The ultimatum as an `Equilibrium`."""
    found = ends(rules, plan)
    chance = sum(end.chance for end in found if end.offer is not None)
    payoffs = expected_payoffs(rules, plan, words)
    twice = isinstance(plan, TwoOffers)
    return Equilibrium(
        model="ultimatum",
        status=status_of(chance),
        players={name: words.title_of(name) for name in payoffs},
        solution_concept="perfect Bayesian equilibrium" if twice else "subgame-perfect equilibrium",
        rules=_rules(rules),
        agreement=_likeliest(found, words),
        payoffs=payoffs,
        disagreement=no_deal(rules, words),
        chance_of_agreement=min(chance, 1.0),
        path=_path(rules, plan, words),
        strategies=_strategies(rules, plan, words),
        beliefs=_beliefs(rules, plan),
        measures=_measures(rules, plan, chance, payoffs[rules.players[0]]),
        tables=_tables(rules, plan),
        remarks=_remarks(rules, plan),
    )


def status_of(chance: float) -> Outcome:
    """An agreement for sure, never, or with a chance."""
    if chance >= CERTAIN:
        return "agreement"
    return "uncertain" if chance > 1 - CERTAIN else "no_agreement"


def _rules(rules: Ultimatum) -> dict[str, Any]:
    told: dict[str, Any] = {
        "proposer": rules.players[0],
        "to": rules.players[1],
        "rounds": rules.rounds,
        "offers": int(rules.acceptable.any(axis=1).sum()),
        "chances": _by_type(rules, rules.chances),
        "refusal_pays_proposer": _by_type(rules, rules.refusal),
        "refusal_pays_type": _by_type(rules, rules.floors),
    }
    if rules.rounds == 2:
        told["patience"] = {rules.players[0]: float(rules.patience[0]), **_by_type(rules, rules.waits)}
    return told


def _by_type(rules: Ultimatum, numbers: Any) -> dict[str, float]:
    return dict(zip(rules.types, np.asarray(numbers, dtype=float).tolist(), strict=True))


def _likeliest(found: list[End], words: Words) -> Agreement | None:
    masses: dict[int, float] = {}
    for end in found:
        if end.offer is not None:
            masses[end.offer] = masses.get(end.offer, 0.0) + end.chance
    return words.agreement(max(masses, key=lambda offer: masses[offer])) if masses else None


def _made(rules: Ultimatum, offer: int, words: Words) -> str:
    """An offer in words."""
    if not rules.acceptable[offer].any() and not np.isfinite(rules.responder[offer]).any():
        return "makes no offer"
    agreement = words.agreement(offer)
    if agreement is None or words.scenario is None:
        return f"demands {number(rules.proposer[offer])}"
    return "offers " + "; ".join(f"{issue}: {setting}" for issue, setting in in_words(words.scenario, agreement))


def _paying(rules: Ultimatum, offer: int) -> dict[str, float]:
    """What an offer pays the proposer, and the other where all its types get the same from it."""
    proposer, to = rules.players
    theirs = rules.responder[offer]
    if not np.isfinite(theirs).all():
        return {}
    paid = {proposer: float(rules.proposer[offer])}
    alike = np.ptp(theirs) <= 1e-9 * float(rules.stakes[1].max())
    return {**paid, **({to: float(theirs[0])} if alike else _by_type(rules, theirs))}


def _path(rules: Ultimatum, plan: OneOffer | TwoOffers, words: Words) -> list[Move]:
    first = plan.accepts[plan.offer]
    moves = _round(rules, 1, plan.offer, 1.0, rules.chances, first, words)
    if isinstance(plan, OneOffer):
        return moves
    left = rules.chances * (1.0 - first)
    if left.sum() <= 1 - CERTAIN:
        return moves
    replies, weights = plan.replies[plan.offer].tolist(), plan.weights[plan.offer].tolist()
    for reply, weight in _merged(replies, weights):
        mass = left * weight
        moves += _round(rules, 2, reply, float(mass.sum()), mass, plan.accepts_last[reply], words)
    return moves


def _merged(replies: list[int], weights: list[float]) -> list[tuple[int, float]]:
    """Second offers with their chances, those without any left out."""
    merged: dict[int, float] = {}
    for reply, weight in zip(replies, weights, strict=True):
        merged[reply] = merged.get(reply, 0.0) + weight
    return [(reply, weight) for reply, weight in merged.items() if weight > 1 - CERTAIN]


def _round(
    rules: Ultimatum, round_: int, offer: int, chance: float, masses: Any, accepts: Any, words: Words
) -> list[Move]:
    """An offer, and its acceptance and refusal with the types and chances."""
    proposer, to = rules.players
    agreement = words.agreement(offer) if np.isfinite(rules.responder[offer]).all() else None
    paying = _paying(rules, offer)
    action = _made(rules, offer, words) if agreement is None else "offers" + (" at last" if round_ == 2 else "")
    moves = [Move(round_, proposer, action, paying, agreement, chance)]
    for verb, parts in (("accepts", accepts), ("refuses", 1.0 - np.asarray(accepts, dtype=float))):
        mass = np.asarray(masses) * parts
        if mass.sum() > 1 - CERTAIN:
            note = f"if {_named(rules, np.flatnonzero(mass > 0).tolist())}" if mass.sum() < chance * CERTAIN else ""
            accepted = paying if verb == "accepts" else {}
            moves.append(Move(round_, to, verb, accepted, agreement if accepted else None, float(mass.sum()), note))
    return moves


def _strategies(rules: Ultimatum, plan: OneOffer | TwoOffers, words: Words) -> list[Strategy]:
    proposer, to = rules.players
    told = [Strategy(proposer, "at first", _made(rules, plan.offer, words), _paying(rules, plan.offer))]
    if isinstance(plan, TwoOffers):
        replies, weights = plan.replies[plan.offer].tolist(), plan.weights[plan.offer].tolist()
        for reply, weight in _merged(replies, weights):
            chance = "" if weight >= CERTAIN else f" (with chance {number(weight, 4)})"
            numbers = {**_paying(rules, reply), "chance": weight}
            told.append(Strategy(proposer, AFTER_ONE + chance, _made(rules, reply, words), numbers))
    answers: dict[str, list[int]] = {}
    for kind in range(len(rules.types)):
        answers.setdefault(_answer(rules, plan, kind), []).append(kind)
    for answer, kinds in answers.items():
        about: dict[str, Any] = {
            "chance": float(rules.chances[kinds].sum()),
            "types": [rules.types[kind] for kind in kinds],
        }
        told.append(Strategy(to, f"if {_named(rules, kinds)}", answer, about))
    return told


def _named(rules: Ultimatum, kinds: list[int]) -> str:
    """A few types by their names, more by the first, the last and how many they are."""
    names = [rules.types[kind] for kind in kinds]
    return " or ".join(names) if len(names) <= FEW else f"{names[0]} to {names[-1]} ({len(names)} types)"


def _answer(rules: Ultimatum, plan: OneOffer | TwoOffers, kind: int) -> str:
    first = float(plan.accepts[plan.offer, kind])
    if first >= CERTAIN:
        return "accepts"
    if isinstance(plan, OneOffer):
        few = len(rules.types) <= FEW
        return f"accepts only what pays at least {number(rules.floors[kind])}, and refuses" if few else "refuses"
    replies, weights = plan.replies[plan.offer].tolist(), plan.weights[plan.offer].tolist()
    last = [bool(plan.accepts_last[reply, kind]) for reply, _ in _merged(replies, weights)]
    later = "accepts the second" if all(last) else "refuses the second" if not any(last) else "accepts the lower second"
    return f"accepts the first with chance {number(first, 4)}, {later}" if first > 0 else f"refuses the first, {later}"


def _beliefs(rules: Ultimatum, plan: OneOffer | TwoOffers) -> list[Belief]:
    to = rules.players[1]
    found = [Belief(to, BEFORE, _by_type(rules, rules.chances))]
    refused = rules.chances * (1.0 - plan.accepts[plan.offer])
    if isinstance(plan, OneOffer):
        return [*found, Belief(to, AFTER_ONE, _by_type(rules, refused / refused.sum()))] if refused.any() else found
    found.append(
        Belief(to, AFTER_ONE, _by_type(rules, plan.beliefs[plan.offer]), on_path=not plan.surprise[plan.offer])
    )
    last = plan.accepts_last[plan.replies[plan.offer]]
    left = refused * (plan.weights[plan.offer] @ ~last)
    return [*found, Belief(to, AFTER_TWO, _by_type(rules, left / left.sum()))] if left.any() else found


def _measures(rules: Ultimatum, plan: OneOffer | TwoOffers, chance: float, payoff: float) -> dict[str, Any]:
    knowing = informed(rules)
    acceptance = plan.accepts[plan.offer] @ rules.chances
    told: dict[str, Any] = {"demand": float(rules.proposer[plan.offer])}
    if isinstance(plan, TwoOffers):
        told["second_demand"] = float(rules.proposer[plan.replies[plan.offer]] @ plan.weights[plan.offer])
        told["chance_at_first"] = float(acceptance)
        told["payoff_of_one_offer"] = float(expected(rules).max())
    told["chance_of_conflict"] = max(1.0 - chance, 0.0)
    told["payoff_if_types_were_known"] = knowing.expected
    told["value_of_knowing_the_type"] = max(knowing.expected - payoff, 0.0)
    told["information_rent"] = _by_type(rules, gains_of_types(rules, plan))
    return {**told, **_others(plan)}


def _others(plan: OneOffer | TwoOffers) -> dict[str, Any]:
    """What the search met besides; no judge looks for what it may have missed, so it is no part of the certificate."""
    told: dict[str, Any] = {}
    if len(plan.ties) > 1:
        told["offers_as_good"] = len(plan.ties) - 1
    if isinstance(plan, TwoOffers):
        told["proposer_payoffs_of_equilibria_met"] = list(plan.supported) if _several(plan) else [plan.supported[0]]
    return told


def _several(plan: TwoOffers) -> bool:
    """Whether equilibria were met that pay the proposer differently."""
    low, high = plan.supported
    return high - low > 1e-9 * max(1.0, abs(high))


def _tables(rules: Ultimatum, plan: OneOffer | TwoOffers) -> dict[str, list[dict[str, Any]]]:
    tables: dict[str, list[dict[str, Any]]] = {}
    if isinstance(plan, OneOffer):
        tables["who_can_be_satisfied"] = satisfied(rules)
    tables["risk_and_return"] = curve(rules, plan)
    told = [{"when": belief.when, **belief.chances} for belief in _beliefs(rules, plan)]
    return {**tables, "beliefs": told}


def _remarks(rules: Ultimatum, plan: OneOffer | TwoOffers) -> list[str]:
    told = ["Who is indifferent accepts, unless the equilibrium has it draw."]
    if isinstance(plan, TwoOffers):
        if plan.surprise[plan.offer]:
            told.append(
                "The first offer is never refused; beliefs after a refusal are free, and those shown support it."
            )
        if _several(plan):
            told.append("There are several equilibria; the one shown is the best for the proposer of those met.")
        told.append("Equilibria in which two types or more draw at once are looked for only where there are no others.")
    if np.ptp(rules.refusal) > 1e-12 * rules.stakes[0]:
        told.append(
            "No deal with one type pays the proposer more than with another; offers that all would rather replace by "
            "a better one for both sides, made only to be refused by some, are not looked at."
        )
    return told
