"""Stationary equilibria of unanimity bargaining in single agreements, without end and without lotteries."""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable
from bargain.protocols.alternating_offers.unanimity_horizon import SLACK, line_after, named
from bargain.protocols.alternating_offers.unanimity_set_rules import SetPlan, UnanimityOver

__all__ = ["solve_discrete"]

Floats = NDArray[np.float64]
Profile = tuple[int, ...]

MOST_PAIRS = 4_000_000
"""Pairs of agreements that are compared for a rotating proposer: a few seconds."""
MOST_PROFILES = 100_000
"""Offers of all proposers that are tried in full for a random one: a few seconds."""
MOST_STARTS = 100
"""Beyond that, best replies start from so many agreements, those nearest to where fine sets tend."""
MOST_ROUNDS = 200
"""A search from one start is given up after so many rounds; it ends or runs in a circle long before."""

NOTHING = 1e-300
"""Gains of nothing, for logarithms."""

ADVICE = "set a last round (horizon: 100, say), which backward induction answers exactly, or allow lotteries"


def solve_discrete(rules: UnanimityOver) -> SetPlan:
    """A stationary subgame-perfect equilibrium in which every proposer names one agreement, and all accept it.

    Such an equilibrium need not exist, and often there are many: if no small change is possible, any agreement may hold
    itself up (van Damme, Selten and Winter 1990, Games Econ. Behav. 2:188, recalled). For a rotating proposer all of
    them are found: what i names is a function of what the next in line would name, so they are the fixed points of one
    map from agreements to agreements, ties being settled as the rules say. For a random proposer all are found where
    there are few combinations of offers, and otherwise those that repeated best replies lead to. The one that is
    returned has the largest product of expected gains, each raised to ``p d/(1 - d)``, to which fine sets tend; the
    plan counts the others and has the range of payoffs over all.

    No stationary equilibrium has delay: if i would rather wait, so would everybody whose turn it is, and nothing is
    ever signed, but then any agreement with gains for all is better.

    Raises
    ------
    NotApplicable : where there is none, or none was found; the message says which, and what to do instead.
    """
    rational = np.flatnonzero((rules.gains >= -SLACK * rules.stakes).all(axis=1))
    if len(rational) == 0:
        raise NotApplicable("no agreement leaves everybody at or above disagreement, so nothing is ever signed")
    if (rules.discounts >= 1).any():
        raise NotApplicable("without end, a player of perfect patience never has to accept: write a patience below 1")
    found, complete = _rotating(rules, rational) if rules.proposer == "rotating" else _random(rules, rational)
    if not found:
        known = "there is no stationary equilibrium in single agreements"
        known += ", ties going to the next in line" if rules.proposer == "rotating" else ""
        known = known if complete else "no stationary equilibrium in single agreements was found"
        raise NotApplicable(f"{known}; {ADVICE}")
    return _plan(rules, found, complete)


def _rotating(rules: UnanimityOver, rational: NDArray[np.intp]) -> tuple[list[Profile], bool]:
    """The fixed points of naming the best agreement that beats waiting, once around the line."""
    if len(rational) ** 2 > MOST_PAIRS:
        raise NotApplicable(f"{len(rational)} rational agreements are too many to compare in pairs; {ADVICE}")
    first = int(rules.opening.argmax())
    line = line_after(rules, first)
    slack = SLACK * rules.stakes
    reply: dict[tuple[int, int], int] = {}
    found = []
    for start in rational.tolist():
        named_by, place = {first: start}, start
        for i in reversed(line[1:]):
            place = _replied(rules, reply, i, place, slack)
            named_by[i] = place
        if _replied(rules, reply, first, place, slack) == start:
            found.append(tuple(named_by[i] for i in range(len(line))))
    return found, True


def _replied(rules: UnanimityOver, known: dict[tuple[int, int], int], i: int, place: int, slack: Floats) -> int:
    """What i names where the next in line would name ``place``."""
    if (i, place) not in known:
        known[i, place] = named(rules, i, rules.discounts * rules.gains[place], slack)
    return known[i, place]


def _random(rules: UnanimityOver, rational: NDArray[np.intp]) -> tuple[list[Profile], bool]:
    """All combinations of offers where they are few, else those that best replies from every agreement lead to."""
    n = len(rules.players)
    if len(rational) ** n <= MOST_PROFILES:
        return [p for p in product(rational.tolist(), repeat=n) if _answers_itself(rules, p)], True
    starts = rational[np.argsort(-_products(rules, rules.gains[rational]), kind="stable")[:MOST_STARTS]]
    ends = {_led_to(rules, (start,) * n) for start in starts.tolist()}
    return sorted(end for end in ends if end is not None), False


def _waiting(rules: UnanimityOver, profile: Profile) -> Floats:
    return np.asarray(rules.discounts * (rules.opening @ rules.gains[list(profile)]))


def _answers_itself(rules: UnanimityOver, profile: Profile) -> bool:
    """Whether every offer is accepted and the best of those that are, whichever way ties are settled."""
    waiting, slack = _waiting(rules, profile), SLACK * rules.stakes
    gains = rules.gains[list(profile)]
    if not (gains >= waiting - slack).all():
        return False
    content = rules.gains >= waiting - slack
    for i in range(len(profile)):
        others = np.delete(content, i, axis=1).all(axis=1)
        if rules.gains[others, i].max() > gains[i, i] + slack[i]:
            return False
    return True


def _led_to(rules: UnanimityOver, profile: Profile) -> Profile | None:
    seen: set[Profile] = set()
    for _ in range(MOST_ROUNDS):
        waiting = _waiting(rules, profile)
        new = tuple(named(rules, i, waiting, SLACK * rules.stakes) for i in range(len(profile)))
        if new == profile:
            return profile
        if new in seen or min(new) < 0:
            return None
        seen.add(new)
        profile = new
    return None


def _products(rules: UnanimityOver, gains: Floats) -> Floats:
    """(k,) the logarithm of the product of (k, n) gains, each raised to p d/(1 - d); p is 1 where turns rotate."""
    weights = rules.discounts / (1 - rules.discounts)
    weights = weights * rules.opening if rules.proposer == "random" else weights
    return np.asarray(np.log(np.maximum(gains / rules.stakes, NOTHING)) @ weights)


def _plan(rules: UnanimityOver, found: list[Profile], complete: bool) -> SetPlan:
    """The equilibrium with the largest product, among its likes."""
    expected = np.array([rules.opening @ rules.gains[list(profile)] for profile in found])
    profile = found[int(_products(rules, expected).argmax())]
    waiting = rules.discounts * (rules.succession @ rules.gains[list(profile)])
    chances = np.zeros((len(profile), len(rules.points)))
    chances[np.arange(len(profile)), profile] = 1.0
    accepts = rules.disagreement + waiting - SLACK * rules.stakes
    payoffs = rules.disagreement + expected
    return SetPlan(chances, accepts, None, len(found) - 1, payoffs.min(axis=0), payoffs.max(axis=0), complete)
