"""A grid over knobs: solve the scenario at every combination of values, as tidy rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import isfinite
from numbers import Real
from typing import Any

from bargain.concepts import Concept
from bargain.concepts.asking import require_concepts, require_regime
from bargain.concepts.standing import leading
from bargain.errors import UsageError
from bargain.files.knobs import aim
from bargain.files.read import set_value
from bargain.files.write import document
from bargain.model.agreements import Agreements
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
        if a path does not exist (with the nearest names), or has no value, or a value that is not a finite number.
    ScenarioError
        if a value makes the scenario invalid.
    """
    if concepts is not None:
        require_concepts(concepts)
    require_regime(regime)
    _require_grid(scenario, knobs)
    chosen = (leading(scenario),) if concepts is None else tuple(concepts)
    rows: list[dict[str, Any]] = []
    agreements: Agreements | None = None
    for values in product(*knobs.values()):
        setting = dict(zip(knobs, values, strict=True))
        changed = scenario
        for path, value in setting.items():
            changed = set_value(changed, path, value)
        agreements = tabulate(changed, like=agreements)
        rows += [_row(setting, solve(agreements, concept, regime)) for concept in chosen]
    return Study(
        title=scenario.title,
        knobs={path: tuple(values) for path, values in knobs.items()},
        players={name: scenario.title_of(name) for name in scenario.players},
        concepts=tuple(concept.name for concept in chosen),
        rows=tuple(rows),
    )


def _require_grid(scenario: Scenario, knobs: Mapping[str, Sequence[float]]) -> None:
    """Raise `UsageError` for anything but paths that exist with finite numbers to try."""
    if not isinstance(scenario, Scenario):
        found = type(scenario).__name__
        raise UsageError(f"expected a scenario, found a {found}", hint="write e.g. bargain.read('berlin_2025')")
    if not isinstance(knobs, Mapping):
        raise UsageError(
            "knobs are a map from paths to values", hint="write e.g. {'disagreement.costs.russia': [8, 14, 25]}"
        )
    tree = document(scenario)
    for path, values in knobs.items():
        aim(tree, str(path))
        if isinstance(values, str) or not isinstance(values, Iterable):
            raise UsageError(f"the values of {path} are no list", hint=f"write [{values}]")
        if not len(values):
            raise UsageError(f"{path} has no value to try", hint="give at least one number")
        for value in values:
            if not isinstance(value, Real) or isinstance(value, bool) or not isfinite(value):
                raise UsageError(f"{path} cannot be {value!r} in a sweep", hint="give finite numbers")


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
