"""Agreements met while a sum of blocks was searched: the next search starts from the best of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.attitude import Attitudes
from bargain.geometry.choice import Listed, Place
from bargain.geometry.unlisted.aims import Aim
from bargain.geometry.unlisted.fixing import Space
from bargain.geometry.unlisted.parts import Part
from bargain.geometry.unlisted.pursuit import Found

__all__ = ["Met"]

Floats = NDArray[np.float64]

REMEMBERED = 20
"""Agreements remembered of every search."""


@dataclass(frozen=True)
class Met:
    """What has been met, and how the search's own unit relates to payoffs.

    Attributes
    ----------
    space : where is searched, lattice units above ``base``.
    base : (n,) lattice units.
    units : (n,) lattice units per utility point.
    attitudes : from totals to payoffs; None if payoffs are the totals.
    """

    space: Space
    base: Floats
    units: Floats
    attitudes: Attitudes | None = None
    _agreements: list[tuple[Floats, Place]] = field(default_factory=list)

    def learn(self, found: Found, aim: Aim) -> Found:
        """Remember the best agreements of a search, and pass it on."""
        for part in (found.part, found.sample):
            if part is not None and len(part):
                shown = self.in_payoffs(part)
                best = np.argsort(-aim.levels(part.points * self.space.scale), kind="stable")[:REMEMBERED]
                self._agreements.extend((part.points[index], Listed(shown, int(index))) for index in best)
        if found.pick is not None:
            self._agreements.append(found.pick)
        return found

    def listing(self, part: Part | None) -> Iterator[tuple[Floats, Floats, Place]]:
        """Sums, payoffs and places of a part, or of everything met if there is no part."""
        if part is None:
            sums, places = zip(*self._agreements, strict=True) if self._agreements else ((), ())
            yield from zip(sums, self.points, places, strict=True)
            return
        shown = self.in_payoffs(part)
        for index, (sums, point) in enumerate(zip(part.points, shown.points, strict=True)):
            yield sums, point, Listed(shown, index)

    def in_payoffs(self, part: Part) -> Part:
        """A part as players see it."""
        return part.paying(self.paid(part.points))

    def paid(self, sums: Floats) -> Floats:
        """(k, n) what sums of rows pay."""
        totals = (sums + self.base) / self.units
        return totals if self.attitudes is None else self.attitudes.worth(totals)

    @property
    def points(self) -> Floats:
        """(k, n) the payoffs met."""
        return self.paid(np.array([sums for sums, _ in self._agreements]).reshape(-1, len(self.units)))

    @property
    def known(self) -> Floats:
        """(k, n) the same in the unit of the search."""
        sums = np.array([sums for sums, _ in self._agreements]).reshape(-1, len(self.units))
        return np.asarray(sums * self.space.scale)
