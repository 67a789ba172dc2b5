"""The page of `bargain evaluate`: one proposal, who would refuse it, and what everyone would rather sign."""

from __future__ import annotations

from bargain.model.results import Evaluation
from bargain.model.scenario import Scenario
from bargain.model.wording import in_words
from bargain.show.certificates import listed
from bargain.show.findings import common_and_different, solution_words
from bargain.show.layout import Column, Line, Page, apart, columns, definitions, paragraph
from bargain.show.numbers import figures, number
from bargain.show.payoffs import marked
from bargain.show.solved import Detail, heading_page

__all__ = ["evaluation_page", "verdict"]


def evaluation_page(evaluation: Evaluation, width: int, detail: Detail = "normal") -> Page:
    """The proposal in words, its payoffs, the verdict; ``brief`` is the payoffs and the verdict."""
    scenario = evaluation.agreements.scenario
    table = _payoffs(evaluation, width)
    judgement = [line for sentence in verdict(evaluation) for line in paragraph(sentence, width)]
    if detail == "brief":
        return table + judgement
    words = definitions(list(in_words(scenario, evaluation.agreement)), width)
    proposal = [Line("The proposal", "heading"), *words]
    return apart([heading_page(scenario, width), proposal, table, judgement, _better(evaluation, width)])


def _payoffs(evaluation: Evaluation, width: int) -> Page:
    """One row per player: without a deal, under the proposal, under the better agreement if there is one."""
    scenario, d = evaluation.agreements.scenario, evaluation.agreements.disagreement
    names = list(scenario.players)
    table = [
        Column(["player"], [marked(scenario, name) for name in names], words=True),
        Column(["no deal"], figures([d[name] for name in names])),
        Column(["proposal"], figures([evaluation.payoffs[name] for name in names])),
        Column(["gain"], figures([evaluation.payoffs[name] - d[name] for name in names], plus=True)),
    ]
    if evaluation.better is not None:
        table.append(Column(["better"], figures([evaluation.better.payoffs[name] for name in names])))
    fitted = columns(table, width)
    if fitted is None:
        fitted = [Line(f"{title}: {gain}") for title, gain in zip(table[0].cells, table[3].cells, strict=True)]
    others = set(names) - set(scenario.signatories)
    return fitted + ([Line("* does not sign", "muted")] if others else [])


def verdict(evaluation: Evaluation) -> list[str]:
    """Possible or not, who would refuse it, efficient or not: one sentence each."""
    scenario = evaluation.agreements.scenario
    refusers = listed([scenario.title_of(name) for name in evaluation.refused_by])
    sentences = [f"Not possible. {told[0].upper()}{told[1:].rstrip('.')}." for told in evaluation.obstacles]
    sentences += [f"{refusers} would refuse it: no deal is worth more." if refusers else _accepted(scenario)]
    if evaluation.better is not None:
        sentences.append(_dominated(evaluation))
    elif evaluation.possible:
        sentences.append("It is efficient: no possible agreement is better for one signatory and worse for none.")
    return sentences


def _accepted(scenario: Scenario) -> str:
    everyone = listed([scenario.title_of(name) for name in scenario.signatories])
    return f"{everyone} would sign: nobody is worse off than with no deal."


def _dominated(evaluation: Evaluation) -> str:
    names = evaluation.agreements.scenario.signatories
    better = evaluation.better.payoffs if evaluation.better is not None else evaluation.payoffs
    for_all = all(better[name] > evaluation.payoffs[name] for name in names)
    whom = "every signatory" if for_all else "some signatories and worse for none"
    room = f" At least {number(evaluation.distance)} more for each is possible." if evaluation.distance > 0 else ""
    return f"It is not efficient: another possible agreement is better for {whom}.{room}"


def _better(evaluation: Evaluation, width: int) -> Page:
    """The better agreement, told by what it changes."""
    if evaluation.better is None:
        return []
    scenario = evaluation.agreements.scenario
    proposal = tuple(in_words(scenario, evaluation.agreement))
    _, different = common_and_different([proposal, solution_words(scenario, evaluation.better)])
    changes = [(issue, f"{texts[-1]} (instead of {texts[0]})") for issue, texts in different]
    return [Line("The better agreement changes", "heading"), *definitions(changes, width)]
