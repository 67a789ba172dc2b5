"""The page of `bargain compare`: scenarios and variants side by side, differences marked with ``*``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bargain.model.results import Comparison
from bargain.show.findings import concept_title, solution_words
from bargain.show.layout import Column, Line, Page, apart, columns, definitions, paragraph
from bargain.show.numbers import figures
from bargain.show.solved import CAUTION, grouped

__all__ = ["Case", "beside_page"]

Case = tuple[str, Comparison]
"""A label (file or variant) and what was solved."""
Row = tuple[str, list[str]]
ABSENT = "–"
STATUS = {"no_agreement": "no deal", "not_applicable": "not applicable", "agreement": "agreement"}


def beside_page(cases: Sequence[Case], width: int) -> Page:
    """Disagreement payoffs, then per concept the payoffs and the agreement; a row that differs has a star."""
    sections = [paragraph(f"{CAUTION} Rows marked * differ from the first column.", width, style="muted")]
    without = [case.disagreement for _, case in cases]
    if any(without):
        sections.append(_section("No deal", _payoff_rows(without, cases), cases, width))
    names = dict.fromkeys(solution.concept for _, case in cases for solution in case.solutions)
    for name in names:
        sections.append(_section(concept_title(name), _concept_rows(name, cases), cases, width))
    return apart(sections)


def _section(title: str, rows: Sequence[Row], cases: Sequence[Case], width: int) -> Page:
    marks = ["*" if len(set(cells) - {ABSENT}) > 1 else "" for _, cells in rows]
    table = [Column([""], marks, words=True), Column([title], [row for row, _ in rows], words=True)]
    for rank, (label, _) in enumerate(cases):
        table.append(Column([label], [cells[rank] for _, cells in rows], words=True))
    return columns(table, width) or _stacked(title, rows, marks, cases, width)


def _stacked(title: str, rows: Sequence[Row], marks: Sequence[str], cases: Sequence[Case], width: int) -> Page:
    page = [Line(title, "heading")]
    for (row, cells), mark in zip(rows, marks, strict=True):
        page += paragraph(f"{row} {mark}".rstrip(), width, indent=2)
        same = grouped([label for label, _ in cases], cells) if mark else [("all", cells[0])]
        page += definitions(same, width, indent=4)
    return page


def _concept_rows(name: str, cases: Sequence[Case]) -> list[Row]:
    solutions = [next((s for s in case.solutions if s.concept == name), None) for _, case in cases]
    rows: list[Row] = [("result", [ABSENT if s is None else STATUS[s.status] for s in solutions])]
    solved = [s if s is not None and s.status == "agreement" else None for s in solutions]
    scenarios = [case.agreements.scenario for _, case in cases]
    words = [dict(solution_words(where, s)) if s else {} for s, where in zip(solved, scenarios, strict=True)]
    payoffs = [s.payoffs if s else {} for s in solved]
    gains = [dict(s.gains) if s else {} for s in solved]
    issues = dict.fromkeys(issue for settled in words for issue in settled)
    rows += _payoff_rows(payoffs, cases, gains) if any(solved) else []
    return rows + [(issue, [settled.get(issue, ABSENT) for settled in words]) for issue in issues]


def _payoff_rows(
    payoffs: Sequence[Mapping[str, float]],
    cases: Sequence[Case],
    gains: Sequence[dict[str, float]] | None = None,
) -> list[Row]:
    """One row per player; with ``gains`` each payoff carries its gain over no deal."""
    titles: dict[str, str] = {}
    for _, case in cases:
        scenario = case.agreements.scenario
        titles |= {name: scenario.title_of(name) for name in scenario.players if name not in titles}
    rows = []
    for name, title in titles.items():
        paid = [table.get(name) for table in payoffs]
        gained = [gain.get(name) for gain in gains or ({},) * len(cases)]
        cells = figures(paid, beside=gained)
        gain_cells = figures(gained, plus=True, beside=paid)
        told = [c if g is None else f"{c} ({s})" for c, g, s in zip(cells, gained, gain_cells, strict=True)]
        rows.append((title, told))
    return rows
