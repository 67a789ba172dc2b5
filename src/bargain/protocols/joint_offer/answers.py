"""Backward induction: which demands are signed, what a type demands, which offers it accepts, what offers are worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable
from bargain.geometry.choice import tolerances
from bargain.geometry.menu import leximin
from bargain.protocols.joint_offer.rules import JointOffer

__all__ = ["Answers", "answers_to"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Answers:
    """What happens after every offer.

    ``signed`` (k,) demands that the bloc signs; ``demands`` (K,) what types demand; ``waiting`` (K,) what refusing is
    worth to them; ``accepts`` (k, K) their answers to offers; ``after`` (K, m) what members get after a type's refusal;
    ``expected`` (k, m) members' expected payoffs; ``live`` (k,) offers after which anything can be signed at all.
    """

    signed: NDArray[np.bool_]
    demands: tuple[int | None, ...]
    waiting: Floats
    accepts: NDArray[np.bool_]
    after: Floats
    expected: Floats
    live: NDArray[np.bool_]


def answers_to(rules: JointOffer) -> Answers:
    """Last stage first.

    >>> rules = JointOffer([[3.0, 2.0], [1.0, 1.0]], [[1.0, 0.0], [2.0, 2.0]], [0.5, 0.5], [0.0, 0.0], [1.0, 2.0])
    >>> answers_to(rules).accepts.tolist(), answers_to(rules).expected.tolist()
    ([[True, False], [True, True]], [[1.5, 1.0], [1.0, 1.0]])
    """
    signed = _signed(rules)
    demands = tuple(_demand(rules, kind, signed) for kind in range(len(rules.types)))
    waiting = np.array([_waiting(rules, kind, demand) for kind, demand in enumerate(demands)])
    after = np.array([_after(rules, kind, demand) for kind, demand in enumerate(demands)])
    accepts = rules.outsider >= waiting - tolerances(rules.outsider, rules.outsider_refusal, 0.0)
    agreeing = accepts * rules.chances
    expected = agreeing.sum(axis=1, keepdims=True) * rules.payoffs + (rules.chances - agreeing) @ after
    possible = accepts | np.array([demand is not None for demand in demands])
    return Answers(signed, demands, waiting, accepts, after, expected, possible @ rules.chances > 0)


def _signed(rules: JointOffer) -> NDArray[np.bool_]:
    """(k,) demands that leave no member below its refusal payoff; nothing is signed where there is no second stage."""
    if rules.going_on == 0:
        return np.zeros(len(rules.payoffs), dtype=bool)
    dust = tolerances(rules.payoffs, rules.refusal.min(axis=0), 0.0)
    enough: NDArray[np.bool_] = rules.payoffs[:, None, :] >= rules.refusal - dust
    certainly = enough.all(axis=(1, 2))
    never = (enough.sum(axis=1) == 0).any(axis=1)
    if not (certainly | never).all():
        raise NotApplicable(
            "what members get without an agreement depends on the outsider's type, and so does whether they would sign "
            "some demands: these would be read as signals, which is not modelled; leave out the counter-demand"
        )
    return np.asarray(certainly)


def _demand(rules: JointOffer, kind: int, signed: NDArray[np.bool_]) -> int | None:
    """The signed demand that is best for a type, if it is no worse than nothing.

    Of several the one that leaves the members best off by leximin of their gains, then the first.
    """
    if not signed.any():
        return None
    dust = tolerances(rules.outsider, rules.outsider_refusal.min(keepdims=True), 0.0)[kind]
    worth = np.where(signed, rules.outsider[:, kind], -np.inf)
    if worth.max() < rules.outsider_refusal[kind] - dust:
        return None
    best = np.flatnonzero(worth >= worth.max() - dust)
    kindest = leximin(rules.payoffs[best] - rules.refusal[kind], tolerances(rules.payoffs, rules.refusal[kind], 0.0))
    return int(best[kindest[0]])


def _waiting(rules: JointOffer, kind: int, demand: int | None) -> float:
    """What refusing is worth to a type."""
    floor = rules.outsider_refusal[kind]
    if demand is None:
        return float(floor)
    gain = max(rules.outsider[demand, kind] - floor, 0.0)
    return float(floor + rules.going_on * rules.patience[kind] * gain)


def _after(rules: JointOffer, kind: int, demand: int | None) -> Floats:
    """(m,) what members expect after a type's refusal."""
    floor = rules.refusal[kind]
    if rules.counter is None or demand is None:
        return np.asarray(floor)
    patience = np.array(rules.counter.members)
    return np.asarray(floor + rules.going_on * patience * (rules.payoffs[demand] - floor))
