"""Trade from the file to JSON: uniform types bid and ask, few types report to a mechanism."""

from __future__ import annotations

import json

import pytest

import bargain
from bargain.errors import ScenarioError
from bargain.files.read import set_values
from bargain.show.plots.plays import plot_play

HEAD = """
bargain: 1
title: A sale
players: {s: {title: Sam}, b: {title: Bea}}
protocols: {sale: {model: double_auction, buyer: b, %s}}
"""
UNIFORM = "values: {private: {shape: uniform, low: 0, high: 1}}, costs: {private: {shape: uniform, low: 0, high: 1}}"
FEW = "values: {private: {values: [5, 1]}}, costs: {private: {values: [0, 4], chances: [0.5, 0.5]}}"


def played(numbers: str) -> bargain.Equilibrium:
    return bargain.play(bargain.parse(HEAD % numbers))


def test_an_auction_from_a_file_and_from_numbers_is_the_same() -> None:
    found = played(f"{UNIFORM}, price_weight: 0.5")
    plain = bargain.play(bargain.DoubleAuction(bargain.Prior(0, 1), bargain.Prior(0, 1)))
    assert list(found.players) == ["b", "s"]
    assert found.measures == plain.measures
    assert found.measure("gains") == pytest.approx(9 / 64, abs=1e-9)
    document = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert document["strategies"]["b"][1]["numbers"]["slope"] == pytest.approx(2 / 3)
    assert document["strategies"]["b"][0]["does"] == "bids its value"
    assert document["strategies"]["s"][0]["numbers"]["intercept"] == pytest.approx(1 / 4)
    assert document["status"] == "uncertain"


def test_few_types_report_to_the_best_mechanism() -> None:
    found = played(FEW)
    assert found.measure("gains") == pytest.approx(5 / 3, abs=1e-9)
    assert found.measures["full_efficiency_possible"] is False
    document = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    rows = document["tables"]["mechanism"]
    assert [(row["value"], row["cost"]) for row in rows] == [(1, 0), (1, 4), (5, 0), (5, 4)]
    assert all(row["buyer_pays"] == row["seller_gets"] for row in rows)
    assert sum(row["chance"] * row["trade"] * row["gain"] for row in rows) == pytest.approx(5 / 3)
    assert len(document["strategies"]["s"]) == 2


def test_a_broker_keeps_what_is_left() -> None:
    found = played(f"{FEW}, profit_weight: 1")
    assert found.measure("profit") == pytest.approx(1.25)
    assert sum(found.payoffs.values()) == pytest.approx(0)


def test_no_gain_at_all_is_no_agreement() -> None:
    found = played("values: {private: {values: [1]}}, costs: {private: {values: [2]}}")
    assert (found.status, found.measures["efficiency"]) == ("no_agreement", None)
    assert plot_play(found).get_title(loc="left") == "A sale"


def test_numbers_are_knobs() -> None:
    scenario = bargain.parse(HEAD % f"{UNIFORM}, price_weight: 0.5")
    changed = set_values(scenario, {"protocols.sale.price_weight": 0})
    assert bargain.play(changed).measure("gains") == pytest.approx(1 / 8, abs=1e-9)


def test_ranges_without_a_line_are_a_finding() -> None:
    found = played(UNIFORM.replace("low: 0, high: 1", "low: 0.5, high: 1", 1))
    assert found.status == "not_applicable"
    assert "the lowest value 0.5" in str(found.reason)


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ("price_weight: 0.5", "`values` is missing"),
        ("values: {private: {values: [1]}}", "`costs` is missing"),
        ("values: {private: {values: [1]}}, costs: {private: {shape: uniform, low: 0, high: 1}}", "both be uniform"),
        (f"{FEW}, price_weight: 0.5", "price_weight"),
        (f"{UNIFORM}, profit_weight: 0.5", "profit_weight"),
        (f"{UNIFORM}, price_weight: 2", "price_weight: 2 is not between 0 and 1"),
        (f"{UNIFORM}, seller: b", "cannot buy from itself"),
    ],
)
def test_what_is_wrong_is_named(numbers: str, words: str) -> None:
    with pytest.raises(ScenarioError, match=words):
        played(numbers)


def test_who_buys_must_be_clear_among_three() -> None:
    with pytest.raises(ScenarioError, match="who buys"):
        bargain.play(bargain.parse((HEAD % UNIFORM).replace("b: {title: Bea}", "b: {}, c: {}")))


def test_figures_show_lines_and_cells() -> None:
    lines = {line.get_gid() for line in plot_play(played(UNIFORM)).get_lines()}
    assert {"bids", "asks"} <= lines
    ax = plot_play(played(FEW))
    assert {"1", "0.6667"} <= {text.get_text() for text in ax.texts}
    assert "first best" in {line.get_gid() for line in ax.get_lines()}
