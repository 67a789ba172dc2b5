"""The documented grid of continuous issues: stretches between thresholds and kinks, and points to fill them.

*Thresholds* are the numbers at which a condition about the issue changes its mind. They cut the issue into *stretches*
on which every condition is constant: a threshold itself, and the open intervals between thresholds, whose ends stand
`NEAR` of the length of the issue beside the threshold (that is what "strictly above 20" becomes: 20.000001 on a range
of 100). *Kinks* are the ends of linear pieces of somebody's value; they cut further, both neighbours keeping the
kink. On a stretch everything is smooth, and linear if all shapes are piecewise linear; the ends of all stretches are
grid points, so that a piecewise linear payoff is highest at a grid point in any direction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from bargain.model.axes import Axis
from bargain.model.conditions import Bounds, Condition, Test, slack
from bargain.model.issues import DivisionIssue, Issue, RangeIssue
from bargain.model.quantity import Quantity
from bargain.model.scenario import Forbid, IfThen, Scenario
from bargain.model.utilities import Points, Shape, Valued

__all__ = ["Stretch", "conditions_of", "continuous", "grid_axis", "stretches"]

NEAR = 1e-8
"""How far beside a strict threshold the grid looks, as a share of the length of the issue."""
FILL = {1: (100, 50, 20, 10, 5, 1), 2: (20, 10, 5, 4, 2, 1), 3: (10, 5, 4, 3, 2, 1)}
"""Intervals of the filling points by fineness, for 1, 2 and 3 or more free coordinates."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Stretch:
    """An interval of one coordinate on which every condition is constant and every shape smooth."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        """Halfway."""
        return (self.low + self.high) / 2


def continuous(issue: Issue) -> bool:
    """Whether the settings of an issue form a continuum."""
    return isinstance(issue, DivisionIssue) or (isinstance(issue, RangeIssue) and issue.step is None)


def conditions_of(scenario: Scenario) -> Iterator[Condition]:
    """Every condition that bears on payoffs or on what is possible."""
    for utilities in scenario.utilities.values():
        yield from (term.when for term in utilities.terms)
    for rule in scenario.rules:
        if isinstance(rule, Forbid):
            yield rule.forbid
        elif isinstance(rule, IfThen):
            yield rule.if_
            yield rule.then
    for player, conditions in scenario.red_lines.items():
        if scenario.players[player].signs:
            yield from conditions


def _tests(scenario: Scenario, name: str, member: str) -> list[Test]:
    """Every test that some condition makes on this coordinate (member "" for a range)."""
    tests = [condition[name] for condition in conditions_of(scenario) if name in condition]
    if not member:
        return tests
    return [test[member] for test in tests if isinstance(test, dict) and member in test]


def _numbers_in(test: Test) -> list[float]:
    """The thresholds of one test."""
    if isinstance(test, list):
        return [float(choice) for choice in test if not isinstance(choice, str)]
    if isinstance(test, Quantity):
        return [test.value]
    assert isinstance(test, Bounds)
    ends = (test.above, test.below, test.from_, test.to)
    return [end.value for end in ends if end is not None]


def kinks(scenario: Scenario, name: str, member: str) -> list[float]:
    """Ends of the smooth pieces of anybody's value of this coordinate."""
    found: set[float] = set()
    for player, utilities in scenario.utilities.items():
        utility = utilities.issues.get(name)
        if isinstance(utility, Valued) and (not member or (utility.of or player) == member):
            found.update(_kinks_of(utility))
    return sorted(found)


def _kinks_of(utility: Valued) -> Iterable[float]:
    if isinstance(utility, Points):
        return [x.value for x, _ in utility.points]
    if isinstance(utility, Shape) and utility.worst is not None and utility.best is not None:
        return [utility.worst.value, utility.best.value]
    return []


def stretches(scenario: Scenario, name: str, member: str = "", mirror: str | None = None) -> list[Stretch]:
    """The stretches of one coordinate, rising. ``mirror`` is the other member of a division among two."""
    issue = scenario.issues[name]
    low, high = issue.ends if isinstance(issue, RangeIssue) else (0.0, 1.0)
    tests, bends = _tests(scenario, name, member), set(kinks(scenario, name, member))
    mirrored: list[Test] = []
    if mirror is not None:
        mirrored = _tests(scenario, name, mirror)
        bends |= {round(1 - bend, 12) for bend in kinks(scenario, name, mirror)}
    marks = {mark for test in tests for mark in _numbers_in(test)}
    marks |= {round(1 - mark, 12) for test in mirrored for mark in _numbers_in(test)}

    def verdict(x: float) -> tuple[bool, ...]:
        axis, mirror_axis = (Axis(None, {"": np.array([number])}) for number in (x, 1 - x))
        return (*(bool(axis.holds(t)[0]) for t in tests), *(bool(mirror_axis.holds(t)[0]) for t in mirrored))

    cuts = _around(sorted(mark for mark in marks if low <= mark <= high), low, high)
    return [piece for cut in _joined(cuts, verdict) for piece in _split(cut, sorted(bends))]


def _around(marks: Sequence[float], low: float, high: float) -> list[Stretch]:
    """Each threshold alone, and the open intervals between them drawn in a little; both ends are always there."""
    pieces, start = [], low
    for mark in marks:
        near = max(NEAR * (high - low), 8 * slack(mark))
        if mark - near > start:
            pieces.append(Stretch(start, mark - near))
        elif start == low < mark:
            pieces.append(Stretch(low, low))
        pieces.append(Stretch(mark, mark))
        start = mark + near
    if start < high or not pieces:
        pieces.append(Stretch(start, high))
    elif marks[-1] < high:
        pieces.append(Stretch(high, high))
    return pieces


def _joined(pieces: Sequence[Stretch], verdict: Callable[[float], tuple[bool, ...]]) -> list[Stretch]:
    """Neighbours on which all conditions agree become one."""
    joined = [pieces[0]]
    for piece in pieces[1:]:
        if verdict(piece.middle) == verdict(joined[-1].middle):
            joined[-1] = Stretch(joined[-1].low, piece.high)
        else:
            joined.append(piece)
    return joined


def _split(stretch: Stretch, bends: Sequence[float]) -> Iterator[Stretch]:
    if stretch.low == stretch.high:
        yield stretch
        return
    inside = [bend for bend in bends if stretch.low < bend < stretch.high]
    ends = [stretch.low, *inside, stretch.high]
    yield from (Stretch(a, b) for a, b in pairwise(ends))


def grid_axis(scenario: Scenario, name: str, fineness: int) -> Axis:
    """The axis of a continuous issue at a fineness (0 is the finest)."""
    issue = scenario.issues[name]
    if isinstance(issue, RangeIssue):
        return Axis(None, {"": _points(stretches(scenario, name), *issue.ends, FILL[1][fineness])})
    assert isinstance(issue, DivisionIssue)
    members = issue.division
    if len(members) == 2:
        shares = _points(stretches(scenario, name, members[0], members[1]), 0.0, 1.0, FILL[1][fineness])
        return Axis(None, {members[0]: shares, members[1]: np.round(1.0 - shares, 12)})
    rows = _simplex(scenario, name, members, FILL[min(3, len(members) - 1)][fineness])
    return Axis(None, {member: rows[:, column] for column, member in enumerate(members)})


def _points(pieces: Sequence[Stretch], low: float, high: float, intervals: int) -> Floats:
    ends = [end for piece in pieces for end in (piece.low, piece.high)]
    filling = np.round(np.linspace(low, high, intervals + 1), 12)
    near = np.array(ends)
    clear = np.abs(filling[:, None] - near[None, :]).min(axis=1) > 2 * NEAR * (high - low)
    return np.array(sorted({*filling[clear].tolist(), *ends}))


def _simplex(scenario: Scenario, name: str, members: Sequence[str], intervals: int) -> Floats:
    """Shares in steps of 1/intervals, and every corner that thresholds and kinks cut out of the simplex."""
    steps = np.arange(intervals + 1) / intervals
    ends = []
    for member in members:
        pieces = stretches(scenario, name, member)
        ends.append(sorted({end for piece in pieces for end in (piece.low, piece.high)} | {0.0, 1.0}))
    rows = [row for row in product(*([steps.tolist()] * (len(members) - 1))) if sum(row) <= 1 + 1e-12]
    shares = [(*row, 1 - sum(row)) for row in rows]
    for free in range(len(members)):
        others = [ends[column] for column in range(len(members)) if column != free]
        for corner in product(*others):
            if sum(corner) <= 1 + 1e-12:
                shares.append((*corner[:free], 1 - sum(corner), *corner[free:]))
    return np.array(sorted(set(map(tuple, np.clip(np.round(np.array(shares), 12), 0, 1).tolist()))))
