"""Where plans lead: which type agrees on which offer in which round, and what that pays everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.model.table import disagreement_payoffs, payoffs_of
from bargain.protocols.ultimatum.filling import TypedWords
from bargain.protocols.ultimatum.plan import OneOffer, TwoOffers
from bargain.protocols.ultimatum.rules import Ultimatum
from bargain.protocols.words import Words

__all__ = ["End", "ends", "expected_payoffs", "gains_of_types", "no_deal"]


@dataclass(frozen=True)
class End:
    """With this chance, play ends for this type: by accepting ``offer`` in ``round``, or without a deal (None, 0)."""

    kind: int
    chance: float
    offer: int | None = None
    round: int = 0


def ends(rules: Ultimatum, plan: OneOffer | TwoOffers) -> list[End]:
    """Every end with a chance above 0; the chances sum to 1."""
    found = _ends(rules, plan)
    return [end for end in found if end.chance > 0]


def _ends(rules: Ultimatum, plan: OneOffer | TwoOffers) -> Iterator[End]:
    for kind, chance in enumerate(rules.chances.tolist()):
        first = float(plan.accepts[plan.offer, kind])
        yield End(kind, chance * first, plan.offer, 1)
        left = chance * (1.0 - first)
        if isinstance(plan, OneOffer):
            yield End(kind, left)
            continue
        replies, weights = plan.replies[plan.offer].tolist(), plan.weights[plan.offer].tolist()
        for reply, weight in zip(replies, weights, strict=True):
            yield End(kind, left * weight, reply, 2) if plan.accepts_last[reply, kind] else End(kind, left * weight)


def gains_of_types(rules: Ultimatum, plan: OneOffer | TwoOffers) -> NDArray[np.float64]:
    """(K,) what each type expects to gain over refusing for good: its information rent."""
    gains = np.zeros(len(rules.chances))
    for end in ends(rules, plan):
        if end.offer is not None:
            factor = rules.waits[end.kind] ** (end.round - 1)
            gains[end.kind] += end.chance * factor * rules.rents[end.offer, end.kind]
    return gains / rules.chances


def no_deal(rules: Ultimatum, words: Words) -> dict[str, float]:
    """What everybody expects if nothing is signed."""
    if isinstance(words, TypedWords) and words.problem is not None:
        told = [disagreement_payoffs(scenario) for scenario in words.problem.scenarios]
        return {name: float(sum(q * d[name] for q, d in zip(rules.chances, told, strict=True))) for name in told[0]}
    pair = float(rules.chances @ rules.refusal), float(rules.chances @ rules.floors)
    return dict(zip(rules.players, pair, strict=True))


def expected_payoffs(rules: Ultimatum, plan: OneOffer | TwoOffers, words: Words) -> dict[str, float]:
    """What everybody expects from the plan, discounted to the start; nobody else than the two discounts anything
    without a patience of its own."""
    payoffs = no_deal(rules, words)
    for end in ends(rules, plan):
        if end.offer is not None:
            for name, gain in _gains(rules, words, end).items():
                payoffs[name] += end.chance * gain
    return payoffs


def _gains(rules: Ultimatum, words: Words, end: End) -> dict[str, float]:
    """What an agreement gains everybody over no deal, discounted."""
    if end.offer is None:
        return {}
    late = end.round - 1
    proposer, to = rules.players
    own = rules.patience[0] ** late * (rules.proposer[end.offer] - rules.refusal[end.kind])
    theirs = rules.waits[end.kind] ** late * rules.rents[end.offer, end.kind]
    gains = {proposer: float(own), to: float(theirs)}
    agreement = words.agreement(end.offer)
    if isinstance(words, TypedWords) and words.problem is not None and agreement is not None:
        scenario = words.problem.scenarios[end.kind]
        without = disagreement_payoffs(scenario)
        for name, payoff in payoffs_of(scenario, agreement).items():
            if name not in gains:
                patience = scenario.players[name].patience
                factor = patience.value if patience is not None else 1.0
                gains[name] = factor**late * (payoff - without[name])
    return gains
