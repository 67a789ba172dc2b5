r"""The stationary equilibrium with a random proposer, for many draws of parameters at once.

Player j accepts ``r_j`` and keeps ``r_j + s`` as proposer, where s = 1 - sum of r is the surplus. With d the patience,
p the chance of recognition, A = 1 - d (1 - p) and B = d p, what is accepted is what waiting is worth:

    F_j(r) = A_j u_j(r_j) - B_j u_j(r_j + s) = 0        for every j.

The Jacobian is diagonal plus a matrix of rank one, so a step of Newton's method costs O(n) (Sherman and Morrison 1950).
Cf. Merlo and Wilson (1995), Econometrica 63:371; Britz, Herings and Predtetchinski (2010), J. Econ. Theory 145:1951.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotConverged, UsageError
from bargain.protocols.alternating_offers.unanimity_nash import nash_shares
from bargain.protocols.alternating_offers.unanimity_tastes import Power, Tastes

__all__ = ["by_newton", "stationary_floors"]

Floats = NDArray[np.float64]

CHUNK = 4096
"""Draws solved together: their arrays stay in the processor's cache."""
MOST_STEPS = 100
"""Two to six are used; more means that something is wrong with the numbers."""
MOST_HALVINGS = 60
"""A step halved so often is nothing."""
CLOSE = 1e-8
"""After a step so short beside every share the error is of the order of its square: rounding."""


def stationary_floors(patience: Floats, recognition: Floats, tastes: Tastes) -> Floats:
    r"""(m, n) the shares that players accept in the stationary equilibrium, for m draws.

    ``patience`` and ``recognition`` are (m, n) or broadcast to it, and so are the tastes. Proposers keep their share
    and what is left. Powers are in closed form: with $\kappa_j = (A_j/B_j)^{1/e_j}$, $r_j = s/(\kappa_j - 1)$ and
    $s = 1/(1 + \sum_j 1/(\kappa_j - 1))$; for linear tastes $1/(\kappa_j - 1) = \delta_j p_j/(1 - \delta_j)$. Other
    tastes go through Newton's method. Where somebody's patience is 1 nothing is left over (s = 0) and
    every division among the perfectly patient is a stationary equilibrium: theirs is the asymmetric Nash division with
    chances of recognition as weights, the limit of equal rates of impatience, and the others get nothing.

    Raises
    ------
    UsageError : where all who are perfectly patient never propose: then no limit is singled out.

    >>> stationary_floors(np.array([[0.9, 0.5]]), np.array([[0.5, 0.5]]), Power(np.array(1.0))).round(6)
    array([[0.75    , 0.083333]])
    """
    patience, recognition = np.broadcast_arrays(np.atleast_2d(patience), np.atleast_2d(recognition))
    timeless = (patience == 1).any(axis=1)
    if not timeless.any():
        return _interior(patience, recognition, tastes)
    weights = np.where(patience[timeless] == 1, recognition[timeless], 0.0)
    if (weights.sum(axis=1) == 0).any():
        raise UsageError("whoever is perfectly patient never proposes", hint="write a patience below 1")
    floors = np.empty(patience.shape)
    floors[timeless] = nash_shares(weights, tastes.of(np.flatnonzero(timeless)))
    hasty = np.flatnonzero(~timeless)
    floors[hasty] = _interior(patience[hasty], recognition[hasty], tastes.of(hasty))
    return floors


def _interior(patience: Floats, recognition: Floats, tastes: Tastes) -> Floats:
    if isinstance(tastes, Power):
        return _of_powers(patience, recognition, tastes.exponents)
    return by_newton(patience, recognition, tastes)


def _of_powers(patience: Floats, recognition: Floats, exponents: Floats) -> Floats:
    with np.errstate(divide="ignore", over="ignore"):  # who never proposes or is not patient at all: an infinite ratio
        parts = 1 / np.expm1(np.log1p((1 - patience) / (patience * recognition)) / exponents)
    return np.asarray(parts / (1 + parts.sum(axis=1, keepdims=True)))


def by_newton(patience: Floats, recognition: Floats, tastes: Tastes) -> Floats:
    """(m, n) the same by Newton's method for any concave tastes, from near the Nash shares; patience below 1."""
    floors = np.empty(patience.shape)
    for start in range(0, len(patience), CHUNK):
        rows = slice(start, start + CHUNK)
        floors[rows] = _chunk(patience[rows], recognition[rows], tastes.of(rows))
    return floors


def _chunk(patience: Floats, recognition: Floats, tastes: Tastes) -> Floats:
    wait, seize = 1 - patience * (1 - recognition), patience * recognition
    weights = seize / (1 - patience)
    idle = seize == 0
    all_idle = idle.all(axis=1)
    floors = nash_shares(np.where(all_idle[:, None], 1.0, weights), tastes) * _kept(weights)
    floors[all_idle] = 0.0
    open_rows = np.flatnonzero(~all_idle)
    for _ in range(MOST_STEPS):
        if len(open_rows) == 0:
            return floors
        now, chosen = floors[open_rows], tastes.of(open_rows)
        step = _newton_step(now, wait[open_rows], seize[open_rows], chosen)
        floors[open_rows] = _kept_inside(now, step, idle[open_rows])
        open_rows = open_rows[(np.abs(step) > CLOSE * now).any(axis=1)]
    raise NotConverged("the stationary equilibrium was not found by Newton's method; is patience very near 1?")


def _kept(weights: Floats) -> Floats:
    """(m, 1) what linear tastes would leave to those who wait, as part of the pie."""
    total = weights.sum(axis=1, keepdims=True)
    return np.asarray(total / (1 + total))


def _newton_step(floors: Floats, wait: Floats, seize: Floats, tastes: Tastes) -> Floats:
    """The step -J^-1 F with J = diag(D) + c 1^T, by Sherman and Morrison; D = 1 and F = 0 for those who never gain."""
    idle = seize == 0
    safe = np.where(idle, 0.5, floors) if idle.any() else floors
    whole = safe + (1 - floors.sum(axis=1, keepdims=True))
    worth, slope = tastes.touched(safe)
    worth_whole, slope_whole = tastes.touched(whole)
    column = seize * slope_whole
    diagonal = wait * slope - column
    misses = wait * worth - seize * worth_whole
    if idle.any():
        diagonal, misses = np.where(idle, 1.0, diagonal), np.where(idle, 0.0, misses)
    straight, bent = misses / diagonal, column / diagonal
    total = straight.sum(axis=1, keepdims=True) / (1 + bent.sum(axis=1, keepdims=True))
    return np.asarray(bent * total - straight)


def _kept_inside(floors: Floats, step: Floats, idle: NDArray[np.bool_]) -> Floats:
    """Floors after the step, halved until all are positive and leave something over."""
    share = np.ones((len(floors), 1))
    for _ in range(MOST_HALVINGS):
        new = floors + share * step
        outside = ((new <= 0) & ~idle).any(axis=1) | (new.sum(axis=1) >= 1)
        if not outside.any():
            return np.asarray(new)
        share[outside] /= 2
    return floors
