"""Which neighbours on a listed frontier are joined by agreements in between, and which by a jump.

With continuous issues the frontier is listed on a grid, but agreements between two grid points may be signed as well: a
picture that draws steps there denies them, and one that draws a line across a jump between menus invents some.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bargain.model.agreements import Agreements
from bargain.model.conditions import Setting
from bargain.model.grid import continuous
from bargain.model.results import Agreement
from bargain.model.table import obstacles_to

__all__ = ["joined"]

Floats = NDArray[np.float64]

VISIBLE = 0.004
"""Neighbours closer than this share of the frontier look alike joined or apart, and are not examined."""
SAG = 0.005
"""How far below the straight line agreements in between may pay, as a share of the frontier's extent: what a reader of
a picture cannot tell from the line. Where values are concave they pay more than the line."""
BETWEEN = (0.25, 0.5, 0.75)
"""Where on the way from one agreement to the other it is asked what an agreement there pays."""
TIES = 3
"""How many of the agreements that pay a frontier point are tried."""


def joined(agreements: Agreements, points: Floats, order: Sequence[int]) -> NDArray[np.bool_]:
    """Whether each point of a frontier is joined to the next.

    Two points are joined if they settle menus and ladders alike and the agreements on the straight way between their
    continuous settings are possible and pay no less than the straight line between their payoffs (see `SAG`).

    Parameters
    ----------
    agreements : a scenario tabulated, whose frontier has ``points``.
    points : (k, n) its frontier as `Agreements.frontier` lists it.
    order : the rows of ``points`` in the order in which neighbours are looked at.

    Returns
    -------
    (k - 1,) bool array.
    """
    span = np.ptp(points, axis=0)
    found = []
    for before, after in pairwise(order):
        near = (np.abs(points[after] - points[before]) <= VISIBLE * span).all()
        found.append(bool(near) or _is_way(agreements, before, after, points, SAG * span))
    return np.array(found, dtype=bool)


def _is_way(agreements: Agreements, before: int, after: int, points: Floats, sag: Floats) -> bool:
    """Whether a straight way leads from an agreement that pays one point to one that pays the other."""
    starts, ends = (agreements.first([row], TIES)[0] for row in (before, after))
    floors = [(share, (1 - share) * points[before] + share * points[after] - sag) for share in BETWEEN]
    return any(
        _alike_in_words(agreements, start, end)
        and all(_pays(agreements, _on_the_way(start, end, share), floor) for share, floor in floors)
        for start in starts
        for end in ends
    )


def _alike_in_words(agreements: Agreements, one: Agreement, other: Agreement) -> bool:
    """Whether two agreements settle menus and ladders alike."""
    issues = agreements.scenario.issues.items()
    return all(continuous(issue) or one[name] == other[name] for name, issue in issues)


def _on_the_way(start: Agreement, end: Agreement, share: float) -> dict[str, Setting]:
    """The agreement at a share of the way between two that differ in numbers only."""
    return {name: _blend(start[name], end[name], share) for name in start}


def _blend(one: Setting, other: Setting, share: float) -> Setting:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return {member: (1 - share) * one[member] + share * other[member] for member in one}
    if isinstance(one, str | Mapping) or isinstance(other, str | Mapping):
        return one
    return (1 - share) * one + share * other


def _pays(agreements: Agreements, agreement: Mapping[str, Setting], floor: Floats) -> bool:
    """Whether an agreement is possible and pays every signatory at least this."""
    payoffs = agreements.payoffs_of(agreement)
    enough = all(payoffs[name] >= least for name, least in zip(agreements.signatories, floor, strict=True))
    return enough and not obstacles_to(agreements.scenario, agreement)
