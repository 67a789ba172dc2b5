"""The figures: data and labels of the Axes, text that neither overlaps nor leaves the figure, files. No images."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np

from bargain.model.results import Alternative, Comparison, Solution, Study
from bargain.model.scenario import Scenario

CONCEPTS = ("nash", "asymmetric_nash", "kalai_smorodinsky", "egalitarian", "leximin", "utilitarian")


@dataclass
class Agreements:
    """What the figures ask of tabulated agreements, given by hand: every agreement is listed."""

    scenario: Scenario
    disagreement: dict[str, float]
    options: dict[str, dict[str, dict[str, float]]]  # issue -> option -> player -> contribution
    cloud: np.ndarray | None = None
    signatories: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.signatories = self.scenario.signatories

    def contributions(self, agreement: Any) -> dict[str, dict[str, float]]:
        return {issue: dict(self.options[issue][agreement[issue]]) for issue in self.options}

    def contribution_range(self, issue: str, player: str) -> tuple[float, float]:
        values = [worth[player] for worth in self.options[issue].values()]
        return min(values), max(values)

    def payoffs_of(self, agreement: Any) -> dict[str, float]:
        parts = self.contributions(agreement).values()
        return {player: sum(part[player] for part in parts) for player in self.scenario.players}

    def every(self) -> list[dict[str, str]]:
        return [dict(zip(self.options, names, strict=True)) for names in product(*self.options.values())]

    def sample(self, limit: int = 4000) -> np.ndarray:
        if self.cloud is not None:
            return self.cloud
        rows = [[self.payoffs_of(a)[name] for name in self.signatories] for a in self.every()[:limit]]
        return np.array(rows, dtype=float).reshape(-1, len(self.signatories))


def scenario(titles: dict[str, str], issues: dict[str, dict[str, str]] | None = None, title: str = "A talk") -> Scenario:
    """A scenario with these players and menus; everybody is indifferent in the file, the fake knows the payoffs."""
    menus = issues or {"deal": {"none": "None"}}
    return Scenario.model_validate({
        "bargain": 1,
        "title": title,
        "players": {name: {"title": shown} for name, shown in titles.items()},
        "issues": {name: {"title": name.replace("_", " ").capitalize(), "options": menu} for name, menu in menus.items()},
        "utilities": {name: dict.fromkeys(menus, "ignored") for name in titles},
        "disagreement": {"payoffs": dict.fromkeys(titles, 0.0)},
    })


def efficient(points: np.ndarray) -> np.ndarray:
    """The rows that no other row beats, by looking at all pairs."""
    rows = np.unique(points, axis=0)
    return np.array([p for p in rows if not ((rows >= p).all(axis=1) & (rows > p).any(axis=1)).any()])


def compared(
    cloud: Any,
    d: tuple[float, ...],
    answers: dict[str, tuple[float, ...]],
    *,
    titles: dict[str, str] | None = None,
    title: str = "A talk about two things",
    regime: str = "pure",
    frontier: Any = "efficient",
    status: str = "agreement",
    ties: dict[str, list[tuple[float, ...]]] | None = None,
) -> Comparison:
    """A comparison of payoffs given by hand."""
    points = np.asarray(cloud, dtype=float)
    names = titles or {name: name.capitalize() for name in ("ukraine", "russia", "united_states")[: points.shape[1]]}
    agreements = Agreements(scenario(names, title=title), dict(zip(names, d, strict=True)), {}, cloud=points)
    solutions = [
        Solution(
            concept,
            status,  # type: ignore[arg-type]
            payoffs=dict(zip(names, at, strict=True)),
            ties=[Alternative({}, dict(zip(names, tie, strict=True))) for tie in (ties or {}).get(concept, [])],
            tie_count=len((ties or {}).get(concept, [])),
        )
        for concept, at in answers.items()
    ]
    edge = efficient(points) if isinstance(frontier, str) else frontier
    return Comparison(agreements, regime, agreements.disagreement, None, edge, None, solutions)  # type: ignore[arg-type]


def circle(count: int = 400, seed: int = 1) -> np.ndarray:
    """Agreements under a quarter circle of radius 100."""
    rng = np.random.default_rng(seed)
    angle, radius = rng.uniform(0, np.pi / 2, count), 100 * np.sqrt(rng.uniform(0.05, 1, count))
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
