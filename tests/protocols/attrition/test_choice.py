"""What rational players ask for: limits, a case by hand, and a judge that notices what is off."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import bargain
from bargain.errors import UsageError
from bargain.protocols.attrition import attrition
from bargain.protocols.attrition.choice import solve_choice
from bargain.protocols.attrition.choice_judge import contests_of, judge_choice
from bargain.protocols.attrition.rules import DemandChoice

TWO = DemandChoice(demands=((0.6, 0.8), (0.5, 0.7)), stubborn=((0.05, 0.05), (0.05, 0.05)), rates=(1, 1))
SOME_AGREE = DemandChoice(demands=((0.6,), (0.6,)), stubborn=((0.5,), (0.1,)), rates=(1, 1))
STEP = 1e-3


@pytest.mark.parametrize("rates", [(1.0, 1.0), (1.0, 3.0), (2.0, 1.0)])
def test_as_stubbornness_vanishes_shares_go_by_patience(rates: tuple[float, float]) -> None:
    """Abreu & Gul (2000), their theorem on vanishing stubbornness, as recalled: r_b/(r_a + r_b) and the rest."""
    share = rates[1] / sum(rates)
    demands = tuple(sorted({0.3, 0.5, 0.7, share, 1 - share}))
    tiny = (1e-60,) * len(demands)
    plan = solve_choice(DemandChoice((demands, demands), (tiny, tiny), rates))
    assert plan.payoffs == pytest.approx((share, 1 - share), abs=1e-4)


def test_one_type_each_by_hand() -> None:
    """Demands 0.6, stubborn 0.1 and 0.1, rates 1: e = 1, so the second replies until its reputation is the first's.

    The first always asks, z = 0.1, and the second always could reply, zeta = 0.1: nothing is gained by it, 0.4 each.
    """
    plan = solve_choice(DemandChoice(demands=((0.6,), (0.6,)), stubborn=((0.1,), (0.1,)), rates=(1, 1)))
    assert plan.asks == (1.0,)
    assert plan.replies[0] == pytest.approx((1.0,))
    assert plan.payoffs == pytest.approx((0.4, 0.4))


def test_a_known_first_is_agreed_with() -> None:
    """Stubborn chances 0.5 and 0.1: the second replies up to zeta = 0.5, which is (0.1/0.9)(2 - 1) = 1/9, else agrees.

    The first gets 0.6 from 0.9 * 8/9 = 0.8 who agree, and 0.4 from the rest: 0.56.
    """
    plan = solve_choice(SOME_AGREE)
    assert plan.replies[0][0] == pytest.approx(1 / 9, abs=1e-12)
    assert plan.agrees[0] == pytest.approx(8 / 9, abs=1e-12)
    assert plan.payoffs == pytest.approx((0.56, 0.4), abs=1e-12)


def test_what_fits_is_agreed_to() -> None:
    plan = solve_choice(DemandChoice(demands=((0.4,), (0.6,)), stubborn=((0.1,), (0.1,)), rates=(1, 1)))
    assert (plan.agrees, plan.replies, plan.contests) == ((1.0,), ((0.0,),), ((None,),))
    assert plan.payoffs == pytest.approx((0.4, 0.6))


@pytest.mark.parametrize("seed", range(60))
def test_random_choices_are_certified(seed: int) -> None:
    rng = np.random.default_rng(seed)
    sides = [np.sort(rng.uniform(0.05, 0.95, rng.integers(1, 4))) for _ in range(2)]
    names = [10.0 ** rng.uniform(-rng.choice([2, 8, 40]), -1, len(side)) for side in sides]
    rules = DemandChoice(
        (tuple(sides[0]), tuple(sides[1])), (tuple(names[0]), tuple(names[1])), tuple(rng.uniform(0.1, 3, 2))
    )
    judgement = attrition.judge(rules, attrition.solve(rules))
    assert judgement.certified, judgement


def moved(row: tuple[float, ...], place: int, by: float) -> tuple[float, ...]:
    """Chances with some of one moved to, or from, another."""
    other = (place + 1) % len(row)
    return tuple(x + by * ((k == place) - (k == other)) for k, x in enumerate(row))


@pytest.mark.parametrize("by", [STEP, -STEP])
def test_other_chances_leave_something_to_gain(by: float) -> None:
    """Other chances leave other reputations, so the contests that follow are not those of the plan any more."""
    plan = solve_choice(TWO)
    asks = replace(plan, asks=moved(plan.asks, 0, by))
    replies = replace(plan, replies=(moved(plan.replies[0], 0, by), plan.replies[1]))
    for other in (asks, replies):
        assert not attrition.judge(TWO, other).certified


@pytest.mark.parametrize("by", [STEP, -STEP])
def test_wrong_claims_and_contests_are_noticed(by: float) -> None:
    plan = solve_choice(TWO)
    first, second = plan.payoffs
    for payoffs in ((first + by, second), (first, second + by)):
        assert not judge_choice(TWO, replace(plan, payoffs=payoffs)).certified
    contest: Any = plan.contests[0][0]
    worse = replace(contest, payoffs=(contest.payoffs[0] + by, contest.payoffs[1]))
    other = replace(plan, contests=((worse, plan.contests[0][1]), plan.contests[1]))
    assert not attrition.judge(TWO, other).certified
    assert (
        judge_choice(TWO, replace(plan, contests=((None, plan.contests[0][1]), plan.contests[1]))).largest_gain
        == math.inf
    )


@pytest.mark.parametrize("by", [STEP, -STEP])
def test_solving_the_contests_anew_makes_a_gain_of_it(by: float) -> None:
    """With contests that fit the other chances, the judge of demands itself finds what can be gained."""
    from bargain.protocols.attrition.reputation import solve_reputation

    plan = solve_choice(TWO)
    other = replace(plan, asks=moved(plan.asks, 0, by))
    solved = [solve_reputation(rules) for rules, _ in contests_of(TWO, other)]
    other = replace(other, contests=((solved[0], solved[1]), (solved[2], solved[3])))
    assert "after a demand" in judge_choice(TWO, other).where


@pytest.mark.parametrize("by", [STEP, -STEP])
def test_some_agree_and_some_do_not(by: float) -> None:
    plan = solve_choice(SOME_AGREE)
    assert attrition.judge(SOME_AGREE, plan).certified
    off = replace(plan, agrees=(plan.agrees[0] + by,), replies=((plan.replies[0][0] - by,),))
    assert not attrition.judge(SOME_AGREE, off).certified
    assert not judge_choice(SOME_AGREE, replace(plan, agrees=(plan.agrees[0] + by,))).certified


FILE = """
bargain: 1
title: What to ask for
players: {a: {title: Ann}, b: {title: Bob}}
protocols:
  asking:
    model: attrition
    rates: {a: 1, b: 1}
    types:
      a: [{demand: 0.8, chance: 0.05}, {demand: 0.6, chance: 0.05}]
      b: [{demand: 0.5, chance: 0.05}, {demand: 0.7, chance: 0.05}]
"""


def test_a_file_is_played_and_told() -> None:
    found = bargain.play(bargain.parse(FILE))
    assert found.payoffs == pytest.approx(dict(zip("ab", solve_choice(TWO).payoffs, strict=True)))
    assert found.status == "uncertain"
    assert found.measures["conflict"] == pytest.approx(0.01)
    document = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert [row["demand"] for row in document["tables"]["demands"]] == [0.6, 0.8]
    assert len(document["tables"]["replies"]) == 4
    other = bargain.play(bargain.parse(FILE + "    first: b\n"))
    assert list(other.payoffs) == ["b", "a"]
    lines = {line.get_gid(): line for line in bargain.plot_play(found).get_lines()}
    assert list(lines["asks a"].get_ydata()) == pytest.approx([row["chance"] for row in document["tables"]["demands"]])
    assert sum(lines["asks b"].get_ydata()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("demands: {a: 0.6, b: 0.7}", "`demands` says again what `types` does"),
        ("prizes: {a: 1, b: 1}", "different games"),
        ("first: a\n    insists: {a: {}, b: {}}", "insists"),
    ],
)
def test_what_does_not_go_together_is_named(line: str, words: str) -> None:
    with pytest.raises((UsageError, bargain.ScenarioError), match=words):
        bargain.play(bargain.parse(FILE + f"    {line}\n"))


@pytest.mark.parametrize(
    "changes",
    [
        {"demands": ((0.6, 0.5), (0.5, 0.7))},
        {"demands": ((0.6,), (0.5, 0.7))},
        {"demands": ((0.6, 1.0), (0.5, 0.7))},
        {"stubborn": ((0.5, 0.5), (0.1, 0.1))},
        {"stubborn": ((0.0, 0.5), (0.1, 0.1))},
        {"rates": (0, 1)},
    ],
)
def test_choices_that_are_none(changes: dict[str, Any]) -> None:
    given = {"demands": TWO.demands, "stubborn": TWO.stubborn, "rates": TWO.rates}
    with pytest.raises(UsageError):
        DemandChoice(**(given | changes))
