"""A grid over knobs: solve the scenario at every combination of values, as tidy rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from bargain.concepts import Concept
from bargain.concepts.standing import leading
from bargain.files.read import set_value
from bargain.model.results import Agreement, Regime, Solution, Study
from bargain.model.scenario import Scenario
from bargain.model.tabulate import tabulate
from bargain.solving import solve

__all__ = ["sweep"]


def sweep(
    scenario: Scenario,
    knobs: Mapping[str, Sequence[float]],
    concepts: Sequence[Concept] | None = None,
    regime: Regime = "pure",
) -> Study:
    """Solve a scenario on a grid of knob values.

    Parameters
    ----------
    scenario : the scenario to vary; it is not changed.
    knobs : dotted path -> values, such as ``{"disagreement.costs.russia": [8, 14, 25]}``; all combinations are tried,
        the last knob varying fastest.
    concepts : which concepts to solve for at each point; by default nash, or shapley for coalitions alone.
    regime : ``"pure"`` or ``"lotteries"``.

    Returns
    -------
    A `Study` with one row per point and concept.

    Raises
    ------
    UsageError
        if a path does not exist, with the nearest names.
    ScenarioError
        if a value makes the scenario invalid.
    """
    chosen = (leading(scenario),) if concepts is None else tuple(concepts)
    rows: list[dict[str, Any]] = []
    for values in product(*knobs.values()):
        setting = dict(zip(knobs, values, strict=True))
        changed = scenario
        for path, value in setting.items():
            changed = set_value(changed, path, value)
        agreements = tabulate(changed)
        rows += [_row(setting, solve(agreements, concept, regime)) for concept in chosen]
    return Study(
        title=scenario.title,
        knobs={path: tuple(values) for path, values in knobs.items()},
        players={name: scenario.title_of(name) for name in scenario.players},
        concepts=tuple(concept.name for concept in chosen),
        rows=tuple(rows),
    )


def _row(setting: Mapping[str, float], solution: Solution) -> dict[str, Any]:
    payoffs = {f"payoff.{player}": payoff for player, payoff in solution.payoffs.items()}
    settled = dict(_columns(solution.agreement)) if solution.agreement is not None else {}
    return {**setting, "concept": solution.concept, "status": solution.status, **payoffs, **settled}


def _columns(agreement: Agreement) -> Iterator[tuple[str, str | float]]:
    for name, setting in agreement.items():
        if isinstance(setting, Mapping):
            yield from ((f"agreement.{name}.{member}", share) for member, share in setting.items())
        else:
            yield f"agreement.{name}", setting
