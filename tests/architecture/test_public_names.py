"""The shop window: public names are added and removed on purpose, and all of them exist."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import bargain

ROOT = Path(__file__).parents[2]
PUBLIC = [
    "Agenda",
    "PieAgenda",
    "Unanimity",
    "UnanimityOver",
    "Agreements",
    "Audit",
    "BargainError",
    "CATALOGUE",
    "Comparison",
    "Concession",
    "DemandChoice",
    "DoubleAuction",
    "AlternatingOffers",
    "Equilibrium",
    "Evaluation",
    "Legislature",
    "Motions",
    "PROTOCOLS",
    "PrivateCost",
    "Ultimatum",
    "CounterDemand",
    "JointOffer",
    "play",
    "plot_play",
    "NotApplicable",
    "NotConverged",
    "Prior",
    "Problem",
    "Reputation",
    "Scenario",
    "ScenarioError",
    "Solution",
    "Study",
    "TooManyAgreements",
    "Trade",
    "Types",
    "UsageError",
    "WarOfAttrition",
    "__version__",
    "adjusted_winner",
    "asymmetric_nash",
    "audit",
    "axioms",
    "compare",
    "constrained_equal_awards",
    "constrained_equal_losses",
    "core",
    "dump",
    "egalitarian",
    "equal_loss",
    "evaluate",
    "kalai_smorodinsky",
    "leximin",
    "maschler_perles",
    "nash",
    "nucleolus",
    "parse",
    "plot_frontier",
    "plot_issues",
    "plot_sweep",
    "proportional",
    "proportional_awards",
    "raiffa_continuous",
    "raiffa_discrete",
    "read",
    "relative_utilitarian",
    "set_value",
    "shapley",
    "shipped",
    "solve",
    "sweep",
    "tabulate",
    "utilitarian",
]


def test_public_names_are_these() -> None:
    assert sorted(bargain.__all__) == sorted(PUBLIC)


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(bargain, name) is not None


def test_unknown_names_are_errors() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nahs'"):
        _ = bargain.nahs  # type: ignore[attr-defined]


def test_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == bargain.__version__
