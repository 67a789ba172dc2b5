"""Tidy rows for figures and pages: what other situations would lead to, and what offers are worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bargain.model.wording import rounded
from bargain.protocols.joint_offer.plan import Plan
from bargain.protocols.joint_offer.rules import JointOffer
from bargain.protocols.words import Words

__all__ = ["offers", "what_if"]

STRETCHES = 200
"""Into so many equal parts the range of what the outsider is paid is cut for the table of offers."""


def what_if(rules: JointOffer, plan: Plan, words: Words) -> list[Mapping[str, Any]]:
    """One row per situation: what it pays the members, who accepts, and in what it differs from what is offered."""
    rows: list[Mapping[str, Any]] = []

    def row(case: str, offer: int | None, payoffs: Any, accepted_by: Sequence[str]) -> None:
        paid = dict(zip(rules.members, np.asarray(payoffs).tolist(), strict=True))
        other = _otherwise(words, plan.offer, offer)
        rows.append({"case": case, **paid, "accepted_by": ", ".join(accepted_by) or "nobody", "otherwise": other})

    row("as it is", plan.offer, plan.payoffs, _accepting(rules, plan, plan.offer))
    hidden = len(rules.types) > 1
    for name, known in zip(rules.types, plan.informed, strict=True) if hidden else ():
        accepting = [kind for kind in _accepting(rules, plan, known.offer) if kind == name]
        row(f"{name} is known", known.offer, known.payoffs, accepting)
    for name, offer in zip(rules.members, plan.alone, strict=True):
        paid = plan.disagreement if offer is None else plan.expected[offer]
        row(f"{words.title_of(name)} proposes alone", offer, paid, _accepting(rules, plan, offer))
    for name, known in zip(rules.types, plan.together, strict=True):
        row(
            f"all in one room, {name}" if hidden else "all in one room",
            known.offer,
            known.payoffs,
            [] if known.offer is None else [name],
        )
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
    """The trade-off: for every stretch of what the outsider is paid the offer with the largest least gain.

    By falling least gain; the chosen offer is among them. What the outsider is paid is the mean over its types.
    """
    paid, gains = rules.outsider @ rules.chances, plan.expected - plan.disagreement
    signed_later = rules.going_on * np.array([demand is not None for demand in plan.demands])
    rows = _best_by_stretch(paid, gains.min(axis=1), plan.offer)
    return [
        {
            f"paid_to_{rules.to}": float(paid[row]),
            "chance_of_agreement": float(rules.chances @ np.where(plan.accepts[row], 1.0, signed_later)),
            "least_gain": float(gains[row].min()),
            **{f"gain_of_{name}": float(gain) for name, gain in zip(rules.members, gains[row], strict=True)},
            "refused_by": _names(rules, ~plan.accepts[row]),
            "chosen": row == plan.offer,
        }
        for row in rows
    ]


def _names(rules: JointOffer, those: Any) -> str:
    return ", ".join(name for name, among in zip(rules.types, those, strict=True) if among) or "nobody"


def _best_by_stretch(paid: Any, least: Any, chosen: int | None) -> list[int]:
    """Rows by falling least gain: the best of each stretch of ``paid``, and the chosen one."""
    stretch = np.digitize(paid, np.linspace(paid.min(), paid.max(), STRETCHES + 1)[1:-1])
    order = np.lexsort((np.arange(len(least)), -least))
    _, first = np.unique(stretch[order], return_index=True)
    kept = order[first]
    if chosen is not None and chosen not in kept:
        kept = np.append(kept, chosen)
    return [int(row) for row in kept[np.argsort(-least[kept], kind="stable")]]
