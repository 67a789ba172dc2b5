"""The table of payoffs: one row per distinct agreement, or one block where a table would not fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bargain.model.results import Comparison
from bargain.model.scenario import Scenario
from bargain.show.findings import Finding
from bargain.show.layout import Column, Line, Page, apart, columns, paragraph
from bargain.show.numbers import figures
from bargain.show.unsettled import no_deal_facts

__all__ = ["marked", "payoffs_page"]

MANY = 5
"""With this many columns of payoffs a table is hard to read; each answer gets a block of its own."""


class _Row(NamedTuple):
    letter: str
    label: str
    payoffs: Mapping[str, float]


def _rows(comparison: Comparison, found: Sequence[Finding]) -> list[_Row]:
    """One row per distinct agreement; if there is none, what comes closest to one."""
    rows = [_Row(finding.letter, finding.concepts, finding.payoffs) for finding in found]
    facts = no_deal_facts(comparison)
    return rows or ([_Row("", "closest to a deal", closest)] if (closest := facts.get("closest_payoffs")) else [])


def payoffs_page(comparison: Comparison, found: Sequence[Finding], width: int) -> Page:
    scenario, rows = comparison.agreements.scenario, _rows(comparison, found)
    table = _table(comparison, rows, width) if len(scenario.players) < MANY else None
    others = set(scenario.players) - set(scenario.signatories)
    footnote = [Line("* does not sign", "muted")] if others else []
    return (table or _blocks(comparison, rows, width)) + footnote


def _table(comparison: Comparison, rows: Sequence[_Row], width: int) -> Page | None:
    """One row per distinct agreement, the payoffs of a player in one column."""
    scenario, d = comparison.agreements.scenario, comparison.disagreement
    table = [Column([""], ["", *(row.letter for row in rows)], words=True)] if len(rows) > 1 else []
    table.append(Column(["concept"], ["no deal", *(row.label for row in rows)], words=True))
    for name in scenario.players:
        payoffs = [d[name], *(row.payoffs[name] for row in rows)]
        floor = d[name] if name in scenario.signatories else None
        table.append(_payoff_column(marked(scenario, name), payoffs, floor))
    return columns(table, width)


def marked(scenario: Scenario, name: str) -> str:
    """The title of a player, with a star if the agreement does not need its consent."""
    return scenario.title_of(name) + ("" if name in scenario.signatories else "*")


def _blocks(comparison: Comparison, rows: Sequence[_Row], width: int) -> Page:
    """One block per distinct agreement, one line per player."""
    blocks = [
        paragraph(f"{row.letter}  {row.label}".strip(), width, style="heading") + _block(comparison, row.payoffs, width)
        for row in rows
    ]
    return apart(blocks) or _block(comparison, None, width)


def _block(comparison: Comparison, paid: Mapping[str, float] | None, width: int) -> Page:
    scenario, d = comparison.agreements.scenario, comparison.disagreement
    names = list(scenario.players)
    titles = [marked(scenario, name) for name in names]
    table = [
        Column(["player"], titles, words=True),
        Column(["no deal"], figures([d[name] for name in names])),
    ]
    if paid is not None:
        gains = [paid[name] - d[name] for name in names]
        table += [Column(["payoff"], figures([paid[name] for name in names]))]
        table += [Column(["gain"], figures(gains, plus=True))]
    fitted = columns(table, width - 2)
    if fitted is None:
        return [Line(f"{title}: {cell}") for title, cell in zip(titles, table[-1].cells, strict=True)]
    return [Line("  " + line.text, line.style) for line in fitted]


def _payoff_column(title: str, payoffs: Sequence[float | None], floor: float | None) -> Column:
    """A player's payoffs, the first without a deal, and, where ``floor`` is that first, the gains over it."""
    if floor is None:
        return Column([title, "payoff"], figures(payoffs))
    gains = [None if value is None else value - floor for value in payoffs[1:]]
    left_cells = figures(payoffs, beside=gains)
    right_cells = ["", *figures(gains, plus=True, beside=payoffs)]
    left, right = max(6, *map(len, left_cells)), max(4, *map(len, right_cells))
    cells = [f"{a:>{left}} {b:>{right}}" for a, b in zip(left_cells, right_cells, strict=True)]
    return Column([title, f"{'payoff':>{left}} {'gain':>{right}}"], cells)
