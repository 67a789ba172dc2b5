"""Two offers to hidden types: a perfect Bayesian equilibrium by search over who refuses the first offer.

After every first offer a set of types refuses, the proposer's belief is theirs by Bayes' rule, and its second offer is
best against that belief; every type compares the first offer with what it foresees. Where no set is stable, one type
refuses with just the chance that makes two second offers equally good, and these are drawn so that it is indifferent;
where that does not do either, several types mix (`mixing.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotConverged
from bargain.protocols.ultimatum.mixing import Mixture, mixture_after
from bargain.protocols.ultimatum.once import EQUAL
from bargain.protocols.ultimatum.plan import TwoOffers
from bargain.protocols.ultimatum.replies import Menu, Refusal, menu_of, refusals
from bargain.protocols.ultimatum.rules import INDIFFERENT, Ultimatum

__all__ = ["Continuations", "continuations", "offer_twice"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Continuations:
    """What follows every first offer, the best for the proposer where several are equilibria.

    ``worth`` (k,): the proposer's payoff; ``least`` (k,): the lowest among the equilibria found, leaving out those in
    which a type draws although it need not; ``chosen`` (k,): a place in ``refusals``; ``weights`` (k,): the chance of
    the reply ``high``; ``menu``: the replies; ``mixtures``: first offers after which two types or
    more mix.
    """

    worth: Floats
    least: Floats
    chosen: NDArray[np.int64]
    weights: Floats
    refusals: list[Refusal]
    menu: Menu
    mixtures: dict[int, Mixture]


def offer_twice(rules: Ultimatum) -> TwoOffers:
    """The perfect Bayesian equilibrium of two offers that is best for the proposer among those found.

    A buyer with value 2 (chance 0.55) or 1, and a seller with cost 0, both with factor 0.5: the first price is
    2 - 0.5 * (2 - 1) = 1.5, then 1 (Fudenberg and Tirole 1991, Game Theory, 10.2).

    >>> prices = np.array([2, 1.5, 1])
    >>> sale = Ultimatum(prices, [2, 1] - prices[:, None], [0.55, 0.45], [0, 0], [0, 0], rounds=2, patience=(0.5, 0.5))
    >>> plan = offer_twice(sale)
    >>> plan.offer, plan.accepts[1].tolist(), plan.replies[1].tolist()
    (1, [1.0, 0.0], [2, 2])
    """
    after = continuations(rules)
    best = np.flatnonzero(after.worth >= after.worth.max() - EQUAL * rules.stakes[0])
    chosen = [after.mixtures.get(offer, after.refusals[place]) for offer, place in enumerate(after.chosen.tolist())]
    replies, weights = _replies(after)
    refuse = np.array([some.refuse for some in chosen])
    return TwoOffers(
        offer=int(best[0]),
        ties=tuple(best.tolist()),
        accepts=1.0 - refuse,
        beliefs=np.array([some.belief for some in chosen]),
        replies=after.menu.offers[replies],
        weights=weights,
        accepts_last=rules.acceptable,
        surprise=np.asarray((refuse == 0).all(axis=1)),
        worth=after.worth,
        supported=(float(after.least.max()), float(after.worth.max())),
    )


def _replies(after: Continuations) -> tuple[NDArray[np.int64], Floats]:
    """(k, w) places in the menu after every first offer, and their chances; what is not needed has none."""
    pairs = np.array([[some.low, some.high] for some in after.refusals])[after.chosen]
    wide = max([2, *(len(some.places) for some in after.mixtures.values())])
    replies = np.pad(pairs, ((0, 0), (0, wide - 2)), mode="edge")
    weights = np.zeros(replies.shape)
    weights[:, 0], weights[:, 1] = 1.0 - after.weights, after.weights
    for offer, some in after.mixtures.items():
        count = len(some.places)
        replies[offer, :count], weights[offer] = some.places, np.pad(some.weights, (0, wide - count))
    return replies, weights


def continuations(rules: Ultimatum) -> Continuations:
    """Equilibria after every first offer; `NotConverged` if none is found after one."""
    menu = menu_of(rules)
    found = refusals(rules, menu)
    k = len(rules.proposer)
    worth, least = np.full(k, -np.inf), np.full(k, np.inf)
    chosen, weights, edge = np.full(k, -1), np.zeros(k), np.full(k, np.inf)
    for place, some in enumerate(found):
        offers, shares = _stable(rules, menu, some)
        value = _worth(rules, menu, some, offers, shares)
        better = value > worth[offers] + EQUAL * rules.stakes[0]
        here = offers[better]
        worth[here], chosen[here], weights[here] = value[better], place, shares[better]
        drawn = (shares > 0) & (shares < 1) if some.mixer >= 0 else np.ones(len(offers), dtype=bool)
        least[offers[drawn]] = np.minimum(least[offers[drawn]], value[drawn])
        edge[offers[~drawn]] = np.minimum(edge[offers[~drawn]], value[~drawn])
    least = np.where(np.isfinite(least), least, edge)
    mixtures = {offer: _mixture(rules, menu, offer) for offer in np.flatnonzero(chosen < 0).tolist()}
    for offer, mixture in mixtures.items():
        worth[offer] = least[offer] = mixture.worth
    return Continuations(worth, least, np.maximum(chosen, 0), weights, found, menu, mixtures)


def _mixture(rules: Ultimatum, menu: Menu, offer: int) -> Mixture:
    found = mixture_after(rules, menu, offer)
    if found is None:
        raise NotConverged(f"no equilibrium was found after first offer {offer}, where two types or more have to mix")
    return found


def _stable(rules: Ultimatum, menu: Menu, some: Refusal) -> tuple[NDArray[np.int64], Floats]:
    """(j,) the first offers after which a hypothesis holds, and the chances of its reply ``high`` there."""
    watched = list(some.watched)
    low, high = menu.rents[some.low], menu.rents[some.high]
    offers, shares = np.arange(len(rules.proposer)), np.zeros(len(rules.proposer))
    if some.mixer >= 0:
        offers, shares = _balancing(rules, some.mixer, float(low[some.mixer]), float(high[some.mixer]))
    dust, refuse = (INDIFFERENT * rules.stakes[1])[watched], some.refuse[watched]
    later = (rules.waits * low)[watched, None] + (rules.waits * (high - low))[watched, None] * shares
    gap = (rules.rents_by_type[watched][:, offers] - later).T
    if some.mixer >= 0:
        fits = np.where(refuse > 0, gap <= dust, gap >= -dust) | ((refuse > 0) & (refuse < 1))
    else:
        fits = np.where(refuse > 0, gap < -dust, gap >= -dust)
    holds = fits.all(axis=1)
    return offers[holds], shares[holds]


def _balancing(rules: Ultimatum, mixer: int, low: float, high: float) -> tuple[NDArray[np.int64], Floats]:
    """The first offers at which some mixture of two replies leaves a type indifferent, and the share of the second."""
    factor, rents = float(rules.waits[mixer]), rules.rents_by_type[mixer]
    dust = INDIFFERENT * float(rules.stakes[1][mixer])
    if factor * abs(high - low) <= dust:
        offers = np.flatnonzero(np.abs(rents - factor * low) <= dust)
        return np.repeat(offers, 2), np.tile([0.0, 1.0], len(offers))
    shares = (rents - factor * low) / (factor * (high - low))
    room = dust / (factor * abs(high - low))
    offers = np.flatnonzero((shares >= -room) & (shares <= 1.0 + room))
    return offers, np.clip(shares[offers], 0.0, 1.0)


def _worth(rules: Ultimatum, menu: Menu, some: Refusal, offers: NDArray[np.int64], shares: Floats) -> Floats:
    """(j,) the proposer's payoff from first offers under a hypothesis."""
    agreed = rules.chances * (1.0 - some.refuse)
    now = rules.proposer[offers] * agreed.sum() - agreed @ rules.refusal
    refused = rules.chances * some.refuse
    low, high = refused @ menu.gains[some.low], refused @ menu.gains[some.high]
    later = rules.patience[0] * (low + shares * (high - low))
    return np.asarray(float(rules.chances @ rules.refusal) + now + later)
