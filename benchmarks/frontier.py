"""What exact frontiers cost: ``python benchmarks/frontier.py``.

Every figure is the best of several runs in processor seconds of this process, so that other work on the machine
disturbs it little; ratios compare two ways within one run. Seeds are fixed.

*random*: five options per issue, weights and values drawn uniformly. *opposed*: values stretched to run from 0 to 1,
and the second player ranks the options of every issue in reverse, which makes frontiers long.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from bargain import Scenario, tabulate
from bargain.geometry.lattice import DUST
from bargain.geometry.pareto import efficient
from bargain.geometry.sums.frontier import merge
from bargain.geometry.sums.listing import outer_sum

Blocks = list[np.ndarray]
OPTIONS = 5


def best(task: Callable[[], Any], runs: int = 5) -> tuple[float, Any]:
    """Processor seconds of the fastest of several runs, and what the task returned."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        result = task()
        times.append(time.process_time() - start)
    return min(times), result


def worth(rng: np.random.Generator, issues: int, players: int, opposed: bool) -> np.ndarray:
    """(issues, options, players) weight times value."""
    found = np.empty((issues, OPTIONS, players))
    for issue in found:
        values = rng.random((OPTIONS, players))
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


def row(what: str, seconds: float, size: int, beside: str = "") -> None:
    """One line of the table."""
    print(f"| {what} | {size} | {1000 * seconds:.1f} | {beside} |", flush=True)


def merging() -> None:
    """Sums of blocks."""
    for issues in (50, 100):
        values = worth(np.random.default_rng(0), issues, 2, opposed=True)
        blocks = blocks_of(values)
        seconds, found = best(lambda blocks=blocks: merge(blocks, [DUST, DUST]))
        plain, _ = best(lambda blocks=blocks: plain_merge(blocks))
        row(f"merge, 2 players, {issues} opposed issues", seconds, len(found), f"plain sorting {plain / seconds:.1f}×")
        made = scenario(values)
        seconds, found = best(lambda made=made: tabulate(made).frontier)
        row("the same from a scenario", seconds, len(found))
    values = worth(np.random.default_rng(0), 20, 3, opposed=False)
    seconds, found = best(lambda: merge(blocks_of(values), [DUST] * 3))
    row("merge, 3 players, 20 random issues", seconds, len(found))
    made = scenario(values)
    seconds, found = best(lambda: tabulate(made).frontier)
    row("the same from a scenario", seconds, len(found))
    for players, issues in ((3, 50), (4, 15), (5, 10)):
        blocks = blocks_of(worth(np.random.default_rng(0), issues, players, opposed=False))
        seconds, found = best(lambda blocks=blocks, players=players: merge(blocks, [DUST] * players), 1)
        row(f"merge, {players} players, {issues} random issues", seconds, len(found))


def coupling() -> None:
    """Tied issues."""
    values = worth(np.random.default_rng(0), 60, 2, opposed=True)
    seconds, found = best(lambda: tabulate(scenario(values, chained=True)))
    count, _ = best(lambda: tabulate(scenario(values, chained=True)).size)
    seconds, _ = best(lambda: tabulate(scenario(values, chained=True)).frontier)
    row(
        "a chain of 60 tied issues",
        seconds,
        len(found.frontier),
        f"counting all {found.size:.1e} {1000 * count:.0f} ms",
    )
    for issues in (10, 20, 30):
        values = np.round(worth(np.random.default_rng(0), issues, 2, opposed=True), 2)
        made = scenario(values, budget=1.6 * issues)
        seconds, found = best(lambda made=made: tabulate(made).frontier, 3)
        row(f"{issues} ladders under one budget", seconds, len(found))


def filtering() -> None:
    """Explicit tables."""
    import moocore

    rng = np.random.default_rng(0)
    ball = np.abs(rng.normal(size=(1_000_000, 3)))
    ball *= (rng.random((1_000_000, 1)) ** (1 / 3)) / np.linalg.norm(ball, axis=1, keepdims=True)
    for name, points in (("cloud", rng.random((1_000_000, 3))), ("ball", ball)):
        seconds, marks = best(lambda points=points: efficient(points))
        alone, _ = best(lambda points=points: moocore.is_nondominated(points, maximise=True, keep_weakly=True), 3)
        row(f"filter 1e6 × 3, {name}", seconds, int(marks.sum()), f"moocore alone {alone / seconds:.1f}×")
    parts = [[rng.random(10) for _ in range(7)] for _ in range(2)]
    table, copy = np.zeros((2, 10**7)), rng.random((2, 10**7))
    seconds, _ = best(lambda: [outer_sum(p, room) for p, room in zip(parts, table, strict=True)], 8)
    plain, _ = best(lambda: np.copyto(table, copy), 8)
    row("payoff table, 2 players, 1e7 agreements", seconds, 10**7, f"of a plain copy {seconds / plain:.2f}×")
    for issues in (7, 8):
        made = knot(issues, 10)
        seconds, found = best(lambda made=made: tabulate(made), 1)
        row(f"1e{issues} agreements all tied, looked at one by one", seconds, len(found.frontier))


def main() -> None:
    """Measure everything and print a table."""
    print("| task | size of the result | best, ms | beside it |\n| --- | ---: | ---: | --- |")
    merge(blocks_of(worth(np.random.default_rng(1), 5, 3, opposed=False)))
    merging()
    coupling()
    filtering()


if __name__ == "__main__":
    main()
