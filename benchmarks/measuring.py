"""How all benchmarks measure: processor seconds of this process and elapsed ones, the best of several runs.

Whatever disturbs a measurement makes it longer, so the best run is the nearest to the truth; on a shared machine
processor time is disturbed least. Ratios compare two ways within one run.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple, TypeVar

Answer = TypeVar("Answer")


class Cost(NamedTuple):
    """Milliseconds of the best run: of the processor (all threads), and by the clock."""

    cpu: float
    wall: float

    def __str__(self) -> str:
        return f"{shown(self.cpu)} | {shown(self.wall)}"


def cost_of(task: Callable[[], Answer], runs: int = 5) -> tuple[Cost, Answer]:
    """What a task costs, and what it returned."""
    costs = []
    for _ in range(runs):
        clock, cpu = time.perf_counter(), time.process_time()
        answer = task()
        costs.append((time.process_time() - cpu, time.perf_counter() - clock))
    return Cost(*(1000 * min(column) for column in zip(*costs, strict=True))), answer


def shown(milliseconds: float) -> str:
    """Three digits or so."""
    return f"{milliseconds:.{2 if milliseconds < 1 else 1 if milliseconds < 100 else 0}f}"


class Goal(NamedTuple):
    """One line of the table of goals."""

    task: str
    asked: str
    measured: str
    held: bool


def at_most(task: str, limit: float, cost: Cost) -> Goal:
    """A goal in milliseconds, judged by processor time."""
    return Goal(task, f"≤ {limit:g} ms", f"{shown(cost.cpu)} ms (clock {shown(cost.wall)})", cost.cpu <= limit)


def times_faster(task: str, least: float, ratio: float) -> Goal:
    """A goal as a ratio to another way."""
    return Goal(task, f"≥ {least:,g}×", f"{ratio:,.{0 if ratio >= 10 else 1}f}×", ratio >= least)
