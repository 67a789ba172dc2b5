"""The judge of ultimatums: what could anybody gain by one deviation from a plan, and do beliefs follow Bayes' rule?

Everything is recomputed from the rules and the plan by brute force. Nothing of the solvers is used.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bargain.protocols.judging import Judgement
from bargain.protocols.ultimatum.plan import OneOffer, TwoOffers
from bargain.protocols.ultimatum.rules import Ultimatum

__all__ = ["judge"]

Floats = NDArray[np.float64]

NO_MASS = 1e-15
"""Where the types that refuse have a smaller chance than this, refusing is off the path."""
CHUNK = 4_000_000
"""So many payoffs of second offers are compared at once."""


class _Findings:
    """The largest gain so far, as a part of what is at stake for the player who has it."""

    def __init__(self) -> None:
        self.worst, self.scale, self.where, self.checked = 0.0, 1.0, "", 0

    def note(self, gains: Floats, scale: Floats | float, where: str) -> None:
        """Gains of any shape with matching scales, and a text with a place for their index."""
        parts = np.asarray(gains) / scale
        self.checked += parts.size
        if not parts.size:
            return
        at = np.unravel_index(int(np.argmax(np.where(np.isnan(parts), np.inf, parts))), parts.shape)
        largest = float(parts[at])
        if np.isnan(largest) or largest > self.worst:
            self.worst = np.inf if np.isnan(largest) else largest
            self.scale = float(np.broadcast_to(scale, parts.shape)[at])
            self.where = where.format(*(int(index) for index in at))

    def judgement(self) -> Judgement:
        return Judgement(self.worst * self.scale, self.scale, self.checked, self.where)


def judge(rules: Ultimatum, plan: OneOffer | TwoOffers) -> Judgement:
    """The largest gain from one deviation of the proposer or of any type, at every offer that could be made.

    A belief, chance or mixture that is wrong by some part counts as a gain of that part of the proposer's stakes.

    >>> rules = Ultimatum([0.6, 0.8], [[0.4, 0.4], [0.2, 0.2]], [0.25, 0.75], [0.4, 0.4], [0.4, 0.2])
    >>> judge(rules, OneOffer(1, (1,), np.array([[True, True], [False, True]]))).certified
    True
    >>> wrong = judge(rules, OneOffer(0, (0,), np.array([[True, True], [False, True]])))
    >>> round(wrong.largest_gain, 12), wrong.where
    (0.1, 'the proposer, by offer 1')
    """
    found = _Findings()
    if isinstance(plan, OneOffer):
        _last_answers(found, rules, plan.accepts)
        worth = _last_payoffs(rules, plan.accepts) @ rules.chances
        _choice(found, rules, worth, plan.offer, plan.ties)
    else:
        _two(found, rules, plan)
    return found.judgement()


def _last_answers(found: _Findings, rules: Ultimatum, accepts: NDArray[np.bool_]) -> None:
    taken = np.where(accepts, rules.responder, rules.floors)
    best = np.maximum(rules.responder, rules.floors)
    with np.errstate(invalid="ignore"):
        found.note(best - taken, rules.stakes[1], "type {1}, in its last answer to offer {0}")


def _last_payoffs(rules: Ultimatum, accepts: NDArray[np.bool_]) -> Floats:
    """(k, K) the proposer's payoff of a last offer to each type."""
    return np.asarray(np.where(accepts, rules.proposer[:, None], rules.refusal))


def _choice(found: _Findings, rules: Ultimatum, worth: Floats, offer: int, ties: tuple[int, ...]) -> None:
    found.note(worth - worth[offer], rules.stakes[0], "the proposer, by offer {0}")
    tied = np.array(ties, dtype=int)
    found.note(np.abs(worth[tied] - worth[offer]), rules.stakes[0], "place {0} of what is called as good")


def _two(found: _Findings, rules: Ultimatum, plan: TwoOffers) -> None:
    _distributions(found, plan)
    _bayes(found, rules, plan)
    _last_answers(found, rules, plan.accepts_last)
    _second_offers(found, rules, plan)
    _first_answers(found, rules, plan)
    worth = _first_worth(rules, plan)
    found.note(np.abs(plan.worth - worth), rules.stakes[0], "what first offer {0} is said to be worth")
    _choice(found, rules, worth, plan.offer, plan.ties)
    _mimicry(found, rules, plan)


def _distributions(found: _Findings, plan: TwoOffers) -> None:
    for rows, name in ((plan.beliefs, "the belief"), (plan.weights, "the mixture of replies")):
        found.note(np.abs(rows.sum(axis=1) - 1.0), 1.0, f"{name} after offer {{0}} does not sum to 1")
        found.note(-rows, 1.0, f"{name} after offer {{0}} has a chance below 0")
    found.note(np.maximum(-plan.accepts, plan.accepts - 1.0), 1.0, "the chance that type {1} accepts offer {0}")


def _bayes(found: _Findings, rules: Ultimatum, plan: TwoOffers) -> None:
    """Where a refusal has a chance, the belief is chance times refusing, divided by their sum."""
    refused = rules.chances * (1.0 - plan.accepts)
    mass = refused.sum(axis=1)
    reached = mass > NO_MASS
    error = np.abs(plan.beliefs[reached] * mass[reached, None] - refused[reached]) / mass[reached, None]
    found.note(error, 1.0, "the belief about type {1}, by Bayes' rule")
    found.note((reached == plan.surprise).astype(float), 1.0, "whether refusing offer {0} is a surprise")


def _second_offers(found: _Findings, rules: Ultimatum, plan: TwoOffers) -> None:
    payoffs = _last_payoffs(rules, plan.accepts_last)
    distinct, which = np.unique(plan.beliefs, axis=0, return_inverse=True)
    step = max(1, CHUNK // len(payoffs))
    parts = [(distinct[start : start + step] @ payoffs.T).max(axis=1) for start in range(0, len(distinct), step)]
    best = np.concatenate(parts)[which.reshape(-1)]
    made = np.einsum("kw,kwt,kt->k", plan.weights, payoffs[plan.replies], plan.beliefs)
    found.checked += len(distinct) * len(payoffs) - len(best)
    found.note(best - made, rules.stakes[0], "the proposer, after a refusal of offer {0}")


def _later(rules: Ultimatum, plan: TwoOffers) -> Floats:
    """(k, K) what refusing the first offer gains each type over refusing for good, if it answers as planned."""
    with np.errstate(invalid="ignore"):
        last = np.where(plan.accepts_last, rules.responder - rules.floors, 0.0)
        return np.asarray(rules.waits * np.einsum("kw,kwt->kt", plan.weights, last[plan.replies]))


def _first_answers(found: _Findings, rules: Ultimatum, plan: TwoOffers) -> None:
    now, wait = rules.responder - rules.floors, _later(rules, plan)
    taken = np.where(plan.accepts > 0, plan.accepts * np.where(plan.accepts > 0, now, 0.0), 0.0)
    held = np.where(plan.accepts < 1, (1.0 - plan.accepts) * wait, 0.0)
    gains = np.maximum(now, wait) - taken - held
    found.note(gains, rules.stakes[1], "type {1}, in its answer to the first offer {0}")


def _first_worth(rules: Ultimatum, plan: TwoOffers) -> Floats:
    """(k,) the proposer's payoff of every first offer."""
    payoffs = _last_payoffs(rules, plan.accepts_last)
    patience = rules.patience[0]
    second = np.einsum("kw,kwt->kt", plan.weights, payoffs[plan.replies])
    second = (1.0 - patience) * rules.refusal + patience * second
    each = plan.accepts * rules.proposer[:, None] + (1.0 - plan.accepts) * second
    return np.asarray(each @ rules.chances)


def _mimicry(found: _Findings, rules: Ultimatum, plan: TwoOffers) -> None:
    """On the path: no type does better by playing another's part to the end, or by refusing for good."""
    with np.errstate(invalid="ignore"):
        gains = rules.responder - rules.floors
        parts = plan.replies[plan.offer], plan.weights[plan.offer]
        later = [np.where(plan.accepts_last[reply][None, :], gains[reply][:, None], 0.0) for reply in parts[0]]
        wait = rules.waits[:, None] * sum(weight * some for weight, some in zip(parts[1], later, strict=True))
    accept = plan.accepts[plan.offer][None, :]
    now = np.where(accept > 0, gains[plan.offer][:, None], 0.0)
    as_other = accept * now + (1.0 - accept) * wait
    own = np.diagonal(as_other)
    found.note(as_other - own[:, None], rules.stakes[1][:, None], "type {0}, by playing the part of type {1}")
    found.note(-own, rules.stakes[1], "type {0}, by refusing for good")
