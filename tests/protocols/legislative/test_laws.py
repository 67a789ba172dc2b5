"""Laws of the closed rule, oracles, and finite sessions in exact fractions."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

import bargain
from bargain.errors import NotApplicable
from bargain.protocols.legislative.batch import values
from bargain.protocols.legislative.closed import balance
from bargain.protocols.legislative.judge import judge
from bargain.protocols.legislative.motions import refused_at_price
from bargain.protocols.legislative.plan import DivisionPlan
from bargain.protocols.legislative.rules import Legislature, Motions
from bargain.protocols.legislative.sessions import by_induction
from bargain.protocols.legislative.solving import solve
from bargain.protocols.legislative.telling import tell
from bargain.protocols.legislative.weighted import by_coalitions
from bargain.protocols.words import NO_WORDS
from oracles.legislatures import averaged_payoffs, played_out, stands_without_lots
from protocols.legislative.houses import house, motions


@pytest.mark.parametrize("seed", range(200))
def test_plans_of_random_houses_stand_and_keep_the_laws(seed):
    rules = house(seed)
    try:
        plan = solve(rules)
    except NotApplicable as reason:
        expected = ("patience below 1" in str(reason)) or ("status quo" in str(reason))
        if not expected:
            pytest.fail(str(reason))
        return
    verdict = judge(rules, plan)
    assert verdict.largest_gain <= 1e-12
    assert plan.values.sum() == pytest.approx(rules.pie, abs=1e-12)
    found = balance(rules)
    assert (found.within >= rules.chances - 1e-12).all()
    assert (found.within <= 1 + 1e-12).all()
    if found.margin > 0:
        assert found.within[~rules.may_veto].sum() == pytest.approx(found.partners, abs=1e-9)
    bought = plan.bought()
    assert (bought >= 0).all()
    assert (bought <= 1 + 1e-9).all()
    if (
        found.prices > 0
    ).all() and found.partners > 0:  # votes for nothing may be in a coalition that does not need them
        recognised = rules.chances > 0
        size = max(rules.heads, int(rules.may_veto.sum()))
        counts = bought.sum(axis=1)[recognised] + 1
        assert counts == pytest.approx([size] * len(counts), abs=1e-9)
        assert rules.chances @ bought + rules.chances == pytest.approx(found.within, abs=1e-9)


@pytest.mark.parametrize("seed", range(40))
def test_the_general_method_agrees_with_the_closed_form(seed):
    rules = house(seed, most=6)
    try:
        expected = balance(rules).values
    except NotApplicable:
        return
    plan = by_coalitions(rules)
    assert plan.values == pytest.approx(expected, abs=1e-9)
    assert judge(rules, plan).certified


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40))
def test_averaged_replies_come_to_the_same_payoffs(seed):
    rules = house(seed, most=5, extremes=False)
    try:
        found = solve(rules).values
    except NotApplicable:
        return
    if rules.waiting.max() > 0.95:  # replies take too long to settle
        return
    vetoes = [i for i in range(rules.n) if rules.may_veto[i]]
    slow = averaged_payoffs(
        rules.recognition, rules.waiting, rules.votes, rules.quota, vetoes=vetoes, standing=rules.status_quo
    )
    assert found == pytest.approx(slow, abs=5e-3)


def test_averaged_replies_on_one_house():
    """Eraslan (2002): stationary payoffs are unique, so that any way to them is as good."""
    p, d = (0.4, 0.3, 0.2, 0.1), (0.9, 0.6, 0.8, 0.7)
    slow = averaged_payoffs(p, d, (1,) * 4, 3, rounds=1000)
    assert solve(Legislature(p, d, 3)).values == pytest.approx(slow, abs=5e-3)


@pytest.mark.parametrize("batch", range(5))
def test_unequal_votes(batch):
    for seed in range(batch * 10, batch * 10 + 3):
        rng = np.random.default_rng(seed)
        n = int(rng.integers(3, 8))
        votes = rng.integers(1, 5, n)
        quota = int(rng.integers(votes.sum() // 2 + 1, votes.sum()))
        rules = Legislature(tuple(rng.dirichlet(np.ones(n))), tuple(0.98 * rng.random(n)), quota, tuple(votes))
        plan = by_coalitions(rules)
        assert judge(rules, plan).certified
        assert plan.values.sum() == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("seed", range(10))
def test_batches_are_what_single_houses_are(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 10))
    quota = int(rng.integers(1, n + 1))
    recognition, patience = rng.dirichlet(np.ones(n), 30), rng.random((30, n))
    found = values(recognition, patience, quota)
    for p, d, row in zip(recognition, patience, found, strict=True):
        assert row == pytest.approx(balance(Legislature(tuple(p), tuple(d), quota)).values, abs=1e-12)


def test_a_status_quo_that_vanishes_changes_nothing():
    p, d = (0.4, 0.3, 0.2, 0.1), (0.9, 0.6, 0.8, 0.7)
    for quota in range(1, 5):
        without = balance(Legislature(p, d, quota))
        small = balance(Legislature(p, d, quota, status_quo=(1e-13, 0, 0, 1e-13)))
        assert small.values == pytest.approx(without.values, abs=1e-11)


def test_units_and_names_do_not_matter():
    p, d, s = (0.4, 0.3, 0.2, 0.1), (0.9, 0.6, 0.8, 0.7), (0.1, 0.05, 0.2, 0.0)
    one = balance(Legislature(p, d, 3, status_quo=s, vetoes=("2",))).values
    large = balance(Legislature(p, d, 3, status_quo=tuple(1e6 * x for x in s), pie=1e6, vetoes=("2",))).values
    assert large == pytest.approx(1e6 * one, rel=1e-12)
    order = [2, 0, 3, 1]
    mixed = Legislature(
        *(tuple(row[i] for i in order) for row in (p, d)), 3, status_quo=tuple(s[i] for i in order), vetoes=("4",)
    )
    assert balance(mixed).values == pytest.approx(one[order], abs=1e-12)


def test_votes_in_proportion_are_heads():
    rules = Legislature((0.5, 0.3, 0.2), 0.8, 4, votes=(2, 2, 2))
    assert solve(rules).values == pytest.approx(solve(Legislature((0.5, 0.3, 0.2), 0.8, 2)).values, abs=1e-12)


@pytest.mark.parametrize("seed", range(25))
def test_sessions_are_those_of_exact_recursion(seed):
    rng = np.random.default_rng(seed)
    n, count, sessions = 3, int(rng.integers(1, 8)), int(rng.integers(1, 5))
    payoffs = rng.integers(0, 6, (count, n))
    p = [Fraction(int(x), 10) for x in rng.multinomial(10, [1 / 3] * 3)]
    delta = [Fraction(int(x), 10) for x in rng.integers(0, 11, n)]
    quota, standing = int(rng.integers(1, 4)), [int(x) for x in rng.integers(0, 3, n)]
    expected = played_out(payoffs.tolist(), p, delta, quota, standing, sessions)
    rules = Legislature(tuple(map(float, p)), tuple(map(float, delta)), quota, status_quo=tuple(standing))
    rules = Motions(rules, payoffs.astype(float), sessions)
    plan = by_induction(rules)
    assert plan.values[0] == pytest.approx([float(x) for x in expected], abs=1e-12)
    assert judge(rules, plan).certified


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("whole", [True, False])
def test_stationary_plans_stand(seed, whole):
    rules = motions(1000 + seed, whole=whole)
    try:
        plan = solve(rules)
    except NotApplicable as reason:
        if "horizon" not in str(reason):
            pytest.fail(str(reason))
        return
    assert judge(rules, plan).certified


@pytest.mark.parametrize("recognition", [(1 / 3,) * 3, (0.4, 0.35, 0.25)])
def test_a_cycle_is_settled_by_lot(recognition):
    """Own derivation: each moves (5, 1, 0) in its turn. If all pass, everybody expects 2 and refuses 1. So w = 1 and
    v = 10/9 for all, and a session must pay that: with x_i q_i signed, sum over a of q_a x_a (1 - u_j(a)) = -1/9, whose
    solution is x_a = 1/(27 p_a)."""
    payoffs = np.array([[5.0, 1, 0], [0, 5, 1], [1, 0, 5]])
    rules = Motions(Legislature(recognition, 0.9, 2), payoffs)
    plan = solve(rules)
    assert judge(rules, plan).certified
    assert plan.prices == pytest.approx([1, 1, 1], abs=1e-9)
    assert [plan.accepted[a, (a + 1) % 3] for a in range(3)] == pytest.approx(
        [1 / (27 * p) for p in recognition], abs=1e-9
    )


def test_a_proposer_draws_as_well():
    """Found by search, and nothing without lots stands: one member accepts by lot, one proposer draws between two."""
    payoffs = [[5, 3, 1], [2, 0, 5], [1, 4, 4]]
    assert not stands_without_lots(payoffs, (Fraction(1, 3),) * 3, (Fraction(4, 5),) * 3, 2, (0, 0, 0))
    rules = Motions(Legislature.symmetric(3, 0.8), np.array(payoffs))
    plan = solve(rules)
    assert ((plan.accepted > 0) & (plan.accepted < 1)).sum() == 1
    assert ((plan.moved > 0) & (plan.moved < 1)).sum() == 2
    assert judge(rules, plan).certified


@pytest.mark.parametrize(
    ("recognition", "patience", "payoffs", "expected"),
    [
        (("1/3", "2/3", "0"), "1/2", [[3, 1, 1], [0, 3, 3], [1, 0, 2]], (1 / 3, 2, 8 / 3)),
        (("2/5", "1/5", "2/5"), "1", [[2, 3, 0], [0, 2, 2], [3, 2, 1]], (3, 2, 1)),
    ],
)
def test_an_indifferent_member_refuses_where_acceptance_has_no_equilibrium(recognition, patience, payoffs, expected):
    """In the first, 2 expects 2 and is indifferent to agreement 0; if it accepted, 1 would rather move that."""
    p, delta = [Fraction(x) for x in recognition], Fraction(patience)
    assert stands_without_lots(payoffs, p, (delta,) * 3, 2, (0, 0, 0))
    rules = Motions(Legislature(tuple(map(float, p)), float(delta), 2), np.array(payoffs))
    plan = solve(rules)
    assert judge(rules, plan).certified
    assert plan.values == pytest.approx(expected, abs=1e-12)
    assert refused_at_price(rules, plan).sum() == 1
    told = tell(rules, plan, NO_WORDS)
    assert "Members who are indifferent accept, except where the plan needs them to refuse." in told.remarks
    assert any("but refuses agreement" in strategy.does for strategy in told.strategies)


@pytest.mark.parametrize("batch", range(12))
def test_no_plan_without_lots_is_missed(batch):
    """Small whole payoffs, so that ties abound, against every policy with every vote."""
    for seed in range(batch * 10, batch * 10 + 5):
        rng = np.random.default_rng(seed)
        payoffs = rng.integers(0, 4, (3, 3))
        p = [Fraction(int(x), 6) for x in rng.multinomial(6, [1 / 3] * 3)]
        delta = Fraction(int(rng.choice([2, 4, 8])), int(rng.choice([8, 10])))
        rules = Motions(Legislature(tuple(map(float, p)), float(delta), 2), payoffs.astype(float))
        exists = stands_without_lots(payoffs.tolist(), p, (delta,) * 3, 2, (0, 0, 0))
        try:
            plan = solve(rules)
        except NotApplicable:
            assert not exists
            continue
        assert judge(rules, plan).certified
        lots = ((plan.accepted > 0) & (plan.accepted < 1)).any() or ((plan.moved > 0) & (plan.moved < 1)).any()
        assert exists != lots


@pytest.mark.parametrize(
    "house",
    [
        Legislature((0, 0.5, 0.5), (0, 0.95, 0.95), 2, status_quo=(0.6, 0, 0)),
        Legislature((0, 0.5, 0.5), (0, 0.95, 0.95), 2, status_quo=(0.6, 0.15, 0.1)),
        Legislature((0, 0.5, 0.5), (0, 0.5, 0.5), 3, votes=(0, 1, 2), status_quo=(0.6, 0.15, 0.1)),
        pytest.param(
            Legislature(
                (0, 0.02, 0.16, 0.17, 0.65),
                (0.72, 0.34, 0.35, 0.78, 0.99),
                7,
                votes=(0, 2, 1, 1, 3),
                status_quo=(0.1,) * 5,
            ),
            marks=pytest.mark.slow,
        ),
    ],
)
def test_a_member_who_is_never_recognised_and_would_rather_wait(house):
    """Off the path it proposes nothing that passes, since a coalition would leave it less than its price."""
    plan = solve(house)
    assert judge(house, plan).certified
    told = tell(house, plan, NO_WORDS)
    assert told.strategies[0].does.startswith("proposes nothing that passes")
    assert told.measures["keeps_as_proposer"]["1"] == pytest.approx(plan.prices[0])
    bought = np.append(house.pie - plan.prices[1:].sum(), plan.prices[1:])
    dear = replace(plan, offers=np.where(plan.proposers[:, None] == 0, bought, plan.offers))
    verdict = judge(house, dear)
    assert verdict.where == "1 proposes"
    assert verdict.largest_gain == pytest.approx(plan.prices[0] - bought[0], abs=1e-12)


def test_payoffs_are_not_unique_where_the_impatient_tie():
    """Own derivation: prices are 0.1 whoever is bought. If 2 and 3 always buy 1, and 1 buys 2, then 1 expects 1.1/3 and
    3 expects 0.9/3; drawn alike, each expects 1/3. Both stand, so nothing may be called unique."""
    rules = Legislature.symmetric(3, 0.0, 2, status_quo=(0.1,) * 3)
    plan = solve(rules)
    offers = np.array([[0.9, 0.1, 0], [0.1, 0.9, 0], [0.1, 0, 0.9]])
    other = DivisionPlan(np.full(3, 0.1), np.arange(3), np.ones(3), offers, offers.mean(axis=0))
    assert judge(rules, plan).certified
    assert judge(rules, other).certified
    assert other.values == pytest.approx([1.1 / 3, 1 / 3, 0.9 / 3])
    assert plan.values == pytest.approx([1 / 3] * 3)
    assert "not unique: 1, 2, 3 have no patience" in bargain.play(rules).remarks[0]


@pytest.mark.parametrize(
    ("patience", "quota", "standing"),
    [(0.0, 3, (0.1,) * 3), (0.0, 2, (0.1, 0.2, 0.3)), (0.5, 2, (0.1,) * 3), (0.0, 2, (0, 0, 0))],
)
def test_payoffs_are_unique_where_no_draw_matters(patience, quota, standing):
    """Everybody is always bought; price decides who is; prices say how often; votes cost nothing."""
    remarks = bargain.play(Legislature((0.4, 0.3, 0.3), patience, quota, status_quo=standing)).remarks
    assert any("Stationary payoffs are unique" in remark for remark in remarks)


def test_payoffs_of_unequal_votes_may_depend_on_the_order():
    """With a status quo and no patience several payoffs are equilibria (found by relabelling), and it is said."""
    told = []
    for order in ([0, 1, 2, 3], [3, 0, 2, 1]):
        p, votes = np.array([0.068, 0.475, 0.362, 0.095])[order], np.array([2, 3, 3, 1])[order]
        rules = Legislature(tuple(p), 0.0, 6, tuple(votes), (str(order.index(2) + 1),), (0.1,) * 4)
        assert judge(rules, solve(rules)).certified
        told.append(bargain.play(rules).remarks[0])
    assert told[0] == told[1]
    assert told[0].endswith("not excluded; which are found may depend on the order of the members.")


@pytest.mark.parametrize("seed", range(24))
def test_members_may_count_in_units_of_their_own(seed):
    """With one yardstick for all, small units were ignored: other votes, and plans that are no equilibria."""
    payoffs = np.random.default_rng(seed).random((5, 3)).round(2)
    if seed == 0:
        payoffs = np.array(
            [[0.57, 0.43, 0.09], [0.35, 0.62, 0.02], [0.87, 0.85, 0.04], [0.8, 0.18, 0.7], [0.16, 0.69, 0.96]]
        )
    units, house = np.array([1e-9 if seed % 2 else 1e9, 1, 1]), Legislature.symmetric(3, 0.9)
    plan, other = solve(Motions(house, payoffs)), solve(Motions(house, payoffs * units))
    assert other.values / units == pytest.approx(plan.values, abs=1e-9)
    assert other.moved == pytest.approx(plan.moved, abs=1e-9)
    assert other.accepted == pytest.approx(plan.accepted, abs=1e-9)
    first, second = (solve(Motions(house, row, horizon=3)) for row in (payoffs, payoffs * units))
    assert second.values / units == pytest.approx(first.values, abs=1e-9)


def test_a_member_with_nothing_at_stake():
    """Its payoffs are all 0.3: it is indifferent, up to rounding, and accepts."""
    payoffs = np.array([[0.3, 5, 1], [0.3, 0, 5]])
    for horizon in (None, 4):
        rules = Motions(Legislature((1 / 3,) * 3, 0.9, 2, status_quo=(0.3, 0, 0)), payoffs, horizon)
        assert judge(rules, solve(rules)).certified


@pytest.mark.parametrize("seed", range(60))
def test_recognition_of_any_size(seed):
    """Chances from 1e-20 to nearly 1, and patience next to 1, in one house."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(3, 14))
    patience = 1 - rng.random(n) * 1e-4 if rng.random() < 0.5 else rng.random(n)
    vetoes = tuple(str(i + 1) for i in range(int(rng.integers(0, 3))))
    rules = Legislature(
        tuple(rng.dirichlet(np.full(n, 0.1))), tuple(patience), int(rng.integers(1, n + 1)), vetoes=vetoes
    )
    plan = solve(rules)
    assert judge(rules, plan).certified
    assert plan.values.sum() == pytest.approx(1, abs=1e-9)


def test_coalitions_that_are_nearly_as_cheap():
    """Prices of coalitions differ by less than averaged replies can tell; some are dropped on the way."""
    p = (0.19108667, 0.10473849, 0.10375196, 0.245872, 0.19275276, 0.16179812)
    rules = Legislature(p, 0.9, 16, votes=(2, 5, 1, 5, 2, 5))
    assert judge(rules, by_coalitions(rules)).certified


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_unequal_votes_by_averaged_replies(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(3, 6))
    votes = rng.integers(1, 5, n)
    quota = int(rng.integers(votes.sum() // 2 + 1, votes.sum()))
    p, d = tuple(rng.dirichlet(np.ones(n))), tuple(0.9 * rng.random(n))
    slow = averaged_payoffs(p, d, votes.tolist(), quota)
    assert solve(Legislature(p, d, quota, tuple(votes))).values == pytest.approx(slow, abs=5e-3)
