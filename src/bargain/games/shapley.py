"""The Shapley value of a listed game: marginal contributions, averaged by size of coalition."""

from __future__ import annotations

from math import comb

import numpy as np
from numpy.typing import NDArray

from bargain.games.coalitions import Game, sums_of

__all__ = ["marginal_contributions", "shapley_value"]

Floats = NDArray[np.float64]


def shapley_value(game: Game) -> Floats:
    r"""(n,) $\varphi_i = \sum_{S \not\ni i} \frac{|S|!\,(n-|S|-1)!}{n!}\,[v(S \cup i) - v(S)]$.

    Source: Shapley (1953), A Value for n-Person Games, Contributions to the Theory of Games II, 307-317.

    >>> shapley_value(Game(np.array([0.0, 0, 0, 0, 0, 1, 1, 1]))) * 6  # two left gloves, one right
    array([1., 1., 4.])
    """
    return np.asarray(marginal_contributions(game).mean(axis=1))


def marginal_contributions(game: Game) -> Floats:
    """(n, n) what player i adds to coalitions of s others, on average over them: entry (i, s).

    The mean of a row is the player's Shapley value, because in a random order each size is equally likely.
    """
    n = game.n
    sizes = sums_of(np.ones(n)).astype(np.intp)
    ways = np.array([comb(n - 1, s) for s in range(n)], dtype=float)
    average = np.empty((n, n))
    for i in range(n):
        values = game.values.reshape(-1, 2, 2**i)
        without = sizes.reshape(-1, 2, 2**i)[:, 0].ravel()
        added = (values[:, 1] - values[:, 0]).ravel()
        average[i] = np.bincount(without, weights=added, minlength=n) / ways
    return average
