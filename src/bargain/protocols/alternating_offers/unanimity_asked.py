"""Stationary equilibria of unanimity bargaining over agreements that are asked for one by one."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable
from bargain.protocols.alternating_offers.unanimity_asked_rules import AskedPlan, UnanimityAsked

__all__ = ["solve_asked"]

Floats = NDArray[np.float64]

MOST_ROUNDS = 200
"""Rounds by which the game is made longer; on a convex set with few players a dozen is enough."""
REMEMBERED = 8
"""Rounds from which the next one is extrapolated."""
LEAST_EXACT = 1e-10
"""Offers that move by no more than this part of what is at stake, or a tenth of the accuracy, reproduce themselves."""

NOT_FOUND = "no stationary equilibrium in single agreements was found"
ADVICE = "set a last round (horizon: 20, say), or allow lotteries"


def solve_asked(rules: UnanimityAsked) -> AskedPlan:
    """A stationary subgame-perfect equilibrium in which every offer is accepted.

    Offers are what the game a round longer makes of them: with everybody else left what waiting is worth, the best for
    the proposer. Offers that reproduce themselves are sought by playing ever longer games, each round extrapolated from
    those before (Anderson 1965, J. ACM 12:547, recalled). What is found is proved by reproducing itself; that it is
    always found is not proved, nor that it is the only one.

    Raises
    ------
    NotApplicable : where nothing is rational, patience is perfect, or no offers were found that reproduce themselves.
    """
    if (rules.discounts >= 1).any():
        raise NotApplicable("without end, a player of perfect patience never has to accept: write a patience below 1")
    n = len(rules.players)
    found = _longer(rules, np.zeros((n, n)))
    if found is None:
        raise NotApplicable("no agreement leaves everybody at or above disagreement, so nothing is ever signed")
    close = max(LEAST_EXACT, rules.accuracy / 10)
    seen: list[tuple[Floats, Floats]] = []
    gains, places = found
    for _ in range(MOST_ROUNDS):
        found = _longer(rules, gains)
        if found is None and not seen:
            raise NotApplicable(f"{NOT_FOUND}: no agreement gives everybody what waiting is worth; {ADVICE}")
        if found is None:  # an extrapolation asked for too much
            gains, seen = seen[-1][1], []
            continue
        longer, places = found
        moved = np.abs(longer - gains).max()
        if moved <= close:
            return _plan(rules, longer, places)
        seen = [*seen[1 - REMEMBERED :], (gains, longer)]
        gains = _extrapolated(seen)
    raise NotApplicable(f"{NOT_FOUND}: offers still move by {moved:.1g} of what is at stake; {ADVICE}")


def _longer(rules: UnanimityAsked, gains: Floats) -> tuple[Floats, tuple[Any, ...]] | None:
    """(n, n) offers, in gains by stakes, if what follows a refusal is ``gains``; None if floors cannot be had."""
    floors = rules.discounts * (rules.succession @ gains)
    answers = [rules.best(i, rules.disagreement + rules.stakes * floor) for i, floor in enumerate(floors)]
    known = [answer for answer in answers if answer is not None]
    if len(known) < len(answers):
        return None
    offers = np.array([payoffs for payoffs, _ in known])
    return (offers - rules.disagreement) / rules.stakes, tuple(place for _, place in known)


def _extrapolated(seen: list[tuple[Floats, Floats]]) -> Floats:
    """The combination of the rounds seen whose moves cancel best, moved on by as much as they would."""
    before = np.array([one.ravel() for one, _ in seen])
    after = np.array([two.ravel() for _, two in seen])
    moves = after - before
    if len(seen) == 1:
        return seen[0][1]
    shares = np.linalg.lstsq((moves[:-1] - moves[-1]).T, -moves[-1], rcond=1e-10)[0]
    guess = after[-1] + shares @ (after[:-1] - after[-1])
    return np.asarray(np.maximum(guess, 0.0).reshape(seen[0][0].shape))


def _plan(rules: UnanimityAsked, gains: Floats, places: tuple[Any, ...]) -> AskedPlan:
    waiting = rules.discounts * (rules.succession @ gains)
    slack = rules.accuracy / 10
    return AskedPlan(
        offers=rules.disagreement + rules.stakes * gains,
        places=places,
        accepts=rules.disagreement + rules.stakes * (waiting - slack),
    )
