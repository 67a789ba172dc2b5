"""A scenario laid out as blocks of payoffs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

from bargain.errors import TooManyAgreements
from bargain.geometry.choice import Pick
from bargain.geometry.lattice import Lattice, lattice_of, settled
from bargain.model.agreements import Agreements, Block
from bargain.model.axes import Axis, axis_of, rungs
from bargain.model.grid import FILL, conditions_of, grid_axis
from bargain.model.issues import MenuIssue, RangeIssue
from bargain.model.scenario import Scenario
from bargain.model.table import Product, issues_of, largest_sum, part, parts_of, possible, terms_of

__all__ = ["tabulate", "tied_issues", "totals_by_block"]

Floats = NDArray[np.float64]

LARGEST_BLOCK = 4_000_000
"""Rows of one block that are listed at most (about 300 MB at four signatories)."""
CELL_DUST = 1e-14
"""Cells of a table within this share of the largest are equal: they may have been summed in another order."""
FINE_BLOCK = 60_000
"""The grid of continuous issues is made coarser until a block has no more rows than this."""


def tabulate(scenario: Scenario) -> Agreements:
    """Lay a scenario out as blocks of payoffs.

    Raises
    ------
    TooManyAgreements
        if issues tied to one another have more joint settings than can be listed.
    ScenarioError
        if a possible agreement, or no deal, has a total that is worth nothing definite under an attitude to risk.
    """
    groups = tied_issues(scenario)
    axes: dict[str, Axis] = {}
    for group in groups:
        axes.update(_axes_of(scenario, group))
    axes = {name: axes[name] for name in scenario.issues}
    lattices = tuple(_lattice(scenario, player, axes) for player in scenario.signatories)
    units = np.array([lattice.units for lattice in lattices])
    blocks = tuple(_block(scenario, group, axes, units) for group in groups)
    agreements = Agreements(scenario, axes, blocks, lattices)
    _refuse_worthless(agreements)
    return agreements


def tied_issues(scenario: Scenario) -> list[list[str]]:
    """Issues grouped by the terms, rules and red lines that mention them together; in file order."""
    group = {name: {name} for name in scenario.issues}
    joined = [issues_of(rule) for rule in scenario.rules] + [list(c) for c in conditions_of(scenario)]
    for names in joined:
        union = set().union(*(group[name] for name in names))
        for name in union:
            group[name] = union
    seen: dict[str, list[str]] = {}
    for name in scenario.issues:
        seen.setdefault(min(group[name]), []).append(name)
    return list(seen.values())


def _axes_of(scenario: Scenario, group: Sequence[str]) -> dict[str, Axis]:
    """The axes of tied issues; continuous ones on the finest grid that keeps the block small."""
    axes: dict[str, Axis] = {}
    for fineness in range(len(FILL[1])):
        axes = {name: _axis(scenario, name, fineness) for name in group}
        if prod(map(len, axes.values())) <= FINE_BLOCK:
            return axes
    rows = prod(map(len, axes.values()))
    if rows > LARGEST_BLOCK and scenario.agreements is None:
        raise TooManyAgreements(
            f"the issues {', '.join(group)} are tied by terms, rules or red lines and have {rows} joint settings, "
            f"more than the {LARGEST_BLOCK} that can be listed; tie fewer of them together, or use fewer options "
            "or larger steps"
        )
    return axes


def _axis(scenario: Scenario, name: str, fineness: int) -> Axis:
    issue = scenario.issues[name]
    if scenario.agreements is not None:
        return Axis(scenario.agreements.rows.labels, {})
    if isinstance(issue, MenuIssue):
        return axis_of(issue, list(issue.options))
    if isinstance(issue, RangeIssue) and issue.step is not None:
        return Axis(None, {"": rungs(issue)})
    return grid_axis(scenario, name, fineness)


def _lattice(scenario: Scenario, player: str, axes: Mapping[str, Axis]) -> Lattice:
    if _stands_alone(scenario):
        return Lattice(1.0, 0.0)
    parts = parts_of(scenario, player, axes)
    return lattice_of(np.concatenate(parts), largest_sum(parts))


def _block(scenario: Scenario, group: Sequence[str], axes: Mapping[str, Axis], units: Floats) -> Block:
    product = Product({name: axes[name] for name in group})
    rows = np.flatnonzero(product.listed(possible(scenario, product)))
    payoffs = np.empty((len(rows), len(units)))
    for column, player in enumerate(scenario.signatories):
        payoffs[:, column] = _column(scenario, player, product, units[column])[rows]
    return Block(tuple(group), product.shape, rows, payoffs)


def _in_units(values: Floats, unit: float | None) -> Floats:
    return values if unit is None else np.rint(values * unit)


def _stands_alone(scenario: Scenario) -> bool:
    """Whether payoffs are read off a table and nothing is added to them, so that they need no lattice."""
    return scenario.agreements is not None and not any(u.terms for u in scenario.utilities.values())


def _column(scenario: Scenario, player: str, product: Product, unit: float | None) -> Floats:
    """(settings,) what the joint settings of a block add to a player's total, in lattice units; None: as they are."""
    if _stands_alone(scenario):
        ((name, axis),) = product.axes.items()
        cells = part(scenario, player, name, axis)
        return settled(cells, CELL_DUST * float(np.abs(cells).max(initial=0)))
    total = np.zeros(product.shape)
    for name, axis in product.axes.items():
        total += product.along(name, _in_units(part(scenario, player, name, axis), unit))
    for term in terms_of(scenario, player, product):
        total += _in_units(np.array(term.add.value), unit) * product.hold(term.when)
    return total.reshape(-1)


def totals_by_block(agreements: Agreements, player: str) -> tuple[Lattice, list[Floats]]:
    """What the possible settings of every block (rows,) add to a player's total, and in which units.

    For signatories these are the columns of the blocks; this tells it of any player. Without an exact lattice they are
    points of utility as they are, of which the lattice says only how far equal sums may lie apart.
    """
    lattice = _lattice(agreements.scenario, player, agreements.axes)
    if lattice.dust:
        lattice = Lattice(1.0, lattice.dust / lattice.units)
    totals = []
    for block in agreements.blocks:
        product = Product({name: agreements.axes[name] for name in block.issues})
        unit = None if lattice.dust else lattice.units
        totals.append(_column(agreements.scenario, player, product, unit)[block.rows])
    return lattice, totals


def _refuse_worthless(agreements: Agreements) -> None:
    """Try the attitudes to risk at every player's lowest and highest total; the error names the agreement."""
    scenario = agreements.scenario
    averse = [player for player, utilities in scenario.utilities.items() if utilities.attitude is not None]
    if not averse:
        return
    _ = agreements.disagreement
    for player in averse if agreements.size else ():
        _, totals = totals_by_block(agreements, player)
        for extreme in (np.argmin, np.argmax):
            agreements.payoffs_of(agreements.picked(Pick(tuple(int(extreme(total)) for total in totals))))
