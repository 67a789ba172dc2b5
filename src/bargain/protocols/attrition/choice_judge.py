"""The judge of demands: what every demand and every reply pays, from what the contests that follow are said to pay.

Contests are judged as such (``judge.py``), with the reputations that follow from the plan by Bayes' rule.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from bargain.protocols.attrition.plan import ChoicePlan, ReputationPlan
from bargain.protocols.attrition.rules import DemandChoice, Reputation
from bargain.protocols.judging import TOLERANCE, Judgement, largest

__all__ = ["contests_of", "judge_choice"]

Found = tuple[float, int, str]
"""A gain, the number of deviations tried for it, and what it is."""


def judge_choice(rules: DemandChoice, plan: ChoicePlan) -> Judgement:
    """The largest gain from another demand or reply, and what the plan claims."""
    found = list(_distributions(rules, plan))
    if max(found)[0] <= TOLERANCE:
        found += [*_replies(rules, plan), _demands(rules, plan), *_claims(rules, plan)]
    gain, _, where = largest(found, lambda entry: entry[0])
    return Judgement(gain, 1.0, checked=sum(entry[1] for entry in found), where=where)


def contests_of(rules: DemandChoice, plan: ChoicePlan) -> Iterator[tuple[Reputation, ReputationPlan]]:
    """Every contest that can follow, with the reputations that demands and replies leave."""
    for j, row in enumerate(plan.contests):
        for k, contest in enumerate(row):
            if contest is not None:
                names = (_reputation(rules, 0, j, plan.asks[j]), _reputation(rules, 1, k, plan.replies[j][k]))
                demands = (rules.demands[0][j], rules.demands[1][k])
                yield Reputation(demands, names, rules.rates, players=rules.players), contest


def _reputation(rules: DemandChoice, player: int, demand: int, chance: float) -> float:
    """The chance that a player is stubborn, given its demand, by Bayes' rule."""
    stubborn = rules.stubborn[player][demand]
    return stubborn / (stubborn + rules.rational(player) * chance)


def _distributions(rules: DemandChoice, plan: ChoicePlan) -> Iterator[Found]:
    """Chances that are none, replies that fit into the pie, contests that are missing or should not be."""
    rows = [plan.asks, *((agrees, *replies) for agrees, replies in zip(plan.agrees, plan.replies, strict=True))]
    for row in rows:
        yield (math.inf if min(row) < 0 else abs(math.fsum(row) - 1.0)), 1, "chances that do not sum to 1"
    for j, contests in enumerate(plan.contests):
        for k, contest in enumerate(contests):
            follows = not rules.fit(j, k) and plan.asks[j] > 0 and plan.replies[j][k] > 0
            agreed = rules.fit(j, k) and plan.replies[j][k] > 0
            yield (math.inf if follows != (contest is not None) or agreed else 0.0), 1, "a contest too many or too few"


def _paid_second(rules: DemandChoice, plan: ChoicePlan, j: int, k: int) -> float:
    """What the rational second gets by replying with its demand k."""
    contest = plan.contests[j][k]
    left = 1.0 - rules.demands[0][j]
    if contest is not None:
        return contest.payoffs[1]
    if rules.fit(j, k) or plan.asks[j] == 0:  # it agrees, or faces one who is thought to be stubborn for certain
        return left
    stubborn = _reputation(rules, 0, j, plan.asks[j])  # thought to be stubborn itself, it is given in to
    return stubborn * left + (1.0 - stubborn) * rules.demands[1][k]


def _replies(rules: DemandChoice, plan: ChoicePlan) -> Iterator[Found]:
    """What the second gains by its best reply to each demand, over the worst that it makes by the plan."""
    for j, demand in enumerate(rules.demands[0]):
        paid = [_paid_second(rules, plan, j, k) for k in range(len(rules.demands[1]))]
        options = [1.0 - demand, *paid]
        made = [worth for worth, chance in zip(options, (plan.agrees[j], *plan.replies[j]), strict=True) if chance > 0]
        yield max(options) - min(made), len(options), f"{rules.players[1]} after a demand of {demand:g}"


def _paid_first(rules: DemandChoice, plan: ChoicePlan, j: int) -> float:
    """What the rational first gets by its demand j."""
    demand, rational = rules.demands[0][j], rules.rational(1)
    total = rational * plan.agrees[j] * demand
    for k, (other, stubborn) in enumerate(zip(rules.demands[1], rules.stubborn[1], strict=True)):
        reply, contest = rational * plan.replies[j][k], plan.contests[j][k]
        if rules.fit(j, k):
            total += stubborn * demand
        elif contest is not None:
            total += (stubborn + reply) * contest.payoffs[0]
        else:  # it gives in at once to the stubborn; the rational give in at once to it
            total += stubborn * (1.0 - other) + reply * demand
    return total


def _demands(rules: DemandChoice, plan: ChoicePlan) -> Found:
    """What the first gains by its best demand, over the worst that it makes by the plan."""
    paid = [_paid_first(rules, plan, j) for j in range(len(plan.asks))]
    made = [worth for worth, chance in zip(paid, plan.asks, strict=True) if chance > 0]
    return max(paid) - min(made), len(paid), f"{rules.players[0]} by another demand"


def _claims(rules: DemandChoice, plan: ChoicePlan) -> Iterator[Found]:
    """What the plan says about payoffs, recomputed."""
    first = math.fsum(chance * _paid_first(rules, plan, j) for j, chance in enumerate(plan.asks))
    second = 0.0
    for j, demand in enumerate(rules.demands[0]):
        reached = rules.stubborn[0][j] + rules.rational(0) * plan.asks[j]
        replies = [chance * _paid_second(rules, plan, j, k) for k, chance in enumerate(plan.replies[j])]
        second += reached * (plan.agrees[j] * (1.0 - demand) + math.fsum(replies))
    for name, claimed, found in zip(rules.players, plan.payoffs, (first, second), strict=True):
        yield abs(claimed - found), 1, f"claimed payoff of {name}: {claimed:.9g}, found {found:.9g}"
