"""Blocks of an agreement space: issues that are tied together, listed row by row or coupled link by link."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np
from numpy.typing import NDArray

from bargain.errors import TooManyAgreements
from bargain.geometry.sums.elimination import Factor, eliminate
from bargain.geometry.sums.frontier import Ancestry, Frontier, narrowed, rows_in

__all__ = ["Block", "Web", "first_settings", "settings_in_order"]

LARGEST_COUNT = 200_000
"""Ways looked at in one step of counting at most: a size that takes seconds to know is not worth the wait."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Block:
    """Possible joint settings of issues that are tied together.

    Attributes
    ----------
    issues : names, in file order.
    shape : how many settings each issue has.
    rows : (k,) which joint settings are listed, counted in lexicographic order.
    payoffs : (k, n) what they add to the signatories' payoffs, in lattice units.
    possible : how many joint settings are possible, if not all of them are listed but only the efficient ones.
    """

    issues: tuple[str, ...]
    shape: tuple[int, ...]
    rows: NDArray[np.intp]
    payoffs: Floats
    possible: int | None = None

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def size(self) -> int:
        """How many joint settings are possible."""
        return len(self.rows) if self.possible is None else self.possible

    @property
    def complete(self) -> bool:
        """Whether every possible joint setting is listed."""
        return self.size == len(self.rows)

    @property
    def lists(self) -> tuple[Block, ...]:
        """The lists of rows that an agreement picks from."""
        return (self,)

    def settings(self, column: int) -> NDArray[np.intp]:
        """(k,) the setting of one of the issues."""
        return np.asarray(self.rows // prod(self.shape[column + 1 :]) % self.shape[column])

    def settings_of(self, row: int) -> dict[str, int]:
        """Issue -> setting of one row."""
        return {name: self.setting(column, row) for column, name in enumerate(self.issues)}

    def setting(self, column: int, row: int) -> int:
        """The setting of one of the issues in one row."""
        return int(self.rows[row]) // prod(self.shape[column + 1 :]) % self.shape[column]


@dataclass(frozen=True, eq=False)
class Web:
    """Issues tied link by link, too many to list jointly: a sum of lists that share issues and use up budgets.

    Its rows are the points of its own frontier; each stands for the agreements that pay it.

    Attributes
    ----------
    issues : names, in file order.
    lists : one block per link; they agree on the issues that they share, and every payoff is in one of them.
    uses : per list, (rows, budgets) what every row takes of every budget.
    limits : (budgets,) how much there is of every budget.
    dust : (n,) payoffs that differ by no more are equal.
    """

    issues: tuple[str, ...]
    lists: tuple[Block, ...]
    uses: tuple[Floats, ...]
    limits: tuple[float, ...]
    dust: tuple[float, ...]

    complete = False

    def __len__(self) -> int:
        return len(self.frontier)

    @property
    def payoffs(self) -> Floats:
        """(k, n) the efficient payoffs of these issues alone, in lattice units."""
        return self.frontier.points

    @cached_property
    def frontier(self) -> Frontier:
        """The frontier of these issues alone, in lattice units."""
        return eliminate(self._factors(len(self.dust)), self.dust, self.limits)

    @cached_property
    def size(self) -> int | None:
        """How many joint settings are possible: the frontier of nobody keeps and counts them all.

        None where budgets can be used up in too many ways to be counted.
        """
        try:
            return eliminate(self._factors(0), (), self.limits, LARGEST_COUNT).total
        except TooManyAgreements:
            return None

    def settings_of(self, row: int) -> dict[str, int]:
        """Issue -> setting of the first agreement, in file order, that a row stands for."""
        return dict(zip(self.issues, first_settings(self.frontier, row, self.lists, self.issues), strict=True))

    def _factors(self, players: int) -> list[Factor]:
        number = {name: place for place, name in enumerate(self.issues)}
        return [
            Factor(
                tuple(number[name] for name in block.issues),
                np.column_stack([block.settings(column) for column in range(len(block.issues))]),
                block.payoffs[:, :players],
                used,
            )
            for block, used in zip(self.lists, self.uses, strict=True)
        ]


def first_settings(frontier: Frontier, place: int, lists: Sequence[Block], names: Sequence[str]) -> tuple[int, ...]:
    """The settings of ``names`` in the first agreement that pays one frontier point."""
    return next(settings_in_order(frontier, place, lists, names))


def settings_in_order(
    frontier: Frontier, place: int, lists: Sequence[Block], names: Sequence[str]
) -> Iterator[tuple[int, ...]]:
    """The settings of ``names`` in all agreements that pay one frontier point, in lexicographic order."""
    spot: Mapping[str, tuple[int, int]] = {
        name: (b, c) for b, block in enumerate(lists) for c, name in enumerate(block.issues)
    }

    def descend(chosen: tuple[int, ...], ancestry: Ancestry) -> Iterator[tuple[int, ...]]:
        if len(chosen) == len(names):
            yield chosen
            return
        b, c = spot[names[len(chosen)]]
        rows: dict[int, list[int]] = {}
        for row in rows_in(ancestry, b):
            rows.setdefault(lists[b].setting(c, row), []).append(row)
        for setting in sorted(rows):
            some = ancestry if len(rows) == 1 else narrowed(ancestry, b, set(rows[setting]))
            yield from descend((*chosen, setting), some)

    yield from descend((), frontier.ancestry(place))
