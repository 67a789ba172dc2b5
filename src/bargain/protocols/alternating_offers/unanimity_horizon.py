"""Unanimity with a last round, by backward induction over the agreements themselves: exact, on any list."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bargain.errors import UsageError
from bargain.protocols.alternating_offers.unanimity_set_rules import HorizonPlan, UnanimityOver

__all__ = ["line_after", "named", "solve_horizon"]

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

SLACK = 1e-10
"""Payoffs that differ by this part of what is at stake are the same: a tenth of what the judge takes for rounding."""


def solve_horizon(rules: UnanimityOver) -> HorizonPlan:
    """The subgame-perfect equilibrium of the game with ``rounds`` offers, unique given how indifference is settled.

    In the last round refusal means disagreement; before it, everybody accepts what is at least as good as what the
    next round is worth, and the proposer names the best agreement for itself that all others accept, or waits.

    >>> points = np.array([[3.0, 0.0], [2.0, 1.0], [1.0, 2.0], [0.0, 3.0]])
    >>> plan = solve_horizon(UnanimityOver(points, np.zeros(2), patience=(0.5, 0.5), horizon=2))
    >>> plan.offers[:, 0].tolist(), plan.offers[:, 1].tolist(), plan.accepts.round(3).tolist()
    ([2, -1], [-1, 3], [[-0.0, 1.5], [-0.0, -0.0]])
    """
    if rules.horizon is None:
        raise UsageError("a last round is missing", hint="write horizon")
    n, slack = len(rules.players), SLACK * rules.stakes
    offers = np.full((rules.horizon, n), -1, dtype=np.intp)
    accepts = np.empty((rules.horizon, n))
    chances = _chances(rules, rules.horizon)
    value = np.zeros(n)
    for t in range(rules.horizon - 1, -1, -1):
        waiting = rules.discounts * value
        value = np.zeros(n)
        for i in np.flatnonzero(chances[t]):
            place = named(rules, int(i), waiting, slack)
            offers[t, i] = place
            value += chances[t, i] * (waiting if place < 0 else rules.gains[place])
        accepts[t] = rules.disagreement + waiting - slack
    return HorizonPlan(offers, accepts)


def _chances(rules: UnanimityOver, rounds: int) -> Floats:
    """(rounds, n) who proposes when: the same every round, or in turn."""
    rows = [rules.opening]
    while len(rows) < min(rounds, len(rules.players)):
        rows.append(rows[-1] @ rules.succession)
    return np.resize(np.array(rows), (rounds, len(rules.players)))


def named(rules: UnanimityOver, proposer: int, waiting: Floats, slack: Floats) -> int:
    """The place of the best agreement for the proposer that leaves nobody else below ``waiting`` gains; -1 to wait."""
    content = rules.gains >= waiting - slack
    content[:, proposer] = True
    places: Places = np.flatnonzero(content.all(axis=1))
    if len(places) == 0 or rules.gains[places, proposer].max() < waiting[proposer] - slack[proposer]:
        return -1
    for player in line_after(rules, proposer):
        if len(places) == 1:
            break
        gains = rules.gains[places, player]
        places = places[gains >= gains.max() - slack[player]]
    return int(places[0])


def line_after(rules: UnanimityOver, proposer: int) -> list[int]:
    """The proposer and then the others, in the order of their turns (of their names in the file, if that is random)."""
    if rules.proposer == "random":
        return [(proposer + k) % len(rules.players) for k in range(len(rules.players))]
    line = [proposer]
    while len(line) < len(rules.players):
        line.append(int(rules.succession[line[-1]].argmax()))
    return line
