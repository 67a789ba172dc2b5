"""Unanimity over agreements: backward induction beside a game tree, stationary equilibria, and wrong plans."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from bargain.errors import NotApplicable, UsageError
from bargain.protocols.alternating_offers.unanimity import solve
from bargain.protocols.alternating_offers.unanimity_discrete import solve_discrete
from bargain.protocols.alternating_offers.unanimity_horizon import solve_horizon
from bargain.protocols.alternating_offers.unanimity_lotteries import solve_lotteries
from bargain.protocols.alternating_offers.unanimity_rules import Unanimity
from bargain.protocols.alternating_offers.unanimity_set_judge import judge_horizon, judge_stationary
from bargain.protocols.alternating_offers.unanimity_set_rules import HorizonPlan, SetPlan, UnanimityOver
from oracles.unanimity import tree_value

Floats = NDArray[np.float64]


def slices(pieces: int, n: int = 3) -> Floats:
    """(k, n) all ways to hand out so many equal pieces of a pie."""
    ways = [p for p in product(range(pieces + 1), repeat=n) if sum(p) == pieces]
    return np.array(ways, dtype=float) / pieces


def drawn(seed: int, *, lotteries: bool = False, horizon: int | None = None) -> UnanimityOver:
    """Random payoffs, disagreement in their midst, random patience and proposer."""
    rng = np.random.default_rng(seed)
    n, proposer = int(rng.integers(2, 5)), ("rotating", "random")[seed % 2]
    points = rng.integers(-3, 12, (15, n)).astype(float)
    patience = tuple(rng.integers(30, 99, n) / 100)
    chances = tuple(rng.dirichlet(np.ones(n))) if proposer == "random" else None
    disagreement = rng.integers(-3, 3, n).astype(float)
    return UnanimityOver(
        points, disagreement, patience, proposer, chances, breakdown=0.1, horizon=horizon, lotteries=lotteries
    )  # type: ignore[arg-type]


def payoffs(rules: UnanimityOver, plan: HorizonPlan) -> Floats:
    """(n,) expected gains of following the plan."""
    value = np.zeros(len(rules.players))
    for t in range(len(plan.offers) - 1, -1, -1):
        chances = rules.opening @ np.linalg.matrix_power(rules.succession, t)
        onward, value = rules.discounts * value, np.zeros(len(rules.players))
        for i, place in enumerate(plan.offers[t]):
            value = value + chances[i] * (onward if place < 0 else rules.gains[place])
    return value


@pytest.mark.parametrize("seed", range(60))
def test_backward_induction_is_the_game_tree(seed: int) -> None:
    rules = drawn(seed, horizon=1 + seed % 7)
    gains = [tuple(Fraction(int(g)) for g in row) for row in rules.gains]
    rounds, n = rules.horizon or 0, len(rules.players)
    chances = [rules.opening @ np.linalg.matrix_power(rules.succession, t) for t in range(rounds)]
    patience = [Fraction(round(100 * p), 100) * Fraction(9, 10) for p in rules.patience]
    expected = tree_value(gains, patience, [[Fraction(float(c)) for c in row] for row in chances])
    plan = solve_horizon(rules)
    assert payoffs(rules, plan) == pytest.approx([float(v) for v in expected], abs=1e-8)
    assert judge_horizon(rules, plan).certified
    assert n == plan.accepts.shape[1]


def test_the_last_proposer_takes_all_and_patience_shares_before() -> None:
    """Three in turn, 100 pieces, patience 1/2: p3 would take all in the end, so p2 gives it half, and so on."""
    rules = UnanimityOver(slices(100), np.zeros(3), (0.5, 0.5, 0.5), horizon=3)
    plan = solve_horizon(rules)
    named = [rules.points[plan.offers[t, t]].tolist() for t in range(3)]
    assert named == [[0.5, 0.25, 0.25], [0.0, 0.5, 0.5], [0.0, 0.0, 1.0]]


def test_who_hopes_for_too_much_makes_the_others_wait() -> None:
    """Only 4:1 and 1:4 can be signed: with patience 0.9, p2 proposing last, p1's offer of 1:4 is all p2 takes."""
    rules = UnanimityOver(np.array([[4.0, 1.0], [1.0, 4.0]]), np.zeros(2), (0.9, 0.9), horizon=2)
    assert solve_horizon(rules).offers.tolist() == [[1, -1], [-1, 1]]
    unequal = replace(rules, points=np.array([[4.0, 1.0], [-1.0, 4.0]]))
    assert solve_horizon(unequal).offers.tolist() == [[0, -1], [-1, 0]]
    never = replace(rules, points=np.array([[4.0, -1.0], [-1.0, 4.0]]))
    assert solve_horizon(never).offers.tolist() == [[-1, -1], [-1, -1]]


def test_ties_go_to_the_next_in_line() -> None:
    points = np.array([[5.0, 0.0, 9.0], [5.0, 3.0, 0.0], [5.0, 3.0, 1.0]])
    rules = UnanimityOver(points, np.zeros(3), (0.5, 0.5, 0.5), horizon=1)
    assert solve_horizon(rules).offers[0, 0] == 2
    assert solve_horizon(replace(rules, order=("p1", "p3", "p2"))).offers[0, 0] == 0


@pytest.mark.parametrize("seed", range(20))
def test_the_judge_notices_a_wrong_round(seed: int) -> None:
    """Another agreement named, one floor higher (if an offer meets it) or lower (if a worse offer then does)."""
    rules = drawn(seed, horizon=3)
    plan = solve_horizon(rules)
    for t in range(3):
        for i in np.flatnonzero(plan.offers[t] >= 0):
            mine, waiting = rules.gains[:, i], plan.accepts[t, i] - rules.disagreement[i]
            if mine[plan.offers[t, i]] <= waiting + 1e-6:
                continue
            worse = np.flatnonzero(mine < mine[plan.offers[t, i]] - 0.5)
            for place in worse[:3]:
                offers = plan.offers.copy()
                offers[t, i] = place
                assert not judge_horizon(rules, replace(plan, offers=offers)).certified
        for j in range(len(rules.players)):
            _a_moved_floor_is_noticed(rules, plan, t, j)


def _a_moved_floor_is_noticed(rules: UnanimityOver, plan: HorizonPlan, t: int, j: int) -> None:
    reached = rules.points[:, j]
    for change in (-3.0, 3.0):
        accepts = plan.accepts.copy()
        accepts[t, j] += change
        between = (reached >= accepts[t, j]) != (reached >= plan.accepts[t, j])
        clear = np.abs(reached - plan.accepts[t, j]) > 1e-6
        answers = any(plan.offers[t, i] >= 0 or rules.proposer == "random" for i in range(len(rules.players)) if i != j)
        if (between & clear).any() and answers:
            assert not judge_horizon(rules, replace(plan, accepts=accepts)).certified


@pytest.mark.parametrize("proposer", ["rotating", "random"])
def test_pieces_of_a_pie_come_near_the_pie(proposer: str) -> None:
    rules = UnanimityOver(slices(40), np.zeros(3), (0.7, 0.8, 0.6), proposer)  # type: ignore[arg-type]
    plan = solve_discrete(rules)
    pie = solve(Unanimity((0.7, 0.8, 0.6), proposer))  # type: ignore[arg-type]
    assert plan.chances @ rules.points == pytest.approx(pie.offers, abs=0.1)
    assert judge_stationary(rules, plan).certified


def all_stationary(rules: UnanimityOver) -> list[tuple[int, ...]]:
    """Every profile of offers that are accepted and best, by trying all; the oracle."""
    gains, n, tiny = rules.gains, len(rules.players), 1e-9
    found = []
    for profile in product(range(len(gains)), repeat=n):
        waiting = [rules.discounts * (rules.succession[i] @ gains[list(profile)]) for i in range(n)]
        fine = True
        for i in range(n):
            allowed = [g for g in gains if all(g[j] >= waiting[i][j] - tiny for j in range(n) if j != i)]
            mine = gains[profile[i]]
            accepted = all(mine[j] >= waiting[i][j] - tiny for j in range(n) if j != i)
            best = max([*(g[i] for g in allowed), waiting[i][i]])
            fine = fine and accepted and mine[i] >= best - tiny
        if fine:
            found.append(profile)
    return found


@pytest.mark.parametrize("seed", range(40))
def test_every_stationary_equilibrium_is_counted(seed: int) -> None:
    """Payoffs without ties, so that there is only one way to settle them."""
    rng = np.random.default_rng(seed)
    n = 2 + seed % 2
    proposer = ("rotating", "random")[seed // 2 % 2]
    rules = UnanimityOver(rng.random((7, n)), np.zeros(n), tuple(rng.uniform(0.5, 0.95, n)), proposer)  # type: ignore[arg-type]
    expected = all_stationary(rules)
    if not expected:
        with pytest.raises(NotApplicable, match=r"there is no stationary equilibrium in single .*; set a last"):
            solve_discrete(rules)
        return
    plan = solve_discrete(rules)
    assert plan.complete
    assert plan.others == len(expected) - 1
    assert tuple(plan.chances.argmax(axis=1)) in expected
    expected_payoffs = np.array([rules.opening @ rules.points[list(profile)] for profile in expected])
    assert plan.lowest == pytest.approx(expected_payoffs.min(axis=0))
    assert plan.highest == pytest.approx(expected_payoffs.max(axis=0))
    assert judge_stationary(rules, plan).certified


def test_there_need_not_be_a_stationary_equilibrium() -> None:
    """Three in turn: what p1 names goes around among the agreements and never comes back to itself."""
    points = np.array([[1.0, 3.0, 8.0], [9.0, 2.0, 4.0], [3.0, 4.0, 2.0], [6.0, 0.0, 8.0]])
    rules = UnanimityOver(points, np.zeros(3), (0.2, 0.6, 0.5))
    assert all_stationary(rules) == []
    with pytest.raises(NotApplicable, match="horizon: 100"):
        solve_discrete(rules)
    assert judge_horizon(rules, solve_horizon(replace(rules, horizon=50))).certified
    assert judge_stationary(replace(rules, lotteries=True), solve_lotteries(replace(rules, lotteries=True))).certified


@pytest.mark.parametrize("proposer", ["rotating", "random"])
def test_lotteries_over_the_corners_of_a_pie_are_the_pie(proposer: str) -> None:
    """Units and disagreement do not matter."""
    scale, shift = np.array([1.0, 2.0, 5.0]), np.array([1.0, -1.0, 3.0])
    rules = UnanimityOver(np.eye(3) * scale + shift, shift, (0.9, 0.8, 0.7), proposer, lotteries=True)  # type: ignore[arg-type]
    pie = solve(Unanimity((0.9, 0.8, 0.7), proposer))  # type: ignore[arg-type]
    assert solve_lotteries(rules).chances == pytest.approx(pie.offers, abs=1e-9)


def test_breakdown_is_impatience_about_gains() -> None:
    rules = UnanimityOver(np.eye(3), np.zeros(3), (0.9, 0.9, 0.9), breakdown=0.5, lotteries=True)
    assert solve_lotteries(rules).chances[0] == pytest.approx(np.array([1, 0.45, 0.45**2]) / (1 + 0.45 + 0.45**2))


@pytest.mark.parametrize("seed", range(40))
def test_lotteries_are_certified_and_no_number_can_be_moved(seed: int) -> None:
    rules = drawn(seed, lotteries=True)
    if not (rules.gains.max(axis=0) > 0).all():
        return
    try:
        plan = solve_lotteries(rules)
    except NotApplicable:
        return
    assert judge_stationary(rules, plan).certified
    n = len(rules.players)
    for i, j in product(range(n), repeat=2):
        if i != j:
            for change in (-1e-6, 1e-6):
                accepts = plan.accepts.copy()
                accepts[i, j] += change * rules.stakes[j]
                assert not judge_stationary(rules, replace(plan, accepts=accepts)).certified
    for i in range(n):
        worst = rules.gains[:, i].argmin()
        chances = plan.chances.copy()
        chances[i] *= 1 - 1e-5
        chances[i, worst] += 1e-5
        if (chances[i] @ rules.gains)[i] < (plan.chances[i] @ rules.gains)[i] - 1e-7 * rules.stakes[i]:
            assert not judge_stationary(rules, replace(plan, chances=chances)).certified


@pytest.mark.parametrize("seed", range(20))
def test_other_single_agreements_are_noticed(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rules = UnanimityOver(rng.random((9, 3)), np.zeros(3), (0.6, 0.7, 0.8), ("rotating", "random")[seed % 2])  # type: ignore[arg-type]
    try:
        plan = solve_discrete(rules)
    except NotApplicable:
        return
    equilibria = all_stationary(rules)
    for i, place in product(range(3), range(9)):
        chances = plan.chances.copy()
        chances[i] = np.eye(9)[place]
        profile = tuple(chances.argmax(axis=1))
        if profile not in equilibria:
            assert not judge_stationary(rules, replace(plan, chances=chances)).certified


def test_what_is_no_lottery_and_negative_prices_are_noticed() -> None:
    rules = UnanimityOver(np.eye(2), np.zeros(2), (0.5, 0.5), lotteries=True)
    plan = solve_lotteries(rules)
    assert not judge_stationary(rules, replace(plan, chances=plan.chances * 1.1)).certified
    assert plan.prices is not None
    assert not judge_stationary(rules, replace(plan, prices=-plan.prices)).certified
    steep = plan.prices * np.array([[1.0, 1.5], [1.5, 1.0]])
    assert not judge_stationary(rules, replace(plan, prices=steep)).certified


def test_without_end_perfect_patience_has_no_answer() -> None:
    rules = UnanimityOver(np.eye(3), np.zeros(3), (1.0, 0.5, 0.5))
    for solver in (solve_discrete, solve_lotteries):
        with pytest.raises(NotApplicable, match="patience below 1"):
            solver(rules)
    assert judge_horizon(rules, solve_horizon(replace(rules, horizon=4))).certified


def test_nothing_rational_is_said() -> None:
    rules = UnanimityOver(np.array([[1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]]), np.zeros(2), (0.5, 0.5))
    with pytest.raises(NotApplicable, match="nothing is ever signed"):
        solve_discrete(rules)
    with pytest.raises(NotApplicable, match="not everybody can gain"):
        solve_lotteries(replace(rules, points=rules.points - 3, lotteries=True))
    assert isinstance(solve_discrete(replace(rules, points=np.eye(2) + 0.1)), SetPlan)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"disagreement": np.zeros(3)}, "payoffs are not for 2"),
        ({"breakdown": 1.5}, "breakdown is 1.5"),
        ({"horizon": 0}, "0 rounds"),
    ],
)
def test_wrong_rules_say_what_to_write(wrong: dict[str, object], said: str) -> None:
    right: dict[str, object] = {"points": np.eye(2), "disagreement": np.zeros(2), "patience": (0.5, 0.5)}
    with pytest.raises(UsageError, match=said):
        UnanimityOver(**{**right, **wrong})  # type: ignore[arg-type]
