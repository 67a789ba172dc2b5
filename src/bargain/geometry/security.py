"""How much a lottery over given payoffs can guarantee everybody at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.interior import Patches, Programme, maximise

__all__ = ["largest_minimum_in_lotteries"]

Floats = NDArray[np.float64]

ROUNDING = 1e-9
"""Values within this share of the largest gain are 0."""


def largest_minimum_in_lotteries(gains: Floats) -> float:
    """The largest least expected gain that a lottery over the rows of ``gains`` (k, n) can give.

    By duality (von Neumann 1928) it is the smallest, over prices that sum to 1, of the largest priced gain: a programme
    with only n unknowns. Few rows matter: those that are worth most at the prices found so far are added until no
    other row is worth more. If somebody gains nowhere, the best of its losses is the answer's bound and is returned
    at once.

    >>> round(largest_minimum_in_lotteries(np.array([[4.0, -1.0], [-1.0, 4.0]])), 9)
    1.5
    """
    best = gains.max(axis=0)
    if best.min() < 0:
        return float(best.min())
    scale = max(float(np.abs(gains).max()), np.finfo(float).tiny)
    rows = sorted({*gains.argmax(axis=0).tolist(), int(gains.min(axis=1).argmax())})
    while True:
        least, prices = _cheapest(gains[rows] / scale)
        worth = gains @ prices / scale
        top = int(worth.argmax())
        if worth[top] <= least + ROUNDING or top in rows:
            return 0.0 if abs(least) < ROUNDING else least * scale
        rows.append(top)


def _cheapest(gains: Floats) -> tuple[float, Floats]:
    """The prices (n,) at which the largest priced row is smallest, and how large it is."""
    count, players = gains.shape
    zero, one = np.zeros((1, count)), np.ones((1, count))
    flat = np.zeros((1, count, players))
    prices = Patches(
        constant=zero,
        slope=-gains[None, :, :],
        quad=flat,
        coef=flat,
        base=flat,
        reach=flat,
        exponent=flat + 1,
        limit_rows=np.zeros((1, 0, players)),
        limits=np.zeros((1, 0)),
        tie_rows=np.ones((1, 1, players)),
        ties=np.ones((1, 1)),
        start=np.full((1, players), 1 / players),
        width=np.ones((1, players)),
    )
    found = maximise(prices, Programme(floor=zero, ray=one, weights=zero, powers=zero, span=one))
    return -float(found.reach[0]), found.s[0] / found.s[0].sum()
