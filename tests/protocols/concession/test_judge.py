"""The judge is judged: records with something changed are put before it, and it has to notice."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from inspect import getfile
from itertools import product
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from bargain.protocols.concession.judge import _Bench, judge
from bargain.protocols.concession.plan import Ending, Offer, Plan
from bargain.protocols.concession.rules import Concession
from bargain.protocols.concession.simulate import solve
from bargain.protocols.concession.strategies import (
    EquilibriumPlay,
    Hardheaded,
    RandomAsks,
    TimeDependent,
    TitForTat,
    Zeuthen,
)
from lanes import one_in
from protocols.concession.grounds import pie, random_rules

ALLOWED = {
    "numpy",
    "bargain.protocols.concession.rules",
    "bargain.protocols.concession.strategies",
    "bargain.protocols.concession.plan",
    "bargain.protocols.judging",
}
SMALL = 1e-3

MIXED = random_rules(11, 3, (TitForTat(), RandomAsks(), EquilibriumPlay()))
CASES = {
    "curve": Concession(pie(20) ** 0.8, np.ones(2), (TimeDependent(0.4), TitForTat("relative")), 15),
    "equilibrium": Concession(
        pie(9), np.zeros(2), (EquilibriumPlay(), EquilibriumPlay()), 7, 0.1, np.array([0.9, 0.7])
    ),
    "delay": Concession(
        np.array([[10.0, 1.0], [1.0, 10.0]]), np.zeros(2), (EquilibriumPlay(), EquilibriumPlay()), 3,
        patience=np.array([0.9, 0.9]),
    ),
    "one who plays the equilibrium": Concession(
        pie(9), np.zeros(2), (Hardheaded(), EquilibriumPlay()), 6, patience=np.array([0.9, 0.7])
    ),
    "zeuthen": Concession(pie(9) ** 0.5, np.zeros(2), (Zeuthen(), Zeuthen()), 30, order=(1, 0)),
    "broken off": Concession(pie(9), np.zeros(2), (Hardheaded(), Zeuthen()), 30, breakdown=0.3, seed=5),
    "lots": Concession(pie(9), np.zeros(2), (TitForTat(noise=2.0), RandomAsks()), 12, seed=2),
    "deadline": Concession(pie(6) * [1, 3], np.zeros(2), (TitForTat(), Zeuthen()), 7, patience=np.array([0.9, 0.8])),
    "three": replace(MIXED, deadline=20, breakdown=0.0),
}  # fmt: skip


def changed_offers(plan: Plan, rules: Concession) -> Iterator[tuple[str, Plan]]:
    """Every field of every offer changed, up and down where it is a number."""
    for k, offer in enumerate(plan.offers):
        for name, other in changed(offer, rules):
            yield f"offer {k + 1}: {name}", replace(plan, offers=(*plan.offers[:k], other, *plan.offers[k + 1 :]))


def changed(offer: Offer, rules: Concession) -> Iterator[tuple[str, Offer]]:
    """One offer with one thing changed."""
    for sign in (-1, 1):
        yield f"round {sign}", replace(offer, round=offer.round + sign)
        yield f"target {sign}", replace(offer, target=offer.target + sign * SMALL)
        for i in range(rules.n):
            payoffs = tuple(paid + sign * SMALL * (i == j) for j, paid in enumerate(offer.payoffs))
            yield f"payoff {i} {sign}", replace(offer, payoffs=payoffs)
    for i in range(rules.n):
        if i != offer.player:
            yield f"player {i}", replace(offer, player=i)
        answers = tuple(answer != (i == j) for j, answer in enumerate(offer.accepted))
        yield f"answer {i}", replace(offer, accepted=answers)
    for row in range(len(rules.points)):
        if row != offer.point:
            yield f"point {row}", replace(offer, point=row, payoffs=tuple(rules.points[row].tolist()))
    yield "no such point", replace(offer, point=len(rules.points))
    yield "an answer too few", replace(offer, accepted=offer.accepted[:-1])


def changed_endings(plan: Plan, rules: Concession) -> Iterator[tuple[str, Plan]]:
    """The end of the record changed, and offers left out, said twice or said after the end."""
    for ending in get_args(Ending):
        if ending != plan.ending:
            yield f"ending {ending}", replace(plan, ending=ending)
    for agreed in (None, *range(len(rules.points))):
        if agreed != plan.agreed:
            yield f"agreed {agreed}", replace(plan, agreed=agreed)
    for i in range(rules.n):
        for sign in (-1, 1):
            yield f"paid {i} {sign}", replace(plan, payoffs=plan.payoffs + sign * SMALL * (np.arange(rules.n) == i))
    for k in range(len(plan.offers)):
        yield f"without offer {k + 1}", replace(plan, offers=plan.offers[:k] + plan.offers[k + 1 :])
    last = plan.offers[-1]
    yield "said twice", replace(plan, offers=(*plan.offers, last))
    yield (
        "one more",
        replace(plan, offers=(*plan.offers, replace(last, round=last.round + 1, player=(last.player + 1) % rules.n))),
    )
    yield "nothing said", replace(plan, offers=())


def changed_schedules(plan: Plan, rules: Concession) -> Iterator[tuple[str, Plan]]:
    """Every number of equilibrium play changed, up and down; another point in every round."""
    if plan.schedule is None:
        return
    points, floors = plan.schedule.points, plan.schedule.floors
    yield "a point that is not there", replace(plan, schedule=replace(plan.schedule, points=points + len(rules.points)))
    for place in np.ndindex(floors.shape):
        for sign in (-1, 1):
            moved = floors.copy()
            moved[place] += sign * SMALL
            yield f"floor {place} {sign}", replace(plan, schedule=replace(plan.schedule, floors=moved))
    yield "a line too few", replace(plan, schedule=replace(plan.schedule, points=points[:-1], floors=floors[:-1]))
    yield "no schedule", replace(plan, schedule=None)


@pytest.mark.parametrize("name", one_in(3, CASES))
@pytest.mark.parametrize("change", [changed_offers, changed_endings, changed_schedules])
def test_whatever_is_changed_is_noticed(name: str, change: object) -> None:
    rules = CASES[name]
    plan = solve(rules)
    assert judge(rules, plan).certified
    for what, other in change(plan, rules):  # type: ignore[operator]
        found = judge(rules, other)
        assert not found.certified, what
        assert found.where


def test_the_cases_end_in_every_way() -> None:
    endings = {name: solve(rules).ending for name, rules in CASES.items()}
    assert {"agreement", "deadline", "breakdown"} <= set(endings.values())
    assert (endings["broken off"], endings["deadline"]) == ("breakdown", "deadline")


def test_asking_for_another_point_loses_what_it_should() -> None:
    """In the first of two rounds 5 of 10 is the best that is accepted; 6 would be refused, 4 gives 1 away."""
    rules = Concession(pie(10), np.zeros(2), (EquilibriumPlay(), EquilibriumPlay()), 2, patience=np.array([0.5, 0.5]))
    plan = solve(rules)
    assert plan.schedule is not None
    assert plan.schedule.points.tolist() == [5, 0]
    for row, loss in ((6, 5.0), (4, 1.0), (0, 5.0)):
        schedule = replace(plan.schedule, points=np.array([row, 0]))
        found = judge(rules, replace(plan, schedule=schedule))
        assert not found.certified
        gains = [size for size, where in _Bench(rules).schedule(schedule) if "another point" in where]
        assert max(gains) == pytest.approx(loss / 10)


@pytest.mark.parametrize(("name", "unit"), [("equilibrium", 1e9), ("deadline", 1e-9), ("zeuthen", 1e9)])
def test_no_unit_hides_a_player(name: str, unit: float) -> None:
    """Each player's numbers moved by a thousandth of its own stake, the first's payoffs being in another unit."""
    units = np.array([unit, 1.0])
    rules = replace(CASES[name], points=CASES[name].points * units, disagreement=CASES[name].disagreement * units)
    plan = solve(rules)
    assert judge(rules, plan).certified
    for i, sign in product((0, 1), (-1, 1)):
        step = sign * SMALL * units[i]
        moved = [replace(plan, payoffs=plan.payoffs + step * (np.arange(2) == i))]
        for k, offer in enumerate(plan.offers):
            paid = tuple((np.array(offer.payoffs) + step * (np.arange(2) == i)).tolist())
            other = replace(offer, payoffs=paid)
            others = [other, replace(offer, target=offer.target + step)] if offer.player == i else [other]
            moved += [replace(plan, offers=(*plan.offers[:k], one, *plan.offers[k + 1 :])) for one in others]
        if plan.schedule is not None:
            floors = plan.schedule.floors + step * (np.arange(2) == i)
            moved.append(replace(plan, schedule=replace(plan.schedule, floors=floors)))
        assert not any(judge(rules, other).certified for other in moved)


def test_one_in_small_units_does_not_accept_everything() -> None:
    """The first, in billions, takes all, and the second is said to accept nothing: it gains 8 of its 10 by refusing."""
    rules = Concession(
        pie(10) * [1e9, 1], np.zeros(2), (EquilibriumPlay(), EquilibriumPlay()), 3, patience=np.array([0.9, 0.8])
    )
    plan = solve(rules)
    assert plan.schedule is not None
    points, floors = plan.schedule.points.copy(), plan.schedule.floors.copy()
    points[0], floors[:, 1], floors[0, 0] = 10, 0.0, 0.9 * rules.points[points[1], 0]
    paid = (1e10, 0.0)
    offer = Offer(1, 0, 1e10, 10, paid, (True, True))
    wrong = Plan((offer,), "agreement", 10, np.array(paid), replace(plan.schedule, points=points, floors=floors))
    found = judge(rules, wrong)
    assert not found.certified
    assert found.largest_gain > 0.05
    assert "2 accepts" in found.where


def test_payoffs_far_from_zero_are_not_blamed_for_rounding() -> None:
    """A stake of 9 on top of a billion: sums of such numbers are off by 1e-7, which is more than 1e-9 of the stake."""
    for rules in (CASES["equilibrium"], CASES["deadline"]):
        far = replace(rules, points=rules.points + 1e9, disagreement=rules.disagreement + 1e9)
        plan = solve(far)
        assert judge(far, plan).certified
        assert not judge(far, replace(plan, payoffs=plan.payoffs + [SMALL, 0])).certified


def test_the_schedule_is_judged_off_the_path_too() -> None:
    """The talks end in the first round; what is said in the last one still has to be right."""
    rules = CASES["equilibrium"]
    plan = solve(rules)
    assert plan.schedule is not None
    assert len(plan.offers) == 1
    points = plan.schedule.points.copy()
    points[-1] = 5
    assert not judge(rules, replace(plan, schedule=replace(plan.schedule, points=points))).certified


def test_a_schedule_where_nobody_follows_it_is_noticed() -> None:
    rules = CASES["equilibrium"]
    schedule = solve(rules).schedule
    other = replace(rules, strategies=(Hardheaded(), Hardheaded()))
    assert not judge(other, replace(solve(other), schedule=schedule)).certified


@pytest.mark.parametrize("field", ["payoffs", "floors", "target"])
def test_not_a_number_is_noticed(field: str) -> None:
    rules = CASES["equilibrium"]
    plan = solve(rules)
    assert plan.schedule is not None
    other = {
        "payoffs": replace(plan, payoffs=np.array([np.nan, 1.0])),
        "floors": replace(plan, schedule=replace(plan.schedule, floors=plan.schedule.floors * np.nan)),
        "target": replace(plan, offers=(replace(plan.offers[0], target=np.nan),)),
    }[field]
    assert not judge(rules, other).certified


@pytest.mark.parametrize("seed", range(40))
def test_other_rules_do_not_fit_the_record(seed: int) -> None:
    """A record is judged by the rules that made it: another strategy, seed or patience does not explain it."""
    rules = replace(random_rules(seed, 2, (TimeDependent(0.5), RandomAsks())), breakdown=0.0, deadline=20)
    plan = solve(rules)
    if len(plan.offers) < 3:
        return
    for other in (
        replace(rules, strategies=(TimeDependent(0.6), RandomAsks())),
        replace(rules, seed=rules.seed + 1),
        replace(rules, order=rules.order[::-1]),
        replace(rules, deadline=19),
    ):
        assert not judge(other, plan).certified
    if plan.agreed is not None:
        assert not judge(replace(rules, patience=rules.patience * 0.99), plan).certified


def test_the_judge_shares_no_code_with_the_simulator() -> None:
    tree = ast.parse(Path(getfile(judge)).read_text(encoding="utf-8"))
    named = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    named |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    ours = {name for name in named if name and name.split(".")[0] in ("bargain", "numpy")} | {"numpy"}
    assert {str(name) for name in ours if not str(name).startswith("numpy.")} <= ALLOWED
