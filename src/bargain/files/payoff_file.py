"""A CSV file of payoffs -> `Rows`, or everything that is wrong with it, by line and column.

The first line names the columns: one per player, ``agreement`` for the names of the rows, and any others to describe
them. Cells stand apart by commas, semicolons or tabs; with the latter two, numbers may have a decimal comma.
"""

from __future__ import annotations

import csv
import stat
from array import array
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import IO

import numpy as np

from bargain.errors import Problem, nearest
from bargain.files.cells import number_in
from bargain.model.payoff_table import TABLE_ISSUE, Rows

__all__ = ["read_payoffs"]

CHUNK = 1_000
"""Rows converted at a time; few enough to stay in the cache of the processor."""
MOST_TOLD = 30
"""Problems of one file that are told one by one."""
HEAD = 65536
"""Bytes looked at to tell a text from something else."""
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")

Cells = list[str]


class _UnreadableError(Exception):
    """The file as a whole cannot be read: what, where, what to do."""


def read_payoffs(path: Path, label: str, players: Sequence[str]) -> tuple[Rows | None, list[Problem]]:
    """The rows of a file, or None and its problems; ``label`` names the file in them."""
    sheet = _Sheet(label, players)
    try:
        with _opened(path) as stream:
            sheet.read(stream)
    except UnicodeDecodeError:
        sheet.tell(_line_of_bad_byte(path), None, "", "is not UTF-8 text", 'save it as "CSV UTF-8"')
    except _UnreadableError as refusal:
        sheet.tell(None, None, "", *refusal.args)
    except csv.Error as error:
        hint = "is a quotation mark not closed?" if "end of data" in str(error) else "check the quotation marks"
        sheet.tell(sheet.line, 1, "", f"is not a table of cells: {error}", hint)
    except OSError as error:
        sheet.tell(None, None, "", f"cannot be read: {error.strerror}", "")
    return sheet.rows(), sheet.told()


def _opened(path: Path) -> IO[str]:
    """The file as text, once it is known to be one."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise _UnreadableError("is no ordinary file", "name a CSV file")
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise _UnreadableError("is empty", "write a header with the names of the players, then one row per agreement")
    if head.startswith(BYTE_ORDER_MARKS):
        raise _UnreadableError("is not UTF-8 text but UTF-16", 'save it as "CSV UTF-8"')
    if b"\0" in head:
        raise _UnreadableError("is not a text file", "export the sheet as CSV")
    return path.open(encoding="utf-8-sig", newline="")


def _line_of_bad_byte(path: Path) -> int:
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return 1


class _Sheet:
    """A file while it is read: columns so far, and problems."""

    def __init__(self, label: str, players: Sequence[str]) -> None:
        self.label, self.players = label, players
        self.problems: list[Problem] = []
        self.untold = 0
        self.line = 1
        self.header: Cells = []
        self.delimiter = ","
        self.lines = array("q")
        self.numbers: dict[str, array[float]] = {}
        self.texts: dict[str, list[tuple[str, ...]]] = {}
        """Column -> its texts in stretches (the garbage collector passes over tuples of texts, not over long lists)."""
        self.styles: dict[str, int] = {}
        """Decimal sign -> the line where it was first met."""

    def tell(self, line: int | None, column: int | None, name: str, message: str, hint: str) -> None:
        """Add a problem, or count it if there are many."""
        if len(self.problems) < MOST_TOLD:
            place = None if line is None else column or 1
            self.problems.append(Problem(self.label, line, place, name, message, hint))
        else:
            self.untold += 1

    def told(self) -> list[Problem]:
        """All problems."""
        if not self.untold:
            return self.problems
        more = Problem(self.label, self.line, 1, "", f"and {self.untold} more problems", "")
        return [*self.problems, more]

    def rows(self) -> Rows | None:
        """The table, unless something is wrong."""
        if self.problems:
            return None
        texts = {name: tuple(chain.from_iterable(parts)) for name, parts in self.texts.items()}
        labels = texts.pop(TABLE_ISSUE, None) or tuple(map(str, range(1, len(self.lines) + 1)))
        return Rows(labels, {name: np.array(column) for name, column in self.numbers.items()}, texts)

    def read(self, stream: IO[str]) -> None:
        """Header, then chunk by chunk, then the names of the rows."""
        lines = iter(stream)
        above, head = _first_line(lines)
        self.line = above + 1
        self.delimiter = _delimiter(head, self.players)
        reader = csv.reader(chain([head], lines), delimiter=self.delimiter, strict=True)
        self.header = _trimmed([cell.strip() for cell in next(reader)])
        self._check_header()
        if self.problems:
            return
        self.numbers = {name: array("d") for name in self.players}
        self.texts = {name: [] for name in self.header if name not in self.numbers}
        self.line = above + reader.line_num + 1
        while rows := list(islice(reader, CHUNK)):
            if not self._take_quickly(rows, above + reader.line_num):
                self._take_slowly(rows)
            self.line = above + reader.line_num + 1
        if not self.lines and not self.problems:
            self.tell(self.line, 1, "", "has a header but no agreements", "write one row per agreement")
        self._check_labels()

    def _check_header(self) -> None:
        others = [name for name in self.header if name not in self.players]
        for place, name in enumerate(self.header, 1):
            if not name:
                self.tell(self.line, place, "", "this column has no name", "name it, or remove it")
            elif name in self.header[: place - 1]:
                self.tell(self.line, place, name, "two columns have this name", "remove one of them")
        for player in self.players:
            if player not in self.header:
                close = nearest(player, others)
                meant = next((name for name in others if close == f"did you mean '{name}'?"), None)
                hint = close if meant else "every player needs a column, signatory or not"
                self.tell(self.line, self._place(meant), player, "there is no column for this player", hint)
                others = [name for name in others if name != meant]

    def _place(self, name: str | None) -> int:
        """The place of a column, counted from 1."""
        return self.header.index(name) + 1 if name in self.header else 1

    def _take_quickly(self, rows: list[Cells], last_line: int) -> bool:
        """Take a chunk in which nothing is out of the ordinary; whether it was one."""
        if last_line - self.line + 1 != len(rows) or set(map(len, rows)) != {len(self.header)}:
            return False
        columns = dict(zip(self.header, zip(*rows, strict=True), strict=True))
        numbers = [self._numbers(columns[name]) for name in self.players]
        signs = {sign for _, sign in numbers if sign}
        found = {name: column for name, (column, _) in zip(self.players, numbers, strict=True) if column is not None}
        if len(found) < len(self.players) or len(signs | self.styles.keys()) > 1:
            return False
        for sign in signs:
            self.styles.setdefault(sign, self.line)
        for name, column in found.items():
            self.numbers[name].extend(column)
        for name, parts in self.texts.items():
            parts.append(tuple(map(str.strip, columns[name])))
        self.lines.extend(range(self.line, self.line + len(rows)))
        return True

    def _numbers(self, cells: Sequence[str]) -> tuple[list[float] | None, str]:
        """The numbers of ordinary cells and their decimal sign; None if some are out of the ordinary."""
        everything = "".join(cells)
        sign = "," if "," in everything else "." if "." in everything else ""
        if "_" in everything or (sign == "," and (self.delimiter == "," or "." in everything)):
            return None, ""
        try:
            column = [float(cell.replace(",", ".")) for cell in cells] if sign == "," else list(map(float, cells))
        except ValueError:
            return None, ""
        return (column, sign) if np.isfinite(column).all() else (None, "")

    def _take_slowly(self, rows: list[Cells]) -> None:
        for row in rows:
            if any(map(str.strip, row)):
                self._take(_trimmed(row, len(self.header)))
            self.line += 1 + sum(cell.count("\n") for cell in row)

    def _take(self, row: Cells) -> None:
        if len(row) != len(self.header):
            hint = f"write {len(self.header)} cells, empty ones included"
            self.tell(self.line, min(len(row), len(self.header)), "", f"this row has {_cells(len(row))}", hint)
            return
        self.lines.append(self.line)
        for place, (name, cell) in enumerate(zip(self.header, row, strict=True), 1):
            if name in self.texts:
                self.texts[name].append((cell.strip(),))
                continue
            number, sign, message, hint = number_in(cell.strip(), comma=self.delimiter != ",")
            other = next((line for style, line in self.styles.items() if sign and style != sign), None)
            if other is not None and not message:
                message, hint = f"a decimal {_SIGNS[sign]} here, but not in line {other}", "write all numbers alike"
            elif sign:
                self.styles.setdefault(sign, self.line)
            self.numbers[name].append(number)
            if message:
                self.tell(self.line, place, name, message, hint)

    def _check_labels(self) -> None:
        labels = list(chain.from_iterable(self.texts.get(TABLE_ISSUE, ())))
        if len(set(labels)) == len(labels) and "" not in labels:
            return
        place, first = self._place(TABLE_ISSUE), dict[str, int]()
        for label, line in zip(labels, self.lines, strict=True):
            if not label:
                self.tell(line, place, TABLE_ISSUE, "this agreement has no name", "name it, or remove the column")
            elif label in first:
                message = f"'{label}' names the agreement of line {first[label]} already"
                self.tell(line, place, TABLE_ISSUE, message, "give it another name")
            first.setdefault(label, line)


_SIGNS = {".": "point", ",": "comma"}


def _first_line(lines: Iterator[str]) -> tuple[int, str]:
    """The header, and how many lines stand above it: empty ones, or the ``sep=;`` that some spreadsheets write."""
    for number, line in enumerate(lines):
        if line.strip() and not (number == 0 and line.lower().startswith("sep=")):
            return number, line
    return 0, ""


def _delimiter(head: str, players: Sequence[str]) -> str:
    """The sign between cells with which the header names most players; with which it has most cells, if none."""

    def success(sign: str) -> tuple[int, int]:
        cells = [cell.strip() for cell in next(csv.reader([head], delimiter=sign), [])]
        return sum(player in cells for player in players), len(cells)

    return max(",;\t", key=success)


def _trimmed(row: Cells, width: int = 0) -> Cells:
    """A row without empty cells at its end, as far as they go beyond ``width``."""
    end = len(row)
    while end > width and not row[end - 1].strip():
        end -= 1
    return row[:end]


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"
