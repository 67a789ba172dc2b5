"""Strictly efficient points of a list of payoffs.

A point is efficient if no other point is at least as good for everyone and better for someone. Points that are equal
to an efficient point are efficient too: equal payoffs are ties, and ties are never dropped.
"""

from __future__ import annotations

from sys import modules

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.roof import Roof

__all__ = [
    "SHORT",
    "beaten_by_none",
    "efficient",
    "efficient_by_elimination",
    "not_beaten_by_strong_points",
    "not_clearly_beaten",
    "strong_points",
]

SMALL = 600
"""Up to so many points comparing them here beats importing a library for the task."""
ROUND = 64
"""So many points are compared with each other at once."""
TINY = 24
"""The same once it is imported."""
SHORT = 2_000
"""Up to so many points a prefilter costs more than it saves."""
SAMPLE = 4000
"""Points looked at by the prefilter to find strong ones."""
STRONG = 12
"""How many strong points the prefilter compares everything with, at most."""
CANDIDATES = 64
"""How many points of the sample are considered as strong ones."""
MANY, WORTHWHILE = 5_000, 0.7
"""The roof is put up again while more points are left, as long as it leaves at most this share of them."""
PASSES = 4
"""How often the roof is put up at most."""
STUBBORN = 20_000
"""While the roof leaves so many points, strong points are tried as well: they find their way in skewed payoffs."""
PIECE = 16_384
"""Points compared with bars at once: three or four columns of them stay in the cache."""
SAMPLED, THIN, HOPELESS = 16_384, 0.05, 0.95
"""A sample of so many tells what a roof leaves. Where that is next to nothing, the sample's own roof does for all."""


def efficient(points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Mark the strictly Pareto-efficient rows of ``points``.

    Parameters
    ----------
    points : (k, n) array of payoffs.

    Returns
    -------
    (k,) bool array; all copies of an efficient point are marked.

    Notes
    -----
    One player: the maximum. More: what a grid of best payoffs or a dozen strong points show to be dominated is dropped
    first. Of the rest, two players need one sort and a running maximum; else it goes to moocore (while it is little,
    all pairs are compared).

    >>> efficient(np.array([[1.0, 0.0], [0.0, 1.0], [0.4, 0.4], [0.0, 0.5], [1.0, 0.0]])).tolist()
    [True, True, True, False, True]
    """
    count, players = points.shape
    if count == 0:
        return np.zeros(0, dtype=bool)
    if players == 1:
        return np.asarray(points[:, 0] == points[:, 0].max())
    if players == 2 and count <= MANY:
        return _efficient_in_the_plane(points)
    if count <= SHORT:
        return _efficient_among_few(points)
    kept = not_clearly_beaten(np.ascontiguousarray(points.T), np.zeros(players))
    marks = np.zeros(count, dtype=bool)
    marks[kept] = _efficient_among_few(points[kept])
    return marks


def _efficient_among_few(points: NDArray[np.float64]) -> NDArray[np.bool_]:
    if points.shape[1] == 2:
        return _efficient_in_the_plane(points)
    if len(points) > (TINY if "moocore" in modules else SMALL):
        return _efficient_by_library(points)
    return _efficient_by_rounds(points) if len(points) > 2 * ROUND else _efficient_by_pairs(points)


def efficient_by_elimination(points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """The readable reference: take the point with the largest total, drop what it dominates, repeat.

    Totals that rounding makes equal are taken in lexicographic order, so that a dominated point never comes first.

    >>> efficient_by_elimination(np.array([[2.0, 1, 1], [1, 2, 1], [1, 1, 1], [2, 1, 1]])).tolist()
    [True, True, False, True]
    """
    marks = np.zeros(len(points), dtype=bool)
    waiting = np.lexsort((*(-points.T[::-1]), -points.sum(axis=1)))
    while len(waiting):
        best = points[waiting[0]]
        rest = points[waiting]
        marks[waiting[(rest == best).all(axis=1)]] = True
        waiting = waiting[(rest > best).any(axis=1)]
    return marks


def _efficient_in_the_plane(points: NDArray[np.float64]) -> NDArray[np.bool_]:
    order = np.lexsort((-points[:, 1], -points[:, 0]))
    first, second = points[order, 0], points[order, 1]
    starts = np.flatnonzero(np.r_[True, first[1:] != first[:-1]])
    group = np.cumsum(np.r_[False, first[1:] != first[:-1]])
    best_so_far = np.maximum.accumulate(second)
    best_before = np.r_[-np.inf, best_so_far[starts[1:] - 1]]
    best_here = second[starts]
    marks = np.empty(len(points), dtype=bool)
    marks[order] = (second == best_here[group]) & (best_here > best_before)[group]
    return marks


def not_clearly_beaten(columns: NDArray[np.float64], margin: NDArray[np.float64]) -> NDArray[np.intp]:
    """Rising indices of what is left of ``columns`` (w, k) when most of what is beaten everywhere is dropped.

    Whatever is dropped falls short of another column by more than ``margin`` (w,) in every coordinate; copies stay.

    >>> not_clearly_beaten(np.array([[0.0, 9.0, 4.0, 9.0], [0.0, 9.0, 5.0, 9.0]]), np.zeros(2)).tolist()
    [1, 3]
    """
    kept = np.arange(columns.shape[1])
    for _ in range(PASSES):
        roof = _roof_of_some(columns, margin) if len(kept) > 2 * SAMPLED else Roof(columns, margin)
        stays = np.flatnonzero(roof.spares(columns)) if roof else np.arange(len(kept))
        share = len(stays) / max(len(kept), 1)
        if share < 1:
            kept, columns = kept[stays], columns[:, stays]
        if len(kept) <= MANY or share > WORTHWHILE:
            break
    if len(kept) > STUBBORN:
        kept = kept[not_beaten_by_strong_points(columns, margin)]
    return kept


def _roof_of_some(columns: NDArray[np.float64], margin: NDArray[np.float64]) -> Roof | None:
    """The roof of a sample if it leaves next to nothing, else that of all; None if it will be no use."""
    some = columns[:, :: columns.shape[1] // SAMPLED | 1]  # an odd stride: lists of sums repeat themselves in tens
    roof = Roof(some, margin)
    share = np.count_nonzero(roof.spares(some)) / some.shape[1]
    if share > HOPELESS:
        return None
    return roof if share <= THIN else Roof(columns, margin)


def not_beaten_by_strong_points(columns: NDArray[np.float64], margin: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Mark what no strong point beats by more than ``margin`` (w,) in every coordinate of ``columns`` (w, k)."""
    sample = columns[:, :: max(1, columns.shape[1] // SAMPLE)]
    return beaten_by_none(columns, strong_points(sample) - margin[:, None])


def beaten_by_none(columns: NDArray[np.float64], bars: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Mark the columns (w, k) that are below none of ``bars`` (w, s) in every coordinate.

    The comparison is strict, so that copies of a bar survive. Columns are looked at in pieces that stay in the cache,
    and what has been dropped is not looked at again.
    """
    alive = np.zeros(columns.shape[1], dtype=bool)
    for start in range(0, columns.shape[1], PIECE):
        piece = np.ascontiguousarray(columns[:, start : start + PIECE])
        left = np.arange(start, start + piece.shape[1])
        for bar in bars.T:
            stays = piece[0] >= bar[0]
            for column, height in zip(piece[1:], bar[1:], strict=True):
                stays |= column >= height
            if np.count_nonzero(stays) < 0.95 * len(stays):
                left, piece = left[stays], piece[:, stays]
        alive[left] = True
    return alive


def strong_points(sample: NDArray[np.float64]) -> NDArray[np.float64]:
    """(w, s) points of a sample chosen one by one, each beating the most of what those before it leave."""
    spread = np.ptp(sample, axis=1)
    heights = (sample - sample.min(axis=1, keepdims=True)) / np.where(spread > 0, spread, 1)[:, None]
    runners = np.argsort(-(np.log(heights + 0.05).sum(axis=0)), kind="stable")[:CANDIDATES]
    beats = np.ones((len(runners), sample.shape[1]), dtype=bool)
    for row in sample:
        beats &= row[None, :] < row[runners, None]
    chosen: list[int] = []
    for _ in range(STRONG):
        totals = beats.sum(axis=1)
        best = int(totals.argmax())
        if totals[best] == 0:
            break
        chosen.append(best)
        beats &= ~beats[best]
    return np.asarray(sample[:, runners[chosen]])


def _efficient_by_pairs(points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Mark the rows that no other row matches everywhere and beats somewhere."""
    matched = np.ones((len(points), len(points)), dtype=bool)
    for column in points.T:
        matched &= column[:, None] <= column
    return np.asarray(~(matched > matched.T).any(axis=1))


def _efficient_by_rounds(points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Those with the largest totals against each other, then the rest against the best of them, again and again.

    Nobody is beaten by a smaller total, rounded or not; equal totals are looked at in the same round.
    """
    totals = points.sum(axis=1)
    left = (-totals).argsort(kind="stable")
    totals, columns = totals.take(left), points.T.take(left, axis=1)
    marks = np.zeros(len(points), dtype=bool)
    while len(left):
        end = np.count_nonzero(totals >= totals[min(ROUND, len(left)) - 1])
        best = _efficient_by_pairs(columns[:, :end].T).nonzero()[0]
        marks[left[best]] = True
        beaten = np.ones((len(best), len(left) - end), dtype=bool)
        for bars, column in zip(columns[:, best], columns[:, end:], strict=True):
            beaten &= column <= bars[:, None]
        stays = end + np.flatnonzero(~beaten.any(axis=0))
        left, totals, columns = left.take(stays), totals.take(stays), columns.take(stays, axis=1)
    return marks


def _efficient_by_library(points: NDArray[np.float64]) -> NDArray[np.bool_]:
    import moocore

    return np.asarray(moocore.is_nondominated(points, maximise=True, keep_weakly=True), dtype=bool)
