"""Placing labels so that none covers another label, a marker or the edge of the Axes.

A small search, no physics: each label tries places around its point, in sixteen directions and on a lattice,
and takes the cheapest one that is free: near its point and hiding little. Three rounds let earlier labels
make way for later ones, three orders are tried. Sizes are those of the rendered text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import cos, hypot, pi, sin
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.patheffects import withStroke
from matplotlib.text import Annotation, Text
from numpy.typing import NDArray

from bargain.show.plots.boxes import Box, Segment, box_around, cross, crosses_box
from bargain.show.plots.canvas import pixels_per_point
from bargain.show.plots.palette import BODY

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Label", "Surroundings", "place_labels", "place_note", "spread"]

GAP = 4.0
"""Points between a label and anything else."""
APART = 6.0
"""Points more between two labels, so that they are not read as one."""
REACH = 1.0
"""A leader line is drawn from this many label heights on."""
RADII = (0.0, 3.0, 8.0, 15.0, 24.0, 36.0, 50.0, 68.0, 90.0)
DIRECTIONS = tuple(
    (cos(turn * pi / 8), sin(turn * pi / 8)) for turn in (2, 0, 1, 3, 4, 15, 14, 5, 6, 8, 12, 13, 7, 11, 10, 9)
)
"""North-east first: beyond the frontier there is most room."""
LEADER = 18.0
"""Points of distance that a leader line costs besides its length."""
RIVAL = 12.0
"""Points of distance that it costs to stand about as near to the marker of another label."""
CROSSING = 60.0
"""Points of distance that it costs a leader line to cross another or a marker."""
OVERLAP = 1e4
"""What touching something else costs, against which distances do not count."""
ROUNDS = 3

Floats = NDArray[np.float64]
Placed = tuple[Box, Segment]
"""Where a label stands, and its leader line."""


@dataclass(frozen=True)
class Label:
    """A text that belongs to a point (data coordinates) under a marker of ``radius`` points."""

    text: str
    at: tuple[float, float]
    colour: str
    radius: float = 5.0


@dataclass(frozen=True)
class Surroundings:
    """What labels keep clear of, in pixels: boxes not to touch, points (weighted) better left visible."""

    taken: Sequence[Box]
    points: Floats
    weights: Floats

    def covered(self, box: Box) -> float:
        """The weight of the points that the box would hide, counted with diminishing returns."""
        x, y = self.points[:, 0], self.points[:, 1]
        inside = (x > box.left) & (x < box.right) & (y > box.bottom) & (y < box.top)
        return float(np.sqrt(self.weights[inside].sum()))


@dataclass
class _Seat:
    """A label on its way to a place."""

    label: Label
    x: float
    y: float
    radius: float
    width: float
    height: float
    scale: float
    places: Sequence[tuple[float, Box]] = ()

    def gap(self, box: Box) -> float:
        """From the edge of the marker to the box."""
        x, y = box.nearest(self.x, self.y)
        return max(0.0, hypot(x - self.x, y - self.y) - self.radius)

    def leader(self, box: Box) -> Segment:
        """From the edge of the marker to the nearest point of the box."""
        x, y = box.nearest(self.x, self.y)
        away = hypot(x - self.x, y - self.y)
        share = min(1.0, self.radius / away) if away else 0.0
        return self.x + share * (x - self.x), self.y + share * (y - self.y), x, y


def place_labels(ax: Axes, labels: Sequence[Label], around: Surroundings) -> list[Annotation]:
    """Write the labels next to their points, with a leader line where they had to move away."""
    scale = pixels_per_point(ax)
    seats = [_seat(ax, label, scale) for label in labels]
    window = ax.get_window_extent()
    inside = Box(window.x0, window.y0, window.x1, window.y1).grown(-GAP * scale / 2)
    taken = [*around.taken, *(Box(s.x, s.y, s.x, s.y).grown(s.radius) for s in seats)]
    for seat in seats:
        seat.places = _places(seat, seats, inside, around)
    by_height = sorted(seats, key=lambda seat: (seat.y, seat.x))
    by_side = sorted(seats, key=lambda seat: (seat.x, seat.y))
    orders = (seats, by_height, by_height[::-1], by_side, by_side[::-1])
    plans = [_seated(order, taken, inside) for order in orders]
    _, boxes = min(plans, key=lambda plan: plan[0])
    return [_write(ax, seat, boxes[id(seat)]) for seat in seats]


def place_note(ax: Axes, text: str, around: Surroundings, **style: Any) -> tuple[Text, Box]:
    """Write a text where it hides least, high and central if it can; returns it and the room it takes."""
    window = ax.get_window_extent()
    note = ax.text(0.5, 0.5, text, transform=ax.transAxes, ha="center", va="center", **style)
    extent, scale = Text.get_window_extent(note), pixels_per_point(ax)
    best, lowest = (0.5, 0.9), float("inf")
    for x, y in product(np.linspace(0.1, 0.9, 17), np.linspace(0.06, 0.94, 23)):
        centre = window.x0 + x * window.width, window.y0 + y * window.height
        box = box_around(*centre, extent.width, extent.height).grown(GAP * scale)
        bounds = Box(window.x0, window.y0, window.x1, window.y1)
        blocked = 1000.0 * (any(box.meets(other) for other in around.taken) + (not box.within(bounds)))
        cost = blocked + around.covered(box) + abs(x - 0.5) + 0.5 * (1 - y)
        if cost < lowest:
            best, lowest = (float(x), float(y)), cost
    note.set_position(best)
    moved = Text.get_window_extent(note)
    return note, Box(moved.x0, moved.y0, moved.x1, moved.y1)


def spread(wishes: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Heights as near to the wishes as possible, at least ``gap`` apart and from ``low`` to ``high``.

    Neighbours that would touch form a stack centred on the mean of its wishes (pool adjacent violators).
    The gap shrinks only where the room is too small for all.

    >>> spread([5.0, 5.0, 20.0], gap=2.0, low=0.0, high=30.0)
    [4.0, 6.0, 20.0]
    """
    if not wishes:
        return []
    gap = min(gap, (high - low) / max(len(wishes) - 1, 1))
    order = sorted(range(len(wishes)), key=lambda index: (wishes[index], index))
    stacks: list[tuple[float, int]] = []  # lowest wish-adjusted base, size
    for rank, index in enumerate(order):
        base, size = wishes[index] - rank * gap, 1
        while stacks and stacks[-1][0] > base:
            before, count = stacks.pop()
            base, size = (before * count + base * size) / (count + size), size + count
        stacks.append((base, size))
    bases = [base for base, size in stacks for _ in range(size)]
    top = high - (len(wishes) - 1) * gap
    heights = [0.0] * len(wishes)
    for rank, index in enumerate(order):
        heights[index] = min(max(bases[rank], low), top) + rank * gap
    return heights


def _seat(ax: Axes, label: Label, scale: float) -> _Seat:
    probe = ax.text(0, 0, label.text, fontsize=BODY)
    extent = probe.get_window_extent()
    probe.remove()
    x, y = (float(value) for value in ax.transData.transform(label.at))
    return _Seat(label, x, y, label.radius * scale, extent.width, extent.height, scale)


def _seated(order: Sequence[_Seat], taken: Sequence[Box], inside: Box) -> tuple[float, dict[int, Box]]:
    """Every seat in its cheapest place, taken in turn; the total cost and the boxes."""
    costs: dict[int, float] = {}
    placed: dict[int, Placed] = {}
    for _ in range(ROUNDS):
        before = dict(placed)
        for seat in order:
            others = [place for key, place in placed.items() if key != id(seat)]
            costs[id(seat)], box = _best_place(seat, others, taken, inside)
            placed[id(seat)] = box, seat.leader(box)
        if placed == before:
            break
    return sum(costs.values()), {key: box for key, (box, _) in placed.items()}


def _best_place(seat: _Seat, others: Sequence[Placed], taken: Sequence[Box], inside: Box) -> tuple[float, Box]:
    """The cheapest free place; if none is free, the one that overlaps least."""
    lowest, best = float("inf"), seat.places[0][1]
    for cost, box in seat.places:
        if cost >= lowest:
            break
        grown = box.grown(GAP * seat.scale / 2)
        total = cost + OVERLAP * _overlaps(seat, grown, others, taken, inside, most=(lowest - cost) / OVERLAP)
        if total < lowest:
            total += CROSSING * seat.scale * _crossings(seat, grown, others, taken)
        if total < lowest:
            lowest, best = total, box
    return lowest, best


def _places(seat: _Seat, seats: Sequence[_Seat], inside: Box, around: Surroundings) -> list[tuple[float, Box]]:
    """Places around the marker, then a lattice around it, cheapest first: near, and hiding little."""
    places, scale = [], seat.scale
    for radius in RADII:
        reach = seat.radius + (GAP + radius) * scale
        for rank, (ux, uy) in enumerate(DIRECTIONS):
            x = seat.x + ux * reach + _side(ux) * seat.width / 2
            y = seat.y + uy * reach + _side(uy) * seat.height / 2
            places.append((0.4 * rank * scale, box_around(x, y, seat.width, seat.height)))
    step = 0.7 * BODY * scale
    for x, y in product(np.arange(-16, 17) * 2.5 * step, np.arange(-24, 25) * step):
        places.append((0.0, box_around(seat.x + x, seat.y + y, seat.width, seat.height)))
    costed = [(_cost(seat, seats, box, around) + extra, box) for extra, box in places if box.within(inside)]
    fallback = Box(inside.left, inside.bottom, inside.left + seat.width, inside.bottom + seat.height)
    return sorted(costed) or [(0.0, fallback)]


def _cost(seat: _Seat, seats: Sequence[_Seat], box: Box, around: Surroundings) -> float:
    """Distance, a leader line, what is hidden, and other markers the label could be taken to belong to."""
    scale = seat.scale
    distance = seat.gap(box)
    rivals = sum(other.gap(box) < distance + 3 * GAP * scale for other in seats if other is not seat)
    leader = LEADER * scale if distance >= REACH * BODY * scale else 0.0
    return distance + leader + RIVAL * scale * rivals + 6.0 * scale * around.covered(box.grown(2 * scale))


def _side(component: float) -> float:
    """How far the label leans to a side: fully where the direction does, in part near the other axis."""
    return (component > 0.3) - (component < -0.3) + 0.0 if abs(component) > 0.5 else 2 * component


def _overlaps(seat: _Seat, box: Box, others: Sequence[Placed], taken: Sequence[Box], inside: Box, most: float) -> int:
    """How many labels, markers, leader lines and edges the box or its leader line would touch.

    Counting ends at ``most``: a place with so many is not taken.
    """
    count = 3 * (not box.within(inside)) + 2 * sum(box.meets(other) for other in taken)
    own, wide = seat.leader(box), box.grown(APART * seat.scale)
    for other, line in others:
        if count >= most:
            break
        count += 2 * wide.meets(other) + crosses_box(line, box) + crosses_box(own, other)
    return count


def _crossings(seat: _Seat, box: Box, others: Sequence[Placed], taken: Sequence[Box]) -> int:
    """How many leader lines and markers (apart from those that touch its own) its leader line would cross."""
    own = seat.leader(box)
    far = [other for other in taken if not other.grown(seat.radius).holds(seat.x, seat.y)]
    return sum(crosses_box(own, other) for other in far) + sum(cross(own, line) for _, line in others)


def _write(ax: Axes, seat: _Seat, box: Box) -> Annotation:
    """The label in its place; a leader line unless it touches its marker anyway."""
    label, scale = seat.label, seat.scale
    x, y = box.nearest(seat.x, seat.y)
    leader = None
    if hypot(x - seat.x, y - seat.y) >= seat.radius + REACH * BODY * scale:
        aim = ((x - box.left) / seat.width, (y - box.bottom) / seat.height)
        leader = {"arrowstyle": "-", "color": label.colour, "linewidth": 0.8, "relpos": aim}
        leader |= {"shrinkA": 1, "shrinkB": label.radius}
    return ax.annotate(
        label.text,
        label.at,
        ((box.left - seat.x) / scale, (box.bottom - seat.y) / scale),
        textcoords="offset points",
        fontsize=BODY,
        color=label.colour,
        ha="left",
        va="bottom",
        zorder=9,
        path_effects=[withStroke(linewidth=3, foreground="white", alpha=0.9)],
        arrowprops=leader,
        annotation_clip=False,
    )
