"""Numbers for people: about four significant digits, one column with one number of decimals, no dust."""

from __future__ import annotations

from collections.abc import Iterable
from math import floor, isfinite, log10

__all__ = ["figures", "number", "percent", "signed"]

SIGNIFICANT = 4
SAME = 1e-6
"""Relative to the largest number of a column: what differs by less is rounding and earns no more decimals."""
DUST = 1e-12
"""Relative to the largest number of a column: what is smaller is zero."""
NOTHING = 1e-7
"""A smaller share is what is left of a search."""
MISSING = "–"


def figures(values: Iterable[float | None], *, plus: bool = False, beside: Iterable[float | None] = ()) -> list[str]:
    """One column of numbers, all with as many decimals as four digits of the largest need and no more.

    ``beside`` are the numbers of a neighbouring column that is read together with this one; both get the same
    decimals.

    >>> figures([41.3, 30, -1e-17])
    ['41.3', '30.0', '0.0']
    >>> figures([12345.678, 0.5], plus=True)
    ['+12346', '+0.5']
    >>> figures([None, 2])
    ['–', '2']
    """
    column = [None if value is None or not isfinite(value) else float(value) for value in values]
    together = [value for value in (*column, *beside) if value is not None and isfinite(value)]
    scale = max(map(abs, together), default=0.0)
    decimals = _decimals(together, scale)
    return [MISSING if value is None else _figure(value, scale, decimals, plus) for value in column]


def number(value: float | None) -> str:
    """One number on its own.

    >>> number(566.1834), number(2.0), number(-0.0)
    ('566.2', '2', '0')
    """
    return figures([value])[0]


def signed(value: float | None) -> str:
    """One number with its sign.

    >>> signed(3.25), signed(-2), signed(0)
    ('+3.25', '-2', '0')
    """
    return figures([value], plus=True)[0]


def percent(share: float) -> str:
    """A share of 1 as a percentage.

    >>> percent(0.6), percent(0.12345), percent(0.0002), percent(3e-9)
    ('60 %', '12.3 %', '0.02 %', '0 %')
    """
    if abs(share) < NOTHING:
        return "0 %"
    rounded = round(100 * share, 1)
    return f"{rounded:g} %" if rounded else f"{100 * share:.1g} %"


def _decimals(column: list[float], scale: float) -> int | None:
    """How many decimals the column gets; None asks for scientific notation."""
    if scale == 0:
        return 0
    if not 1e-4 <= scale < 1e9:
        return None
    before_point = floor(log10(scale)) if scale < 0.1 or scale >= 1 else 0
    most = max(0, SIGNIFICANT - 1 - before_point)
    enough = (k for k in range(most) if all(abs(round(x, k) - x) <= SAME * scale for x in column))
    return next(enough, most)


def _figure(value: float, scale: float, decimals: int | None, plus: bool) -> str:
    if abs(value) <= DUST * scale:
        value = 0.0
    sign = "+" if plus and value > 0 else ""
    if decimals is None:
        return f"{sign}{value:.4g}"
    if value and round(value, decimals) == 0:
        return f"{sign}{value:.1g}"
    return f"{sign}{round(value, decimals) + 0.0:.{decimals}f}"
