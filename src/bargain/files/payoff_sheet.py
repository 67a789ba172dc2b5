"""Agreements and their payoffs -> CSV that reads back as a table of payoffs (`payoff_file`)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bargain.model.axes import Axis
from bargain.model.listing import Listing
from bargain.model.payoff_table import TABLE_ISSUE
from bargain.model.scenario import Scenario

__all__ = ["figure", "sheet"]

STRETCH = 10_000
"""Rows written at a time."""


def sheet(listing: Listing) -> Iterator[str]:
    """The text, piece by piece: a column per issue (per member, where it is divided), then one per player.

    >>> from bargain import read, tabulate
    >>> from bargain.model.listing import listing
    >>> print("".join(sheet(listing(tabulate(read("teaching/polygon")), 100))).splitlines()[0])
    plan,north,south
    """
    head, texts = _columns(listing)
    for start in range(0, max(1, len(listing)), STRETCH):
        page = io.StringIO()
        writer = csv.writer(page, lineterminator="\n")
        if start == 0:
            writer.writerow([*head, *listing.payoffs])
        rows = slice(start, start + STRETCH)
        cells = [[names[setting] for setting in column[rows].tolist()] for column, names in texts]
        cells += [list(map(figure, column[rows].tolist())) for column in listing.payoffs.values()]
        writer.writerows(zip(*cells, strict=True))
        yield page.getvalue()


def figure(number: float) -> str:
    """A number in full: what is read back is the same to the last bit.

    >>> figure(0.1), figure(12.0), figure(-0.0), figure(1e22)
    ('0.1', '12', '0', '1e+22')
    """
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def _columns(listing: Listing) -> tuple[list[str], list[tuple[NDArray[np.intp], Sequence[str]]]]:
    """Names of the columns of settings; and for each which setting every row takes, and their texts."""
    scenario = listing.agreements.scenario
    head: list[str] = []
    texts: list[tuple[NDArray[np.intp], Sequence[str]]] = []
    for name, taken in listing.settings.items():
        for title, names in _texts(scenario, name, listing.agreements.axes[name]):
            head.append(_free(title, scenario))
            texts.append((taken, names))
    return head, texts


def _texts(scenario: Scenario, name: str, axis: Axis) -> Iterator[tuple[str, Sequence[str]]]:
    """(name of a column, text of every setting)."""
    if axis.options is not None:
        yield name, axis.options
    for member, numbers in axis.columns.items():
        yield (f"{name}.{member}" if member else name), list(map(figure, numbers.tolist()))
    if scenario.agreements is not None:
        yield from scenario.agreements.rows.described.items()


def _free(title: str, scenario: Scenario) -> str:
    """A name that no player has; the names of rows keep theirs."""
    taken = title in scenario.players or (title == TABLE_ISSUE and scenario.agreements is None)
    return f"{title} (issue)" if taken else title
