"""The judge of alternating offers, before wrong plans: every number changed both ways, and every choice turned."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import bargain
from bargain.errors import NotConverged
from bargain.files.read import parse
from bargain.protocols.alternating_offers import AlternatingOffers, Plan, Points, Polyline, judge, pie, solve
from bargain.protocols.alternating_offers.asking import Asked
from lanes import one_in

KINKED = Polyline(np.array([[10.0, 0], [6, 8], [0, 10]]))
CURVE = np.linspace(0, 1, 101)
LISTED = Points(np.c_[CURVE, np.sqrt(1 - CURVE**2)])
GAMES = {
    "patience": AlternatingOffers(patience=(0.9, 0.8)),
    "the second begins": AlternatingOffers(patience=(0.9, 0.8), first="two"),
    "breakdown": AlternatingOffers(breakdown=0.1, broken=(0.2, 0.1)),
    "outside": AlternatingOffers(patience=(0.9, 0.9), outside=(0.1, 0.6)),
    "inside": AlternatingOffers(patience=(0.9, 0.8), inside=(0.3, 0.1)),
    "equal costs": AlternatingOffers(costs=(0.2, 0.2)),
    "roots": AlternatingOffers(pie(2.0, (0.5, 0.7)), (0.9, 0.8), disagreement=(0.1, 0.2)),
    "kinked": AlternatingOffers(KINKED, (0.8, 0.9), breakdown=0.05, broken=(1.0, 2.0), outside=(2.0, 3.0)),
    "few rounds": AlternatingOffers(KINKED, (0.8, 0.9), horizon=4),
}
STEPS = (1e-6, -1e-6, 0.03, -0.03)


def changed(plan: Plan, name: str, place: tuple[int, ...], value: object) -> Plan:
    """The plan with one entry of one array replaced."""
    array = getattr(plan, name).copy()
    array[place] = value
    return replace(plan, **{name: array})


def perturbed(plan: Plan) -> Iterator[tuple[str, Plan]]:
    """Every number of the plan a little, and less little, up and down."""
    for name in ("offers", "values", "floors"):
        array = getattr(plan, name)
        for place in np.ndindex(array.shape):
            for step in STEPS:
                yield f"{name}{place} {step:+}", changed(plan, name, place, array[place] + step)


@pytest.mark.parametrize("game", one_in(2, GAMES))
def test_every_number_changed_is_noticed(game: str) -> None:
    rules = GAMES[game]
    plan = solve(rules)
    assert judge(rules, plan).certified
    last = -1 if rules.horizon else None
    for what, wrong in perturbed(plan):
        found = judge(rules, wrong)
        # The last responder accepts anything: a floor below what can be offered is the same strategy.
        harmless = last is not None and what.startswith(f"floors({len(plan.floors) - 1},) -")
        assert found.certified == harmless, (what, found)


@pytest.mark.parametrize("game", GAMES)
def test_every_choice_turned_is_noticed(game: str) -> None:
    rules = GAMES[game]
    plan = solve(rules)
    for state in range(len(plan.proposer)):
        for name, value in (
            ("agreed", not plan.agreed[state]),
            ("leaves", not plan.leaves[state]),
            ("proposer", 1 - plan.proposer[state]),
            ("following", state),
        ):
            assert not judge(rules, changed(plan, name, (state,), value)).certified, (name, state)


def test_a_gain_is_as_large_as_it_is() -> None:
    """Own derivation: d = 1/2, x = 2/3. Who asks for 0.6 only, and is believed, could have had 2/3."""
    rules = AlternatingOffers(patience=(0.5, 0.5))
    plan = solve(rules)
    modest = changed(changed(plan, "offers", (0,), [0.6, 0.4]), "values", (0,), [0.6, 0.4])
    found = judge(rules, modest)
    assert found.largest_gain == pytest.approx(2 / 3 - 0.6, abs=1e-12)
    assert found.where == "one could make another offer in round 1"
    # Who insists on 0.4 refuses what beats waiting: up to 0.4 - 1/3.
    stubborn = changed(plan, "floors", (0,), 0.4)
    assert judge(rules, stubborn).largest_gain == pytest.approx(0.4 - 1 / 3, abs=1e-12)


@pytest.mark.parametrize("horizon", [None, 7])
def test_the_next_offer_of_a_list_is_noticed(horizon: int | None) -> None:
    rules = AlternatingOffers(LISTED, (0.9, 0.8), horizon=horizon)
    plan = solve(rules)
    assert judge(rules, plan).certified
    frontier = LISTED.frontier
    for state in range(len(plan.proposer)):
        place = int(np.abs(frontier - plan.offers[state]).sum(axis=1).argmin())
        for other in {max(place - 1, 0), min(place + 1, len(frontier) - 1)} - {place}:
            wrong = changed(changed(plan, "offers", (state,), frontier[other]), "values", (state,), frontier[other])
            assert not judge(rules, wrong).certified
            between = changed(plan, "offers", (state,), (frontier[other] + frontier[place]) / 2)
            assert not judge(rules, between).certified
        responder = 1 - int(plan.proposer[state])
        for step in (-0.05, 0.05):
            if 0 < plan.floors[state] + step < 1:
                wrong = changed(plan, "floors", (state,), plan.floors[state] + step)
                assert not judge(rules, wrong).certified, (state, responder, step)


def test_a_delay_where_something_is_acceptable_is_noticed() -> None:
    rules = AlternatingOffers(Points(np.array([[5.0, 1.0], [1.0, 5.0]])), (0.9, 0.9), horizon=2)
    plan = solve(rules)
    delay = changed(changed(plan, "agreed", (0,), False), "values", (0,), [0.9, 4.5])
    assert judge(rules, plan).certified
    assert judge(rules, delay).largest_gain == pytest.approx(0.1)


def test_haggling_for_ever_where_there_is_a_deal_is_noticed() -> None:
    rules = AlternatingOffers(patience=(0.9, 0.9))
    plan = solve(rules)
    never = replace(plan, agreed=np.array([False, False]), values=np.zeros((2, 2)), floors=np.array([2.0, 2.0]))
    assert judge(rules, never).largest_gain == pytest.approx(1.0)
    free = AlternatingOffers(costs=(0.1, 0.1))
    assert judge(free, never).largest_gain == np.inf


def test_splitting_the_difference_is_noticed() -> None:
    """An outside option below the Rubinstein share is no disagreement point: 0.4 + (1 - 0.4) / 1.9 is too much."""
    rules = AlternatingOffers(patience=(0.9, 0.9), outside=(None, 0.4))
    second = 0.4 + 0.6 * 0.9 / 1.9
    wrong = replace(solve(rules), floors=np.array([second, 0.0]), offers=np.array([[1 - second, second], [0.0, 1.0]]))
    wrong = replace(wrong, values=wrong.offers)
    assert not judge(rules, wrong).certified


@pytest.mark.parametrize("regime", ["pure", pytest.param("lotteries", marks=pytest.mark.slow)])
def test_terms_that_are_asked_for_are_judged_too(regime: str) -> None:
    """On a curve of a scenario: changes that are larger than what is known of it."""
    scenario = parse(f"""
bargain: 1
title: A pie on the table
players: {{ann: {{patience: 0.9}}, bob: {{patience: 0.8}}}}
issues: {{pie: {{division: [ann, bob]}}}}
utilities:
  ann: {{pie: {{shape: power, worst: 0, best: 1, exponent: 0.5}}}}
  bob: {{pie: {{shape: linear, worst: 0, best: 1}}}}
disagreement: {{payoffs: {{ann: 0, bob: 0}}}}
protocols: {{talks: {{model: alternating_offers, regime: {regime}}}}}
""")
    rules = bargain.PROTOCOLS[0].fill(scenario, scenario.protocols["talks"]).rules
    plan = solve(rules)
    assert judge(rules, plan).certified
    for what, wrong in perturbed(plan):
        if "1e-06" not in what:
            assert not judge(rules, wrong).certified, what


TOLL = """
bargain: 1
title: A toll
players: {ann: {patience: 0.9}, bob: {patience: 0.8}}
issues: {toll: {range: [0, 1]}}
utilities:
  ann: {toll: {weight: 3, shape: power, exponent: 0.5, worst: 0, best: 1}}
  bob: {toll: {weight: 2, shape: linear, worst: 1, best: 0}}
disagreement: {payoffs: {ann: 0, bob: 0}}
protocols: {talks: {model: alternating_offers}}
"""


@pytest.mark.parametrize("part", [0.5, 1.001])
def test_a_search_that_answers_wrongly_is_noticed(part: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Solver and judge ask the same search: less than what is listed is seen by the judge, more by what it pays."""
    ask = Asked._ask

    def wrong(self: Asked, player: int, standing: np.ndarray) -> tuple[float, float]:
        found = ask(self, player, standing)
        said = (part * found[0], part * found[1])
        self.places[said] = self.places[found]
        return said

    scenario = parse(TOLL)
    assert bargain.play(scenario, "talks").status == "agreement"
    monkeypatch.setattr(Asked, "_ask", wrong)
    with pytest.raises(NotConverged):
        bargain.play(scenario, "talks")


def test_the_judge_shares_no_code_with_the_solver() -> None:
    folder = Path(bargain.__file__).parent / "protocols" / "alternating_offers"
    tree = ast.parse((folder / "judge.py").read_text("utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    allowed = {"rules", "plan", "terms"}
    assert modules - {f"bargain.protocols.alternating_offers.{name}" for name in allowed} == {
        "__future__",
        "numpy.typing",
        "bargain.protocols.judging",
    }


def test_offers_beyond_the_terms_are_noticed() -> None:
    """The plan for a larger pie contradicts nothing but the size of the pie."""
    for exponents in ((1.0, 1.0), (0.5, 0.7)):
        larger = solve(AlternatingOffers(pie(1.1, exponents), (0.9, 0.8)))
        assert not judge(AlternatingOffers(pie(1.0, exponents), (0.9, 0.8)), larger).certified
