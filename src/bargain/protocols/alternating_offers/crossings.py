"""Where a rising function of a payoff returns the payoff it was given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

__all__ = ["Found", "on_a_polyline", "where_it_returns"]

Found = tuple[str, float]
"""What kind of place it is ("" for one that stands alone), and the payoff."""

FLAT = 1e-12
"""What returns within this share of the range at both ends of a straight piece returns all along it."""
STEPS = 200
"""Far more than the sixty or so in which halving reaches the last digit."""
NARROW = 4e-16
"""A bracket of this width, as a share of the range, has no number inside worth telling apart."""


def where_it_returns(payoff: Callable[[float], float], low: float, high: float, narrow: float = 0.0) -> float:
    """A fixed point of a rising function from [low, high] into itself, within ``narrow`` of the range if not exactly.

    The bracket keeps ``payoff(left) >= left`` and ``payoff(right) <= right``, so that also a function with jumps (which
    go up) is caught. Secants, and a halving every third step.

    >>> where_it_returns(lambda x: 0.5 + x / 4, 0.0, 1.0)
    0.6666666666666666
    """
    left, right = low, high
    above, below = payoff(left) - left, payoff(right) - right
    if above <= 0:
        return left
    if below >= 0:
        return right
    for step in range(STEPS):
        if right - left <= max(narrow, NARROW) * (high - low):
            break
        share = 0.5 if step % 3 == 2 else above / (above - below)
        at = left + share * (right - left)
        if not left < at < right:
            at = left + (right - left) / 2
        rise = payoff(at) - at
        if rise == 0:
            return at
        if rise > 0:
            left, above, below = at, rise, below / 2
        else:
            right, below, above = at, rise, above / 2
    return left + (right - left) / 2


def on_a_polyline(payoff: Callable[[float], float], bends: Sequence[float]) -> list[Found]:
    """All fixed points of a function that is straight between the bends: single ones, and stretches.

    Of a stretch the middle comes first, then both ends.

    >>> on_a_polyline(lambda x: max(0.5, 2 * x - 1.5), [0.0, 1.0, 2.0])
    [('', 0.5), ('', 1.5)]
    >>> on_a_polyline(lambda x: max(x, 0.5), [0.0, 0.5, 1.0])
    [('middle of a continuum', 0.75), ('end of a continuum', 0.5), ('end of a continuum', 1.0)]
    """
    dust = FLAT * (bends[-1] - bends[0])
    rises = [payoff(bend) - bend for bend in bends]
    still = [abs(rise) <= dust for rise in rises]
    found: list[Found] = []
    for left, right in stretches(still):
        start, end = bends[left], bends[right]
        if left == right:
            found.append(("", start))
        else:
            found += [("middle of a continuum", start + (end - start) / 2)]
            found += [("end of a continuum", start), ("end of a continuum", end)]
    for (start, above), (end, below) in pairwise(zip(bends, rises, strict=True)):
        if min(above, below) < -dust and max(above, below) > dust:
            found.append(("", start + (end - start) * above / (above - below)))
    return found


def stretches(marks: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last index of every run of true marks.

    >>> stretches([True, False, True, True])
    [(0, 0), (2, 3)]
    """
    starts = [i for i, mark in enumerate(marks) if mark and (i == 0 or not marks[i - 1])]
    ends = [i for i, mark in enumerate(marks) if mark and (i + 1 == len(marks) or not marks[i + 1])]
    return list(zip(starts, ends, strict=True))
