"""The JSON contract of results: exact keys, in order; studies as CSV."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

import bargain
from bargain.model.results import Alternative, Evaluation, Solution, Study
from model.documents import PIE, SPLIT, menu, scenario, values

TWO = scenario(
    {"plan": menu("x", "y", "z")}, {"ann": {"plan": values(x=1, y=0, z=0)}, "bob": {"plan": values(x=0, y=1, z=0)}}
)
SOLUTION = [
    "concept",
    "status",
    "payoffs",
    "paper",
    "gains",
    "agreement",
    "lottery",
    "ratified",
    "honoured",
    "ties",
    "tie_count",
    "certificate",
]
COMPARISON = [
    "scenario",
    "players",
    "signatories",
    "regime",
    "disagreement",
    "ideal",
    "frontier_size",
    "rational_size",
    "solutions",
]


def test_a_solution() -> None:
    document = bargain.solve(TWO, bargain.nash).to_dict()
    assert list(document) == SOLUTION
    assert (document["ratified"], document["honoured"], document["lottery"]) == (None, None, None)
    assert document["ties"] == [{"agreement": {"plan": "y"}, "payoffs": {"ann": 0, "bob": 1}}]
    assert (document["tie_count"], document["paper"]) == (1, document["payoffs"])


def test_a_lottery_and_a_reason() -> None:
    document = bargain.solve(TWO, bargain.nash, "lotteries").to_dict()
    assert document["agreement"] is None
    assert document["lottery"] == [{"chance": 0.5, "agreement": {"plan": p}} for p in ("x", "y")]
    assert list(Solution("nash", "not_applicable", reason="because").to_dict()) == [*SOLUTION, "reason"]


def test_a_comparison() -> None:
    answers = bargain.compare(TWO)
    assert list(answers.to_dict()) == COMPARISON
    assert list(answers.to_dict(frontier=True)) == [*COMPARISON[:-1], "frontier", "solutions"]
    assert answers.to_dict(frontier=True)["frontier"] == [{"payoffs": {"ann": a, "bob": 1 - a}} for a in (1.0, 0.0)]
    assert (answers.frontier_size, answers.rational_size, answers.ideal) == (2, 2, {"ann": 1, "bob": 1})
    assert answers["leximin"].concept == "leximin"
    smooth = bargain.compare(scenario(PIE, SPLIT)).to_dict()
    assert list(smooth) == [*COMPARISON[:-1], "grid", "solutions"]
    assert smooth["grid"] == {"pie": 101}
    json.dumps([answers.to_dict(frontier=True), smooth], allow_nan=False)


def test_a_frontier_too_large_to_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bargain.solving.LISTED_FRONTIER", 1)
    document = bargain.compare(TWO).to_dict(frontier=True)
    assert [document[key] for key in ("frontier", "frontier_size", "rational_size")] == [None] * 3
    assert document["ideal"] == {"ann": 1, "bob": 1}


def test_an_ideal_point_that_is_only_bounded_says_so() -> None:
    doubtful = replace(bargain.compare(TWO), ideal_doubt=0.5).to_dict()
    assert list(doubtful) == [*COMPARISON[:-1], "ideal_doubt", "solutions"]
    assert doubtful["ideal_doubt"] == 0.5


def test_an_evaluation() -> None:
    document = bargain.evaluate(TWO, {"plan": "z"}).to_dict()
    assert list(document) == [
        "scenario",
        "agreement",
        "payoffs",
        "gains",
        "disagreement",
        "possible",
        "obstacles",
        "refused_by",
        "efficient",
        "distance",
        "better",
    ]
    assert (document["efficient"], list(document["better"])) == (False, SOLUTION)
    broken = Evaluation(bargain.tabulate(TWO), {"plan": "x"}, {}, {}, ["a rule"], ["ann"], None, 0.0)
    assert (broken.possible, broken.rational, broken.to_dict()["efficient"]) == (False, False, False)


def test_an_alternative() -> None:
    assert Alternative({"plan": "x"}, {"ann": 1.0}).to_dict() == {"agreement": {"plan": "x"}, "payoffs": {"ann": 1.0}}


ROWS = (
    {"a.b": 1.0, "concept": "nash", "status": "no_agreement", "payoff.ann": 0.1},
    {"a.b": 2.0, "concept": "nash", "status": "agreement", "payoff.ann": 1e-9, "agreement.plan": 'x, "y"'},
)
STUDY = Study("Title", {"a.b": (1.0, 2.0)}, {"ann": "Ann"}, ("nash",), ROWS)


def test_a_study_as_csv() -> None:
    text = STUDY.to_csv()
    assert text.splitlines()[0] == "a.b,concept,status,payoff.ann,agreement.plan"
    back = list(csv.DictReader(io.StringIO(text)))
    assert [row["agreement.plan"] for row in back] == ["", 'x, "y"']
    assert [float(row["payoff.ann"]) for row in back] == [0.1, 1e-9]
    assert "\r" not in text


def test_a_study_as_json_and_by_column() -> None:
    assert STUDY.to_dict() == {"scenario": "Title", "knobs": {"a.b": [1.0, 2.0]}, "rows": [dict(row) for row in ROWS]}
    assert STUDY.column("agreement.plan", concept="nash") == [None, 'x, "y"']
    assert STUDY.column("status", concept="leximin") == []


def test_results_show_themselves() -> None:
    answers, verdict = bargain.compare(TWO), bargain.evaluate(TWO, {"plan": "z"})
    for result in (answers, answers["nash"], verdict, STUDY):
        assert len(repr(result).splitlines()) > 1
        assert result._repr_html_().count("<table") >= 1
