"""The page of `bargain axioms`: axiom by axiom, who keeps it, who breaks it here, and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from bargain.model.audit import Asked, Audit, Trial
from bargain.model.results import Ground
from bargain.show.certificates import listed
from bargain.show.divisions import divisions_page
from bargain.show.findings import findings
from bargain.show.layout import Line, Page, apart, definitions, paragraph, plain_text
from bargain.show.payoffs import payoffs_page
from bargain.show.solved import Detail, heading_page
from bargain.show.unsettled import unsettled_page

__all__ = ["audit_html", "audit_page", "audit_text"]

NOBODY = "none of them"
ABSENT = "–"
"""Where an axiom does not speak of a concept."""
KINDS = {"items": "set of items", "coalitions": "game of coalitions", "claims": "estate with claims on it"}
"""What "in general" is about, agreements apart."""
LEGEND = (
    "Kept: in every problem of that kind with as many signatories. Broken here: on this scenario, by the first example "
    "below. Broken elsewhere: in some problem, but nothing that was tried here shows it."
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
    kinds = [_kind(audit, ground) for ground in audit.grounds]
    text = (
        f"In general: in every {'; in every '.join(kinds)}. Here: on this scenario, where something was changed and "
        "the answer changed as it should not have."
    )
    return paragraph(text, width)


def _kind(audit: Audit, ground: Ground) -> str:
    """The problems that "in general" is about."""
    if ground != "agreements":
        return KINDS[ground]
    number = len(audit.agreements.signatories)
    regime = "lotteries over agreements allowed" if audit.regime == "lotteries" else "one agreement to be signed"
    return f"problem in which {number} signatories can all gain, with {regime}"


def _axiom(audit: Audit, asked: Asked, width: int, detail: Detail) -> Page:
    """Title and definition; who keeps it in general, who breaks it here and how, who breaks it only elsewhere."""
    trials = audit.of(asked.name, asked.over)
    broken = [trial for trial in trials if trial.words is not None]
    elsewhere = [trial for trial in trials if trial.claim == "broken" and trial.words is None]
    silent = [trial for trial in trials if trial.claim == "unclaimed" and trial.words is None]
    undefined = asked.over == "agreements" and audit.regime == "pure"
    nothing = "not defined here" if undefined else "no claim"
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
    page = [Line(_heading(audit, asked), "heading"), *paragraph(f"{asked.definition}.", width, indent=2)]
    return page + definitions([(name.strip(), text) for name, text in entries if text], width)


def _heading(audit: Audit, asked: Asked) -> str:
    """The title; with what it is about, where the axioms are about several things."""
    return f"{asked.title}, over {asked.over}" if len(audit.grounds) > 1 else asked.title


def _names(audit: Audit, trials: Sequence[Trial]) -> str:
    """Titles of concepts; all of them are told in a word."""
    if trials and len(trials) == len(audit.of(trials[0].axiom, trials[0].over)) > 1:
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
    agreed = payoffs_page(comparison, findings(comparison), width) if comparison.agreed else []
    page = apart([agreed + unsettled_page(comparison, width), divisions_page(comparison, width)])
    return [Line("Their answers here", "heading"), *page]


def _remarks(audit: Audit, width: int) -> Page:
    return [line for remark in audit.remarks for line in paragraph(f"Note: {remark}.", width, style="muted")]


def audit_html(audit: Audit) -> str:
    """One row per axiom, one column per concept; what was broken here below, in words."""
    from bargain.show.html import card, table

    concepts = list(dict.fromkeys(trial.concept for trial in audit.trials))
    head = ["axiom", *(audit.titles[name] for name in concepts)]
    rows, examples = [], []
    for asked in audit.axioms:
        title, trials = _heading(audit, asked), audit.of(asked.name, asked.over)
        marks = {trial.concept: _mark(trial) for trial in trials}
        rows.append([title, *(marks.get(name, ABSENT) for name in concepts)])
        told = [trial for trial in trials if trial.words][:1]
        examples += [f"<p>{escape(title)}. {escape(_sentence(audit, trial))}</p>" for trial in told]
    parts = [table(head, rows, words=len(head)), f"<p>{escape(LEGEND)}</p>", *examples]
    parts += [f"<p>{escape(remark)}</p>" for remark in audit.remarks]
    return card(audit.agreements.scenario.title, parts)


def _mark(trial: Trial) -> str:
    if trial.words is not None:
        return "broken here"
    return {"kept": "kept", "broken": "broken elsewhere", "unclaimed": "not claimed"}[trial.claim]
