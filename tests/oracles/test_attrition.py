"""Closed forms of reputational bargaining beside a game in short periods."""

from __future__ import annotations

import numpy as np
import pytest

from bargain.protocols.attrition.reputation import solve_reputation
from bargain.protocols.attrition.rules import Reputation
from oracles.attrition import walk_back

PERIOD = 2e-4


@pytest.mark.parametrize("seed", range(25))
def test_short_periods_come_close(seed: int) -> None:
    rng = np.random.default_rng(seed)
    first = float(rng.uniform(0.3, 0.9))
    rules = Reputation(
        demands=(first, float(rng.uniform(1.1 - first, 0.95))),
        stubborn=tuple(np.exp(-rng.uniform(0.2, 5, 2))),
        rates=tuple(rng.uniform(0.2, 2, 2)),
    )
    plan = solve_reputation(rules)
    end, reputations = walk_back(rules.demands, rules.stubborn, rules.rates, PERIOD)
    fastest = max(concession.rate for concession in plan.concessions)
    assert end == pytest.approx(plan.end, abs=PERIOD * (2 + 10 * fastest * plan.end))
    for concession, prior, reputation in zip(plan.concessions, rules.stubborn, reputations, strict=True):
        assert 1 - prior / reputation == pytest.approx(concession.atom, abs=20 * PERIOD * (1 + fastest) ** 2)
