"""The land of a scenario with continuous issues: where payoffs are smooth, and what they are there.

Per block, a *patch* is one joint setting of its menus and ladders with one cell of every continuous issue: a stretch
of a range, or of the first share of a division among two, or a box of shares (met with "shares sum to 1") of a
division among more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product as combinations

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.smooth.interior import Patches
from bargain.geometry.smooth.search import Land
from bargain.model.axes import Axis, shape_value
from bargain.model.grid import Stretch, continuous, stretches
from bargain.model.issues import DivisionIssue
from bargain.model.results import Agreement
from bargain.model.scenario import Budget, Scenario
from bargain.model.table import Product, attitudes_of, part, possible, terms_of
from bargain.model.utilities import Shape, Valued

__all__ = ["Terrain"]

Floats = NDArray[np.float64]
PIECES = 8
"""Curved stretches are cut into so many patches, which keeps bounds tight."""
MARGIN = 1e-9
"""Budgets are tightened by so much, so that rounding an answer cannot overspend them."""
PARAMETERS = ("slope", "quad", "coef", "base", "reach", "exponent")


@dataclass(frozen=True, eq=False)
class _Cells:
    """The cells of one continuous issue: C boxes of q coordinates each.

    ``low + width s`` are the numbers (a range's number, a division's shares by ``members``); of a division among two
    only the first share is a coordinate.
    """

    name: str
    members: tuple[str, ...]
    low: Floats
    width: Floats

    @property
    def dimensions(self) -> int:
        return int(self.low.shape[1])

    def numbers(self, s: Floats) -> Floats:
        """Numbers, one column per member, at coordinates ``s`` (…, q) of cells."""
        x = self.low + self.width * s
        return np.concatenate([x, 1 - x], axis=-1) if len(self.members) == 2 else x

    def middles(self) -> Axis:
        """One setting per cell: its middle (on the simplex, for shares)."""
        share = (1 - self.low.sum(axis=1)) / np.maximum(self.width.sum(axis=1), 1e-300)
        s = share[:, None] * np.ones_like(self.low) if self.dimensions > 1 else np.full_like(self.low, 0.5)
        numbers = self.numbers(s)
        return Axis(None, {member: numbers[:, column] for column, member in enumerate(self.members)})

    def slot(self, member: str) -> tuple[int, float]:
        """Which coordinate a member's number runs along, and in which direction."""
        position = self.members.index(member)
        return (0, -1.0) if len(self.members) == 2 and position == 1 else (position, 1.0)


@dataclass(frozen=True, eq=False)
class _BlockPatches:
    """The patches of one block: per issue the setting of every patch (a cell counts as a setting of its issue)."""

    axes: Mapping[str, Axis]
    chosen: Mapping[str, NDArray[np.intp]]
    constant: Floats
    corners: Floats
    bulges: Floats


class Terrain:
    """Builds the `Land` of a scenario and reads agreements off it."""

    def __init__(self, scenario: Scenario, axes: Mapping[str, Axis], groups: Sequence[Sequence[str]]) -> None:
        self.scenario = scenario
        attitudes = attitudes_of(scenario)
        self.attitudes = None if attitudes.neutral else attitudes
        self.cells = {name: _cells(scenario, name) for name, issue in scenario.issues.items() if continuous(issue)}
        self.first = dict(zip(self.cells, np.cumsum([0, *(c.dimensions for c in self.cells.values())]), strict=False))
        self.width = sum(cells.dimensions for cells in self.cells.values())
        self.curves = {name: self._curves(cells) for name, cells in self.cells.items()}
        self.blocks = [self._block(group, axes) for group in groups]

    def land(self) -> Land:
        """What the search needs."""
        concave = all((curve["quad"] <= 0).all() and _bends_down(curve) for curve in self.curves.values())
        concave &= self.attitudes is None or self.attitudes.averse
        corners, bulges = tuple(block.corners for block in self.blocks), tuple(block.bulges for block in self.blocks)
        return Land(corners, bulges, self.patches, concave, self.place, self.attitudes)

    @property
    def spanned_by_grid(self) -> bool:
        """Whether mixtures of grid points give every mixture: no curves, and no budget to cut corners."""
        straight = all(not curve["quad"].any() and not curve["coef"].any() for curve in self.curves.values())
        straight &= self.attitudes is None
        return straight and not any(isinstance(rule, Budget) for rule in self.scenario.rules)

    def place(self, keys: NDArray[np.intp], s: Floats) -> Floats:
        """(B, D) where coordinates of patches are in the whole space, see `Land`."""
        chosen = self._chosen(keys)
        columns = []
        for name in self.scenario.issues:
            if name not in self.cells:
                columns.append(chosen[name][:, None].astype(float))
                continue
            cells, first = self.cells[name], self.first[name]
            numbers = cells.low[chosen[name]] + cells.width[chosen[name]] * s[:, first : first + cells.dimensions]
            columns.append(numbers / np.ptp(np.r_[cells.low, cells.low + cells.width]))
        return np.concatenate(columns, axis=1)

    def _chosen(self, keys: NDArray[np.intp]) -> dict[str, NDArray[np.intp]]:
        """Issue -> (B,) its setting, or its cell."""
        pairs = zip(self.blocks, keys.T, strict=True)
        return {name: settings[column] for block, column in pairs for name, settings in block.chosen.items()}

    def agreement(self, key: Sequence[int], s: Sequence[float]) -> Agreement:
        """The agreement at coordinates ``s`` of a patch."""
        found: dict[str, str | float | dict[str, float]] = {}
        for block, row in zip(self.blocks, key, strict=True):
            for name, axis in block.axes.items():
                setting = int(block.chosen[name][row])
                found[name] = self._number(name, setting, s) if name in self.cells else axis.setting(setting)
        return {name: found[name] for name in self.scenario.issues}

    def _number(self, name: str, cell: int, s: Sequence[float]) -> float | dict[str, float]:
        cells, first = self.cells[name], self.first[name]
        own = np.array(s[first : first + cells.dimensions])
        low, high = cells.low[cell], cells.low[cell] + cells.width[cell]
        x = np.clip(
            _rounded(low + cells.width[cell] * own, cells.low.min(), (cells.low + cells.width).max()), low, high
        )
        if cells.members == ("",):
            return float(x[0])
        shares = np.array([x[0], 1 - x[0]]) if len(cells.members) == 2 else x / x.sum()
        return dict(zip(cells.members, _rounded(shares, 0.0, 1.0).tolist(), strict=True))

    def patches(self, keys: NDArray[np.intp]) -> Patches:
        """The batch of patches that ``keys`` (B, blocks) name."""
        count, n = len(keys), len(self.scenario.signatories)
        arrays = {name: np.zeros((count, n, self.width)) for name in PARAMETERS}
        constant, width = np.zeros((count, n)), np.zeros((count, self.width))
        chosen = self._chosen(keys)
        for block, column in zip(self.blocks, keys.T, strict=True):
            constant += block.constant[column]
        for name, cells in self.cells.items():
            span = slice(self.first[name], self.first[name] + cells.dimensions)
            width[:, span] = cells.width[chosen[name]]
            for parameter in PARAMETERS:
                arrays[parameter][:, :, span] = self.curves[name][parameter][chosen[name]]
            constant += self.curves[name]["constant"][chosen[name]].sum(axis=2)
        arrays |= self._limits(chosen) | self._ties(chosen, count)
        return Patches(constant=constant, width=width, attitudes=self.attitudes, **arrays)

    def _limits(self, chosen: Mapping[str, NDArray[np.intp]]) -> dict[str, Floats]:
        """Budgets as rows over the coordinates."""
        budgets = [rule for rule in self.scenario.rules if isinstance(rule, Budget)]
        count = len(next(iter(chosen.values())))
        rows, limits = np.zeros((count, len(budgets), self.width)), np.zeros((count, len(budgets)))
        for number, budget in enumerate(budgets):
            limits[:, number] = budget.at_most.value - MARGIN * max(1.0, abs(budget.at_most.value))
            for key, weight in budget.sum.items():
                name, _, member = key.partition(".")
                if name not in self.cells:
                    limits[:, number] -= weight.value * self._ladder(name)[chosen[name]]
                    continue
                cells, (slot, sign) = self.cells[name], self.cells[name].slot(member)
                low = cells.low[chosen[name], slot]
                limits[:, number] -= weight.value * (low if sign > 0 else 1 - low)
                rows[:, number, self.first[name] + slot] += sign * weight.value * cells.width[chosen[name], slot]
        size = np.maximum(np.abs(rows).max(axis=2, initial=0), 1e-9)
        return {"limit_rows": rows / size[:, :, None], "limits": limits / size}

    def _ladder(self, name: str) -> Floats:
        block = next(block for block in self.blocks if name in block.axes)
        return block.axes[name].columns[""]

    def _ties(self, chosen: Mapping[str, NDArray[np.intp]], count: int) -> dict[str, Floats]:
        """ "Shares sum to 1" for divisions among three or more, and a point that meets it."""
        tied = [cells for cells in self.cells.values() if cells.dimensions > 1]
        rows, ties = np.zeros((count, len(tied), self.width)), np.zeros((count, len(tied)))
        start = np.full((count, self.width), 0.5)
        for number, cells in enumerate(tied):
            low, width = cells.low[chosen[cells.name]], cells.width[chosen[cells.name]]
            span = slice(self.first[cells.name], self.first[cells.name] + cells.dimensions)
            rows[:, number, span], ties[:, number] = width, 1 - low.sum(axis=1)
            start[:, span] = (ties[:, number] / width.sum(axis=1))[:, None]
        return {"tie_rows": rows, "ties": ties, "start": start}

    def _block(self, group: Sequence[str], axes: Mapping[str, Axis]) -> _BlockPatches:
        product = Product({n: self.cells[n].middles() if n in self.cells else axes[n] for n in group})
        rows = np.flatnonzero(product.listed(possible(self.scenario, product, budgets=False)))
        chosen = dict(zip(group, np.unravel_index(rows, product.shape), strict=True))
        constant = self._constants(product, rows)
        corners, bulges = constant[:, None, :], np.zeros_like(constant)
        for name in group:
            if name in self.cells:
                ends, bulge = self._corners(name)
                corners = corners[:, :, None, :] + ends[chosen[name]][:, None, :, :]
                corners = corners.reshape(len(rows), -1, constant.shape[1])
                bulges = bulges + bulge[chosen[name]]
        return _BlockPatches(product.axes, chosen, constant, corners, bulges)

    def _constants(self, product: Product, rows: NDArray[np.intp]) -> Floats:
        """(rows, n) what menus, ladders and terms pay."""
        constant = np.zeros((len(rows), len(self.scenario.signatories)))
        for column, player in enumerate(self.scenario.signatories):
            total = np.zeros(product.shape)
            for name, axis in product.axes.items():
                if name not in self.cells:
                    total += product.along(name, part(self.scenario, player, name, axis))
            for term in terms_of(self.scenario, player, product):
                total += term.add.value * product.hold(term.when)
            constant[:, column] = total.reshape(-1)[rows]
        return constant

    def _corners(self, name: str) -> tuple[Floats, Floats]:
        """(C, corners, n) payoffs at the corners of every cell, and (C, n) how far curves bulge above them."""
        cells, curve = self.cells[name], self.curves[name]
        boxes = np.array(list(combinations((0.0, 1.0), repeat=cells.dimensions)))
        points = np.broadcast_to(boxes, (len(cells.low), *boxes.shape))
        if cells.dimensions > 1:
            points = np.stack([_simplex_corners(low, width) for low, width in zip(cells.low, cells.width, strict=True)])
        payoffs = np.stack([_evaluate(curve, points[:, v, :]) for v in range(points.shape[1])], axis=1)
        return payoffs, _bulge(curve).sum(axis=2)

    def _curves(self, cells: _Cells) -> dict[str, Floats]:
        """Per parameter, (C, n, q): the signatories' payoffs on every cell as functions of its coordinates."""
        size = (len(cells.low), len(self.scenario.signatories), cells.dimensions)
        curves = {name: np.zeros(size) for name in (*PARAMETERS, "constant")}
        curves["exponent"][:] = 1.0
        for row, player in enumerate(self.scenario.signatories):
            utility = self.scenario.utilities[player].issues.get(cells.name)
            if isinstance(utility, Valued):
                member = "" if cells.members == ("",) else (utility.of or player)
                slot, sign = cells.slot(member)
                low = cells.low[:, slot] if sign > 0 else 1 - cells.low[:, slot]
                for name, values in _curve(utility, low, sign * cells.width[:, slot]).items():
                    curves[name][:, row, slot] = values
        return curves


def _cells(scenario: Scenario, name: str) -> _Cells:
    issue = scenario.issues[name]
    if not isinstance(issue, DivisionIssue):
        return _one_dimension(name, ("",), _refined(scenario, name, "", stretches(scenario, name)))
    members = tuple(issue.division)
    if len(members) == 2:
        return _one_dimension(name, members, _refined(scenario, name, members[0], stretches(scenario, name, *members)))
    sides = [_refined(scenario, name, member, stretches(scenario, name, member)) for member in members]
    boxes = np.array([[(side.low, side.high) for side in box] for box in combinations(*sides)])
    low, high = boxes[:, :, 0], boxes[:, :, 1]
    inside = (low.sum(axis=1) < 1 - 1e-9) & (high.sum(axis=1) > 1 + 1e-9)
    return _Cells(name, members, low[inside], (high - low)[inside])


def _one_dimension(name: str, members: tuple[str, ...], pieces: Sequence[Stretch]) -> _Cells:
    low = np.array([[piece.low] for piece in pieces])
    high = np.array([[piece.high] for piece in pieces])
    return _Cells(name, members, low, high - low)


def _refined(scenario: Scenario, name: str, member: str, pieces: Sequence[Stretch]) -> list[Stretch]:
    """Stretches cut finer where somebody's value is curved, or bent by a liking for risk."""
    utilities = (scenario.utilities[player].issues.get(name) for player in scenario.signatories)
    curved = any(isinstance(u, Shape) and (u.shape == "ideal" or u.exponent is not None) for u in utilities)
    if not curved and attitudes_of(scenario).averse:
        return list(pieces)
    parts = PIECES if len(scenario.issues[name].division if member else ()) < 3 else 2  # type: ignore[union-attr]
    found = []
    for piece in pieces:
        ends = np.linspace(piece.low, piece.high, parts + 1 if piece.high > piece.low else 2).tolist()
        found += [Stretch(a, b) for a, b in pairwise(ends)]
    return found


def _curve(utility: Valued, low: Floats, width: Floats) -> dict[str, Floats]:
    """Parameters of ``weight x value(low + width s)`` on cells that no kink divides."""
    weight = utility.weight.value
    if isinstance(utility, Shape) and utility.at is not None and utility.scale is not None:
        arm, unit = low - utility.at.value, weight / utility.scale.value**2
        return {"constant": -unit * arm**2, "slope": -2 * unit * arm * width, "quad": -unit * width**2}
    ends = weight * shape_value(utility, low), weight * shape_value(utility, low + width)
    if isinstance(utility, Shape) and utility.exponent is not None and utility.exponent.value != 1:
        assert utility.worst is not None
        assert utility.best is not None
        length = utility.best.value - utility.worst.value
        base, reach = (low - utility.worst.value) / length, width / length
        inside = (np.minimum(base, base + reach) > -1e-9) & (np.maximum(base, base + reach) < 1 + 1e-9) & (width != 0)
        return {
            "constant": np.where(inside, 0.0, ends[0]),
            "coef": np.where(inside, weight, 0.0),
            "base": np.where(inside, base, 0.0),
            "reach": np.where(inside, reach, 0.0),
            "exponent": np.where(inside, utility.exponent.value, 1.0),
        }
    return {"constant": ends[0], "slope": ends[1] - ends[0]}


def _evaluate(curve: Mapping[str, Floats], s: Floats) -> Floats:
    """(C, n) payoffs at coordinates ``s`` (C, q)."""
    t = s[:, None, :]
    arms = np.maximum(curve["base"] + curve["reach"] * t, 0.0)
    powers = np.where(curve["coef"] != 0, curve["coef"] * arms ** curve["exponent"], 0.0)
    return np.asarray((curve["constant"] + curve["slope"] * t + curve["quad"] * t**2 + powers).sum(axis=2))


def _bulge(curve: Mapping[str, Floats]) -> Floats:
    """(C, n, q) by how much each curve exceeds its chord: ``|quad|/4``; for a power where its slope is the chord's."""
    coef, base, reach, e = (curve[name] for name in ("coef", "base", "reach", "exponent"))
    ends = [coef * np.maximum(base + reach * s, 0.0) ** e for s in (0.0, 1.0)]
    rise = ends[1] - ends[0]
    with np.errstate(divide="ignore", invalid="ignore"):
        top = np.where((coef != 0) & (e < 1), (rise / (coef * e * reach)) ** (1 / (e - 1)), base)
        s = np.clip(np.where(reach != 0, (top - base) / np.where(reach != 0, reach, 1), 0.0), 0, 1)
    gap = coef * np.maximum(base + reach * s, 0.0) ** e - ends[0] - rise * s
    return np.asarray(np.abs(np.minimum(curve["quad"], 0)) / 4 + np.where((coef != 0) & (e < 1), np.maximum(gap, 0), 0))


def _bends_down(curve: Mapping[str, Floats]) -> bool:
    return bool(((curve["exponent"] <= 1) | (curve["coef"] == 0)).all())


def _simplex_corners(low: Floats, width: Floats) -> Floats:
    """Corners of a box of shares met with "shares sum to 1": all but one at an end, the last takes the rest."""
    found = []
    for free in range(len(low)):
        for ends in combinations((0.0, 1.0), repeat=len(low) - 1):
            s = np.insert(np.array(ends), free, 0.0)
            rest = (1 - (low + width * s).sum()) / width[free] if width[free] > 0 else np.inf
            if -1e-9 <= rest <= 1 + 1e-9:
                s[free] = np.clip(rest, 0, 1)
                found.append(s)
    target = len(low) * 2 ** (len(low) - 1)
    return np.array([found[i % len(found)] for i in range(target)])


def _rounded(x: Floats, low: float, high: float) -> Floats:
    """Numbers without dust: to nine digits of the length of their issue if they are all but there, else to twelve."""
    length = max(high - low, 1e-300)
    digits = 9 - int(np.floor(np.log10(length)))
    near = np.round(x, digits)
    return np.where(np.abs(x - near) < 2e-11 * length, near, np.round(x, digits + 3))
