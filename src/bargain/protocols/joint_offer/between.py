"""Agreements between the points of the grid at which somebody is exactly indifferent.

Offers are looked for on the grid that lists continuous issues. What a bloc offers leaves the outsider, and what an
outsider demands leaves a member, with exactly what refusing is worth; with a range this mostly lies between two grid
points. These agreements are added to the list, so that nothing is given away to the grid.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.choice import tolerances
from bargain.model.agreements import Agreements
from bargain.model.axes import axis_of
from bargain.model.grid import continuous
from bargain.model.issues import RangeIssue
from bargain.model.results import Agreement
from bargain.model.table import obstacles_to, part

__all__ = ["Paid", "indifferent", "movable", "paid_by"]

Floats = NDArray[np.float64]
Paid = tuple[Agreement, Floats]
"""An agreement, and what it pays every column."""

STRAIGHT = 1e-9
"""A value that misses a straight line by less than this part of its rise is straight."""
HALVINGS = 50
"""Halving a step of the grid so often leaves nothing of it."""


def indifferent(agreements: Agreements, levels: Sequence[tuple[int, float]]) -> list[Paid]:
    """Agreements beside those of the frontier that pay a column exactly a level, and what they pay all columns.

    One range at a time is moved between two neighbours on its grid, with all other issues as they are. Divisions, and
    players with an attitude to risk, stay on the grid.

    Parameters
    ----------
    agreements : whose frontier is listed, (k, n).
    levels : (column, payoff) pairs.
    """
    if not movable(agreements):
        return []
    found: dict[tuple[str, ...], Paid] = {}
    dust = tolerances(agreements.frontier.points, agreements.threat_point, agreements.rounding)
    for column, level in levels:
        for candidate in _candidates(agreements, column, level):
            key = tuple(map(str, candidate.values()))
            if key in found or obstacles_to(agreements.scenario, candidate):
                continue
            paid = paid_by(agreements, candidate)
            if abs(paid[column] - level) <= dust[column]:
                found[key] = candidate, paid
    return list(found.values())


def movable(agreements: Agreements) -> tuple[str, ...]:
    """The continuous ranges; none if some signatory has an attitude to risk."""
    issues = agreements.scenario.issues.items() if agreements.attitudes.neutral else ()
    return tuple(name for name, issue in issues if isinstance(issue, RangeIssue) and continuous(issue))


def _candidates(agreements: Agreements, column: int, level: float) -> Iterator[Agreement]:
    """Where the way from an agreement of the frontier to its neighbours on a grid passes the level."""
    player, points = agreements.signatories[column], agreements.frontier.points[:, column]
    for name in movable(agreements):
        place = list(agreements.axes).index(name)
        worth = part(agreements.scenario, player, name, agreements.axes[name])
        numbers = agreements.axes[name].columns[""]
        reach = float(np.abs(np.diff(worth)).max(initial=0.0))
        for row in np.flatnonzero(np.abs(points - level) < reach):
            for settings in agreements.settings_at(int(row)):
                at = settings[place]
                wanted = worth[at] + level - points[row]
                for other in (at - 1, at + 1):
                    if 0 <= other < len(worth) and (worth[at] - wanted) * (worth[other] - wanted) < 0:
                        number = _passing(agreements, player, name, (numbers[at], numbers[other]), wanted)
                        yield {**agreements.agreement(settings), name: number}


def _passing(agreements: Agreements, player: str, name: str, ends: tuple[float, float], wanted: float) -> float:
    """The number between two at which a range is worth this to a player: on the straight line, else by halving."""
    issue = agreements.scenario.issues[name]

    def excess(number: float) -> float:
        return float(part(agreements.scenario, player, name, axis_of(issue, [number]))[0]) - wanted

    (one, other), (low, high) = ends, (excess(ends[0]), excess(ends[1]))
    number = float(one + (other - one) * low / (low - high))
    if abs(excess(number)) <= STRAIGHT * abs(high - low):
        return number
    for _ in range(HALVINGS):
        number = (one + other) / 2
        if excess(number) * low > 0:
            one = number
        else:
            other = number
    return float(number)


def paid_by(agreements: Agreements, agreement: Agreement) -> Floats:
    """(n,) what an agreement pays the columns."""
    payoffs = agreements.payoffs_of(agreement)
    return np.array([payoffs[name] for name in agreements.signatories])
