"""The roof: whom it drops is beaten by a point under it, whatever the range and scale of payoffs."""

from __future__ import annotations

import numpy as np
import pytest

from bargain.geometry.roof import FLAT, Roof


def clearly_beaten(columns: np.ndarray, others: np.ndarray, margin: np.ndarray) -> np.ndarray:
    """By the definition, pair by pair."""
    return (others[:, None, :] - margin[:, None, None] > columns[:, :, None]).all(axis=0).any(axis=1)


@pytest.mark.parametrize("players", [1, 2, 3, 5])
@pytest.mark.parametrize("margin", [0.0, 2.0])
def test_only_what_is_beaten_by_more_than_the_margin_is_dropped(players: int, margin: float) -> None:
    columns = np.random.default_rng(players).integers(0, 15, size=(players, 700)).astype(float)
    margins = np.full(players, margin)
    clearly, stays = clearly_beaten(columns, columns, margins), Roof(columns, margins).spares(columns)
    assert (stays | clearly).all()
    assert not stays.all()
    if players == 1:
        assert (stays == ~clearly).all()


@pytest.mark.parametrize("players", [2, 3, 4])
@pytest.mark.parametrize("size", [1e-9, 1.0, 1e15])
@pytest.mark.parametrize("middle", [0.0, 1e6])
def test_points_that_did_not_put_it_up_may_lie_beside_and_above_it(players: int, size: float, middle: float) -> None:
    rng = np.random.default_rng(players)
    under = middle + size * rng.random((players, 300))
    columns = middle + size * (3 * rng.random((players, 500)) - 1)
    margins = np.full(players, 0.01 * size)
    clearly, stays = clearly_beaten(columns, under, margins), Roof(under, margins).spares(columns)
    assert (stays | clearly).all()
    if size * 1e9 > middle:
        assert stays[clearly].mean() < 0.5


def test_where_no_roof_stands_everything_is_spared() -> None:
    """Nothing under it, too many coordinates, a range that is no number."""
    assert Roof(np.zeros((2, 0)), np.zeros(2)).spares(np.zeros((2, 3))).all()
    many = np.random.default_rng(0).random((FLAT + 1, 50))
    assert Roof(many, np.zeros(FLAT + 1)).spares(many - 9).all()
    endless = np.array([[0.0, np.inf], [0.0, 1.0]])
    assert Roof(endless, np.zeros(2)).spares(endless - 1.0).all()
    tiny = np.array([[0.0, 5e-324], [1.0, 0.0]])
    assert Roof(tiny, np.zeros(2)).spares(tiny).all()


def test_copies_of_the_best_are_spared() -> None:
    columns = np.array([[3.0, 3.0, 0.0], [5.0, 5.0, 7.0]])
    assert Roof(columns, np.zeros(2)).spares(columns).all()
