"""The issues of a scenario as prizes between two: what each side asks for, and what it is worth to both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable
from bargain.geometry.items import Items
from bargain.model.agreements import Agreements
from bargain.model.axes import Axis
from bargain.model.blocks import Block, Web
from bargain.model.grid import continuous
from bargain.model.scenario import Scenario

__all__ = ["Prize", "items_of", "prizes_of"]

Floats = NDArray[np.float64]
Setting = str | float | dict[str, float]

NAMED = 5
"""Tied issues that a reason names; the others are counted."""


@dataclass(frozen=True)
class _Reading:
    """The possible settings of issues that are tied together, and what they pay two signatories."""

    axes: Mapping[str, Axis]
    rows: NDArray[np.intp]
    payoffs: Floats


@dataclass(frozen=True)
class Prize:
    """An issue that is settled as one side asks, or in between.

    Attributes
    ----------
    issue : its name.
    asked : the setting that each side asks for.
    points : (2,) what getting one's way is worth over the other's getting it.
    lost : (2,) payoffs where the other gets it.
    divisible : whether one agreement can stand anywhere in between, payoffs changing in proportion.
    """

    issue: str
    asked: tuple[Setting, Setting]
    points: Floats
    lost: Floats
    divisible: bool

    def shared(self, first: float) -> Setting:
        """The setting in which the first side has a share of the prize."""
        one, other = self.asked
        if first in (0.0, 1.0) or isinstance(one, str) or isinstance(other, str):
            return one if first >= 0.5 else other
        if isinstance(one, dict):
            assert isinstance(other, dict)
            return {name: first * share + (1 - first) * other[name] for name, share in one.items()}
        assert not isinstance(other, dict)
        return first * one + (1 - first) * other


def prizes_of(agreements: Agreements) -> tuple[Prize, ...]:
    """Every issue as a prize.

    Raises
    ------
    NotApplicable
        if that is not what the issues are.
    """
    scenario, tolerance = agreements.scenario, agreements.menu().tolerance
    readings = [_reading(agreements, block) for block in agreements.blocks]
    if len(scenario.signatories) != 2:
        raise NotApplicable(f"it is defined for two signatories, and here are {len(scenario.signatories)}")
    for reading in readings:
        if len(reading.axes) > 1:
            first, more = list(reading.axes)[:NAMED], len(reading.axes) - NAMED
            tied = ", ".join(first) + (f" and {more} more" if more > 0 else "")
            raise NotApplicable(f"the issues {tied} are tied by terms, rules or red lines: none is an item by itself")
    prizes = {}
    for reading in readings:
        ((name, axis),) = reading.axes.items()
        prizes[name] = _prize(scenario, name, axis, reading, tolerance)
    return tuple(prizes[name] for name in scenario.issues)


def items_of(prizes: Sequence[Prize], disagreement: Floats, tolerance: Floats, *, mixes: bool) -> Items:
    """Prizes as items, without their words."""
    return Items(
        names=tuple(prize.issue for prize in prizes),
        points=np.array([prize.points for prize in prizes]),
        lost=np.sum([prize.lost for prize in prizes], axis=0),
        disagreement=disagreement,
        tolerance=tolerance,
        divisible=np.array([prize.divisible for prize in prizes]),
        mixes=mixes,
    )


def _reading(agreements: Agreements, block: Block | Web) -> _Reading:
    axes = {name: agreements.axes[name] for name in block.issues}
    rows = block.rows if isinstance(block, Block) else np.zeros(0, dtype=np.intp)
    return _Reading(axes, rows, block.payoffs / agreements.units)


def _prize(scenario: Scenario, name: str, axis: Axis, reading: _Reading, tolerance: Floats) -> Prize:
    payoffs = reading.payoffs
    best = [_best(payoffs, side, float(tolerance[side])) for side in (0, 1)]
    points = np.array([payoffs[best[side], side] - payoffs[best[1 - side], side] for side in (0, 1)])
    points = np.where(points <= tolerance, 0.0, points)
    lost = np.array([payoffs[best[1 - side], side] for side in (0, 1)])
    asked = (axis.setting(int(reading.rows[best[0]])), axis.setting(int(reading.rows[best[1]])))
    _no_better_compromise(name, payoffs, points, lost, tolerance)
    divisible = continuous(scenario.issues[name]) and _straight(axis, reading, best)
    return Prize(name, asked, points, lost, divisible)


def _best(payoffs: Floats, side: int, tolerance: float) -> int:
    """The row that one side asks for: of those that are best for it, the best for the other.

    A side that does not care is taken to ask for what is worst for the other, so that the other wins something.
    """
    own, other = payoffs[:, side], payoffs[:, 1 - side]
    if np.ptp(own) <= tolerance:
        return int(np.argmin(other))
    rows = np.flatnonzero(own >= own.max() - tolerance)
    return int(rows[np.argmax(other[rows])])


def _no_better_compromise(name: str, payoffs: Floats, points: Floats, lost: Floats, tolerance: Floats) -> None:
    """Nothing may be worth more than a split of the prize, or sharing prizes out would not be efficient."""
    if points.min() == 0:
        return
    won = (payoffs - lost) / points
    if (won.sum(axis=1) > 1 + 1e-9 + (tolerance / points).sum()).any():
        raise NotApplicable(
            f"{name} is no item to be won: a setting between what the two ask for is worth more than a split"
        )


def _straight(axis: Axis, reading: _Reading, best: Sequence[int]) -> bool:
    """Whether everything between the two best settings is possible, and pays in proportion."""
    ends = sorted(best)
    rows = reading.rows[ends[0] : ends[1] + 1]
    numbers = next(iter(axis.columns.values()))[rows]
    if len(rows) < 2 or (np.diff(rows) != 1).any() or len(axis.columns) > 2:
        return False
    shares = (numbers - numbers[0]) / (numbers[-1] - numbers[0])
    payoffs = reading.payoffs[ends[0] : ends[1] + 1]
    wanted = payoffs[0] + shares[:, None] * (payoffs[-1] - payoffs[0])
    return bool((np.abs(payoffs - wanted) <= 1e-9 * np.ptp(payoffs, axis=0)).all())
