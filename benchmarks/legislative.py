"""Legislatures by the batch, beside averaged replies: ``python benchmarks/legislative.py [--quick]``.

Draws of recognition (a random point of the simplex) and patience (uniform between 0.5 and 0.99), simple majority,
closed rule. Averaged replies: every proposer buys the cheapest votes at the prices so far, payoffs go a part of the way
to the reply, 500 times, and the second half is averaged; all draws at once. Processor time of this process, best of
several runs.
"""

from __future__ import annotations

import sys

import numpy as np
from measuring import Goal, cost_of, times_faster
from numpy.typing import NDArray

from bargain.protocols.legislative.batch import values

MEMBERS, QUICK = (3, 5, 9, 25), (3,)
DRAWS, CHUNK, REPLIES, PART = 20_000, 2_000, 500, 0.2
LEAST = 50_000
"""Draws per second that are asked for among five."""

Floats = NDArray[np.float64]


def draws(n: int, count: int) -> tuple[Floats, Floats]:
    """Recognition and patience, a row per draw."""
    rng = np.random.default_rng(n)
    return rng.dirichlet(np.ones(n), count), rng.uniform(0.5, 0.99, (count, n))


def in_chunks(recognition: Floats, patience: Floats, quota: int) -> Floats:
    """Payoffs of all draws, a chunk at a time."""
    starts = range(0, len(recognition), CHUNK)
    return np.vstack([values(recognition[a : a + CHUNK], patience[a : a + CHUNK], quota) for a in starts])


def averaged(recognition: Floats, patience: Floats, quota: int, replies: int = REPLIES) -> Floats:
    """The same by averaging replies; the error falls slowly, and more slowly with patience."""
    count, n = recognition.shape
    payoffs, rows, mean = np.full((count, n), 1 / n), np.arange(count)[:, None], np.zeros((count, n))
    for step in range(replies):
        prices = patience * payoffs
        order = np.argsort(prices, axis=1)
        reply = np.zeros((count, n))
        for i in range(n):
            others = order[order != i].reshape(count, n - 1)[:, : quota - 1]
            paid = np.take_along_axis(prices, others, axis=1)
            np.add.at(reply, (rows, others), recognition[:, i, None] * paid)
            reply[:, i] += recognition[:, i] * (1 - paid.sum(axis=1))
        payoffs += PART * (reply - payoffs)
        mean += payoffs * (step >= replies // 2) / (replies - replies // 2)
    return mean


def main(quick: bool = False) -> list[Goal]:
    """Measure every size and print a table."""
    count, goals = 400 if quick else DRAWS, []
    print("| members | draws/s | averaged replies, draws/s | ratio | difference, mean and largest |")
    print("| ---: | ---: | ---: | ---: | ---: |")
    for n in QUICK if quick else MEMBERS:
        quota = n // 2 + 1
        recognition, patience = draws(n, count)
        cost, found = cost_of(lambda p=recognition, d=patience, q=quota: in_chunks(p, d, q), 1 if quick else 5)
        few = slice(0, count // 20)
        slow, near = cost_of(lambda p=recognition[few], d=patience[few], q=quota: averaged(p, d, q), 1)
        rate, slow_rate = 1e3 * count / cost.cpu, 1e3 * (count // 20) / slow.cpu
        gaps = np.abs(found[few] - near).max(axis=1)
        gap = f"{gaps.mean():.0e}, {gaps.max():.0e}"
        print(f"| {n} | {rate:,.0f} | {slow_rate:,.0f} | {rate / slow_rate:,.0f} | {gap} |", flush=True)
        if n == 5:
            goals.append(Goal("Baron-Ferejohn, five members", f"≥ {LEAST:,} draws/s", f"{rate:,.0f}", rate >= LEAST))
            goals.append(times_faster("Baron-Ferejohn beside averaged replies", 20, rate / slow_rate))
    return goals


if __name__ == "__main__":
    main("--quick" in sys.argv)
