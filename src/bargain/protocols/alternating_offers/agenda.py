"""Issue by issue: backward induction where there is a last round, stationary equilibria where pies are divided."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable, NotConverged, TooManyAgreements
from bargain.protocols.alternating_offers.agenda_rules import Agenda, AgendaPlan, PieAgenda, PiePlan

__all__ = ["solve_agenda", "solve_pies"]

Floats = NDArray[np.float64]
Places = NDArray[np.intp]
Flags = NDArray[np.bool_]

SLACK = 1e-10
"""Payoffs that differ by this part of what is at stake are the same: a tenth of what the judge takes for rounding."""
MOST_ANSWERS = 20_000_000
"""Answers that a plan lists: a byte each."""
MOST_STEPS = 20
"""Newton's method on a line of a few straight pieces; each is visited once."""
CLOSE = 1e-15
"""A step so short, in shares of the pie, is rounding, also where it crosses from one straight piece to the next."""
HURRY = 1e-6
"""Both patiences together are to lose so much in two rounds: for less, rounding decides more than 1e-9 of a pie."""


def solve_agenda(rules: Agenda) -> AgendaPlan:
    """The subgame-perfect equilibrium of settling issues one after another, unique given how indifference is settled.

    >>> fair = np.array([[3.0, 0.0], [2.0, 1.0], [1.0, 2.0], [0.0, 3.0]])
    >>> plan = solve_agenda(Agenda(("a",), (fair,), patience=(0.5, 0.5), horizon=2))
    >>> plan.offers[0][0].tolist(), plan.accepts[0][0].tolist()
    ([2], [[False, False, True, True]])
    """
    if rules.horizon * math.prod(len(table) for table in rules.values) > MOST_ANSWERS and rules.paid == "together":
        raise TooManyAgreements("the plan for this agenda would be too long; take fewer rounds or options")
    later = [np.zeros((rows, 2)) for rows in _rows(rules)]
    offers, accepts = [], []
    for t in range(rules.horizon - 1, -1, -1):
        proposer = (rules.first + t) % 2
        stages = [_stage(rules, m, proposer, later) for m in range(len(rules.issues))]
        offers.append(tuple(stage[0] for stage in stages))
        accepts.append(tuple(stage[1] for stage in stages))
        later = [stage[2] for stage in stages]
    return AgendaPlan(tuple(reversed(offers)), tuple(reversed(accepts)))


def _rows(rules: Agenda) -> list[int]:
    """In how many ways that matter the issues before each were settled."""
    if rules.paid == "as_settled":
        return [1] * len(rules.issues)
    return [math.prod(len(table) for table in rules.values[:m]) for m in range(len(rules.issues))]


def _stage(rules: Agenda, m: int, proposer: int, later: list[Floats]) -> tuple[Places, Flags, Floats]:
    """Offers (p,), answers (p, k) and values (p, 2) while issue m is open, from what the next round is worth."""
    discounts, slack = np.array(rules.patience), SLACK * rules.stakes
    waiting, settled = discounts * later[m], _settled(rules, m, later)
    answers = settled[:, :, 1 - proposer] >= (waiting[:, None, 1 - proposer] - slack[1 - proposer])
    mine = np.where(answers, settled[:, :, proposer], -np.inf)
    best = mine.max(axis=1, keepdims=True)
    theirs = np.where(mine >= best - slack[proposer], settled[:, :, 1 - proposer], -np.inf)
    named: Places = (theirs >= theirs.max(axis=1, keepdims=True) - slack[1 - proposer]).argmax(axis=1)
    waits = best[:, 0] < waiting[:, proposer] - slack[proposer]
    values = np.where(waits[:, None], waiting, settled[np.arange(len(named)), named])
    return np.where(waits, -1, named), answers, values


def _settled(rules: Agenda, m: int, later: list[Floats]) -> Floats:
    """(p, k, 2) what it is worth to settle issue m by each option."""
    discounts, table = np.array(rules.patience), rules.values[m]
    last = m == len(rules.issues) - 1
    if rules.paid == "as_settled":
        return np.asarray(table[None] + (0.0 if last else discounts * later[m + 1][:, None]))
    if not last:
        return np.asarray((discounts * later[m + 1]).reshape(-1, len(table), 2))
    total = np.zeros((1, 2))
    for values in rules.values:
        total = (total[:, None] + values[None]).reshape(-1, 2)
    return np.asarray((total - rules.shortfall).reshape(-1, len(table), 2))


def solve_pies(rules: PieAgenda) -> PiePlan:
    r"""The stationary equilibrium of dividing pies one after another, each paid as it is divided.

    Inside every stage two shares hold each other up, as in Rubinstein (1982): the other gets y with
    $b y + \text{next} = \delta (\text{its own offer})$, but no less than 0 and no more than all. That is
    a map of y to itself with slope at most $\delta_1 \delta_2$, made of straight pieces, so there is just one such y;
    the pies are solved from the last to the first.

    Raises
    ------
    NotApplicable : where both are so patient that rounding would decide the shares.

    >>> solve_pies(PieAgenda(("pie",), np.array([[1.0, 1.0]]), (0.5, 0.5))).offers.round(6)
    array([[0.333333, 0.333333]])
    """
    if 1 - rules.patience[0] * rules.patience[1] < HURRY:
        raise NotApplicable("both patiences are so near 1 that rounding would decide the shares: take longer rounds")
    count = len(rules.issues)
    offers = np.zeros((count, 2))
    opening = np.zeros((2, 2))  # row s: what the stage is worth to both if s proposes
    for m in range(count - 1, -1, -1):
        onward = np.zeros((2, 2)) if m == count - 1 else np.array(rules.patience) * opening[::-1]
        offers[m], opening = _pie(rules.worths[m], np.array(rules.patience), onward)
    return PiePlan(offers, offers[:, ::-1].copy())


def _pie(worths: Floats, patience: Floats, onward: Floats) -> tuple[Floats, Floats]:
    """The shares (2,) that both offer, and the values (2, 2) by proposer, given what follows (2, 2) by proposer."""

    def offered(proposer: int, back: float) -> tuple[float, float]:
        """What is offered if the other would offer ``back``, and the slope of that."""
        other = 1 - proposer
        hopes = patience[other] * (worths[other] * (1 - back) + onward[other, other])
        share = (hopes - onward[proposer, other]) / worths[other]
        return min(max(share, 0.0), 1.0), -patience[other] if 0 < share < 1 else 0.0

    share, piece = 0.5, (np.nan, np.nan)
    for _ in range(MOST_STEPS):
        back, back_slope = offered(1, share)
        again, slope = offered(0, back)
        step = (again - share) / (1 - slope * back_slope)
        share = min(max(share + step, 0.0), 1.0)
        # The second step on one straight piece corrects the rounding of the first; there is nothing left to find.
        last, piece = piece, (slope, back_slope)
        if abs(step) <= CLOSE or last == piece:
            back = offered(1, share)[0]
            shares = np.array([share, back])
            gains = np.array([[1 - share, share], [back, 1 - back]]) * worths
            return shares, gains + onward
    raise NotConverged("the stationary division of a pie was not found")
