"""Every scenario that is shipped reads, and what it expects of itself holds."""

from __future__ import annotations

from pathlib import Path

import pytest

import bargain

SCENARIOS = Path(__file__).parents[2] / "scenarios"
FILES = sorted(SCENARIOS.rglob("*.yaml"))


def test_there_are_scenarios() -> None:
    assert FILES
    assert SCENARIOS / "berlin_2025.yaml" in FILES


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SCENARIOS)))
def test_scenario_reads_and_keeps_its_expectations(path: Path) -> None:
    from bargain.check import expectations

    scenario = bargain.read(path)
    assert scenario.expect, "a shipped scenario says what it expects of itself"
    failed = [f"{trial.expectation}: {trial.found}" for trial in expectations(scenario) if not trial.passed]
    assert failed == []
