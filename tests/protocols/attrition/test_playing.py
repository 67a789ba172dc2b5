"""Wars of attrition from the file to JSON: forms, words, units, and what is refused."""

from __future__ import annotations

import json

import pytest

import bargain
from bargain.errors import ScenarioError, UsageError
from bargain.files.read import set_values
from bargain.show.plots.plays import plot_play

HEAD = """
bargain: 1
title: Who holds out
players: {a: {title: Ann, patience: 0.9}, b: {title: Bob, patience: 0.8}}
protocols: {game: {model: attrition, %s}}
"""
ISSUES = """
issues: {flag: {options: {red: Red, green: Green}}}
utilities:
  a: {flag: {values: {red: 8, green: 5}}}
  b: {flag: {values: {red: 1, green: 4}}}
disagreement: {payoffs: {a: 2, b: 0}}
"""
INSISTS = "insists: {a: {flag: red}, b: {flag: green}}"
WAR = "prizes: {a: 10, b: 5}, costs: {a: 1, b: 2}"
NAMES = "demands: {a: 0.6, b: 0.7}, stubborn: {a: 0.01, b: 0.1}"


def played(numbers: str, tail: str = "") -> bargain.Equilibrium:
    return bargain.play(bargain.parse(HEAD % numbers + tail))


def test_a_war_from_a_file_and_from_numbers_is_the_same() -> None:
    found = played(f"{WAR}, at_once: {{a: 0.3}}")
    plain = bargain.play(bargain.WarOfAttrition(prizes=(10, 5), costs=(1, 2), atoms=(0.3, 0)))
    assert found.payoffs == plain.payoffs == {"a": 0.0, "b": 1.5}
    assert found.measures["rates"] == plain.measures["rates"]
    assert (found.status, found.players["a"]) == ("agreement", "Ann")
    assert found.certificate["largest_gain"] <= found.certificate["tolerance"]
    document = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert document["measures"]["equilibrium"] == "Ann gives in at once with chance 0.3"
    assert [row["equilibrium"] for row in document["tables"]["equilibria"]] == [
        "nobody gives in at once",
        "Ann gives in at once",
        "Bob gives in at once",
    ]
    chances = [move["chance"] for move in document["path"]]
    assert sum(chances) == pytest.approx(1)


def test_deadlines_settle_or_decide() -> None:
    near = played(f"{WAR}, deadline: 1, settlement: {{a: 2, b: 3}}")
    assert (near.status, near.payoffs) == ("no_agreement", {"a": 1.0, "b": 1.0})
    far = played(f"{WAR}, deadline: 4, settlement: {{a: 2, b: 2}}")
    assert (far.status, far.payoffs) == ("agreement", {"a": 10.0, "b": 0.0})
    same = played(f"{WAR}, deadline: 4, settlement: {{a: 1, b: 2}}")
    assert same.status == "uncertain"
    assert same.chance_of_agreement == pytest.approx(1 - same.measures["chance_of_reaching_the_deadline"])
    for found in (near, far, same):
        json.dumps(found.to_dict(), allow_nan=False)


def test_patience_becomes_a_rate() -> None:
    found = played(NAMES)
    assert found.rules["rates"]["a"] == pytest.approx(0.10536051565782628, abs=1e-12)
    assert found.status == "uncertain"
    assert found.chance_of_agreement == pytest.approx(0.999)
    beliefs = {(belief.about, belief.when[:3]): belief.chances["stubborn"] for belief in found.beliefs}
    assert [beliefs[name, "end"] for name in "ab"] == pytest.approx([1, 1])
    assert found.measure("at_once", "a") == 0
    json.dumps(found.to_dict(), allow_nan=False)


def test_two_insist_on_agreements_of_the_file() -> None:
    """Prizes are 8 - 5 and 4 - 1; whoever gives in has what the other's agreement pays, in units of the file."""
    found = played(f"{INSISTS}, costs: {{a: 1, b: 1}}, at_once: {{b: 0.5}}", ISSUES)
    assert found.rules["prizes"] == {"a": 3.0, "b": 3.0}
    assert found.payoffs == pytest.approx({"a": 5 + 0.5 * 3, "b": 1})
    assert found.agreement == {"flag": "red"}
    assert found.path[0].payoffs == {"a": 8.0, "b": 1.0}


def test_two_stubborn_insist_on_agreements_of_the_file() -> None:
    """Over no deal Ann has 6 or 3, Bob 4 or 1: rates r_b * 1/3 and r_a * 3/3, so Ann, the slower, gives in at once."""
    stubborn = "stubborn: {a: 0.1, b: 0.1}, rates: {a: 1, b: 1}"
    found = played(f"{INSISTS}, {stubborn}", ISSUES)
    assert found.measures["rates"] == pytest.approx({"a": 1 / 3, "b": 1})
    atom = 1 - 0.1 * 10 ** (1 / 3)
    assert found.measures["at_once"] == pytest.approx({"a": atom, "b": 0})
    assert found.payoffs == pytest.approx({"a": 5, "b": 1 + 3 * atom})
    assert found.disagreement == {"a": 2.0, "b": 0.0}
    assert found.agreement == {"flag": "green"}
    assert "shares_by_patience" not in found.measures
    with pytest.raises(UsageError, match="no more than no deal"):
        bargain.play(bargain.parse(HEAD % f"{INSISTS}, {stubborn}" + ISSUES.replace("a: 2", "a: 5")))


def test_numbers_are_knobs() -> None:
    scenario = bargain.parse(HEAD % WAR)
    changed = set_values(scenario, {"protocols.game.prizes.b": 2})
    assert bargain.play(changed).measures["rates"]["a"] == 1.0


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        (f"{WAR}, {NAMES}", "different games"),
        ("title: nothing", "needs numbers"),
        ("prizes: {a: 1, b: 2}", "`costs` is missing for a and b"),
        ("prizes: {a: 1}, costs: {a: 1, b: 1}", "names 1 player, and attrition is for two"),
        ("prizes: {a: 1, b: 2}, costs: {a: 1}", "`costs` is missing for b"),
        ("prizes: {a: 1, b: -2}, costs: {a: 1, b: 1}", "-2 is not above 0"),
        ("demands: {a: 0.6, b: 0.7}", "`stubborn` is missing"),
    ],
)
def test_what_is_missing_is_named(numbers: str, words: str) -> None:
    with pytest.raises(ScenarioError, match=words):
        played(numbers)


def test_agreements_that_do_not_exist_are_problems_of_the_file() -> None:
    for wrong in ("insists: {a: {flag: blue}, b: {flag: green}}", "insists: {a: {}, b: {flag: green}}"):
        with pytest.raises(ScenarioError, match="insists"):
            bargain.parse(HEAD % f"{wrong}, costs: {{a: 1, b: 1}}" + ISSUES)


def test_compatible_demands_are_a_finding() -> None:
    found = played("demands: {a: 0.4, b: 0.6}, stubborn: {a: 0.1, b: 0.1}")
    assert found.status == "not_applicable"
    assert "compatible" in str(found.reason)


def test_the_figure_shows_jumps_and_the_end() -> None:
    ax = plot_play(played(NAMES))
    lines = {line.get_gid(): line for line in ax.get_lines()}
    assert {"given in a", "given in b", "at once b", "end"} <= set(lines)
    assert "at once a" not in lines
    assert lines["at once b"].get_ydata()[0] == pytest.approx(played(NAMES).measures["at_once"]["b"])
    words = " ".join(text.get_text() for text in ax.texts)
    assert "Bob gives in at once" in words
    assert "every rational player has given in" in words
    assert "deadline" in " ".join(t.get_text() for t in plot_play(played(f"{WAR}, deadline: 4")).texts)


@pytest.mark.parametrize(
    "numbers",
    [WAR, f"{WAR}, at_once: {{a: 0.3}}", f"{WAR}, deadline: 4, settlement: {{a: 1, b: 2}}", f"{WAR}, deadline: 4"],
)
def test_a_path_pays_what_is_expected(numbers: str) -> None:
    """Moves are all the ways in which it can end, so that payoffs are their mean: the costs of waiting are in them."""
    found = played(numbers)
    for name, expected in found.payoffs.items():
        assert sum(move.chance * move.payoffs[name] for move in found.path) == pytest.approx(expected, abs=1e-9)


def test_nothing_is_done_after_a_deadline() -> None:
    found = played("prizes: {a: 10, b: 5}, costs: {a: 1, b: 1}, deadline: 3")
    assert {strategy.when for strategy in found.strategies} == {"at time 0", "until time 3"}
    assert found.path[-1].payoffs == {"a": -3.0, "b": -3.0}
    sooner = played(f"{WAR}, deadline: 4, settlement: {{a: 1, b: 2}}")
    assert "after that" in {strategy.when for strategy in sooner.strategies}
