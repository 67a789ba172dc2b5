"""Patches on which the floors leave no room are solved on the face that is left (facial reduction).

Where a player's payoff can just reach its floor on a patch and not exceed it, the constraints have no interior and an
interior point method has nothing to walk through. But then prices exist at which no point of the patch is worth more
than the floors: every point that meets the floors is worth most at these prices. So coordinates that the most
valuable points share are fixed, the players with a positive price are settled at their floors, and what is left is a
smaller patch (Borwein & Wolkowicz 1981, *Facial reduction for a cone-convex programming problem*). The same step takes
leximin from one level to the next.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from bargain.geometry.smooth.interior import CONVERGED, Optima, Patches, Programme, maximise

__all__ = ["Face", "face_of", "maximise_on_faces", "narrowed", "whole"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Number = TypeVar("Number", bound=np.generic)

ROOM = 1e-9
"""Gains up to this share of what is at stake do not count as room above a floor."""
NEARLY = 1e-3
"""Patches that miss a floor by more than this share of what is at stake are not looked at again."""
BINDING = 1e-6
"""A player whose price is this small against the largest one does not bind."""
BENT = 1e-7
"""Curvature of the priced payoff, on a box of length 1, from which its top is a single coordinate."""
LEVEL = 1e-4
"""Slopes up to this size, on a box of length 1, are those of a flat top."""
NEAR_END = 1e-5
"""Coordinates so near an end are moved there if that costs nothing: a path approaches a flat end slowly."""
UNBOUND = 1e3
"""Floors of settled players are lowered by so many times what is at stake."""


@dataclass(frozen=True, eq=False)
class Face:
    """Faces of B patches.

    Attributes
    ----------
    patches : the patches with fixed coordinates taken out (they move nothing) and equations added.
    fixed, at : (B, m) which coordinates are fixed, and where.
    settled : (B, n) players whose payoff is the same on the whole face.
    feasible : (B,) whether the floors can be met at all.
    """

    patches: Patches
    fixed: Bools
    at: Floats
    settled: Bools
    feasible: Bools

    def subset(self, rows: NDArray[np.intp]) -> Face:
        """Some of the faces."""
        return Face(self.patches.subset(rows), self.fixed[rows], self.at[rows], self.settled[rows], self.feasible[rows])

    def coordinates(self, s: Floats) -> Floats:
        """Coordinates on the patches from coordinates found on the faces."""
        return np.where(self.fixed, self.at, s)


def whole(patches: Patches) -> Face:
    """The patches as faces of themselves."""
    count, players, m = patches.slope.shape
    return Face(
        patches,
        np.zeros((count, m), dtype=bool),
        patches.start,
        np.zeros((count, players), dtype=bool),
        np.ones(count, dtype=bool),
    )


def maximise_on_faces(patches: Patches, programme: Programme) -> Optima:
    """`maximise`, and once more on their faces those patches on which the floors leave no room."""
    optima = maximise(patches, programme)
    doubtful = np.flatnonzero((optima.residual > CONVERGED) & (optima.violation < NEARLY))
    if not len(doubtful):
        return optima
    asked = programme.subset(doubtful)
    face = face_of(patches.subset(doubtful), asked.floor, asked.span, asked.ray <= 0)
    rows = np.flatnonzero(face.settled.any(axis=1))
    if not len(rows):
        return optima
    doubtful, face = doubtful[rows], face.subset(rows)
    asked = asked.subset(rows)
    again = maximise(face.patches, _without_settled(asked, face.settled))
    starved = ((asked.powers > 0) & face.settled).any(axis=1)
    prices = np.where(face.settled, 0.0, again.prices)
    violation = np.where(face.feasible & ~starved, again.violation, np.inf)
    renewed = Optima(face.coordinates(again.s), again.reach, prices, again.residual, violation, again.tight)
    return optima.updated(doubtful, renewed)


def face_of(patches: Patches, floor: Floats, span: Floats, asked: Bools) -> Face:
    """The faces on which the players ``asked`` (B, n) are at or above ``floor``, as small as need be.

    Level by level: as long as those who are not settled cannot all rise above their floors at once, the ones that
    bind are settled. Afterwards all that are left can gain together.
    """
    face, zero = whole(patches), np.zeros_like(floor)
    going = np.arange(len(floor))
    while len(going):
        some, left = face.subset(going), asked[going] & ~face.settled[going]
        lowest = floor[going] - np.where(left, 0.0, UNBOUND * span[going])
        ray = np.where(left, span[going], 0.0)
        optima = maximise(some.patches, Programme(lowest, ray, zero[going], zero[going], span[going]))
        stuck = left.any(axis=1) & (optima.reach <= ROOM)
        lost = stuck & (optima.reach < -ROOM)
        narrower = narrowed(some, optima, left & stuck[:, None])
        grown = (narrower.settled & ~some.settled).any(axis=1)
        face = _put(face, going, replace(narrower, feasible=some.feasible & ~lost))
        going = going[grown & ~lost]
    return face


def narrowed(face: Face, optima: Optima, rising: Bools) -> Face:
    """The faces on which those of ``rising`` (B, n) who bind at the optimum of a ray stay where they are.

    Who binds has a positive price. Fixed are coordinates held at an end, or at the top of a curve, by these prices;
    budgets that they hold become equations, and so do the (now linear) payoffs of the binding players.
    """
    patches = face.patches
    pressed = np.where(rising, optima.prices, 0.0)
    binding = (pressed > BINDING * pressed.max(axis=1, keepdims=True)) & (pressed > 0)
    prices = np.where(binding, pressed, 0.0)
    prices = prices / np.maximum(prices.sum(axis=1, keepdims=True), np.finfo(float).tiny)
    some = binding.any(axis=1)[:, None]
    s, fixed = _tops(patches, optima, prices)
    fixed = fixed & some & ~face.fixed
    tight = optima.tight[:, 2 * s.shape[1] :] & some
    return Face(
        _reduced(patches, s, fixed, binding, tight),
        face.fixed | fixed,
        np.where(fixed, s, face.at),
        face.settled | binding,
        face.feasible,
    )


def _tops(patches: Patches, optima: Optima, prices: Floats) -> tuple[Floats, Bools]:
    """Coordinates of the optimum, cleaned, and which of them all points share that are worth most at these prices."""
    m = optima.s.shape[1]
    low, high = optima.tight[:, :m], optima.tight[:, m : 2 * m]
    s = np.where(low, 0.0, np.where(high, 1.0, optima.s))
    first, second = patches.derivatives(s)
    worth = (prices[:, :, None] * first).sum(axis=1)
    curvature = (prices[:, :, None] * second).sum(axis=1)
    size = np.maximum(np.abs(prices[:, :, None] * first).sum(axis=1), np.abs(curvature))
    bent = curvature < -BENT * np.maximum(size.max(axis=1, keepdims=True), np.finfo(float).tiny)
    flat = (np.abs(prices[:, :, None] * first) <= LEVEL * np.abs(curvature)[:, None, :]).all(axis=1)
    alone = (patches.limit_rows == 0).all(axis=1) & (patches.tie_rows == 0).all(axis=1)
    step = np.where(bent & flat & alone, -worth / np.where(bent, curvature, 1.0), 0.0)
    s = np.clip(s + step, 0.0, 1.0)
    return _at_ends(patches, s, prices), (low | high | bent) & (patches.width > 0)


def _at_ends(patches: Patches, s: Floats, prices: Floats) -> Floats:
    """Coordinates next to an end moved there, all of a patch together, if the priced payoff is no smaller."""
    moved = np.where(s < NEAR_END, 0.0, np.where(s > 1 - NEAR_END, 1.0, s))
    before, after = ((patches.payoffs(at) * prices).sum(axis=1) for at in (s, moved))
    return np.where((after >= before - 1e-14 * np.abs(before))[:, None], moved, s)


def _reduced(patches: Patches, s: Floats, fixed: Bools, binding: Bools, tight: Bools) -> Patches:
    """The patches with fixed coordinates at ``s`` counted as constants, and the new equations."""
    still = fixed[:, None, :]
    zeroed = {name: np.where(still, 0.0, getattr(patches, name)) for name in ("slope", "quad", "coef")}
    anchored = np.where(fixed, s, 0.0)
    alone = patches.totals_by_coordinate(s)
    constant = patches.constant + np.where(still, alone, 0.0).sum(axis=2)
    limit_rows = np.where(still, 0.0, patches.limit_rows)
    limits = patches.limits - (patches.limit_rows @ anchored[:, :, None])[:, :, 0]
    first, _ = patches.derivatives(s)
    own = np.where(still | ~binding[:, :, None], 0.0, first)
    size = np.maximum(np.abs(own).max(axis=2, keepdims=True), np.finfo(float).tiny)
    own = np.where(size > 1e-9 * np.abs(first).max(initial=1e-300), own / size, 0.0)
    held = np.where(tight[:, :, None], limit_rows, 0.0)
    tie_rows = np.concatenate([np.where(still, 0.0, patches.tie_rows), own, held], axis=1)
    ties = (tie_rows @ s[:, :, None])[:, :, 0]
    return replace(
        patches,
        constant=constant,
        limit_rows=np.where(tight[:, :, None], 0.0, limit_rows),
        limits=np.where(tight, 1.0, limits),
        tie_rows=tie_rows,
        ties=ties,
        start=np.clip(s, 0.0, 1.0),
        width=np.where(fixed, 0.0, patches.width),
        attitudes=patches.attitudes,
        **zeroed,
    )


def _without_settled(programme: Programme, settled: Bools) -> Programme:
    """The programme with the rows of settled players lifted."""
    floor = np.where(settled, programme.floor - UNBOUND * programme.span, programme.floor)
    return replace(programme, floor=floor, powers=np.where(settled, 0.0, programme.powers))


def _put(face: Face, rows: NDArray[np.intp], narrower: Face) -> Face:
    """Faces with some of them replaced; those left as they are get empty equations."""
    names = [name for name in Patches.__dataclass_fields__ if name != "attitudes"]
    pairs = {name: (getattr(face.patches, name), getattr(narrower.patches, name)) for name in names}
    return Face(
        replace(
            face.patches,
            attitudes=face.patches.attitudes,
            **{name: _placed(old, rows, new) for name, (old, new) in pairs.items()},
        ),
        _placed(face.fixed, rows, narrower.fixed),
        _placed(face.at, rows, narrower.at),
        _placed(face.settled, rows, narrower.settled),
        _placed(face.feasible, rows, narrower.feasible),
    )


def _placed(old: NDArray[Number], rows: NDArray[np.intp], new: NDArray[Number]) -> NDArray[Number]:
    """An array with some rows replaced by rows that may be longer."""
    found = np.zeros((len(old), *new.shape[1:]), dtype=old.dtype)
    found[tuple(slice(0, size) for size in old.shape)] = old
    found[rows] = new
    return found
