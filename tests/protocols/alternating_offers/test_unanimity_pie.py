"""Unanimity over a pie: closed forms, limits, an oracle that only iterates, and a judge who is shown wrong plans."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

import bargain
from bargain.errors import UsageError
from bargain.protocols.alternating_offers.unanimity import solve
from bargain.protocols.alternating_offers.unanimity_batch import by_newton, stationary_floors
from bargain.protocols.alternating_offers.unanimity_judge import judge
from bargain.protocols.alternating_offers.unanimity_nash import nash_shares
from bargain.protocols.alternating_offers.unanimity_rules import StationaryPlan, Unanimity
from bargain.protocols.alternating_offers.unanimity_tastes import Cara, Power, Tastes
from lanes import one_in

Floats = NDArray[np.float64]

RULES = {
    "Herrero": Unanimity(patience=(0.9, 0.9, 0.9)),
    "rotating, patience differs": Unanimity(patience=(0.9, 0.5, 0.7, 0.8), order=("p2", "p4", "p1", "p3")),
    "rotating, powers": Unanimity(patience=(0.9, 0.8, 0.7), tastes=Power(np.array([0.5, 1.0, 0.3]))),
    "rotating, CARA": Unanimity(patience=(0.9, 0.8, 0.7), tastes=Cara(np.array([0.5, 3.0, 8.0]))),
    "rotating, two": Unanimity(patience=(0.9, 0.6)),
    "random": Unanimity(patience=(0.9, 0.8, 0.7), proposer="random", recognition=(0.2, 0.5, 0.3)),
    "random, powers": Unanimity((0.9, 0.8, 0.7), "random", (0.2, 0.5, 0.3), tastes=Power(np.array([0.5, 1.0, 0.3]))),
    "random, CARA": Unanimity((0.9, 0.8, 0.7), "random", (0.2, 0.5, 0.3), tastes=Cara(np.array([0.5, 3.0, 8.0]))),
    "random, one never proposes": Unanimity((0.9, 0.8, 0.7), "random", (0.6, 0.0, 0.4)),
    "random, one has no patience": Unanimity((0.9, 0.8, 0.0), "random", tastes=Cara(np.array(2.0))),
}
NEAR = {"abs": 1e-9}


@pytest.mark.parametrize("n", [2, 3, 5, 8])
@pytest.mark.parametrize("delta", [0.1, 0.5, 0.95, 0.9999])
def test_a_common_discount_factor_gives_the_shares_of_herrero(n: int, delta: float) -> None:
    """Herrero (1985): the k-th in line gets d^(k-1)/(1 + d + ... + d^(n-1))."""
    line = delta ** np.arange(n)
    offers = solve(Unanimity(patience=(delta,) * n)).offers
    for proposer in range(n):
        assert np.roll(offers[proposer], -proposer) == pytest.approx(line / line.sum(), **NEAR)


def test_two_in_turn_are_rubinstein() -> None:
    """Rubinstein (1982): (1 - d2)/(1 - d1 d2) and (1 - d1)/(1 - d1 d2)."""
    offers = solve(Unanimity(patience=(0.9, 0.6))).offers
    assert np.diag(offers) == pytest.approx([0.4 / 0.46, 0.1 / 0.46], **NEAR)


def test_the_order_moves_along() -> None:
    """The same line under other names."""
    straight = solve(Unanimity(patience=(0.9, 0.5, 0.7)))
    turned = solve(Unanimity(patience=(0.7, 0.9, 0.5), order=("p2", "p3", "p1")))
    assert turned.offers[1] == pytest.approx(straight.offers[0][[2, 0, 1]], **NEAR)


def test_a_random_proposer_with_linear_tastes_has_a_closed_form() -> None:
    """s = 1/(1 + sum of d p/(1 - d)), r_j = s d_j p_j/(1 - d_j)."""
    delta, p = np.array([0.9, 0.8, 0.5]), np.array([0.2, 0.5, 0.3])
    odds = delta * p / (1 - delta)
    floors = stationary_floors(delta, p, Power(np.array(1.0)))[0]
    assert floors == pytest.approx(odds / (1 + odds.sum()), **NEAR)


def test_equal_players_and_a_random_proposer() -> None:
    """With common patience d and equal chances everybody accepts d/n, and the proposer keeps 1 - d (n - 1)/n."""
    plan = solve(Unanimity(patience=(0.8,) * 4, proposer="random"))
    assert plan.offers[2] == pytest.approx([0.2, 0.2, 0.4, 0.2], **NEAR)


def waited(rules: Unanimity, rounds: int) -> Floats:
    """(n, n) what proposers offer with so many rounds to go: backward induction, the oracle."""
    n = len(rules.players)
    offers = np.eye(n)
    for _ in range(rounds):
        worths = rules.tastes.worth(offers)
        accepted = rules.tastes.share(np.clip(rules.discounts * (rules.succession @ worths), 0, None))
        offers = accepted * (1 - np.eye(n))
        offers = offers + np.diag(1 - offers.sum(axis=1))
    return offers


@pytest.mark.parametrize("name", one_in(3, RULES))
def test_long_games_end_near_the_stationary_equilibrium(name: str) -> None:
    assert solve(RULES[name]).offers == pytest.approx(waited(RULES[name], 600), **NEAR)


@pytest.mark.parametrize("name", RULES)
def test_the_judge_finds_no_gain(name: str) -> None:
    judgement = judge(RULES[name], solve(RULES[name]))
    assert judgement.certified
    n = len(RULES[name].players)
    assert judgement.checked >= 2 * n + n * (n - 1)


@pytest.mark.parametrize("change", [-1e-4, 1e-4])
@pytest.mark.parametrize("name", [name for name in RULES if "one" not in name])
def test_the_judge_notices_every_number_that_is_wrong(name: str, change: float) -> None:
    rules = RULES[name]
    plan = solve(rules)
    n = len(rules.players)
    for i in range(n):
        for j in range(n):
            offers = plan.offers.copy()
            offers[i, j] += change
            assert not judge(rules, replace(plan, offers=offers)).certified, ("offers", i, j)
            if i != j:
                accepts = plan.accepts.copy()
                accepts[i, j] += change
                assert not judge(rules, replace(plan, accepts=accepts)).certified, ("accepts", i, j)
                moved = plan.offers.copy()
                moved[i, j] += change
                moved[i, i] -= change
                assert not judge(rules, replace(plan, offers=moved)).certified, ("moved", i, j)


def test_the_judge_says_who_and_by_how_much() -> None:
    """Equal shares in turn: p2 answering would wait for nothing better, p1 proposing could ask for more."""
    rules = Unanimity(patience=(0.5, 0.5))
    half = np.full((2, 2), 0.5)
    judgement = judge(rules, StationaryPlan(half, half))
    assert judgement.largest_gain == pytest.approx(0.25)
    assert "answering" in judgement.where
    third = np.array([[2 / 3, 1 / 3], [1 / 3, 2 / 3]])
    generous = judge(rules, StationaryPlan(np.array([[0.6, 0.4], [1 / 3, 2 / 3]]), third))
    assert generous.where == "p1 proposing"
    assert generous.largest_gain == pytest.approx(2 / 3 - 0.6)


def test_no_agreement_ever_is_not_certified() -> None:
    refusing = StationaryPlan(np.eye(3), np.ones((3, 3)))
    assert not judge(Unanimity(patience=(0.9, 0.9, 0.9)), refusing).certified


def test_the_distance_to_nash_is_linear_in_impatience() -> None:
    """delta_i = exp(-rate_i h): halving h halves the distance to the Nash shares with weights p_i/rate_i."""
    rates, p = np.array([0.5, 1.0, 2.0]), np.array([0.2, 0.5, 0.3])
    families: list[Tastes] = [Power(np.array([1.0, 0.5, 0.7])), Cara(np.array([0.5, 2.0, 5.0]))]
    for tastes in families:
        nash = nash_shares(p / rates, tastes)
        gaps = [np.abs(stationary_floors(np.exp(-rates * h), p, tastes)[0] - nash).max() for h in (4e-3, 2e-3, 1e-3)]
        assert gaps[0] / gaps[1] == pytest.approx(2, rel=0.02)
        assert gaps[1] / gaps[2] == pytest.approx(2, rel=0.02)
        rotating = [
            np.abs(
                solve(Unanimity(tuple(np.exp(-rates * h)), tastes=tastes)).offers[0] - nash_shares(1 / rates, tastes)
            )
            for h in (2e-3, 1e-3)
        ]
        assert rotating[0].max() / rotating[1].max() == pytest.approx(2, rel=0.02)


def test_nash_shares_maximise_the_product() -> None:
    rng, weights = np.random.default_rng(3), np.array([0.2, 0.3, 0.5])
    families: list[Tastes] = [Power(np.array([1.0, 0.5, 0.7])), Cara(np.array([0.5, 2.0, 5.0]))]
    for tastes in families:
        best = nash_shares(weights, tastes)
        assert best.sum() == pytest.approx(1, abs=1e-14)
        others = rng.dirichlet(np.ones(3), 2000)
        assert (np.log(tastes.worth(others)) @ weights).max() <= np.log(tastes.worth(best)) @ weights


@pytest.mark.parametrize("proposer", ["rotating", "random"])
@pytest.mark.parametrize("tastes", [Power(np.array([1.0, 0.6, 0.5])), Cara(np.array([3.0, 1.0, 2.0]))])
def test_perfect_patience_is_the_limit(proposer: str, tastes: Tastes) -> None:
    rules = Unanimity((1.0, 0.5, 1.0), proposer, tastes=tastes)  # type: ignore[arg-type]
    limit = solve(rules)
    assert judge(rules, limit).certified
    almost = replace(rules, patience=(1 - 1e-6, 0.5, 1 - 1e-6))
    assert solve(almost).offers == pytest.approx(limit.offers, abs=1e-5)


@pytest.mark.parametrize("proposer", ["rotating", "random"])
def test_all_perfectly_patient_are_at_nash(proposer: str) -> None:
    rules = Unanimity((1.0, 1.0, 1.0), proposer, tastes=Power(np.array([1.0, 0.6, 0.4])))  # type: ignore[arg-type]
    assert solve(rules).offers == pytest.approx(np.tile([0.5, 0.3, 0.2], (3, 1)), **NEAR)


def test_the_turn_of_somebody_impatient_counts_in_the_limit() -> None:
    """z1 : z3 = 5 : 4 from 2 z1 = z2 + z3, 2 z3 = z1 + z2/2, 3 z2/2 = z1 + z3: p2's turn comes right after p1's."""
    assert solve(Unanimity((1.0, 0.5, 1.0))).offers[0] == pytest.approx([5 / 9, 0, 4 / 9], **NEAR)


@pytest.mark.parametrize("seed", range(20))
def test_names_do_not_matter(seed: int) -> None:
    """Players in another order, with all that belongs to them, get what they got."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 6))
    patience, exponents, p = rng.random(n), rng.uniform(0.3, 1, n), rng.dirichlet(np.ones(n))
    turn, names = rng.permutation(n), tuple("abcde"[:n])
    for proposer in ("rotating", "random"):
        rotating = proposer == "rotating"
        line = tuple(rng.permutation(names).tolist()) if rotating else None
        one = Unanimity(tuple(patience), proposer, None if rotating else tuple(p), line, Power(exponents), names)  # type: ignore[arg-type]
        moved, renamed = None if rotating else tuple(p[turn]), tuple(names[k] for k in turn)
        other = Unanimity(tuple(patience[turn]), proposer, moved, line, Power(exponents[turn]), renamed)  # type: ignore[arg-type]
        assert solve(other).offers == pytest.approx(solve(one).offers[np.ix_(turn, turn)], abs=1e-12)
        assert solve(one).offers.sum(axis=1) == pytest.approx(np.ones(n), abs=1e-14)
        assert (solve(one).offers >= 0).all()


@pytest.mark.parametrize("seed", range(20))
def test_a_legislature_without_majorities_is_unanimity(seed: int) -> None:
    """Baron and Ferejohn (1989) with the quota of all: another solver of this house, after Eraslan (2002)."""
    from bargain.protocols import protocol_named

    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 6))
    patience, p = rng.uniform(0.1, 0.99, n), rng.dirichlet(np.ones(n))
    house = bargain.Legislature(recognition=tuple(p), patience=tuple(patience), quota=n)
    values = protocol_named("legislative").solve(house).values
    plan = solve(Unanimity(tuple(patience), "random", tuple(p)))
    assert p @ plan.offers == pytest.approx(values, abs=1e-9)


@pytest.mark.parametrize("batch", range(5))
def test_newton_agrees_with_the_closed_form(batch: int) -> None:
    rng = np.random.default_rng(batch)
    n = 2 + batch
    patience, p = rng.random((5000, n)), rng.dirichlet(np.ones(n), 5000)
    tastes = Power(rng.uniform(0.2, 1, (5000, n)))
    patience[:50, 0], p[50:60, 0] = 0.0, 0.0
    p /= p.sum(axis=1, keepdims=True)
    assert by_newton(patience, p, tastes) == pytest.approx(stationary_floors(patience, p, tastes), abs=1e-10)


def test_a_batch_is_every_draw_by_itself() -> None:
    rng = np.random.default_rng(7)
    patience, p, aversions = rng.random((40, 3)), rng.dirichlet(np.ones(3), 40), rng.uniform(0.1, 5, (40, 3))
    patience[3, 1] = 1.0
    together = stationary_floors(patience, p, Cara(aversions))
    alone = [stationary_floors(patience[k], p[k], Cara(aversions[k]))[0] for k in range(40)]
    assert together == pytest.approx(np.array(alone), abs=1e-13)


def test_more_patience_pays_and_more_aversion_does_not() -> None:
    base = solve(Unanimity((0.8, 0.8, 0.8))).offers[0]
    assert solve(Unanimity((0.8, 0.9, 0.8))).offers[0][1] > base[1]
    averse = Unanimity((0.8, 0.8, 0.8), tastes=Power(np.array([1.0, 0.5, 1.0])))
    assert solve(averse).offers[0][1] < base[1]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"patience": (0.9,)}, "two players"),
        ({"patience": (0.9, 1.2)}, "patience of p2 is 1.2"),
        ({"patience": (0.9, 0.9), "players": ("a", "a")}, "same name"),
        ({"patience": (0.9, 0.9), "players": ("a", "b", "c")}, "3 players and 2"),
        ({"patience": (0.9, 0.9), "order": ("p1", "p3")}, "no player 'p3'"),
        ({"patience": (0.9, 0.9), "order": ("p1", "p1")}, "every player once"),
        ({"patience": (0.9, 0.9), "recognition": (0.5, 0.5)}, "random proposer"),
        ({"patience": (0.9, 0.9), "proposer": "random", "order": ("p1", "p2")}, "no order"),
        ({"patience": (0.9, 0.9), "proposer": "random", "recognition": (0.5, 0.6)}, "sum to 1"),
        ({"patience": (0.9, 0.9), "proposer": "random", "recognition": (1.0,)}, "1 chances"),
        ({"patience": (0.9, 0.9), "proposer": "rotate"}, "did you mean 'rotating'"),
    ],
)
def test_wrong_rules_say_what_to_write(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        Unanimity(**wrong)  # type: ignore[arg-type]


def test_wrong_tastes_and_an_idle_saint_are_refused() -> None:
    with pytest.raises(UsageError, match="exponent"):
        Power(np.array([1.0, 2.0]))
    with pytest.raises(UsageError, match="aversion"):
        Cara(np.array([0.0]))
    with pytest.raises(UsageError, match="never proposes"):
        solve(Unanimity((1.0, 0.5), "random", (0.0, 1.0)))
