"""The rows of blocks: all joint settings of tied issues at once, piece by piece, or link by link."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor, prod

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.lattice import Lattice, lattice_of
from bargain.geometry.sums.listing import Sieve, outer_sum
from bargain.model.axes import Axis
from bargain.model.blocks import Block, Web
from bargain.model.conditions import slack
from bargain.model.scenario import Budget, Scenario
from bargain.model.table import Product, issues_of, largest_sum, part, possible, red_lines_of, terms_of
from bargain.model.utilities import Term

__all__ = ["LARGEST_SIFTED", "links", "listed", "sifted", "web"]

PIECE = 2**18
"""Joint settings looked at in one piece: their payoffs stay in the cache."""
LARGEST_SIFTED = 100_000_000
"""Joint settings that are looked at piece by piece at most; some seconds of work."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class _Ledger:
    """What counts in a product of issues: the parts of ``own`` issues and the terms that pass ``counts``."""

    scenario: Scenario
    units: Floats

    def parts(self, column: int, name: str, axis: Axis) -> Floats:
        """(settings,) what an issue adds to a signatory's payoff, in lattice units."""
        return np.asarray(
            np.rint(part(self.scenario, self.scenario.signatories[column], name, axis) * self.units[column])
        )

    def sums(self, product: Product, own: Iterable[str], terms: Mapping[int, Sequence[Term]]) -> Floats:
        """(n, joint settings) payoffs in lattice units."""
        owned = set(own)
        found = np.empty((len(self.units), prod(product.shape)))
        for column, room in enumerate(found):
            parts = [
                self.parts(column, name, axis) if name in owned else np.zeros(len(axis))
                for name, axis in product.axes.items()
            ]
            outer_sum(parts, room)
            for term in terms.get(column, ()):
                grid = room.reshape(product.shape)
                grid += np.rint(term.add.value * self.units[column]) * product.hold(term.when)
        return found

    def terms(self, product: Product) -> dict[int, list[Term]]:
        """Signatory -> the terms about these issues."""
        return {column: terms_of(self.scenario, p, product) for column, p in enumerate(self.scenario.signatories)}


def listed(scenario: Scenario, axes: Mapping[str, Axis], units: Floats) -> Block:
    """The block of all possible joint settings."""
    product, ledger = Product(axes), _Ledger(scenario, units)
    rows = np.flatnonzero(product.listed(possible(scenario, product)))
    sums = ledger.sums(product, axes, ledger.terms(product))
    return Block(tuple(axes), product.shape, rows, (sums if len(rows) == sums.shape[1] else sums[:, rows]).T)


def sifted(scenario: Scenario, axes: Mapping[str, Axis], lattices: Sequence[Lattice]) -> Block:
    """The block of the efficient joint settings, all of them looked at piece by piece and counted if possible.

    The first issues are settled outside a piece, the others inside; what depends on the others alone is laid out once.
    """
    units = np.array([lattice.units for lattice in lattices])
    names, sizes = list(axes), [len(axis) for axis in axes.values()]
    cut = next(cut for cut in range(len(names)) if prod(sizes[cut:]) <= PIECE or cut == len(names) - 1)
    ledger, inner = _Ledger(scenario, units), Product({name: axes[name] for name in names[cut:]})
    base = ledger.sums(inner, inner.axes, ledger.terms(inner))
    sieve, count = Sieve([lattice.dust for lattice in lattices]), 0
    for number, outer in enumerate(np.ndindex(*sizes[:cut])):
        fixed = {name: axes[name].taken([index]) for name, index in zip(names[:cut], outer, strict=True)}
        piece = Product({**fixed, **inner.axes})
        rows = np.flatnonzero(piece.listed(possible(scenario, piece)))
        if len(rows):
            count += len(rows)
            sums = base + _outside(ledger, piece, inner, fixed)
            sieve.add(number * base.shape[1] + rows, sums if len(rows) == base.shape[1] else sums[:, rows])
    rows, sums = sieve.result()
    return Block(tuple(axes), tuple(sizes), rows, sums.T, count)


def _outside(ledger: _Ledger, piece: Product, inner: Product, fixed: Mapping[str, Axis]) -> Floats:
    """(n, 1 or piece) what the issues settled outside, and terms about them, add."""
    found = []
    for column, player in enumerate(ledger.scenario.signatories):
        total = np.full([1] * len(piece.shape), sum(float(ledger.parts(column, *item)[0]) for item in fixed.items()))
        for term in terms_of(ledger.scenario, player, piece):
            if not inner.knows(term.when):
                total = total + np.rint(term.add.value * ledger.units[column]) * piece.hold(term.when)
        found.append(piece.listed(total) if total.size > 1 else total.reshape(1))
    return np.stack(np.broadcast_arrays(*found))


def links(scenario: Scenario, group: Sequence[str]) -> list[tuple[str, ...]]:
    """The smallest sets of issues such that every term, rule and red line is about one of them; budgets apart."""
    sets = [set(issues_of(rule)) for rule in scenario.rules if not isinstance(rule, Budget)]
    sets += [set(term.when) for player in scenario.signatories for term in scenario.utilities[player].terms]
    sets += [set(line) for _, line in red_lines_of(scenario)]
    sets = [*(some for some in sets if some <= set(group)), *({name} for name in group)]
    largest: list[set[str]] = []
    for some in sorted(sets, key=len, reverse=True):
        if not any(some <= other for other in largest):
            largest.append(some)
    found = [tuple(name for name in group if name in some) for some in largest]
    return sorted(found, key=lambda link: [group.index(name) for name in link])


def web(scenario: Scenario, axes: Mapping[str, Axis], lattices: Sequence[Lattice]) -> Web:
    """The issues link by link; every part and every term counts in the first link that knows its issues."""
    units = np.array([lattice.units for lattice in lattices])
    ledger, budgets = _Ledger(scenario, units), _budgets(scenario, axes)
    lists, uses = [], []
    parts, terms = set(axes), {id(t) for p in scenario.signatories for t in scenario.utilities[p].terms}
    for link in links(scenario, list(axes)):
        product = Product({name: axes[name] for name in link})
        own = parts & set(link)
        parts -= own
        known = {column: [t for t in some if id(t) in terms] for column, some in ledger.terms(product).items()}
        terms -= {id(term) for some in known.values() for term in some}
        rows = np.flatnonzero(product.listed(possible(scenario, product, budgets=False)))
        sums = ledger.sums(product, own, known)[:, rows]
        lists.append(Block(link, product.shape, rows, sums.T))
        uses.append(np.column_stack([np.zeros((len(rows), 0)), *(b.used(product, own)[rows] for b in budgets)]))
    limits = tuple(budget.limit for budget in budgets)
    return Web(tuple(axes), tuple(lists), tuple(uses), limits, tuple(lattice.dust for lattice in lattices))


@dataclass(frozen=True)
class _Use:
    """A budget in whole units: what every setting of an issue takes of it, and how much there is."""

    parts: Mapping[str, Floats]
    limit: float

    def used(self, product: Product, own: Iterable[str]) -> Floats:
        """(joint settings,) what the settings of ``own`` issues take."""
        owned = set(own) & set(self.parts)
        return outer_sum([self.parts[n] if n in owned else np.zeros(len(a)) for n, a in product.axes.items()])


def _budgets(scenario: Scenario, axes: Mapping[str, Axis]) -> list[_Use]:
    """The budgets about these issues; how far one may be missed is part of what there is."""
    found = []
    for rule in scenario.rules:
        if isinstance(rule, Budget) and all(name in axes for name in issues_of(rule)):
            parts = {name: np.zeros(len(axes[name])) for name in issues_of(rule)}
            for key, weight in rule.sum.items():
                name, _, member = key.partition(".")
                parts[name] = parts[name] + weight.value * axes[name].numbers(member)
            lattice = lattice_of(np.concatenate(list(parts.values())), largest_sum(list(parts.values())))
            limit = floor((rule.at_most.value + slack(rule.at_most.value)) * lattice.units)
            found.append(_Use({name: np.rint(used * lattice.units) for name, used in parts.items()}, float(limit)))
    return found
