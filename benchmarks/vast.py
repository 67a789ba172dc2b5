"""Exact answers where no frontier can be listed, beside an integer programme: ``python benchmarks/vast.py [--quick]``.

Random additive scenarios of 5 options per issue: weights of a player are a random point of the simplex, values are
random in [0, 1], disagreement is nine tenths of what picking options at random pays. "opposed": player 2 ranks every
issue's options in reverse order of player 1. The integer programme is HiGHS with tangents to the logarithm, added where
its answer stands until the gap is closed; both must find the same product. Times are CPU time of this process, medians
over seeds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from statistics import median

import numpy as np
from measuring import Goal, times_faster
from numpy.typing import NDArray

from bargain.geometry.unlisted.aims import Product
from bargain.geometry.unlisted.programme import solve_programme
from bargain.geometry.unlisted.relaxation import Blocks
from bargain.geometry.unlisted.vast import Vast

SEEDS = 5
OPTIONS = 5
UNIT = 2.0**45
"""Lattice units per utility point."""
PLACES, QUICK = [(3, 20), (3, 50), (4, 50), (5, 20), (5, 50)], [(3, 8)]
"""Players and issues."""

Floats = NDArray[np.float64]


def scenario(players: int, issues: int, seed: int, *, opposed: bool, options: int = OPTIONS) -> Vast:
    """A random additive scenario, as an array of payoffs per issue."""
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.ones(issues), size=players)
    values = rng.random((issues, options, players))
    blocks = [values[issue] * weights[:, issue] for issue in range(issues)]
    if opposed:
        for block in blocks:
            block[np.argsort(block[:, 0]), 1] = -np.sort(-block[:, 1])
    without = 0.9 * np.sum([block.mean(axis=0) for block in blocks], axis=0)
    return Vast([np.rint(block * UNIT) for block in blocks], np.full(players, UNIT), without, np.ones(players))


def timed(question: Callable[[], object]) -> tuple[float, object]:
    """CPU milliseconds, and the answer."""
    start = time.process_time()
    answer = question()
    return 1e3 * (time.process_time() - start), answer


def by_programme(vast: Vast) -> Floats:
    """The gains at the Nash solution, by HiGHS."""
    blocks = Blocks.stacked([block / UNIT for block in vast.blocks])
    aim = Product(vast.disagreement, vast.disagreement, np.ones_like(vast.units))
    taken = solve_programme(blocks, aim, 120.0, presolve=True).taken
    assert taken is not None
    return np.asarray(blocks.rows[taken].sum(axis=0) - vast.disagreement)


def compare(players: int, issues: int, seed: int, *, opposed: bool) -> list[float]:
    """Milliseconds of Nash, of the programme, and of egalitarian, ideal point and Kalai-Smorodinsky together."""

    def fresh() -> Vast:
        return scenario(players, issues, seed, opposed=opposed)

    vast, ones = fresh(), np.ones(players)
    nash, choice = timed(lambda: vast.product(ones))
    assert choice.proof == "exact"  # type: ignore[attr-defined]
    programme, gains = timed(lambda: by_programme(vast))
    ours = (choice.points[0] - vast.disagreement).prod()  # type: ignore[attr-defined]
    assert abs(np.log(gains).sum() - np.log(ours)) < 1e-6  # type: ignore[call-overload]
    vast = fresh()
    egalitarian, _ = timed(lambda: vast.along(ones))
    ideal, _ = timed(lambda: vast.ideal)
    raiffa, _ = timed(lambda: vast.along(vast.ideal - vast.disagreement))
    return [nash, programme, egalitarian, ideal + raiffa]


def main(quick: bool = False) -> list[Goal]:
    """Measure and print a table; the goals it was measured for."""
    compare(3, 5, 0, opposed=False)
    print(
        "| players × issues | Nash, ms | HiGHS, ms | ratio | egalitarian, ms | ideal point and Kalai-Smorodinsky, ms |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    goals = []
    for opposed in (False, True):
        for players, issues in QUICK if quick else PLACES:
            measured = [compare(players, issues, seed, opposed=opposed) for seed in range(1 if quick else SEEDS)]
            nash, programme, egalitarian, ks = (median(column) for column in zip(*measured, strict=True))
            name = f"{players} × {issues}, {'opposed' if opposed else 'random'}"
            row = f"{nash:.0f} | {programme:.0f} | {programme / nash:.0f} | {egalitarian:.0f} | {ks:.0f}"
            print(f"| {name} | {row} |", flush=True)
            if issues == 50 and players == 5:
                goals.append(Goal(f"pure Nash, {name} issues", "≤ 50 ms", f"{nash:.0f} ms", nash <= 50))
                goals.append(times_faster(f"pure Nash, {name} issues, beside HiGHS", 5, programme / nash))
    return goals


if __name__ == "__main__":
    main("--quick" in sys.argv)
