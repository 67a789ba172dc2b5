"""The judge is put before plans in which something is wrong, every number in both directions."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import bargain
from bargain.protocols.joint_offer.judge import judge
from bargain.protocols.joint_offer.plan import Known, Plan
from bargain.protocols.joint_offer.rules import CounterDemand, JointOffer
from bargain.protocols.joint_offer.solver import solve
from lanes import one_in
from protocols.joint_offer.draws import problem

RULES = JointOffer(
    [[9, 8], [2, 3], [3, 2], [0, 0], [4, 9], [5, 4]],
    [[5, 0, 0], [1, 8, 0], [0, 0, 9], [9, 9, 9], [6, 1, 1], [4, 7, 2]],
    [0.5, 0.3, 0.2],
    [1, 1],
    [1, 1, 1],
    counter=CounterDemand(breakdown=0.25, patience=(0.9, 0.8, 0.7), members=(0.8, 0.7)),
)
ARRAYS = ("waiting", "expected", "disagreement", "payoffs", "outsider_payoffs", "refused")
CHOICES = ("nash", "asymmetric_nash", "kalai_smorodinsky", "egalitarian", "proportional", "utilitarian", "equal_loss")


def assert_caught(rules: JointOffer, plan: Plan, **changes: object) -> None:
    judgement = judge(rules, replace(plan, **changes))
    assert not judgement.certified, changes
    assert judgement.where


def test_the_plan_itself_is_certified() -> None:
    plan = solve(RULES)
    judgement = judge(RULES, plan)
    assert judgement.certified
    assert judgement.checked > 100
    assert plan.refused is not None
    assert len(plan.demanded) > 1


@pytest.mark.parametrize("step", [-1e-6, 1e-6])
@pytest.mark.parametrize("name", ARRAYS)
def test_every_number_of_every_array(name: str, step: float) -> None:
    plan = solve(RULES)
    values = getattr(plan, name)
    for place in np.ndindex(values.shape):
        wrong = values.copy()
        wrong[place] += step
        assert_caught(RULES, plan, **{name: wrong})


@pytest.mark.parametrize("step", [-1e-6, 1e-6])
@pytest.mark.parametrize("name", ["now", "later", "least_gain"])
def test_every_single_number(name: str, step: float) -> None:
    plan = solve(RULES)
    assert_caught(RULES, plan, **{name: getattr(plan, name) + step})


@pytest.mark.parametrize("name", ["accepts", "signed"])
def test_every_answer(name: str) -> None:
    plan = solve(RULES)
    answers = getattr(plan, name)
    for place in np.ndindex(answers.shape):
        wrong = answers.copy()
        wrong[place] = not wrong[place]
        assert_caught(RULES, plan, **{name: wrong})


def test_every_demand() -> None:
    plan = solve(RULES)
    for kind, demand in enumerate(plan.demands):
        for other in (None, *range(len(RULES.payoffs))):
            if other != demand:
                wrong = (*plan.demands[:kind], other, *plan.demands[kind + 1 :])
                assert_caught(RULES, plan, demands=wrong)


def test_every_other_offer() -> None:
    """Payoffs, chances and beliefs are made to fit, so that only the choice itself is wrong."""
    plan = solve(RULES)
    for offer in range(len(RULES.payoffs)):
        if offer != plan.offer:
            assert_caught(RULES, plan, **fitting(RULES, plan, offer))
    assert_caught(RULES, plan, offer=None, status="no_agreement", payoffs=plan.disagreement)


def fitting(rules: JointOffer, plan: Plan, offer: int) -> dict[str, object]:
    """What follows from another offer."""
    refusing = rules.chances * ~plan.accepts[offer]
    total = refusing.sum()
    demanded = {}
    for demand in {d for d, mass in zip(plan.demands, refusing, strict=True) if mass and d is not None}:
        same = refusing * [d == demand for d in plan.demands]
        demanded[demand] = same / same.sum()
    late = sum(mass for d, mass in zip(plan.demands, refusing, strict=True) if d is not None)
    return {
        "offer": offer,
        "payoffs": plan.expected[offer],
        "outsider_payoffs": np.where(plan.accepts[offer], rules.outsider[offer], plan.waiting),
        "refused": refusing / total if total else None,
        "demanded": demanded,
        "now": float(rules.chances[plan.accepts[offer]].sum()),
        "later": float(rules.going_on * late),
    }


@pytest.mark.parametrize("concept", one_in(3, CHOICES))
def test_no_other_offer_than_those_that_tie_passes(concept: str) -> None:
    """On random problems: exactly the ties pass, so that the judge is neither blind nor wrong about the objective."""
    tried = 0
    for seed in range(7):
        rules = problem(seed, [concept])
        plan = solve(rules)
        for offer in range(len(rules.payoffs)):
            if plan.offer is None or not plan.expected[offer].size:
                continue
            tied = {plan.offer, *plan.ties}
            changed = replace(plan, **fitting(rules, plan, offer), ties=tuple(tied - {offer}))
            if offer in tied:
                assert judge(rules, changed).certified
            else:
                tried += 1
                assert not judge(rules, replace(changed, ties=())).certified, (seed, offer)
    assert tried > 5


def test_wrong_ties() -> None:
    plan = solve(RULES)
    for other in range(len(RULES.payoffs)):
        if other != plan.offer:
            assert_caught(RULES, plan, ties=(other,))


def test_beliefs_after_demands() -> None:
    plan = solve(RULES)
    for demand, belief in plan.demanded.items():
        without = {other: value for other, value in plan.demanded.items() if other != demand}
        assert_caught(RULES, plan, demanded=without)
        for place in range(len(belief)):
            for step in (-1e-6, 1e-6):
                wrong = belief.copy()
                wrong[place] += step
                assert_caught(RULES, plan, demanded={**without, demand: wrong})
    assert_caught(RULES, plan, refused=None)


@pytest.mark.parametrize("name", ["informed", "together"])
def test_what_if(name: str) -> None:
    plan = solve(RULES)
    for kind, known in enumerate(getattr(plan, name)):
        others = getattr(plan, name)
        for offer in range(len(RULES.payoffs)):
            if offer != known.offer and (RULES.payoffs[offer] != RULES.payoffs[known.offer]).any():
                wrong = Known(offer, RULES.payoffs[offer])
                assert_caught(RULES, plan, **{name: (*others[:kind], wrong, *others[kind + 1 :])})
        for step in (-1e-6, 1e-6):
            wrong = Known(known.offer, known.payoffs + [step, 0])
            assert_caught(RULES, plan, **{name: (*others[:kind], wrong, *others[kind + 1 :])})


def test_the_offer_that_comes_closest() -> None:
    plan = solve(RULES)
    gains = (plan.expected - plan.disagreement).min(axis=1)
    for other in range(len(RULES.payoffs)):
        if gains[other] < gains[plan.closest]:
            assert_caught(RULES, plan, closest=other)
    for binding in ((), (0, 1), (1 - plan.binding[0],)):
        assert_caught(RULES, plan, binding=binding)


def test_what_members_propose_alone() -> None:
    plan = solve(RULES)
    for member, offer in enumerate(plan.alone):
        for other in range(len(RULES.payoffs)):
            if plan.expected[other, member] < plan.expected[offer, member]:
                wrong = (*plan.alone[:member], other, *plan.alone[member + 1 :])
                assert_caught(RULES, plan, alone=wrong)


def test_an_agreement_where_there_is_none() -> None:
    rules = JointOffer([[3, 1], [1, 3], [5, 5]], [[1], [1], [0]], [1], [2, 2], [1])
    plan = solve(rules)
    for offer in range(3):
        assert_caught(rules, plan, status="agreement", **fitting(rules, plan, offer))


def test_judge_and_terms_share_nothing_with_the_solver() -> None:
    folder = Path(bargain.__file__).parent / "protocols" / "joint_offer"
    allowed = {"rules", "plan", "concept_terms"}
    for name in ("judge", "concept_terms", "plan"):
        tree = ast.parse((folder / f"{name}.py").read_text(encoding="utf-8"))
        modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        own = [module for module in modules if module.startswith("bargain")]
        assert {module.removeprefix("bargain.protocols.joint_offer.") for module in own} <= allowed | {
            "bargain.protocols.judging"
        }
