"""Agendas: closed forms, a game tree beside backward induction, and wrong plans before the judge."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from bargain.errors import NotApplicable, TooManyAgreements, UsageError
from bargain.protocols.alternating_offers.agenda import solve_agenda, solve_pies
from bargain.protocols.alternating_offers.agenda_compare import (
    compare_orders,
    package_of,
    pie_package,
    steps_of,
    steps_of_pies,
    worth_of_agenda,
    worth_of_pies,
)
from bargain.protocols.alternating_offers.agenda_judge import judge_agenda, judge_pies
from bargain.protocols.alternating_offers.agenda_rules import Agenda, PieAgenda, PiePlan
from oracles.agenda import agenda_value

Floats = NDArray[np.float64]

NEAR = {"abs": 1e-9}


def pies(*worths: tuple[float, float], patience: tuple[float, float] = (0.9, 0.9), first: int = 0) -> PieAgenda:
    return PieAgenda(tuple("abcde"[: len(worths)]), np.array(worths), patience, first)


def sliced(worth: tuple[float, float], pieces: int) -> Floats:
    shares = np.linspace(0, 1, pieces + 1)
    return np.column_stack([worth[0] * shares, worth[1] * (1 - shares)])


def drawn(seed: int) -> Agenda:
    rng = np.random.default_rng(seed)
    count = int(rng.integers(1, 4))
    values = tuple(rng.integers(-2, 6, (int(rng.integers(2, 4)), 2)).astype(float) for _ in range(count))
    paid = ("together", "as_settled")[seed % 2]
    shortfall = tuple(map(float, rng.integers(-3, 4, 2))) if paid == "together" else (0.0, 0.0)
    patience = tuple(rng.integers(30, 101, 2) / 100)
    return Agenda(
        tuple("abc"[:count]), values, patience, int(rng.integers(1, 7)), paid, shortfall, int(rng.integers(2))
    )  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(80))
def test_backward_induction_is_the_game_tree(seed: int) -> None:
    rules = drawn(seed)
    exact = [[(Fraction(int(a)), Fraction(int(b))) for a, b in table] for table in rules.values]
    expected = agenda_value(
        exact,
        (Fraction(round(100 * rules.patience[0]), 100), Fraction(round(100 * rules.patience[1]), 100)),
        rules.horizon,
        as_settled=rules.paid == "as_settled",
        shortfall=(Fraction(int(rules.shortfall[0])), Fraction(int(rules.shortfall[1]))),
        first=rules.first,
    )
    plan = solve_agenda(rules)
    assert worth_of_agenda(rules, plan) == pytest.approx([float(v) for v in expected], abs=1e-8)
    assert judge_agenda(rules, plan).certified


def test_one_pie_is_rubinstein() -> None:
    """Rubinstein (1982): the proposer keeps (1 - d2)/(1 - d1 d2)."""
    rules = pies((3, 5), patience=(0.9, 0.6))
    shares = 1 - solve_pies(rules).offers[0]
    assert shares == pytest.approx([0.4 / 0.46, 0.1 / 0.46], **NEAR)
    assert pie_package(rules) == pytest.approx(worth_of_pies(rules), **NEAR)
    assert pie_package(replace(rules, first=1)) == pytest.approx(worth_of_pies(replace(rules, first=1)), **NEAR)


def test_two_pies_among_equals() -> None:
    """From y A + d/(1+d) = d (A (1-y) + d^3/((1+d) d)): y = d/(1+d) (1 - (1-d)/A), and d/(1+d) for the last pie."""
    d, a = 0.9, 5.0
    offers = solve_pies(pies((a, a), (1, 1))).offers
    assert offers[0] == pytest.approx([d / (1 + d) * (1 - (1 - d) / a)] * 2, **NEAR)
    assert offers[1] == pytest.approx([d / (1 + d)] * 2, **NEAR)


def test_what_matters_to_both_is_best_settled_first_by_both() -> None:
    """Flamini (2001): where both find the same issue important, it is better for both to begin with it."""
    found = compare_orders(pies((5, 5), (1, 1)))
    large_first, small_first = found.gains
    assert (large_first > small_first).all()
    assert found.best(0) == found.best(1) == ("a", "b")


def test_opposed_interests_prefer_opposed_orders_and_the_package_gives_more_in_sum() -> None:
    """p1 cares for a, p2 for b."""
    found = compare_orders(pies((3, 1), (1, 3), patience=(0.95, 0.95)))
    assert found.best(0) != found.best(1)
    assert (found.package.sum() > found.gains.sum(axis=1)).all()


@pytest.mark.parametrize("first", [0, 1])
def test_a_package_of_pies_holds_itself_up(first: int) -> None:
    """Both points on the joint frontier, each giving the other patience times the other's point."""
    rng = np.random.default_rng(first)
    for _ in range(3):
        worths, patience = rng.uniform(0.2, 5, (3, 2)), rng.uniform(0.3, 0.99, 2)
        ours = pie_package(PieAgenda(tuple("abc"), worths, tuple(patience), 0))  # type: ignore[arg-type]
        theirs = pie_package(PieAgenda(tuple("abc"), worths, tuple(patience), 1))  # type: ignore[arg-type]
        assert ours[1] == pytest.approx(patience[1] * theirs[1])
        assert theirs[0] == pytest.approx(patience[0] * ours[0])
        for point in (ours, theirs):
            prices = [
                max((worths * [1, p]).max(axis=1).sum() - point @ [1, p], 0) for p in np.geomspace(0.01, 100, 1501)
            ]
            assert min(prices) == pytest.approx(0, abs=2e-2)


@pytest.mark.parametrize("worths", [((1, 1), (1, 1)), ((3, 1), (1, 3)), ((1, 3), (2, 1))])
def test_thin_slices_and_many_rounds_come_near_pies(worths: tuple[tuple[float, float], ...]) -> None:
    rules = pies(*worths, patience=(0.7, 0.8))
    fine = Agenda(rules.issues, tuple(sliced(w, 800) for w in worths), rules.patience, 40, "as_settled")
    assert worth_of_agenda(fine) == pytest.approx(worth_of_pies(rules), abs=0.02)
    assert package_of(replace(fine, values=tuple(sliced(w, 40) for w in worths))) == pytest.approx(
        pie_package(rules), abs=0.15
    )


def test_the_path_says_who_settles_what_when() -> None:
    rules = Agenda(("a", "b"), (sliced((1, 1), 2), sliced((1, 1), 2)), (0.5, 0.5), 2)
    steps = steps_of(rules, solve_agenda(rules))
    assert [(step.issue, step.round, step.proposer, step.option) for step in steps] == [("a", 0, 0, 2), ("b", 1, 1, 0)]
    divided = pies((1, 1), (1, 1), first=1)
    assert [step.proposer for step in steps_of_pies(divided, solve_pies(divided))] == [1, 0]


def test_too_few_rounds_pay_nothing_together() -> None:
    rules = Agenda(("a", "b"), (np.ones((1, 2)), np.ones((1, 2))), (0.5, 0.5), 1)
    assert worth_of_agenda(rules).tolist() == [0, 0]
    assert worth_of_agenda(replace(rules, paid="as_settled")).tolist() == [1, 1]


@pytest.mark.parametrize("seed", range(20))
def test_the_judge_notices_every_wrong_answer_and_offer(seed: int) -> None:
    rules = drawn(seed)
    plan = solve_agenda(rules)
    for t, m in product(range(rules.horizon), range(len(rules.issues))):
        for row, option in np.ndindex(*plan.accepts[t][m].shape):
            accepts = [[stage.copy() for stage in stages] for stages in plan.accepts]
            accepts[t][m][row, option] ^= True
            wrong = replace(plan, accepts=tuple(map(tuple, accepts)))
            if not judge_agenda(rules, wrong).certified:
                continue
            # Only whoever is indifferent may answer either way: then the other answer leaves all values as they were.
            assert worth_of_agenda(rules, wrong)[1 - (rules.first + t) % 2] == pytest.approx(
                worth_of_agenda(rules, plan)[1 - (rules.first + t) % 2]
            )
        offers = [[stage.copy() for stage in stages] for stages in plan.offers]
        offers[t][m][:] = -1
        waiting = replace(plan, offers=tuple(map(tuple, offers)))
        if judge_agenda(rules, waiting).certified:
            proposer = (rules.first + t) % 2
            assert worth_of_agenda(rules, waiting)[proposer] == pytest.approx(worth_of_agenda(rules, plan)[proposer])


def test_the_judge_is_not_easily_content() -> None:
    """A plan without ties: every flipped answer and every other option is noticed."""
    values = (np.array([[4.0, 0.3], [2.2, 1.1], [0.1, 3.7]]), np.array([[3.0, 0.2], [0.4, 2.6]]))
    rules = Agenda(("a", "b"), values, (0.83, 0.71), 4)
    plan = solve_agenda(rules)
    for t, m in product(range(4), range(2)):
        for row, option in np.ndindex(*plan.accepts[t][m].shape):
            if m == 0 and t == 3:
                continue  # too late to settle everything: nothing is at stake
            accepts = [[stage.copy() for stage in stages] for stages in plan.accepts]
            accepts[t][m][row, option] ^= True
            assert not judge_agenda(rules, replace(plan, accepts=tuple(map(tuple, accepts)))).certified
            if option != plan.offers[t][m][row]:
                offers = [[stage.copy() for stage in stages] for stages in plan.offers]
                offers[t][m][row] = option
                assert not judge_agenda(rules, replace(plan, offers=tuple(map(tuple, offers)))).certified


@pytest.mark.parametrize("seed", range(30))
def test_pies_are_certified_and_no_number_can_be_moved(seed: int) -> None:
    rng = np.random.default_rng(seed)
    count = int(rng.integers(1, 5))
    rules = PieAgenda(tuple("abcd"[:count]), rng.uniform(0.2, 5, (count, 2)), tuple(rng.uniform(0, 0.99, 2)), seed % 2)  # type: ignore[arg-type]
    plan = solve_pies(rules)
    assert judge_pies(rules, plan).certified
    for place in np.ndindex(*plan.offers.shape):
        for name, change in product(("offers", "accepts"), (-1e-4, 1e-4)):
            numbers = getattr(plan, name).copy()
            numbers[place] += change
            wrong = replace(plan, **{name: numbers})
            slack = name == "accepts" and change < 0 and numbers[place] < 0  # nobody can offer less than nothing
            assert slack or not judge_pies(rules, wrong).certified, (name, place, change)


def test_no_agreement_about_a_pie_is_not_certified() -> None:
    rules = pies((1, 1), (1, 1))
    assert not judge_pies(rules, PiePlan(np.zeros((2, 2)), np.ones((2, 2)))).certified


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"issues": ("a",)}, "1 issues and 2"),
        ({"issues": ("a", "a")}, "every issue once"),
        ({"values": (np.ones((2, 3)), np.ones((2, 2)))}, "values of a"),
        ({"horizon": 0}, "0 rounds"),
        ({"paid": "to gether"}, "did you mean 'together'"),
        ({"paid": "as_settled", "shortfall": (1.0, 0.0)}, "make up for nothing"),
        ({"patience": (0.5, 1.5)}, "patience of p2"),
        ({"first": 2}, "neither"),
        ({"players": ("a",)}, "two players"),
    ],
)
def test_wrong_rules_say_what_to_write(wrong: dict[str, object], said: str) -> None:
    right: dict[str, object] = {
        "issues": ("a", "b"),
        "values": (np.ones((2, 2)),) * 2,
        "patience": (0.5, 0.5),
        "horizon": 3,
    }
    with pytest.raises(UsageError, match=said):
        Agenda(**{**right, **wrong})  # type: ignore[arg-type]


def test_orders_and_pies_are_checked() -> None:
    rules = pies((1, 1), (1, 1))
    with pytest.raises(UsageError, match="no issue 'c'"):
        rules.ordered(("a", "c"))
    with pytest.raises(UsageError, match="every issue once"):
        rules.ordered(("a",))
    with pytest.raises(UsageError, match="worth something"):
        pies((1, 0))
    with pytest.raises(UsageError, match="below 1"):
        pies((1, 1), patience=(1.0, 0.5))
    with pytest.raises(TooManyAgreements, match="6 issues"):
        compare_orders(PieAgenda(tuple("abcdef"), np.ones((6, 2)), (0.5, 0.5)))
    with pytest.raises(TooManyAgreements, match="fewer rounds"):
        solve_agenda(Agenda(("a", "b", "c"), (np.ones((300, 2)),) * 3, (0.5, 0.5), 9))


def test_one_pie_is_divided_as_by_rubinstein_whatever_the_patience() -> None:
    """Rubinstein (1982): the proposer keeps (1 - d2) / (1 - d1 d2), on a grid of round numbers, to the last digits."""
    for one, two in product(range(5, 100, 5), range(7, 100, 6)):
        d1, d2 = one / 100, two / 100
        plan = solve_pies(pies((1, 1), patience=(d1, d2)))
        assert 1 - plan.offers[0, 0] == pytest.approx((1 - d2) / (1 - d1 * d2), abs=1e-14)


def test_pies_are_refused_where_rounding_would_divide_them() -> None:
    with pytest.raises(NotApplicable, match="near 1"):
        solve_pies(pies((1, 1), patience=(1 - 1e-12, 1 - 4e-12)))
