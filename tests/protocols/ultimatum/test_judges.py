"""The judges certify what the solvers find, and notice every number of a plan that is changed."""

from __future__ import annotations

import ast
from dataclasses import replace
from itertools import product
from math import inf
from pathlib import Path

import numpy as np
import pytest

from bargain.protocols.ultimatum.cost_judge import judge_cost
from bargain.protocols.ultimatum.judge import judge
from bargain.protocols.ultimatum.once import offer_once
from bargain.protocols.ultimatum.pie import over_a_pie
from bargain.protocols.ultimatum.plan import Cutoffs, Steps, TwoOffers
from bargain.protocols.ultimatum.rules import PrivateCost, Ultimatum
from bargain.protocols.ultimatum.twice import offer_twice
from bargain.protocols.ultimatum.uniform import demand

FOLDER = Path(__file__).parents[3] / "src" / "bargain" / "protocols"
ALLOWED = {"ultimatum.rules", "ultimatum.plan", "judging"}


def any_rules(seed: int, *, rounds: int) -> Ultimatum:
    rng = np.random.default_rng(seed)
    kinds, offers = int(rng.integers(1, 6)), int(rng.integers(3, 25))
    refusal = rng.random(kinds) * 0.4 if seed % 2 else np.full(kinds, rng.random() * 0.4)
    payoffs, floors = rng.random((offers, kinds)), rng.random(kinds) * 0.6
    factors = (float(rng.random()), float(rng.random()))
    return Ultimatum(rng.random(offers), payoffs, rng.dirichlet(np.ones(kinds)), refusal, floors, rounds, factors)


@pytest.mark.parametrize("name", ["judge.py", "cost_judge.py"])
def test_judges_share_no_code_with_solvers(name: str) -> None:
    tree = ast.parse((FOLDER / "ultimatum" / name).read_text(encoding="utf-8"))
    modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    ours = {module.removeprefix("bargain.protocols.") for module in modules if module.startswith("bargain")}
    assert ours <= ALLOWED
    assert {module for module in modules | plain if "bargain" not in module} <= {
        "__future__",
        "numpy",
        "numpy.typing",
        "itertools",
        "collections.abc",
    }


@pytest.mark.parametrize("seed", range(100))
def test_whatever_is_solved_is_certified(seed: int) -> None:
    rules = any_rules(seed, rounds=2)
    assert judge(rules, offer_once(rules)).certified
    assert judge(rules, offer_twice(rules)).certified


def test_every_other_offer_and_answer_is_noticed() -> None:
    rules = any_rules(3, rounds=1)
    plan = offer_once(rules)
    for offer in set(range(len(rules.proposer))) - {plan.offer}:
        assert not judge(rules, replace(plan, offer=offer, ties=(offer,))).certified
        assert not judge(rules, replace(plan, ties=(plan.offer, offer))).certified
    for place in np.ndindex(plan.accepts.shape):
        wrong = plan.accepts.copy()
        wrong[place] = not wrong[place]
        verdict = judge(rules, replace(plan, accepts=wrong))
        assert not verdict.certified
        assert verdict.largest_gain == pytest.approx(abs(rules.rents[place]) / verdict.scale * verdict.scale)
        assert verdict.where == f"type {place[1]}, in its last answer to offer {place[0]}"


def two_values() -> tuple[Ultimatum, TwoOffers]:
    """A sale in which the first price is accepted in part and the second is drawn by lot at some first prices."""
    values, prices = np.array([1.0, 2.0]), np.linspace(0.55, 2.0, 30)
    rules = Ultimatum(prices, values - prices[:, None], [0.2, 0.8], [0, 0], [0, 0], 2, (0.6, 0.6))
    return rules, offer_twice(rules)


@pytest.mark.parametrize("step", [-1e-4, 1e-4])
@pytest.mark.parametrize("name", ["accepts", "beliefs", "weights", "worth"])
def test_every_number_of_two_offers_is_noticed(name: str, step: float) -> None:
    rules, plan = two_values()
    mixed = (plan.accepts > 0) & (plan.accepts < 1)
    assert mixed.any(axis=1).sum() >= 10, "there are first prices at which a type mixes"
    numbers = getattr(plan, name)
    for place in np.ndindex(numbers.shape):
        wrong = numbers.copy()
        wrong[place] += step
        assert not judge(rules, replace(plan, **{name: wrong})).certified, (name, place)


def restated(rules: Ultimatum, plan: TwoOffers) -> TwoOffers:
    """The plan with what its first offers are worth by its own account (refusal pays the proposer 0 here)."""
    made, kept = plan.accepts * rules.chances, (1 - plan.accepts) * rules.chances
    later = rules.proposer[plan.replies] * np.einsum("kwt,kt->kw", plan.accepts_last[plan.replies], kept)
    worth = rules.proposer * made.sum(axis=1) + rules.patience[0] * (plan.weights * later).sum(axis=1)
    return replace(plan, worth=worth)


@pytest.mark.parametrize("step", [-1e-4, 1e-4])
def test_consistent_changes_are_noticed(step: float) -> None:
    """A type that mixes otherwise, with beliefs that follow; a mixture of replies that still sums to 1."""
    rules, plan = two_values()
    drawn = ((plan.weights > 0.01) & (plan.weights < 0.99)).all(axis=1)
    for offer in np.flatnonzero(drawn).tolist():
        accepts, beliefs, weights = plan.accepts.copy(), plan.beliefs.copy(), plan.weights.copy()
        accepts[offer, 1] += step
        refused = rules.chances * (1 - accepts[offer])
        beliefs[offer] = refused / refused.sum()
        verdict = judge(rules, restated(rules, replace(plan, accepts=accepts, beliefs=beliefs)))
        assert not verdict.certified
        assert "after a refusal" in verdict.where
        weights[offer] += [step, -step]
        verdict = judge(rules, restated(rules, replace(plan, weights=weights)))
        assert not verdict.certified
        assert verdict.where == f"type 1, in its answer to the first offer {offer}"


def test_other_offers_replies_and_last_answers_are_noticed() -> None:
    rules, plan = two_values()
    for offer in set(range(len(rules.proposer))) - set(plan.ties):
        assert not judge(rules, replace(plan, offer=offer, ties=(offer,))).certified
    for offer in range(len(rules.proposer)):
        for other in range(0, len(rules.proposer), 7):
            if other not in plan.replies[offer]:
                wrong = plan.replies.copy()
                wrong[offer] = other
                assert not judge(rules, replace(plan, replies=wrong)).certified
    for place in np.argwhere(np.abs(rules.rents) > 1e-6).tolist():
        last = plan.accepts_last.copy()
        last[tuple(place)] = not last[tuple(place)]
        assert not judge(rules, replace(plan, accepts_last=last)).certified
    assert not judge(rules, replace(plan, surprise=~plan.surprise)).certified


def any_pie(seed: int) -> PrivateCost:
    rng = np.random.default_rng(seed)
    factors = (float(rng.random()), float(rng.random()))
    low = float(rng.choice([0, rng.random() * 0.3]))
    high = low + float(rng.random()) * 0.5 + 0.01
    win, own, held = rng.random() * 0.9, rng.random() * 0.3, rng.random() * 0.1
    if seed % 4 == 0:
        return PrivateCost(0, 0, 0, high, pie=2, rounds=inf, patience=factors[:1] * 2)
    return PrivateCost(float(win), float(own), low, high, 1.0, float(held), 1 + seed % 2, factors)


@pytest.mark.parametrize("seed", range(100))
def test_demands_to_a_private_cost_are_certified(seed: int) -> None:
    rules = any_pie(seed)
    assert judge_cost(rules, demand(rules)).certified


@pytest.mark.parametrize(
    ("win", "high", "mine", "theirs"),
    [(0.8, 0.7, 0.5, 0.9), (0.7, 1.0, 0.5, 0.9), (0.55, 1.0, 0.9, 0.9), (0.65, 0.7, 0.5, 0.9), (0.65, 1.0, 0.5, 0.5)],
)
def test_a_first_demand_at_the_ceiling_can_be_made(win: float, high: float, mine: float, theirs: float) -> None:
    """It is solved for, and rounding would have it a hair above what may be asked for."""
    rules = PrivateCost(win, 0, 0, high, rounds=2, patience=(mine, theirs))
    plan = demand(rules)
    assert isinstance(plan, Cutoffs)
    assert max(plan.first, *plan.demands) <= rules.ceiling
    assert judge_cost(rules, plan).certified


@pytest.mark.slow
def test_demands_near_the_ceiling_are_certified() -> None:
    shares = [step / 20 for step in range(1, 21)]
    for win, high, theirs, mine in product(shares[:-1], shares, (0.5, 0.8, 0.9), (0.5, 0.9)):
        rules = PrivateCost(win, 0, 0, high, rounds=2, patience=(mine, theirs))
        assert judge_cost(rules, demand(rules)).certified, rules


@pytest.mark.parametrize("step", [-1e-3, 1e-3])
@pytest.mark.parametrize(
    "rules",
    [
        PrivateCost(0.5, 0.1, 0, 0.3),
        PrivateCost(0.5, 0.05, 0.1, 0.4, rounds=2, patience=(0.8, 0.7)),
        PrivateCost(0, 0, 0, 1, rounds=2, patience=(0.9, 0.9)),
        PrivateCost(0, 0, 0, 1, rounds=inf, patience=(0.9, 0.9)),
    ],
)
def test_every_number_of_a_demand_is_noticed(rules: PrivateCost, step: float) -> None:
    plan = demand(rules)
    assert judge_cost(rules, plan).certified
    if isinstance(plan, Steps):
        for name in ("price", "reserve", "left"):
            assert not judge_cost(rules, replace(plan, **{name: getattr(plan, name) + step})).certified
        return
    assert not judge_cost(rules, replace(plan, first=plan.first + step)).certified
    for name in ("demands", "cutoffs", "replies"):
        numbers = getattr(plan, name)
        for place in range(len(numbers)):
            wrong = numbers.copy()
            wrong[place] += step
            assert not judge_cost(rules, replace(plan, **{name: wrong})).certified, (name, place)


def test_a_plan_that_cannot_be_played_is_no_plan() -> None:
    rules = PrivateCost(0.5, 0.1, 0, 0.3)
    knots = np.array([0.3, 0.0])
    assert not judge_cost(rules, Cutoffs(0.1, knots, knots, np.zeros(0))).certified
    assert not judge_cost(rules, Cutoffs(0.7, knots[::-1], knots[::-1], np.zeros(0))).certified


def test_pie_of_types_needs_no_other_demands() -> None:
    """With all demands of a fine grid added, no deviation pays: the short list had the best."""
    rng = np.random.default_rng(5)
    for _ in range(5):
        costs, chances = np.sort(rng.random(4)) * 0.4, rng.dirichlet(np.ones(4))
        short = over_a_pie(0.4, 0.1, costs, chances, rounds=2, patience=(0.8, 0.7))
        demands = np.union1d(short.proposer, np.linspace(0, 1, 400))
        fine = Ultimatum(
            demands, np.repeat(1 - demands[:, None], 4, 1), chances, short.refusal, short.floors, 2, (0.8, 0.7)
        )
        plan = offer_twice(fine)
        assert judge(fine, plan).certified
        best = offer_twice(short)
        assert fine.proposer[plan.offer] == pytest.approx(short.proposer[best.offer], abs=1e-9)
