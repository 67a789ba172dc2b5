"""The page of `bargain solve`: who gets what under each concept, the agreement in words, what to check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from bargain.model.results import Comparison, Solution
from bargain.model.scenario import Scenario
from bargain.model.wording import in_words
from bargain.show.certificates import certificate_sentence, is_exact, listed, proof_sentence
from bargain.show.divisions import divisions_page
from bargain.show.findings import Finding, common_and_different, concept_title, findings, prizes
from bargain.show.layout import Column, Line, Page, apart, columns, definitions, paragraph
from bargain.show.numbers import figures, number
from bargain.show.payoffs import payoffs_page
from bargain.show.unsettled import unsettled_page

__all__ = ["CAUTION", "Detail", "comparison_page", "grouped", "heading_page"]

Detail = Literal["brief", "normal", "full"]
ABREAST = 3
"""Of more agreements than this, those that settle an issue alike are named together instead."""
IN_ONE_LINE = 2
"""Of a lottery of more agreements than this, each gets a name of its own."""
TIES_SHOWN = 3
CAUTION = "Illustrative model, not a forecast."


def comparison_page(comparison: Comparison, width: int, detail: Detail = "normal") -> Page:
    """The whole page; ``brief`` is the table alone, ``full`` adds definitions, sources, ties and sizes."""
    found = findings(comparison)
    table = payoffs_page(comparison, found, width) if comparison.agreements.scenario.has_agreements else []
    if detail == "brief":
        return apart([table + unsettled_page(comparison, width), divisions_page(comparison, width)])
    sections = [
        heading_page(comparison.agreements.scenario, width),
        _setting(comparison, width),
        table,
        unsettled_page(comparison, width),
        _agreements(comparison, found, width),
        _ties(comparison, found, width, detail),
        divisions_page(comparison, width),
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


def _setting(comparison: Comparison, width: int) -> Page:
    scenario = comparison.agreements.scenario
    if not scenario.has_agreements:
        return []
    regime = "Lotteries over agreements are allowed." if comparison.regime == "lotteries" else ""
    signs = listed([scenario.title_of(name) for name in scenario.signatories])
    named = scenario.disagreement.title if scenario.disagreement is not None else None
    without = f"Without a deal: {named}." if named else ""
    bent = [scenario.title_of(name) for name, body in scenario.utilities.items() if body.attitude is not None]
    attitude = f"Payoffs are told after the attitude to risk of {listed(bent)}." if bent else ""
    needs = "a majority of " if scenario.consent.rule == "majority" else ""
    return paragraph(" ".join(filter(None, [f"A deal needs {needs}{signs}.", without, attitude, regime])), width)


def _agreements(comparison: Comparison, found: Sequence[Finding], width: int) -> Page:
    """What all concepts agree on once, then only what differs."""
    scenario = comparison.agreements.scenario
    drawn = {finding.letter: prizes(scenario, finding) for finding in found}
    labels, words = [finding.letter for finding in found], [finding.words for finding in found]
    lots: Page = []
    if max(map(len, drawn.values()), default=0) > IN_ONE_LINE:
        labels = [label for one in drawn.values() for label, _, _ in one]
        words = [settled for one in drawn.values() for _, _, settled in one]
        lots = _lots(drawn, width)
    common, different = common_and_different(words)
    several = sum(solution.status == "agreement" for solution in comparison.agreed) > 1
    opening = "All concepts agree on" if several else "The agreement"
    page: Page = [Line(opening, "heading"), *definitions(common, width)] if common else []
    differences = _differences(different, labels, width) if different else []
    return apart([page, lots, differences])


def _lots(drawn: Mapping[str, Sequence[tuple[str, str, object]]], width: int) -> Page:
    """How likely each agreement of a lottery is, by its name."""
    told = {
        letter: ", ".join(f"{label}: {chance}" for label, chance, _ in one)
        for letter, one in drawn.items()
        if len(one) > 1
    }
    alone = paragraph(told.get("", ""), width, indent=2)
    return [Line("Drawn by lot", "heading"), *(alone if "" in told else definitions(list(told.items()), width))]


def _differences(different: Sequence[tuple[str, list[str]]], labels: Sequence[str], width: int) -> Page:
    title = "They differ on"
    table = [Column([title], [issue for issue, _ in different], words=True)]
    for rank, label in enumerate(labels):
        table.append(Column([label], [texts[rank] for _, texts in different], words=True))
    side_by_side = columns(table, width)
    if side_by_side is not None and len(labels) <= ABREAST:
        return side_by_side
    page = [Line(title, "heading")]
    for issue, texts in different:
        page += paragraph(issue, width, indent=2)
        page += definitions(grouped(labels, texts), width, indent=4)
    return page


def grouped(labels: Sequence[str], texts: Sequence[str]) -> list[tuple[str, str]]:
    """(labels that share a text, the text), in order of appearance."""
    sharing: dict[str, list[str]] = {}
    for label, text in zip(labels, texts, strict=True):
        sharing.setdefault(text, []).append(label)
    return [(", ".join(same), text) for text, same in sharing.items()]


def _ties(comparison: Comparison, found: Sequence[Finding], width: int, detail: Detail) -> Page:
    """Other agreements that do as well, told by what they change."""
    most = None if detail == "full" else TIES_SHOWN
    tied = [solution for finding in found for solution in finding.solutions if solution.tie_count]
    titles = [concept_title(solution.concept) for solution in tied]
    told = ["\n".join(_tied(comparison, solution, most)) for solution in tied]
    page: Page = [Line("Ties", "heading")] if tied else []
    for names, text in grouped(titles, told):
        first, *others = text.split("\n")
        page += paragraph(f"{names}: {first}", width, indent=2)
        page += [line for other in others for line in paragraph(other, width, indent=4)]
    return page


def _tied(comparison: Comparison, solution: Solution, most: int | None) -> list[str]:
    """How many others there are, then a few of them, one string each."""
    scenario = comparison.agreements.scenario
    kind = "agreement" if solution.regime == "pure" else "answer"
    told = [f"{solution.tie_count} other {kind}{'s do' if solution.tie_count > 1 else ' does'} as well"]
    if solution.regime == "pure" and solution.certificate.get("continuum"):
        told = ["a whole range of other agreements does as well; it ends at"]
    own = dict(in_words(scenario, solution.agreement)) if solution.agreement else {}
    shown = list(solution.ties)[:most]
    for tie in shown:
        changes = [f"{issue}: {text}" for issue, text in in_words(scenario, tie.agreement) if own.get(issue) != text]
        same = figures(tie.payoffs.values()) == figures(solution.payoffs.values())
        paid = "same payoffs" if same else _paid(scenario, tie.payoffs)
        told.append(f"{'; '.join(changes) or 'the same to the printed digits'} ({paid})")
    more = solution.tie_count - len(shown)
    return told + ([f"and {more} more"] if more and shown else [])


def _paid(scenario: Scenario, payoffs: Mapping[str, float]) -> str:
    return ", ".join(f"{scenario.title_of(name)} {number(value)}" for name, value in payoffs.items())


def _checks(comparison: Comparison, width: int, detail: Detail) -> Page:
    """The certificate of every concept in words; in full also its definition, source and proof."""
    solved = [solution for solution in comparison.solutions if solution.status == "agreement"]
    entries: list[tuple[str, str]] = []
    titles = [concept_title(solution.concept) for solution in solved]
    for title, text in grouped(titles, [_check(comparison, solution, detail) for solution in solved]):
        first, *others = text.split("\n")
        entries += [(title, first), *(("", other) for other in others)] if first else []
    return [Line("What can be checked by hand", "heading"), *definitions(entries, width)] if entries else []


def _check(comparison: Comparison, solution: Solution, detail: Detail) -> str:
    """One sentence per line."""
    from bargain.concepts import CATALOGUE

    parts = [certificate_sentence(solution, comparison.agreements.scenario.title_of)]
    if solution.certificate.get("continuum"):
        others = "agreements" if solution.regime == "pure" else "mixtures"
        parts.append(f"not the only answer: a whole range of {others} does as well")
    if detail == "full":
        concept = next((concept for concept in CATALOGUE if concept.name == solution.concept), None)
        parts += [f"definition: {concept.definition}", f"source: {concept.source}"] if concept else []
        parts.append(proof_sentence(solution))
    elif not is_exact(solution):
        parts.append(str(solution.certificate["proof"]))
    return "\n".join(f"{part[0].upper()}{part[1:].rstrip('.')}." for part in parts if part)


def _sizes(comparison: Comparison, width: int) -> Page:
    """How large the choice was."""
    if not comparison.agreements.scenario.has_agreements:
        return []
    size = comparison.agreements.size
    told = f"{'uncounted' if size is None else f'{size:,}'} possible agreements".replace(",", " ")
    if comparison.frontier_size is not None:
        kind = "corners of the efficient frontier" if comparison.regime == "lotteries" else "efficient payoffs"
        told += f"; {comparison.frontier_size} {kind}"
        if comparison.rational_size is not None:
            told += f", {comparison.rational_size} of them acceptable to all signatories"
    elif comparison.regime == "pure":
        told += "; the efficient ones are too many to list"
    issues = comparison.agreements.scenario.issues
    points = [f"{issues[name].title or name} at {count} points" for name, count in (comparison.grid or {}).items()]
    grid = f" (listed on a grid: {'; '.join(points)}; answers are then refined)" if points else ""
    return paragraph(f"{told}{grid}.", width, style="muted")
