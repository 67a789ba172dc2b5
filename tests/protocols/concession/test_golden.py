"""Dances that can be followed by hand, and closed forms."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from bargain.geometry.pareto import efficient
from bargain.protocols.alternating_offers.finite import backwards
from bargain.protocols.alternating_offers.rules import AlternatingOffers
from bargain.protocols.alternating_offers.terms import Points
from bargain.protocols.concession.judge import judge
from bargain.protocols.concession.plan import Plan
from bargain.protocols.concession.rules import Concession
from bargain.protocols.concession.simulate import solve
from bargain.protocols.concession.strategies import (
    EquilibriumPlay,
    Hardheaded,
    Strategy,
    TimeDependent,
    TitForTat,
    Zeuthen,
)
from oracles.haggling import equilibrium_gains
from protocols.concession.grounds import pie

STEEP = np.array([[10.0, 0], [8, 3], [6, 5], [3, 6], [0, 7]])
"""Products of gains 0, 24, 30, 18, 0."""


def dance(plan: Plan) -> list[tuple[int, ...]]:
    """What every offer pays."""
    return [tuple(int(payoff) for payoff in offer.payoffs) for offer in plan.offers]


def danced(strategies: tuple[Strategy, ...], deadline: int = 10, steps: int = 100) -> Plan:
    """A dance over a pie, seen by the judge."""
    rules = Concession(pie(steps), np.zeros(2), strategies, deadline)
    plan = solve(rules)
    assert judge(rules, plan).certified
    return plan


@pytest.mark.parametrize(("beta", "exponent"), [(0.5, 2), (1, 1), (2, 0.5), (0.2, 5)])
@pytest.mark.parametrize("start", [0, 0.25])
def test_targets_follow_faratin_sierra_and_jennings(beta: float, exponent: float, start: float) -> None:
    """1998, section on time-dependent tactics: F(t) = k + (1 - k)(t/T)^(1/beta), after r - 1 of T rounds."""
    plan = danced((TimeDependent(beta, start), Hardheaded()), 20)
    mine = [offer for offer in plan.offers if offer.player == 0]
    assert len(mine) == 10
    for offer in mine:
        time = (offer.round - 1) / 20
        assert offer.target == pytest.approx(100 * (1 - start - (1 - start) * time**exponent), abs=1e-9)
        assert offer.payoffs[0] == np.ceil(offer.target - 1e-9)


def test_time_dependent_targets_count_from_disagreement() -> None:
    rules = Concession(pie(10), np.array([2.0, 0.0]), (TimeDependent(1), Hardheaded()), 4)
    plan = solve(rules)
    assert [offer.target for offer in plan.offers if offer.player == 0] == [10.0, 6.0]


def test_absolute_tit_for_tat() -> None:
    """The linear player gives 10, 30, 50; from the second step on as much is given back, and 40 is enough for it."""
    plan = danced((TitForTat(), TimeDependent(1)))
    assert dance(plan) == [(100, 0), (10, 90), (100, 0), (30, 70), (80, 20), (50, 50), (60, 40)]
    assert plan.offers[-1].accepted == (True, True)


def test_relative_tit_for_tat() -> None:
    """100 * 10/30 = 33.3 is asked for after the first step, and the linear player would ask for no more than 50."""
    plan = danced((TitForTat("relative"), TimeDependent(1)))
    assert dance(plan) == [(100, 0), (10, 90), (100, 0), (30, 70), (34, 66)]
    assert plan.offers[-1].target == pytest.approx(100 / 3)


def test_averaged_tit_for_tat() -> None:
    """After two steps 100 * 10/50 = 20 would be asked for, so that 50 is accepted."""
    plan = danced((TitForTat("averaged", lag=2), TimeDependent(1)))
    assert dance(plan) == [(100, 0), (10, 90), (100, 0), (30, 70), (100, 0), (50, 50)]


def test_lag() -> None:
    """With lag 2 the step from 10 to 30 is answered one turn later."""
    plan = danced((TitForTat(lag=2), TimeDependent(0.999999)))
    assert [offer.payoffs[0] for offer in plan.offers if offer.player == 0] == [100, 100, 100, 80]


def test_small_steps_add_up_on_a_coarse_frontier() -> None:
    """Steps of 2 in a pie with pieces of 5: the fourth step back is the first to be seen."""
    coarse = np.array([[float(x), 100.0 - x] for x in (*range(0, 20, 2), *range(20, 105, 5))])
    rules = Concession(coarse, np.zeros(2), (TitForTat(), TimeDependent(1)), 100)
    mine = [offer for offer in solve(rules).offers if offer.player == 0][:8]
    assert [offer.target for offer in mine] == pytest.approx([100, 100, 98, 96, 94, 92, 90, 88])
    assert [offer.payoffs[0] for offer in mine] == [100, 100, 100, 100, 95, 95, 90, 90]


def test_two_hardheaded_players_leave_all_to_the_last_proposer() -> None:
    even, odd = danced((Hardheaded(), Hardheaded()), 10), danced((Hardheaded(), Hardheaded()), 9)
    assert (even.payoffs.tolist(), odd.payoffs.tolist()) == ([0, 100], [100, 0])
    assert (len(even.offers), even.ending) == (10, "agreement")


def test_zeuthen_by_hand() -> None:
    """Risks 1 and 1 after the first asks; then 1 against (7 - 3)/7, then (8 - 6)/8 against (5 - 3)/5."""
    rules = Concession(STEEP, np.zeros(2), (Zeuthen(), Zeuthen()), 20)
    plan = solve(rules)
    assert dance(plan) == [(10, 0), (0, 7), (8, 3), (6, 5)]
    assert (plan.ending, plan.agreed) == ("agreement", 2)
    assert judge(rules, plan).certified


def test_zeuthen_stands_fast_while_its_risk_is_larger() -> None:
    """Against one who never moves, (8, 3) is the first ask with a positive product, and the last until the end."""
    plan = solve(Concession(STEEP, np.zeros(2), (Zeuthen(), Hardheaded()), 9))
    assert dance(plan)[::2] == [(10, 0), (8, 3), (8, 3), (8, 3), (8, 3)]
    assert plan.payoffs.tolist() == [8, 3]


def test_zeuthen_does_not_give_in_at_the_deadline() -> None:
    """If the last to ask is the one who never moves, talks end without an agreement."""
    plan = solve(Concession(STEEP, np.ones(2) / 2, (Zeuthen(), Hardheaded()), 10))
    assert (plan.ending, plan.agreed, plan.payoffs.tolist()) == ("deadline", None, [0.5, 0.5])


def test_two_who_imitate_each_other_never_move() -> None:
    plan = danced((TitForTat(), TitForTat()), 8)
    assert dance(plan) == [(100, 0), (0, 100)] * 4
    assert plan.ending == "deadline"


@pytest.mark.parametrize("rounds", range(1, 9))
@pytest.mark.parametrize(("patience", "breakdown"), [((0.5, 0.5), 0.0), ((0.9, 0.8), 0.0), ((0.9, 0.8), 0.1)])
def test_equilibrium_play_is_stahl(rounds: int, patience: tuple[float, float], breakdown: float) -> None:
    """Ståhl (1972): the last proposer keeps 1, before that 1 - delta_responder s; the grid holds these shares."""
    shares, share = [], 0.0
    for turn in range(rounds, 0, -1):
        proposer = (turn - 1) % 2
        share = 1 - patience[1 - proposer] * (1 - breakdown) * share
        shares.append(share if proposer == 0 else 1 - share)
    grid = np.unique([0.0, 1.0, *shares, *np.linspace(0, 1, 7)])
    points = np.column_stack([grid, 1 - grid])
    rules = Concession(
        points, np.zeros(2), (EquilibriumPlay(), EquilibriumPlay()), rounds, breakdown, np.array(patience), seed=3
    )
    plan = solve(rules)
    assert len(plan.offers) == 1
    assert plan.payoffs == pytest.approx([shares[-1], 1 - shares[-1]], abs=1e-9)
    assert judge(rules, plan).certified


def test_long_equilibrium_play_is_rubinstein() -> None:
    """Rubinstein (1982): (1 - d2)/(1 - d1 d2), up to the step of the grid that each round may cost."""
    grid = np.linspace(0, 1, 20_001)
    rules = Concession(
        np.column_stack([grid, 1 - grid]), np.zeros(2), (EquilibriumPlay(), EquilibriumPlay()), 200, 0.0,
        np.array([0.9, 0.8]),
    )  # fmt: skip
    assert solve(rules).payoffs[0] == pytest.approx(0.2 / (1 - 0.72), abs=4e-4)


@pytest.mark.parametrize("seed", range(40))
def test_equilibrium_play_against_the_whole_tree(seed: int) -> None:
    """Every offer and answer tried in exact fractions, for two and three players, with delay where points are few."""
    rng = np.random.default_rng(seed)
    n, rounds, k = int(rng.integers(2, 4)), int(rng.integers(1, 7)), int(rng.integers(2, 7))
    points = np.column_stack([rng.permutation(40)[:k] for _ in range(n)])
    patience = rng.integers(3, 11, size=n)
    breakdown = Fraction(int(rng.integers(0, 3)), 10)
    order = tuple(rng.permutation(n).tolist())
    rules = Concession(
        points.astype(float), np.zeros(n), (EquilibriumPlay(),) * n, rounds, float(breakdown), patience / 10, order
    )
    plan = solve(rules)
    exact = equilibrium_gains(
        [tuple(Fraction(int(gain)) for gain in point) for point in points],
        tuple(Fraction(int(factor), 10) for factor in patience),
        breakdown, rounds, order,
    )  # fmt: skip
    assert plan.schedule is not None
    waits = _rounds_of_play(rules, plan)
    expected = (1 - rules.breakdown) ** waits[0] * rules.patience ** waits[0] * waits[1]
    assert expected == pytest.approx([float(gain) for gain in exact], abs=1e-9)
    assert judge(rules, plan).certified


@pytest.mark.parametrize("seed", range(40))
def test_equilibrium_play_is_that_of_alternating_offers(seed: int) -> None:
    """The protocol for two with a last round, which shares no code with this one: same floors, same offers."""
    rng = np.random.default_rng(seed)
    points = np.column_stack([rng.permutation(60)[:30], rng.permutation(60)[:30]]).astype(float)
    points = points[efficient(points)]
    patience, breakdown = rng.uniform(0.5, 1.0, size=2), float(rng.choice([0.0, 0.07]))
    order, standing = tuple(rng.permutation(2).tolist()), rng.uniform(0, 20, size=2)
    both = (EquilibriumPlay(), EquilibriumPlay())
    rules = Concession(points, standing, both, 9, breakdown, patience, order, players=("a", "b"))
    plan = solve(rules)
    other = backwards(
        AlternatingOffers(
            Points(points), tuple(patience.tolist()), ("a", "b"), "ab"[order[0]], 9, breakdown,
            disagreement=tuple(standing.tolist()),
        )
    )  # fmt: skip
    if plan.schedule is None:
        assert plan.ending == "nothing_rational"
        return
    for turn in range(9):
        responder = 1 - int(other.proposer[turn])
        assert plan.schedule.floors[turn, responder] + standing[responder] == pytest.approx(other.floors[turn])
        if other.agreed[turn]:
            assert points[plan.schedule.points[turn]].tolist() == other.offers[turn].tolist()


def _rounds_of_play(rules: Concession, plan: Plan) -> tuple[int, np.ndarray]:
    """How long the schedule waits for an agreement, and what that pays; nothing if there is none."""
    assert plan.schedule is not None
    for turn, row in enumerate(plan.schedule.points):
        others = [i for i in range(rules.n) if i != rules.order[turn % rules.n]]
        if all(rules.points[row][i] >= plan.schedule.floors[turn][i] - 1e-9 for i in others):
            return turn, rules.points[row]
    return 0, np.zeros(rules.n)


def test_three_take_turns_and_all_must_accept() -> None:
    """Two are hardheaded; the third falls from 9 to 6 to 3 and is asked last: in the end all that is left to take."""
    points = np.array([[9.0, 0, 0], [0, 9, 0], [0, 0, 9], [4, 4, 1], [3, 3, 3], [1, 4, 4]])
    rules = Concession(points, np.zeros(3), (Hardheaded(), Hardheaded(), TimeDependent(1)), 9)
    plan = solve(rules)
    assert judge(rules, plan).certified
    assert [offer.player for offer in plan.offers] == [0, 1, 2] * 3
    assert [offer.target for offer in plan.offers[2::3]] == pytest.approx([7, 4, 1])
    assert dance(plan)[2::3] == [(0, 0, 9), (1, 4, 4), (4, 4, 1)]
    assert plan.offers[-1].accepted == (True, True, True)


def test_discounting_counts_gains_from_the_first_round() -> None:
    rules = Concession(pie(10), np.array([1.0, -2.0]), (Hardheaded(), Hardheaded()), 4, patience=np.array([0.9, 0.5]))
    assert solve(rules).payoffs == pytest.approx([1 - 0, -2 + 0.5**3 * 11])


def test_nothing_rational() -> None:
    rules = Concession(pie(10), np.array([6.0, 6.0]), (Hardheaded(), Hardheaded()), 4)
    plan = solve(rules)
    assert (plan.ending, plan.offers, plan.payoffs.tolist()) == ("nothing_rational", (), [6, 6])
    assert judge(rules, plan).certified
