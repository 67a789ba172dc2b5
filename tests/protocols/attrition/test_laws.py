"""What must hold of any war of attrition: names, units of time and payoff, and what a reputation is good for."""

from __future__ import annotations

import numpy as np
import pytest

from bargain.protocols.attrition.reputation import solve_reputation
from bargain.protocols.attrition.rules import Reputation, WarOfAttrition
from bargain.protocols.attrition.war import solve_war


def drawn(seed: int) -> Reputation:
    rng = np.random.default_rng(seed)
    first = float(rng.uniform(0.15, 0.9))
    second = float(rng.uniform(1.02 - first, 0.98))
    return Reputation((first, second), tuple(np.exp(-rng.uniform(0.1, 9, 2))), tuple(rng.uniform(0.1, 3, 2)))


@pytest.mark.parametrize("seed", range(50))
def test_names_do_not_matter(seed: int) -> None:
    rules = drawn(seed)
    plan = solve_reputation(rules)
    swapped = solve_reputation(Reputation(rules.demands[::-1], rules.stubborn[::-1], rules.rates[::-1]))
    assert swapped.payoffs == pytest.approx(plan.payoffs[::-1], abs=1e-12)
    assert swapped.end == pytest.approx(plan.end, rel=1e-12)


@pytest.mark.parametrize("seed", range(50))
def test_units_of_time_do_not_matter(seed: int) -> None:
    rules = drawn(seed)
    plan = solve_reputation(rules)
    days = solve_reputation(Reputation(rules.demands, rules.stubborn, (rules.rates[0] / 7, rules.rates[1] / 7)))
    assert days.payoffs == pytest.approx(plan.payoffs, abs=1e-12)
    assert days.length == pytest.approx(7 * plan.length, rel=1e-9)


@pytest.mark.parametrize("seed", range(50))
def test_to_be_thought_stubborn_never_hurts_oneself_nor_helps_the_other(seed: int) -> None:
    rules = drawn(seed)
    plan = solve_reputation(rules)
    more = solve_reputation(
        Reputation(rules.demands, (min(rules.stubborn[0] * 1.5, 0.99), rules.stubborn[1]), rules.rates)
    )
    assert more.payoffs[0] >= plan.payoffs[0] - 1e-12
    assert more.payoffs[1] <= plan.payoffs[1] + 1e-12


@pytest.mark.parametrize("seed", range(50))
def test_at_most_one_gives_in_at_once_and_nobody_gets_less_than_what_is_left(seed: int) -> None:
    rules = drawn(seed)
    plan = solve_reputation(rules)
    assert max(concession.holds for concession in plan.concessions) == 1
    assert all(paid >= left - 1e-12 for paid, left in zip(plan.payoffs, rules.left, strict=True))
    assert sum(plan.payoffs) <= 1 + 1e-12


@pytest.mark.parametrize("seed", range(50))
def test_a_larger_prize_is_taken_less_often(seed: int) -> None:
    """The other then gives in more slowly: the lower prize is had more often (Hendricks, Weiss & Wilson 1988)."""
    rng = np.random.default_rng(seed)
    prizes, costs = rng.uniform(1, 10, 2), rng.uniform(0.1, 2, 2)
    plan = solve_war(WarOfAttrition(prizes, costs))
    larger = solve_war(WarOfAttrition((2 * prizes[0], prizes[1]), costs))
    assert larger.prize_chances[0] < plan.prize_chances[0]
    assert larger.length > plan.length
    assert sum(plan.prize_chances) == pytest.approx(1)
