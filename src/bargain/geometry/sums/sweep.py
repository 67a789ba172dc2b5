"""Which of many candidate sums stay: the efficient ones, equal ones together, under a tie rule for budgets.

Candidates stand in columns, one row of the array per coordinate, larger being better. The first coordinates are the
players' payoffs; any others are what is *saved* of linear budgets. Saving more never makes an agreement better, it only
keeps more ways to complete it open: a candidate goes if another one pays at least as much to everybody and more to
somebody *and* saves at least as much of every budget. Of equal payoffs all remain, whatever they save, because all of
them may become agreements, and ties are never dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.lattice import settled
from bargain.geometry.pareto import SHORT, efficient, not_clearly_beaten

__all__ = ["Survivors", "survivors"]

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Survivors:
    """Distinct values that stay, and which candidates have each.

    Attributes
    ----------
    values : (w, s), the first coordinate falling.
    starts : (s + 1,) value ``i`` is that of ``candidates[starts[i]:starts[i + 1]]``.
    candidates : indices of the candidates that stay.
    """

    values: Floats
    starts: Indices
    candidates: Indices


def survivors(candidates: Floats, players: int, dust: Sequence[float] | Floats) -> Survivors:
    """The candidates that stay, equal ones together.

    Parameters
    ----------
    candidates : (w, c) columns, ``players`` payoffs first. Runs that fall in the first coordinate are sorted faster.
    dust : (w,) values of a coordinate that differ by no more are equal; the smallest of them stands for all.

    >>> found = survivors(np.array([[0.0, 2.0, 1.0, 2.0, 0.0], [3.0, 1.0, 0.0, 1.0, 2.0]]), 2, [0.0, 0.0])
    >>> found.values.tolist(), found.candidates.tolist(), found.starts.tolist()
    ([[2.0, 0.0], [1.0, 3.0]], [1, 3, 0], [0, 2, 3])
    """
    if candidates.shape[1] == 0:
        return Survivors(candidates, np.zeros(1, dtype=np.intp), np.zeros(0, dtype=np.intp))
    if players == 2 and len(candidates) == 2:
        return _staircase(candidates, dust)
    kept = None
    if candidates.shape[1] > SHORT and players > 0:
        kept = not_clearly_beaten(candidates, np.asarray(dust))
        candidates = candidates[:, kept]
    columns = _level(candidates, dust)
    stays = _staying(np.ascontiguousarray(columns.T), players).nonzero()[0]
    return _grouped(columns.take(stays, axis=1), stays if kept is None else kept[stays])


def _level(columns: Floats, dust: Sequence[float] | Floats) -> Floats:
    """Every coordinate settled, where anything has to be."""
    if not any(dust):
        return columns
    rising = np.sort(columns, axis=1)
    apart = rising[:, 1:] - rising[:, :-1]
    if not ((apart > 0) & (apart <= np.asarray(dust)[:, None])).any():
        return columns
    return np.stack([settled(column, allowed) for column, allowed in zip(columns, dust, strict=True)])


def _staircase(candidates: Floats, dust: Sequence[float] | Floats) -> Survivors:
    """Two players: one sort that merges falling runs, one running maximum, and steps cut where values repeat.

    Along the sorted candidates the running maximum of the second payoff rises; who is below it by more than dust is
    beaten. What is left falls in the first payoff and, up to dust, rises in the second: clusters are neighbours.
    """
    order = (-candidates[0]).argsort(kind="stable")
    second = candidates[1].take(order)
    high = np.maximum.accumulate(second)
    near = (second >= (high - dust[1] if dust[1] else high)).nonzero()[0]
    order, high = order.take(near), high.take(near)
    first = candidates[0].take(order)
    falls, rises = first[:-1] - first[1:] > dust[0], high[1:] - high[:-1] > dust[1]
    if np.count_nonzero(falls) == np.count_nonzero(rises) == len(falls):
        return Survivors(np.array([first, high]), np.arange(len(order) + 1), order)
    new_x, new_y = np.append(True, falls), np.append(True, rises)
    cuts = (new_x | new_y).nonzero()[0]
    wins = np.ones(len(cuts), dtype=bool)
    wins[:-1] &= new_x[cuts[1:]]  # else the next step pays the first as much and the second more
    wins[1:] &= new_y[cuts[1:]]  # else the step before pays the second as much and the first more
    x, y = _cluster_values(first, high, new_x, new_y)
    bounds = np.full(len(cuts) + 1, len(order))
    bounds[:-1] = cuts
    starts, lengths = cuts[wins], (bounds[1:] - bounds[:-1])[wins]
    begins = np.zeros(len(starts) + 1, dtype=np.intp)
    lengths.cumsum(out=begins[1:])
    if len(order) > len(starts):
        order = order[np.repeat(starts - begins[:-1], lengths) + np.arange(begins[-1])]
    return Survivors(np.array([x[starts], y[starts]]), begins, order)


def _cluster_values(first: Floats, high: Floats, new_x: NDArray[np.bool_], new_y: NDArray[np.bool_]) -> list[Floats]:
    """Each coordinate with the smallest member of its cluster: the last one falling, the first one rising."""
    if new_x.all() and new_y.all():
        return [first, high]
    last = np.append(np.flatnonzero(new_x)[1:], len(first)) - 1
    return [first[last][np.cumsum(new_x) - 1], high[np.flatnonzero(new_y)][np.cumsum(new_y) - 1]]


def _staying(points: Floats, players: int) -> NDArray[np.bool_]:
    """Payoffs with budgets: efficient points, and those that pay the same as one of them and are not beaten either.

    Where the payoffs of a point differ from those of everything efficient, what beats it pays more. Among the others
    "beaten" is dominance in one more coordinate that sets equal payoffs apart: the place in lexicographic order by
    payoffs, and by savings with the thriftiest first.
    """
    if players == 0:
        return np.ones(len(points), dtype=bool)
    stays = efficient(points)
    if points.shape[1] == players:
        return stays
    rank, _ = _ranked(points[:, :players])
    tied = np.flatnonzero(np.isin(rank, rank[stays]))
    if len(tied) == stays.sum():
        return stays
    few = points[tied]
    order = np.lexsort((-few[:, players:].sum(axis=1), rank[tied]))
    place, _ = _ranked(np.column_stack([rank[tied], -few[:, players:].sum(axis=1)])[order])
    apart = np.empty(len(tied))
    apart[order] = place
    marks = np.zeros(len(points), dtype=bool)
    marks[tied] = efficient(np.column_stack([few, apart]))
    return marks


def _ranked(points: Floats) -> tuple[Indices, Indices]:
    """(k,) the place of each row among the distinct rows in rising lexicographic order; and the order."""
    order = np.lexsort(tuple(points[:, ::-1].T))
    rows = points[order]
    rank = np.empty(len(points), dtype=np.intp)
    rank[order] = np.cumsum(np.r_[False, (rows[1:] != rows[:-1]).any(axis=1)])
    return rank, order


def _grouped(columns: Floats, candidates: Indices) -> Survivors:
    """Equal columns together, in falling lexicographic order."""
    count = len(candidates)
    if len(columns) == 0:
        return Survivors(np.zeros((0, 1)), np.array([0, count]), candidates)
    order = (-columns[0]).argsort(kind="stable")
    first = columns[0].take(order)
    if count == np.count_nonzero(first[1:] != first[:-1]) + 1:
        return Survivors(columns.take(order, axis=1), np.arange(count + 1), candidates.take(order))
    order = np.lexsort(-columns[::-1])
    columns = columns.take(order, axis=1)
    fresh = (columns[:, 1:] != columns[:, :-1]).any(axis=0)
    starts = np.concatenate([[0], fresh.nonzero()[0] + 1, [count]])
    return Survivors(columns.take(starts[:-1], axis=1), starts, candidates.take(order))
