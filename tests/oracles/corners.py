"""The nucleolus without linear programmes: the corners of each step's polytope, listed in exact fractions.

A step's programme has its optimum at corners; the optimal divisions are the mixtures of the optimal corners, so an
excess is the same for all of them exactly if it is the same at these corners. For three or four players.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations

Row = list[Fraction]
Worth = Mapping[frozenset[int], Fraction]


def nucleolus_by_corners(worth: Worth, n: int) -> list[Fraction]:
    """The nucleolus of a game in which all together are worth at least what each is worth alone."""
    everyone = frozenset(range(n))
    settled = [[*_indicator(everyone, n), Fraction(0), Fraction(worth[everyone])]]
    free = [s for s in worth if s and s != everyone]
    held = [[*_indicator(frozenset([i]), n), Fraction(0), Fraction(worth[frozenset([i])])] for i in range(n)]
    while True:
        asked = [[*_indicator(s, n), Fraction(1), Fraction(worth[s])] for s in free] + held
        corners = _corners(settled, asked, n + 1)
        least = min(corner[n] for corner in corners)
        face = [corner[:n] for corner in corners if corner[n] == least]
        if all(point == face[0] for point in face):
            return face[0]
        for s in list(free):
            sums = {sum(point[i] for i in s) for point in face}
            if len(sums) == 1:
                free.remove(s)
                settled = _independent([*settled, [*_indicator(s, n), Fraction(0), sums.pop()]])


def _indicator(coalition: frozenset[int], n: int) -> Row:
    return [Fraction(int(i in coalition)) for i in range(n)]


def _corners(equal: Sequence[Row], at_least: Sequence[Row], size: int) -> list[Row]:
    """Points that keep all equations and inequalities, and hold as many inequalities tight as pin them down."""
    found = []
    for tight in combinations(at_least, size - len(equal)):
        point = _solved([*equal, *tight], size)
        if point is not None and all(_dot(row, point) >= row[-1] for row in at_least):
            found.append(point)
    return found


def _dot(row: Row, point: Row) -> Fraction:
    return sum((a * x for a, x in zip(row, point, strict=False)), Fraction(0))


def _solved(rows: Sequence[Row], size: int) -> Row | None:
    """The one solution of as many equations as unknowns; None if there is not exactly one."""
    reduced = _independent(rows)
    if len(reduced) < size or any(not any(row[:-1]) for row in reduced):
        return None
    return [next(row[-1] for row in reduced if row[column]) for column in range(size)]


def _independent(rows: Sequence[Row]) -> list[Row]:
    """Gauss and Jordan: the reduced rows that are not zero."""
    left, done = [list(row) for row in rows], list[Row]()
    for column in range(len(left[0])):
        pivot = next((row for row in left if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        pivot = [entry / pivot[column] for entry in pivot]
        left, done = ([_minus(row, pivot, column) for row in part] for part in (left, done))
        done.append(pivot)
    return done


def _minus(row: Row, pivot: Row, column: int) -> Row:
    factor = row[column]
    return [a - factor * b for a, b in zip(row, pivot, strict=True)] if factor else row
