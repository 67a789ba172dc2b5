"""A game of coalitions with transferable value, as an array indexed by bitmask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.errors import NotApplicable

__all__ = ["LISTED", "Division", "Game", "members_of", "sums_of"]

Floats = NDArray[np.float64]

LISTED = 20
"""Players up to which all coalitions are listed: a million numbers, and a second of work."""


@dataclass(frozen=True, eq=False)
class Game:
    """What every coalition is worth.

    Attributes
    ----------
    values : (2**n,) worth by bitmask: player i belongs to coalition S if bit i of S is set; values[0] is 0.

    >>> glove = Game(np.array([0.0, 0, 0, 0, 0, 1, 1, 1]))  # players 0 and 1 have a left glove, 2 a right one
    >>> glove.n, glove.grand, glove.excesses(np.array([0.0, 0.0, 1.0])).tolist()
    (3, 1.0, [0.0, 0.0, 0.0, 0.0, -1.0, 0.0, 0.0, 0.0])
    """

    values: Floats

    def __post_init__(self) -> None:
        size = len(self.values)
        if size < 2 or size & (size - 1):
            raise ValueError("a game has 2**n values, n at least 1")
        if self.values[0] != 0:
            raise ValueError("the empty coalition is worth 0")

    @property
    def n(self) -> int:
        """How many players there are."""
        return len(self.values).bit_length() - 1

    @property
    def grand(self) -> float:
        """What all are worth together."""
        return float(self.values[-1])

    @property
    def alone(self) -> Floats:
        """(n,) what each is worth alone."""
        return np.asarray(self.values[1 << np.arange(self.n)])

    @cached_property
    def members(self) -> NDArray[np.bool_]:
        """(2**n, n) who belongs to which coalition."""
        return members_of(self.n)

    def excesses(self, shares: Floats) -> Floats:
        """(2**n,) what each coalition is worth beyond its members' shares, (n,); positive: it had better leave."""
        return np.asarray(self.values - sums_of(shares))

    def table(self) -> Game:
        """The game itself: its coalitions are listed already."""
        return self


@dataclass(frozen=True, eq=False)
class Division:
    """How a concept divides the worth of all.

    Attributes
    ----------
    shares : (n,) what each gets; None where no division has the property asked for (an empty core).
    evidence : what a reader can check by hand. Arrays have one number (or one row) per player; maps with whole
        numbers as keys go from coalitions, as bitmasks, to numbers.
    method : how it was found.
    reason : why there are no shares.
    """

    shares: Floats | None
    evidence: Mapping[str, Any] = field(default_factory=dict)
    method: str = "closed form"
    reason: str = ""


def members_of(n: int) -> NDArray[np.bool_]:
    """(2**n, n) who belongs to which coalition."""
    return ((np.arange(2**n)[:, None] >> np.arange(n)) & 1).astype(bool)


def sums_of(numbers: Floats) -> Floats:
    """(2**n,) the sum of one number per player, (n,), over every coalition.

    >>> sums_of(np.array([1.0, 10.0]))
    array([ 0.,  1., 10., 11.])
    """
    if len(numbers) > LISTED:
        raise NotApplicable(f"the coalitions of {len(numbers)} players cannot be listed (at most {LISTED} players)")
    total = np.zeros(1)
    for number in numbers:
        total = np.concatenate([total, total + number])
    return total
