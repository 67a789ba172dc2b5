"""Rectangles and segments in pixels: do they meet?"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Box", "Segment", "box_around", "cross", "crosses_box"]

Segment = tuple[float, float, float, float]
"""x and y of one end, x and y of the other."""


class Box(NamedTuple):
    """A rectangle in pixels."""

    left: float
    bottom: float
    right: float
    top: float

    def grown(self, by: float) -> Box:
        """The rectangle with a border."""
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)

    def meets(self, other: Box) -> bool:
        """True if the interiors overlap."""
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )

    def within(self, other: Box) -> bool:
        """True if no edge lies outside the other."""
        return (
            self.left >= other.left
            and self.bottom >= other.bottom
            and self.right <= other.right
            and self.top <= other.top
        )

    def holds(self, x: float, y: float) -> bool:
        """True if the point lies inside."""
        return self.left < x < self.right and self.bottom < y < self.top

    def nearest(self, x: float, y: float) -> tuple[float, float]:
        """The point of the rectangle nearest to (x, y)."""
        return min(max(x, self.left), self.right), min(max(y, self.bottom), self.top)


def box_around(x: float, y: float, width: float, height: float) -> Box:
    """The rectangle of a size around a point."""
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def crosses_box(segment: Segment, box: Box) -> bool:
    """True if the segment runs through the inside of the box (Liang and Barsky 1984)."""
    x0, y0, x1, y1 = segment
    if max(x0, x1) <= box.left or min(x0, x1) >= box.right or max(y0, y1) <= box.bottom or min(y0, y1) >= box.top:
        return False
    enter, leave = 0.0, 1.0
    for step, low, high in (
        (x1 - x0, box.left - x0, box.right - x0),
        (y1 - y0, box.bottom - y0, box.top - y0),
    ):
        if step == 0:
            if not low < 0 < high:
                return False
            continue
        near, far = sorted((low / step, high / step))
        enter, leave = max(enter, near), min(leave, far)
    return enter < leave


def cross(one: Segment, two: Segment) -> bool:
    """True if the two segments cross."""

    def side(ax: float, ay: float, bx: float, by: float, cx: float, cy: float) -> float:
        return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)

    apart = side(*one, *two[:2]) * side(*one, *two[2:])
    return apart < 0 and side(*two, *one[:2]) * side(*two, *one[2:]) < 0
