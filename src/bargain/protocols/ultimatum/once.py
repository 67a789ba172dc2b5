"""Take it or leave it: the best offer, the trade-off between risk and return, and what knowing the type is worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.protocols.ultimatum.plan import OneOffer
from bargain.protocols.ultimatum.rules import Ultimatum

__all__ = ["EQUAL", "Informed", "Satisfied", "expected", "informed", "offer_once", "tradeoff"]

Floats = NDArray[np.float64]

EQUAL = 1e-9
"""Expected payoffs that differ by less than this part of what is at stake are ties, as everywhere in this package."""


@dataclass(frozen=True)
class Satisfied:
    """A set of types that an offer can satisfy while the others refuse, and the best offer that does so.

    ``types``: their indices; ``offer``: its index; ``chance`` of agreement; ``expected``: the proposer's payoff.
    """

    types: tuple[int, ...]
    offer: int
    chance: float
    expected: float


@dataclass(frozen=True, eq=False)
class Informed:
    """The proposer's answer to each type if it knew the type. ``offers`` (K,): index, -1 where no deal is better.

    ``payoffs`` (K,), ``expected``: their mean.
    """

    offers: NDArray[np.int64]
    payoffs: Floats
    expected: float


def expected(rules: Ultimatum) -> Floats:
    """(k,) the proposer's expected payoff of every offer: sum over types of q * (offer if accepted, else refusal).

    >>> rules = Ultimatum([0.6, 0.8], [[0.4, 0.4], [0.2, 0.2]], [0.25, 0.75], [0.4, 0.4], [0.4, 0.2])
    >>> expected(rules).round(12).tolist()
    [0.6, 0.7]
    """
    accepted = rules.acceptable @ rules.chances
    kept = rules.acceptable @ (rules.chances * rules.refusal)
    return np.asarray(rules.proposer * accepted + float(rules.chances @ rules.refusal) - kept)


def offer_once(rules: Ultimatum) -> OneOffer:
    """The subgame-perfect ultimatum (Fearon 1995, Int. Org. 49:379): the best offer to types that accept iff it pays.

    Ties are listed, the first offer in order is made.

    >>> two = Ultimatum([0.6, 0.8], [[0.4, 0.4], [0.2, 0.2]], [0.25, 0.75], [0.4, 0.4], [0.4, 0.2])
    >>> offer_once(two).offer, offer_once(two).accepts[1].tolist()
    (1, [False, True])
    """
    worth = expected(rules)
    best = np.flatnonzero(worth >= worth.max() - EQUAL * rules.stakes[0])
    return OneOffer(int(best[0]), tuple(best.tolist()), rules.acceptable)


def tradeoff(rules: Ultimatum) -> tuple[Satisfied, ...]:
    """For every set of types that some offer satisfies, the best such offer; from the safest to the riskiest.

    >>> two = Ultimatum([0.6, 0.8], [[0.4, 0.4], [0.2, 0.2]], [0.25, 0.75], [0.4, 0.4], [0.4, 0.2])
    >>> [(row.types, row.chance, round(row.expected, 12)) for row in tradeoff(two)]
    [((0, 1), 1.0, 0.6), ((1,), 0.75, 0.7)]
    """
    worth = expected(rules)
    order = np.argsort(-rules.proposer, kind="stable")
    _, places = np.unique(rules.acceptable[order], axis=0, return_index=True)
    rows = []
    for offer in order[places].tolist():
        types = tuple(np.flatnonzero(rules.acceptable[offer]).tolist())
        chance = float(rules.chances[list(types)].sum())
        rows.append(Satisfied(types, offer, chance, float(worth[offer])))
    return tuple(sorted(rows, key=lambda row: (-row.chance, row.types)))


def informed(rules: Ultimatum) -> Informed:
    """What the proposer would offer each type if it knew it, and what that is worth beforehand.

    The value of information is ``informed(rules).expected`` less the best expected payoff.

    >>> two = Ultimatum([0.6, 0.8], [[0.4, 0.4], [0.2, 0.2]], [0.25, 0.75], [0.4, 0.4], [0.4, 0.2])
    >>> informed(two).offers.tolist(), round(informed(two).expected, 12)
    ([0, 1], 0.75)
    """
    worth = np.where(rules.acceptable, rules.proposer[:, None], -np.inf)
    offers = np.argmax(worth, axis=0)
    best = worth[offers, np.arange(len(offers))]
    agreed = best >= rules.refusal
    payoffs = np.where(agreed, best, rules.refusal)
    return Informed(np.where(agreed, offers, -1), payoffs, float(rules.chances @ payoffs))
