"""Every possible agreement, one by one, with what it pays every player: the space as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.errors import TooManyAgreements
from bargain.geometry.lattice import settled
from bargain.model.agreements import Agreements
from bargain.model.results import Agreement
from bargain.model.table import attitude_of
from bargain.model.tabulate import totals_by_block, whole_blocks

__all__ = ["Listing", "efficient_listing", "listing"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Listing:
    """Agreements in file order.

    Attributes
    ----------
    settings : issue -> (k,) which of its settings every agreement takes.
    payoffs : player -> (k,) what every agreement pays, after attitudes to risk; equal ones are equal to the last bit.
    """

    agreements: Agreements
    settings: Mapping[str, NDArray[np.intp]]
    payoffs: Mapping[str, Floats]

    def __len__(self) -> int:
        return len(next(iter(self.payoffs.values())))

    def agreement(self, row: int) -> Agreement:
        """One of the agreements in words of the file."""
        return self.agreements.agreement([int(column[row]) for column in self.settings.values()])


def listing(agreements: Agreements, most: int) -> Listing:
    """All possible agreements; continuous issues on their grid.

    Raises
    ------
    TooManyAgreements
        if there are more than ``most``.

    >>> from bargain import read, tabulate
    >>> listing(tabulate(read("teaching/polygon")), 100).payoffs["north"].tolist()
    [0.0, 9.0, 13.0, 15.0, 20.0]
    """
    _refuse_more_than(most, agreements.size)
    scenario, blocks = agreements.scenario, whole_blocks(agreements)
    chosen = np.unravel_index(np.arange(agreements.size or 0), [max(1, len(block)) for block in blocks])
    rows = list(zip(blocks, chosen, strict=True))
    settings = {name: block.settings(c)[row] for block, row in rows for c, name in enumerate(block.issues)}
    payoffs = {}
    for player in scenario.players:
        lattice, totals = totals_by_block(agreements, blocks, player)
        sums = np.sum([total[row] for total, row in zip(totals, chosen, strict=True)], axis=0)
        payoffs[player] = attitude_of(scenario, player).worth(settled(sums, lattice.dust) / lattice.units)
    order = np.lexsort([settings[name] for name in reversed(scenario.issues)])
    return Listing(
        agreements,
        {name: settings[name][order] for name in scenario.issues},
        {player: column[order] for player, column in payoffs.items()},
    )


def efficient_listing(agreements: Agreements, most: int) -> Listing:
    """The agreements that pay the signatories an efficient payoff, without listing the others."""
    frontier = agreements.frontier
    _refuse_more_than(most, sum(frontier.count(place) for place in range(len(frontier))))
    found = sorted((row, place) for place in range(len(frontier)) for row in agreements.settings_at(place))
    points = frontier.points[[place for _, place in found]]
    columns = np.array([row for row, _ in found], dtype=np.intp).reshape(len(found), len(agreements.axes))
    payoffs = {player: points[:, column] for column, player in enumerate(agreements.signatories)}
    others = [player for player in agreements.scenario.players if player not in payoffs]
    paid = [agreements.payoffs_of(agreements.agreement(row)) for row, _ in found] if others else []
    payoffs |= {player: np.array([each[player] for each in paid]) for player in others}
    settings = dict(zip(agreements.axes, columns.T, strict=True))
    return Listing(agreements, settings, {player: payoffs[player] for player in agreements.scenario.players})


def _refuse_more_than(most: int, size: int | None) -> None:
    if size is None or size > most:
        count = "more agreements than can be counted" if size is None else f"{size} agreements"
        raise TooManyAgreements(
            f"these are {count}, more than {most}; list the efficient ones only (--efficient), "
            "settle an issue by a rule, or ask for more (--most)"
        )
