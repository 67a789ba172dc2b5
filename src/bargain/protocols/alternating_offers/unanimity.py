"""Stationary equilibria of bargaining by unanimity over a pie."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotConverged
from bargain.protocols.alternating_offers.unanimity_batch import stationary_floors
from bargain.protocols.alternating_offers.unanimity_nash import nash_shares
from bargain.protocols.alternating_offers.unanimity_rules import StationaryPlan, Unanimity
from bargain.protocols.alternating_offers.unanimity_tastes import Power, Tastes

__all__ = ["solve"]

Floats = NDArray[np.float64]

MOST_STEPS = 100
"""Steps of Newton's method; fewer than ten are used."""
CLOSE = 1e-14
"""A step so short, in shares of the pie, is rounding; over 1 - patience, for so much less is the system determined."""


def solve(rules: Unanimity) -> StationaryPlan:
    r"""The stationary subgame-perfect equilibrium: whoever proposes gives everybody else what waiting is worth.

    With a common discount factor, linear tastes and a rotating proposer the k-th in line gets
    $\delta^{k-1}/(1 + \delta + \dots + \delta^{n-1})$ (Herrero 1985). Stationary matters: among three and more, nearly
    every division can be upheld by strategies that remember, when patience is near 1. Where all are perfectly patient
    (patience 1) the answer is the limit of equal rates of impatience, the Nash division.

    Raises
    ------
    NotConverged : where Newton's method misses its tolerance.

    >>> solve(Unanimity(patience=(0.5, 0.5, 0.5))).offers[0] * 7
    array([4., 2., 1.])
    """
    return _random(rules) if rules.proposer == "random" else _rotating(rules)


def _random(rules: Unanimity) -> StationaryPlan:
    floors = stationary_floors(rules.discounts, rules.opening, rules.tastes)[0]
    return _plan(np.tile(floors, (len(floors), 1)))


def _plan(accepts: Floats) -> StationaryPlan:
    """Everybody else gets what they accept, the proposer keeps the rest."""
    offers = accepts.copy()
    np.fill_diagonal(offers, 0.0)
    np.fill_diagonal(offers, 1 - offers.sum(axis=1))
    return StationaryPlan(offers, accepts)


def _rotating(rules: Unanimity) -> StationaryPlan:
    """Shares of the offers of all proposers, from what everybody keeps as proposer."""
    ahead, discounts = _rounds_ahead(rules), rules.discounts
    powers = isinstance(rules.tastes, Power)
    exponents = np.broadcast_to(rules.tastes.exponents if isinstance(rules.tastes, Power) else 1.0, discounts.shape)
    if (discounts == 1).any():
        return _plan(np.tile(_timeless(ahead, discounts, exponents, rules.tastes), (len(ahead), 1)))
    shares = _of_powers(ahead, discounts, exponents)
    return _plan(shares if powers else _by_newton(ahead, discounts, rules.tastes, np.diag(shares)))


def _timeless(ahead: NDArray[np.intp], discounts: Floats, exponents: Floats, tastes: Tastes) -> Floats:
    """(n,) the limit of equal rates for those with patience 1; others get nothing, but their turns count."""
    chances = _turns(ahead, discounts ** (1 / exponents))
    return nash_shares(np.where(discounts == 1, chances, 0.0), tastes)


def _rounds_ahead(rules: Unanimity) -> NDArray[np.intp]:
    """(n, n) how many rounds after an offer of the row's player it is the column's turn."""
    line = [int(rules.opening.argmax())]
    while len(line) < len(rules.players):
        line.append(int(rules.succession[line[-1]].argmax()))
    place = np.argsort(line)
    return np.asarray((place[None, :] - place[:, None]) % len(line))


def _of_powers(ahead: NDArray[np.intp], discounts: Floats, exponents: Floats) -> Floats:
    r"""(n, n) offered shares where share j fades by $\beta_j = \delta_j^{1/e_j}$ per round before j's turn.

    j keeps y_j as proposer and is offered $\beta_j^k y_j$ k rounds before, and every offer sums to 1; the y_j are in
    proportion to $z_j/(1 - \beta_j)$, with the z of ``_turns``.
    """
    fading = discounts ** (1 / exponents)
    with np.errstate(divide="ignore"):  # no patience at all: the logarithm is minus infinity, and nothing remains
        lost = -np.expm1(np.log(discounts) / exponents)
    shares = fading**ahead * (_turns(ahead, fading) / lost)
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))


def _turns(ahead: NDArray[np.intp], fading: Floats) -> Floats:
    r"""(n,) what j loses from its own offer to the one before, $z_j = (1 - \beta_j) y_j$, as parts of their sum.

    Offers one after another both sum to 1, so what some lose the others win:

        z_i (1 + b_i + ... + b_i^(n-2)) = sum over j != i of b_j^(k_ij - 1) z_j,

    with k_ij rounds from i's turn to j's. The columns of this matrix sum to 0, and only its diagonal is negative: the z
    are the long-run chances of a Markov chain, so they exist, are positive and unique, also where patience is near 1.
    """
    flows = fading ** np.maximum(ahead - 1, 0)
    np.fill_diagonal(flows, 0.0)
    np.fill_diagonal(flows, -flows.sum(axis=0))
    flows[-1] = 1.0
    return np.asarray(np.linalg.solve(flows, np.eye(len(fading))[-1]))


def _by_newton(ahead: NDArray[np.intp], discounts: Floats, tastes: Tastes, own: Floats) -> Floats:
    """(n, n) offered shares for any tastes: Newton's method on what proposers keep, ``own`` (n,) with linear tastes."""
    worths = discounts**ahead
    for _ in range(MOST_STEPS):
        offers = tastes.share(worths * tastes.worth(own))
        slopes = worths * tastes.slope(own) / tastes.slope(offers)
        step = np.linalg.solve(slopes, 1 - offers.sum(axis=1))
        while ((own + step <= 0) | (own + step > 1)).any() and np.abs(step).max() > CLOSE:
            step = step / 2
        own = own + step
        if np.abs(step).max() <= CLOSE / (1 - discounts.max()):
            return np.asarray(tastes.share(worths * tastes.worth(own)))
    raise NotConverged("the stationary equilibrium was not found by Newton's method; is patience very near 1?")
