"""One cell of a table of numbers: the number, or what is wrong with it."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from bargain.files.problems import describe

__all__ = ["Cell", "number_in"]

_PLAIN = re.compile(r"[-+]?(\d+(?P<sign>[.,])?\d*|(?P<lone>[.,])\d+)([eE][-+]?\d+)?", re.ASCII)
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?P<apart>[ ,.'’\u00a0\u202f])\d{3}((?P=apart)\d{3})*([.,]\d+)?", re.ASCII)
_NO_NUMBER = {"nan", "inf", "infinity", "-inf", "+inf", "-infinity", "+infinity"}


class Cell(NamedTuple):
    """A number and its decimal sign (``""`` for a whole one); or a message, with what to write instead."""

    number: float
    sign: str = ""
    message: str = ""
    hint: str = ""


def number_in(text: str, *, comma: bool) -> Cell:
    """Read a number; ``comma`` tells whether it may have a decimal comma.

    >>> number_in("12,5", comma=True)
    Cell(number=12.5, sign=',', message='', hint='')
    >>> number_in("1,234.5", comma=False)[2:]
    ('the digits stand in groups', 'write 1234.5')
    """
    plain = _PLAIN.fullmatch(text)
    sign = (plain["sign"] or plain["lone"] or "") if plain else ""
    if plain and (comma or sign != ","):
        number = float(text.replace(",", "."))
        if math.isfinite(number):
            return Cell(number, sign)
    return Cell(0.0, "", *_complaint(text, plain is not None))


def _complaint(text: str, plain: bool) -> tuple[str, str]:
    """What is wrong, and what to write instead."""
    grouped = _THOUSANDS.fullmatch(text)
    if not text:
        return "this cell is empty", "every agreement has a payoff for every player"
    if text.lower() in _NO_NUMBER or (plain and "," not in text):
        return f"{text} is not a finite number", "write an ordinary number"
    if grouped:
        return "the digits stand in groups", f"write {text.replace(grouped['apart'], '').replace(',', '.')}"
    if plain:
        return "a decimal comma", f"write {text.replace(',', '.')}, or put semicolons between the cells"
    if text.startswith("\N{MINUS SIGN}"):
        return f"expected a number, found {describe(text)}", f"write -{text[1:]}, with a hyphen"
    return f"expected a number, found {describe(text)}", "write a number"
