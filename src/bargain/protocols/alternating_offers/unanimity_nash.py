"""The asymmetric Nash division of a pie: where stationary equilibria go as patience goes to 1."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotConverged
from bargain.protocols.alternating_offers.unanimity_tastes import Power, Tastes

__all__ = ["nash_shares"]

Floats = NDArray[np.float64]

MOST_STEPS = 60
"""Newton's method on a concave rising function, from below, squares its error; sixty steps are never used up."""
CLOSE = 1e-15
"""A sum of shares this near to 1 is 1."""


def nash_shares(weights: Floats, tastes: Tastes) -> Floats:
    r"""Shares that maximise $\sum_j w_j \ln u_j(x_j)$ subject to $\sum_j x_j = 1$.

    ``weights`` are (..., n), not negative, some of them positive; so are the shares. The best shares have
    u_j(x_j)/u_j'(x_j) in proportion to w_j; the sum of shares is a concave function of the factor, whose root Newton's
    method finds from below. Powers need no search: x_j is in proportion to w_j e_j.

    >>> nash_shares(np.array([1.0, 1.0]), Power(np.array([1.0, 0.5])))
    array([0.66666667, 0.33333333])
    """
    weights = weights / weights.sum(axis=-1, keepdims=True)
    if isinstance(tastes, Power):
        shares = tastes.exponents * weights
        return np.asarray(shares / shares.sum(axis=-1, keepdims=True))
    factor = np.ones((*weights.shape[:-1], 1))
    for _ in range(MOST_STEPS):
        shares, slopes = tastes.bold(factor * weights)
        missing = 1 - shares.sum(axis=-1, keepdims=True)
        if (np.abs(missing) <= CLOSE * weights.shape[-1]).all():
            return shares
        factor = factor + missing / (slopes * weights).sum(axis=-1, keepdims=True)
    raise NotConverged("the asymmetric Nash division was not found")
