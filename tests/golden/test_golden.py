"""Published numbers and closed forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

import bargain
from bargain.concepts import CATALOGUE
from bargain.model.scenario import Scenario
from golden import attitudes, coalitions, continuous, further, lotteries, small_sets
from golden.records import Golden
from oracles.judge import concept, same_agreement

CASES = [
    *small_sets.CASES,
    *lotteries.CASES,
    *lotteries.AMONG_MANY,
    *continuous.CASES,
    *further.CASES,
    *further.AMONG_MANY,
    *coalitions.CASES,
    *attitudes.CASES,
]
FOR_TWO = {"maschler_perles", "adjusted_winner"}


@pytest.mark.parametrize(
    "case",
    CASES,
    ids=lambda case: f"{case.concept}: {case.name} ({case.regime})",
)
def test_golden(case: Golden) -> None:
    scenario = Scenario.model_validate(case.document)
    solution = bargain.solve(scenario, concept(case.concept), case.regime)
    if case.payoffs is None:
        assert solution.status == "no_agreement"
        if not solution.divides:
            assert dict(solution.payoffs) == pytest.approx(case.document["disagreement"]["payoffs"])
    else:
        assert solution.status == "agreement"
        assert list(solution.payoffs.values()) == pytest.approx(list(case.payoffs), abs=case.within)
    if case.agreement is not None:
        assert same_agreement(solution.agreement, case.agreement)
    if case.tie_count is not None:
        assert solution.tie_count == case.tie_count
    for key, entry in case.certificate.items():
        assert solution.certificate[key] == _approximately(entry)


def _approximately(entry: Any) -> Any:
    if isinstance(entry, bool | list) or (
        isinstance(entry, Mapping) and any(isinstance(e, list) for e in entry.values())
    ):
        return entry
    return pytest.approx(dict(entry) if isinstance(entry, Mapping) else entry)


def test_every_concept_has_three_cases_and_two_sizes() -> None:
    for entry in CATALOGUE:
        counter = Counter(len(case.document["players"]) for case in CASES if case.concept == entry.name)
        assert sum(counter.values()) >= 3, entry
        assert counter[2], entry
        assert counter[3] or entry.name in FOR_TWO, entry
