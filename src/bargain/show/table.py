"""Results as text for people: what `repr` shows and the command line prints, at any width, without colour."""

from __future__ import annotations

from collections.abc import Mapping

from bargain.model.results import Agreement, Comparison, Evaluation, Solution, Study
from bargain.show.certificates import certificate_sentence, proof_sentence
from bargain.show.layout import Column, Line, Page, columns, definitions, paragraph, plain_text
from bargain.show.numbers import figures, number, percent, signed

__all__ = [
    "agreement_text",
    "comparison_text",
    "evaluation_text",
    "solution_text",
    "study_page",
    "study_text",
]

ROWS_SHOWN = 40


def comparison_text(comparison: Comparison, width: int = 80) -> str:
    """Every concept on one scenario."""
    from bargain.show.solved import comparison_page

    return plain_text(comparison_page(comparison, width))


def evaluation_text(evaluation: Evaluation, width: int = 80) -> str:
    """One proposal, judged."""
    from bargain.show.judged import evaluation_page

    return plain_text(evaluation_page(evaluation, width))


def study_text(study: Study, width: int = 80) -> str:
    """The rows of a study."""
    return plain_text(study_page(study, width))


def solution_text(solution: Solution, width: int = 80) -> str:
    """One concept's answer, in the names of the file (a solution does not carry the scenario's titles)."""
    regime = "" if solution.divides else f" ({solution.regime})"
    head = f"{solution.concept}{regime}: {solution.status.replace('_', ' ')}"
    page: Page = [Line(head, "title")]
    if solution.reason and not (solution.divides and solution.certificate):
        page += paragraph(solution.reason, width, indent=2)
    page += definitions(_solution_entries(solution), width)
    return plain_text(page)


def agreement_text(agreement: Agreement) -> str:
    """An agreement the way `--agreement` takes it.

    >>> agreement_text({"nato": "renounced", "line": 12.5, "assets": {"ukraine": 0.6, "russia": 0.4}})
    'nato=renounced, line=12.5, assets=ukraine:0.6/russia:0.4'
    """
    return ", ".join(f"{issue}={_setting(setting)}" for issue, setting in agreement.items())


def _setting(setting: str | float | Mapping[str, float]) -> str:
    if isinstance(setting, Mapping):
        return "/".join(f"{player}:{share:.6g}" for player, share in setting.items())
    return setting if isinstance(setting, str) else f"{setting:.6g}"


def _solution_entries(solution: Solution) -> list[tuple[str, str]]:
    paid = [
        f"{player} {number(payoff)}" + (f" ({signed(solution.gains[player])})" if player in solution.gains else "")
        for player, payoff in solution.payoffs.items()
    ]
    entries = [("payoffs", ", ".join(paid))] if paid else []
    if solution.agreement is not None:
        entries.append(("agreement", agreement_text(solution.agreement)))
    elif solution.lottery:
        entries += [(percent(chance), agreement_text(agreement)) for chance, agreement in solution.lottery]
    if solution.tie_count:
        entries.append(("ties", f"{solution.tie_count} other agreement(s) do as well"))
    if solution.status == "no_agreement" and solution.certificate.get("largest_minimum_gain") is not None:
        entries.append(("largest attainable minimum gain", number(solution.certificate["largest_minimum_gain"])))
    checks = [certificate_sentence(solution, str), proof_sentence(solution)]
    return entries + [("check", "; ".join(filter(None, checks)))] * any(checks)


def study_page(study: Study, width: int) -> Page:
    """Knobs, concept, status and payoffs, one row per solve; the agreements stand in the CSV."""
    rows = study.rows[:ROWS_SHOWN]
    table = [Column([path], figures([_float(row.get(path)) for row in rows])) for path in study.knobs]
    table.append(Column(["concept"], [str(row["concept"]) for row in rows], words=True))
    table.append(Column(["status"], [str(row["status"]).replace("_", " ") for row in rows], words=True))
    for player in study.players:
        table.append(Column([f"payoff {player}"], figures([_float(row.get(f"payoff.{player}")) for row in rows])))
    fitted = columns(table, width) or [Line(", ".join(f"{key}={row[key]}" for key in row)) for row in rows]
    rest = len(study.rows) - len(rows)
    page = [*paragraph(study.title, width, style="title"), Line(""), *fitted]
    return page + ([Line(f"and {rest} more rows", "muted")] if rest else [])


def _float(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
