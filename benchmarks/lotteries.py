"""The Nash solution with lotteries: own Frank-Wolfe beside cvxpy with Clarabel, which is skipped where absent.

Random additive spaces, 5 options per issue, never multiplied out; disagreement is what one random agreement pays less a
tenth of what is at stake. Both get the same blocks and are judged by the same duality gap, computed here:

    gap = max over agreements v of sum_i w_i (v_i - u_i) / (u_i - d_i),   sum w = 1.

    python benchmarks/lotteries.py [--quick]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from statistics import median

import numpy as np
from measuring import Goal, times_faster

from bargain.geometry.mixtures.atoms import Sum
from bargain.geometry.mixtures.mixed import Mixed

QUICK = [(2, 5)]
SIZES = [(2, 50), (3, 50), (5, 50), (5, 200), (10, 50), (10, 200)]
DEMANDED = [(2, 50), (10, 200)]
"""The sizes with a goal beside the peer; all sizes have those of time and gap."""
OPTIONS = 5
DRAWS = 5
REPEATS = 5

Floats = np.ndarray


def space(seed: int, players: int, issues: int, options: int = OPTIONS) -> tuple[list[Floats], Floats]:
    """Blocks of payoffs, and disagreement: weights and values uniform in [0, 1)."""
    rng = np.random.default_rng([seed, players, issues])
    blocks = [rng.random((options, players)) * rng.random(players) for _ in range(issues)]
    stake = sum(np.ptp(block, axis=0) for block in blocks)
    return blocks, sum(block[rng.integers(options)] for block in blocks) - 0.1 * stake


def by_prices(blocks: list[Floats], d: Floats) -> Floats:
    """The package's answer, from the blocks to the payoffs of the lottery."""
    return Mixed(Sum(tuple(blocks), np.ones(len(d))), d, np.ones(len(d))).product(np.ones(len(d))).points[0]


def by_cvxpy(blocks: list[Floats], d: Floats) -> Floats:
    """The same problem given compactly: the chances of every issue's options, one matrix."""
    import cvxpy as cp

    chances = cp.Variable((len(blocks), OPTIONS), nonneg=True)
    table = np.stack(blocks)
    payoffs = cp.hstack([cp.sum(cp.multiply(table[:, :, player], chances)) for player in range(len(d))])
    problem = cp.Problem(cp.Maximize(cp.sum(cp.log(payoffs - d))), [cp.sum(chances, axis=1) == 1])
    problem.solve(solver=cp.CLARABEL)
    return np.asarray(payoffs.value)


def gap(blocks: list[Floats], d: Floats, u: Floats) -> float:
    """The relative duality gap of payoffs u."""
    prices = 1 / (u - d) / len(d)
    return float(sum((block @ prices).max() for block in blocks) - prices @ u)


def measured(solve: Callable[[list[Floats], Floats], Floats], players: int, issues: int) -> tuple[float, float, float]:
    """Median and worst CPU milliseconds over the draws (each the best of some repeats), and the worst gap."""
    times, gaps = [], []
    for seed in range(DRAWS):
        blocks, d = space(seed, players, issues)
        best = np.inf
        for _ in range(REPEATS):
            start = time.process_time()
            u = solve(blocks, d)
            best = min(best, time.process_time() - start)
        times.append(1000 * best)
        gaps.append(gap(blocks, d, u))
    return median(times), max(times), max(gaps)


def main(quick: bool = False) -> list[Goal]:
    """Print the table; the goals it was measured for."""
    peer = bool(find_spec("cvxpy") and find_spec("clarabel")) and not quick
    print("| players × issues | bargain, CPU ms (worst) | gap | cvxpy + Clarabel, CPU ms (worst) | gap | ratio |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    goals = []
    for players, issues in QUICK if quick else SIZES:
        task = f"Nash with lotteries, {players} × {issues}"
        own, worst, own_gap = measured(by_prices, players, issues)
        goals.append(Goal(f"{task}, slowest draw", "≤ 60 ms", f"{worst:.1f} ms", worst <= 60))
        goals.append(Goal(f"{task}, relative duality gap", "≤ 1e-10", f"{own_gap:.0e}", own_gap <= 1e-10))
        row = f"| {players} × {issues} | {own:.1f} ({worst:.1f}) | {own_gap:.0e} |"
        if peer:
            other, slowest, other_gap = measured(by_cvxpy, players, issues)
            row += f" {other:.1f} ({slowest:.1f}) | {other_gap:.0e} | {other / own:.1f} |"
            if (players, issues) in DEMANDED:
                goals.append(times_faster(f"{task}, beside cvxpy + Clarabel", 3, other / own))
        print(row if peer else f"{row} not run | | |", flush=True)
    return [goal for goal in goals if not goal.held or any(f"{p} × {i}" in goal.task for p, i in DEMANDED)]


if __name__ == "__main__":
    main("--quick" in sys.argv)
