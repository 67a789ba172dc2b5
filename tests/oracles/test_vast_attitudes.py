"""Attitudes to risk without a frontier: answers by definition, from every agreement and the textbook formulas.

Whole totals tell exactly which agreements are efficient; worths are floats, so an answer is judged by what it reaches,
and where nothing else comes near, by being the one and complete.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from random import Random
from typing import Any

import numpy as np
import pytest

from bargain.geometry.attitude import Attitude, Attitudes, Cara, Crra, Neutral
from bargain.geometry.choice import Choice, Listed
from bargain.geometry.menu import Menu
from bargain.geometry.sums.frontier import merge
from bargain.geometry.unlisted.vast import Vast
from oracles.test_vast import Blocks, Vector, efficient, random_blocks, random_disagreement, total

SAME, APART = 1e-10, 1e-7
"""Differences, as shares of what is at stake, up to which things are the same, and beyond which they are not."""


def worth(attitude: Attitude, z: float) -> float:
    """The formulas of the books."""
    match attitude:
        case Cara(rho):
            return -math.expm1(-rho * z) / rho
        case Crra(eta, base):
            return math.log(z - base) if eta == 1 else ((z - base) ** (1 - eta) - 1) / (1 - eta)
    return float(z)


def random_attitude(rng: Random, low: float, high: float) -> Attitude:
    """Neutral, averse or fond of risk, mildly or so strongly that one end of the totals dwarfs the other.

    Not so that worths differ in their last digits only: what ties then is a matter of convention.
    """
    span = max(high - low, 1)
    cara = Cara(rng.choice([-3, -1, -0.1, 0.1, 1, 3]) / max(abs(low), abs(high), 1))
    crra = Crra(rng.choice([-2, -1, -0.5, 0.5, 1, 2, 3]), low - rng.choice([0.2, 1, 2]) * span)
    chosen: Attitude = rng.choice([Neutral(), cara, crra, cara, crra])
    ends = worth(chosen, low), worth(chosen, high)
    return chosen if ends[1] - ends[0] > 1e-4 * max(map(abs, ends)) else Neutral()


Key = Callable[[int], list[tuple[float, float]]]
"""What a row reaches, most important first, each with what is at stake there."""


class Listing:
    """Every question by its definition, on the list of all efficient payoffs."""

    def __init__(self, blocks: Blocks, attitudes: Sequence[Attitude], d: Sequence[float]) -> None:
        self.d = d
        ways = efficient(Counter(total(rows) for rows in itertools.product(*blocks)))
        self.counts = list(ways.values())
        self.paid = [tuple(worth(a, z) for a, z in zip(attitudes, point, strict=True)) for point in ways]
        columns = list(zip(*self.paid, d, strict=True))
        self.stake = [max(column) - min(column) or 1.0 for column in columns]
        self.rational = [k for k, gains in enumerate(self.gains) if min(gains) >= 0]

    @cached_property
    def gains(self) -> list[list[float]]:
        found = []
        for point in self.paid:
            gains = [x - y for x, y in zip(point, self.d, strict=True)]
            found.append([0.0 if abs(g) <= 1e-9 * s else g for g, s in zip(gains, self.stake, strict=True)])
        return found

    def ideal(self) -> list[float]:
        return [max(self.paid[k][i] for k in self.rational) for i in range(len(self.d))]

    def ladder(self, origin: Sequence[float], direction: Sequence[float]) -> Key:
        """Gains per unit of direction, the lowest first."""
        gains = self.gains if origin is self.d else [[x - o for x, o in zip(p, origin, strict=True)] for p in self.paid]

        def key(k: int) -> list[tuple[float, float]]:
            rungs = zip(gains[k], self.stake, direction, strict=True)
            return sorted((gain / step, stake / step) for gain, stake, step in rungs if step > 0)

        return key

    def product(self, powers: Sequence[float]) -> Key:
        """The product of the gains of those who gain."""
        return lambda k: [(sum(math.log(g) * p for g, p in zip(self.gains[k], powers, strict=True) if g > 0), 1.0)]

    def sum(self, weights: Sequence[float]) -> Key:
        scale = sum(w * s for w, s in zip(weights, self.stake, strict=True))
        return lambda k: [(sum(w * x for w, x in zip(weights, self.paid[k], strict=True)), scale)]

    def best(self, key: Key, rows: Sequence[int], within: float) -> set[int]:
        """Rows with the lexicographically highest key, differences up to a share of the stakes left out."""
        alive = {k: key(k) for k in rows}
        for level in range(max(map(len, alive.values()), default=0)):
            top, stake = max(ladder[level] for ladder in alive.values())
            alive = {k: x for k, x in alive.items() if x[level][0] >= top - within * max(stake, x[level][1])}
        return set(alive)

    def places(self, choice: Choice) -> tuple[set[int], bool]:
        """The rows that pay what a choice pays, and whether agreements behind them are counted in full."""
        found, counted = set(), True
        for ((_, place),), point in zip(choice.mixtures, choice.points, strict=True):
            off = [max(abs(x - y) / s for x, y, s in zip(p, point, self.stake, strict=True)) for p in self.paid]
            row = int(np.argmin(off))
            assert off[row] < SAME, "no agreement pays this"
            found.add(row)
            counted &= isinstance(place, Listed) and place.part.count(place.index) == self.counts[row]
        return found, counted


def problem(seed: int) -> tuple[Random, Blocks, list[Attitude], list[float]]:
    """Blocks, attitudes, and disagreement: worth of a total, mean of two, or a payoff that no total is worth."""
    rng = Random(seed)
    blocks = random_blocks(rng)
    low = total(tuple(map(min, zip(*block, strict=True))) for block in blocks)
    high = total(tuple(map(max, zip(*block, strict=True))) for block in blocks)
    attitudes = [random_attitude(rng, *ends) for ends in zip(low, high, strict=True)]

    def bearable(totals: Vector) -> list[float]:
        floors = [(a.base + x) / 2 if a.base > -math.inf else -math.inf for a, x in zip(attitudes, low, strict=True)]
        return [worth(a, max(z, floor)) for a, z, floor in zip(attitudes, totals, floors, strict=True)]

    d = bearable(random_disagreement(rng, blocks))
    kind = rng.choice(["total", "total", "lottery", "beyond"])
    if kind == "lottery":
        d = [(x + y) / 2 for x, y in zip(d, bearable(random_disagreement(rng, blocks)), strict=True)]
    if kind == "beyond":
        ends = zip(bearable(low), bearable(high), strict=True)
        d = [bottom - rng.choice([0.0, 0.3, 2.0]) * (top - bottom) for bottom, top in ends]
    return rng, blocks, attitudes, d


def complaints(seed: int) -> Iterator[str]:
    """Where the search differs from the list."""
    rng, blocks, attitudes, d = problem(seed)
    n = len(d)
    known = Listing(blocks, attitudes, d)
    ones = np.ones(n)
    searched = Vast(
        [np.array(b, dtype=float) for b in blocks], ones, np.array(d), ones, attitudes=Attitudes((*attitudes,))
    )
    if searched.rational != bool(known.rational):
        yield f"rational: {searched.rational}"
        return
    least = max(min(gains) for gains in known.gains)
    if abs(searched.outlook.least_gain - least) > SAME * max(known.stake) * 100:
        yield f"outlook: {searched.outlook} instead of {least}"
    if not known.rational:
        return
    ideal = known.ideal()
    if any(abs(x - y) > 1e-8 * s for x, y, s in zip(searched.ideal, ideal, known.stake, strict=True)):
        yield f"ideal: {searched.ideal} instead of {ideal}"
    yield from wrong_answers(rng, searched, known, ideal)


def wrong_answers(rng: Random, searched: Vast, known: Listing, ideal: Sequence[float]) -> Iterator[str]:
    n, d = len(known.d), known.d
    hope = [a - x if a - x > 1e-8 * s else 0.0 for a, x, s in zip(ideal, d, known.stake, strict=True)]
    powers = [rng.randint(1, 3) / 3 for _ in range(n)]
    relative = [1 / h if h else 0.0 for h in hope]
    ones = [1.0] * n
    asked: dict[str, tuple[Choice, Key]] = {
        "nash": (searched.product(np.ones(n)), known.product(ones)),
        "asymmetric nash": (searched.product(np.array(powers)), known.product(powers)),
        "utilitarian": (searched.total(np.ones(n)), known.sum(ones)),
        "egalitarian": (searched.along(np.ones(n)), known.ladder(d, ones)),
        "proportional": (searched.along(np.array(powers)), known.ladder(d, powers)),
        "equal loss": (searched.least_loss(np.array(ideal)), known.ladder(ideal, ones)),
    }
    if any(hope):
        asked["kalai-smorodinsky"] = (searched.along(np.array(hope)), known.ladder(d, hope))
        asked["relative"] = (searched.total(np.array(relative)), known.sum(relative))
    for name, (choice, key) in asked.items():
        for rows in groups(known) if "nash" in name else [known.rational]:
            same, near = (known.best(key, rows, within) for within in (SAME, APART))
            found, counted = known.places(choice)
            if choice.proof != "exact" or not found & set(rows) <= near:
                yield f"{name}: {choice.proof} {choice.points} instead of {[known.paid[k] for k in near]}"
            if same == near and (found & set(rows) != same or not counted):
                yield f"{name}: {choice.points} are not all ties {[known.paid[k] for k in same]}"


def groups(known: Listing) -> list[list[int]]:
    """The rational rows with the most gainers, by who gains."""
    most = max(sum(g > 0 for g in known.gains[k]) for k in known.rational)
    found: dict[Any, list[int]] = {}
    for k in known.rational:
        if sum(g > 0 for g in known.gains[k]) == most:
            found.setdefault(tuple(g > 0 for g in known.gains[k]), []).append(k)
    return list(found.values())


@pytest.mark.parametrize("seed", range(15))
def test_small_sums(seed: int) -> None:
    assert list(complaints(seed)) == []


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(50, 100))
def test_many_small_sums(batch: int) -> None:
    assert [(seed, found) for seed in range(20 * batch, 20 * batch + 20) for found in complaints(seed)] == []


def middling(seed: int) -> Iterator[str]:
    """Where the search differs from the listed frontier: three players, a dozen issues, some hundreds of points."""
    rng = np.random.default_rng(seed)
    blocks = [np.rint(rng.random((4, 3)) * rng.random(3) * 1000) for _ in range(12)]
    low, high = (np.sum([end(block, axis=0) for block in blocks], axis=0) for end in (np.min, np.max))
    each = [random_attitude(Random(seed + i), float(low[i]), float(high[i])) for i in range(3)]
    attitudes, ones = Attitudes((*each,)), np.ones(3)
    totals = np.sum([block.mean(axis=0) for block in blocks], axis=0) * rng.uniform(0.6, 1.0, 3)
    d = attitudes.worth(np.maximum(totals, low))
    menu = Menu(attitudes.worth(merge(blocks).points), d, ones)
    searched = Vast(blocks, ones, d, ones, attitudes=attitudes)
    if not menu.rational:
        yield from ["rational"] if searched.rational else []
        return
    hope = menu.ideal - d
    asked: dict[str, Callable[[Menu | Vast], Choice]] = {
        "nash": lambda some: some.product(ones),
        "egalitarian": lambda some: some.along(ones),
        "kalai-smorodinsky": lambda some: some.along(hope),
        "equal loss": lambda some: some.least_loss(menu.ideal),
        "utilitarian": lambda some: some.total(ones),
        "relative": lambda some: some.total(1 / hope),
    }
    for name, question in asked.items():
        one, other = question(menu), question(searched)
        if other.proof != "exact" or sorted(one.points.tolist()) != sorted(other.points.tolist()):
            yield f"{name}: {other} instead of {one}"


@pytest.mark.parametrize("seed", range(1))
def test_middling_sums(seed: int) -> None:
    assert list(middling(seed)) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 140))
def test_more_middling_sums(seed: int) -> None:
    assert list(middling(seed)) == []


def test_the_list_knows_a_textbook_answer() -> None:
    """Two coins and roots: one each, for the even split of what somebody likes less and less is worth most."""
    coin = [(1, 0), (0, 1)]
    roots = [Crra(0.5, -1.0), Crra(0.5, -1.0)]
    known = Listing([coin, coin], roots, [0.0, 0.0])
    assert known.paid[1] == pytest.approx((2 * math.sqrt(2) - 2,) * 2)
    assert known.best(known.sum([1, 1]), known.rational, SAME) == {1}


def test_the_judge_notices_another_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Vast, "product", Vast.total)
    assert any("nash" in told for told in complaints(7))
