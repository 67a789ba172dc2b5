"""What can be offered in a scenario to a player of unknown type: efficient agreements, the best for sets of types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable
from bargain.geometry.choice import Place
from bargain.model.table import largest_sum, parts_of
from bargain.protocols.types import TypedProblem

__all__ = ["Offers", "offers_in"]

Floats = NDArray[np.float64]

MOST_LISTED = 100_000
"""Efficient agreements that are all offered in a single round."""
MOST_LISTED_TWICE = 2_000
"""The same with two rounds, where what follows every first offer is worked out."""
MOST_UNORDERED = 10
"""Types without an order, 1023 sets of which may be satisfied; each is a search of its own."""
SAME = 1e-9
"""Levels that differ by less than this part of what is at stake ask for the same agreement."""


@dataclass(frozen=True, eq=False)
class Offers:
    """``points`` (k, n): what each offer pays, columns those of the typed problem; ``places``: where it stands."""

    points: Floats
    places: tuple[Place, ...]


def offers_in(problem: TypedProblem, proposer: str, waits: Floats | None) -> Offers:
    """The offers worth making: listed efficient agreements, and the proposer's best for every set of types.

    ``waits`` (K,): the factors of the types where there is a second round, else None. Every offer leaves the other
    signatories what no deal pays them. The best for a set of types is exact also off the grid and where the frontier
    is too large to list; with a second round it is also asked for what each type could wait for.
    """
    agreements = problem.agreements
    most = MOST_LISTED if waits is None else MOST_LISTED_TWICE
    listed = agreements.frontier_listed and len(agreements.frontier.points) <= most
    points, places = np.zeros((0, len(problem.columns))), list[Place]()
    if listed:
        points = agreements.frontier.points
        places.extend(range(len(points)))
    if not listed or agreements.grid:
        asked, found = _asked(problem, proposer, waits)
        new = _new(problem, points, asked)
        points, places = np.vstack([points, asked[new]]), places + [found[place] for place in new]
    points = _settled(problem, points)
    fits = _consented(problem, proposer, points, first_round_only=waits is None)
    return Offers(points[fits], tuple(place for place, kept in zip(places, fits.tolist(), strict=True) if kept))


def _new(problem: TypedProblem, points: Floats, asked: Floats) -> list[int]:
    """The answers that pay something else than every listed agreement and every earlier answer."""
    tolerance, new = problem.agreements.menu().tolerance, list[int]()
    for place, point in enumerate(asked):
        known = np.vstack([points, asked[new]])
        if not (np.abs(known - point) <= tolerance).all(axis=1).any():
            new.append(place)
    return new


def _settled(problem: TypedProblem, points: Floats) -> Floats:
    """Payoffs of types that differ from refusal by less than the payoffs' tolerance are made equal to it."""
    count = len(problem.others)
    even = np.abs(points[:, count:] - problem.refusals) <= problem.agreements.menu().tolerance[count:]
    return np.hstack([points[:, :count], np.where(even, problem.refusals, points[:, count:])])


def _consented(problem: TypedProblem, proposer: str, points: Floats, *, first_round_only: bool) -> NDArray[np.bool_]:
    """(k,) offers that leave every other signatory what it expects of no deal with the types that accept.

    With a second round it is not known who accepts; then they get what no deal with any type pays them.
    """
    count = len(problem.others)
    others = [place for place, name in enumerate(problem.others) if name != proposer]
    tolerance = problem.agreements.menu().tolerance
    accepts = points[:, count:] >= problem.refusals
    fits = accepts.any(axis=1)
    for place in others:
        without = problem.without_deal[:, place]
        chances = accepts * problem.chances
        mass = np.where(fits, chances.sum(axis=1), 1.0)
        least = chances @ without / mass if first_round_only else np.full(len(points), without.max())
        fits &= points[:, place] >= least - tolerance[place]
    return np.asarray(fits)


def _asked(problem: TypedProblem, proposer: str, waits: Floats | None) -> tuple[Floats, list[Place]]:
    """The proposer's best for every set of types, and, with a second round, for what the types could wait for."""
    aim = np.zeros(len(problem.columns))
    aim[problem.others.index(proposer)] = 1.0
    sets = list(_sets(problem))
    levels = [_floors(problem, proposer, some, problem.refusals, waits is None) for some in sets]
    points, places = _best(problem, aim, levels)
    if waits is not None:
        count = len(problem.others)
        rents = np.maximum(points[:, count:] - problem.refusals, 0.0) * waits
        later = [
            _floors(problem, proposer, some, problem.refusals + rent, False)
            for some in sets
            for rent in np.unique(rents, axis=0)
        ]
        more, further = _best(problem, aim, later)
        points, places = np.vstack([points, more]), places + further
    return points, places


def _sets(problem: TypedProblem) -> Iterator[tuple[int, ...]]:
    """The sets of types that an offer may satisfy: the least demanding where all have the same utilities, else any."""
    kinds = len(problem.types)
    same = all(scenario.utilities == problem.scenarios[0].utilities for scenario in problem.scenarios)
    if same:
        order = np.argsort(problem.refusals, kind="stable").tolist()
        yield from (tuple(order[:size]) for size in range(1, kinds + 1))
        return
    if kinds > MOST_UNORDERED:
        raise NotApplicable(
            f"{kinds} types that want different things have too many sets; {MOST_UNORDERED} are the most"
        )
    for size in range(1, kinds + 1):
        yield from combinations(range(kinds), size)


def _floors(
    problem: TypedProblem, proposer: str, some: tuple[int, ...], wanted: Floats, first_round_only: bool
) -> Floats:
    """(n,) what the best offer to a set of types leaves everybody: nothing in particular to the types outside."""
    count, kinds = len(problem.others), list(some)
    floors = _lowest(problem)
    chances = problem.chances[kinds] / problem.chances[kinds].sum()
    without = problem.without_deal[kinds]
    least = chances @ without if first_round_only else problem.without_deal.max(axis=0)
    floors[:count] = least
    floors[problem.others.index(proposer)] = problem.without_deal[:, problem.others.index(proposer)].min()
    floors[[count + kind for kind in kinds]] = wanted[kinds]
    return floors


def _lowest(problem: TypedProblem) -> Floats:
    """(n,) payoffs below which no agreement is."""
    agreements = problem.agreements
    if agreements.frontier_listed:
        return np.asarray(agreements.frontier.points.min(axis=0))
    if not agreements.attitudes.neutral:
        raise NotApplicable("with attitudes to risk the efficient agreements must be few enough to be listed")
    parts = (parts_of(agreements.scenario, name, agreements.axes) for name in agreements.signatories)
    return np.array([-float(largest_sum(some)) for some in parts])


def _best(problem: TypedProblem, aim: Floats, levels: list[Floats]) -> tuple[Floats, list[Place]]:
    """The first of the best answers for every distinct list of levels that can be reached."""
    stakes = np.maximum(problem.agreements.menu().tolerance / SAME, 1e-300)
    asked: list[Floats] = []
    points, places = [np.zeros((0, len(aim)))], []
    for level in levels:
        if any((np.abs(level - known) <= SAME * stakes).all() for known in asked):
            continue
        asked.append(level)
        view = problem.agreements.seen_from(level)
        if view.rational:
            choice = view.total(aim)
            even = np.abs(choice.points[:1] - level) <= view.tolerance
            points.append(np.where(even, level, choice.points[:1]))
            places.append(choice.mixtures[0][0][1])
    return np.vstack(points), places
