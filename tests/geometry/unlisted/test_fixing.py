"""Parts of a frontier: everything that reaches a level, with every way to build it."""

from __future__ import annotations

import itertools
from collections import Counter

import numpy as np
import pytest

from bargain.geometry.pareto import efficient
from bargain.geometry.unlisted.aims import Aim, Product, Ray, Total
from bargain.geometry.unlisted.fixing import Space, list_part, promising
from bargain.geometry.unlisted.parts import Part
from bargain.geometry.unlisted.pursuit import beside

DUSTLESS = (0.0, 0.0, 0.0)


def random_space(seed: int) -> Space:
    """Five blocks of small whole payoffs, equal rows among them."""
    rng = np.random.default_rng(seed)
    blocks = [rng.integers(0, 4, size=(int(rng.integers(1, 5)), 3)).astype(float) for _ in range(5)]
    blocks[0] = np.vstack([blocks[0], blocks[0][:1]])
    rows = promising(blocks, DUSTLESS)
    kept = tuple(block[some] for block, some in zip(blocks, rows, strict=True))
    return Space(kept, tuple(np.arange(len(block)) for block in kept), np.full(3, 0.1), DUSTLESS)


def everything(space: Space) -> dict[tuple[float, ...], list[tuple[int, ...]]]:
    """All payoffs and the rows that give them."""
    found: dict[tuple[float, ...], list[tuple[int, ...]]] = {}
    for rows in itertools.product(*(range(len(block)) for block in space.blocks)):
        point = np.sum([block[row] for block, row in zip(space.blocks, rows, strict=True)], axis=0)
        found.setdefault(tuple(point.tolist()), []).append(rows)
    return found


def aims(space: Space) -> list[Aim]:
    middle = np.sum([block.mean(axis=0) for block in space.blocks], axis=0) * space.scale
    return [Ray(middle, np.ones(3), middle - 9), Total(middle - 0.2, np.ones(3)), Product(middle, middle, np.ones(3))]


@pytest.mark.parametrize("seed", range(15))
def test_everything_that_reaches_a_level(seed: int) -> None:
    space = random_space(seed)
    known = everything(space)
    points = np.array(list(known))
    for aim in aims(space):
        levels = aim.levels(points * space.scale)
        if not np.isfinite(levels).any():
            continue
        level = float(np.quantile(levels[np.isfinite(levels)], 0.8))
        good = points[efficient(points) & (levels >= level)]
        for prices in (np.ones((1, 3)) / 3, beside(np.ones(3))):
            listing = list_part(space, aim, level, prices, 10_000, anyhow=False)
            assert listing.complete
            reach = aim.levels(listing.part.points * space.scale) >= level
            assert sorted(listing.part.points[reach].tolist()) == sorted(good.tolist())
            for index in np.flatnonzero(reach).tolist():
                assert listing.part.count(index) == len(known[tuple(listing.part.points[index].tolist())])


def ways(part: Part, blocks: int) -> Counter[tuple[int, ...]]:
    """The agreements of a part, by ruling out rows one by one."""
    sizes = [1 + max((int(s.row.max()) for s in part.steps if s.block == b), default=0) for b in range(blocks)]
    found: Counter[tuple[int, ...]] = Counter()

    def descend(chosen: tuple[int, ...], allowed: list[np.ndarray]) -> None:
        if len(chosen) == blocks:
            found[chosen] += 1
            return
        for row in np.flatnonzero(part.rows_used(allowed)[len(chosen)]).tolist():
            narrowed = [*allowed]
            narrowed[len(chosen)] = np.arange(sizes[len(chosen)]) == row
            descend((*chosen, row), narrowed)

    descend((), [np.ones(size, dtype=bool) for size in sizes])
    return found


@pytest.mark.parametrize("seed", range(6))
def test_ways_back(seed: int) -> None:
    """A part leads to exactly the agreements that pay its points, and so does the part towards some of them."""
    space = random_space(seed)
    known = everything(space)
    aim = Total(np.full(3, -9.0), np.ones(3))
    part = list_part(space, aim, 0.0, np.ones((1, 3)), 10_000, anyhow=False).part
    some = list(range(0, len(part), 3))
    wanted = [rows for index in some for rows in known[tuple(part.points[index].tolist())]]
    towards = part.towards(some)
    assert towards.points.tolist() == part.points[some].tolist()
    assert sum(towards.count(index) for index in range(len(towards))) == len(wanted)
    assert ways(towards, 5) == Counter(wanted)


def test_too_much_to_list() -> None:
    space = random_space(0)
    aim = Total(np.full(3, -9.0), np.ones(3))
    given_up = list_part(space, aim, 0.0, np.ones((1, 3)), 2, anyhow=False)
    assert (given_up.complete, len(given_up.part)) == (False, 0)
    beam = list_part(space, aim, 0.0, np.ones((1, 3)), 2, anyhow=True)
    assert not beam.complete
    assert 1 <= len(beam.part) <= 2


def test_dust_is_no_difference() -> None:
    """Sums a few units apart are one payoff, and neither dominates the other."""
    blocks = (np.array([[1000.0, 0.0], [0.0, 1000.0]]), np.array([[1001.0, 0.0], [0.0, 1001.0]]))
    rows = (np.arange(2), np.arange(2))
    aim = Ray(np.zeros(2), np.ones(2), np.zeros(2))
    exact = list_part(Space(blocks, rows, np.full(2, 1e-3), (0.0, 0.0)), aim, 0.9, np.ones((1, 2)), 99, anyhow=False)
    dusty = list_part(Space(blocks, rows, np.full(2, 1e-3), (8.0, 8.0)), aim, 0.9, np.ones((1, 2)), 99, anyhow=False)
    assert (len(exact.part), len(dusty.part)) == (2, 1)
    assert dusty.part.count(0) == 2


def test_promising_rows() -> None:
    """Short blocks pair by pair and long ones by sorting agree; what is better by dust only is no better."""
    rng = np.random.default_rng(0)
    long = rng.integers(0, 30, size=(200, 3)).astype(float)
    assert promising([long], DUSTLESS)[0].tolist() == np.flatnonzero(efficient(long)).tolist()
    short = long[:50]
    assert promising([long, short], DUSTLESS)[1].tolist() == np.flatnonzero(efficient(short)).tolist()
    assert promising([np.array([[5.0, 5.0], [6.0, 5.0]])], (0.0, 0.0))[0].tolist() == [1]
    assert promising([np.array([[5.0, 5.0], [6.0, 5.0]])], (2.0, 2.0))[0].tolist() == [0, 1]
