"""A proposal of one's own, judged: obstacles, refusals, what is better, distance to the frontier."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

import pytest

import bargain
from bargain.model.scenario import Scenario
from oracles.brute import Deal, Reference
from oracles.judge import near, same_agreement, same_payoffs
from oracles.scenarios import random_document, table_document

BATCH = 10


def complaints_about(reference: Reference, proposal: Mapping[str, Any]) -> Iterator[str]:
    """Everything in which the package's evaluation of a proposal differs from listing all agreements."""
    verdict = bargain.evaluate(Scenario.model_validate(reference.document), dict(proposal))
    deal = Deal(dict(proposal), reference.payoffs_of(proposal))
    gains = dict(zip(reference.signatories, reference.gains_of(deal), strict=True))
    if not same_payoffs(verdict.payoffs, deal.payoffs):
        yield f"payoffs {verdict.payoffs}"
    if verdict.possible != reference.is_possible(proposal) or verdict.possible == bool(verdict.obstacles):
        yield f"possible {verdict.possible}, obstacles {verdict.obstacles}"
    if set(verdict.refused_by) != {name for name, gain in gains.items() if gain < 0}:
        yield f"refused by {verdict.refused_by}, gains {gains}"
    if not verdict.possible:
        return
    point = reference.point(deal)
    leads = [[a - b for a, b in zip(reference.point(other), point, strict=True)] for other in reference.possible]
    improvements = [lead for lead in leads if min(lead) >= 0 and max(lead) > 0]
    if (verdict.better is None) != (not improvements):
        found = verdict.better and verdict.better.payoffs
        yield f"better {found}, although there are {len(improvements)} improvements"
    if not near(verdict.distance, max(0, *(min(lead) for lead in leads))):
        yield f"distance {verdict.distance} instead of {float(max(0, *(min(lead) for lead in leads)))}"
    if verdict.better is None:
        return
    ahead = [verdict.better.payoffs[name] - float(deal.payoffs[name]) for name in reference.signatories]
    if min(ahead) < -1e-9 or max(ahead) <= 1e-9:
        yield f"better by {ahead}"
    if min(ahead) <= 1e-9 and any(min(lead) > 0 for lead in improvements):
        yield f"better by {ahead}, although something is better for every signatory"
    if not any(same_agreement(verdict.better.agreement, other.agreement) for other in reference.possible):
        yield f"{verdict.better.agreement} is not possible"


@pytest.mark.parametrize("batch", range(6))
def test_random_proposals(batch: int) -> None:
    for seed in range(BATCH * batch, BATCH * (batch + 1)):
        rng = Random(seed)
        reference = Reference(random_document(rng))
        settings = {issue: rng.choice(reference.options(issue)) for issue in reference.document["issues"]}
        proposal = {issue: value if isinstance(value, str) else float(value) for issue, value in settings.items()}
        complaints = list(complaints_about(reference, proposal))
        assert not complaints, "\n".join([*complaints, json.dumps(proposal), json.dumps(reference.document)])


def test_rounding_makes_nobody_refuse() -> None:
    """3.11962844 + 0.654 - 0.195075 - 3.5834 is a's disagreement payoff, up to the order of adding."""
    document = table_document([(0, 0)], (-0.00484656, 0)) | {
        "issues": {
            "first": {"options": {"x": "X"}},
            "second": {"options": {"x": "X"}},
            "ladder": {"range": [0, 1], "step": 1},
        },
        "utilities": {
            "a": {
                "first": {"weight": 3.3476, "values": {"x": 0.9319}},
                "second": {"values": {"x": 0.654}},
                "ladder": {"weight": 0.7803, "shape": "ideal", "at": 0, "scale": 2},
                "terms": [{"when": {"ladder": {"from": 1}, "second": "x"}, "add": -3.5834}],
            },
            "b": dict.fromkeys(("first", "second", "ladder"), "ignored"),
        },
        "rules": [{"forbid": {"ladder": {"below": 1}, "first": "x"}}],
    }
    assert list(complaints_about(Reference(document), {"first": "x", "second": "x", "ladder": 1.0})) == []
