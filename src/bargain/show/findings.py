"""The distinct answers of a comparison: concepts that pick the same agreement stand together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from bargain.model.results import Comparison, Solution
from bargain.model.scenario import Scenario
from bargain.model.wording import in_words
from bargain.show.numbers import figures, percent

__all__ = ["Finding", "common_and_different", "concept_title", "findings", "one_of_all", "prizes", "solution_words"]

Words = tuple[tuple[str, str], ...]
"""(title of the issue, how it is settled), in file order."""
Difference = tuple[str, list[str]]
"""(title of the issue, how each answer settles it)."""


@dataclass(frozen=True)
class Finding:
    """One distinct agreement (or lottery) and the concepts that arrive at it."""

    letter: str
    solutions: Sequence[Solution]
    words: Words

    @property
    def payoffs(self) -> Mapping[str, float]:
        """What it is worth to every player."""
        return self.solutions[0].payoffs

    @property
    def concepts(self) -> str:
        """The titles of the concepts."""
        return ", ".join(concept_title(solution.concept) for solution in self.solutions)


def findings(comparison: Comparison) -> list[Finding]:
    """One finding per distinct agreement, in the order of the concepts; what reads the same is the same."""
    scenario = comparison.agreements.scenario
    groups: dict[object, list[Solution]] = {}
    for solution in comparison.agreed:
        if solution.status == "agreement":
            look = (solution_words(scenario, solution), tuple(figures(solution.payoffs.values())))
            groups.setdefault(look, []).append(solution)
    letters = ascii_uppercase if len(groups) > 1 else [""]
    return [
        Finding(letter, group, solution_words(scenario, group[0]))
        for letter, group in zip(letters, groups.values(), strict=False)
    ]


def solution_words(scenario: Scenario, solution: Solution) -> Words:
    """How a solution settles every issue; under a lottery each prize with its chance where prizes differ.

    The prizes of a lottery stand in the same order everywhere: the n-th of one issue goes with the n-th of
    another.
    """
    if solution.agreement is not None:
        return tuple(in_words(scenario, solution.agreement))
    prizes = [(percent(chance), in_words(scenario, agreement)) for chance, agreement in solution.lottery or ()]
    settled = []
    for entries in zip(*(words for _, words in prizes), strict=True):
        texts = [text for _, text in entries]
        drawn = [f"{chance}: {text}" for (chance, _), text in zip(prizes, texts, strict=True)]
        settled.append((entries[0][0], texts[0] if len(set(texts)) == 1 else "; ".join(drawn)))
    return tuple(settled)


def prizes(scenario: Scenario, finding: Finding) -> list[tuple[str, str, Words]]:
    """(label, chance, words) of everything that may be drawn: A1, A2, …; an agreement for certain keeps its letter."""
    lottery = finding.solutions[0].lottery or ()
    if len(lottery) < 2:
        return [(finding.letter, "", finding.words)]
    return [
        (f"{finding.letter}{rank}", percent(chance), tuple(in_words(scenario, agreement)))
        for rank, (chance, agreement) in enumerate(lottery, 1)
    ]


def common_and_different(
    answers: Sequence[Words],
) -> tuple[list[tuple[str, str]], list[Difference]]:
    """What all answers settle alike, and per other issue how each settles it."""
    common: list[tuple[str, str]] = []
    different: list[Difference] = []
    for entries in zip(*answers, strict=True):
        title, texts = entries[0][0], [text for _, text in entries]
        if len(set(texts)) == 1:
            common.append((title, texts[0]))
        else:
            different.append((title, texts))
    return common, different


def one_of_all(solution: Solution) -> str:
    """How many answers do as well as the one shown, for a label."""
    endless = solution.certificate.get("continuum") and solution.regime == "pure"
    return "one of a whole range" if endless else f"one of {solution.tie_count + 1}"


def concept_title(name: str) -> str:
    """The title that the catalogue gives a concept."""
    from bargain.concepts import CATALOGUE

    return next((concept.title for concept in CATALOGUE if concept.name == name), name.replace("_", " "))
