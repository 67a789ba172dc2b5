"""Lines and columns of plain text at a given width; wide characters count as the two cells they take.

A page is a list of `Line`; the style of a line (``title``, ``heading``, ``muted``, ``plain``) is a suggestion
to a terminal, and nothing is said by style alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple
from unicodedata import category

__all__ = ["Column", "Line", "Page", "apart", "columns", "definitions", "paragraph", "plain_text", "wrap"]

GAP = 2
NARROWEST = 10
"""A column of words is not squeezed below this many cells."""
UNCUT = 18
"""Longer words than this may be cut to make columns fit."""
LONGEST = 100
"""Prose does not run wider than this, however wide the terminal."""

WORD = re.compile(r"\S+(?: %\S*)?")
"""A percentage stays on one line."""
PIECE = re.compile(r"[^-–/]+[-–/]*|[-–/]+")
"""Where a word may be broken if it must."""

Style = Literal["plain", "title", "heading", "muted"]


class Line(NamedTuple):
    """One line of a page and how a terminal may show it."""

    text: str
    style: Style = "plain"


Page = list[Line]


@dataclass(frozen=True)
class Column:
    """One column: headings (each may wrap), cells, and whether it holds words that may wrap."""

    headings: Sequence[str]
    cells: Sequence[str]
    words: bool = False


def plain_text(page: Iterable[Line]) -> str:
    """The page as one string, without a newline at the end."""
    return "\n".join(line.text.rstrip() for line in page)


def wrap(text: str, width: int) -> list[str]:
    """Words on lines of at most ``width`` cells; a word that is longer is cut.

    >>> wrap("the war goes on", 8)
    ['the war', 'goes on']
    >>> wrap("停戦ライン", 4)
    ['停戦', 'ライ', 'ン']
    """
    lines = [""]
    for word in WORD.findall(_printable(text)):
        for piece in _pieces(word, width):
            longer = f"{lines[-1]} {piece}" if lines[-1] else piece
            if _cells(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(piece)
    return lines


def paragraph(text: str, width: int, *, indent: int = 0, style: Style = "plain") -> Page:
    """Prose, wrapped, every line after the first indented as much as the first."""
    room = max(NARROWEST, min(width, LONGEST) - indent)
    return [Line(" " * indent + line, style) for line in wrap(text, room)]


def apart(sections: Sequence[Page]) -> Page:
    """The sections that say something, an empty line between them."""
    page: Page = []
    for section in sections:
        page += [Line(""), *section] if page and section else section
    return page


def definitions(entries: Sequence[tuple[str, str]], width: int, *, indent: int = 2) -> Page:
    """Terms on the left, what they mean on the right; stacked where there is no room for two columns."""
    terms, meanings = [term for term, _ in entries], [meaning for _, meaning in entries]
    side_by_side = columns(
        [Column((), terms, words=True), Column((), meanings, words=True)], min(width, LONGEST) - indent
    )
    if side_by_side is not None:
        return [Line(" " * indent + line.text, line.style) for line in side_by_side]
    stacked: Page = []
    for term, meaning in entries:
        stacked += paragraph(f"{term}:", width, indent=indent)
        stacked += paragraph(meaning, width, indent=indent + 2)
    return stacked


def columns(table: Sequence[Column], width: int) -> Page | None:
    """The columns side by side under a rule, or None if they do not fit into ``width`` cells."""
    widths = _widths(table, width - GAP * (len(table) - 1))
    if widths is None:
        return None
    depth = max((len(column.headings) for column in table), default=0)
    page: Page = []
    for level in range(depth):
        headings = [column.headings[level] if level < len(column.headings) else "" for column in table]
        page += _row(table, headings, widths, bottom=True)
    if depth:
        page.append(Line("-" * (sum(widths) + GAP * (len(table) - 1)), "muted"))
    for cells in zip(*(column.cells for column in table), strict=True):
        page += _row(table, cells, widths, bottom=False)
    return page


def _widths(table: Sequence[Column], room: int) -> list[int] | None:
    """Numbers keep their width, words share the rest: the widest column gives way first."""
    natural = [_natural(column) for column in table]
    least = [_least(column, width) for column, width in zip(table, natural, strict=True)]
    if sum(least) > room:
        return None
    widths = list(natural)
    while sum(widths) > room:
        spare = [width - floor for width, floor in zip(widths, least, strict=True)]
        widest = max(range(len(widths)), key=lambda i: (spare[i] > 0, widths[i]))
        widths[widest] -= 1
    return widths


def _least(column: Column, natural: int) -> int:
    """Words may wrap, but not be cut (unless they are very long)."""
    if not column.words:
        return natural
    pieces = (piece for text in (*column.cells, *column.headings) for piece in _breakable(_printable(text)))
    return min(natural, max(NARROWEST, min(max(map(_cells, pieces), default=1), UNCUT)))


def _natural(column: Column) -> int:
    """The width a column would like; headings over numbers wrap at words and widen the column little."""
    cells = max((_cells(cell) for cell in column.cells), default=0)
    if column.words:
        return max(cells, *(_cells(heading) for heading in column.headings), 1)
    longest_word = max((_cells(word) for heading in column.headings for word in heading.split()), default=1)
    longest = max(map(_cells, column.headings), default=1)
    return max(cells, min(longest_word, NARROWEST), min(longest, NARROWEST - 2), 1)


def _row(table: Sequence[Column], cells: Sequence[str], widths: Sequence[int], *, bottom: bool) -> Page:
    """One row of the table, as many lines as its tallest cell; headings stand on the rule (``bottom``)."""
    stacks = [
        wrap(cell, width) if column.words or _cells(cell) > width else [cell]
        for column, cell, width in zip(table, cells, widths, strict=True)
    ]
    height = max(map(len, stacks))
    blank = [[""] * (height - len(stack)) for stack in stacks]
    filled = [pad + stack if bottom else stack + pad for stack, pad in zip(stacks, blank, strict=True)]
    lines = []
    for parts in zip(*filled, strict=True):
        aligned = [
            _pad(part, width, left=column.words) for part, width, column in zip(parts, widths, table, strict=True)
        ]
        lines.append(Line((" " * GAP).join(aligned).rstrip(), "heading" if bottom else "plain"))
    return lines


def _pad(text: str, width: int, *, left: bool) -> str:
    blank = " " * (width - _cells(text))
    return text + blank if left else blank + text


def _pieces(word: str, width: int) -> list[str]:
    """A word in parts that fit: after a hyphen if that helps, else cut."""
    from rich.cells import chop_cells

    if _cells(word) <= width:
        return [word]
    parts = [""]
    for piece in PIECE.findall(word):
        if _cells(parts[-1] + piece) <= width:
            parts[-1] += piece
        else:
            parts += [piece] if _cells(piece) <= width else chop_cells(piece, width)
    return [part for part in parts if part]


def _breakable(text: str) -> list[str]:
    return [piece for word in WORD.findall(text) for piece in PIECE.findall(word)]


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)


def _printable(text: str) -> str:
    """Control characters (a title may hold any) would move the cursor; they become spaces."""
    return "".join(" " if category(character) in ("Cc", "Cs", "Zl", "Zp") else character for character in text)
