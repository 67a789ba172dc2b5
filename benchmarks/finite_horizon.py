"""Backward induction of alternating offers over a list of agreements, beside a plain scan of the list in every round.

    python benchmarks/finite_horizon.py [--quick]

Two players take turns for T rounds over k efficient agreements (a quarter of a circle, drawn at random). Ours sorts the
list once and finds the best acceptable agreement of a round by binary search; the plain way compares all agreements
with what the responder can wait for, in numpy, round by round. Both use the same rule for ties and give the same
payoffs, which is checked. The judge of deviations is measured, too: it looks at all agreements in every round.
"""

from __future__ import annotations

import sys

import numpy as np
from measuring import Goal, at_most, cost_of, shown, times_faster
from numpy.typing import NDArray

from bargain.protocols.alternating_offers import AlternatingOffers, Points, judge, solve

SIZES = [(100, 100), (1_000, 1_000), (10_000, 1_000), (1_000, 10_000)]
"""Rounds, agreements."""
QUICK = [(20, 20)]
DEMANDED = (1_000, 1_000)
PATIENCE = (0.99, 0.98)
DUST = 1e-12

Floats = NDArray[np.float64]


def agreements(count: int) -> Floats:
    """(count, 2) payoffs on a quarter of a circle, in no order."""
    angles = np.random.default_rng(count).uniform(0, np.pi / 2, count)
    return np.column_stack([np.cos(angles), np.sin(angles)])


def by_scanning(points: Floats, rounds: int) -> Floats:
    """(2,) what the first round is worth, by looking at everything in every round."""
    waiting = np.zeros(2)
    for turn in range(rounds - 1, -1, -1):
        mover = turn % 2
        enough = points[:, 1 - mover] >= waiting[1 - mover] - DUST
        best = np.where(enough, points[:, mover], -np.inf).argmax()
        value = points[best] if enough[best] and points[best, mover] >= waiting[mover] - DUST else waiting
        waiting = np.array(PATIENCE) * value
    return value


def main(quick: bool = False) -> list[Goal]:
    """Print the table; the goals it was measured for."""
    print("| rounds × agreements | bargain, CPU ms | clock ms | full scan, CPU ms | ratio | judge, CPU ms |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    goals = []
    for rounds, count in QUICK if quick else SIZES:
        points = agreements(count)
        rules = AlternatingOffers(Points(points), PATIENCE, horizon=rounds)
        own, plan = cost_of(
            lambda points=points, rounds=rounds: solve(AlternatingOffers(Points(points), PATIENCE, horizon=rounds))
        )
        plain, value = cost_of(lambda points=points, rounds=rounds: by_scanning(points, rounds), 3)
        judging, verdict = cost_of(lambda rules=rules, plan=plan: judge(rules, plan), 1)
        if not verdict.certified or np.abs(plan.values[0] - value).max() > 1e-9:
            raise SystemExit("the two ways differ")
        ratio = plain.cpu / own.cpu
        print(
            f"| {rounds:,} × {count:,} | {own} | {shown(plain.cpu)} | {ratio:.1f}× | {shown(judging.cpu)} |", flush=True
        )
        if (rounds, count) == DEMANDED:
            task = f"alternating offers, {rounds:,} rounds over {count:,} agreements"
            goals += [at_most(task, 10, own), times_faster(f"{task}, beside a full scan", 1.5, ratio)]
    return goals


if __name__ == "__main__":
    main("--quick" in sys.argv)
