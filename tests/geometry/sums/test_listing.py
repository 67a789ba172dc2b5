"""Long lists: sums of parts against nested loops, and the sieve against filtering everything at once."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from bargain.errors import TooManyAgreements
from bargain.geometry.pareto import efficient_by_elimination
from bargain.geometry.sums import listing
from bargain.geometry.sums.listing import Sieve, outer_sum


@pytest.mark.parametrize("sizes", [(), (3,), (1, 1), (2, 3), (4, 1, 3), (2, 3, 2, 5), (0, 3)])
def test_outer_sum(sizes: tuple[int, ...]) -> None:
    rng = np.random.default_rng(len(sizes))
    parts = [rng.integers(0, 9, size=size).astype(float) for size in sizes]
    wanted = [sum(numbers) for numbers in product(*(part.tolist() for part in parts))]
    assert outer_sum(parts).tolist() == wanted
    room = np.full(len(wanted), np.nan)
    assert outer_sum(parts, room) is room
    assert room.tolist() == wanted


@pytest.mark.parametrize("players", [1, 2, 3, 4])
@pytest.mark.parametrize("high", [3, 10_000])
def test_the_sieve_keeps_what_a_filter_keeps(players: int, high: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "WAITING", 30)
    rng = np.random.default_rng([players, high])
    points = rng.integers(0, high, size=(players, 400)).astype(float)
    sieve, start = Sieve([0.0] * players), 0
    while start < 400:
        end = start + int(rng.integers(0, 60))
        sieve.add(np.arange(start, min(end, 400)), points[:, start:end])
        start = end
    rows, kept = sieve.result()
    assert rows.tolist() == np.flatnonzero(efficient_by_elimination(points.T)).tolist()
    assert (kept == points[:, rows]).all()


def test_dust_passes_the_sieve() -> None:
    sieve = Sieve([0.1, 0.1])
    sieve.add(np.array([0, 1]), np.array([[1.0, 0.0], [1.0, 0.0]]))
    sieve.add(np.array([2, 3]), np.array([[0.95, 0.5], [1.05, 2.0]]))
    assert sieve.result()[0].tolist() == [0, 2, 3]  # row 2 equals row 0 up to dust


def test_too_many_ties(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "LARGEST_KEPT", 5)
    sieve = Sieve([0.0])
    for _ in range(2):
        sieve.add(np.arange(5), np.ones((1, 5)))
    with pytest.raises(TooManyAgreements, match="more than 5 agreements on issues tied to one another are efficient"):
        sieve.result()


def test_empty_pieces_and_a_piece_written_over() -> None:
    """Whoever fills the sieve may use one buffer for all pieces, and may find nothing possible in some of them."""
    rng = np.random.default_rng(3)
    pieces = [rng.integers(0, 9, size=(3, size)).astype(float) for size in (0, 400, 0, 400, 400)]
    room, sieve, seen = np.empty((3, 400)), Sieve([0.0] * 3), 0
    for piece in pieces:
        here = room[:, : piece.shape[1]]
        here[:] = piece
        sieve.add(np.arange(seen, seen + piece.shape[1]), here)
        seen += piece.shape[1]
    everything = np.concatenate(pieces, axis=1)
    wanted = np.flatnonzero(efficient_by_elimination(everything.T))
    rows, points = sieve.result()
    assert rows.tolist() == wanted.tolist()
    assert (points == everything[:, wanted]).all()
    assert Sieve([0.0]).result()[0].size == 0
