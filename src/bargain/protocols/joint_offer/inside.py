"""The bargain inside the bloc: a concept over the members' expected payoffs from offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.concepts import CATALOGUE, Concept
from bargain.errors import unknown_name
from bargain.geometry.menu import Menu, leximin
from bargain.geometry.pareto import efficient

__all__ = ["Inside", "agree", "concept_called"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Inside:
    """What the members agree on: the rows that tie, rising (none: no agreement), and what can be checked by hand.

    ``least_gain`` is the largest minimum gain that any row brings (None without rows), at ``closest``, where it is that
    of the members ``binding``;
    ``alone`` (m,) is what each member would propose if the others could only walk out.
    """

    rows: tuple[int, ...]
    evidence: Mapping[str, object]
    least_gain: float | None
    closest: int | None
    binding: tuple[int, ...]
    alone: tuple[int | None, ...]


def concept_called(name: str) -> Concept:
    """The concept of this name; it must choose from a set of payoffs."""
    known = {concept.name: concept for concept in CATALOGUE if concept.over == "agreements"}
    if name not in known:
        raise unknown_name("concept over agreements", name, known, plural="concepts")
    return known[name]


def agree(concept: str, values: Floats, disagreement: Floats, powers: Floats, live: NDArray[np.bool_]) -> Inside:
    """Apply a concept to the rows of ``values`` (k, n) that are ``live`` (k,).

    >>> values = np.array([[4.0, 1.0], [2.5, 2.5], [1.0, 3.0]])
    >>> agree("nash", values, np.zeros(2), np.ones(2), np.array([True, True, True])).rows
    (1,)
    """
    rule = concept_called(concept)
    rows = np.flatnonzero(live)
    nobody: tuple[None, ...] = (None,) * len(disagreement)
    if not len(rows):
        return Inside((), {}, None, None, (), nobody)
    points = np.unique(values[rows][efficient(values[rows])], axis=0)
    menu = Menu(points, disagreement, powers)
    gains = values[rows] - disagreement
    closest = int(leximin(gains, menu.tolerance)[0])
    least = float(gains[closest].min())
    binding = tuple(np.flatnonzero(gains[closest] <= least + menu.tolerance).tolist())
    if not menu.rational:
        return Inside((), {}, least, int(rows[closest]), binding, nobody)
    finding = rule(menu)
    chosen = _standing_for(values, rows, finding.choice.points, menu.tolerance)
    evidence = dict(finding.evidence(values[chosen[0]]))
    alone = tuple(_proposed_by(member, values, rows, menu) for member in range(len(disagreement)))
    return Inside(chosen, evidence, least, int(rows[closest]), binding, alone)


def _standing_for(values: Floats, rows: NDArray[np.intp], points: Floats, dust: Floats) -> tuple[int, ...]:
    """The rows that pay one of the points."""
    found = np.zeros(len(rows), dtype=bool)
    for point in points:
        found |= (np.abs(values[rows] - point) <= dust).all(axis=1)
    return tuple(rows[found].tolist())


def _proposed_by(member: int, values: Floats, rows: NDArray[np.intp], menu: Menu) -> int:
    """The row that is best for one member and leaves nobody below disagreement; then leximin, then the first."""
    gains = values[rows] - menu.disagreement
    standing = np.where((gains >= -menu.tolerance).all(axis=1), gains[:, member], -np.inf)
    best = np.flatnonzero(standing >= standing.max() - menu.tolerance[member])
    return int(rows[best[leximin(gains[best], menu.tolerance)[0]]])
