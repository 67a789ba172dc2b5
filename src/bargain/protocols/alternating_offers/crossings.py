"""Where a rising function of a payoff returns the payoff it was given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise

__all__ = ["Found", "on_a_polyline", "where_it_returns"]

Found = tuple[str, Fraction]
"""What kind of place it is ("" for one that stands alone), and the payoff."""

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


def on_a_polyline(
    payoff: Callable[[Fraction], Fraction], bends: Sequence[Fraction], dust: Fraction = Fraction(0)
) -> list[Found]:
    """All fixed points of a function that is straight between the bends: single ones, and stretches.

    What returns within ``dust`` at both ends of a straight piece returns all along it. Of a stretch the middle comes
    first, then both ends.

    >>> bends = [Fraction(0), Fraction(1), Fraction(2)]
    >>> on_a_polyline(lambda x: max(Fraction(1, 2), 2 * x - Fraction(3, 2)), bends)
    [('', Fraction(1, 2)), ('', Fraction(3, 2))]
    >>> [kind for kind, _ in on_a_polyline(lambda x: max(x, Fraction(1)), bends)]
    ['middle of a continuum', 'end of a continuum', 'end of a continuum']
    """
    rises = [payoff(bend) - bend for bend in bends]
    runs = [run for run in stretches([abs(rise) <= dust for rise in rises]) if run[0] < run[1]]
    flat = {place for left, right in runs for place in range(left, right + 1)}
    found: list[Found] = []
    for left, right in runs:
        start, end = bends[left], bends[right]
        found += [("middle of a continuum", (start + end) / 2)]
        found += [("end of a continuum", start), ("end of a continuum", end)]
    found += [("", bend) for place, bend in enumerate(bends) if rises[place] == 0 and place not in flat]
    for place, ((start, above), (end, below)) in enumerate(pairwise(zip(bends, rises, strict=True))):
        if above * below < 0 and not {place, place + 1} <= flat:
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
