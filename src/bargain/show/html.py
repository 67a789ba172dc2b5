"""Results as small HTML for notebooks: no scripts, no outside files, readable on light and dark pages."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bargain.model.results import Comparison, Evaluation, Solution, Study
from bargain.show.numbers import figures, number, percent

__all__ = ["card", "comparison_html", "evaluation_html", "solution_html", "study_html", "table"]

CELL = "padding:.2em .7em;text-align:{side};border-bottom:1px solid rgba(128,128,128,.35)"
"""Colours are the page's own; only the grey rule is fixed, and half transparent grey shows on both."""
ROWS_SHOWN = 100


def comparison_html(comparison: Comparison) -> str:
    """The payoffs of every concept and the agreements in words."""
    from bargain.show.findings import common_and_different, findings

    scenario, d = comparison.agreements.scenario, comparison.disagreement
    if not scenario.has_agreements:
        return card(scenario.title, [*_unsettled(comparison), *_divisions(comparison)])
    found = findings(comparison)
    names = list(scenario.players)
    rows = [["", "no deal", *(number(d[name]) for name in names)]]
    for finding in found:
        cells = [_with_gain(finding.payoffs[name], d[name], name in scenario.signatories) for name in names]
        rows.append([finding.letter, finding.concepts, *cells])
    parts = [table(["", "concept", *map(scenario.title_of, names)], rows, words=2), *_unsettled(comparison)]
    if found:
        common, different = common_and_different([finding.words for finding in found])
        rows = [[issue, *[text] * len(found)] for issue, text in common]
        rows += [[issue, *texts] for issue, texts in different]
        head = ["issue", *(finding.letter or "agreement" for finding in found)]
        parts.append(table(head, rows, words=len(head)))
    return card(scenario.title, parts + _divisions(comparison))


def evaluation_html(evaluation: Evaluation) -> str:
    """The proposal, its payoffs and the verdict."""
    from bargain.model.wording import in_words
    from bargain.show.judged import verdict

    scenario, d = evaluation.agreements.scenario, evaluation.agreements.disagreement
    rows = [
        [
            scenario.title_of(name),
            *figures([d[name], evaluation.payoffs[name]]),
            *figures([evaluation.payoffs[name] - d[name]], plus=True),
        ]
        for name in scenario.players
    ]
    words = [list(entry) for entry in in_words(scenario, evaluation.agreement)]
    parts = [
        table(["issue", "proposal"], words, words=2),
        table(["player", "no deal", "proposal", "gain"], rows, words=1),
    ]
    return card(scenario.title, parts + [f"<p>{escape(sentence)}</p>" for sentence in verdict(evaluation)])


def solution_html(solution: Solution) -> str:
    """One concept's answer, in the names of the file."""
    from bargain.show.table import agreement_text

    rows = [
        [player, number(payoff), *figures([solution.gains.get(player)], plus=True)]
        for player, payoff in solution.payoffs.items()
    ]
    parts = [table(["player", "payoff", "gain"], rows, words=1)] if rows else []
    if solution.agreement is not None:
        parts.append(f"<p>{escape(agreement_text(solution.agreement))}</p>")
    for chance, agreement in solution.lottery or () if solution.agreement is None else ():
        parts.append(f"<p>{percent(chance)}: {escape(agreement_text(agreement))}</p>")
    if solution.reason:
        parts.append(f"<p>{escape(solution.reason)}</p>")
    regime = "" if solution.divides else f" ({solution.regime})"
    return card(f"{solution.concept}{regime}: {solution.status.replace('_', ' ')}", parts)


def study_html(study: Study) -> str:
    """The rows of a study."""
    rows = [[_cell(row.get(name, "")) for name in study.columns] for row in study.rows[:ROWS_SHOWN]]
    rest = len(study.rows) - len(rows)
    more = [f"<p>and {rest} more rows</p>"] if rest else []
    return card(study.title, [table(study.columns, rows, words=0), *more])


def _divisions(comparison: Comparison) -> list[str]:
    """What coalitions divide: one row per player, one column per distinct division."""
    from bargain.show.divisions import division_sentence, shares_of, stakes_sentence

    if comparison.stakes is None or not comparison.divided:
        return []
    scenario, shares = comparison.agreements.scenario, shares_of(comparison)
    rows = [
        [scenario.title_of(name), *(number(numbers[name]) for _, numbers in shares)] for name in scenario.signatories
    ]
    empty = [division_sentence(s, scenario.title_of) for s in comparison.divided if s.status == "no_agreement"]
    told = [f"<p>{escape(sentence)}</p>" for sentence in (stakes_sentence(comparison.stakes), *empty)]
    return [told[0], table(["player", *(label for label, _ in shares)], rows, words=1), *told[1:]]


def _unsettled(comparison: Comparison) -> list[str]:
    from bargain.show.unsettled import unsettled_sentences

    return [f"<p>{escape(sentence)}</p>" for sentence in unsettled_sentences(comparison)]


def _with_gain(payoff: float, floor: float, signs: bool) -> str:
    gain = f" ({figures([payoff - floor], plus=True)[0]})" if signs else ""
    return f"{number(payoff)}{gain}"


def _cell(value: object) -> str:
    return number(value) if isinstance(value, float) else str(value)


def card(title: str, parts: Sequence[str]) -> str:
    """A title, the caution, and parts that are HTML already."""
    caution = '<p style="opacity:.7">Illustrative model, not a forecast.</p>'
    return f'<div style="max-width:60em"><p><strong>{escape(title)}</strong></p>{caution}{"".join(parts)}</div>'


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, words: int) -> str:
    """A table whose first ``words`` columns are text and the others numbers."""
    sides = ["left" if rank < words else "right" for rank in range(len(head))]
    style = [CELL.format(side=side) for side in sides]
    top = "".join(f'<th style="{css}">{escape(cell)}</th>' for css, cell in zip(style, head, strict=True))
    body = "".join(
        "<tr>"
        + "".join(f'<td style="{css}">{escape(cell)}</td>' for css, cell in zip(style, row, strict=True))
        + "</tr>"
        for row in rows
    )
    frame = "border-collapse:collapse;margin:.6em 0"
    return f'<table style="{frame}"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>'
