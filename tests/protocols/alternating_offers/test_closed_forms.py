"""Alternating offers between two players: closed forms of the literature, each with its source."""

from __future__ import annotations

from math import log, sqrt
from typing import Any

import numpy as np
import pytest

from bargain.errors import NotApplicable, UsageError
from bargain.protocols.alternating_offers import (
    AlternatingOffers,
    Points,
    Polyline,
    PowerPie,
    equilibria,
    first_mover_advantage,
    judge,
    limit,
    outcome,
    pie,
    products,
    solve,
)

WITHIN = 1e-12
"""Payoffs are of the size of 1, and a handful of operations away from the formula."""
PATIENCE = [(0.9, 0.8), (0.5, 0.5), (0.1, 0.95), (0.999, 0.998), (0.0, 0.7)]


def first_share(rules: AlternatingOffers) -> float:
    """What the first mover keeps, in a plan that the judge has nothing against."""
    plan = solve(rules)
    judged = judge(rules, plan)
    assert judged.certified, judged
    assert plan.agreed[0]
    return float(plan.offers[0, rules.order[0]])


@pytest.mark.parametrize(("one", "two"), PATIENCE)
def test_rubinstein(one: float, two: float) -> None:
    """Rubinstein (1982), Econometrica 50, 97-109: x = (1 - d2) / (1 - d1 d2), and the same for the second mover."""
    rules = AlternatingOffers(patience=(one, two))
    assert first_share(rules) == pytest.approx((1 - two) / (1 - one * two), abs=WITHIN)
    plan = solve(rules)
    assert plan.offers[1, 1] == pytest.approx((1 - one) / (1 - one * two), abs=WITHIN)
    assert plan.standing == "unique"
    assert len(equilibria(rules)) == 1


@pytest.mark.parametrize(("one", "two"), PATIENCE)
def test_the_second_player_may_begin(one: float, two: float) -> None:
    rules = AlternatingOffers(patience=(one, two), first="two")
    assert first_share(rules) == pytest.approx((1 - one) / (1 - one * two), abs=WITHIN)


def test_fixed_costs() -> None:
    """Rubinstein (1982): the cheaper first mover takes all, the dearer keeps the other's cost, equals a continuum."""
    assert first_share(AlternatingOffers(costs=(0.1, 0.3))) == pytest.approx(1.0, abs=WITHIN)
    assert first_share(AlternatingOffers(costs=(0.3, 0.1))) == pytest.approx(0.1, abs=WITHIN)
    assert first_share(AlternatingOffers(costs=(0.0, 0.1))) == pytest.approx(1.0, abs=WITHIN)


def test_equal_fixed_costs_leave_a_continuum() -> None:
    """Rubinstein (1982): every share of the first mover from c to 1; shown are the middle and both ends."""
    rules = AlternatingOffers(costs=(0.2, 0.2))
    plans = equilibria(rules)
    assert [plan.standing.split()[0] for plan in plans] == ["middle", "end", "end"]
    assert plans[0].offers[0, 0] == pytest.approx(0.6, abs=WITHIN)
    assert sorted(float(plan.offers[0, 0]) for plan in plans[1:]) == pytest.approx([0.2, 1.0], abs=WITHIN)
    assert all(judge(rules, plan).certified for plan in plans)


@pytest.mark.parametrize("chance", [0.05, 0.5, 1.0])
def test_breakdown(chance: float) -> None:
    """Binmore, Rubinstein & Wolinsky (1986), RAND J. Econ. 17, 176-188: b1 + (1 - b1 - b2) / (2 - q)."""
    rules = AlternatingOffers(breakdown=chance, broken=(0.2, 0.1))
    assert first_share(rules) == pytest.approx(0.2 + 0.7 / (2 - chance), abs=WITHIN)


def test_breakdown_and_patience_together() -> None:
    """Own derivation: 1 - x = q b2 + (1 - q) d2 y and 1 - y = q b1 + (1 - q) d1 x."""
    q, one, two, b1, b2 = 0.1, 0.9, 0.8, 0.15, 0.05
    s1, s2 = (1 - q) * one, (1 - q) * two
    x = (1 - q * b2 - s2 * (1 - q * b1)) / (1 - s1 * s2)
    rules = AlternatingOffers(patience=(one, two), breakdown=q, broken=(b1, b2))
    assert first_share(rules) == pytest.approx(x, abs=WITHIN)


@pytest.mark.parametrize("option", [0.1, 0.47, 0.48, 0.6, 0.75])
def test_outside_options_deal_me_out(option: float) -> None:
    """Binmore, Shaked & Sutton (1989), Q. J. Econ. 104, 753-770: 1 - max(d / (1 + d), w2), whatever w2 is below."""
    rules = AlternatingOffers(patience=(0.9, 0.9), outside=(None, option))
    assert first_share(rules) == pytest.approx(1 - max(0.9 / 1.9, option), abs=WITHIN)
    assert bool(solve(rules).leaves[0]) == (option > 0.9 / 1.9)


def test_it_is_not_split_the_difference() -> None:
    """With w2 = 0.4 below d / (1 + d), the first mover does not pay w2 + (1 - w2) / 2 = 0.7."""
    rules = AlternatingOffers(patience=(0.999, 0.999), outside=(None, 0.4))
    assert first_share(rules) == pytest.approx(1 / 1.999, abs=WITHIN)


def test_two_outside_options() -> None:
    """The same: x = 1 - max(d2 y, w2), y = 1 - max(d1 x, w1)."""
    rules = AlternatingOffers(patience=(0.9, 0.9), outside=(0.55, 0.2))
    assert first_share(rules) == pytest.approx(1 - 0.9 * (1 - 0.55), abs=WITHIN)


def test_options_worth_more_than_the_pie_end_the_talks() -> None:
    rules = AlternatingOffers(patience=(0.9, 0.9), outside=(0.6, 0.7))
    plan = solve(rules)
    assert judge(rules, plan).certified
    assert outcome(rules, plan).ends == "leaving"
    assert plan.values[0].tolist() == [0.6, 0.7]


@pytest.mark.parametrize(("one", "two"), [(0.9, 0.9), (0.9, 0.7)])
def test_inside_options(one: float, two: float) -> None:
    """Muthoo (1999), ch. 6: x = 1 - (1 - d2) g2 - d2 y; for equal d: g1 + (1 - g1 - g2) / (1 + d)."""
    g1, g2 = 0.3, 0.1
    x = (1 - (1 - two) * g2 - two * (1 - (1 - one) * g1)) / (1 - one * two)
    rules = AlternatingOffers(patience=(one, two), inside=(g1, g2))
    assert first_share(rules) == pytest.approx(x, abs=WITHIN)
    if one == two:
        assert first_share(rules) == pytest.approx(g1 + (1 - g1 - g2) / (1 + one), abs=WITHIN)


def test_disagreement_payoffs_are_what_they_live_on() -> None:
    """Gains over disagreement are discounted, so d does in an endless game what an inside option does."""
    terms = pie(10.0)
    given = AlternatingOffers(terms, (0.9, 0.7), disagreement=(3.0, 1.0))
    inside = AlternatingOffers(terms, (0.9, 0.7), inside=(3.0, 1.0))
    assert first_share(given) == pytest.approx(first_share(inside), abs=10 * WITHIN)
    assert first_share(given) == pytest.approx(3 + 6 * (1 - 0.7) / (1 - 0.9 * 0.7), abs=10 * WITHIN)


def test_nothing_to_gain_is_disagreement_for_ever() -> None:
    rules = AlternatingOffers(patience=(0.9, 0.9), inside=(0.7, 0.6))
    plan = solve(rules)
    assert judge(rules, plan).certified
    assert outcome(rules, plan).ends == "never"
    assert plan.values[0] == pytest.approx([0.7, 0.6])


@pytest.mark.parametrize("share", [0.1, 1 / 3, 0.7])
@pytest.mark.parametrize("more", [{}, {"breakdown": 0.1}, {"horizon": 4}, {"outside": (0.05, None)}])
def test_disagreement_on_the_frontier_is_agreed_on(share: float, more: dict[str, Any]) -> None:
    """Nobody can gain, but what they have without a deal can be signed: that is an agreement, whatever the digits."""
    listed = Points(np.array([[1.0, 0.0], [share, 1 - share], [0.0, 1.0]]))
    for terms in (pie(), pie(1.0, (0.5, 0.7)), listed):
        d = (share, 1 - share) if not isinstance(terms, PowerPie) else (share**0.5, (1 - share) ** 0.7)
        rules = AlternatingOffers(terms, (0.9, 0.8), disagreement=d, **more)
        plan = solve(rules)
        assert judge(rules, plan).certified
        assert outcome(rules, plan).ends == "agreement"
        assert plan.values[0] == pytest.approx(d, abs=1e-9)


@pytest.mark.parametrize("horizon", [1, 2, 3, 10, 1001])
def test_a_last_round(horizon: int) -> None:
    """Ståhl (1972), recalled: the last proposer keeps 1, s_t = 1 - d_responder s_(t+1)."""
    rules = AlternatingOffers(patience=(0.9, 0.8), horizon=horizon)
    share = 1.0
    for turn in range(horizon - 1, 0, -1):
        share = 1 - (0.8, 0.9)[(turn - 1) % 2] * share
    assert first_share(rules) == pytest.approx(share, abs=WITHIN)


def test_many_rounds_come_to_the_stationary_shares() -> None:
    endless = first_share(AlternatingOffers(patience=(0.9, 0.8)))
    assert first_share(AlternatingOffers(patience=(0.9, 0.8), horizon=400)) == pytest.approx(endless, abs=WITHIN)


def test_square_roots() -> None:
    """Own derivation: sqrt(1 - x) = d sqrt(y), sqrt(1 - y) = d sqrt(x), so x = 1 / (1 + d^2) for the first mover."""
    rules = AlternatingOffers(pie(exponents=(0.5, 0.5)), (0.9, 0.9))
    assert first_share(rules) == pytest.approx(sqrt(1 / (1 + 0.9**2)), abs=WITHIN)


@pytest.mark.parametrize("exponents", [(0.5, 1.0), (2.0, 0.7), (3.0, 3.0)])
def test_exponents_are_another_patience(exponents: tuple[float, float]) -> None:
    """Own derivation: x^e with patience d, and nothing else, is a share with patience d^(1/e)."""
    patience = (0.9, 0.8)
    one, two = (d ** (1 / e) for d, e in zip(patience, exponents, strict=True))
    share = (1 - two) / (1 - one * two)
    rules = AlternatingOffers(PowerPie(1.0, exponents), patience)
    assert first_share(rules) == pytest.approx(share ** exponents[0], abs=WITHIN)


def test_a_kinked_frontier() -> None:
    """Own derivation, corners (10, 0), (6, 8), (0, 10), d = 1/2: a = (20/3, 20/3), b = (10/3, 80/9) would need
    a2 = b2 / 2 = 40/9. On the edges u2 = 20 - 2 u1 and u2 = 10 - u1 / 3: a2 = b2 / 2, b1 = a1 / 2 gives
    20 - 2 a1 = 5 - a1 / 12, a1 = 180 / 23."""
    rules = AlternatingOffers(Polyline(np.array([[10.0, 0], [6, 8], [0, 10]])), (0.5, 0.5))
    plan = solve(rules)
    assert judge(rules, plan).certified
    assert plan.offers[0] == pytest.approx([180 / 23, 100 / 23], abs=10 * WITHIN)
    assert plan.offers[1] == pytest.approx([90 / 23, 200 / 23], abs=10 * WITHIN)


def test_a_frontier_that_bends_inwards_may_have_several() -> None:
    """Own derivation: corners (10, 0), (2, 2), (0, 10), d = 0.9. On the edge u2 = (10 - u1) / 4 alone it is a pie of 10
    for the first player, 10 / 1.9 and 9 / 1.9, which lie on that edge; the same on the other, and one in between."""
    rules = AlternatingOffers(Polyline(np.array([[10.0, 0], [2, 2], [0, 10]])), (0.9, 0.9))
    plans = equilibria(rules)
    assert len(plans) == 3
    assert all(judge(rules, plan).certified for plan in plans)
    mirrored = sorted(tuple(plan.offers[1, ::-1].round(9)) for plan in plans)
    assert sorted(tuple(plan.offers[0].round(9)) for plan in plans) == mirrored
    assert max(float(plan.offers[0, 0]) for plan in plans) == pytest.approx(10 / 1.9, abs=10 * WITHIN)


def test_the_limit_of_fast_offers() -> None:
    """Binmore, Rubinstein & Wolinsky (1986): weights r_j / (r_i + r_j); breakdown: Nash with d = b."""
    one, two = -log(0.9), -log(0.8)
    patient = limit(AlternatingOffers(patience=(0.9, 0.8)))
    assert patient.point == pytest.approx((two / (one + two), one / (one + two)), abs=WITHIN)
    risky = limit(AlternatingOffers(breakdown=0.1, broken=(0.2, 0.1)))
    assert risky.point == pytest.approx((0.55, 0.45), abs=WITHIN)
    assert risky.disagreement == pytest.approx((0.2, 0.1), abs=WITHIN)
    floored = limit(AlternatingOffers(patience=(0.9, 0.9), outside=(None, 0.7)))
    assert floored.point == pytest.approx((0.3, 0.7), abs=WITHIN)
    bent = limit(AlternatingOffers(pie(exponents=(0.5, 1.0)), (0.9, 0.9)))
    assert bent.point == pytest.approx((sqrt(1 / 3), 2 / 3), abs=1e-9)
    kinked = limit(AlternatingOffers(Polyline(np.array([[10.0, 0], [6, 8], [0, 10]])), (0.9, 0.9)))
    assert kinked.point == pytest.approx((6, 8), abs=WITHIN)


def test_the_product_is_the_same_at_both_proposals() -> None:
    """Binmore (1987) as given by Osborne & Rubinstein (1990), recalled: both proposals lie on one Nash curve."""
    for terms in (pie(), pie(2.0, (0.5, 0.8)), Polyline(np.array([[10.0, 0], [6, 8], [0, 10]]))):
        rules = AlternatingOffers(terms, (0.9, 0.7), breakdown=0.05, broken=(0.2, 0.1), disagreement=(0.1, 0.05))
        first, second = products(rules, solve(rules).offers.tolist())
        assert first == pytest.approx(second, rel=1e-12)


def test_first_mover_advantage() -> None:
    """Rubinstein (1982) with equal patience: 1 / (1 + d) - d / (1 + d). With two rounds it is better to speak last."""
    endless = AlternatingOffers(patience=(0.9, 0.9))
    assert first_mover_advantage(endless, solve(endless)) == pytest.approx((0.1 / 1.9,) * 2)
    short = AlternatingOffers(patience=(0.8, 0.8), horizon=2)
    assert first_mover_advantage(short, solve(short)) == pytest.approx((0.2 - 0.8, 0.2 - 0.8))


def test_a_delay_is_shown() -> None:
    """Own derivation: (5, 1) and (1, 5), d = 0.9, T = 2. Round 2 gives (1, 5); waiting is worth (0.9, 4.5) in round 1,
    so nothing but (1, 5) is accepted, which is more than waiting: agreed. Were it not on the list, a delay."""
    rules = AlternatingOffers(Points(np.array([[5.0, 1.0], [1.0, 5.0]])), (0.9, 0.9), horizon=2)
    assert solve(rules).offers[0].tolist() == [1.0, 5.0]
    patient = AlternatingOffers(
        Points(np.array([[5.0, 1.0], [1.0, 5.0]])), (0.9, 0.9), horizon=2, disagreement=(1.0, 0.0), inside=(2.0, 0.0)
    )
    plan = solve(patient)
    assert judge(patient, plan).certified
    path = outcome(patient, plan)
    assert [move.ends for move in path.moves] == ["", "agreement"]
    assert path.moves[0].offer is None
    assert plan.values[0] == pytest.approx([0.1 * 2 + 0.9 * 1, 4.5])


def test_parity_decides_on_a_short_list() -> None:
    """Whoever speaks last has its way on (3, 0), (0, 3) for every horizon: with d = 1 nothing is lost on the way."""
    points = Points(np.array([[3.0, 0.0], [0.0, 3.0]]))
    for horizon in (1, 2, 3, 4):
        plan = solve(AlternatingOffers(points, horizon=horizon))
        assert plan.values[0].tolist() == ([3.0, 0.0] if horizon % 2 else [0.0, 3.0])


def test_a_short_list_may_have_several_stationary_equilibria() -> None:
    """van Damme, Selten & Winter (1990), recalled: with few possible shares almost any of them can be stationary."""
    shares = np.arange(11.0)
    rules = AlternatingOffers(Points(np.c_[shares, 10 - shares]), (0.95, 0.95))
    plans = equilibria(rules)
    assert len(plans) == 11
    assert plans[0].offers.tolist() == [[5.0, 5.0], [5.0, 5.0]]
    assert plans[0].standing == "one of 11"
    assert all(judge(rules, plan).certified for plan in plans)


def test_where_time_is_free_nothing_is_decided() -> None:
    with pytest.raises(NotApplicable, match="waiting"):
        solve(AlternatingOffers())
    with pytest.raises(NotApplicable, match="horizon"):
        solve(AlternatingOffers(pie(exponents=(2.0, 1.0)), (0.9, 0.9), disagreement=(-1.0, 0.0)))
    with pytest.raises(NotApplicable, match="list"):
        limit(AlternatingOffers(Points(np.eye(2)), (0.9, 0.9)))
    with pytest.raises(NotApplicable, match="last round"):
        limit(AlternatingOffers(patience=(0.9, 0.9), horizon=3))
    with pytest.raises(NotApplicable, match="no limit"):
        limit(AlternatingOffers(costs=(0.1, 0.2)))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"patience": (0.9, 1.2)}, "between 0 and 1"),
        ({"patience": (0.9,)}, "two finite numbers"),
        ({"costs": (-0.1, 0.1)}, "0 or more"),
        ({"breakdown": 1.5}, "chance"),
        ({"horizon": 0}, "whole number"),
        ({"first": "three"}, "no player 'three'"),
        ({"players": ("a", "a")}, "different names"),
        ({"disagreement": (None, 0.0)}, "two finite numbers"),
    ],
)
def test_wrong_rules_are_named(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        AlternatingOffers(**wrong)  # type: ignore[arg-type]


def test_wrong_terms_are_named() -> None:
    with pytest.raises(UsageError, match="size"):
        pie(-1.0)
    with pytest.raises(UsageError, match="exponents"):
        pie(1.0, (0.0, 1.0))
    with pytest.raises(UsageError, match="pairs"):
        Points(np.array([1.0, 2.0]))
    with pytest.raises(UsageError, match="pairs"):
        Polyline(np.array([[1.0, np.nan]]))
