"""A scenario laid out as blocks of payoffs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

from bargain.errors import TooManyAgreements, UsageError
from bargain.geometry.choice import Pick
from bargain.geometry.lattice import Lattice, lattice_of, settled
from bargain.geometry.sums.elimination import largest_clique
from bargain.model.agreements import Agreements
from bargain.model.axes import Axis, axis_of, rungs
from bargain.model.blocks import Block, Web
from bargain.model.grid import FILL, conditions_of, continuous, grid_axis
from bargain.model.issues import MenuIssue, RangeIssue
from bargain.model.lists import LARGEST_SIFTED, links, listed, sifted, web
from bargain.model.scenario import Scenario
from bargain.model.table import Product, issues_of, largest_sum, part, parts_of, possible, terms_of

__all__ = ["tabulate", "tied_issues", "totals_by_block", "whole_blocks"]

Floats = NDArray[np.float64]

SMALL_BLOCK = 20_000
"""Up to so many joint settings of tied issues are listed without asking how they are tied."""
LARGEST_BLOCK = 4_000_000
"""Rows of one block with continuous issues that are listed at most (about 300 MB at four signatories)."""
LARGEST_CLIQUE = 100_000
"""Joint settings that eliminating an issue from a web may have to look at in one step."""
CELL_DUST = 1e-14
"""Cells of a table within this share of the largest are equal: they may have been summed in another order."""
FINE_BLOCK = 60_000
"""The grid of continuous issues is made coarser until a block has no more rows than this."""


def tabulate(scenario: Scenario, like: Agreements | None = None) -> Agreements:
    """Lay a scenario out as blocks of payoffs.

    Parameters
    ----------
    scenario : what to lay out.
    like : the agreements of another scenario. If the two differ in powers and in what happens without a deal only,
        these agreements are taken over with all that is known about them.

    Raises
    ------
    UsageError
        if this is no scenario.
    TooManyAgreements
        if issues tied to one another have more joint settings than can be listed.
    ScenarioError
        if a possible agreement, or no deal, has a total that is worth nothing definite under an attitude to risk.
    """
    if not isinstance(scenario, Scenario):
        raise UsageError(
            f"expected a scenario, found a {type(scenario).__name__}", hint="write bargain.read(…) around it"
        )
    if like is not None and _same_agreements(scenario, like.scenario):
        agreements = like.under(scenario)
    else:
        agreements = _laid_out(scenario)
    _refuse_worthless(agreements)
    return agreements


def _same_agreements(one: Scenario, other: Scenario) -> bool:
    """Whether the same can be agreed on, and pays the same; not asked of tables of payoffs, which compare by name."""
    parts = ("rules", "red_lines", "issues", "utilities")
    alike = one.agreements is None and _in_order(one) == _in_order(other)
    return alike and all(getattr(one, part) == getattr(other, part) for part in parts)


def _in_order(scenario: Scenario) -> tuple[Sequence[object], ...]:
    """Who signs, players, issues and options in the order of the file, which maps that are equal need not share."""
    options = [list(issue.options) if isinstance(issue, MenuIssue) else [] for issue in scenario.issues.values()]
    return scenario.signatories, list(scenario.players), list(scenario.issues), options


def _laid_out(scenario: Scenario) -> Agreements:
    if not scenario.has_agreements:
        return Agreements(scenario, {}, (), ())
    groups = tied_issues(scenario)
    axes: dict[str, Axis] = {}
    for group in groups:
        axes.update(_axes_of(scenario, group))
    axes = {name: axes[name] for name in scenario.issues}
    lattices = tuple(_lattice(scenario, player, axes) for player in scenario.signatories)
    blocks = tuple(_block(scenario, {name: axes[name] for name in group}, lattices) for group in groups)
    return Agreements(scenario, axes, blocks, lattices)


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


def _block(scenario: Scenario, axes: Mapping[str, Axis], lattices: Sequence[Lattice]) -> Block | Web:
    """Tied issues listed in full while they are few, else coupled link by link, else sifted piece by piece.

    Continuous issues anywhere ask for lists in full: patches are made of them.
    """
    if scenario.agreements is not None:
        return _table_block(scenario, axes, lattices)
    count = prod(map(len, axes.values()))
    on_grid = any(continuous(issue) for issue in scenario.issues.values())
    if count <= (LARGEST_BLOCK if on_grid else SMALL_BLOCK):
        return listed(scenario, axes, np.array([lattice.units for lattice in lattices]))
    names = list(axes)
    scopes = [[names.index(name) for name in link] for link in links(scenario, names)]
    if not on_grid and len(scopes) > 1 and largest_clique(scopes, list(map(len, axes.values()))) <= LARGEST_CLIQUE:
        return web(scenario, axes, lattices)
    limit = LARGEST_BLOCK if on_grid else LARGEST_SIFTED
    if count > limit:
        chains = "chains of pairs can be any length" + (" where no issue is continuous" if on_grid else "")
        raise TooManyAgreements(
            f"the issues {', '.join(names)} are tied by terms, rules or red lines and have {count} joint settings, "
            f"more than the {limit} that can be listed; tie fewer of them together ({chains}), or use fewer options "
            "or larger steps"
        )
    return sifted(scenario, axes, lattices)


def _table_block(scenario: Scenario, axes: Mapping[str, Axis], lattices: Sequence[Lattice]) -> Block:
    """A table of payoffs, row by row."""
    product = Product(axes)
    rows = np.flatnonzero(product.listed(possible(scenario, product)))
    payoffs = np.empty((len(rows), len(lattices)))
    for column, player in enumerate(scenario.signatories):
        payoffs[:, column] = _column(scenario, player, product, lattices[column].units)[rows]
    return Block(tuple(axes), product.shape, rows, payoffs)


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


def whole_blocks(agreements: Agreements) -> list[Block]:
    """The blocks with all their possible settings listed, also those of which tabulation keeps less."""
    scenario, units = agreements.scenario, agreements.units
    return [
        block
        if isinstance(block, Block) and block.complete
        else listed(scenario, {name: agreements.axes[name] for name in block.issues}, units)
        for block in agreements.blocks
    ]


def totals_by_block(agreements: Agreements, blocks: Sequence[Block], player: str) -> tuple[Lattice, list[Floats]]:
    """What the listed settings of every block (rows,) add to a player's total, and in which units.

    For signatories these are the columns of the blocks; this tells it of any player. Without an exact lattice they are
    points of utility as they are, of which the lattice says only how far equal sums may lie apart.
    """
    lattice = _lattice(agreements.scenario, player, agreements.axes)
    if lattice.dust:
        lattice = Lattice(1.0, lattice.dust / lattice.units)
    totals = []
    for block in blocks:
        product = Product({name: agreements.axes[name] for name in block.issues})
        unit = None if lattice.dust else lattice.units
        totals.append(_column(agreements.scenario, player, product, unit)[block.rows])
    return lattice, totals


def _refuse_worthless(agreements: Agreements) -> None:
    """Try the attitudes to risk at every player's lowest and highest total; the error names the agreement.

    Where not all settings are listed, the agreements that are asked for are tried when they are.
    """
    scenario = agreements.scenario
    averse = [player for player, utilities in scenario.utilities.items() if utilities.attitude is not None]
    if not averse:
        return
    _ = agreements.disagreement
    blocks = [block for block in agreements.blocks if isinstance(block, Block) and block.complete and len(block)]
    for player in averse if len(blocks) == len(agreements.blocks) else ():
        _, totals = totals_by_block(agreements, blocks, player)
        for extreme in (np.argmin, np.argmax):
            agreements.payoffs_of(agreements.picked(Pick(tuple(int(extreme(total)) for total in totals))))
