"""The judge of wars of attrition certifies every solution, and notices every number that is off, both ways."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bargain.protocols.attrition.judge import judge_reputation, judge_war, reputation_deviations, war_deviations
from bargain.protocols.attrition.plan import Concession, ReputationPlan, WarPlan
from bargain.protocols.attrition.reputation import solve_reputation
from bargain.protocols.attrition.rules import Reputation, WarOfAttrition
from bargain.protocols.attrition.war import equilibria, solve_war
from bargain.protocols.judging import TOLERANCE

WARS = [
    WarOfAttrition(prizes=(10, 5), costs=(1, 2)),
    WarOfAttrition(prizes=(10, 5), costs=(1, 2), atoms=(0.3, 0)),
    WarOfAttrition(prizes=(1000, 5), costs=(0.01, 3), atoms=(0, 0.5)),
    WarOfAttrition(prizes=(4, 4), costs=(1, 1), deadline=3, settlement=(2, 2)),
    WarOfAttrition(prizes=(4, 8), costs=(1, 2), deadline=3, settlement=(1, 2), atoms=(0, 0.1)),
    WarOfAttrition(prizes=(10, 10), costs=(1, 1), deadline=5, settlement=(2, 1)),
    WarOfAttrition(prizes=(10, 10), costs=(1, 2), deadline=1, settlement=(2, 3)),
    WarOfAttrition(prizes=(10, 5), costs=(1, 1), deadline=5),
]
REPUTATIONS = [
    Reputation(demands=(0.6, 0.6), stubborn=(0.01, 0.1), rates=(1, 1)),
    Reputation(demands=(0.6, 0.7), stubborn=(1e-100, 0.1), rates=(1, 5)),
    Reputation(demands=(0.5, 0.500001), stubborn=(0.2, 0.3), rates=(1, 1)),
    Reputation(demands=(0.99, 0.99), stubborn=(0.5, 1e-9), rates=(0.01, 0.3)),
    Reputation(demands=(8, 3), left=(2, 1), stubborn=(0.05, 0.05), rates=(1, 1)),
]
STEP = 1e-3


@pytest.mark.parametrize("rules", WARS)
def test_every_equilibrium_of_a_war_is_certified(rules: WarOfAttrition) -> None:
    for plan in (solve_war(rules), *equilibria(rules)):
        judgement = judge_war(replace(rules, atoms=(0.0, 0.0)), plan)
        assert judgement.certified, judgement
        assert judgement.checked > 1000


@pytest.mark.parametrize("rules", REPUTATIONS)
def test_every_reputation_is_certified(rules: Reputation) -> None:
    judgement = judge_reputation(rules, solve_reputation(rules))
    assert judgement.certified, judgement


@pytest.mark.parametrize("seed", range(60))
def test_random_rules_are_certified(seed: int) -> None:
    rng = np.random.default_rng(seed)
    prizes, costs = rng.uniform(0.1, 20, 2), rng.uniform(0.05, 3, 2)
    deadline = rng.choice([math.inf, 1.0, 6.0])
    settlement = prizes * rng.uniform(0, 1, 2) if math.isfinite(deadline) else (0, 0)
    war = WarOfAttrition(prizes=prizes, costs=costs, deadline=deadline, settlement=settlement)
    assert all(judge_war(war, plan).certified for plan in equilibria(war))
    first = rng.uniform(0.1, 0.95)
    demands, stubborn = (first, rng.uniform(1 - first, 1)), np.exp(-rng.uniform(0.01, 12, 2))
    names = Reputation(demands=demands, stubborn=stubborn, rates=rng.uniform(0.01, 2, 2))
    assert judge_reputation(names, solve_reputation(names)).certified


@pytest.mark.parametrize("seed", range(100))
def test_wild_rules_are_certified(seed: int) -> None:
    """Prizes, costs and rates over many powers of ten, and next to no stubbornness."""
    rng = np.random.default_rng(seed)
    war = WarOfAttrition(prizes=10 ** rng.uniform(-6, 6, 2), costs=10 ** rng.uniform(-6, 6, 2))
    assert all(judge_war(war, plan).certified for plan in equilibria(war))
    first = 10 ** rng.uniform(-4, -0.01)
    demands = (first, 1 - first * 10 ** rng.uniform(-4, -0.01))
    stubborn = np.exp(-(10 ** rng.uniform(-3, 2.8, 2)))
    names = Reputation(demands=demands, stubborn=stubborn, rates=10 ** rng.uniform(-5, 5, 2))
    assert judge_reputation(names, solve_reputation(names)).certified


def shifted(value: float, way: int) -> float:
    """A number a little higher or lower; a chance of 1 or 0 is only moved inwards by its caller."""
    return value + way * STEP * max(abs(value), STEP)


def neighbours(plan: Any, names: list[str]) -> list[tuple[str, Any]]:
    """The plan with one number moved, up and down."""
    found = []
    for way in (1, -1):
        for name in names:
            value = getattr(plan, name)
            if isinstance(value, tuple):
                for i in (0, 1):
                    moved = tuple(shifted(x, way) if k == i else x for k, x in enumerate(value))
                    found.append((f"{name}[{i}] {way:+d}", replace(plan, **{name: moved})))
            else:
                found.append((f"{name} {way:+d}", replace(plan, **{name: shifted(value, way)})))
        for i in (0, 1):
            for name in ("holds", "rate", "until"):
                value = getattr(plan.concessions[i], name)
                if math.isfinite(value):
                    other = replace(plan.concessions[i], **{name: shifted(value, way)})
                    pair = tuple(other if k == i else c for k, c in enumerate(plan.concessions))
                    found.append((f"{name} of {i} {way:+d}", replace(plan, concessions=pair)))
    return found


@pytest.mark.parametrize("rules", WARS[1:4])
def test_every_number_of_a_war_matters_both_ways(rules: WarOfAttrition) -> None:
    plan = solve_war(rules)
    for what, other in neighbours(plan, ["payoffs", "prize_chances", "length", "settled"]):
        assert not judge_war(rules, other).certified, what


@pytest.mark.parametrize("rules", [REPUTATIONS[0], REPUTATIONS[4]])
def test_every_number_of_a_reputation_matters_both_ways(rules: Reputation) -> None:
    plan = solve_reputation(rules)
    for what, other in neighbours(plan, ["payoffs", "yields", "length", "end"]):
        assert not judge_reputation(rules, other).certified, what


def largest(found: Any) -> float:
    """The largest gain from a deviation, whatever the plan claims."""
    return max(gain for gain, *_ in found)


def with_concession(plan: Any, i: int, **changes: float) -> Any:
    """A plan with another concession of one player."""
    pair = tuple(replace(c, **changes) if k == i else c for k, c in enumerate(plan.concessions))
    return replace(plan, concessions=pair)


@pytest.mark.parametrize("factor", [0.99, 1.01])
@pytest.mark.parametrize("i", [0, 1])
def test_a_rate_that_is_off_makes_a_deviation_pay(i: int, factor: float) -> None:
    war, names = WARS[0], REPUTATIONS[0]
    plan, reputation = solve_war(war), solve_reputation(names)
    moved = with_concession(plan, i, rate=plan.concessions[i].rate * factor)
    assert largest(war_deviations(war, moved)) > 1e-4
    moved = with_concession(reputation, i, rate=reputation.concessions[i].rate * factor)
    assert largest(reputation_deviations(names, moved)) > 1e-6


@pytest.mark.parametrize("factor", [0.9, 1.1])
@pytest.mark.parametrize("i", [0, 1])
def test_one_who_stops_at_another_time_makes_a_deviation_pay(i: int, factor: float) -> None:
    rules = REPUTATIONS[0]
    plan = solve_reputation(rules)
    moved = with_concession(plan, i, until=plan.end * factor)
    assert largest(reputation_deviations(rules, moved)) > 1e-4


def test_an_atom_that_is_off_is_noticed() -> None:
    """Too small an atom leaves rational players who never give in; too large a one lets stubborn players give in."""
    rules = REPUTATIONS[0]
    plan = solve_reputation(rules)
    assert largest(reputation_deviations(rules, with_concession(plan, 0, holds=0.12))) > 1e-4
    assert not judge_reputation(rules, with_concession(plan, 0, holds=0.08)).certified


def test_two_atoms_are_noticed_and_one_is_not() -> None:
    rules = WARS[0]
    plan = solve_war(rules)
    one = with_concession(plan, 0, holds=0.9)
    assert largest(war_deviations(rules, one)) <= TOLERANCE
    assert largest(war_deviations(rules, with_concession(one, 1, holds=0.95))) > 1e-3


def test_a_threat_that_would_not_be_carried_out_is_noticed() -> None:
    """The first gives in at once for fear of one who would rather give in: an equilibrium, but not subgame-perfect."""
    rules = WARS[5]
    threat = WarPlan(
        concessions=(Concession(0.0, math.inf, 3.0), Concession(1.0, 0.0, 5.0)),
        payoffs=(0.0, 10.0),
        prize_chances=(0.0, 1.0),
        length=0.0,
        settled=0.0,
    )
    judgement = judge_war(rules, threat)
    assert not judgement.certified
    assert "at time 0 " not in judgement.where


@pytest.mark.parametrize("turn", [1.0, 3.61, 3.9999, 4.0001, 4.2, 7.9])
def test_turning_to_waiting_at_a_wrong_time_is_noticed(turn: float) -> None:
    """Off the path, as the first gives in at once: it should until 8 - 4; every moment more or less costs."""
    rules = WarOfAttrition(prizes=(10, 10), costs=(1, 1), deadline=8, settlement=(4, 6))
    plan = solve_war(rules)
    assert judge_war(rules, plan).certified
    judgement = judge_war(rules, with_concession(plan, 0, until=turn))
    assert judgement.largest_gain == pytest.approx(abs(turn - 4), rel=1e-6)
    assert judgement.where.startswith("a at time")


def test_holding_out_for_ever_after_a_time_is_noticed() -> None:
    """Without a deadline whoever never gives in to one who never does loses without limit; only after time 3, here."""
    rules = WarOfAttrition(prizes=(10, 10), costs=(1, 1))
    concessions = (Concession(0.0, math.inf, 3.0), Concession(1.0, 0.0))
    threat = WarPlan(concessions, payoffs=(0.0, 10.0), prize_chances=(0.0, 1.0), length=0.0, settled=0.0)
    assert judge_war(rules, threat).largest_gain == math.inf


@pytest.mark.parametrize("cost", [1e-6, 1e6])
def test_a_deadline_that_is_very_far_away_is_no_fault(cost: float) -> None:
    """Times are known up to rounding of the deadline, which is worth more than 1e-9 of the prize here."""
    far = WarOfAttrition(prizes=(1, 1), costs=(cost, cost), deadline=3e9 / cost, settlement=(0.3, 0.7))
    assert judge_war(far, solve_war(far)).certified


def test_one_who_is_indifferent_between_giving_in_and_the_deadline() -> None:
    """Waiting pays 4 - 4: every chance of giving in at time 0 is an equilibrium, of the first and not of the second."""
    rules = WarOfAttrition(prizes=(10, 10), costs=(1, 1), deadline=4, settlement=(4, 6))
    for chance in (0.0, 0.3, 1.0):
        plan = solve_war(replace(rules, atoms=(chance, 0.0)))
        assert judge_war(rules, plan).certified
        assert plan.payoffs == pytest.approx((0, 10 * chance + 2 * (1 - chance)))
        assert not plan.unique
    assert not judge_war(rules, with_concession(solve_war(rules), 1, holds=0.7)).certified


def test_what_is_no_distribution_is_noticed() -> None:
    plan = solve_war(WARS[0])
    assert judge_war(WARS[0], with_concession(plan, 0, rate=-0.1)).largest_gain == math.inf
    names = solve_reputation(REPUTATIONS[0])
    assert isinstance(names, ReputationPlan)
    assert judge_reputation(REPUTATIONS[0], with_concession(names, 1, holds=1.5)).largest_gain == math.inf
