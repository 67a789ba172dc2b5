"""The page of `bargain axioms`: axiom by axiom, who keeps it, who breaks it here, and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from bargain.model.audit import Asked, Audit, Trial
from bargain.show.certificates import listed
from bargain.show.findings import findings
from bargain.show.layout import Line, Page, apart, definitions, paragraph, plain_text
from bargain.show.payoffs import payoffs_page
from bargain.show.solved import Detail, heading_page
from bargain.show.unsettled import unsettled_page

__all__ = ["audit_html", "audit_page", "audit_text"]

NOBODY = "none of them"
LEGEND = (
    "Kept: in every problem with as many signatories. Broken here: on this scenario, by the first example below. "
    "Broken elsewhere: in some problem, but nothing that was tried here shows it."
)


def audit_text(audit: Audit, width: int = 80) -> str:
    """The page as one string."""
    return plain_text(audit_page(audit, width))


def audit_page(audit: Audit, width: int, detail: Detail = "normal") -> Page:
    """Every axiom; then who keeps them all, and what those answer here. ``full`` tells every violation."""
    axioms = [_axiom(audit, asked, width, detail) for asked in audit.axioms]
    sections = [*axioms, _satisfying(audit, width), _answers(audit, width), _remarks(audit, width)]
    if detail == "brief":
        return apart([_satisfying(audit, width), _answers(audit, width)])
    return apart([heading_page(audit.agreements.scenario, width), _introduction(audit, width), *sections])


def _introduction(audit: Audit, width: int) -> Page:
    number = len(audit.agreements.signatories)
    regime = "lotteries over agreements allowed" if audit.regime == "lotteries" else "one agreement to be signed"
    text = (
        f"In general: in every problem in which {number} signatories can all gain, with {regime}. Here: on this "
        "scenario, where something was changed and the answer changed as it should not have."
    )
    return paragraph(text, width)


def _axiom(audit: Audit, asked: Asked, width: int, detail: Detail) -> Page:
    """Title and definition; who keeps it in general, who breaks it here and how, who breaks it only elsewhere."""
    trials = audit.of(asked.name)
    broken = [trial for trial in trials if trial.words is not None]
    elsewhere = [trial for trial in trials if trial.claim == "broken" and trial.words is None]
    silent = [trial for trial in trials if trial.claim == "unclaimed" and trial.words is None]
    nothing = "not defined here" if audit.regime == "pure" else "no claim"
    entries = [
        ("kept in general", _names(audit, [trial for trial in trials if trial.claim == "kept"]) or NOBODY),
        ("broken here", _names(audit, broken)),
        ("only elsewhere", _names(audit, elsewhere)),
        (nothing, _names(audit, silent)),
    ]
    told = broken if detail == "full" else broken[:1]
    entries += [(("how " if rank == 0 else ""), _sentence(audit, trial)) for rank, trial in enumerate(told)]
    if detail == "full":
        entries.append(("source", f"{asked.source}."))
    page = [Line(asked.title, "heading"), *paragraph(f"{asked.definition}.", width, indent=2)]
    return page + definitions([(name.strip(), text) for name, text in entries if text], width)


def _names(audit: Audit, trials: Sequence[Trial]) -> str:
    """Titles of concepts; all of them are told in a word."""
    if trials and len(trials) == len(audit.of(trials[0].axiom)) > 1:
        return "all of them"
    return listed([audit.titles[trial.concept] for trial in trials])


def _sentence(audit: Audit, trial: Trial) -> str:
    return f"{audit.titles[trial.concept]}: {trial.words}."


def _satisfying(audit: Audit, width: int) -> Page:
    """Who keeps everything that was asked for."""
    if len(audit.axioms) < 2:
        return []
    names = listed([audit.titles[name] for name in audit.satisfying])
    kept = f"In general all of these at once are kept by {names}."
    return paragraph(kept if names else "No concept keeps all of these at once.", width)


def _answers(audit: Audit, width: int) -> Page:
    """What the concepts that keep everything answer here."""
    chosen = [solution for solution in audit.comparison.solutions if solution.concept in audit.satisfying]
    if all(solution.status == "not_applicable" for solution in chosen):
        return []
    comparison = replace(audit.comparison, solutions=chosen)
    table = payoffs_page(comparison, findings(comparison), width)
    return [Line("Their answers here", "heading"), *table, *unsettled_page(comparison, width)]


def _remarks(audit: Audit, width: int) -> Page:
    return [line for remark in audit.remarks for line in paragraph(f"Note: {remark}.", width, style="muted")]


def audit_html(audit: Audit) -> str:
    """One row per axiom, one column per concept; what was broken here below, in words."""
    from bargain.show.html import card, table

    concepts = list(dict.fromkeys(trial.concept for trial in audit.trials))
    head = ["axiom", *(audit.titles[name] for name in concepts)]
    rows = [[asked.title, *(_mark(trial) for trial in audit.of(asked.name))] for asked in audit.axioms]
    told = [trial for asked in audit.axioms for trial in [t for t in audit.of(asked.name) if t.words][:1]]
    titles = {asked.name: asked.title for asked in audit.axioms}
    examples = [f"<p>{escape(titles[trial.axiom])}. {escape(_sentence(audit, trial))}</p>" for trial in told]
    parts = [table(head, rows, words=len(head)), f"<p>{escape(LEGEND)}</p>", *examples]
    parts += [f"<p>{escape(remark)}</p>" for remark in audit.remarks]
    return card(audit.agreements.scenario.title, parts)


def _mark(trial: Trial) -> str:
    if trial.words is not None:
        return "broken here"
    return {"kept": "kept", "broken": "broken elsewhere", "unclaimed": "not claimed"}[trial.claim]
