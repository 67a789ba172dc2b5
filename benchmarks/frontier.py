"""What exact frontiers cost: ``python benchmarks/frontier.py``.

Every figure is the best of several runs in processor seconds of this process, so that other work on the machine
disturbs it little; ratios compare two ways within one run. Seeds are fixed.

*random*: five options per issue, weights and values drawn uniformly. *opposed*: values stretched to run from 0 to 1,
and the second player ranks the options of every issue in reverse, which makes frontiers long.
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
from measuring import Cost, Goal, at_most, cost_of, shown, times_faster

from bargain import Scenario, tabulate
from bargain.geometry.lattice import DUST
from bargain.geometry.pareto import efficient
from bargain.geometry.sums.frontier import merge
from bargain.geometry.sums.listing import outer_sum

Blocks = list[np.ndarray]
OPTIONS = 5


def worth(rng: np.random.Generator, issues: int, players: int, *, opposed: bool, options: int = OPTIONS) -> np.ndarray:
    """(issues, options, players) weight times value."""
    found = np.empty((issues, options, players))
    for issue in found:
        values = rng.random((options, players))
        if opposed:
            values = np.sort(values, axis=0)
            values = (values - values[0]) / (values[-1] - values[0])
            values[:, 1:] = values[::-1, 1:]
        issue[:] = rng.random(players) * values
    return found


def blocks_of(values: np.ndarray) -> Blocks:
    """Whole multiples of a fine unit, as `tabulate` makes them."""
    return list(np.rint(values * 2.0**44))


def plain_merge(blocks: Blocks) -> int:
    """Two players, the textbook way: sort all candidates from scratch, running maximum, no way back."""
    sums = np.zeros((1, 2))
    for block in blocks:
        every = (sums[:, None, :] + block).reshape(-1, 2)
        every = every[np.lexsort((-every[:, 1], -every[:, 0]))]
        high = np.maximum.accumulate(every[:, 1])
        sums = every[np.r_[True, every[1:, 1] > high[:-1]]]
    return len(sums)


def scenario(values: np.ndarray, *, chained: bool = False, budget: float | None = None) -> Scenario:
    """The issues as menus, or as ladders under a budget; chained: neighbours are tied by terms and rules."""
    issues, _, players = values.shape
    names, who = [f"i{j}" for j in range(issues)], [f"p{q}" for q in range(players)]
    rng = np.random.default_rng(0)

    def entry(numbers: np.ndarray) -> dict[str, Any]:
        if budget is not None:
            return {"points": [[rung, float(x)] for rung, x in enumerate(numbers)]}
        return {"values": {f"o{c}": float(x) for c, x in enumerate(numbers)}}

    def pair(j: int) -> dict[str, str]:
        return {names[j + side]: f"o{rng.integers(OPTIONS)}" for side in (0, 1)}

    utilities: dict[str, Any] = {
        p: {name: entry(values[j, :, q]) for j, name in enumerate(names)} for q, p in enumerate(who)
    }
    rules: list[dict[str, Any]] = []
    if chained:
        rules = [{"forbid": pair(j)} for j in range(issues - 1)]
        for p in who:
            utilities[p]["terms"] = [{"when": pair(j), "add": float(rng.random())} for j in range(issues - 1)]
    if budget is not None:
        rules = [{"at_most": budget, "sum": dict.fromkeys(names, 1)}]
    menu = {"options": {f"o{c}": f"Option {c}" for c in range(OPTIONS)}}
    ladder = {"range": [0, OPTIONS - 1], "step": 1}
    return Scenario.model_validate(
        {
            "bargain": 1,
            "title": "Benchmark",
            "players": {p: {} for p in who},
            "issues": dict.fromkeys(names, menu if budget is None else ladder),
            "utilities": utilities,
            "rules": rules,
            "disagreement": {"payoffs": dict.fromkeys(who, 0)},
        }
    )


def knot(issues: int, options: int) -> Scenario:
    """Menus all tied at once by one rule and one term."""
    rng = np.random.default_rng(0)
    names = [f"i{j}" for j in range(issues)]
    everywhere = dict.fromkeys(names, "o0")
    values = {
        p: {n: {"values": {f"o{c}": float(rng.random()) for c in range(options)}} for n in names} for p in ("a", "b")
    }
    return Scenario.model_validate(
        {
            "bargain": 1,
            "title": "Knot",
            "players": {"a": {}, "b": {}},
            "issues": {name: {"options": {f"o{c}": f"Option {c}" for c in range(options)}} for name in names},
            "utilities": {**values, "a": {**values["a"], "terms": [{"when": everywhere, "add": 1.0}]}},
            "rules": [{"forbid": dict.fromkeys(names, "o1")}],
            "disagreement": {"payoffs": {"a": 0, "b": 0}},
        }
    )


def row(what: str, cost: Cost, size: int, beside: str = "") -> None:
    """One line of the table."""
    print(f"| {what} | {size} | {cost} | {beside} |", flush=True)


def merging(scale: float) -> list[Goal]:
    """Sums of blocks."""
    goals = []
    for issues, limit in ((int(50 * scale), 30), (int(100 * scale), 100)):
        values = worth(np.random.default_rng(0), issues, 2, opposed=True)
        blocks = blocks_of(values)
        cost, found = cost_of(lambda blocks=blocks: merge(blocks, [DUST, DUST]), 15)
        plain, _ = cost_of(lambda blocks=blocks: plain_merge(blocks))
        task = f"frontier, 2 players, {issues} opposed issues"
        row(task, cost, len(found), f"plain sorting {plain.cpu / cost.cpu:.1f}×")
        goals.append(at_most(task, limit, cost))
        made = scenario(values)
        row("the same from a scenario", *sized(lambda made=made: tabulate(made).frontier, 5))
    values = worth(np.random.default_rng(0), int(20 * scale), 3, opposed=False)
    task = f"frontier, 3 players, {int(20 * scale)} random issues"
    cost, size = sized(lambda: merge(blocks_of(values), [DUST] * 3), 5)
    row(task, cost, size)
    goals.append(at_most(task, 300, cost))
    made = scenario(values)
    row("the same from a scenario", *sized(lambda: tabulate(made).frontier, 5))
    for players, issues in ((3, 50), (4, 15), (5, 10)):
        blocks = blocks_of(worth(np.random.default_rng(0), int(issues * scale), players, opposed=False))
        task = f"frontier, {players} players, {int(issues * scale)} random issues"
        row(task, *sized(lambda blocks=blocks, players=players: merge(blocks, [DUST] * players), 1))
    return goals


def sized(task: Any, runs: int) -> tuple[Cost, int]:
    """What a task costs, and how long its answer is."""
    cost, found = cost_of(task, runs)
    return cost, len(found)


def coupling(scale: float) -> None:
    """Tied issues."""
    made = scenario(worth(np.random.default_rng(0), int(60 * scale), 2, opposed=True), chained=True)
    counting, size = cost_of(lambda: tabulate(made).size)
    cost, found = sized(lambda: tabulate(made).frontier, 5)
    row(f"a chain of {int(60 * scale)} tied issues", cost, found, f"counting all {size:.1e}: {shown(counting.cpu)} ms")
    for issues in (10, 20, 30):
        issues = int(issues * scale)
        values = np.round(worth(np.random.default_rng(0), issues, 2, opposed=True), 2)
        made = scenario(values, budget=1.6 * issues)
        row(f"{issues} ladders under one budget", *sized(lambda made=made: tabulate(made).frontier, 3))


def shapes(count: int) -> dict[str, np.ndarray]:
    """Points of three players: few efficient ones, more, and many."""
    rng = np.random.default_rng(0)
    ball = np.abs(rng.normal(size=(count, 3)))
    ball *= (rng.random((count, 1)) ** (1 / 3)) / np.linalg.norm(ball, axis=1, keepdims=True)
    slab = rng.random((count, 3))
    slab[:, 2] = 0.2 * slab[:, 2] - slab[:, :2].sum(axis=1)
    return {"cloud": rng.random((count, 3)), "ball": ball, "slab": slab}


def filtering(scale: float) -> list[Goal]:
    """Explicit tables."""
    import moocore

    goals, count = [], int(10 ** (6 * scale**0.5))
    for name, points in shapes(count).items():
        cost, marks = cost_of(lambda points=points: efficient(points))
        alone, _ = cost_of(lambda points=points: moocore.is_nondominated(points, maximise=True, keep_weakly=True), 2)
        task = f"filter {count:.0e} × 3, {name}"
        row(task, cost, int(marks.sum()), f"moocore alone {alone.cpu / cost.cpu:.1f}×")
        goals.append(times_faster(f"{task}, beside moocore alone", 5, alone.cpu / cost.cpu))
    issues = max(2, int(7 * scale))
    parts = [[np.random.default_rng(0).random(10) for _ in range(issues)] for _ in range(2)]
    table, copy = np.zeros((2, 10**issues)), np.random.default_rng(0).random((2, 10**issues))
    cost, _ = cost_of(lambda: [outer_sum(p, room) for p, room in zip(parts, table, strict=True)], 8)
    plain, _ = cost_of(lambda: np.copyto(table, copy), 8)
    task, share = f"payoff table, 2 players, 1e{issues} agreements", cost.cpu / plain.cpu
    row(task, cost, 10**issues, f"of a plain copy {share:.2f}×")
    goals.append(Goal(f"{task}, of a numpy copy", "≤ 1.3×", f"{share:.2f}×", share <= 1.3))
    for issues in (7, 8) if scale == 1 else ():
        made = knot(issues, 10)
        row(
            f"1e{issues} agreements all tied, looked at one by one",
            *sized(lambda made=made: tabulate(made).frontier, 1),
        )
    return goals


def main(quick: bool = False) -> list[Goal]:
    """Measure everything and print a table; the goals it was measured for."""
    scale = 0.15 if quick else 1.0
    print("| task | size of the result | best, CPU ms | clock ms | beside it |\n| --- | ---: | ---: | ---: | --- |")
    merge(blocks_of(worth(np.random.default_rng(1), 5, 3, opposed=False)))
    goals = merging(scale)
    coupling(scale)
    return goals + filtering(scale)


if __name__ == "__main__":
    main("--quick" in sys.argv)
