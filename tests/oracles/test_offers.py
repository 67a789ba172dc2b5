"""Alternating offers over random lists, beside exact fractions in which everything is written out."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from bargain.errors import NotApplicable
from bargain.protocols.alternating_offers import AlternatingOffers, Plan, Points, equilibria, judge, solve
from oracles.offers import Pair, Talks, rounds, stationary

DRAWS = 25


def drawn(rng: np.random.Generator) -> Talks:
    """Small whole payoffs, so that ties and delays are common."""

    def pair(low: int, high: int, over: int = 1) -> Pair:
        first, second = (Fraction(int(number), over) for number in rng.integers(low, high + 1, 2))
        return first, second

    def option() -> Fraction | None:
        return Fraction(int(rng.integers(0, 8))) if rng.random() < 0.25 else None

    return Talks(
        [pair(0, 9) for _ in range(rng.integers(1, 7))],
        pair(2, 9, 10),
        disagreement=pair(0, 3) if rng.random() < 0.5 else (Fraction(0), Fraction(0)),
        chance=Fraction(int(rng.integers(1, 4)), 10) if rng.random() < 0.3 else Fraction(0),
        broken=pair(0, 6),
        costs=pair(0, 2, 4) if rng.random() < 0.3 else (Fraction(0), Fraction(0)),
        outside=(option(), option()),
    )


def rules(talks: Talks, horizon: int | None) -> AlternatingOffers:
    """The same in floats."""
    return AlternatingOffers(
        Points(np.array(talks.points, dtype=float)),
        patience=floats(talks.patience),
        horizon=horizon,
        breakdown=float(talks.chance),
        costs=floats(talks.costs),
        disagreement=floats(talks.disagreement),
        broken=floats(talks.broken),
        outside=(
            None if talks.outside[0] is None else float(talks.outside[0]),
            None if talks.outside[1] is None else float(talks.outside[1]),
        ),
    )


def floats(pair: Pair) -> tuple[float, float]:
    return float(pair[0]), float(pair[1])


def offer(plan: Plan, state: int) -> tuple[float, float] | None:
    """What is proposed in a state."""
    first, second = plan.offers[state].tolist()
    return (first, second) if plan.agreed[state] else None


@pytest.mark.parametrize("batch", range(10))
def test_backward_induction(batch: int) -> None:
    rng = np.random.default_rng([1, batch])
    delays = 0
    for _ in range(DRAWS):
        talks, horizon = drawn(rng), int(rng.integers(1, 9))
        plan = solve(rules(talks, horizon))
        assert judge(rules(talks, horizon), plan).certified
        for state, (expected, leaves, worth) in enumerate(rounds(talks, horizon)):
            assert offer(plan, state) == (None if expected is None else floats(expected))
            assert bool(plan.leaves[state]) == leaves
            np.testing.assert_allclose(plan.values[state], floats(worth), rtol=0, atol=1e-12)
            delays += expected is None
    assert delays > 0


@pytest.mark.parametrize("batch", range(10))
def test_all_stationary_pairs(batch: int) -> None:
    rng = np.random.default_rng([2, batch])
    for _ in range(DRAWS):
        talks = drawn(rng)
        expected = {tuple(None if p is None else floats(p) for p in pair) for pair in stationary(talks)}
        if not expected:
            with pytest.raises(NotApplicable, match="horizon"):
                solve(rules(talks, None))
            continue
        plans = equilibria(rules(talks, None))
        assert {(offer(plan, 0), offer(plan, 1)) for plan in plans} == expected
        assert len(plans) == len(expected)
        assert all(judge(rules(talks, None), plan).certified for plan in plans)
