"""Closed forms, each derived beside its numbers."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from bargain.errors import NotApplicable, UsageError
from bargain.protocols.joint_offer.judge import judge
from bargain.protocols.joint_offer.rules import CounterDemand, JointOffer
from bargain.protocols.joint_offer.solver import solve

EXACT = 1e-9
PIECES = 40


def pie(members: int, floors: list[float], chances: list[float], **more: object) -> JointOffer:
    """A pie of 1 in fortieths among the members and the outsider; nobody gets anything without an agreement."""
    shares = [row for row in product(range(PIECES + 1), repeat=members) if sum(row) <= PIECES]
    paid = np.array(shares) / PIECES
    theirs = np.repeat(1 - paid.sum(axis=1, keepdims=True), len(floors), axis=1)
    return JointOffer(paid, theirs, chances, [0.0] * members, floors, **more)


@pytest.mark.parametrize(("soft", "safe"), [(0.7, True), (0.8, False)])
def test_risk_against_return(soft: float, safe: bool) -> None:
    """Floors 0.2 (chance p), 0.4: leaving 0.4 is safe and worth 0.6, leaving 0.2 is worth 0.8 p: risk it iff p > 3/4.

    The trade-off of an ultimatum under private information, as in Fearon (1995), Rationalist Explanations for War,
    International Organization 49(3), 379-414. Nash inside splits what is worth having equally.
    """
    rules = pie(2, [0.2, 0.4], [soft, 1 - soft])
    plan = solve(rules)
    assert plan.payoffs == pytest.approx([0.3, 0.3] if safe else [0.4 * soft, 0.4 * soft], abs=EXACT)
    assert plan.conflict == pytest.approx(0 if safe else 1 - soft, abs=EXACT)
    assert plan.outsider_payoffs == pytest.approx([0.4, 0.4] if safe else [0.2, 0.4], abs=EXACT)
    # Knowing the type: (0.8 p + 0.6 (1 - p)) / 2 each.
    informed = (0.8 * soft + 0.6 * (1 - soft)) / 2
    assert plan.value_of_information(rules.chances) == pytest.approx([informed - plan.payoffs[0]] * 2, abs=EXACT)
    assert plan.refused is None if safe else plan.refused == pytest.approx([0, 1], abs=EXACT)
    assert judge(rules, plan).certified


def test_two_rounds() -> None:
    """Two rounds with the outsider last: it then takes all, so waiting is worth δ and the bloc keeps 1 - δ.

    Ståhl (1972), Bargaining Theory, finite horizon: s_t = 1 - δ s_{t+1}, with s_2 = 1.
    """
    rules = pie(2, [0.0], [1.0], counter=CounterDemand(patience=0.75))
    plan = solve(rules)
    assert plan.waiting == pytest.approx([0.75], abs=EXACT)
    assert plan.payoffs == pytest.approx([0.125, 0.125], abs=EXACT)
    assert rules.payoffs[plan.demands[0]] == pytest.approx([0, 0], abs=EXACT)
    assert plan.now == 1
    assert judge(rules, plan).certified


def test_breakdown_and_patience_multiply() -> None:
    """A floor r and a chance q of breakdown: w = r + (1 - q) δ (1 - r). Here 0.2 + 0.5 x 0.5 x 0.8 = 0.4."""
    plan = solve(pie(2, [0.2], [1.0], counter=CounterDemand(breakdown=0.5, patience=0.5)))
    assert plan.waiting == pytest.approx([0.4], abs=EXACT)
    assert plan.payoffs == pytest.approx([0.3, 0.3], abs=EXACT)


def test_no_risk_of_breakdown_and_full_patience_leave_the_bloc_nothing() -> None:
    plan = solve(pie(1, [0.1, 0.3], [0.5, 0.5], counter=CounterDemand()))
    assert plan.payoffs == pytest.approx([0], abs=EXACT)
    assert plan.conflict == pytest.approx(0, abs=EXACT)


def test_all_in_the_room() -> None:
    """Nash among three over a pie with floor r of the outsider: everybody gets (1 - r)/3 above its floor."""
    rules = pie(2, [0.25, 0.55], [0.5, 0.5])
    plan = solve(rules)
    assert plan.together[0].payoffs == pytest.approx([0.25, 0.25], abs=EXACT)
    assert plan.together[1].payoffs == pytest.approx([0.15, 0.15], abs=EXACT)


def test_powers_divide_the_surplus() -> None:
    """Asymmetric Nash with powers 3 and 1 over what is left of the pie, 0.8: 0.6 and 0.2."""
    plan = solve(pie(2, [0.2], [1.0], concept="asymmetric_nash", powers=[3, 1]))
    assert plan.payoffs == pytest.approx([0.6, 0.2], abs=EXACT)


def test_a_member_may_lose_by_knowing_the_type() -> None:
    """Without knowledge the bloc must please both types, and only the first offer does, which is good for b.

    Knowing the type it bargains about two offers more; Nash: 6 x 4 against 3 x 7 for x, and likewise for y.
    """
    rules = JointOffer(
        [[3, 7], [6, 4], [6, 4]], [[1, 1], [1, 0], [0, 1]], [0.5, 0.5], [0, 0], [1, 1], members=("a", "b")
    )
    plan = solve(rules)
    assert plan.offer == 0
    assert [known.offer for known in plan.informed] == [1, 2]
    assert plan.value_of_information(rules.chances).tolist() == [3, -3]
    assert judge(rules, plan).certified


def test_nobody_in_the_bloc_agrees() -> None:
    """Every offer that is accepted costs one of the members 1: no agreement, and that is said in numbers."""
    rules = JointOffer([[3, 1], [1, 3], [5, 5]], [[1], [1], [0]], [1], [2, 2], [1])
    plan = solve(rules)
    assert (plan.status, plan.offer, plan.least_gain, plan.closest) == ("no_agreement", None, -1, 0)
    assert plan.payoffs.tolist() == [2, 2]
    assert plan.conflict == 1
    assert judge(rules, plan).certified


def test_a_refused_offer_may_be_the_plan_where_a_demand_follows() -> None:
    """What the type accepts is bad for b; to be refused and sign the demand half of the time is good for both."""
    rules = JointOffer([[8, 1], [3, 3]], [[9], [4]], [1], [2, 2], [1], counter=CounterDemand(breakdown=0.5, patience=1))
    plan = solve(rules)
    # The type waits for 1 + 0.5 x 3 = 2.5 and so accepts 4 at once: the bloc offers the same, now.
    assert (plan.offer, plan.now) == (1, 1)
    rules = JointOffer([[8, 1], [3, 3], [9, 9]], [[9], [4], [0]], [1], [2, 2], [1], counter=CounterDemand(0.5, 1))
    plan = solve(rules)
    assert (plan.offer, plan.now) == (1, 1)
    assert judge(rules, plan).certified


def test_beliefs_after_a_refusal_and_a_demand() -> None:
    """Three types, chances 0.5, 0.3, 0.2: the first accepts; of the others each demands its own best."""
    rules = JointOffer(
        [[9, 9], [2, 2], [3, 3], [0, 0]],
        [[5, 0, 0], [1, 8, 0], [0, 0, 9], [9, 9, 9]],
        [0.5, 0.3, 0.2],
        [1, 1],
        [1, 1, 1],
        counter=CounterDemand(breakdown=0.25),
    )
    plan = solve(rules)
    assert plan.offer == 0
    assert plan.refused == pytest.approx([0, 0.6, 0.4], abs=EXACT)
    assert {demand: belief.tolist() for demand, belief in plan.demanded.items()} == {1: [0, 1, 0], 2: [0, 0, 1]}
    assert (plan.now, plan.later, plan.conflict) == pytest.approx((0.5, 0.375, 0.125), abs=EXACT)
    # 0.5 x 9 + 0.3 (1 + 0.75 x 1) + 0.2 (1 + 0.75 x 2)
    assert plan.payoffs == pytest.approx([5.525, 5.525], abs=EXACT)
    assert judge(rules, plan).certified


def test_demands_that_would_be_signals_are_not_answered() -> None:
    rules = JointOffer([[3.0]], [[1, 1]], [0.5, 0.5], [[2], [4]], [0, 0], counter=CounterDemand())
    with pytest.raises(NotApplicable, match="signals"):
        solve(rules)


@pytest.mark.parametrize("concept", ["raiffa_discrete", "maschler_perles"])
def test_concepts_that_need_lotteries(concept: str) -> None:
    with pytest.raises(NotApplicable, match="lotteries"):
        solve(pie(2, [0.2], [1.0], concept=concept))


@pytest.mark.parametrize("concept", ["nsh", "shapley", "adjusted_winner"])
def test_what_is_no_concept_over_agreements(concept: str) -> None:
    with pytest.raises(UsageError, match="no concept over agreements"):
        solve(pie(2, [0.2], [1.0], concept=concept))
