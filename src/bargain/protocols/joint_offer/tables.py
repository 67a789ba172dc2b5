"""Tidy rows for figures and pages: what other situations would lead to, and what offers are worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bargain.geometry.pareto import efficient
from bargain.model.wording import rounded
from bargain.protocols.joint_offer.plan import Plan
from bargain.protocols.joint_offer.rules import JointOffer
from bargain.protocols.words import Words

__all__ = ["offers", "what_if"]

MOST = 400
"""Offers that are listed: the chosen one, those that tie, and an even draw of the others."""


def what_if(rules: JointOffer, plan: Plan, words: Words) -> list[Mapping[str, Any]]:
    """One row per situation: what it pays the members, who accepts, and in what it differs from what is offered."""
    rows: list[Mapping[str, Any]] = []

    def row(case: str, offer: int | None, payoffs: Any, accepted_by: Sequence[str]) -> None:
        paid = dict(zip(rules.members, np.asarray(payoffs).tolist(), strict=True))
        other = _otherwise(words, plan.offer, offer)
        rows.append({"case": case, **paid, "accepted_by": ", ".join(accepted_by) or "nobody", "otherwise": other})

    row("as it is", plan.offer, plan.payoffs, _accepting(rules, plan, plan.offer))
    for name, known in zip(rules.types, plan.informed, strict=True):
        accepting = [kind for kind in _accepting(rules, plan, known.offer) if kind == name]
        row(f"{name} is known", known.offer, known.payoffs, accepting)
    for name, offer in zip(rules.members, plan.alone, strict=True):
        paid = plan.disagreement if offer is None else plan.expected[offer]
        row(f"{words.title_of(name)} proposes alone", offer, paid, _accepting(rules, plan, offer))
    for name, known in zip(rules.types, plan.together, strict=True):
        row(f"all in one room, {name}", known.offer, known.payoffs, [] if known.offer is None else [name])
    return rows


def _accepting(rules: JointOffer, plan: Plan, offer: int | None) -> list[str]:
    if offer is None:
        return []
    return [name for name, accepts in zip(rules.types, plan.accepts[offer], strict=True) if accepts]


def _otherwise(words: Words, offer: int | None, other: int | None) -> str:
    """How another agreement settles the issues that it settles otherwise, or all if nothing is offered."""
    if other is None:
        return "no offer"
    agreement = words.agreement(other)
    if agreement is None:
        return "" if other == offer else f"agreement {other}"
    chosen = words.agreement(offer) if offer is not None else None
    changed = {name: how for name, how in agreement.items() if chosen is None or chosen[name] != how}
    return ", ".join(f"{name} {_setting(how)}" for name, how in changed.items())


def _setting(how: Any) -> str:
    if isinstance(how, Mapping):
        return " ".join(f"{name} {_setting(share)}" for name, share in how.items())
    return how if isinstance(how, str) else rounded(how)


def offers(rules: JointOffer, plan: Plan) -> list[Mapping[str, Any]]:
    """Offers that are efficient for the bloc on average, by falling least gain: how likely, what members gain."""
    kept = efficient(plan.expected)
    kept[[row for row in (plan.offer, *plan.ties) if row is not None]] = True
    gains = plan.expected - plan.disagreement
    signed_later = rules.going_on * np.array([demand is not None for demand in plan.demands])
    found: list[Mapping[str, Any]] = []
    for row in _drawn(np.flatnonzero(kept), plan):
        accepts = plan.accepts[row]
        found.append(
            {
                "chance_of_agreement": float(rules.chances @ np.where(accepts, 1.0, signed_later)),
                "least_gain": float(gains[row].min()),
                **{f"gain_of_{name}": float(gain) for name, gain in zip(rules.members, gains[row], strict=True)},
                "refused_by": ", ".join(n for n, yes in zip(rules.types, accepts, strict=True) if not yes) or "nobody",
                "chosen": row == plan.offer,
            }
        )
    return found


def _drawn(rows: Any, plan: Plan) -> list[int]:
    """The rows by their least gain, or an even draw of them, with the chosen one and those that tie."""
    least = (plan.expected[rows] - plan.disagreement).min(axis=1)
    ranked = rows[np.argsort(-least, kind="stable")].tolist()
    if len(ranked) <= MOST:
        return list(ranked)
    some = {ranked[place] for place in np.linspace(0, len(ranked) - 1, MOST).round().astype(int)}
    named = {row for row in (plan.offer, *plan.ties[:MOST]) if row is not None}
    return [row for row in ranked if row in some | named]
