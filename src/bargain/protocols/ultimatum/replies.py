"""The last round after a refusal: which replies a belief calls for, and at which beliefs two replies are equal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable
from bargain.protocols.ultimatum.rules import Ultimatum

__all__ = ["MOST_TYPES", "Menu", "Refusal", "menu_of", "refusals"]

Floats = NDArray[np.float64]

MOST_TYPES = 10
"""So many types without a common order have 1024 sets that may refuse, each with its belief; more take too long."""
DUST = 1e-12
"""Gains of the proposer that differ by less than this part of what is at stake are equal: the rounding of sums."""


@dataclass(frozen=True, eq=False)
class Menu:
    """The offers that some belief may call for in the last round.

    ``offers`` (M,): indices; ``gains`` (M, K): the proposer's gain over refusal from each type, 0 where it refuses;
    ``rents`` (M, K): each type's gain over refusal, at least 0.
    """

    offers: NDArray[np.int64]
    gains: Floats
    rents: Floats


@dataclass(frozen=True, eq=False)
class Refusal:
    """A hypothesis about a refused first offer: each type's chance to have refused it, and what is offered then.

    ``refuse`` (K,); ``belief`` (K,); ``low`` and ``high``: places in the menu of the two replies, equal where there is
    one; ``mixer``: the type that is then indifferent and makes them equally good, -1 for none; ``watched``: the types
    that have to be looked at, all or, where they have an order, those next to the border between refusing and not.
    """

    refuse: Floats
    belief: Floats
    low: int
    high: int
    watched: tuple[int, ...]
    mixer: int = -1


def menu_of(rules: Ultimatum) -> Menu:
    """The replies worth making: not beaten for every belief by another; the first of equals."""
    kinds = np.where(rules.acceptable, rules.proposer[:, None] - rules.refusal, 0.0)
    order = np.argsort(-rules.proposer, kind="stable")
    _, first = np.unique(rules.acceptable[order], axis=0, return_index=True)
    places = np.sort(order[first])
    kept = places[_not_beaten(kinds[places], DUST * rules.stakes[0])]
    return Menu(kept, kinds[kept], np.maximum(rules.rents[kept], 0.0))


def _not_beaten(rows: Floats, dust: float) -> NDArray[np.bool_]:
    """Mark rows that no other row weakly exceeds everywhere; of equal rows the first."""
    kept = np.ones(len(rows), dtype=bool)
    for place, row in enumerate(rows):
        over = (rows >= row - dust).all(axis=1) & kept
        better = over & ((rows > row + dust).any(axis=1) | (np.arange(len(rows)) < place))
        kept[place] = not better.any()
    return kept


def refusals(rules: Ultimatum, menu: Menu) -> list[Refusal]:
    """Every hypothesis in which types refuse for sure or accept for sure, but for one at most that does both."""
    kinds = len(rules.chances)
    order = skimming_order(rules)
    found = list(_surprises(rules, menu, order))
    for first, mixers in _candidates(rules, order):
        refuse = np.zeros(kinds)
        refuse[list(first)] = 1.0
        size, everybody = len(first), tuple(range(kinds))
        if first:
            found += _sure(rules, menu, refuse, everybody if order is None else order[size - 1 : size + 1])
        for mixer in mixers:
            watched = everybody if order is None else order[max(size - 1, 0) : size + 2]
            found += _mixed(rules, menu, refuse, mixer, watched)
    return found


def _candidates(rules: Ultimatum, order: tuple[int, ...] | None) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Sets of types that may refuse together, each with the types that may be the next to refuse."""
    kinds = len(rules.chances)
    if order is not None:
        for size in range(kinds + 1):
            yield order[:size], order[size : size + 1]
        return
    if kinds > MOST_TYPES:
        raise NotApplicable(
            f"{kinds} types have no common order of reluctance; two rounds are solved for at most {MOST_TYPES} of such"
        )
    for size in range(kinds + 1):
        for first in combinations(range(kinds), size):
            yield first, tuple(kind for kind in range(kinds) if kind not in first)


def skimming_order(rules: Ultimatum) -> tuple[int, ...] | None:
    """Types from the most reluctant on, if whatever one accepts all later ones accept too; None if that is not sure.

    Enough is: where a type may accept, the next gains more by at least its lead in any later rent, discounted. It
    holds for a buyer's values and for costs of conflict (Fudenberg and Tirole 1991, Game Theory, 10.2: skimming).
    """
    rents, later = rules.rents, np.maximum(rules.rents, 0.0) * rules.waits
    order = np.argsort(np.where(np.isfinite(rents), rents, 0.0).sum(axis=0), kind="stable")
    for less, more in pairwise(order.tolist()):
        may = rents[:, less] >= 0
        with np.errstate(invalid="ignore"):
            lead = (rents[may, more] - rents[may, less]).min(initial=np.inf)
        most = float((later[:, more] - later[:, less]).max(initial=0.0))
        dust = DUST * float(rules.stakes[1].max())
        if lead < most - dust or lead < -dust:
            return None
    return tuple(order.tolist())


def _surprises(rules: Ultimatum, menu: Menu, order: tuple[int, ...] | None) -> Iterator[Refusal]:
    """Nobody refuses, so a refusal may be laid to any one type; if all accept once the most reluctant does, to that."""
    nobody = np.zeros(len(rules.chances))
    for kind in range(len(rules.chances)) if order is None else order[:1]:
        belief = nobody.copy()
        belief[kind] = 1.0
        place = int(np.argmax(menu.gains[:, kind]))
        yield Refusal(nobody, belief, place, place, tuple(range(len(nobody))) if order is None else order[:1])


def _sure(rules: Ultimatum, menu: Menu, refuse: Floats, watched: tuple[int, ...]) -> list[Refusal]:
    """One set refuses; every reply that is best against it."""
    belief = rules.chances * refuse / (rules.chances @ refuse)
    worth = menu.gains @ belief
    best = np.flatnonzero(worth >= worth.max() - DUST * rules.stakes[0]).tolist()
    return [Refusal(refuse, belief, place, place, watched) for place in best]


def _mixed(rules: Ultimatum, menu: Menu, refuse: Floats, mixer: int, watched: tuple[int, ...]) -> Iterator[Refusal]:
    """A set refuses and one more type in part: the parts at which the best reply changes."""
    base = menu.gains @ (rules.chances * refuse)
    slope = menu.gains[:, mixer] * rules.chances[mixer]
    for part, low, high in _turns(base, slope, DUST * rules.stakes[0]):
        chances = refuse.copy()
        chances[mixer] = part
        mass = rules.chances @ chances
        if mass > 0:
            yield Refusal(chances, rules.chances * chances / mass, low, high, watched, mixer)


def _turns(base: Floats, slope: Floats, dust: float) -> Iterator[tuple[float, int, int]]:
    """Where the highest line base + part * slope changes on [0, 1]: the part, the lines before and after."""
    start = base >= base.max() - dust
    for low in np.flatnonzero(start).tolist():
        if slope[low] == slope[start].min():
            now = low
            break
    part = 0.0
    while True:
        steeper = slope > slope[now] + dust
        if not steeper.any():
            return
        meets = np.full(len(base), np.inf)
        np.divide(base[now] - base, slope - slope[now], out=meets, where=steeper)
        part = max(part, float(meets.min()))
        if part > 1.0 + DUST:
            return
        after = np.flatnonzero(meets <= max(float(meets.min()), 0.0) + DUST)
        nxt = int(after[np.argmax(slope[after])])
        yield min(part, 1.0), now, nxt
        now = nxt
