"""A judge of plans for a legislature: what is the most that anybody gains by one deviation?

Works from the rules and the plan alone. Values are what the plan's own strategies pay; a proposer tries every coalition
(or, among many members with equal votes, the cheapest by sorting), a voter the vote on every price.
"""

from __future__ import annotations

from functools import singledispatch
from itertools import product

import numpy as np
from numpy.typing import NDArray

from bargain.protocols.judging import Judgement
from bargain.protocols.legislative.plan import AmendmentPlan, DivisionPlan, MotionPlan, SessionPlan
from bargain.protocols.legislative.rules import Legislature, Motions

__all__ = ["judge"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

LISTED = 12
"""Up to so many members all coalitions are tried."""
NO_STRATEGY = 1e-9
"""Chances, shares and sums may miss their bounds by rounding, in parts of what they are measured in."""
SAME = 1e-10
"""Payoffs this close, in parts of what is at stake for a voter, are the same for it."""


class _Ledger:
    """Keeps the largest gain and whose it is."""

    def __init__(self) -> None:
        self.gain, self.where, self.checked = -np.inf, "", 0

    def enter(self, gain: float, where: str, tried: int = 1) -> None:
        self.checked += tried
        gain = np.inf if np.isnan(gain) else float(gain)
        if gain > self.gain:
            self.gain, self.where = gain, where

    def judgement(self, scale: float) -> Judgement:
        return Judgement(self.gain, scale, self.checked, self.where)


def judge(rules: Legislature | Motions, plan: DivisionPlan | AmendmentPlan | MotionPlan | SessionPlan) -> Judgement:
    """The largest gain from one deviation at any decision the plan describes.

    A plan that is no strategy (chances that do not sum to 1, shares beyond the pie) has an infinite gain. Votes are
    judged as if they decided: accepting less, or refusing more, than going on is worth counts as a gain of the
    difference. For a pie the gain is in its units and the scale is the pie; over listed agreements each gain is a
    share of what is at stake for the member whose it is, and the scale is 1.
    """
    return _judged(plan, rules)


@singledispatch
def _judged(plan: object, _: Legislature | Motions) -> Judgement:
    raise TypeError(f"{type(plan).__name__} is no plan for a legislature")


def _carries(house: Legislature, yes: Bools) -> Bools:
    """Whether votes, (..., n), reach the quota, and nobody with a veto is missing."""
    votes, needed = np.array(house.votes, dtype=float), float(house.quota or 0)
    holders = [i for i, name in enumerate(house.players) if name in house.vetoes]
    return np.asarray(((yes * votes).sum(axis=-1) >= needed * (1 - NO_STRATEGY)) & yes[..., holders].all(axis=-1))


def _worth(house: Legislature, signed: Floats, failed: float) -> tuple[Floats, Floats]:
    """Values and prices if a session signs what is worth ``signed`` (chances included) and fails with a chance."""
    delta, standing = np.array(house.patience, dtype=float), np.array(house.status_quo, dtype=float)
    left = 1 - failed * delta
    values = np.where(left > 0, (signed + failed * (1 - delta) * standing) / np.where(left > 0, left, 1.0), standing)
    return values, (1 - delta) * standing + delta * values


@_judged.register
def _division(plan: DivisionPlan, rules: Legislature) -> Judgement:
    ledger, n, pie = _Ledger(), rules.n, rules.pie
    p = np.array(rules.recognition)
    drawn = np.array([plan.chances[plan.proposers == i].sum() for i in range(n)])
    ledger.enter(0.0 if np.abs(drawn - 1).max() <= NO_STRATEGY else np.inf, "chances of proposals do not sum to 1")
    ledger.enter(np.inf if (plan.chances < 0).any() else 0.0, "a chance below 0")
    spent = plan.offers.sum(axis=1).max()
    beyond = spent > pie * (1 + NO_STRATEGY) or (plan.offers < -NO_STRATEGY * pie).any()
    ledger.enter(np.inf if beyond else 0.0, "a proposal beyond the pie")
    yes = plan.offers >= plan.prices
    yes[np.arange(len(yes)), plan.proposers] = True
    passes = _carries(rules, yes)
    weight = p[plan.proposers] * plan.chances
    values, prices = _worth(rules, (weight * passes) @ plan.offers, float(weight @ ~passes))
    for i, name in enumerate(rules.players):
        ledger.enter(abs(prices[i] - plan.prices[i]), f"{name} votes on an offer near its price")
        ledger.enter(abs(values[i] - plan.values[i]), f"the value claimed for {name}")
        cost, tried = _cheapest(rules, plan.prices, i)
        best = max(pie - cost, prices[i])
        for row in np.flatnonzero(plan.proposers == i):
            got = plan.offers[row, i] if passes[row] else prices[i]
            if plan.chances[row] > 0:
                ledger.enter(best - got, f"{name} proposes", tried)
    return ledger.judgement(pie)


def _cheapest(rules: Legislature, prices: Floats, proposer: int) -> tuple[float, int]:
    """The least that buys a coalition for the proposer, and how many coalitions were tried."""
    cost = np.maximum(prices, 0.0)
    cost[proposer] = 0.0
    if rules.n <= LISTED:
        coalitions = np.array(list(product([False, True], repeat=rules.n)))
        coalitions = coalitions[coalitions[:, proposer]]
        able = _carries(rules, coalitions)
        return float((coalitions[able] @ cost).min()), len(coalitions)
    votes = np.array(rules.votes, dtype=float)
    if np.ptp(votes) > 0:
        raise TypeError(f"unequal votes of more than {LISTED} members are not judged")
    bound = {proposer} | {i for i, name in enumerate(rules.players) if name in rules.vetoes}
    others = sorted(cost[i] for i in range(rules.n) if i not in bound)
    missing = int(np.ceil(float(rules.quota or 0) / votes[0] * (1 - NO_STRATEGY))) - len(bound)
    return float(sum(cost[i] for i in bound) + sum(others[: max(missing, 0)])), rules.n


@_judged.register
def _amendments(plan: AmendmentPlan, rules: Legislature) -> Judgement:
    n, delta, pie, m = rules.n, float(rules.patience[0]), rules.pie, plan.partners  # type: ignore[index]
    ledger, enough = _Ledger(), int(rules.quota or 0)
    y = plan.share
    ledger.enter(np.inf if not enough - 1 <= m <= n - 1 or y < 0 or m * y > pie else 0.0, "the size of the coalition")
    floor, partner, left_out = _roles(n, delta, m, pie - m * y, y) if 0 < m < n else (np.nan,) * 3
    for name, mine, claimed in zip(
        ("the floor", "a partner", "a member left out"),
        (floor, partner, left_out),
        (plan.floor, plan.partner, plan.left_out),
        strict=True,
    ):
        ledger.enter(abs(mine - claimed), f"the value claimed for {name}")
    anew = delta * (floor + m * partner + (n - 1 - m) * left_out) / n
    ledger.enter(delta * floor - y, "a partner amends instead of moving the question")
    ledger.enter(anew - y, "a partner votes against the proposal")
    ledger.enter(anew - (pie - m * y), "the proposer votes against its own proposal")
    ledger.enter(-delta * floor, "a member left out moves the question")
    if m < n - 1:
        ledger.enter(left_out - partner, "a member newly taken in votes against the amendment")
    replaced = partner if m == n - 1 else left_out
    for other in range(enough - 1, n):
        chance = other / (n - 1)
        once = chance * (pie - other * delta * floor) + (1 - chance) * delta * replaced
        ledger.enter(once - floor, f"the floor takes {other} partners instead of {m}")
    ledger.enter(delta * replaced - floor, "the floor makes a proposal that nobody would second")
    return ledger.judgement(pie)


def _roles(n: int, delta: float, m: int, rest: float, share: float) -> tuple[float, float, float]:
    """Values of having the floor, of partners and of those left out: the chain of recognitions, written out.

    State 0 has the floor, 1 to m are partners, the others are left out; from the view of one member in each role.
    """
    moves, ends = np.zeros((3, 3)), np.zeros(3)
    for role, place in enumerate((0, 1, n - 1)):
        partners = min(m, n - 2) if role == 2 else m  # of partners only, a deviation leaves out the last
        for recognised in range(1, n):
            chance = 1 / (n - 1)
            if recognised <= partners:
                ends[role] += chance * (rest, share, 0.0)[role]
            elif recognised == place:
                moves[role, 0] += chance
            else:
                others_out = n - 2 - m
                taken = min(m, others_out)
                kept = (0.0, (m - taken) / m, taken / others_out if others_out else 0.0)[role]
                moves[role, 1] += chance * kept
                moves[role, 2] += chance * (1 - kept)
    values = np.linalg.solve(np.eye(3) - delta * moves, ends)
    return float(values[0]), float(values[1]), float(values[2])


@_judged.register
def _motions(plan: MotionPlan, rules: Motions) -> Judgement:
    ledger, house, payoffs = _Ledger(), rules.house, np.asarray(rules.payoffs)
    stakes = rules.stakes
    p = np.array(house.recognition)
    sums = np.abs(plan.moved.sum(axis=1) - 1).max()
    chances = (plan.moved >= 0).all() and (plan.accepted >= 0).all() and (plan.accepted <= 1).all()
    if not (sums <= NO_STRATEGY and chances):
        ledger.enter(np.inf, "chances that are none")
        return ledger.judgement(1.0)
    passing = _passing(house, plan.accepted)
    signed = (p @ plan.moved[:, :-1]) * passing
    values, prices = _worth(house, signed @ payoffs, 1 - float(signed.sum()))
    for i, name in enumerate(house.players):
        stake, same = stakes[i], SAME * stakes[i]
        ledger.enter(abs(values[i] - plan.values[i]) / stake, f"the value claimed for {name}")
        ledger.enter(abs(prices[i] - plan.prices[i]) / stake, f"the price claimed for {name}")
        better, worse = payoffs[:, i] + same >= prices[i], payoffs[:, i] - same <= prices[i]
        refused = np.where(~worse & (plan.accepted[:, i] < 1), payoffs[:, i] - prices[i], 0.0)
        taken = np.where(~better & (plan.accepted[:, i] > 0), prices[i] - payoffs[:, i], 0.0)
        ledger.enter(max(refused.max(), taken.max()) / stake, f"{name} votes", 2 * len(payoffs))
        got = np.append(passing * payoffs[:, i] + (1 - passing) * prices[i], prices[i])
        ledger.enter((got.max() - got[plan.moved[i] > 0].min()) / stake, f"{name} moves", len(got))
    return ledger.judgement(1.0)


def _passing(house: Legislature, accepted: Floats) -> Floats:
    """(k,) chance that each agreement passes if moved, members drawing their votes independently."""
    chances = _carries(house, accepted == 1).astype(float)
    for a in np.flatnonzero(((accepted > 0) & (accepted < 1)).any(axis=1)):
        unsure = np.flatnonzero((accepted[a] > 0) & (accepted[a] < 1))
        chances[a] = 0.0
        for votes in product([False, True], repeat=len(unsure)):
            yes = accepted[a] == 1
            yes[unsure] = votes
            likely = np.prod(np.where(votes, accepted[a, unsure], 1 - accepted[a, unsure]))
            chances[a] += likely * _carries(house, yes)
    return chances


@_judged.register
def _sessions(plan: SessionPlan, rules: Motions) -> Judgement:
    ledger, house, payoffs = _Ledger(), rules.house, np.asarray(rules.payoffs)
    p, delta = np.array(house.recognition), np.array(house.patience, dtype=float)
    standing, last = np.array(house.status_quo, dtype=float), len(plan.moved)
    ledger.enter(np.inf if last != rules.horizon else 0.0, "the number of sessions")
    following, stakes = standing, rules.stakes
    for t in range(last - 1, -1, -1):
        going_on = (1 - delta) * standing + delta * following
        passes = _carries(house, payoffs >= plan.prices[t])
        ledger.enter((np.abs(plan.prices[t] - going_on) / stakes).max(), f"votes in session {t + 1}", house.n)
        value = np.zeros(house.n)
        for i, name in enumerate(house.players):
            choice = plan.moved[t, i]
            got = payoffs[choice] if choice >= 0 and passes[choice] else going_on
            best = max(payoffs[passes, i].max(initial=-np.inf), going_on[i])
            ledger.enter((best - got[i]) / stakes[i], f"{name} moves in session {t + 1}", len(payoffs) + 1)
            value = value + p[i] * got
        ledger.enter(
            (np.abs(value - plan.values[t]) / stakes).max(), f"the values claimed for session {t + 1}", house.n
        )
        following = value
    return ledger.judgement(1.0)
