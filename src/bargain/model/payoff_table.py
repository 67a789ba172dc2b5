"""A whole agreement space as an explicit table: one row per agreement, one column per player.

In a scenario the rows are the options of its one issue, ``agreement``, and the columns are what the players make of it;
so everything that works on menus works on tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic_core import CoreSchema, core_schema

__all__ = ["TABLE_ISSUE", "PayoffTable", "Rows", "Wordings"]

Floats = NDArray[np.float64]

TABLE_ISSUE = "agreement"
"""The name of the one issue of a table, and of the column with the names of its rows."""


@dataclass(frozen=True, eq=False)
class Rows:
    """What a file of payoffs holds.

    Attributes
    ----------
    labels : the names of the agreements, in the order of the file.
    payoffs : player -> (rows,) totals.
    described : column -> one text per row, shown beside the name of an agreement and nothing else.
    """

    labels: tuple[str, ...] = ()
    payoffs: Mapping[str, Floats] = field(default_factory=dict)
    described: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @cached_property
    def index(self) -> dict[str, int]:
        """Label -> row."""
        return {label: row for row, label in enumerate(self.labels)}


class PayoffTable(str):
    """The name of a file of payoffs, as a scenario gives it, together with what was read from the file.

    As a text it is the name, and is written back as such; two are equal if their names are.
    """

    __slots__ = ("__dict__",)
    rows: Rows
    folder: Path

    def __new__(cls, name: str, rows: Rows | None = None, folder: Path = Path()) -> PayoffTable:
        """The table of this name; without rows it is one that could not be read."""
        table = super().__new__(cls, name)
        table.rows = Rows() if rows is None else rows
        table.folder = folder
        return table

    def column(self, player: str, labels: Sequence[str]) -> Floats:
        """(labels,) what agreements add up to for a player."""
        payoffs = self.rows.payoffs[player]
        if labels == self.rows.labels:
            return payoffs
        return payoffs[[self.rows.index[label] for label in labels]]

    def described(self, label: str) -> list[tuple[str, str]]:
        """(column, text) for every column that describes an agreement."""
        row = self.rows.index[label]
        return [(column, texts[row]) for column, texts in self.rows.described.items()]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> CoreSchema:
        """A scenario in memory holds the table itself; in a file it is a text."""
        return core_schema.json_or_python_schema(core_schema.str_schema(), core_schema.is_instance_schema(cls))


class Wordings(Mapping[str, str]):
    """Label -> wording of every agreement of a table, made when asked for."""

    def __init__(self, table: PayoffTable) -> None:
        self.table = table

    def __getitem__(self, label: str) -> str:
        told = "; ".join(f"{column}: {text}" for column, text in self.table.described(label) if text)
        return f"{label} ({told})" if told else label

    def __iter__(self) -> Iterator[str]:
        return iter(self.table.rows.labels)

    def __len__(self) -> int:
        return len(self.table.rows.labels)

    def __contains__(self, label: object) -> bool:
        return label in self.table.rows.index

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Wordings) and self.table == other.table

    def __hash__(self) -> int:
        return hash(self.table)
