"""From concept and scenario to a result: statuses, certificates, ties, lotteries, judging a proposal."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

import bargain
from bargain.concepts import CATALOGUE, Concept
from bargain.errors import NotConverged
from bargain.model.scenario import Scenario
from model.documents import HALF, PIE, SPLIT, menu, scenario, values
from oracles.scenarios import random_document, table_document

AGREED = [concept for concept in CATALOGUE if concept.over == "agreements"]
WALK = "raiffa_continuous"
"""Among three who draw lots every step of the path needs programmes."""
every_concept = pytest.mark.parametrize("concept", AGREED, ids=attrgetter("name"))
both_regimes = pytest.mark.parametrize("regime", ["pure", "lotteries"])
OWN_KEYS = {
    "nash": {"product_of_gains"},
    "asymmetric_nash": {"product_of_gains", "powers"},
    "kalai_smorodinsky": {"ratios", "ideal", "common_ratio", "ray_point"},
    "egalitarian": {"smallest_gain", "ray_point"},
    "proportional": {"gain_per_power", "smallest_gain_per_power", "powers", "ray_point"},
    "leximin": {"smallest_gain", "sorted_gains"},
    "utilitarian": {"sum_of_payoffs"},
    "relative_utilitarian": {"sum_of_ratios", "ratios", "ideal"},
    "equal_loss": {"losses", "largest_loss", "ideal", "ray_point"},
    "maschler_perles": {"half_lengths"},
    "raiffa_discrete": {"steps", "path"},
    "raiffa_continuous": {"limit", "turns"},
    "adjusted_winner": {"points", "points_in_total", "initially", "equally_weighed", "transfers"},
}
CONVEX = {"maschler_perles", "raiffa_discrete", "raiffa_continuous"}


def table(rows: Any, d: Any, **players: Any) -> Scenario:
    return Scenario.model_validate(table_document(rows, d, **players))


def plain(entry: Any) -> Iterator[Any]:
    """All values inside a document, which must be nothing but plain Python."""
    if isinstance(entry, Mapping):
        for key, value in entry.items():
            assert type(key) is str
            yield from plain(value)
    elif isinstance(entry, list | tuple):
        for value in entry:
            yield from plain(value)
    else:
        yield entry


# -- statuses and certificates ---------------------------------------------------------------------------------------


@every_concept
@pytest.mark.parametrize(
    ("method", "regime", "made"),
    [
        ("list", "pure", table([(4, 1), (2, 2), (1, 4)], (0, 0))),
        ("grid and polish", "pure", scenario(PIE, SPLIT)),
        ("polygon", "lotteries", table([(4, 1), (2, 2), (1, 4)], (0, 0))),
        ("prices", "lotteries", table([(4, 1, 0), (2, 2, 1), (1, 4, 0)], (0, 0, 0))),
    ],
)
def test_certificate_keys(concept: Concept, method: str, regime: Any, made: Scenario) -> None:
    solution = bargain.solve(made, concept, regime)
    for_two = concept.name in ("maschler_perles", "adjusted_winner") and len(made.signatories) > 2
    if for_two or (regime == "pure" and concept.name in CONVEX) or (concept.over == "items" and method == "list"):
        assert solution.status == "not_applicable"
        return
    certificate = dict(solution.certificate)
    if concept.over == "items":
        method = "transfers"
        assert certificate.pop("split") in made.issues
        assert sum(certificate.pop("split_shares").values()) == 1
    assert (certificate.pop("method"), certificate.pop("proof")) == (method, "exact")
    integrated = concept.name == "raiffa_continuous" and method == "prices"
    assert (certificate.pop("residual", None) is not None) == (method == "grid and polish" or integrated)
    tied = concept.name == "utilitarian" or (concept.name == "relative_utilitarian" and method != "prices")
    assert certificate.pop("continuum", False) == (tied and method != "list")
    assert (certificate.pop("gap", None) is not None) == (method == "prices")
    products = {"nash", "asymmetric_nash"}
    assert (certificate.pop("prices", None) is not None) == (method == "prices" and concept.name in products)
    assert set(certificate) == OWN_KEYS[concept.name] - ({"turns"} if integrated else set())
    for key in {"powers", "ratios", "ideal", "ray_point"} & set(certificate):
        assert set(certificate[key]) == set(made.signatories)


def test_a_certificate_can_be_checked_by_hand() -> None:
    made = table([(4, 1), (2, 2), (1, 4)], (1, 0), a={"power": 1}, b={"power": 3})
    answers = bargain.compare(made)
    for solution in (solution for solution in answers.solutions if solution.status == "agreement"):
        gains = [solution.payoffs["a"] - 1, solution.payoffs["b"]]
        assert list(solution.gains.values()) == gains
    assert answers["nash"].certificate["product_of_gains"] == 3
    assert answers["asymmetric_nash"].certificate["powers"] == {"a": 0.25, "b": 0.75}
    assert answers["utilitarian"].certificate["sum_of_payoffs"] == 5
    assert answers["kalai_smorodinsky"].certificate["ideal"] == answers.ideal == {"a": 4, "b": 4}


@every_concept
@both_regimes
def test_no_agreement(concept: Concept, regime: Any) -> None:
    made = table([(5, -1), (3, 3), (-2, 4)], (4, 4))
    solution = bargain.solve(made, concept, regime)
    assert (solution.status, solution.regime, solution.reason) == ("no_agreement", regime, None)
    assert solution.payoffs == solution.paper == {"a": 4, "b": 4}
    assert solution.gains == {"a": 0, "b": 0}
    assert (solution.agreement, solution.lottery, solution.ties, solution.tie_count) == (None, None, (), 0)
    certificate = dict(solution.certificate)
    assert certificate.pop("method") == ("list" if regime == "pure" else "polygon")
    assert certificate == {
        "largest_minimum_gain": -1,
        "binding": ["a", "b"],
        "closest_agreement": {"deal": "o2"},
        "closest_payoffs": {"a": 3, "b": 3},
        "lotteries_would_help": False,
    }


def test_whether_lotteries_would_help() -> None:
    def helps(rows: Any, d: Any) -> bool:
        return bool(bargain.solve(table(rows, d), bargain.nash).certificate["lotteries_would_help"])

    assert helps([(4, 0), (0, 4)], (2, 2))
    assert not helps([(4, 0), (0, 4)], (2, 2.001))
    assert helps([(3, 0, 0), (0, 3, 0), (0, 0, 3)], (1, 1, 1))
    assert not helps([(3, 0, 0), (0, 3, 0), (0, 0, 3)], (1, 1, 1.001))


def test_no_deal_under_lotteries_names_a_lottery_by_its_payoffs() -> None:
    certificate = bargain.solve(table([(4, 0), (0, 4)], (3, 3)), bargain.nash, "lotteries").certificate
    assert certificate["closest_agreement"] is None
    assert certificate["closest_payoffs"] == {"a": 2, "b": 2}
    assert certificate["largest_minimum_gain"] == -1


@every_concept
@both_regimes
def test_nothing_is_possible_at_all(concept: Concept, regime: Any) -> None:
    rules = [{"forbid": {"plan": "x"}}]
    made = scenario({"plan": menu("x")}, rules=rules, disagreement={"payoffs": {"ann": 1, "bob": 2}})
    solution = bargain.solve(made, concept, regime)
    assert (solution.status, solution.reason) == (
        "no_agreement",
        "the rules and red lines leave no possible agreement",
    )
    assert solution.payoffs == {"ann": 1, "bob": 2}
    assert solution.certificate == {"largest_minimum_gain": None, "binding": [], "lotteries_would_help": False}
    answers = bargain.compare(made, [concept], regime)
    assert (answers.frontier_size, answers.rational_size, answers.ideal) == (0, 0, None)
    verdict = bargain.evaluate(made, {"plan": "x"})
    assert (verdict.better, verdict.distance, verdict.refused_by) == (None, 0, ("ann", "bob"))
    assert verdict.obstacles == ('rule: not possible together: plan is "X"',)


@every_concept
def test_disagreement_that_is_efficient_is_signed(concept: Concept) -> None:
    solution = bargain.solve(table([(3, 0), (1, 1), (0, 3)], (1, 1)), concept)
    if concept.name in CONVEX or concept.over == "items":
        assert solution.status == "not_applicable"
        return
    assert (solution.status, solution.agreement) == ("agreement", {"deal": "o2"})


@pytest.mark.parametrize("concept", [c if c.name != WALK else pytest.param(c, marks=pytest.mark.slow) for c in AGREED])
def test_lotteries_among_three(concept: Concept) -> None:
    made = table([(3, 0, 0), (0, 3, 0), (0, 0, 3), (1.1, 1.1, 1.1), (1, 0.9, 0.9)], (0, 0, 0))
    solution = bargain.solve(made, concept, "lotteries")
    if concept.name in ("maschler_perles", "adjusted_winner"):
        assert solution.status == "not_applicable"
        return
    assert (solution.status, solution.agreement) == ("agreement", {"deal": "o4"})
    assert (solution.certificate["method"], solution.certificate["proof"]) == ("prices", "exact")
    assert solution.certificate["gap"] <= 1e-10
    answers = bargain.compare(made, [concept], "lotteries")
    assert (answers.frontier_size, answers.rational_size) == (4, 4)
    assert answers.ideal == pytest.approx({"a": 3, "b": 3, "c": 3})


def test_prices_support_the_product() -> None:
    """At prices power over gain the lottery is worth 1 more than disagreement, and no agreement more."""
    made = table([(4, 0, 0), (0, 2, 0), (0, 0, 1), (1, 0.4, 0.3)], (-1, 0, 0), a={}, b={"power": 2}, c={})
    solution = bargain.solve(made, bargain.asymmetric_nash, "lotteries")
    prices = solution.certificate["prices"]
    assert solution.lottery is not None
    worth = [
        sum(prices[player] * gain for player, gain in zip("abc", gains, strict=True))
        for gains in [(5, 0, 0), (1, 2, 0), (1, 0, 1), (2, 0.4, 0.3)]
    ]
    assert sum(prices[player] * solution.gains[player] for player in "abc") == pytest.approx(1)
    assert max(worth) == pytest.approx(1)
    assert {solution.lottery[k][1]["deal"] for k in range(len(solution.lottery))} <= {"o1", "o2", "o3"}


def test_ten_by_two_hundred_is_never_listed() -> None:
    """1e139 agreements: the answers come with prices, the frontier is said to be unlisted."""
    rng = Random(0)
    players, issues = [f"p{i}" for i in range(10)], [f"i{k}" for k in range(200)]
    options = {name: name for name in "abcde"}
    document = {
        "bargain": 1,
        "title": "Large",
        "players": {name: {} for name in players},
        "issues": {name: {"options": options} for name in issues},
        "utilities": {p: {k: {"values": {o: rng.randint(0, 9) for o in options}} for k in issues} for p in players},
        "disagreement": {"payoffs": dict.fromkeys(players, 900)},
    }
    answers = bargain.compare(Scenario.model_validate(document), [bargain.nash, bargain.egalitarian], "lotteries")
    assert (answers.frontier, answers.frontier_size, answers.rational_size) == (None, None, None)
    nash, equal = answers.solutions
    assert nash.certificate["gap"] <= 1e-10
    gains = sorted(equal.gains.values())
    assert gains[0] == pytest.approx(gains[-1], rel=1e-9)
    assert 100 < gains[0] < sum(nash.gains.values()) / 10
    assert 1 <= len(nash.lottery or ()) <= 10


@both_regimes
def test_those_who_do_not_sign_are_paid_and_not_asked(regime: Any) -> None:
    made = table([(4, 9, 0), (0, -9, 4)], (1, 0, 1), a={}, b={"signs": False}, c={})
    answers = bargain.compare(made, regime=regime)
    if regime == "pure":
        assert {solution.status for solution in answers.solutions} == {"no_agreement"}
    else:
        assert answers["nash"].payoffs == pytest.approx({"a": 2, "b": 0, "c": 2})
        assert answers["nash"].gains == pytest.approx({"a": 1, "b": 0, "c": 1})
    assert answers.frontier is not None
    assert answers.frontier.tolist() == [[4, 0], [0, 4]]


# -- ties and lotteries ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("issues", [3, 5])
def test_fifty_ties_are_listed_and_all_are_counted(issues: int) -> None:
    flat = {f"i{k}": menu("x", "y", "z") for k in range(issues)}
    worth = {p: dict.fromkeys(flat, values(x=1, y=1, z=1)) for p in ("ann", "bob")}
    solution = bargain.solve(scenario(flat, worth), bargain.nash)
    assert solution.agreement == dict.fromkeys(flat, "x")
    assert solution.tie_count == 3**issues - 1
    assert len(solution.ties) == min(50, 3**issues - 1)
    listed = [tuple(tie.agreement.values()) for tie in solution.ties]
    assert listed == sorted(set(listed))
    assert solution.ties[0].agreement == solution.agreement | {f"i{issues - 1}": "y"}
    assert all(tie.payoffs == solution.payoffs for tie in solution.ties)


def test_ties_may_pay_differently() -> None:
    solution = bargain.solve(table([(1, 4), (2, 2), (4, 1)], (0, 0)), bargain.nash)
    assert (solution.agreement, solution.tie_count) == ({"deal": "o1"}, 2)
    assert [tie.payoffs for tie in solution.ties] == [{"a": 2, "b": 2}, {"a": 4, "b": 1}]


def test_a_stretch_of_ties_says_so() -> None:
    solution = bargain.solve(scenario(PIE, SPLIT), bargain.utilitarian)
    assert solution.certificate["continuum"] is True
    shown = [solution.agreement, *(tie.agreement for tie in solution.ties)]
    assert [deal["pie"] for deal in shown if deal] == [{"ann": 0, "bob": 1}, {"ann": 1, "bob": 0}]


def test_a_stretch_of_ties_across_kinks_is_one() -> None:
    """Nobody minds the line between its kinks at 2, 5 and 8: one stretch from 2 to 8, not three."""
    line = {"points": [[0, 0], [2, 1], [5, 1], [8, 1], [10, 0]]}
    issues = {"pie": PIE["pie"], "line": {"range": [0, 10]}}
    document = scenario(issues, {player: worth | {"line": line} for player, worth in SPLIT.items()})
    for concept in (bargain.nash, bargain.egalitarian, bargain.kalai_smorodinsky):
        solution = bargain.solve(document, concept)
        assert solution.agreement is not None
        assert solution.certificate["continuum"] is True
        assert (solution.tie_count, solution.agreement["line"]) == (1, 2)
        assert solution.ties[0].agreement["line"] == 8


def test_a_lottery_pays_what_is_printed() -> None:
    solution = bargain.solve(table([(4, 0), (0, 4)], (1, 0)), bargain.nash, "lotteries")
    assert solution.agreement is None
    assert solution.lottery == (
        (pytest.approx(0.625), {"deal": "o1"}),
        (pytest.approx(0.375), {"deal": "o2"}),
    )
    assert solution.payoffs == pytest.approx({"a": 2.5, "b": 1.5})


def test_a_lottery_of_one_is_an_agreement() -> None:
    solution = bargain.solve(table([(4, 0), (3, 3), (0, 4)], (0, 0)), bargain.nash, "lotteries")
    assert solution.agreement == {"deal": "o2"}
    assert solution.lottery == ((1.0, {"deal": "o2"}),)


@every_concept
def test_a_sure_agreement_is_preferred_to_a_lottery_that_pays_the_same(concept: Concept) -> None:
    """On a straight pie the border mixes the two ends; a division pays the same for sure."""
    made = scenario(PIE, SPLIT, disagreement={"payoffs": {"ann": 0.1, "bob": 0.3}})
    solution = bargain.solve(made, concept, "lotteries")
    assert solution.lottery is not None
    assert len(solution.lottery) == 1
    assert solution.agreement is not None
    assert solution.payoffs == pytest.approx(solution.agreement["pie"])
    if concept.over == "items":
        assert solution.payoffs == pytest.approx({"ann": 0.5, "bob": 0.5})
    elif "utilitarian" not in concept.name:
        assert solution.payoffs == pytest.approx({"ann": 0.4, "bob": 0.6})


def test_convex_values_need_the_lottery() -> None:
    cube = {"pie": HALF | {"shape": "power", "exponent": 3}}
    solution = bargain.solve(scenario(PIE, {"ann": cube, "bob": cube}), bargain.nash, "lotteries")
    assert solution.lottery is not None
    assert [chance for chance, _ in solution.lottery] == pytest.approx([0.5, 0.5])
    assert solution.payoffs == pytest.approx({"ann": 0.5, "bob": 0.5})


# -- judging a proposal ----------------------------------------------------------------------------------------------

ROWS = {"poor": [1, 1], "fair": [3, 3], "ann": [5, 1], "bob": [0, 6], "gone": [9, 9]}
JUDGED = Scenario.model_validate(table_document(ROWS, (2, 2)) | {"rules": [{"forbid": {"deal": "gone"}}]})


def test_an_inefficient_proposal() -> None:
    verdict = bargain.evaluate(JUDGED, {"deal": "poor"})
    assert (verdict.payoffs, verdict.gains) == ({"a": 1, "b": 1}, {"a": -1, "b": -1})
    assert verdict.refused_by == ("a", "b")
    assert (verdict.possible, verdict.rational) == (True, False)
    assert verdict.distance == 2
    assert verdict.better is not None
    assert (verdict.better.concept, verdict.better.agreement) == ("improvement", {"deal": "fair"})
    assert verdict.better.gains == {"a": 2, "b": 2}


def test_an_efficient_proposal() -> None:
    for deal, refused in {"fair": (), "ann": ("b",), "bob": ("a",)}.items():
        verdict = bargain.evaluate(JUDGED, {"deal": deal})
        assert (verdict.better, verdict.distance, verdict.refused_by) == (None, 0, refused)
        assert verdict.to_dict()["efficient"]


def test_better_for_some_and_worse_for_nobody() -> None:
    verdict = bargain.evaluate(table({"x": [3, 3], "y": [5, 3], "z": [4, 3]}, (0, 0)), {"deal": "x"})
    assert verdict.distance == 0
    assert verdict.better is not None
    assert verdict.better.agreement == {"deal": "y"}


def test_an_impossible_proposal() -> None:
    verdict = bargain.evaluate(JUDGED, {"deal": "gone"})
    assert verdict.obstacles == ('rule: not possible together: deal is "gone"',)
    assert (verdict.possible, verdict.rational, verdict.better, verdict.distance) == (False, True, None, 0)
    assert not verdict.to_dict()["efficient"]


def test_a_proposal_off_the_grid() -> None:
    made = scenario(
        {**PIE, "plan": menu("x", "y")},
        {p: SPLIT[p] | {"plan": values(x=1, y=0.5)} for p in ("ann", "bob")},
        disagreement={"payoffs": {"ann": 1.123456, "bob": 1}},
    )
    deal = {"pie": {"ann": 0.123456, "bob": 0.876544}, "plan": "x"}
    verdict = bargain.evaluate(made, deal)
    assert verdict.refused_by == ()
    assert verdict.better is None
    assert verdict.distance == pytest.approx(0, abs=1e-7)
    worse = bargain.evaluate(made, deal | {"plan": "y"})
    assert worse.distance == pytest.approx(0.5)
    assert worse.better is not None
    assert worse.better.agreement == {"pie": pytest.approx(deal["pie"]), "plan": "x"}
    assert worse.refused_by == ("ann",)


def test_an_option_written_as_a_number() -> None:
    made = scenario({"day": menu("7", "20251214")}, {"ann": {"day": values(**{"7": 1, "20251214": 2})}})
    assert bargain.evaluate(made, {"day": 20251214}).payoffs["ann"] == 2


# -- results as documents --------------------------------------------------------------------------------------------


@both_regimes
def test_results_are_plain_json_without_nan(regime: Any) -> None:
    documents = [random_document(Random(seed)) for seed in range(5)]
    documents += [table_document([(1, 5), (0, 5)], (1, 5)), table_document([(2, 5), (0, 4)], (0, 5))]
    for document in documents:
        answers = bargain.compare(Scenario.model_validate(document), regime=regime).to_dict(frontier=True)
        text = json.dumps(answers, allow_nan=False)
        assert json.loads(text) == json.loads(json.dumps(answers))
        assert {type(value) for value in plain(answers)} <= {str, int, float, bool, type(None)}


def test_a_scenario_is_tabulated_once_for_several_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    made = table([(4, 1), (2, 2)], (0, 0))
    agreements = bargain.tabulate(made)
    monkeypatch.setattr("bargain.solving.tabulate", lambda _: pytest.fail("tabulated again"))
    assert bargain.compare(agreements).agreements is agreements
    assert bargain.evaluate(agreements, {"deal": "o1"}).agreements is agreements
    assert np.array_equal(bargain.compare(agreements).frontier, [[4, 1], [2, 2]])


BENT = """
bargain: 1
title: Best for one without care for the other
players: {a: {}, b: {}}
issues: {x: {division: [a, b]}, y: {division: [a, b]}}
utilities:
  a: {x: {weight: 30, shape: ideal, at: 0.8, scale: 1}, y: ignored}
  b: {x: {weight: 50, shape: linear, worst: 0, best: 1}, y: {weight: 50, shape: linear, worst: 0, best: 1}}
disagreement: {payoffs: {a: -2, b: 20}}
"""


def test_no_answer_depends_on_what_was_asked_before() -> None:
    """Of a's best agreements, with x at 0.8 and a gain of 2, b likes the one with all of y best: it pays b 60."""
    often = bargain.tabulate(bargain.parse(BENT))
    asked = [bargain.kalai_smorodinsky, bargain.nash, bargain.leximin, bargain.equal_loss]
    answers = {concept.name: bargain.solve(often, concept, "lotteries") for concept in asked}
    for concept in asked:
        again, alone = (bargain.solve(made, concept, "lotteries") for made in (often, bargain.parse(BENT)))
        assert again.payoffs == alone.payoffs == answers[concept.name].payoffs, concept.name
    assert answers["leximin"].payoffs == pytest.approx({"a": 0, "b": 60}, abs=1e-6)


@pytest.mark.parametrize(("base", "proof"), [(0.0, "exact"), (1e4, "exact"), (1e9, "approximate")])
def test_payoffs_too_near_each_other_for_their_size_are_not_called_exact(base: float, proof: str) -> None:
    made = bargain.parse(
        {
            "bargain": 1,
            "title": "A little of a lot",
            "players": {"a": {}, "b": {}},
            "issues": {"line": {"range": [0, 1]}},
            "utilities": {
                "a": {
                    "line": {"shape": "linear", "worst": 0, "best": 1},
                    "terms": [{"when": {"line": {"to": 1}}, "add": base}],
                },
                "b": {"line": {"shape": "power", "worst": 1, "best": 0, "exponent": 0.5}},
            },
            "disagreement": {"payoffs": {"a": base, "b": 0}},
        }
    )
    solution = bargain.solve(made, bargain.nash)
    assert solution.certificate["proof"].split(":")[0] == proof
    assert solution.agreement == pytest.approx({"line": 2 / 3}, abs=1e-4)


def test_near_copies_of_agreements_do_not_keep_a_programme_going() -> None:
    """The best lottery is a point where a and c trade x; a programme over a fine grid has it at (0.585, 5, -0.140)."""
    made = bargain.parse(
        {
            "bargain": 1,
            "title": "Near copies",
            "players": {"a": {}, "b": {}, "c": {}},
            "issues": {"x": {"range": [0, 1]}, "y": {"range": [10, 20], "step": 2.5}},
            "utilities": {
                "a": {"x": {"shape": "power", "worst": 1, "best": 0, "exponent": 0.3}, "y": "ignored"},
                "b": {"x": "ignored", "y": {"weight": 5, "shape": "linear", "worst": 10, "best": 20}},
                "c": {
                    "x": {"weight": 5, "shape": "ideal", "at": 1, "scale": 1},
                    "y": {"weight": 2, "shape": "linear", "worst": 20, "best": 15},
                },
            },
            "disagreement": {"payoffs": {"a": -4, "b": 0.1, "c": -6}},
        }
    )
    solution = bargain.solve(made, bargain.relative_utilitarian, "lotteries")
    assert solution.payoffs == pytest.approx({"a": 0.585, "b": 5, "c": -0.140}, abs=1e-3)


def test_a_search_without_an_end_leaves_the_other_answers_alone() -> None:
    def wander(_: object) -> Any:
        raise NotConverged("it came to no end")

    lost = replace(bargain.nash, name="lost", rule=wander)
    made = table([(2, 1), (1, 2)], (0, 0))
    nash, other = bargain.compare(made, [bargain.nash, lost]).solutions
    assert nash.status == "agreement"
    assert (other.status, other.reason) == ("not_applicable", "no answer was found: it came to no end")
    with pytest.raises(NotConverged):
        bargain.compare(made, [lost])


@pytest.mark.slow
def test_a_basis_next_to_none_is_not_left_for_another() -> None:
    """Four players and curved values: agreements so much alike that a careless step ended at a singular basis."""
    made = bargain.read(Path(__file__).parent / "oracles" / "much_alike.yaml")
    gains = bargain.solve(made, bargain.egalitarian, "lotteries").gains
    assert min(gains.values()) == pytest.approx(0.0285, abs=1e-3)
