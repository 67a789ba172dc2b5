"""The open rule, all members alike: a proposal can be amended before the vote, and a large coalition is insurance.

A member with the floor offers ``share`` to m others. Then one of the n - 1 others is recognised. A partner moves the
question, the vote is taken and the proposal passes. A member left out amends: its substitute is voted on against the
proposal, replaces it, and a session later the next member is recognised. Following Baron & Ferejohn, the amender takes
those who were left out as partners first, then old partners drawn at random, never the member it replaces, and members
vote for an amendment when indifferent. With a = m/(n - 1), g = n - 2 - m others left out beside the amender, and e =
min(m, g) of them taken in,

    F = a (pie - m share) + (1 - a) delta E                                       (floor)
    I = a share + (1 - a) delta (((m - e)/m) I + (e/m) E)                         (partner)
    E = delta/(n - 1) F + delta g/(n - 1) ((e/g) I + (1 - e/g) E)                 (left out)
    share = delta F                                                               (a partner rather moves than amends)

(where everybody is a partner, m = n - 1, nobody amends; had a deviation left somebody out, it would take everybody)
and m is the size from which no other size is better, once, when everybody goes on with m afterwards.

This one-shot test is not the comparison of stationary values by which Baron and Ferejohn print two partners of three
members up to delta = sqrt(3) - 1 = 0.732 (recalled). Two partners have F = pie/(1 + 2 delta), one has F = 2 pie/(4 + 2
delta - delta^2), and those are equal there. But where everybody takes two, a member with the floor who takes one, once,
gains as soon as delta^2 + delta > 1, that is, from 0.618 on. Between the two neither size is an equilibrium, and the
answer is `NotApplicable`, at variance with the published threshold.

Sources: Baron & Ferejohn (1989), American Political Science Review 83, 1181-1206, section on the open rule. Primo
(2007, Public Choice 130, 129-135) shows that other ways to draw the amender's partners are equilibria as well, with
slightly different payoffs; so the answer here is one stationary equilibrium, not the only one.
"""

from __future__ import annotations

import numpy as np

from bargain.errors import NotApplicable
from bargain.protocols.legislative.plan import AmendmentPlan
from bargain.protocols.legislative.rules import Legislature

__all__ = ["open_rule"]

BETTER = 1e-12
"""Another size is better only by more than rounding, in parts of the pie."""


def open_rule(rules: Legislature) -> AmendmentPlan:
    """The stationary plan under the open rule.

    >>> plan = open_rule(Legislature.symmetric(5, 0.8, amendments="open"))
    >>> plan.partners, round(1 - 2 * plan.share, 2), round(plan.share, 2)
    (2, 0.52, 0.24)
    """
    n, delta = _alike(rules)
    least = int(rules.heads or 0) - 1
    stable = []
    for m in range(least, n):
        plan = _with_partners(n, delta, m, rules.pie)
        best = max(_once(n, delta, other, rules.pie, plan) for other in range(least, n))
        if best <= plan.floor + BETTER * rules.pie:
            stable.append(plan)
    if not stable:
        raise NotApplicable("no size of coalition is best against itself: an equilibrium would have to draw the size")
    return max(stable, key=lambda plan: plan.floor)


def _alike(rules: Legislature) -> tuple[int, float]:
    rows = (rules.chances, rules.waiting, rules.weights)
    if any(np.ptp(row) > BETTER for row in rows) or rules.vetoes or rules.standing.any():
        raise NotApplicable(
            "the open rule is solved where all members are alike: equal recognition, patience and votes, no vetoes and "
            "no status quo; write amendments: closed"
        )
    if 2 * int(rules.heads or 0) <= rules.n:
        raise NotApplicable("under the open rule the quota must be more than half of the members")
    return rules.n, float(rules.waiting[0])


def _with_partners(n: int, delta: float, m: int, pie: float) -> AmendmentPlan:
    """The values if everybody always takes m partners: three linear equations."""
    a, g = m / (n - 1), n - 2 - m
    e = min(m, max(g, 0))
    taken = e / g if g > 0 else 0.0
    left = delta * max(g, 0) / (n - 1)
    system = np.array(
        [
            [1 + a * m * delta, 0.0, -(1 - a) * delta],
            [-a * delta, 1 - (1 - a) * delta * (m - e) / m, -(1 - a) * delta * e / m],
            [-delta / (n - 1), -left * taken, 1 - left * (1 - taken)],
        ]
    )
    floor, partner, left_out = np.linalg.solve(system, np.array([a * pie, 0.0, 0.0]))
    return AmendmentPlan(m, float(delta * floor), float(floor), float(partner), float(left_out))


def _once(n: int, delta: float, m: int, pie: float, plan: AmendmentPlan) -> float:
    """Value of the floor with m partners once, if everybody goes on as in the plan."""
    a = m / (n - 1)
    replaced = plan.left_out if plan.partners < n - 1 else plan.partner
    return a * (pie - m * delta * plan.floor) + (1 - a) * delta * replaced
