"""Which places tie with an answer on continuous coordinates: single ones, or whole stretches, whose ends are named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.smooth.interior import Patches, Programme, maximise

__all__ = ["ends_of", "joined"]

Floats = NDArray[np.float64]

WIDE = 2e-3
"""Coordinates that can move by this share of their patch at no cost are a stretch of ties, not a flat optimum."""
FREE_OF_COST = 1e-8
"""By how much, in shares of what is at stake, payoffs at the ends of a stretch may fall short: a polish, no more."""
STRAIGHT = 1e-6
"""Curvature along a stretch, in shares of what is at stake: payoffs that stay the same do not bend."""
APART = 1e-6
"""Places nearer than this share of the length of their issue are one place."""


def ends_of(patches: Patches, s: Floats, programme: Programme, tilt: float, enough: float) -> tuple[Floats, Floats]:
    """First and last coordinates (B, m), of all that do as well as ``s``; the same where nothing else does.

    ``programme`` tells what "as well" is: floors that the payoffs keep, or weights whose sum stays ``enough``. Among
    those the coordinates are pushed down, then up, the first of them hardest (by ``tilt``).
    """
    low, high = s.copy(), s.copy()
    open_rows = np.flatnonzero(~_pinned(patches, s, programme))
    if len(open_rows):
        some, asked = patches.subset(open_rows), programme.subset(open_rows)
        first, last = (tidy(maximise(some, replace(asked, tilt=sign * tilt)).s, APART) for sign in (1.0, -1.0))
        moved = (np.abs(first - last) * (some.width > 0)).max(axis=1) > WIDE
        wide = moved & _straight(some, asked, s[open_rows], last - first)
        wide &= _as_good(some, asked, first, enough) & _as_good(some, asked, last, enough)
        low[open_rows[wide]], high[open_rows[wide]] = first[wide], last[wide]
    return low, high


def tidy(s: Floats, near: float = 1e-9) -> Floats:
    """Coordinates within ``near`` of an end of their box, moved to the end."""
    return np.where(s < near, 0.0, np.where(s > 1 - near, 1.0, s))


def joined(low: Floats, high: Floats) -> list[tuple[tuple[int, bool], tuple[int, bool]]]:
    """Stretches that touch are one: the first and the last end of each, as (row, whether it is a high end).

    Parameters
    ----------
    low, high : (B, D) where the first and the last place of each stretch are; equal for a single place.

    >>> joined(np.array([[0.0], [0.5], [0.9]]), np.array([[0.5], [0.7], [0.9]]))
    [((0, False), (1, True)), ((2, False), (2, False))]
    """
    least, most = np.minimum(low, high) - APART / 2, np.maximum(low, high) + APART / 2
    label = _components(least, most)
    found = []
    for group in dict.fromkeys(label.tolist()):
        rows = np.flatnonzero(label == group)
        places = np.concatenate([low[rows], high[rows]])
        order = np.lexsort(np.round(places, 7).T[::-1])
        first, last = (
            (int(rows[index % len(rows)]), bool(index >= len(rows))) for index in (int(order[0]), int(order[-1]))
        )
        alone = np.ptp(places, axis=0).max(initial=0.0) <= APART
        found.append((first, first if alone else last))
    return found


def _components(least: Floats, most: Floats) -> NDArray[np.intp]:
    """(B,) a label per box; boxes that touch, if only through others, have the same."""
    label = np.arange(len(least))
    for row in range(len(least)):
        touching = ((least <= most[row]) & (most >= least[row])).all(axis=1)
        known = label[touching]
        label[np.isin(label, known)] = known.min()
    return label


def _straight(patches: Patches, asked: Programme, s: Floats, step: Floats) -> NDArray[np.bool_]:
    """(B,) whether no payoff bends along a step; a flat top is no stretch, however little leaving it costs at first."""
    _, second = patches.derivatives(s)
    bends = (second * (step**2)[:, None, :]).sum(axis=2) / asked.span
    return np.asarray((np.abs(bends) <= STRAIGHT * (step**2).sum(axis=1, keepdims=True)).all(axis=1))


def _as_good(patches: Patches, asked: Programme, s: Floats, enough: float) -> NDArray[np.bool_]:
    """(B,) whether the payoffs at ``s`` keep the floors, and their weighted sum what it has to be."""
    payoffs = patches.payoffs(s)
    kept = (payoffs >= asked.floor - FREE_OF_COST * asked.span).all(axis=1)
    within = (np.einsum("brm,bm->br", patches.limit_rows, s) <= patches.limits + 1e-9).all(axis=1)
    tied = (np.abs(np.einsum("brm,bm->br", patches.tie_rows, s) - patches.ties) <= FREE_OF_COST).all(axis=1)
    return np.asarray(kept & within & tied & ((payoffs * asked.weights).sum(axis=1) >= enough))


def _pinned(patches: Patches, s: Floats, programme: Programme) -> NDArray[np.bool_]:
    """(B,) patches on which no other coordinates do as well, as far as derivatives tell.

    Fixed payoffs pin the coordinates if their derivatives have full rank; a sum of payoffs does if every coordinate
    is at an end that it would lose by leaving.
    """
    first, _ = patches.derivatives(s)
    moving = patches.width > 0
    if programme.weights.any():
        slope = (programme.weights[:, None, :] @ first)[:, 0]
        scale = 1e-7 * np.abs(programme.weights * programme.span).max()
        leaving = np.where(s >= 1, -slope, np.where(s <= 0, slope, 0.0))
        return np.asarray(((leaving < -scale) | ~moving).all(axis=1) & (patches.ties.shape[1] == 0))
    rows = np.concatenate([first / programme.span[:, :, None], patches.tie_rows], axis=1) * moving[:, None, :]
    return np.asarray(np.linalg.matrix_rank(rows, tol=1e-7) == moving.sum(axis=1))
