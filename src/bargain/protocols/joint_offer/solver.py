"""The equilibrium: answers by backward induction, the bargain inside over what they make offers worth; and what if."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bargain.protocols.joint_offer.answers import Answers, answers_to
from bargain.protocols.joint_offer.inside import Inside, agree
from bargain.protocols.joint_offer.plan import Known, Plan
from bargain.protocols.joint_offer.rules import JointOffer

__all__ = ["solve"]

Floats = NDArray[np.float64]


def solve(rules: JointOffer) -> Plan:
    r"""The joint offer, who accepts it, and what comes after a refusal.

    The bloc applies its concept to the expected payoffs $\sum_{t \in T(a)} p_t u(a) + \sum_{t \notin T(a)} p_t c_t$,
    $T(a)$ the types that accept and $c_t$ what members get after the refusal of type t. An offer after which nothing
    can be signed is no offer. Ties: the first offer of the list represents them.

    Raises
    ------
    UsageError
        for a concept that is not one over agreements.
    NotApplicable
        if the concept needs lotteries, or if demands would be signals (see `answers_to`).

    Two members share 10 with an outsider whose refusal payoff is 2 or 4, equally likely. Leaving 4, which both accept,
    is worth 6 in all; leaving 2 is worth half of 8:

    >>> rules = JointOffer([[4.0, 4.0], [3.0, 3.0]], [[2.0, 2.0], [4.0, 4.0]], [0.5, 0.5], [0.0, 0.0], [2.0, 4.0])
    >>> plan = solve(rules)
    >>> plan.offer, plan.payoffs.tolist(), plan.conflict
    (1, [3.0, 3.0], 0.0)
    >>> plan.value_of_information(rules.chances).tolist()
    [0.5, 0.5]
    """
    answers = answers_to(rules)
    disagreement = rules.chances @ rules.refusal
    inside = agree(rules.concept, answers.expected, disagreement, rules.weights, answers.live)
    offer = inside.rows[0] if inside.rows else None
    refused, demanded = _beliefs(rules, answers, offer)
    now, later = _chances(rules, answers, offer)
    return Plan(
        status="no_agreement" if offer is None else "agreement",
        offer=offer,
        ties=inside.rows[1:],
        accepts=answers.accepts,
        waiting=answers.waiting,
        demands=answers.demands,
        signed=answers.signed,
        expected=answers.expected,
        disagreement=disagreement,
        payoffs=disagreement if offer is None else answers.expected[offer],
        outsider_payoffs=_theirs(rules, answers, offer),
        refused=refused,
        demanded=demanded,
        now=now,
        later=later,
        evidence=inside.evidence,
        least_gain=inside.least_gain,
        closest=inside.closest,
        binding=inside.binding,
        alone=inside.alone,
        informed=tuple(_informed(rules.knowing(kind)) for kind in range(len(rules.types))),
        together=tuple(_together(rules, kind) for kind in range(len(rules.types))),
    )


def _theirs(rules: JointOffer, answers: Answers, offer: int | None) -> Floats:
    """(K,) what each type expects."""
    if offer is None:
        return rules.outsider_refusal
    return np.where(answers.accepts[offer], rules.outsider[offer], answers.waiting)


def _refusing(rules: JointOffer, answers: Answers, offer: int | None) -> Floats:
    """(K,) the chance that the outsider is of a type and refuses."""
    return np.zeros(len(rules.types)) if offer is None else rules.chances * ~answers.accepts[offer]


def _chances(rules: JointOffer, answers: Answers, offer: int | None) -> tuple[float, float]:
    """The chances that the offer is accepted, and that a demand is signed after its refusal."""
    if offer is None:
        return 0.0, 0.0
    late = sum(
        chance
        for chance, demand in zip(_refusing(rules, answers, offer), answers.demands, strict=True)
        if demand is not None
    )
    return float(rules.chances[answers.accepts[offer]].sum()), float(rules.going_on * late)


def _beliefs(rules: JointOffer, answers: Answers, offer: int | None) -> tuple[Floats | None, dict[int, Floats]]:
    """Bayes after a refusal, and after each demand that may follow it."""
    refusing = _refusing(rules, answers, offer)
    if not refusing.any():
        return None, {}
    demanded = {}
    for demand in dict.fromkeys(answers.demands):
        same = refusing * [other == demand for other in answers.demands]
        if demand is not None and same.any():
            demanded[demand] = same / same.sum()
    return refusing / refusing.sum(), demanded


def _informed(rules: JointOffer) -> Known:
    """What the bloc offers to a type that it knows."""
    answers = answers_to(rules)
    return _known(
        agree(rules.concept, answers.expected, rules.refusal[0], rules.weights, answers.live), answers.expected, rules
    )


def _together(rules: JointOffer, kind: int) -> Known:
    """What all would agree on by the same concept if the outsider, of a known type, sat in the room."""
    values = np.column_stack([rules.payoffs, rules.outsider[:, kind]])
    without = np.append(rules.refusal[kind], rules.outsider_refusal[kind])
    powers = np.append(rules.weights, rules.outsider_power)
    inside = agree(rules.concept, values, without, powers, np.ones(len(values), dtype=bool))
    return _known(inside, rules.payoffs, rules.knowing(kind))


def _known(inside: Inside, values: Floats, rules: JointOffer) -> Known:
    """The first of the rows that tie, or none and disagreement."""
    if not inside.rows:
        return Known(None, rules.refusal[0])
    return Known(inside.rows[0], values[inside.rows[0]])
