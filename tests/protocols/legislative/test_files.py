"""From the file to JSON, the page and the figure."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

import bargain
from bargain.cli.main import main
from bargain.errors import ScenarioError, UsageError
from bargain.files.read import set_values
from bargain.protocols.legislative.rules import Legislature, Motions
from bargain.show.plots.plays import plot_play

DOLLAR = """
bargain: 1
title: A dollar
players: {a: {title: Ann, patience: 0.8}, b: {patience: 0.8}, c: {patience: 0.8}, aide: {signs: false}}
protocols:
  floor: {model: legislative, pie: 10, recognition: {a: 0.5, others: 0.25}}
"""
LAW = """
bargain: 1
title: A law
players: {a: {patience: 0.5}, b: {patience: 0.5}, c: {patience: 0.5}}
issues: {law: {options: {x: Law X, y: Law Y, z: Law Z}}}
utilities:
  a: {law: {values: {x: 5, y: 0, z: 1}}}
  b: {law: {values: {x: 1, y: 5, z: 0}}}
  c: {law: {values: {x: 0, y: 1, z: 5}}}
disagreement: {payoffs: {a: 0, b: 0, c: 0}}
consent: {rule: majority}
protocols: {floor: {model: legislative}, once: {model: legislative, horizon: 1}}
"""


def asked(*words):
    """What a command prints."""
    result = CliRunner().invoke(main, list(words))
    assert result.exit_code == 0, result.output
    return result.output


def test_json_of_a_dollar(tmp_path):
    file = tmp_path / "dollar.yaml"
    file.write_text(DOLLAR, encoding="utf-8")
    told = json.loads(asked("play", str(file), "--json"))
    assert told["model"] == "legislative"
    assert told["status"] == "agreement"
    assert told["solution_concept"] == "stationary subgame-perfect equilibrium"
    assert told["players"] == ["a", "b", "c"]
    assert told["rules"]["recognition"] == {"a": 0.5, "b": 0.25, "c": 0.25}
    assert told["rules"]["quota"] == 2
    assert sum(told["payoffs"].values()) == pytest.approx(10)
    assert told["payoffs"]["a"] == pytest.approx(3.75)
    assert told["measures"]["price_of_vote"]["b"] == pytest.approx(2.5)
    assert told["strategies"]["a"][0]["numbers"]["buys"] == {"b": pytest.approx(0.5), "c": pytest.approx(0.5)}
    assert told["certificate"]["largest_gain"] <= 1e-12
    assert [row["player"] for row in told["tables"]["who_gets_what"]] == ["a", "b", "c"]


def test_the_page_of_a_dollar():
    text = repr(bargain.play(bargain.parse(DOLLAR)))
    assert "offers 2.5 to one drawn from b, c" in text
    assert "Members who are indifferent accept." in text


def test_open_rule_from_a_file():
    scenario = set_values(
        bargain.parse(DOLLAR), {"protocols.floor.amendments": "open", "protocols.floor.recognition": None}
    )
    told = bargain.play(scenario)
    assert told.status == "agreement"
    assert told.measures["partners"] == 1
    assert sum(told.payoffs.values()) == pytest.approx(10 - told.measures["lost_by_delay"])


def test_a_law_by_majority():
    told = bargain.play(bargain.parse(LAW), "floor")
    assert [move.agreement for move in told.path] == [{"law": "x"}, {"law": "y"}, {"law": "z"}]
    assert told.payoffs == {"a": pytest.approx(2), "b": pytest.approx(2), "c": pytest.approx(2)}
    assert told.chance_of_agreement == 1
    once = bargain.play(bargain.parse(LAW), "once")
    assert once.solution_concept == "subgame-perfect equilibrium"
    assert once.payoffs == told.payoffs


def test_a_law_by_lot():
    patient = {f"players.{name}.patience": 0.9 for name in "abc"}
    told = bargain.play(set_values(bargain.parse(LAW), patient), "floor")
    assert "lots" in told.solution_concept
    assert told.measures["passes_at_once"] == pytest.approx(1 / 9)
    assert told.payoffs["a"] == pytest.approx(10 / 9)


@pytest.mark.parametrize(
    ("changes", "status", "chance"),
    [
        ({"consent": {"rule": "unanimity"}}, "agreement", 1.0),
        ({"consent.vetoes": ["a", "c"], "disagreement.payoffs.a": 0.5}, "agreement", 1.0),
        (
            {"consent.vetoes": ["a", "b", "c"], "disagreement.payoffs.a": 2, "disagreement.payoffs.b": 2},
            "no_agreement",
            0.0,
        ),
    ],
)
def test_who_must_agree(changes, status, chance):
    told = bargain.play(set_values(bargain.parse(LAW), changes), "floor")
    assert (told.status, told.chance_of_agreement) == (status, chance)
    if status == "no_agreement":
        assert told.payoffs == {"a": 2, "b": 2, "c": 0}


def test_uncertain_sessions():
    """Only b would sign a law that passes: with one session and b recognised one time in three, one law in three."""
    changes = {
        "consent.vetoes": ["a"],
        "disagreement.payoffs.a": 3,
        "disagreement.payoffs.b": 2,
        "disagreement.payoffs.c": 0,
    }
    told = bargain.play(set_values(bargain.parse(LAW), changes), "once")
    assert told.status == "uncertain"
    assert told.chance_of_agreement == pytest.approx(2 / 3)


def test_a_quota_of_the_set_up_stands_before_that_of_consent():
    scenario = set_values(bargain.parse(LAW), {"consent.quota": 3, "protocols.floor.quota": 2})
    assert bargain.play(scenario, "floor").rules["quota"] == 2
    assert bargain.play(set_values(bargain.parse(LAW), {"consent.quota": 3}), "floor").rules["quota"] == 3


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"players.b.patience": None}, "players.b: `patience` is missing"),
        ({"protocols.floor.recognition": {"a": 0.5, "others": None}}, "recognition: nothing for b, c"),
        ({"protocols.floor.recognition": {"a": 0.9, "others": 0.2}}, "the chances sum to 1.3"),
        ({"protocols.floor.recognition": {"a": 0.5, "others": 0.25, "aide": 0}}, "'aide' does not sign"),
        ({"protocols.floor.horizon": 3}, "a horizon is for agreements"),
        ({"protocols.floor.pie": None}, "nothing to decide on"),
        ({"protocols.floor.pie": 0}, "0 is not above 0"),
        ({"protocols.floor.quota": 4}, "all 3 votes together do not reach the quota of 4"),
        ({"protocols.floor.vetoes": ["aide"]}, "vetoes.0: 'aide' does not sign"),
    ],
)
def test_numbers_that_are_missing_or_wrong(changes, message):
    with pytest.raises(ScenarioError, match=message):
        bargain.play(set_values(bargain.parse(DOLLAR), changes))


def test_what_is_not_about_agreements():
    status_quo = {"protocols.floor.status_quo": {"others": 1}}
    with pytest.raises(ScenarioError, match="agreements have a disagreement"):
        bargain.play(set_values(bargain.parse(LAW), status_quo), "floor")
    with pytest.raises(ScenarioError, match="open rule"):
        bargain.play(set_values(bargain.parse(LAW), {"protocols.floor.amendments": "open"}), "floor")


def test_names_that_do_not_exist():
    with pytest.raises(ScenarioError, match="there is no player 'd'"):
        bargain.parse(DOLLAR.replace("{a: 0.5, others: 0.25}", "{d: 0.5, others: 0.25}"))


def test_concepts_do_not_apply_to_a_majority():
    solution = bargain.solve(bargain.parse(LAW), bargain.nash)
    assert solution.status == "not_applicable"
    assert "majority" in solution.reason


@pytest.mark.parametrize(
    "wrong",
    [
        {"recognition": (1.0,)},
        {"recognition": (0.5, 0.6)},
        {"recognition": (1.5, -0.5)},
        {"recognition": (0.5, 0.5), "patience": (0.5,)},
        {"recognition": (0.5, 0.5), "patience": 1.5},
        {"recognition": (0.5, 0.5), "votes": (0.0, 0.0)},
        {"recognition": (0.5, 0.5), "votes": (0.5, 1.0)},
        {"recognition": (0.5, 0.5), "quota": 0},
        {"recognition": (0.5, 0.5), "players": ("a", "a")},
        {"recognition": (0.5, 0.5), "amendments": "some"},
        {"recognition": (0.5, 0.5), "status_quo": (0.0, float("nan"))},
        {"recognition": (0.5, 0.5), "pie": float("inf")},
    ],
)
def test_rules_that_make_no_sense(wrong):
    with pytest.raises(UsageError):
        Legislature(**wrong)


def test_motions_that_make_no_sense():
    house = Legislature.symmetric(2, 0.9)
    for payoffs, horizon in (
        (np.zeros((2, 3)), None),
        (np.zeros((0, 2)), None),
        (np.full((1, 2), np.nan), 2),
        (np.eye(2), 0),
    ):
        with pytest.raises(UsageError):
            Motions(house, payoffs, horizon)
    with pytest.raises(UsageError, match="open rule"):
        Motions(Legislature.symmetric(3, 0.9, amendments="open"), np.eye(3))


def test_the_figure_shows_roles():
    ax = plot_play(bargain.play(bargain.read("teaching/one_veto"), "congress"))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["President", "North", "South"]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        "as proposer",
        "as partner",
        "left out",
        "on average",
    ]
    spots = sorted(float(line.get_xdata()[0]) for line in ax.lines if line.get_marker() == "o")
    assert spots == pytest.approx([2 / 15, 2 / 15, 11 / 15])
    assert "not against President" in "".join(text.get_text() for text in ax.texts)


@pytest.mark.slow
def test_figures_of_the_other_plans():
    ax = plot_play(bargain.play(bargain.parse(LAW), "floor"))
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        "as proposer",
        "if another proposes",
        "on average",
    ]
    assert plot_play(bargain.play(Legislature.symmetric(5, 0.8, amendments="open"))).lines
    many = plot_play(bargain.play(Legislature.symmetric(40, 0.8)))
    assert len(many.get_yticklabels()) == 30
    assert "10 more members" in "".join(text.get_text() for text in many.texts)
