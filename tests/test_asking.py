"""Nonsense asked of the Python interface is refused with a sentence, the nearest right name, and all at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import bargain
from bargain.errors import UsageError

SALE = bargain.parse("""
bargain: 1
title: A sale
players: {ann: {}, ben: {}}
issues:
  plan: {options: {north: North, south: South, "2030": In 2030}}
  price: {range: [0, 10], unit: EUR}
  size: {range: [1, 9], step: 2}
  pie: {division: [ann, ben]}
utilities:
  ann: {plan: {values: {north: 1, south: 0, "2030": 0}}, price: {shape: linear, worst: 10, best: 0},
        size: {shape: linear, worst: 1, best: 9}, pie: {shape: linear, worst: 0, best: 1}}
  ben: {plan: {values: {north: 0, south: 1, "2030": 0}}, price: {shape: linear, worst: 0, best: 10},
        size: {shape: linear, worst: 9, best: 1}, pie: {shape: linear, worst: 0, best: 1}}
disagreement: {payoffs: {ann: 0, ben: 0}}
""")
SOUND: dict[str, Any] = {"plan": "north", "price": 4, "size": 3, "pie": {"ann": 0.25, "ben": 0.75}}


def refusal(function: Any, *arguments: Any, **more: Any) -> str:
    """What the refusal says."""
    with pytest.raises(UsageError) as refused:
        function(*arguments, **more)
    return str(refused.value)


def test_a_regime_is_one_of_two_words() -> None:
    for ask in (
        lambda: bargain.solve(SALE, bargain.nash, "lottery"),  # type: ignore[arg-type]
        lambda: bargain.compare(SALE, regime="lottery"),  # type: ignore[arg-type]
        lambda: bargain.sweep(SALE, {"players.ann.power": [1]}, regime="lottery"),  # type: ignore[arg-type]
    ):
        assert refusal(ask) == "there is no regime 'lottery'; did you mean 'lotteries'?"
    assert "the regimes are pure, lotteries" in refusal(bargain.solve, SALE, bargain.nash, "x")
    assert "the regimes are pure, lotteries" in refusal(bargain.solve, SALE, bargain.nash, None)


def test_a_concept_is_an_object() -> None:
    assert refusal(bargain.solve, SALE, "nash") == "a concept is an object, not the text 'nash'; write bargain.nash"
    assert "did you mean 'kalai_smorodinsky'?" in refusal(bargain.solve, SALE, "kalai-smorodinski")
    assert "expected a concept, found 3" in refusal(bargain.solve, SALE, 3)
    assert "write bargain.leximin" in refusal(bargain.compare, SALE, [bargain.nash, "leximin"])
    assert "write bargain.leximin" in refusal(bargain.compare, SALE, "leximin")
    assert "put it in a list" in refusal(bargain.compare, SALE, bargain.nash)
    assert "write bargain.nash" in refusal(bargain.sweep, SALE, {"players.ann.power": [1]}, ["nash"])


def test_every_concept_of_the_catalogue_is_a_public_name() -> None:
    """The advice to write ``bargain.<name>`` has to be true."""
    for concept in bargain.CATALOGUE:
        assert getattr(bargain, concept.name) is concept


def test_a_scenario_is_read_first() -> None:
    assert refusal(bargain.solve, "berlin_2025", bargain.nash).endswith("write bargain.read(…) around it")
    assert refusal(bargain.compare, {"bargain": 1}).endswith("write bargain.parse(…) around it")
    assert "expected a scenario" in refusal(bargain.sweep, "berlin_2025", {"players.ann.power": [1]})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"prise": 3}, "there is no issue 'prise'; did you mean 'price'?"),
        ({"plan": "nrth"}, "there is no option of plan 'nrth'; did you mean 'north'?"),
        ({"plan": None}, "there is no option of plan 'None'; the options are north, south, 2030"),
        ({"plan": {"ann": 1}}, "plan is one choice, not shares; give one option"),
        ({"price": 11}, "price=11 lies outside 0 to 10"),
        ({"price": -0.1}, "price=-0.1 lies outside 0 to 10"),
        ({"price": "4"}, "price needs a number, not '4'"),
        ({"price": True}, "price needs a number, not 'True'"),
        ({"price": float("nan")}, "price needs a number, not 'nan'"),
        ({"price": {"ann": 1}}, "price is one choice, not shares; give one number"),
        ({"size": 4}, "size=4 lies between two steps; write 3 or 5"),
        ({"size": 10}, "size=10 lies outside 1 to 9"),
        ({"pie": 0.5}, "pie needs shares, not '0.5'; give each of ann, ben a number from 0 to 1"),
        ({"pie": {"ann": 0.5}}, "the shares of pie sum to 0.5, not 1; from 0 to 1 each"),
        ({"pie": {"ann": 1.5, "ben": -0.5}}, "the shares of pie sum to 1, not 1; from 0 to 1 each"),
        ({"pie": {"ann": "half", "ben": 0.5}}, "pie.ann needs a number, not 'half'"),
        ({"pie": {"anne": 1}}, "there is no share of pie for 'anne'; did you mean 'ann'?"),
    ],
)
def test_an_agreement_settles_every_issue_in_its_own_way(change: dict[str, Any], said: str) -> None:
    assert refusal(bargain.evaluate, SALE, SOUND | change) == f"this is no agreement: {said}"


def test_all_that_is_wrong_is_told_at_once() -> None:
    told = refusal(bargain.evaluate, SALE, {"prise": 3, "plan": "nrth", "pie": {"ann": 1, "ben": 1}})
    assert told.split("\n  ") == [
        "this is no agreement: there is no issue 'prise'; did you mean 'price'?",
        "there is no option of plan 'nrth'; did you mean 'north'?",
        "the shares of pie sum to 2, not 1; from 0 to 1 each",
        "missing: price (a number from 0 to 10), size (a number from 1 to 9 in steps of 2)",
    ]
    assert "expected an agreement" in refusal(bargain.evaluate, SALE, ["north", 4])


def test_a_sound_agreement_is_judged_as_it_stands() -> None:
    given = SOUND | {"plan": 2030, "price": np.float64(4), "size": np.int64(3), "pie": {"ben": 1}}
    verdict = bargain.evaluate(bargain.tabulate(SALE), given)
    assert verdict.agreement == {"plan": "2030", "price": 4, "size": 3, "pie": {"ann": 0, "ben": 1}}
    assert verdict.payoffs == pytest.approx({"ann": 0.6 + 0.25, "ben": 0.4 + 0.75 + 1})


@pytest.mark.parametrize("concept", bargain.CATALOGUE, ids=lambda concept: concept.name)
def test_what_solve_answers_evaluate_accepts(concept: bargain.concepts.Concept) -> None:
    solution = bargain.solve(SALE, concept)
    if solution.agreement is None:
        assert solution.status == "not_applicable"
        assert solution.reason
        return
    agreement = solution.agreement
    assert bargain.evaluate(SALE, agreement).rational


@pytest.mark.parametrize(
    ("knobs", "said"),
    [
        ([1, 2], "knobs are a map from paths to values"),
        ({"players.anne.power": [1]}, "there is no knob 'players.anne.power': no 'anne' under 'players'; did you mean"),
        ({"players.ann.power": [1], "disagreement.payofs.ben": [1]}, "did you mean 'payoffs'?"),
        ({"players.ann.power": []}, "players.ann.power has no value to try"),
        ({"players.ann.power": 2}, "the values of players.ann.power are no list; write [2]"),
        ({"players.ann.power": "12"}, "the values of players.ann.power are no list"),
        ({"players.ann.power": [1, float("inf")]}, "players.ann.power cannot be inf in a sweep; give finite numbers"),
        ({"players.ann.power": np.array([1, np.nan])}, "in a sweep; give finite numbers"),
        ({"players.ann.power": ["1"]}, "players.ann.power cannot be '1' in a sweep"),
        ({"players.ann.power": [True]}, "players.ann.power cannot be True in a sweep"),
        ({3: [1]}, "there is no knob '3'"),
    ],
)
def test_a_sweep_needs_paths_and_numbers(knobs: Any, said: str) -> None:
    assert said in refusal(bargain.sweep, SALE, knobs)


def test_a_table_of_payoffs_and_an_audit_need_the_right_things() -> None:
    with pytest.raises(UsageError, match="expected a scenario, found a str"):
        bargain.tabulate("berlin_2025")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="a concept is an object, not the text 'nash'"):
        bargain.audit(SALE, ["nash"])  # type: ignore[list-item]
    with pytest.raises(UsageError, match="no regime 'lottery'"):
        bargain.audit(SALE, regime="lottery")  # type: ignore[arg-type]
