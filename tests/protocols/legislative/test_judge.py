"""The judge before wrong plans: every number a little higher and a little lower, and it has to notice."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from bargain.protocols.legislative.judge import judge
from bargain.protocols.legislative.plan import WAIT
from bargain.protocols.legislative.rules import Legislature, Motions
from bargain.protocols.legislative.solving import solve

STEP = 1e-3
HOUSES = {
    "alike": Legislature.symmetric(5, 0.8),
    "different": Legislature((0.5, 0.3, 0.2), (0.9, 0.8, 0.7), 2, pie=10.0),
    "veto": Legislature((0.4, 0.3, 0.2, 0.1), 0.9, 3, vetoes=("2",)),
    "status quo": Legislature((0.4, 0.3, 0.2, 0.1), 0.9, 3, status_quo=(0.1, 0.2, 0.0, 0.1)),
    "votes": Legislature((0.25,) * 4, 0.8, 3, votes=(2, 1, 1, 1)),
    "many": Legislature.symmetric(15, 0.9),
}
BOTH = pytest.mark.parametrize("sign", [1, -1])
EACH = pytest.mark.parametrize("name", HOUSES)


def changed(row, where, by):
    """The array with one entry moved."""
    other = np.array(row, dtype=float)
    other[where] += by
    return other


@EACH
def test_the_plan_itself_stands(name):
    assert judge(HOUSES[name], solve(HOUSES[name])).certified


@EACH
@BOTH
def test_a_vote_at_another_price(name, sign):
    rules, plan = HOUSES[name], solve(HOUSES[name])
    for i in range(rules.n):
        wrong = replace(plan, prices=changed(plan.prices, i, sign * STEP))
        assert judge(rules, wrong).largest_gain > 0.5 * STEP


@EACH
@BOTH
def test_a_value_that_is_not_so(name, sign):
    rules, plan = HOUSES[name], solve(HOUSES[name])
    for i in range(rules.n):
        assert judge(rules, replace(plan, values=changed(plan.values, i, sign * STEP))).largest_gain > 0.5 * STEP


@EACH
@BOTH
def test_an_offer_that_is_too_high_or_too_low(name, sign):
    """Higher is a gift of the proposer; lower is refused. Every proposal and every partner."""
    rules, plan = HOUSES[name], solve(HOUSES[name])
    rows = range(0, len(plan.proposers), max(1, len(plan.proposers) // 40))
    for row in rows:
        own = plan.proposers[row]
        for i in np.flatnonzero(plan.offers[row] > STEP):
            if i != own and plan.prices[i] > 0:
                offers = changed(changed(plan.offers, (row, i), sign * STEP), (row, own), -sign * STEP)
                assert judge(rules, replace(plan, offers=offers)).largest_gain > 0.5 * STEP


@pytest.mark.parametrize("name", ["alike", "votes", "many"])
@BOTH
def test_a_partner_drawn_too_often(name, sign):
    """Its vote becomes dearer, and that of others cheaper."""
    rules, plan = HOUSES[name], solve(HOUSES[name])
    twice = [i for i in range(rules.n) if (plan.proposers == i).sum() > 1]
    assert twice
    one, two, *_ = np.flatnonzero(plan.proposers == twice[0])
    chances = changed(changed(plan.chances, one, sign * STEP), two, -sign * STEP)
    assert not judge(rules, replace(plan, chances=chances)).certified


@EACH
@BOTH
def test_chances_that_do_not_sum_to_one(name, sign):
    rules, plan = HOUSES[name], solve(HOUSES[name])
    assert judge(rules, replace(plan, chances=changed(plan.chances, 0, sign * STEP))).largest_gain == np.inf


def test_a_dear_partner_instead_of_a_cheap_one():
    rules = HOUSES["different"]
    plan = solve(rules)
    offers = plan.offers.copy()
    dear = int(plan.prices.argmax())
    row = next(row for row in range(len(offers)) if plan.proposers[row] != dear and offers[row, dear] == 0)
    own = plan.proposers[row]
    offers[row] = 0.0
    offers[row, dear] = plan.prices[dear]
    offers[row, own] = rules.pie - plan.prices[dear]
    assert judge(rules, replace(plan, offers=offers)).largest_gain > STEP


def test_more_partners_than_needed_and_more_than_there_is():
    rules = HOUSES["alike"]
    plan = solve(rules)
    offers = plan.offers.copy()
    left_out = next(i for i in range(5) if offers[0, i] == 0)
    offers[0, left_out], offers[0, plan.proposers[0]] = 0.16, 0.52
    assert judge(rules, replace(plan, offers=offers)).largest_gain == pytest.approx(0.16, abs=0.04)
    assert judge(rules, replace(plan, offers=changed(plan.offers, (0, 0), 0.1))).largest_gain == np.inf
    assert judge(rules, replace(plan, offers=changed(plan.offers, (0, left_out), -0.1))).largest_gain == np.inf


@pytest.mark.parametrize("n", [3, 5, 9])
@pytest.mark.parametrize("delta", [0.1, 0.4, 0.8, 1.0])
def test_open_rule(n, delta):
    rules = Legislature.symmetric(n, delta, amendments="open")
    plan = solve(rules)
    assert judge(rules, plan).largest_gain <= 1e-14
    for sign in (1, -1):
        for key in ("share", "floor", "partner", "left_out"):
            wrong = replace(plan, **{key: getattr(plan, key) + sign * STEP})
            assert judge(rules, wrong).largest_gain > 0.2 * STEP, key
        assert not judge(rules, replace(plan, partners=plan.partners + sign)).certified


@pytest.mark.parametrize("size", [2, 3, 4])
def test_open_rule_with_another_size_of_coalition(size):
    """Everything consistent except the size: the floor gains by another."""
    from bargain.protocols.legislative.open_rule import _with_partners

    rules = Legislature.symmetric(5, 0.4, amendments="open")
    best = solve(rules).partners
    verdict = judge(rules, _with_partners(5, 0.4, size, 1.0))
    assert verdict.certified == (size == best)
    assert (verdict.largest_gain > 1e-6) == (size != best)


CYCLE = np.array([[5.0, 1, 0], [0, 5, 1], [1, 0, 5]])
MOTIONS = {
    "pure": Motions(Legislature.symmetric(3, 0.5), CYCLE),
    "lots": Motions(Legislature.symmetric(3, 0.9), CYCLE),
    "draws": Motions(Legislature.symmetric(3, 0.8), np.array([[5.0, 3, 1], [2, 0, 5], [1, 4, 4]])),
    "refuses": Motions(Legislature((1 / 3, 2 / 3, 0.0), 0.5, 2), np.array([[3.0, 1, 1], [0, 3, 3], [1, 0, 2]])),
}


@cache
def solved(name):
    return solve(MOTIONS[name])


@pytest.mark.parametrize("name", MOTIONS)
@BOTH
def test_motions(name, sign):
    rules, plan = MOTIONS[name], solved(name)
    assert judge(rules, plan).certified
    for i in range(3):
        assert not judge(rules, replace(plan, values=changed(plan.values, i, sign * STEP))).certified
        assert not judge(rules, replace(plan, prices=changed(plan.prices, i, sign * STEP))).certified
        for a in range(4):
            if plan.moved[i, a] > STEP:
                moved = np.array(plan.moved)
                moved[i, a] -= STEP
                assert judge(rules, replace(plan, moved=moved)).largest_gain == np.inf
                moved[i, (a + 1) % 4] += STEP
                assert not judge(rules, replace(plan, moved=moved)).certified
    for a, j in zip(*np.nonzero((plan.accepted > 0) & (plan.accepted < 1)), strict=True):
        assert not judge(rules, replace(plan, accepted=changed(plan.accepted, (a, j), sign * STEP))).certified
    for a in range(3):
        for j in range(3):
            if plan.accepted[a, j] in (0.0, 1.0) and abs(rules.payoffs[a, j] - plan.prices[j]) > 0.01:
                wrong = changed(plan.accepted, (a, j), 1 - 2 * plan.accepted[a, j])
                assert judge(rules, replace(plan, accepted=wrong)).largest_gain > 0.005 / 5  # of 5 at stake


@pytest.mark.parametrize("horizon", [None, 2])
def test_a_member_who_counts_in_small_units(horizon):
    """Its wrong vote, wrong price and wrong value are a part of its own stake, however large another's numbers are."""
    payoffs = CYCLE * [1e9, 1, 1]
    rules = Motions(Legislature.symmetric(3, 0.5), payoffs, horizon)
    plan = solve(rules)
    assert judge(rules, plan).certified
    for i in (1, 2):
        where = i if horizon is None else (0, i)
        for key in ("values", "prices"):
            wrong = replace(plan, **{key: changed(getattr(plan, key), where, STEP)})
            assert not judge(rules, wrong).certified
            assert judge(rules, wrong).largest_gain > 0.9 * STEP / 5
    if horizon is None:
        wrong = replace(plan, accepted=changed(plan.accepted, (1, 1), -1.0))  # 2 refuses what is best for it
    else:
        moved = plan.moved.copy()
        moved[1, 1] = WAIT  # 2 lets the last session pass
        wrong = replace(plan, moved=moved)
    assert not judge(rules, wrong).certified


@BOTH
def test_sessions(sign):
    rules = Motions(Legislature((0.5, 0.3, 0.2), (0.9, 0.8, 0.7), 2), CYCLE, horizon=4)
    plan = solve(rules)
    assert judge(rules, plan).certified
    for t in range(4):
        for i in range(3):
            assert not judge(rules, replace(plan, prices=changed(plan.prices, (t, i), sign * STEP))).certified
            assert not judge(rules, replace(plan, values=changed(plan.values, (t, i), sign * STEP))).certified
            for other in (0, 1, 2, WAIT):
                nothing = plan.moved[t, i] == WAIT and (rules.payoffs[other] >= plan.prices[t]).sum() < 2
                if other != plan.moved[t, i] and not nothing:  # what does not pass is as good as nothing
                    moved = plan.moved.copy()
                    moved[t, i] = other
                    assert not judge(rules, replace(plan, moved=moved)).certified
    assert judge(rules, replace(plan, moved=plan.moved[:3])).largest_gain == np.inf


def test_what_is_no_plan():
    with pytest.raises(TypeError, match="no plan"):
        judge(HOUSES["alike"], "nothing")
