"""No deal, said in plain sentences, and concepts that do not apply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bargain.model.results import Comparison, Solution
from bargain.model.wording import in_words
from bargain.show.certificates import listed
from bargain.show.findings import concept_title
from bargain.show.layout import Line, Page, definitions, paragraph
from bargain.show.numbers import number

__all__ = ["no_deal_facts", "unsettled_page", "unsettled_sentences"]


def unsettled_page(comparison: Comparison, width: int) -> Page:
    """No deal and what comes closest to one, and the concepts that do not apply."""
    page = [line for sentence in unsettled_sentences(comparison) for line in paragraph(sentence, width)]
    facts = no_deal_facts(comparison)
    if facts.get("closest_agreement"):
        words = in_words(comparison.agreements.scenario, facts["closest_agreement"])
        page += [Line(""), Line("What comes closest", "heading"), *definitions(list(words), width)]
    return page


def no_deal_facts(comparison: Comparison) -> Mapping[str, Any]:
    """The certificate of the absence of a deal; empty if there is one."""
    return next((s.certificate for s in comparison.agreed if s.status == "no_agreement"), {})


def unsettled_sentences(comparison: Comparison) -> list[str]:
    """No deal, in plain sentences (once: it is a fact about the problem); concepts that do not apply."""
    without = next((solution for solution in comparison.agreed if solution.status == "no_agreement"), None)
    paragraphs = [_no_deal(comparison, without)] if without else []
    reasons: dict[str, list[str]] = {}
    for solution in comparison.solutions:
        if solution.status == "not_applicable":
            reasons.setdefault(solution.reason or "", []).append(concept_title(solution.concept))
    folded = "; ".join(f"{listed(names)} ({why})" for why, names in reasons.items())
    return paragraphs + ([f"Not applicable: {folded}."] if folded else [])


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
        sentences.append(f"Even what comes closest leaves {binding[0]} worse off.")
    if facts.get("largest_minimum_gain") is not None:
        short = number(-facts["largest_minimum_gain"])
        sentences.append(f"Whatever is agreed, somebody ends at least {short} below no deal.")
    if facts.get("lotteries_would_help") is not None and not lottery:
        helps = "would help (try --lotteries)" if facts["lotteries_would_help"] else "would not help"
        sentences.append(f"Drawing lots among agreements {helps}.")
    return " ".join(sentences)
