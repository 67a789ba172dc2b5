"""Wars of attrition in numbers that a reader can check by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from bargain import play
from bargain.protocols.attrition.reputation import patient_shares, solve_reputation, yields_in_the_limit
from bargain.protocols.attrition.rules import Reputation, WarOfAttrition
from bargain.protocols.attrition.war import equilibria, solve_war

EXACT = 1e-9


def test_rates_length_and_chances_without_an_atom() -> None:
    """Hendricks, Weiss & Wilson (1988), as recalled: each gives in at the other's cost over the other's prize.

    Prizes 10 and 5, costs 1 and 2: rates 2/5 and 1/10, so the mean length is 2, and the chances are 1/5 and 4/5.
    """
    plan = solve_war(WarOfAttrition(prizes=(10, 5), costs=(1, 2)))
    assert [concession.rate for concession in plan.concessions] == pytest.approx([2 / 5, 1 / 10], abs=EXACT)
    assert plan.length == pytest.approx(2, abs=EXACT)
    assert plan.prize_chances == pytest.approx((1 / 5, 4 / 5), abs=EXACT)
    assert plan.payoffs == (0, 0)
    assert plan.concessions[0].chance_by(2) == pytest.approx(1 - math.exp(-0.8), abs=EXACT)


def test_an_atom_pays_the_other_side() -> None:
    """With an atom of 0.25 of the first, the second expects 0.25 of its prize, the first nothing."""
    plan = solve_war(WarOfAttrition(prizes=(10, 8), costs=(1, 1), atoms=(0.25, 0)))
    assert plan.payoffs == pytest.approx((0, 2), abs=EXACT)
    assert plan.length == pytest.approx(0.75 / (1 / 8 + 1 / 10), abs=EXACT)
    assert sum(plan.prize_chances) == pytest.approx(1, abs=EXACT)


def test_the_family_and_its_ends() -> None:
    first, second, third = equilibria(WarOfAttrition(prizes=(10, 8), costs=(1, 1)))
    assert [plan.payoffs for plan in (first, second, third)] == [(0, 0), (0, 8), (10, 0)]
    assert (second.concessions[0].atom, third.concessions[1].atom) == (1, 1)
    assert second.length == 0


def test_a_deadline_decides_for_the_one_who_would_wait_longer() -> None:
    """Own derivation: the first rather waits from 5 - 2/1 on, the second from 5 - 1/1 on, and gives in at once."""
    plan = solve_war(WarOfAttrition(prizes=(10, 10), costs=(1, 1), deadline=5, settlement=(2, 1)))
    assert plan.unique
    assert plan.payoffs == (10, 0)
    assert plan.concessions[1].until == pytest.approx(4, abs=EXACT)


def test_a_near_deadline_is_waited_for() -> None:
    plan = solve_war(WarOfAttrition(prizes=(10, 10), costs=(1, 2), deadline=1, settlement=(2, 3)))
    assert plan.unique
    assert plan.payoffs == pytest.approx((1, 1), abs=EXACT)
    assert plan.settled == 1


@pytest.mark.parametrize(
    ("settlement", "costs", "deadline", "members"),
    [
        ((4, 6), (1, 1), 4, [(0, 2), (0, 10)]),
        ((6, 4), (1, 1), 4, [(2, 0), (10, 0)]),
        ((4, 4), (1, 1), 4, [(0, 0), (0, 10), (10, 0)]),
        ((0.3, 0.6), (0.1, 0.1), 0.3 / 0.1, [(0, 0.3), (0, 10)]),
        ((0.3, 0.6), (0.1, 0.1), 3, [(0, 0.3), (0, 10)]),
        ((4, 6), (1, 1), 3.999, [(0.001, 2.001)]),
        ((4, 6), (1, 1), 4.001, [(0, 10)]),
    ],
)
def test_at_the_edge_of_waiting(
    settlement: tuple[float, float], costs: tuple[float, float], deadline: float, members: list[tuple[float, float]]
) -> None:
    """Own derivation: with D = s/c waiting pays nothing, as does giving in; a little sooner or later all is decided."""
    rules = WarOfAttrition(prizes=(10, 10), costs=costs, deadline=deadline, settlement=settlement)
    found = equilibria(rules)
    assert np.array([plan.payoffs for plan in found]) == pytest.approx(np.array(members), abs=EXACT)
    assert all(plan.unique == (len(members) == 1) for plan in found)
    only = [remark for remark in play(rules).remarks if "no other" in remark]
    assert len(only) == (len(members) == 1)


def test_equals_mix_until_they_rather_wait() -> None:
    """Half the prize each at time 3, costs 1: they mix at 1/4 until 3 - 2, and e^(-1/2) of the wars are settled."""
    plan = solve_war(WarOfAttrition(prizes=(4, 4), costs=(1, 1), deadline=3, settlement=(2, 2)))
    assert not plan.unique
    assert plan.settled == pytest.approx(math.exp(-1 / 2), abs=EXACT)
    assert plan.length == pytest.approx(2 * (1 - math.exp(-1 / 2)) + 2 * math.exp(-1 / 2), abs=EXACT)


def test_reputation_with_one_side_known_better() -> None:
    """Abreu & Gul (2000), formulas as recalled: demands 0.6, chances 0.01 and 0.1, rates 1: lambda = 0.4/0.2 = 2.

    T = ln 100 / 2 and ln 10 / 2, so play ends at ln 10 / 2 and the first gives in at once with chance 1 - 0.01 * 10.
    """
    plan = solve_reputation(Reputation(demands=(0.6, 0.6), stubborn=(0.01, 0.1), rates=(1, 1)))
    assert plan.end == pytest.approx(math.log(10) / 2, abs=EXACT)
    assert [concession.atom for concession in plan.concessions] == pytest.approx([0.9, 0], abs=EXACT)
    assert plan.payoffs == pytest.approx((0.4, 0.9 * 0.6 + 0.1 * 0.4), abs=EXACT)
    assert plan.conflict == pytest.approx(0.001, abs=EXACT)
    assert sum(plan.yields) + plan.conflict == pytest.approx(1, abs=EXACT)
    for i, stubborn in enumerate((0.01, 0.1)):
        assert plan.reputation(i, plan.end, stubborn) == pytest.approx(1, abs=EXACT)


def test_equals_are_left_with_what_the_other_leaves() -> None:
    """Demands 2/3, equal in everything: no atoms, payoffs 1/3, rate 1; a third of the pie is lost in delay."""
    plan = solve_reputation(Reputation(demands=(2 / 3, 2 / 3), stubborn=(0.1, 0.1), rates=(1, 1)))
    assert [concession.holds for concession in plan.concessions] == [1, 1]
    assert plan.payoffs == pytest.approx((1 / 3, 1 / 3), abs=EXACT)
    assert plan.end == pytest.approx(math.log(10), abs=EXACT)


@pytest.mark.parametrize("rates", [(1.0, 3.0), (2.0, 1.0), (1.0, 1.0)])
def test_as_stubbornness_vanishes_patience_decides(rates: tuple[float, float]) -> None:
    """Abreu & Gul (2000): demanding r_j / (r_1 + r_2) is met at once, whatever more than the rest the other demands."""
    own, other = patient_shares(rates)
    rules = Reputation(demands=(own, other + 0.1), stubborn=(1e-60, 1e-60), rates=rates)
    assert yields_in_the_limit(rules) == 1
    assert solve_reputation(rules).payoffs[0] == pytest.approx(own, abs=1e-3)
    mirrored = Reputation(demands=(own + 0.1, other), stubborn=(1e-60, 1e-60), rates=rates)
    assert solve_reputation(mirrored).payoffs[1] == pytest.approx(other, abs=1e-3)


def test_demands_need_not_be_shares_of_a_pie() -> None:
    """Worth 8 or 2 to the first, 3 or 1 to the second: rates 1 * 1/2 and 1 * 2/6, T = ln 20 * 2 and ln 20 * 3."""
    rules = Reputation(demands=(8, 3), left=(2, 1), stubborn=(0.05, 0.05), rates=(1, 1))
    plan = solve_reputation(rules)
    assert not rules.is_pie
    assert [concession.rate for concession in plan.concessions] == pytest.approx([1 / 2, 1 / 3], abs=EXACT)
    assert plan.end == pytest.approx(2 * math.log(20), abs=EXACT)
    assert plan.concessions[1].holds == pytest.approx(0.05 * 20 ** (2 / 3), abs=EXACT)
    assert plan.payoffs == pytest.approx((2 + 6 * (1 - 0.05 * 20 ** (2 / 3)), 1), abs=EXACT)
