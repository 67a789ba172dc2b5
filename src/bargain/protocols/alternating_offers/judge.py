"""A judge of plans for alternating offers: what would one deviation gain?

It follows the plan to find what every state is worth, and then tries at every state every other thing that could be
done once: for the proposer the best offer that the plan accepts, and waiting; for the responder refusing what it
accepts, accepting what it refuses, and the other of leaving and staying. No single deviation gaining is enough for
subgame perfection (the one-shot deviation principle). It reads rules and plan only.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bargain.protocols.alternating_offers.plan import Plan
from bargain.protocols.alternating_offers.rules import AlternatingOffers
from bargain.protocols.alternating_offers.terms import Points, Polyline, PowerPie, Terms
from bargain.protocols.judging import TOLERANCE, Judgement

__all__ = ["judge"]

Floats = NDArray[np.float64]
Trial = tuple[float, int, str]
"""A gain, whose, and where."""

SLACK = 1e-10
"""An agreed offer may miss the responder's floor by this share of what is at stake: it was computed as that floor."""


def judge(rules: AlternatingOffers, plan: Plan) -> Judgement:
    """The largest gain from one deviation, over all states of the plan.

    A plan that contradicts itself (an agreement that is not among the terms, or that its own floor refuses, values that
    its play does not give, turns that are not the rules') gains by as much as it is off.

    >>> from bargain.protocols.alternating_offers.solver import solve
    >>> rules = AlternatingOffers(patience=(0.9, 0.8))
    >>> judge(rules, solve(rules)).certified
    True
    """
    stakes = _stakes(rules)
    worth = _worth(rules, plan)
    trials: list[Trial] = []
    for state in range(len(plan.proposer)):
        trials += _at_state(rules, plan, worth, state, stakes)
    trials += _in_order(rules, plan, stakes)
    gain, player, where = max(trials, key=lambda trial: _share(trial, stakes))
    found = float(gain) if gain == gain else np.inf
    return Judgement(found, float(stakes[player]), len(trials), where, max(TOLERANCE, rules.terms.accuracy))


def _share(trial: Trial, stakes: Floats) -> float:
    """A gain beside what is at stake for whoever gains; what is not a number is beyond everything."""
    share = float(trial[0] / stakes[trial[1]])
    return share if share == share else np.inf


def _stakes(rules: AlternatingOffers) -> Floats:
    """(2,) how far the payoffs of each may lie apart: the span of what can be agreed on, and of what happens without.

    Players need not count in the same units. Where nothing can change, it is the size of the largest payoff, or else 1.
    """
    ends = [_highest(rules.terms, player, -np.inf) for player in (0, 1)]
    known = np.array(
        [*(end for end in ends if end is not None), np.array(rules.disagreement), np.array(rules.after_leaving)]
    )
    spans = np.ptp(known, axis=0)
    sizes = np.abs([*known, np.array(rules.after_breakdown), np.array(rules.meanwhile)]).max(axis=0)
    return np.where(spans > 0, spans, np.where(sizes > 0, sizes, 1.0))


def _in_order(rules: AlternatingOffers, plan: Plan, stakes: Floats) -> list[Trial]:
    """Whether the states are those of the rules: who proposes, and what follows."""
    count = len(plan.proposer)
    expected = 2 if rules.horizon is None else rules.horizon
    last = 0 if rules.horizon is None else -1
    turns = [rules.order[state % 2] for state in range(count)]
    right = (
        count == expected and plan.proposer.tolist() == turns and plan.following.tolist() == [*range(1, count), last]
    )
    return [(0.0 if right else float(stakes[0]), 0, "the order of the rounds")]


def _waiting(rules: AlternatingOffers, following: Floats) -> Floats:
    """(2,) what it is worth to both not to agree now, and not to leave."""
    q, patience = rules.breakdown, np.array(rules.patience)
    lives_on = (1 - patience) * np.array(rules.meanwhile)
    goes_on = lives_on + patience * following - np.array(rules.costs)
    return np.asarray(goes_on if q == 0 else q * np.array(rules.after_breakdown) + (1 - q) * goes_on)


def _worth(rules: AlternatingOffers, plan: Plan) -> Floats:
    """(s + 1, 2) what every state is worth if the plan is followed; the last row is the end of talks."""
    count = len(plan.proposer)
    worth = np.full((count + 1, 2), np.nan)
    worth[count] = rules.disagreement
    settled = np.flatnonzero(plan.agreed | plan.leaves)
    for state in settled:
        worth[state] = plan.offers[state] if plan.agreed[state] else rules.after_leaving
    if rules.horizon is None and len(settled) == 0:
        worth[:count] = _for_ever(rules)
    for state in [*range(count - 1, -1, -1)] * 2:
        if not (plan.agreed[state] or plan.leaves[state]) and np.isnan(worth[state]).any():
            after = worth[plan.following[state]] if plan.following[state] >= 0 else None
            worth[state] = rules.disagreement if after is None else _waiting(rules, after)
    return worth


def _for_ever(rules: AlternatingOffers) -> Floats:
    """(2,) what it is worth to refuse everything for ever: v = waiting(v)."""
    base = _waiting(rules, np.zeros(2))
    lost = rules.breakdown + (1 - rules.breakdown) * (1 - np.array(rules.patience))
    ever = [
        b / rate if rate > 0 else d if b == 0 else -np.inf
        for b, rate, d in zip(base, lost, rules.disagreement, strict=True)
    ]
    return np.array(ever)


def _at_state(rules: AlternatingOffers, plan: Plan, worth: Floats, state: int, stakes: Floats) -> list[Trial]:
    """What deviations gain at one state, and what the plan says wrongly about it."""
    mover = int(plan.proposer[state])
    other = 1 - mover
    after = int(plan.following[state])
    stays = np.array(rules.disagreement) if after < 0 else _waiting(rules, worth[after])
    left = np.array(rules.after_leaving)
    refused = left if plan.leaves[state] else stays
    floor, offer = float(plan.floors[state]), plan.offers[state]
    gets = offer if plan.agreed[state] else refused
    who, whom, when = rules.players[mover], rules.players[other], f"in round {state + 1}"
    accepted = _highest(rules.terms, mover, floor)
    wrong = [(abs(_more(plan.values[state, i], gets[i])), i, f"the values of {when[3:]}") for i in (0, 1)]
    trials: list[Trial] = [
        max(wrong, key=lambda trial: _share(trial, stakes)),
        (_more(refused[mover], gets[mover]), mover, f"{who} could wait instead of proposing {when}"),
    ]
    if accepted is not None:
        trials.append((float(accepted[mover] - gets[mover]), mover, f"{who} could make another offer {when}"))
    if plan.agreed[state]:
        beyond = _beyond(rules.terms, offer, stakes) * float(stakes[mover])
        trials.append((beyond, mover, f"the offer {when} is not among the terms"))
        missing = float(floor - offer[other]) - SLACK * float(stakes[other])
        trials.append((missing, other, f"{whom} is said to accept too little {when}"))
    if rules.outside[other] is not None:
        instead = stays if plan.leaves[state] else left
        verb = "stay" if plan.leaves[state] else "leave"
        trials.append((_more(instead[other], refused[other]), other, f"{whom} could {verb} after refusing {when}"))
    elif plan.leaves[state]:
        trials.append((float(stakes[other]), other, f"{whom} has nowhere to go {when}"))
    return trials + _answers(rules.terms, other, floor, float(refused[other]), f"{whom}, {when}")


def _more(one: float, other: float) -> float:
    """How much more one is than the other; two infinite losses are the same."""
    return 0.0 if one == other else float(one - other)


def _answers(terms: Terms, responder: int, floor: float, refusing: float, who: str) -> list[Trial]:
    """What the responder gains by refusing the worst offer it accepts, and by accepting the best it refuses."""
    payoffs = _payoffs(terms, responder)
    if np.isnan(floor):
        return [(np.inf, responder, f"{who}, does not say what it accepts")]
    if isinstance(terms, Points):
        takes = payoffs >= floor
        worst = float(payoffs.min(where=takes, initial=np.inf)) if takes.any() else None
        best = float(payoffs.max(where=~takes, initial=-np.inf)) if not takes.all() else None
    else:
        low, high = payoffs.min(), payoffs.max()
        worst = max(low, floor) if floor <= high else None
        best = min(high, floor) if floor > low else None
    trials: list[Trial] = []
    if worst is not None:
        trials.append((float(refusing - worst), responder, f"{who}, could refuse what it accepts"))
    if best is not None:
        trials.append((float(best - refusing), responder, f"{who}, could accept what it refuses"))
    return trials


def _payoffs(terms: Terms, player: int) -> Floats:
    """What agreements pay a player: all of a list, both ends of a frontier."""
    if isinstance(terms, Points):
        return terms.points[:, player]
    if isinstance(terms, Polyline):
        return terms.corners[:, player]
    if isinstance(terms, PowerPie):
        return np.array([0.0, terms.size ** terms.exponents[player]])
    return np.array([end[player] for end in terms.extent])


def _highest(terms: Terms, player: int, floor: float) -> Floats | None:
    """(2,) the best agreement for a player that gives the other ``floor``, by looking at everything there is."""
    other = 1 - player
    if isinstance(terms, Points):
        own = np.where(terms.points[:, other] >= floor, terms.points[:, player], -np.inf)
        best = int(own.argmax())
        return None if own[best] == -np.inf else np.asarray(terms.points[best])
    if isinstance(terms, Polyline):
        return _highest_on_edges(terms.corners, player, floor)
    if isinstance(terms, PowerPie):
        share = max(floor, 0.0) ** (1 / terms.exponents[other])
        if share > terms.size * (1 + SLACK):
            return None
        own = max(terms.size - share, 0.0) ** terms.exponents[player]
        given = min(max(floor, 0.0), terms.size ** terms.exponents[other])
        return np.array([own, given] if player == 0 else [given, own])
    return _highest_known(terms, player, floor)


def _highest_known(terms: Terms, player: int, floor: float) -> Floats | None:
    """The same where agreements are asked for: the answer, or what is listed if that is better, so that a search
    that misses something by more than its accuracy is noticed."""
    answer, listed = terms.best(player, floor), np.asarray(getattr(terms, "listed", np.zeros((0, 2))))
    enough = listed[listed[:, 1 - player] >= floor]
    known = [*([] if answer is None else [np.array(answer)]), *enough[np.argsort(enough[:, player])][-1:]]
    return max(known, key=lambda point: float(point[player])) if known else None


def _highest_on_edges(corners: Floats, player: int, floor: float) -> Floats | None:
    """The same on a polyline: every corner that gives enough, and every edge that crosses the floor."""
    other = 1 - player
    slack = SLACK * max(float(np.ptp(corners[:, other])), 1e-300)
    candidates = corners[corners[:, other] >= floor - (slack if floor > corners[:, other].max() else 0.0)]
    start, end = corners[:-1], corners[1:]
    cross = (start[:, other] - floor) * (end[:, other] - floor) < 0
    if cross.any():
        start, end = start[cross], end[cross]
        share = (floor - start[:, other]) / (end[:, other] - start[:, other])
        candidates = np.vstack([candidates, start + share[:, None] * (end - start)])
    return None if len(candidates) == 0 else np.asarray(candidates[candidates[:, player].argmax()])


def _beyond(terms: Terms, offer: Floats, stakes: Floats) -> float:
    """By what share of the stakes an offer is better than what can be agreed on (on a list: how far from all of it)."""
    if isinstance(terms, Points):
        return float(np.abs((terms.points - offer) / stakes).max(axis=1).min())
    over = []
    for player in (0, 1):
        most = _highest(terms, player, float(offer[1 - player]))
        over.append(np.inf if most is None else float(offer[player] - most[player]) / float(stakes[player]))
    return min(over)
