"""The distinct answers of a comparison: concepts that pick the same agreement stand together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from bargain.model.results import Comparison, Solution
from bargain.model.scenario import Scenario
from bargain.model.wording import in_words
from bargain.show.numbers import figures, percent

__all__ = ["Finding", "Outcome", "common_and_different", "concept_title", "findings", "outcomes_of"]

Words = Sequence[tuple[str, str]]
"""(title of the issue, how it is settled), in file order."""


@dataclass(frozen=True)
class Outcome:
    """One agreement in words; with ``chance`` it is one prize of a lottery."""

    label: str
    words: Words


@dataclass(frozen=True)
class Finding:
    """One distinct agreement (or lottery) and the concepts that arrive at it."""

    letter: str
    solutions: Sequence[Solution]
    outcomes: Sequence[Outcome]

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
    for solution in comparison.solutions:
        if solution.status == "agreement":
            groups.setdefault(_look(scenario, solution), []).append(solution)
    letters = ascii_uppercase if len(groups) > 1 else [""]
    return [
        Finding(letter, group, outcomes_of(scenario, group[0], letter))
        for letter, group in zip(letters, groups.values(), strict=False)
    ]


def outcomes_of(scenario: Scenario, solution: Solution, letter: str = "") -> list[Outcome]:
    """The agreement of a solution in words, or every prize of its lottery with its chance."""
    if solution.lottery and solution.agreement is None:
        return [
            Outcome(f"{letter} {percent(chance)}".strip(), in_words(scenario, agreement))
            for chance, agreement in solution.lottery
        ]
    return [Outcome(letter, in_words(scenario, solution.agreement or {}))]


def common_and_different(outcomes: Sequence[Outcome]) -> tuple[Words, list[tuple[str, list[str]]]]:
    """What all outcomes settle alike, and per other issue how each settles it."""
    common: list[tuple[str, str]] = []
    different: list[tuple[str, list[str]]] = []
    for entries in zip(*(outcome.words for outcome in outcomes), strict=True):
        title, texts = entries[0][0], [text for _, text in entries]
        if len(set(texts)) == 1:
            common.append((title, texts[0]))
        else:
            different.append((title, texts))
    return common, different


def concept_title(name: str) -> str:
    """The title that the catalogue gives a concept."""
    from bargain.concepts import CATALOGUE

    return next((concept.title for concept in CATALOGUE if concept.name == name), name.replace("_", " "))


def _look(scenario: Scenario, solution: Solution) -> object:
    """What a reader sees of a solution: its words, chances and payoffs at the printed precision."""
    words = tuple((outcome.label, tuple(outcome.words)) for outcome in outcomes_of(scenario, solution))
    return words, tuple(figures(solution.payoffs.values()))
