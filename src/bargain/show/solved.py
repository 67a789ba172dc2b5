"""The page of `bargain solve`: who gets what under each concept, the agreement in words, what to check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from bargain.model.results import Comparison, Solution
from bargain.model.scenario import Scenario
from bargain.model.wording import in_words
from bargain.show.certificates import certificate_sentence, listed, proof_sentence
from bargain.show.findings import Finding, common_and_different, concept_title, findings
from bargain.show.layout import Column, Line, Page, columns, definitions, paragraph
from bargain.show.numbers import figures, number

__all__ = [
    "Detail",
    "apart",
    "comparison_page",
    "heading_page",
    "marked",
    "payoff_column",
    "unsettled_sentences",
]

Detail = Literal["brief", "normal", "full"]
MANY = 5
"""With this many columns of payoffs a table is hard to read; each answer gets a block of its own."""
TIES_SHOWN = 3
CAUTION = "Illustrative model, not a forecast."


def comparison_page(comparison: Comparison, width: int, detail: Detail = "normal") -> Page:
    """The whole page; ``brief`` is the table alone, ``full`` adds definitions, sources, ties and sizes."""
    found = findings(comparison)
    table = _payoffs(comparison, found, width)
    if detail == "brief":
        return table + _unsettled(comparison, width)
    sections = [
        heading_page(comparison.agreements.scenario, width),
        _setting(comparison, width),
        table,
        _unsettled(comparison, width),
        _agreements(comparison, found, width),
        _ties(comparison, found, width, detail),
        _checks(comparison, width, detail),
        _sizes(comparison, width),
    ]
    return apart(sections)


def heading_page(scenario: Scenario, width: int) -> Page:
    """Title, question, and what kind of thing this is."""
    about = f"{CAUTION} As of {scenario.as_of}." if scenario.as_of else CAUTION
    page = paragraph(scenario.title, width, style="title")
    if scenario.question:
        page += paragraph(scenario.question, width)
    return page + paragraph(about, width, style="muted")


def payoff_column(title: str, payoffs: Sequence[float | None], floor: float | None) -> Column:
    """A player's payoffs and, where ``floor`` is its payoff without a deal, what it gains over it."""
    numbers = figures(payoffs)
    if floor is None:
        return Column([title, "payoff"], numbers)
    gains = figures([None if value is None else value - floor for value in payoffs], plus=True)
    gains = [
        "" if value == floor and rank == 0 else gain
        for rank, (gain, value) in enumerate(zip(gains, payoffs, strict=True))
    ]
    left, right = max(6, *map(len, numbers)), max(4, *map(len, gains))
    cells = [f"{a:>{left}}  {b:>{right}}" for a, b in zip(numbers, gains, strict=True)]
    return Column([title, f"{'payoff':>{left}}  {'gain':>{right}}"], cells)


def apart(sections: Sequence[Page]) -> Page:
    """The sections that say something, an empty line between them."""
    page: Page = []
    for section in sections:
        page += [Line(""), *section] if page and section else section
    return page


def _setting(comparison: Comparison, width: int) -> Page:
    scenario = comparison.agreements.scenario
    regime = "Lotteries over agreements are allowed." if comparison.regime == "lotteries" else ""
    signs = listed([scenario.title_of(name) for name in scenario.signatories])
    without = f"Without a deal: {scenario.disagreement.title}." if scenario.disagreement.title else ""
    return paragraph(" ".join(filter(None, [f"A deal needs {signs}.", without, regime])), width)


class _Row(NamedTuple):
    letter: str
    label: str
    payoffs: Mapping[str, float]


def _rows(comparison: Comparison, found: Sequence[Finding]) -> list[_Row]:
    """One row per distinct agreement; if there is none, what comes closest to one."""
    rows = [_Row(finding.letter, finding.concepts, finding.payoffs) for finding in found]
    facts = _no_deal_facts(comparison)
    return rows or (
        [_Row("", "closest to a deal", closest)] if (closest := facts.get("closest_payoffs")) else []
    )


def _payoffs(comparison: Comparison, found: Sequence[Finding], width: int) -> Page:
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
        table.append(payoff_column(marked(scenario, name), payoffs, floor))
    return columns(table, width)


def marked(scenario: Scenario, name: str) -> str:
    """The title of a player, with a star if the agreement does not need its consent."""
    return scenario.title_of(name) + ("" if name in scenario.signatories else "*")


def _blocks(comparison: Comparison, rows: Sequence[_Row], width: int) -> Page:
    """One block per distinct agreement, one line per player."""
    blocks = [
        paragraph(f"{row.letter}  {row.label}".strip(), width, style="heading")
        + _block(comparison, row.payoffs, width)
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


def _unsettled(comparison: Comparison, width: int) -> Page:
    """No deal and what comes closest to one, and the concepts that do not apply."""
    page = [line for sentence in unsettled_sentences(comparison) for line in paragraph(sentence, width)]
    facts = _no_deal_facts(comparison)
    if facts.get("closest_agreement"):
        words = in_words(comparison.agreements.scenario, facts["closest_agreement"])
        page += [Line(""), Line("What comes closest", "heading"), *definitions(list(words), width)]
    return page


def _no_deal_facts(comparison: Comparison) -> Mapping[str, Any]:
    """The certificate of the absence of a deal; empty if there is one."""
    return next((s.certificate for s in comparison.solutions if s.status == "no_agreement"), {})


def unsettled_sentences(comparison: Comparison) -> list[str]:
    """No deal, in plain sentences (once: it is a fact about the problem); concepts that do not apply."""
    without = next((solution for solution in comparison.solutions if solution.status == "no_agreement"), None)
    paragraphs = [_no_deal(comparison, without)] if without else []
    for solution in comparison.solutions:
        if solution.status == "not_applicable":
            paragraphs.append(f"{concept_title(solution.concept)}: not applicable: {solution.reason}")
    return paragraphs


def _no_deal(comparison: Comparison, solution: Solution) -> str:
    scenario, facts = comparison.agreements.scenario, solution.certificate
    lottery = comparison.regime == "lotteries"
    kind = "agreement or lottery over agreements" if lottery else "possible agreement"
    if solution.reason:
        return f"No deal: {solution.reason}."
    sentences = [f"No deal: no {kind} leaves every signatory at least as well off as without one."]
    binding = [scenario.title_of(name) for name in facts.get("binding") or ()]
    if len(binding) > 1:
        sentences.append(f"{listed(binding)} cannot be satisfied together.")
    elif binding:
        sentences.append(f"{binding[0]} cannot be satisfied together with the others.")
    if facts.get("largest_minimum_gain") is not None:
        short = number(-facts["largest_minimum_gain"])
        sentences.append(f"Whatever is agreed, somebody ends at least {short} below no deal.")
    if facts.get("lotteries_would_help") is not None and not lottery:
        helps = "would help (try --lotteries)" if facts["lotteries_would_help"] else "would not help"
        sentences.append(f"Drawing lots among agreements {helps}.")
    return " ".join(sentences)


def _agreements(comparison: Comparison, found: Sequence[Finding], width: int) -> Page:
    """What all concepts agree on once, then only what differs."""
    outcomes = [outcome for finding in found for outcome in finding.outcomes]
    if not outcomes:
        return []
    common, different = common_and_different(outcomes)
    several = len([s for s in comparison.solutions if s.status == "agreement"]) > 1
    opening = (
        "All concepts agree on" if several else "The agreement" if not different else "Certain in any case"
    )
    page: Page = [Line(opening, "heading"), *definitions(common, width)] if common else []
    if not different:
        return page
    page += [Line("")] if page else []
    title = "They differ on" if len(found) > 1 else "Drawn by lot"
    return page + _differences(title, different, [outcome.label for outcome in outcomes], width)


def _differences(
    title: str, different: Sequence[tuple[str, list[str]]], labels: Sequence[str], width: int
) -> Page:
    table = [Column([title], [issue for issue, _ in different], words=True)]
    for rank, label in enumerate(labels):
        table.append(Column([label], [texts[rank] for _, texts in different], words=True))
    side_by_side = columns(table, width)
    if side_by_side is not None:
        return side_by_side
    page = [Line(title, "heading")]
    for issue, texts in different:
        page += paragraph(issue, width, indent=2)
        page += definitions(list(zip(labels, texts, strict=True)), width, indent=4)
    return page


def _ties(comparison: Comparison, found: Sequence[Finding], width: int, detail: Detail) -> Page:
    """Other agreements that do as well, told by what they change."""
    page: Page = []
    for finding in found:
        for solution in finding.solutions:
            if solution.tie_count:
                page += _tied(comparison, solution, width, None if detail == "full" else TIES_SHOWN)
    return [Line("Ties", "heading"), *page] if page else []


def _tied(comparison: Comparison, solution: Solution, width: int, most: int | None) -> Page:
    scenario = comparison.agreements.scenario
    count = f"{solution.tie_count} other agreement{'s do' if solution.tie_count > 1 else ' does'} as well"
    page = paragraph(f"{concept_title(solution.concept)}: {count}:", width, indent=2)
    own = dict(in_words(scenario, solution.agreement or {}))
    shown = list(solution.ties)[:most]
    for tie in shown:
        changes = [
            f"{issue}: {text}" for issue, text in in_words(scenario, tie.agreement) if own.get(issue) != text
        ]
        same = figures(tie.payoffs.values()) == figures(solution.payoffs.values())
        paid = "same payoffs" if same else _paid(scenario, tie.payoffs)
        page += paragraph(f"{'; '.join(changes)} ({paid})", width, indent=4)
    if solution.tie_count > len(shown):
        page += paragraph(f"and {solution.tie_count - len(shown)} more", width, indent=4)
    return page


def _paid(scenario: Scenario, payoffs: Mapping[str, float]) -> str:
    return ", ".join(f"{scenario.title_of(name)} {number(value)}" for name, value in payoffs.items())


def _checks(comparison: Comparison, width: int, detail: Detail) -> Page:
    """The certificate of every concept in words; in full also its definition, source and proof."""
    titles: dict[str, list[str]] = {}
    for solution in comparison.solutions:
        text = _check(comparison, solution, detail) if solution.status == "agreement" else ""
        if text:
            titles.setdefault(text, []).append(concept_title(solution.concept))
    entries = [(", ".join(same), text) for text, same in titles.items()]
    return [Line("What can be checked by hand", "heading"), *definitions(entries, width)] if entries else []


def _check(comparison: Comparison, solution: Solution, detail: Detail) -> str:
    from bargain.concepts import CATALOGUE

    parts = [certificate_sentence(solution, comparison.agreements.scenario.title_of)]
    proof = str(solution.certificate.get("proof") or "exact")
    if solution.certificate.get("continuum"):
        parts.append("not the only answer: a whole range of mixtures does as well")
    if detail == "full":
        concept = next((concept for concept in CATALOGUE if concept.name == solution.concept), None)
        parts += [proof_sentence(solution)]
        parts += [f"Definition: {concept.definition}", f"Source: {concept.source}"] if concept else []
    elif not proof.startswith("exact"):
        parts.append(proof)
    return " ".join(f"{part[0].upper()}{part[1:].rstrip('.')}." for part in parts if part)


def _sizes(comparison: Comparison, width: int) -> Page:
    """How large the choice was."""
    parts = [f"{comparison.agreements.size:,} possible agreements".replace(",", " ")]
    if comparison.rational_size is not None:
        parts.append(f"{comparison.rational_size} of them acceptable to all signatories")
    if comparison.frontier_size is not None:
        vertices = (
            "corners of the efficient frontier" if comparison.regime == "lotteries" else "efficient payoffs"
        )
        parts.append(f"{comparison.frontier_size} {vertices}")
    points = [
        f"{comparison.agreements.scenario.issues[issue].title or issue} at {count} points"
        for issue, count in (comparison.grid or {}).items()
    ]
    grid = f" (listed on a grid: {'; '.join(points)}; answers are then refined)" if points else ""
    return paragraph(", ".join(parts) + grid + ".", width, style="muted")
