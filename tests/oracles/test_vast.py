"""Answers that are searched for without a frontier, beside everything listed and compared in exact whole numbers."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest

from bargain.geometry.choice import Choice, Listed
from bargain.geometry.menu import Menu
from bargain.geometry.sums.frontier import merge
from bargain.geometry.unlisted.vast import Vast

Vector = tuple[int, ...]
Blocks = list[list[Vector]]
Paid = dict[Vector, int]
"""Payoffs, and how many agreements pay them."""
FINE = 2**24
"""Fine payoffs are multiples of this, so that different ones, and their ratios, differ by more than 1e-9."""


def random_blocks(rng: Random) -> Blocks:
    """Few issues with small whole payoffs: many ties, opposed interests, constant sums, players without a stake."""
    players, kind = rng.randint(2, 5), rng.choice(["plain", "coarse", "opposed", "constant sum", "idle", "fine"])
    most, unit = {"coarse": (2, 1), "fine": (2**11, FINE)}.get(kind, (7, 1))
    blocks = []
    for _ in range(rng.randint(1, 6 if players < 4 else 5)):
        rows = []
        for _ in range(rng.randint(1, 4)):
            row = [unit * rng.randint(0, most) * (kind != "idle" or rng.random() < 0.6) for _ in range(players)]
            if kind == "opposed":
                row[1] = -row[0]
            if kind == "constant sum":
                row[-1] = 5 - sum(row[:-1])
            rows.append(tuple(row))
        blocks.append(rows)
    return blocks


def random_disagreement(rng: Random, blocks: Blocks) -> Vector:
    """On an agreement, inside, below everything, beyond reach, or out of reach for one."""
    some = total(rng.choice(block) for block in blocks)
    high = total(tuple(map(max, zip(*block, strict=True))) for block in blocks)
    low = total(tuple(map(min, zip(*block, strict=True))) for block in blocks)
    unit = unit_of(blocks)
    between = [rng.randint(a // unit, b // unit) * unit for a, b in zip(low, high, strict=True)]
    choice = rng.choice(["on", "under", "inside", "below", "one-sided"])
    if choice == "on":
        return some
    if choice == "under":
        return tuple(map(min, some, between))
    if choice == "below":
        return tuple(a - rng.randint(0, 2) * unit for a in low)
    if choice == "one-sided":
        player = rng.randrange(len(low))
        return tuple(high[i] if i == player else low[i] for i in range(len(low)))
    return tuple(between)


def unit_of(blocks: Blocks) -> int:
    return math.gcd(FINE, *(x for block in blocks for row in block for x in row))


def total(rows: Any) -> Vector:
    return tuple(map(sum, zip(*rows, strict=True)))


def efficient(paid: Paid) -> Paid:
    """Payoffs that no other payoffs dominate."""

    def dominated(point: Vector) -> bool:
        return any(other != point and all(a >= b for a, b in zip(other, point, strict=True)) for other in paid)

    return {point: count for point, count in paid.items() if not dominated(point)}


def best(paid: Paid, key: Callable[[Vector], Any]) -> Paid:
    top = max(map(key, paid))
    return {point: count for point, count in paid.items() if key(point) == top}


class Listing:
    """Every question by its definition, on the list of all efficient payoffs."""

    def __init__(self, blocks: Blocks, d: Vector) -> None:
        self.d = d
        self.frontier = efficient(Counter(total(rows) for rows in itertools.product(*blocks)))
        self.rational = {p: c for p, c in self.frontier.items() if all(x >= y for x, y in zip(p, d, strict=True))}

    def gains(self, point: Vector) -> list[int]:
        return [x - y for x, y in zip(point, self.d, strict=True)]

    def product(self, powers: Sequence[int]) -> Paid:
        def gainers(point: Vector) -> tuple[bool, ...]:
            return tuple(gain > 0 for gain in self.gains(point))

        most = best(self.rational, lambda point: sum(gainers(point)))
        found: Paid = {}
        for group in set(map(gainers, most)):
            members = {point: count for point, count in most.items() if gainers(point) == group}
            found |= best(members, lambda p: math.prod(g**w for g, w in zip(self.gains(p), powers, strict=True) if g))
        return found

    def total(self, weights: Sequence[int]) -> Paid:
        return best(self.rational, lambda point: sum(w * x for w, x in zip(weights, point, strict=True)))

    def along(self, direction: Sequence[int], origin: Vector | None = None) -> Paid:
        start = self.d if origin is None else origin
        if not any(direction):
            return self.rational

        def ladder(point: Vector) -> list[Fraction]:
            steps = zip(point, start, direction, strict=True)
            return sorted(Fraction(x - y, step) for x, y, step in steps if step)

        return best(self.rational, ladder)

    def ideal_from(self, standing: Vector) -> list[int]:
        above = [p for p in self.frontier if all(x >= y for x, y in zip(p, standing, strict=True))]
        return [max(column) for column in zip(*above, strict=True)]


def paid(choice: Choice) -> Paid:
    """What a choice pays, with the number of agreements behind it."""
    found: Paid = {}
    for ((_, place),), point in zip(choice.mixtures, choice.points, strict=True):
        assert isinstance(place, Listed)
        assert (place.part.points[place.index] == point).all()
        found[tuple(map(int, point.tolist()))] = place.part.count(place.index)
    return found


def complaints(seed: int) -> Iterator[str]:
    """Where the search differs from the list."""
    rng = Random(seed)
    blocks = random_blocks(rng)
    d = random_disagreement(rng, blocks)
    n = len(d)
    known = Listing(blocks, d)
    powers = [rng.randint(1, 3) for _ in range(n)]
    weights = [rng.randint(0, 2) for _ in range(n)]
    weights[rng.randrange(n)] = 1
    direction = [rng.randint(0, 3) for _ in range(n)]
    target = tuple(map(max, *known.frontier, [rng.randint(-1, 9) * unit_of(blocks) for _ in range(n)]))
    vast = Vast([np.array(block, dtype=float) for block in blocks], np.ones(n), np.array(d, dtype=float), np.ones(n))
    if vast.rational != bool(known.rational):
        yield f"rational: {vast.rational}"
        return
    outlook = best(known.frontier, lambda point: sorted(known.gains(point)))
    if tuple(vast.outlook.point.tolist()) not in outlook or vast.outlook.least_gain != min(known.gains(min(outlook))):
        yield f"outlook: {vast.outlook} instead of {outlook}"
    if not known.rational:
        return
    ones = np.ones(n)
    asked: dict[str, tuple[Choice, Paid]] = {
        "nash": (vast.product(ones), known.product([1] * n)),
        "asymmetric nash": (vast.product(np.array(powers) / sum(powers)), known.product(powers)),
        "utilitarian": (vast.total(np.ones(n)), known.total([1] * n)),
        "weighted total": (vast.total(np.array(weights, dtype=float)), known.total(weights)),
        "egalitarian": (vast.along(ones), known.along([1] * n)),
        "along": (vast.along(np.array(direction, dtype=float)), known.along(direction)),
        "least loss": (vast.least_loss(np.array(target, dtype=float)), known.along([1] * n, target)),
    }
    hope = [a - b for a, b in zip(known.ideal_from(d), d, strict=True)]
    asked["kalai-smorodinsky"] = (vast.along(np.array(hope, dtype=float)), known.along(hope))
    for name, (choice, wanted) in asked.items():
        if choice.proof != "exact" or paid(choice) != wanted:
            yield f"{name}: {choice.proof} {paid(choice)} instead of {wanted}"
    standing = rng.choice(list(known.frontier))
    for start in (d, standing):
        if vast.ideal_from(np.array(start, dtype=float)).tolist() != known.ideal_from(start):
            yield f"ideal from {start}: {vast.ideal_from(np.array(start, dtype=float))}"


@pytest.mark.parametrize("seed", range(60))
def test_small_sums(seed: int) -> None:
    assert list(complaints(seed)) == []


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(50, 160))
def test_many_small_sums(batch: int) -> None:
    assert [(seed, found) for seed in range(20 * batch, 20 * batch + 20) for found in complaints(seed)] == []


def middling(seed: int) -> tuple[list[np.ndarray], np.ndarray]:
    """Three players and a dozen issues of real values: a frontier of a few hundred points."""
    rng = np.random.default_rng(seed)
    blocks = [np.rint(rng.random((4, 3)) * rng.random(3) * 2**40) for _ in range(12)]
    return blocks, np.sum([block.mean(axis=0) for block in blocks], axis=0) * rng.uniform(0.6, 1.0, 3)


def differences(seed: int) -> Iterator[str]:
    """Where the search differs from the listed frontier, at a middling size."""
    blocks, d = middling(seed)
    frontier, ones = merge(blocks), np.ones(3)
    menu, vast = Menu(frontier.points, d, ones), Vast(blocks, ones, d, ones)
    if not menu.rational:
        yield "rational" if vast.rational else ""
        return
    if not np.array_equal(menu.ideal, vast.ideal):
        yield f"ideal: {vast.ideal} instead of {menu.ideal}"
    hope = menu.ideal - d
    asked: dict[str, tuple[Choice, Choice]] = {
        "nash": (menu.product(ones), vast.product(ones)),
        "asymmetric nash": (menu.product(np.array([0.5, 0.3, 0.2])), vast.product(np.array([0.5, 0.3, 0.2]))),
        "egalitarian": (menu.along(ones), vast.along(ones)),
        "kalai-smorodinsky": (menu.along(hope), vast.along(hope)),
        "utilitarian": (menu.total(np.ones_like(menu.disagreement)), vast.total(np.ones_like(menu.disagreement))),
    }
    for name, (one, other) in asked.items():
        if other.proof != "exact" or sorted(one.points.tolist()) != sorted(other.points.tolist()):
            yield f"{name}: {other} instead of {one}"
        if one.ray_point is not None and other.ray_point is not None:
            yield from [] if np.allclose(one.ray_point, other.ray_point, rtol=1e-12) else [f"{name}: ray point"]


@pytest.mark.parametrize("seed", range(6))
def test_middling_sums(seed: int) -> None:
    assert [found for found in differences(seed) if found] == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 200))
def test_more_middling_sums(seed: int) -> None:
    assert [found for found in differences(seed) if found] == []


def test_the_list_knows_a_textbook_answer() -> None:
    """The oracle itself: two coins, one each."""
    coin = [(1, 0), (0, 1)]
    known = Listing([coin, coin], (0, 0))
    assert known.product([1, 1]) == {(1, 1): 2}
    assert known.total([1, 1]) == {(2, 0): 1, (1, 1): 2, (0, 2): 1}
    assert known.along([1, 0]) == {(2, 0): 1}
    assert known.ideal_from((1, 0)) == [2, 1]
