"""A scenario laid out as blocks of payoffs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod

import numpy as np

from bargain.errors import TooManyAgreements
from bargain.geometry.elimination import largest_clique
from bargain.geometry.lattice import Lattice, lattice_of
from bargain.model.agreements import Agreements
from bargain.model.axes import Axis, axis_of, rungs
from bargain.model.blocks import Block, Web
from bargain.model.grid import FILL, conditions_of, continuous, grid_axis
from bargain.model.issues import MenuIssue, RangeIssue
from bargain.model.lists import LARGEST_SIFTED, links, listed, sifted, web
from bargain.model.scenario import Scenario
from bargain.model.table import issues_of, largest_sum, parts_of

__all__ = ["tabulate", "tied_issues"]

SMALL_BLOCK = 20_000
"""Up to so many joint settings of tied issues are listed without asking how they are tied."""
LARGEST_BLOCK = 4_000_000
"""Rows of one block with continuous issues that are listed at most (about 300 MB at four signatories)."""
LARGEST_CLIQUE = 100_000
"""Joint settings that eliminating an issue from a web may have to look at in one step."""
FINE_BLOCK = 60_000
"""The grid of continuous issues is made coarser until a block has no more rows than this."""


def tabulate(scenario: Scenario) -> Agreements:
    """Lay a scenario out as blocks of payoffs.

    Raises
    ------
    TooManyAgreements
        if issues tied to one another have more joint settings than can be listed.
    """
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
    if isinstance(issue, MenuIssue):
        return axis_of(issue, list(issue.options))
    if isinstance(issue, RangeIssue) and issue.step is not None:
        return Axis(None, {"": rungs(issue)})
    return grid_axis(scenario, name, fineness)


def _lattice(scenario: Scenario, player: str, axes: Mapping[str, Axis]) -> Lattice:
    parts = parts_of(scenario, player, axes)
    return lattice_of(np.concatenate(parts), largest_sum(parts))


def _block(scenario: Scenario, axes: Mapping[str, Axis], lattices: Sequence[Lattice]) -> Block | Web:
    """Tied issues listed in full while they are few, else coupled link by link, else sifted piece by piece.

    Continuous issues anywhere ask for lists in full: patches are made of them.
    """
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
