"""The solver against plain loops over fractions."""

from __future__ import annotations

import numpy as np
import pytest

from bargain.protocols.joint_offer.judge import judge
from bargain.protocols.joint_offer.plan import Plan
from bargain.protocols.joint_offer.rules import JointOffer
from bargain.protocols.joint_offer.solver import solve
from oracles.joint_offers import Exact, exactly
from protocols.joint_offer.draws import problem

BATCH = 40


def assert_equal_strategies(exact: Exact, plan: Plan) -> None:
    rows, kinds = range(len(exact.payoffs)), range(len(exact.chances))
    assert plan.accepts.tolist() == [[exact.accepts(row, kind) for kind in kinds] for row in rows]
    assert list(plan.demands) == [exact.demand(kind) for kind in kinds]
    assert plan.waiting == pytest.approx([float(exact.waiting(kind)) for kind in kinds], abs=1e-12)


def assert_equal_choice(rules: JointOffer, exact: Exact, plan: Plan) -> None:
    best, gains, without = exact.offers(rules.concept)
    assert set(plan.ties) | ({plan.offer} - {None}) == best
    assert plan.offer == min(best, default=None)
    assert plan.disagreement == pytest.approx([float(x) for x in without], abs=1e-12)
    for row, gain in gains.items():
        assert plan.expected[row] - plan.disagreement == pytest.approx([float(x) for x in gain], abs=1e-9)
    assert plan.least_gain == pytest.approx(float(max(map(min, gains.values()))), abs=1e-9) if gains else True
    for member, offer in enumerate(plan.alone):
        rational = {row: gain for row, gain in gains.items() if min(gain) >= 0}
        assert (offer is None) == (not rational)
        if offer is not None:
            assert gains[offer][member] == max(gain[member] for gain in rational.values())


@pytest.mark.parametrize("batch", range(5))
def test_small_problems(batch: int) -> None:
    for seed in range(BATCH * batch, BATCH * (batch + 1)):
        rules = problem(seed)
        exact, plan = exactly(rules), solve(rules)
        assert_equal_strategies(exact, plan)
        assert_equal_choice(rules, exact, plan)
        for kind, known in enumerate(plan.informed):
            assert known.offer == min(exact.offers(rules.concept, [kind])[0], default=None)
        judgement = judge(rules, plan)
        assert judgement.certified, (seed, judgement)


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(50))
def test_many_small_problems(batch: int) -> None:
    test_small_problems(1000 + batch)


def test_all_outcomes_occur_among_them() -> None:
    plans = [solve(problem(seed)) for seed in range(60)]
    assert {plan.status for plan in plans} == {"agreement", "no_agreement"}
    assert any(0 < plan.now < 1 for plan in plans)
    assert any(plan.later > 0 for plan in plans)
    assert any(plan.ties for plan in plans)
    assert any(plan.refused is not None and 0 < float(np.max(plan.refused)) < 1 for plan in plans)
