"""The search for the best patches against solving every patch, and what it says when it is cut short."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bargain.geometry.attitude import Attitude, Attitudes, Cara, Crra, Neutral
from bargain.geometry.smooth import search
from bargain.geometry.smooth.interior import Programme, maximise
from bargain.geometry.smooth.search import Land, Question, best_patches, best_value, tidy
from geometry.lands import all_keys, random_blocks, straight_land


def sum_question(weights: np.ndarray, floor: np.ndarray, known: float = -np.inf) -> Question:
    def programme(count: int) -> Programme:
        tiled = {"floor": floor, "ray": 0 * floor, "weights": weights, "powers": 0 * floor, "span": 0 * floor + 6}
        return Programme(**{name: np.tile(row, (count, 1)) for name, row in tiled.items()})

    def cut(prices: np.ndarray, _: np.ndarray) -> tuple[np.ndarray, float]:
        return weights + prices, float(-prices @ floor)

    return Question(programme, lambda u: np.asarray(u @ weights), cut, weights, 0.0, known, 1e-8)


def one_by_one(land: Land, question: Question) -> dict[tuple[int, ...], float]:
    """Patch -> its own best value, for all patches that meet the floors."""
    keys = all_keys(land)
    patches = land.build(keys)
    optima = maximise(patches, question.programme(len(keys)))
    values = question.value(patches.payoffs(optima.s))
    return {tuple(key): v for key, v, ok in zip(keys.tolist(), values, optima.feasible, strict=True) if ok}


@pytest.mark.parametrize("batch", [1, 2, 48])
@pytest.mark.parametrize("seed", range(15))
def test_all_best_patches_are_found(seed: int, batch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cuts and refusals must not lose a winner, however few patches are solved at a time."""
    monkeypatch.setattr(search, "BATCH", batch)
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 4))
    land = straight_land(random_blocks(rng, n), bend=rng.choice([0.0, 0.3]))
    weights = rng.integers(0, 3, size=n).astype(float)
    weights[0] = 1
    question = sum_question(weights, rng.integers(-4, 4, size=n).astype(float))
    own = one_by_one(land, question)
    if not own:
        return
    best = max(own.values())
    found = best_patches(land, question)
    assert found.value == pytest.approx(best, abs=1e-9)
    assert [tuple(key) for key in found.keys.tolist()] == sorted(k for k, v in own.items() if v > best - 1e-8)
    assert found.payoffs == pytest.approx(land.build(found.keys).payoffs(found.s))
    assert (found.complete, found.gap) == (True, 0.0)
    assert best_value(land, question) == pytest.approx(best, abs=1e-9)


def test_bounds_spare_most_patches() -> None:
    """A hundred patches of which one stands out: a single batch is solved."""
    low = np.tile(np.arange(100.0)[:, None], (1, 2))
    land = straight_land([(low, low + [0.5, -0.5])])
    found = best_patches(land, sum_question(np.ones(2), np.zeros(2)))
    assert (found.keys.tolist(), found.solved) == ([[99]], search.BATCH)
    known = best_patches(land, sum_question(np.ones(2), np.zeros(2), known=190.0))
    assert (known.keys.tolist(), known.solved) == ([[99]], 5)
    assert best_value(land, sum_question(np.ones(2), np.zeros(2), known=198.0)) == 198


def test_no_patch_meets_the_floors() -> None:
    land = straight_land([(np.zeros((3, 2)), np.eye(2)[[0, 1, 0]])])
    assert best_value(land, sum_question(np.ones(2), np.array([0.8, 0.8]))) == -np.inf


def test_a_search_cut_short_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every bound is too high by 5, so that solving one patch proves nothing about the next."""
    low = np.array([[3.0, 0.0], [2.0, 0.0], [1.0, 0.0]])
    honest = straight_land([(low, low + [0, 1])])
    land = Land(honest.corners, (np.full((3, 2), 2.5),), honest.build, True, honest.place)
    question = sum_question(np.ones(2), np.zeros(2))
    monkeypatch.setattr(search, "BATCH", 1)
    assert best_patches(land, question).complete
    monkeypatch.setattr(search, "MOST_SOLVED", 1)
    found = best_patches(land, question)
    assert (found.complete, found.solved, found.value) == (False, 1, pytest.approx(4))
    assert found.gap == pytest.approx(4)  # 2 + 1 + 5 of the second patch, less what was found
    monkeypatch.setattr(search, "MOST_SOLVED", 3000)
    monkeypatch.setattr(search, "MOST_OPEN", 2)
    found = best_patches(land, question)
    assert (found.complete, found.solved, found.value) == (False, 2, pytest.approx(4))


def test_tidy() -> None:
    assert tidy(np.array([1e-10, 0.5, 1 - 1e-10, 1e-8])).tolist() == [0, 0.5, 1, 1e-8]
    assert tidy(np.array([1e-6, 1 - 1e-4]), 1e-5).tolist() == [0, 1 - 1e-4]


BENDS: list[Attitude] = [Neutral(), Cara(0.5), Cara(-0.3), Crra(1.0, -30.0), Crra(-1.0, -30.0)]


@pytest.mark.parametrize("seed", range(10))
def test_bent_payoffs_stay_below_their_bounds(seed: int) -> None:
    """Wherever the tangents are taken; and at that point the bound of an averse player is sharp."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 4))
    attitudes = Attitudes(tuple(BENDS[k] for k in rng.integers(0, len(BENDS), size=n)))
    straight = straight_land(random_blocks(rng, n), bend=rng.choice([0.0, 0.3]))
    land = replace(straight, attitudes=attitudes, build=lambda keys: replace(straight.build(keys), attitudes=attitudes))
    keys = all_keys(land)
    patches = land.build(keys)
    prices, at = rng.random(n), patches.payoffs(patches.start)[rng.integers(len(keys))]
    bounds = search._bounds(land, keys, prices, at)
    for _ in range(50):
        found = patches.payoffs(rng.choice([0.0, 1.0, rng.random()]) * np.ones_like(patches.start))
        assert (found @ prices <= bounds + 1e-9 * (1 + np.abs(bounds))).all()
    in_totals, offset = land.of_totals(prices, at)
    if attitudes.averse:
        totals = np.array([float(a.total(np.array(x))) for a, x in zip(attitudes.each, at, strict=True)])
        assert in_totals @ totals + offset == pytest.approx(prices @ at, rel=1e-7, abs=1e-7)
