"""Sums that are searched: textbook answers, counts beyond listing, awkward places, honesty where proof is not had."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from math import comb
from typing import Any

import numpy as np
import pytest

from bargain.concepts import egalitarian, equal_loss, kalai_smorodinsky, nash, relative_utilitarian
from bargain.errors import NotApplicable, TooManyAgreements
from bargain.geometry.attitude import Attitudes, Cara, Crra, Neutral
from bargain.geometry.choice import Choice, Listed, Pick
from bargain.geometry.pareto import efficient
from bargain.geometry.unlisted import pursuit
from bargain.geometry.unlisted.programme import Solved
from bargain.geometry.unlisted.vast import Vast


def vast(blocks: Sequence[np.ndarray], d: Sequence[float], powers: Sequence[float] | None = None) -> Vast:
    n = len(d)
    return Vast(blocks, np.ones(n), np.array(d, dtype=float), np.ones(n) if powers is None else np.array(powers))


def coins(players: int, count: int) -> list[np.ndarray]:
    """So many coins, each for one of the players."""
    return [np.eye(players)] * count


def count(choice: Choice) -> int:
    found = 0
    for ((_, place),) in choice.mixtures:
        assert isinstance(place, Listed)
        found += place.part.count(place.index)
    return found


def test_forty_coins() -> None:
    """Nobody lists 3**40 agreements; who starts 4 ahead gets 4 fewer, and somebody gets the last one less."""
    some = vast(coins(3, 40), [0, 0, -4])
    for choice in (some.product(np.ones(3)), some.along(np.ones(3))):
        assert sorted(choice.points.tolist()) == [[14, 15, 11], [15, 14, 11], [15, 15, 10]]
    assert some.ideal.tolist() == [40, 40, 40]
    assert some.outlook.least_gain == 14
    assert some.product(np.array([0.5, 0.25, 0.25])).points[0].tolist() == [22, 11, 7]


def test_forty_coins_and_roots() -> None:
    """The first is paid 2 sqrt(1 + x) - 2 for x coins, the others y each; with s = sqrt(1 + x) there is x = s^2 - 1.

    Equal gains: 2 (s - 1) = y and s^2 - 1 + 2 y = 40, so s^2 + 4 s = 45, s = 5: 24 coins, and 8 each. Nash without
    whole coins: 2 s (s - 1) = y, so 5 s^2 - 4 s = 41, x = 9.8; and 10 is better than 9 (1042.5 against 1037.9) and 11.
    A first coin is worth less than 1 to the first, so the largest sum leaves it none, and the others 41 ways.
    """
    some = replace(vast(coins(3, 40), [0, 0, 0]), attitudes=Attitudes((Crra(0.5, -1.0), Neutral(), Neutral())))
    even = some.along(np.ones(3))
    assert even.points == pytest.approx(np.full((1, 3), 8.0))
    assert even.proof == "exact"
    nash = some.product(np.ones(3))
    assert nash.points == pytest.approx(np.array([[2 * 11**0.5 - 2, 15, 15]]))
    assert count(nash) == comb(40, 10) * comb(30, 15)
    whole = some.total(np.ones(3))
    assert (len(whole.points), set(whole.points[:, 0].tolist())) == (41, {0.0})
    assert some.ideal == pytest.approx([2 * 41**0.5 - 2, 40, 40])


def test_forty_coins_and_squares() -> None:
    """The first is paid ((1 + x)^2 - 1) / 2: equal gains lie at x^2 + 3 x = 40, x = 5 with 17.5, so 5, 17 and 18 coins.

    What the first gets is worth more and more to it, so the largest sum gives it all: (41^2 - 1) / 2 = 840.
    """
    some = replace(vast(coins(3, 40), [0, 0, 0]), attitudes=Attitudes((Crra(-1.0, -1.0), Neutral(), Neutral())))
    even = some.along(np.ones(3))
    assert np.sort(even.points, axis=0) == pytest.approx(np.array([[17.5, 17, 17], [17.5, 18, 18]]))
    assert some.total(np.ones(3)).points == pytest.approx(np.array([[840.0, 0, 0]]))
    assert {choice.proof for choice in (even, some.total(np.ones(3)))} == {"exact"}


@pytest.mark.parametrize(("rho", "helps"), [(1.0, False), (0.0, None), (-1.0, None)])
def test_who_is_averse_is_not_helped_by_a_lottery_that_no_mean_is_worth(rho: float, helps: bool | None) -> None:
    """One coin among two who want a third of it: a lottery gives both that, and to the averse it is worth less."""
    attitudes = Attitudes((Cara(rho), Cara(rho)))
    some = replace(
        vast(coins(2, 1), attitudes.worth(np.full(2, 0.55 if rho > 0 else 0.4)).tolist()), attitudes=attitudes
    )
    assert not some.rational
    assert some.lotteries_help is helps


def test_the_number_of_ways() -> None:
    """Four of twelve coins each: 12! / (4! 4! 4!) ways; and two equal ways for each of 60 issues: 2**60."""
    choice = vast(coins(3, 12), [0, 0, 0]).product(np.ones(3))
    assert choice.points.tolist() == [[4, 4, 4]]
    assert count(choice) == 34650
    twins = [np.array([[1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [0.0, 2.0, 0.0]])] * 60
    assert count(vast(twins, [0, 0, 0]).along(np.ones(3))) == 2**60


@pytest.mark.parametrize("shift", [0.0, 1e9, -3e12])
def test_where_zero_is_does_not_matter(shift: float) -> None:
    rng = np.random.default_rng(3)
    blocks = [np.rint(rng.random((4, 3)) * 1000) for _ in range(15)]
    d = np.sum([block.mean(axis=0) for block in blocks], axis=0).round()
    moved = [blocks[0] + shift, *blocks[1:]]
    one, other = vast(blocks, d.tolist()), vast(moved, (d + shift).tolist())
    for a, b in (
        (one.product(np.ones(3)), other.product(np.ones(3))),
        (one.along(np.ones(3)), other.along(np.ones(3))),
    ):
        assert (a.points + shift).tolist() == b.points.tolist()


def test_disagreement_on_the_frontier() -> None:
    """Then it is the only rational payoff, and every question has it for an answer."""
    some = vast(coins(3, 9), [3, 3, 3])
    assert some.rational
    assert some.outlook.least_gain == 0
    assert some.ideal.tolist() == [3, 3, 3]
    for choice in (some.product(np.ones(3)), some.total(np.ones(3)), some.along(np.ones(3)), some.along(np.zeros(3))):
        assert choice.points.tolist() == [[3, 3, 3]]


def test_floors_that_bind() -> None:
    """The third needs the prize and two coins, which leaves gains of 4 in all; or seven coins, and the first has it."""
    some = vast([*coins(3, 8), np.array([[0.0, 0.0, 5.0], [9.0, 0.0, 0.0]])], [1, 1, 7])
    assert sorted(some.product(np.ones(3)).points.tolist()) == [[2, 2, 9], [2, 3, 8], [3, 2, 8]]
    assert some.ideal.tolist() == [9, 5, 11]
    assert some.total(np.array([3.0, 1.0, 1.0])).points.tolist() == [[9, 1, 7]]


def test_some_gain_and_others_cannot() -> None:
    stuck = vast([np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])] * 6, [0, 0, 0])
    assert stuck.product(np.ones(3)).points.tolist() == [[3, 3, 0]]


def test_nothing_is_rational() -> None:
    some = vast(coins(3, 10), [5, 5, 5])
    assert not some.rational
    assert some.outlook.least_gain == -2
    assert sorted(some.outlook.point.tolist()) == [3, 3, 4]
    assert len(some.outlook.binding) == 2
    assert not some.lotteries_help


def test_a_lottery_would_help() -> None:
    """One coin cannot be split in three, its chances can."""
    some = vast(coins(3, 1), [0.3, 0.3, 0.3])
    assert not some.rational
    assert some.lotteries_help


def test_supported_points() -> None:
    rng = np.random.default_rng(0)
    blocks = [rng.integers(0, 20, size=(4, 3)).astype(float) for _ in range(6)]
    some = vast(blocks, [30, 30, 30])
    points = np.unique([np.sum(rows, axis=0) for rows in itertools.product(*blocks)], axis=0)
    frontier = points[efficient(points)]
    assert len(some.points) > 10
    assert {tuple(point) for point in some.points} <= {tuple(point) for point in frontier}
    assert (some.points[some.rational_rows] >= 30).all()
    assert (np.delete(some.points, some.rational_rows, axis=0).min(axis=1) < 30).all()


def test_no_border_without_lotteries() -> None:
    with pytest.raises(NotApplicable, match="allow lotteries"):
        _ = vast(coins(2, 3), [0, 0]).border


def test_too_many_with_nothing_to_choose_by(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    monkeypatch.setattr("bargain.geometry.unlisted.vast.MANY", 50)
    some = vast([np.rint(rng.random((4, 3)) * 2**30) for _ in range(12)], [0, 0, 0])
    with pytest.raises(TooManyAgreements, match="nothing to choose them by"):
        some.along(np.zeros(3))


# -- where proof is not had ------------------------------------------------------------------------------------------


def hard(seed: int, room: float = 1.0) -> tuple[list[np.ndarray], np.ndarray]:
    """Constant sums: prices rule nothing out."""
    rng = np.random.default_rng(seed)
    blocks = [rng.random((4, 3)) for _ in range(7)]
    blocks = [np.rint((block - block.mean(axis=1, keepdims=True)) * 2**30) for block in blocks]
    return blocks, np.sum([block.mean(axis=0) for block in blocks], axis=0) - room * 2.0**30


@pytest.mark.parametrize(
    ("seed", "helped"), [pytest.param(0, True, marks=pytest.mark.slow), *((seed, False) for seed in range(6))]
)
def test_what_is_not_proved_is_not_called_exact(seed: int, helped: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """With next to no partial sums allowed, and with or without a programme: the claim holds against the whole list."""
    for name in ("FEW", "MORE", "MANY"):
        monkeypatch.setattr(pursuit, name, 2)
    if not helped:
        monkeypatch.setattr(pursuit, "solve_programme", lambda *_: Solved(None, np.inf))
    blocks, d = hard(seed)
    points = np.array([np.sum(rows, axis=0) for rows in itertools.product(*blocks)])
    gains = points - d
    some = vast(blocks, d.tolist())
    claims = {
        "product": (some.product(np.ones(3)), lambda g: np.log(np.where(g > 0, g, 1e-300)).sum(axis=1)),
        "along": (some.along(np.ones(3)), lambda g: g.min(axis=1)),
    }
    inexact = 0
    for choice, level in claims.values():
        best, reached = level(gains).max(), level(choice.points - d).max()
        claimed = re.search(r"better by more than ([0-9.e+-]+)", choice.proof)
        if claimed:
            inexact += 1
            assert best <= reached + float(claimed[1]) * 1.06
        else:
            assert choice.proof.startswith("exact")
            assert reached == pytest.approx(best, rel=1e-9)
        for ((_, place),), point in zip(choice.mixtures, choice.points, strict=True):
            if isinstance(place, Pick):
                rows = zip(blocks, place.rows, strict=True)
                assert np.sum([block[row] for block, row in rows], axis=0).tolist() == point.tolist()
    assert inexact or helped


def test_best_hopes_that_are_not_proved_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FEW", "MORE", "MANY"):
        monkeypatch.setattr(pursuit, name, 2)
    monkeypatch.setattr(pursuit, "solve_programme", lambda *_: Solved(None, np.inf))
    blocks, d = hard(1, room=0.1)
    some = vast(blocks, d.tolist())
    hope = some.ideal - d
    monkeypatch.undo()
    points = np.array([np.sum(rows, axis=0) for rows in itertools.product(*blocks)])
    assert ((hope + d) <= points[(points >= d).all(axis=1)].max(axis=0)).all()
    assert "best payoffs of single players may be higher" in kalai_smorodinsky(some).choice.proof
    assert some.along(np.ones(3)).proof == "exact"


def test_a_doubt_about_the_ideal_point_reaches_who_used_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Best payoffs that are only bounded leave no proof exact that stands on them, and touch no other."""

    def bounded(*question: Any, **options: Any) -> pursuit.Found:
        found = pursuit.reachable(*question, **options)
        return replace(found, bound=found.level + 0.01)

    some = vast(coins(3, 12), [0, 0, 0])
    with monkeypatch.context() as patch:
        patch.setattr("bargain.geometry.unlisted.vast.reachable", bounded)
        assert some.ideal_doubt == pytest.approx(0.12)
    for concept in (kalai_smorodinsky, relative_utilitarian, equal_loss):
        assert "may be higher by up to 0.12" in concept(some).choice.proof
    for concept in (nash, egalitarian):
        assert concept(some).choice.proof == "exact"
    sure = vast(coins(3, 12), [0, 0, 0])
    assert sure.ideal_doubt == 0
    assert kalai_smorodinsky(sure).choice.proof == "exact"


def test_the_outlook_says_what_it_is_worth(monkeypatch: pytest.MonkeyPatch) -> None:
    def bounded(*question: Any) -> pursuit.Found:
        found = pursuit.pursue(*question)
        return replace(found, part=None, sample=found.part or found.sample, bound=found.level + 0.01)

    assert vast(coins(3, 12), [5, 5, 5]).outlook.proof == "exact"
    monkeypatch.setattr("bargain.geometry.unlisted.vast.pursue", bounded)
    assert vast(coins(3, 12), [5, 5, 5]).outlook.proof.startswith("best found; no agreement is better by more than")


@pytest.mark.parametrize("power", [12, 30])
def test_payoffs_of_sizes_far_apart(power: int) -> None:
    """What one player has at stake is less than rounding takes from another's: the losses of the others decide."""
    rng = np.random.default_rng(0)
    blocks = [rng.integers(0, 9, (4, 3)).astype(float) for _ in range(3)]
    some = Vast(blocks, np.array([10.0**-power, 1e6, 10.0**-power]), np.zeros(3), np.ones(3))
    totals = np.array([np.sum(rows, axis=0) for rows in itertools.product(*blocks)]) * [1, 0, 1]
    losses = np.sort(totals[:, [0, 2]] - totals[:, [0, 2]].max(axis=0), axis=1)
    least = max(map(tuple, losses))
    choice = some.least_loss(some.ideal)
    assert choice.proof == "exact"
    found = (choice.points - some.ideal)[0, [0, 2]] / 10.0**power
    assert sorted(found) == pytest.approx(least)
