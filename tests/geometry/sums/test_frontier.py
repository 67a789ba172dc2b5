"""The merged frontier against the listed product of all blocks, and the way back to the agreements."""

from __future__ import annotations

from collections import Counter
from itertools import chain, product

import numpy as np
import pytest

from bargain.errors import TooManyAgreements
from bargain.geometry.pareto import efficient_by_elimination
from bargain.geometry.sums import stages
from bargain.geometry.sums.frontier import Ancestry, Frontier, merge, narrowed, rows_in, union

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
    return followed(merged.ancestry(index))


def followed(ancestry: Ancestry) -> Deals:
    """All choices of rows in an ancestry, in lexicographic order."""
    made: dict[int, dict[int, list[dict[int, int]]]] = {}
    for stage, states in ancestry:
        if stage.position is not None:
            made[id(stage)] = {s: [{stage.position: row} for (row,) in ways] for s, ways in states.items()}
        else:
            below = [made[id(child)] for child in stage.children]
            made[id(stage)] = {
                s: [
                    dict(chain.from_iterable(rows.items() for rows in some))
                    for way in ways
                    for some in product(*(choices[state] for choices, state in zip(below, way, strict=True)))
                ]
                for s, ways in states.items()
            }
    everything = [rows for states in made[id(ancestry[-1][0])].values() for rows in states]
    return sorted(tuple(rows[position] for position in sorted(rows)) for rows in everything)


@pytest.mark.parametrize("seed", range(60))
def test_points_counts_and_ancestry(seed: int) -> None:
    blocks = random_blocks(seed)
    merged, wanted = merge(blocks), listed(blocks)
    assert [tuple(point) for point in merged.points.tolist()] == sorted(wanted, reverse=True)
    for index, point in enumerate(merged.points.tolist()):
        assert merged.count(index) == len(wanted[tuple(point)])
        assert rebuilt(merged, index) == wanted[tuple(point)]


@pytest.mark.parametrize("seed", range(60))
def test_narrowing(seed: int) -> None:
    """With rows ruled out list by list, what is left is what listing leaves, and no row without an agreement."""
    blocks = random_blocks(seed)
    rng = np.random.default_rng(seed)
    merged, wanted = merge(blocks), listed(blocks)
    for index, point in enumerate(merged.points.tolist()):
        ancestry, deals = merged.ancestry(index), wanted[tuple(point)]
        for position in rng.permutation(len(blocks)).tolist():
            assert rows_in(ancestry, position) == sorted({deal[position] for deal in deals})
            allowed = {row for row in range(len(blocks[position])) if rng.random() < 0.8}
            deals = [deal for deal in deals if deal[position] in allowed]
            ancestry = narrowed(ancestry, position, allowed)
            assert followed(ancestry) == deals


def test_a_row_without_a_partner_goes() -> None:
    """Two coins, one for each: once the first coin cannot go to the first player, the second one must."""
    coin = np.array([[1.0, 0.0], [0.0, 1.0]])
    left = narrowed(merge([coin, coin]).ancestry(1), 0, {1})
    assert (rows_in(left, 0), rows_in(left, 1)) == ([1], [0])


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
    assert rebuilt(scaled, 1) == rebuilt(merged, 1) == [(1,)]


def test_an_empty_block_leaves_nothing() -> None:
    assert len(merge([np.zeros((0, 2)), np.ones((3, 2))])) == 0


def test_too_many_sums_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    line = np.array([[float(k), float(-k)] for k in range(5)])
    monkeypatch.setattr(stages, "EASY", 2)
    monkeypatch.setattr(stages, "LARGEST_MERGE", 13)
    assert len(merge([line, line])) == 9
    monkeypatch.setattr(stages, "LARGEST_MERGE", 12)
    with pytest.raises(TooManyAgreements, match="5 x 5 partial packages are too many"):
        merge([line, line])
    three = np.column_stack([line, np.zeros(5)])
    monkeypatch.setattr(stages, "LARGEST_MERGE", 24)
    with pytest.raises(TooManyAgreements, match="5 x 5 partial packages are too many"):
        merge([three, three])


def test_counts_far_beyond_listing() -> None:
    """Sixty coins of equal worth: C(60, 30) agreements pay the middle point."""
    coin = np.array([[1.0, 0.0], [0.0, 1.0]])
    merged = merge([coin] * 60)
    assert merged.count(30) == 118264581564861424
    assert merged.points[30].tolist() == [30.0, 30.0]


@pytest.mark.parametrize("seed", range(20))
def test_a_frontier_counts_as_a_block(seed: int) -> None:
    """Blocks merged in two parts, and the parts merged: the same points, and their lists in the given order."""
    blocks = random_blocks(seed)
    cut = len(blocks) // 2
    parts = [merge(some) for some in (blocks[:cut], blocks[cut:]) if some]
    merged, wanted = merge(parts), listed(blocks)
    assert merged.lists == len(blocks)
    assert [tuple(point) for point in merged.points.tolist()] == sorted(wanted, reverse=True)
    for index, point in enumerate(merged.points.tolist()):
        assert rebuilt(merged, index) == wanted[tuple(point)]
        assert merged.count(index) == len(wanted[tuple(point)])


@pytest.mark.parametrize("seed", range(20))
def test_pieces_do_not_matter(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Candidates looked at a few at a time give the same frontier."""
    blocks = random_blocks(seed)
    whole = merge(blocks)
    monkeypatch.setattr(stages, "PIECE", 3)
    pieces = merge(blocks)
    assert pieces.points.tolist() == whole.points.tolist()
    assert [rebuilt(pieces, i) for i in range(len(pieces))] == [rebuilt(whole, i) for i in range(len(whole))]


@pytest.mark.parametrize("seed", range(20))
def test_the_union_of_cases(seed: int) -> None:
    """The frontier of several frontiers is that of everything, and every point names all its cases."""
    rng = np.random.default_rng(seed)
    players = int(rng.integers(1, 4))
    cases = [rng.integers(0, 5, size=(rng.integers(0, 6), players)).astype(float) for _ in range(rng.integers(1, 5))]
    both = union(cases)
    everything = np.concatenate(cases)
    wanted = {tuple(point) for point in everything[efficient_by_elimination(everything)].tolist()}
    assert [tuple(point) for point in both.points.tolist()] == sorted(wanted, reverse=True)
    assert len(both) == len(wanted)
    for index, point in enumerate(both.points.tolist()):
        same = [(c, p) for c, case in enumerate(cases) for p, one in enumerate(case.tolist()) if one == point]
        assert both.places(index) == same


def test_a_union_with_dust() -> None:
    both = union([np.array([[1.0, 2.0]]), np.array([[1.0 + 1e-9, 2.0]])], [1e-6, 1e-6])
    assert (both.points.tolist(), both.places(0)) == ([[1.0, 2.0]], [(0, 0), (1, 0)])


def test_among_nobody_all_choices_are_one_point() -> None:
    merged = merge([np.zeros((2, 0)), np.zeros((3, 0)), np.zeros((4, 0))])
    assert (merged.points.shape, merged.count(0), merged.total) == ((1, 0), 24, 24)


def test_small_blocks_at_once_are_refused_like_others() -> None:
    blocks = [np.array([[0.0, 1.0], [1.0, 0.0]])] * 4
    assert merge(blocks, largest=8).total == 16
    with pytest.raises(TooManyAgreements):
        merge([rows + np.array([[0.1, 0.0], [0.0, 0.3]]) * number for number, rows in enumerate(blocks)], largest=8)
