"""What a plan of alternating offers comes to, as an `Equilibrium`: path, strategies, numbers, tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from math import isfinite
from typing import Any

from bargain.errors import NotApplicable
from bargain.model.equilibrium import Equilibrium, Move, Strategy
from bargain.model.wording import number, rounded
from bargain.protocols.alternating_offers.limits import ON_A_LIST, Approach, approach, limit, products
from bargain.protocols.alternating_offers.measures import (
    Outcome,
    first_mover_advantage,
    outcome,
    refusing_for_ever,
)
from bargain.protocols.alternating_offers.plan import Plan
from bargain.protocols.alternating_offers.rules import AlternatingOffers
from bargain.protocols.alternating_offers.spelling import Offer, frontier_of, kind_of_terms, spelled
from bargain.protocols.alternating_offers.terms import Point, Points
from bargain.protocols.words import Words

__all__ = ["tell"]

STATES_TOLD = 6
"""Of a longer horizon the strategies of the first and the last rounds are told, half of each; a table has all."""
SAME = 1e-9
"""A floor that is met within this share is what the responder is given."""


def tell(rules: AlternatingOffers, plan: Plan, words: Words) -> Equilibrium:
    """The equilibrium without its certificate of deviations."""
    path = outcome(rules, plan)
    names = rules.players
    last = path.moves[-1]
    agreed = path.ends == "agreement"
    offer = spelled(rules, words, last.offer) if last.offer is not None else Offer()
    chance = last.reached if agreed else 0.0
    payoffs = _by_name(names, plan.values[0].tolist())
    drawn = offer.lottery or ([(1.0, offer.agreement)] if agreed else [])
    ends = [(chance * part, agreement, path.rounds - 1) for part, agreement in drawn]
    payoffs, without = words.everybody(payoffs, _without_deal(rules, words), ends)
    measures = _measures(rules, plan, path)
    stationary = "" if rules.horizon is not None else "stationary "
    return Equilibrium(
        "alternating_offers",
        "no_agreement" if chance == 0 else "agreement" if chance == 1 else "uncertain",
        {name: words.title_of(name) for name in payoffs},
        solution_concept=f"{stationary}subgame-perfect equilibrium",
        rules=_rules(rules, words),
        agreement=offer.agreement,
        payoffs=payoffs,
        disagreement=without,
        chance_of_agreement=chance,
        path=list(_moves(rules, plan, path, words)),
        strategies=list(_strategies(rules, plan, words)),
        measures=measures,
        tables=_tables(rules, plan, offer),
        certificate=_evidence(rules, plan),
        remarks=list(_remarks(rules, plan, offer)),
        reason=None if agreed else _why_not(rules, path, words),
    )


def _by_name(names: tuple[str, str], pair: Any) -> dict[str, float]:
    return {name: float(value) for name, value in zip(names, pair, strict=True)}


def _without_deal(rules: AlternatingOffers, words: Words) -> dict[str, float]:
    """What the file says, or with plain numbers what refusing every offer pays; d to whom that costs without end."""
    if words.agreements is not None:
        return {name: words.agreements.disagreement[name] for name in rules.players}
    pair = zip(refusing_for_ever(rules), rules.disagreement, strict=True)
    return _by_name(rules.players, [paid if isfinite(paid) else d for paid, d in pair])


def _rules(rules: AlternatingOffers, words: Words) -> dict[str, Any]:
    """What was played with; what is not in play is left out."""
    names = rules.players
    told: dict[str, Any] = {"about": kind_of_terms(rules, words), "first": names[rules.order[0]]}
    if rules.patience != (1.0, 1.0):
        told["patience"] = _by_name(names, rules.patience)
    if rules.horizon is not None:
        told["horizon"] = rules.horizon
    if any(rules.costs):
        told["costs"] = _by_name(names, rules.costs)
    if rules.breakdown:
        told |= {"breakdown": rules.breakdown, "broken": _by_name(names, rules.after_breakdown)}
    if rules.inside is not None and rules.inside != rules.disagreement:
        told["inside"] = _by_name(names, rules.inside)
    options = {name: w for name, w in zip(names, rules.outside, strict=True) if w is not None}
    return {**told, "outside": options} if options else told


def _moves(rules: AlternatingOffers, plan: Plan, path: Outcome, words: Words) -> Iterator[Move]:
    """The path, two moves a round."""
    for state, move in enumerate(path.moves):
        when, chance, answering = move.round, move.reached, rules.players[1 - int(plan.proposer[state])]
        if move.offer is not None:
            offer, paid = spelled(rules, words, move.offer), _by_name(rules.players, move.offer)
            yield Move(when, move.proposer, "proposes", paid, offer.agreement, chance, offer.note)
            yield Move(when, answering, "accepts", chance=chance)
        else:
            why = _why_delay(rules, plan, state, words)
            yield Move(when, move.proposer, "proposes nothing acceptable", chance=chance, note=why)
            left = _by_name(rules.players, rules.after_leaving) if move.ends == "leaving" else {}
            yield Move(when, answering, "leaves" if left else "refuses", left, chance=chance)


def _why_delay(rules: AlternatingOffers, plan: Plan, state: int, words: Words) -> str:
    proposer, floor = int(plan.proposer[state]), float(plan.floors[state])
    if rules.terms.best(proposer, floor) is None:
        return f"nothing pays {words.title_of(rules.players[1 - proposer])} the {rounded(floor)} that refusing is worth"
    if plan.leaves[state]:
        return f"{words.title_of(rules.players[1 - proposer])} leaving pays more than what would be accepted"
    return f"{'waiting' if _goes_on(rules, plan, state) else 'no deal'} is worth more than what would be accepted"


def _goes_on(rules: AlternatingOffers, plan: Plan, state: int) -> bool:
    """Whether a round may follow a refusal."""
    return bool(plan.following[state] >= 0 and not plan.leaves[state] and rules.breakdown < 1)


def _strategies(rules: AlternatingOffers, plan: Plan, words: Words) -> Iterator[Strategy]:
    """Who does what in which round."""
    count = len(plan.proposer)
    half = STATES_TOLD // 2
    shown = range(count) if count <= STATES_TOLD else [*range(half), *range(count - half, count)]
    for state in shown:
        mover = int(plan.proposer[state])
        when = "" if rules.horizon is None else f" in round {state + 1}"
        yield Strategy(rules.players[mover], f"proposing{when}", *_proposal(rules, plan, state, words))
        floor = float(plan.floors[state])
        other = "leaves" if plan.leaves[state] else "refuses"
        other += " and waits" if _goes_on(rules, plan, state) else ""
        does = f"accepts what pays {rounded(floor)} or more, and else {other}"
        yield Strategy(rules.players[1 - mover], f"answering{when}", does, {"accepts_from": floor})


def _proposal(rules: AlternatingOffers, plan: Plan, state: int, words: Words) -> tuple[str, dict[str, Any]]:
    if not plan.agreed[state]:
        return f"proposes nothing acceptable: {_why_delay(rules, plan, state, words)}", {"offer": None}
    paid = _by_name(rules.players, plan.offers[state].tolist())
    told = ", ".join(f"{words.title_of(name)} {rounded(payoff)}" for name, payoff in paid.items())
    return f"offers {told}", {"offer": paid}


def _measures(rules: AlternatingOffers, plan: Plan, path: Outcome) -> dict[str, Any]:
    """Numbers by name; what is not defined is left out."""
    names = rules.players
    found: dict[str, Any] = {}
    if path.ends == "agreement":
        found["rounds"] = path.rounds
    if rules.horizon is None and plan.agreed.all():
        for place, name in enumerate(("first_proposal", "second_proposal")):
            found[name] = _by_name(names, plan.offers[place])
    found["first_mover_advantage"] = _by_name(names, first_mover_advantage(rules, plan))
    if rules.horizon is None and all(map(isfinite, refusing_for_ever(rules))):
        found["haggling_for_ever"] = _by_name(names, refusing_for_ever(rules))
    try:
        fast = limit(rules)
    except NotApplicable:
        return found
    found["nash_weights"] = _by_name(names, fast.weights)
    found["nash_disagreement"] = _by_name(names, fast.disagreement)
    found["nash_limit"] = _by_name(names, fast.point)
    if plan.agreed.all():
        found["distance_to_limit"] = max(
            abs(float(x) - y) for row in plan.offers for x, y in zip(row, fast.point, strict=True)
        )
    return found


def _tables(rules: AlternatingOffers, plan: Plan, offer: Offer) -> dict[str, list[dict[str, Any]]]:
    """Tidy rows: the lottery, the rounds of a horizon, both proposals as offers get faster, the frontier."""
    tables: dict[str, list[dict[str, Any]]] = {}
    if offer.lottery:
        tables["lottery"] = [{"chance": chance, **agreement} for chance, agreement in offer.lottery]
    if rules.horizon is not None:
        tables["rounds"] = [_round(rules, plan, state) for state in range(rules.horizon)]
    elif rules.terms.accuracy == 0 and not isinstance(rules.terms, Points):
        with suppress(NotApplicable):
            tables["faster_offers"] = [_length(rules, one) for one in approach(rules)]
    tables["frontier"] = [_by_name(rules.players, point) for point in frontier_of(rules).tolist()]
    return tables


def _length(rules: AlternatingOffers, found: Approach) -> dict[str, Any]:
    """One row of the table of faster offers: what the proposer keeps in either turn."""
    keeps = {rules.players[place]: offer[place] for place, offer in zip(rules.order, found.offers, strict=True)}
    kept = {f"{name}_keeps": keeps[name] for name in rules.players}
    return {"length_of_a_round": found.length, **kept, "distance_to_limit": found.distance}


def _round(rules: AlternatingOffers, plan: Plan, state: int) -> dict[str, Any]:
    """One row of the table of rounds: what it is worth when it begins, and what the responder accepts."""
    return {
        "round": state + 1,
        "proposer": rules.players[int(plan.proposer[state])],
        "agreed": bool(plan.agreed[state]),
        "accepts_from": float(plan.floors[state]),
        **_by_name(rules.players, plan.values[state]),
    }


def _evidence(rules: AlternatingOffers, plan: Plan) -> dict[str, Any]:
    """The product that is the same at both proposals, where both are indifferent between accepting and waiting."""
    if rules.horizon is not None or not plan.agreed.all() or plan.leaves.any() or isinstance(rules.terms, Points):
        return {}
    met = [plan.offers[state, 1 - int(plan.proposer[state])] - plan.floors[state] for state in (0, 1)]
    if max(map(abs, met)) > max(SAME, rules.terms.accuracy) * float(abs(plan.offers).max()):
        return {}
    try:
        offers: list[Point] = [(float(u), float(v)) for u, v in plan.offers]
        return {"weighted_product_of_gains_at_both_proposals": list(products(rules, offers))}
    except NotApplicable:
        return {}


def _remarks(rules: AlternatingOffers, plan: Plan, offer: Offer) -> Iterator[str]:
    """What a reader should know about the answer."""
    yield "Who is indifferent accepts, and who is indifferent between agreeing and waiting agrees."
    if offer.lottery:
        yield f"What is agreed is {offer.note}."
    if rules.horizon is None:
        if any(option is not None for option in rules.outside) and not plan.standing.startswith("tied"):
            yield "Who is indifferent between staying and leaving stays."
        yield _uniqueness(plan)
    if rules.horizon is None and isinstance(rules.terms, Points):
        yield f"No Nash limit: {ON_A_LIST}."
    if rules.breakdown and min(rules.patience) < 1:
        yield f"A breakdown (chance {number(rules.breakdown, 4)} after a refusal) comes before the round of waiting."
    if rules.terms.accuracy > 0:
        yield "Judge and solver ask the same search for best agreements; the judge also looks at all that are listed."


def _uniqueness(plan: Plan) -> str:
    if plan.standing == "unique":
        return "It is the only stationary equilibrium in pure strategies."
    if plan.standing.startswith("middle"):
        return "Stationary equilibria form a continuum; this one is its middle."
    if plan.standing.startswith("tied"):
        return "Who is indifferent between staying and leaving leaves here; there may be other stationary equilibria."
    if plan.standing.startswith("one of perhaps"):
        return "It was found by halving, which does not exclude other stationary equilibria."
    which = "the one with the largest product of gains, and of equals the best for the first proposer"
    return f"It is {plan.standing} stationary equilibria in pure strategies: {which}."


def _why_not(rules: AlternatingOffers, path: Outcome, words: Words) -> str:
    if path.ends == "leaving":
        answering = next(name for name in rules.players if name != path.moves[-1].proposer)
        return f"{words.title_of(answering)} leaves with the outside option"
    if path.ends == "disagreement":
        return "The last round passes without an acceptable offer"
    return "No agreement pays both what haggling on does, so that they never agree"
