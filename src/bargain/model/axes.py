"""One issue laid out as a list of settings, on which values and tests are evaluated at once.

An axis is the door between words and numbers: a menu's options, a ladder's rungs, the grid of a range or of a
division, or the single setting of one agreement. Everything that depends on an issue (the value to a player, whether
a condition holds, what counts towards a budget) is one array over the settings of its axis.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.model.conditions import Bounds, Setting, Test, slack
from bargain.model.issues import DivisionIssue, Issue, MenuIssue, RangeIssue
from bargain.model.quantity import Quantity
from bargain.model.utilities import Column, Points, Shape, Table, Valued

__all__ = ["Axis", "axis_of", "rungs", "same_number", "shape_value"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Axis:
    """The settings of one issue.

    Attributes
    ----------
    options : names of a menu's options; None for numbers and shares.
    columns : the numbers: ``{"": x}`` for a range or ladder, one entry per member for a division; empty for a menu.
    """

    options: tuple[str, ...] | None
    columns: Mapping[str, Floats]

    def __len__(self) -> int:
        return len(self.options) if self.options is not None else len(next(iter(self.columns.values())))

    def taken(self, indices: Sequence[int]) -> Axis:
        """The axis of some of the settings, in this order."""
        options = None if self.options is None else tuple(self.options[index] for index in indices)
        return Axis(options, {member: numbers[list(indices)] for member, numbers in self.columns.items()})

    def setting(self, index: int) -> str | float | dict[str, float]:
        """One setting as an agreement has it."""
        if self.options is not None:
            return self.options[index]
        if "" in self.columns:
            return float(self.columns[""][index])
        return {member: float(shares[index]) for member, shares in self.columns.items()}

    def holds(self, test: Test) -> Bools:
        """(settings,) whether the test of a condition holds."""
        if isinstance(test, Mapping):
            parts = [_number_test(self.columns[member], part) for member, part in test.items()]
            return np.asarray(np.logical_and.reduce(parts))
        if isinstance(test, list):
            return np.asarray(np.logical_or.reduce([self._is(choice) for choice in test]))
        if isinstance(test, str):
            return self._is(test)
        if self.options is not None and isinstance(test, Quantity):
            return self._is(test.value)
        return _number_test(self.columns[""], test)

    def _is(self, choice: str | float) -> Bools:
        if self.options is None:
            return same_number(self.columns[""], float(choice))
        name = choice if isinstance(choice, str) else f"{choice:.15g}"
        return np.array([option == name for option in self.options])

    def value(self, utility: Valued, player: str) -> Floats:
        """(settings,) weight times value to ``player``."""
        if isinstance(utility, Column):
            assert self.options is not None
            return utility.table.column(utility.of or player, self.options)
        if isinstance(utility, Table):
            assert self.options is not None
            values = np.array([utility.values[option].value for option in self.options])
        else:
            values = shape_value(utility, self.numbers(utility.of or player))
        return np.asarray(utility.weight.value * values)

    def numbers(self, member: str) -> Floats:
        """(settings,) the number of a range or ladder, or the share of a division's member."""
        return self.columns[""] if "" in self.columns else self.columns[member]


def _number_test(numbers: Floats, test: Bounds | Quantity) -> Bools:
    if isinstance(test, Bounds):
        return np.asarray(test.holds(numbers))
    return same_number(numbers, test.value)


def same_number(numbers: Floats, number: float) -> Bools:
    """Whether each number equals ``number`` up to rounding."""
    return np.abs(numbers - number) <= slack(number)


def shape_value(utility: Valued, x: Floats) -> Floats:
    """The value of numbers under points or a shape, before the weight.

    ``points`` is piecewise linear and flat outside; ``linear`` is 1 at best, 0 at worst, clipped outside; ``power`` is
    linear raised to the exponent; ``ideal`` is -((x - at)/scale)^2.
    """
    if isinstance(utility, Points):
        xs, values = (np.array([point[part].value for point in utility.points]) for part in (0, 1))
        return np.asarray(np.interp(x, xs, values))
    assert isinstance(utility, Shape)
    if utility.at is not None and utility.scale is not None:
        return np.asarray(-(((x - utility.at.value) / utility.scale.value) ** 2))
    assert utility.worst is not None
    assert utility.best is not None
    worst, best = utility.worst.value, utility.best.value
    linear = np.clip((x - worst) / (best - worst), 0.0, 1.0)
    return linear if utility.exponent is None else np.asarray(linear**utility.exponent.value)


def axis_of(issue: Issue, settings: Sequence[Setting]) -> Axis:
    """The axis that has just these settings; shares left out are 0."""
    if isinstance(issue, MenuIssue):
        return Axis(tuple(f"{s:.15g}" if isinstance(s, float | int) else str(s) for s in settings), {})
    if isinstance(issue, DivisionIssue):
        rows = [s if isinstance(s, Mapping) else {} for s in settings]
        return Axis(None, {m: np.array([float(row.get(m, 0.0)) for row in rows]) for m in issue.division})
    return Axis(None, {"": np.array(settings, dtype=float)})


def rungs(issue: RangeIssue) -> Floats:
    """The numbers of a ladder, counted from its lower end."""
    assert issue.step is not None
    low, high = issue.ends
    step = issue.step.value
    count = int(np.floor((high - low) / step * (1 + 1e-12) + 1e-9)) + 1
    return np.round(low + step * np.arange(count), 12)
