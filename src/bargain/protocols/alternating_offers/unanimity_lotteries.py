"""Stationary equilibria of unanimity bargaining where an offer may be a lottery over agreements.

Let row i of X be the gains that player i offers. Everybody else accepts what waiting is worth, R = d * (Q X) with
patience d and succession Q, and the offer is the lottery that is best for i among those: a linear programme, whose
answer is a linear function of R as long as the same agreements are mixed and the same floors bind. So there are two
kinds of steps. One plays the game a round longer (X from R from X); it always can be done. The other solves the linear
system of the present mixtures and floors for an X that reproduces itself: Newton's method, exact once these are right.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable, NotConverged
from bargain.protocols.alternating_offers.unanimity_set_rules import SetPlan, UnanimityOver

__all__ = ["solve_lotteries"]

Floats = NDArray[np.float64]

MOST_STEPS = 300
"""Rounds and jumps together; a handful of jumps is the rule."""
CLOSE = 1e-12
"""Offers that move by no more than this part of what is at stake reproduce themselves."""
SLACK = 1e-12
"""By so much of what is at stake a responder's floor is lowered, so that rounding refuses nothing."""
DUST = 1e-10
"""Chances, or distances from a floor, below this are rounding of the linear programme."""
NO_WAY = "a player of perfect patience never has to accept: write a patience below 1"


class Answer(NamedTuple):
    """An offer: chances (k,), the agreements with a chance, the players whose floors bind, and prices (n,)."""

    chances: Floats
    mixed: NDArray[np.intp]
    binding: NDArray[np.intp]
    prices: Floats


def solve_lotteries(rules: UnanimityOver) -> SetPlan:
    """A stationary subgame-perfect equilibrium over all lotteries, in which every offer is accepted at once.

    What is found reproduces itself to rounding, which proves it an equilibrium. That it is always found is not proved,
    nor that it is the only stationary one; over a pie, it is.

    Raises
    ------
    NotApplicable : where not all can gain from agreeing, or somebody's patience is perfect.
    NotConverged : where steps end short of an equilibrium.
    """
    if (rules.discounts >= 1).any():
        raise NotApplicable(f"without end, {NO_WAY}")
    if not (rules.gains.max(axis=0) > 0).all():
        raise NotApplicable("not everybody can gain from agreeing")
    scaled, n = rules.gains / rules.stakes, len(rules.players)
    offers = _answers(scaled, np.zeros((n, n)))
    gains = _gains(scaled, offers)
    for _ in range(MOST_STEPS):
        following = _answers(scaled, _floors(rules, gains))
        longer = _gains(scaled, following)
        miss = np.abs(longer - gains).max()
        if miss <= CLOSE:
            return _plan(rules, longer, following)
        jump = _jumped(rules, scaled, following)
        near = _miss(rules, scaled, jump)
        gains = jump if near < miss else longer
    raise NotConverged(f"stationary offers still move by {miss:.1g} of what is at stake")


def _floors(rules: UnanimityOver, gains: Floats) -> Floats:
    """(n, n) what waiting is worth to the column's player while the row's proposes."""
    return np.asarray(rules.discounts * (rules.succession @ gains))


def _gains(scaled: Floats, answers: list[Answer]) -> Floats:
    return np.array([answer.chances @ scaled for answer in answers])


def _miss(rules: UnanimityOver, scaled: Floats, gains: Floats) -> float:
    """How far offers are from reproducing themselves; infinite where they ask for too much."""
    try:
        return float(np.abs(_gains(scaled, _answers(scaled, _floors(rules, gains))) - gains).max())
    except NotApplicable:
        return np.inf


def _answers(scaled: Floats, floors: Floats) -> list[Answer]:
    return [_best(scaled, i, floors[i]) for i in range(len(floors))]


def _best(scaled: Floats, i: int, floors: Floats) -> Answer:
    """The lottery that is best for i while nobody else is below its floor."""
    from scipy.optimize import linprog

    k, n = scaled.shape
    others = np.flatnonzero(np.arange(n) != i)
    answer = linprog(
        -scaled[:, i], A_ub=-scaled[:, others].T, b_ub=-floors[others], A_eq=np.ones((1, k)), b_eq=[1.0], method="highs"
    )
    if answer.status != 0:
        raise NotApplicable("not everybody can gain from agreeing")
    mixed = np.flatnonzero(answer.x > DUST)
    binding = others[answer.ineqlin.residual <= DUST]
    prices = np.zeros(n)
    prices[i], prices[others] = 1.0, np.maximum(-answer.ineqlin.marginals, 0.0)
    chances = np.zeros(k)
    chances[mixed] = answer.x[mixed]
    if len(mixed) == len(binding) + 1:  # a corner, whose chances follow from the floors to the last digit
        chances[mixed] = np.linalg.solve(_corner(scaled, mixed, binding), np.append(1.0, floors[binding]))
    chances = np.maximum(chances, 0.0)
    return Answer(chances / chances.sum(), mixed, binding, prices)


def _corner(scaled: Floats, mixed: NDArray[np.intp], binding: NDArray[np.intp]) -> Floats:
    """Rows that a corner's chances satisfy: they sum to 1, and give the binding players their floors."""
    return np.vstack([np.ones(len(mixed)), scaled[np.ix_(mixed, binding)].T])


def _jumped(rules: UnanimityOver, scaled: Floats, answers: list[Answer]) -> Floats:
    """The offers that reproduce themselves if the same agreements are mixed and the same floors bind."""
    n = len(answers)
    system, right = np.eye(n * n), np.zeros(n * n)
    for i, answer in enumerate(answers):
        # Row i of X is chances @ scaled, and the chances are an affine function of the binding floors.
        response = scaled[answer.mixed].T @ np.linalg.pinv(_corner(scaled, answer.mixed, answer.binding))
        right[i * n : (i + 1) * n] = response[:, 0]
        for place, j in enumerate(answer.binding):
            for k in range(n):
                weight = rules.discounts[j] * rules.succession[i, k]
                system[i * n : (i + 1) * n, k * n + j] -= response[:, place + 1] * weight
    return np.asarray(np.linalg.lstsq(system, right, rcond=None)[0].reshape(n, n))


def _plan(rules: UnanimityOver, gains: Floats, answers: list[Answer]) -> SetPlan:
    floors = _floors(rules, gains) - SLACK
    prices = np.array([answer.prices for answer in answers]) / rules.stakes
    chances = np.array([answer.chances for answer in answers])
    expected = rules.disagreement + rules.opening @ (chances @ rules.gains)
    return SetPlan(
        chances=chances,
        accepts=rules.disagreement + rules.stakes * floors,
        prices=prices / prices.diagonal()[:, None],
        others=0,
        lowest=expected,
        highest=expected,
        complete=False,
    )
