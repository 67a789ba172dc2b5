"""Ultimatums to hidden types: many problems over a pie at once, and screening over two rounds.

    python benchmarks/ultimatum.py [--quick]

Once: 64 problems at a time, each with so many types of private cost, drawn at random; a cumulative sum and an argmax,
beside the same for each problem by itself with `offer_once`, which compares every demand with every type. Twice: the
equilibrium after every one of the first demands that can matter, about half the square of the number of types, and the
judge, who looks at every demand in both rounds.
"""

from __future__ import annotations

import sys

import numpy as np
from measuring import Goal, at_most, cost_of, shown
from numpy.typing import NDArray

from bargain.protocols.ultimatum.judge import judge
from bargain.protocols.ultimatum.many import best_demands
from bargain.protocols.ultimatum.once import expected
from bargain.protocols.ultimatum.pie import over_a_pie
from bargain.protocols.ultimatum.twice import offer_twice

BATCH, REPEATED = 64, 100
ONCE, TWICE = [10, 50, 200], [10, 50, 100]
QUICK = [3]
GOAL_TYPES, GOAL_RATE = 200, 350_000
"""Problems of so many types per second; what a plain version of the same idea was measured to do elsewhere."""

Floats = NDArray[np.float64]


def drawn(types: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Costs and chances of types, costs of proposers, and their chances to win."""
    rng = np.random.default_rng(types)
    costs = np.sort(rng.uniform(0, 0.4, (BATCH, types)), axis=1)
    return costs, rng.dirichlet(np.ones(types), BATCH), rng.uniform(0, 0.2, BATCH), rng.uniform(0, 0.6, BATCH)


def one_by_one(costs: Floats, chances: Floats, own: Floats, win: Floats) -> Floats:
    """(BATCH,) the best expected payoffs, problem by problem."""
    rows = zip(win.tolist(), own.tolist(), costs, chances, strict=True)
    return np.array([expected(over_a_pie(p, c, hidden.tolist(), q.tolist())).max() for p, c, hidden, q in rows])


def main(quick: bool = False) -> list[Goal]:
    """Print the tables; the goals they were measured for."""
    goals = []
    print("| types, one round | batch, problems per CPU second | one by one |")
    print("| --- | ---: | ---: |")
    for types in QUICK if quick else ONCE:
        problems = drawn(types)
        many, answer = cost_of(lambda p=problems: [best_demands(*p) for _ in range(REPEATED)][-1])
        plain, payoffs = cost_of(lambda p=problems: one_by_one(*p), 2)
        if np.abs(answer[1] - payoffs).max() > 1e-9:
            raise SystemExit("the two ways differ")
        count = BATCH * REPEATED
        print(f"| {types} | {1000 * count / many.cpu:,.0f} | {1000 * BATCH / plain.cpu:,.0f} |", flush=True)
        if types == GOAL_TYPES:
            goals.append(at_most(f"{count:,} ultimatums to {types} types", round(1000 * count / GOAL_RATE, 1), many))
    print("\n| types, two rounds | first demands | solved, CPU ms | judged, CPU ms |")
    print("| --- | ---: | ---: | ---: |")
    for types in QUICK if quick else TWICE:
        costs, chances, own, win = drawn(types)
        given = float(win[0]), float(own[0]), costs[0].tolist(), chances[0].tolist()
        rules = over_a_pie(*given, rounds=2, patience=(0.9, 0.9))
        solving, plan = cost_of(lambda rules=rules: offer_twice(rules), 2)
        judging, verdict = cost_of(lambda rules=rules, plan=plan: judge(rules, plan), 2)
        if not verdict.certified:
            raise SystemExit(f"not certified: {verdict.where}")
        print(f"| {types} | {len(rules.proposer):,} | {shown(solving.cpu)} | {shown(judging.cpu)} |", flush=True)
    return goals


if __name__ == "__main__":
    main("--quick" in sys.argv)
