"""Sums of payoffs of lovers of risk, cut in pieces: the best of all agreements, all its ties, honest bounds."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from bargain.geometry.attitude import Attitudes, Cara, Crra, Neutral
from bargain.geometry.unlisted import pieces, pursuit
from bargain.geometry.unlisted.aims import Total
from bargain.geometry.unlisted.bend import Bend
from bargain.geometry.unlisted.bent import BentSum
from bargain.geometry.unlisted.fixing import Space
from bargain.geometry.unlisted.pieces import pursue_in_pieces

TIE = 1e-9


def question(seed: int) -> tuple[Space, BentSum, np.ndarray]:
    """Two who like risk and one who does not, and the levels of all agreements; twins make ties."""
    rng = np.random.default_rng(seed)
    blocks = [rng.integers(0, 30, (4, 3)).astype(float) for _ in range(6)]
    blocks[0] = np.vstack([blocks[0], blocks[0]])
    blocks = [block - block.min(axis=0) for block in blocks]
    top = np.sum([block.max(axis=0) for block in blocks], axis=0)
    attitudes = Attitudes((Cara(-0.02), Crra(-1.0, -20.0), Neutral() if seed % 2 else Cara(0.02)))
    ends = attitudes.worth(np.array([0 * top, top]))
    bend = Bend(attitudes, 0 * top, top, np.ones(3), ends[1], ends[1] - ends[0])
    space = Space(tuple(blocks), tuple(np.arange(len(block)) for block in blocks), 1 / top, (0.0, 0.0, 0.0))
    points = np.array([np.sum(rows, axis=0) for rows in itertools.product(*blocks)])
    floor = bend.asked(attitudes.worth(np.median(points, axis=0) - 15))
    aim = BentSum(Total(floor, np.array([1.0, 0.9, 0.8])), bend)
    return space, aim, points


@pytest.mark.parametrize("seed", range(4))
def test_the_best_sum_and_its_ties(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With so few partial sums allowed that pieces have to be cut."""
    monkeypatch.setattr(pursuit, "FEW", 4)
    space, aim, points = question(seed)
    levels = aim.levels(points * space.scale)
    founds = pursue_in_pieces(space, aim, np.zeros((0, 3)), TIE)
    assert all(found.part is not None for found in founds)
    assert founds[0].level == pytest.approx(levels.max(), abs=1e-12)
    listed = {tuple(point) for found in founds if found.part for point in found.part.points}
    assert {tuple(point) for point in points[levels >= levels.max() - TIE / 2]} <= listed


def test_pieces_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or nothing of the above would be about pieces."""
    searched: list[BentSum] = []

    def noted(space: Space, aim: BentSum, known: np.ndarray, tie: float) -> pursuit.Search:
        searched.append(aim)
        return pursuit.Search(space, aim, known, tie)

    monkeypatch.setattr(pursuit, "FEW", 4)
    monkeypatch.setattr(pieces, "Search", noted)
    space, aim, _ = question(0)
    assert pursue_in_pieces(space, aim, np.zeros((0, 3)), TIE)
    assert len(searched) > 2
    assert min(piece.widest for piece in searched) < aim.widest


def test_when_time_is_up_the_bound_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pursuit, "FEW", 2)
    monkeypatch.setattr(pieces, "perf_counter", iter([0.0, 1.0, 2.0, *[99.0] * 9]).__next__)
    space, aim, points = question(1)
    best = float(aim.levels(points * space.scale).max())
    *_, last = pursue_in_pieces(space, aim, np.zeros((0, 3)), TIE)
    assert last.part is None
    assert last.level <= best <= last.bound


def test_every_agreement_counts_in_one_half() -> None:
    _, aim, points = question(2)
    some = points[:: len(points) // 200] / points.max(axis=0)
    halves = aim.halves()
    assert (np.max([half.levels(some) for half in halves], axis=0) == aim.levels(some)).all()
    assert (halves[0].levels(some) <= aim.levels(some)).all()
    assert halves[0].widest == halves[1].widest or aim.loose.sum() > 1
