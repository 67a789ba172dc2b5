"""Which candidates stay, against the definition word for word."""

from __future__ import annotations

import numpy as np
import pytest

from bargain.geometry.sums.sweep import survivors


def staying(candidates: np.ndarray, players: int) -> dict[tuple[float, ...], list[int]]:
    """Value -> candidates: no other pays at least as much, to somebody more, and saves at least as much."""
    found: dict[tuple[float, ...], list[int]] = {}
    for index, one in enumerate(candidates.T):
        pays = (candidates[:players] >= one[:players, None]).all(axis=0)
        more = (candidates[:players] > one[:players, None]).any(axis=0)
        saves = (candidates[players:] >= one[players:, None]).all(axis=0)
        if not (pays & more & saves).any():
            found.setdefault(tuple(one.tolist()), []).append(index)
    return found


@pytest.mark.parametrize("players", [0, 1, 2, 3, 4])
@pytest.mark.parametrize("budgets", [0, 1, 2])
@pytest.mark.parametrize("count", [0, 1, 5, 40, 700])
def test_against_the_definition(players: int, budgets: int, count: int) -> None:
    rng = np.random.default_rng([players, budgets, count])
    for high in (2, 5, 40):
        candidates = rng.integers(0, high, size=(players + budgets, count)).astype(float)
        found, wanted = survivors(candidates, players, [0.0] * len(candidates)), staying(candidates, players)
        values = [tuple(value) for value in found.values.T.tolist()] if count else []
        assert values == sorted(wanted, reverse=True)
        spans = [found.candidates[a:b].tolist() for a, b in zip(found.starts[:-1], found.starts[1:], strict=True)]
        assert [sorted(span) for span in spans] == [wanted[value] for value in values]


@pytest.mark.parametrize("players", [2, 3])
@pytest.mark.parametrize("seed", range(10))
def test_dust_in_any_coordinate(players: int, seed: int) -> None:
    """Noise below the dust changes neither how many values stay nor which candidates have them."""
    rng = np.random.default_rng(seed)
    clean = rng.integers(0, 6, size=(players, 60)).astype(float)
    noisy = clean + rng.uniform(-0.01, 0.01, size=clean.shape)
    found, wanted = survivors(noisy, players, [0.1] * players), survivors(clean, players, [0.0] * players)
    assert found.values == pytest.approx(wanted.values, abs=0.02)
    assert found.starts.tolist() == wanted.starts.tolist()
    assert sorted(found.candidates.tolist()) == sorted(wanted.candidates.tolist())
