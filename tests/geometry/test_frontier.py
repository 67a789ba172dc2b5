"""The merged frontier against the listed product of all blocks, and the way back to the agreements."""

from __future__ import annotations

from collections import Counter
from itertools import product

import numpy as np
import pytest

from bargain.errors import TooManyAgreements
from bargain.geometry import frontier
from bargain.geometry.frontier import Frontier, merge, usable
from bargain.geometry.pareto import efficient_by_elimination

Deals = list[tuple[int, ...]]


def random_blocks(seed: int) -> list[np.ndarray]:
    """One to four blocks of one to six rows for one to four players; small numbers, so that sums coincide."""
    rng = np.random.default_rng(seed)
    players = int(rng.integers(1, 5))
    sizes = rng.integers(1, 7, size=rng.integers(1, 5))
    return [rng.integers(-2, 4, size=(size, players)).astype(float) for size in sizes]


def listed(blocks: list[np.ndarray]) -> dict[tuple[float, ...], Deals]:
    """Efficient payoffs -> all choices of rows that pay them, by listing the product."""
    deals = list(product(*(range(len(block)) for block in blocks)))
    sums = np.array([sum(block[row] for block, row in zip(blocks, deal, strict=True)) for deal in deals])
    found: dict[tuple[float, ...], Deals] = {}
    for index in np.flatnonzero(efficient_by_elimination(sums)).tolist():
        found.setdefault(tuple(sums[index].tolist()), []).append(deals[index])
    return found


def rebuilt(merged: Frontier, index: int) -> Deals:
    """The agreements of one point, followed back along its ancestry."""
    ancestry = merged.ancestry(index)
    ways: list[tuple[int, dict[int, int]]] = [(0, {})]
    for position, sums in ancestry:
        ways = [
            (total, rows | {position: row})
            for before, rows in ways
            for total, pairs in sums.items()
            for last, row in pairs
            if last == before
        ]
    return sorted(tuple(rows[position] for position in sorted(rows)) for _, rows in ways)


@pytest.mark.parametrize("seed", range(60))
def test_points_counts_and_ancestry(seed: int) -> None:
    blocks = random_blocks(seed)
    merged, wanted = merge(blocks), listed(blocks)
    assert [tuple(point) for point in merged.points.tolist()] == sorted(wanted, reverse=True)
    for index, point in enumerate(merged.points.tolist()):
        assert merged.count(index) == len(wanted[tuple(point)])
        assert rebuilt(merged, index) == wanted[tuple(point)]


@pytest.mark.parametrize("seed", range(60))
def test_usable_rows(seed: int) -> None:
    """With some rows ruled out, a row is usable exactly if an agreement of the remaining rows has it."""
    blocks = random_blocks(seed)
    rng = np.random.default_rng(seed)
    masks = [rng.random(len(block)) < 0.7 for block in blocks]
    merged, wanted = merge(blocks), listed(blocks)
    for index, point in enumerate(merged.points.tolist()):
        kept = [deal for deal in wanted[tuple(point)] if all(mask[row] for mask, row in zip(masks, deal, strict=True))]
        columns = [set(column) for column in zip(*kept, strict=True)] or [set() for _ in blocks]
        assert usable(merged.ancestry(index), masks) == columns


def test_a_row_without_a_usable_partner_is_not_usable() -> None:
    """Two coins, one for each: once the first coin cannot go to the first player, the second one must."""
    coin = np.array([[1.0, 0.0], [0.0, 1.0]])
    assert usable(merge([coin, coin]).ancestry(1), [np.array([False, True]), np.ones(2, dtype=bool)]) == [{1}, {0}]


def test_dust_is_no_difference() -> None:
    """Sums that differ by dust are one point with all its agreements, and the better by dust beats nobody."""
    rng = np.random.default_rng(0)
    for seed in range(30):
        blocks = random_blocks(seed)
        noisy = [block + rng.uniform(-1e-3, 1e-3, size=block.shape) for block in blocks]
        clean, dusty = merge(blocks), merge(noisy, [0.1] * blocks[0].shape[1])
        assert dusty.points == pytest.approx(clean.points, abs=0.01)
        assert Counter(map(dusty.count, range(len(dusty)))) == Counter(map(clean.count, range(len(clean))))


def test_other_units() -> None:
    merged = merge([np.array([[6.0, 0.0], [0.0, 10.0]])])
    scaled = merged.divided_by(np.array([3.0, 5.0]))
    assert scaled.points.tolist() == [[2.0, 0.0], [0.0, 2.0]]
    assert scaled.ancestry(1) == merged.ancestry(1)


def test_an_empty_block_leaves_nothing() -> None:
    assert len(merge([np.zeros((0, 2)), np.ones((3, 2))])) == 0


def test_too_many_sums_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    line = np.array([[float(k), float(-k)] for k in range(5)])
    monkeypatch.setattr(frontier, "LARGEST_MERGE", 25)
    assert len(merge([line, line])) == 9
    monkeypatch.setattr(frontier, "LARGEST_MERGE", 24)
    with pytest.raises(TooManyAgreements, match="5 x 5 partial packages are too many"):
        merge([line, line])


def test_counts_far_beyond_listing() -> None:
    """Sixty coins of equal worth: C(60, 30) agreements pay the middle point."""
    coin = np.array([[1.0, 0.0], [0.0, 1.0]])
    merged = merge([coin] * 60)
    assert merged.count(30) == 118264581564861424
    assert merged.points[30].tolist() == [30.0, 30.0]
