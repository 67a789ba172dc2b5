"""Payoffs of single agreements, payoffs without a deal, and obstacles in words."""

from __future__ import annotations

from typing import Any

import pytest

from bargain.model.scenario import Scenario
from bargain.model.table import disagreement_payoffs, obstacles_to, payoffs_of, shares_of_chance
from model.documents import HALF, menu, scenario, values

ISSUES = {
    "plan": {"title": "The plan", "options": {"x": "Plan X", "y": "Plan Y"}},
    "line": {"range": [0, 10], "unit": "km"},
    "pie": {"title": "The pie", "division": ["ann", "bob"]},
}
UTILITIES = {
    "ann": {
        "plan": {"weight": 3} | values(x=1, y=-1),
        "line": {"weight": 2, "shape": "linear", "worst": 10, "best": 0},
        "pie": {"weight": 10} | HALF,
        "terms": [
            {"when": {"plan": "x", "line": {"above": 5}}, "add": -4},
            {"when": {"plan": "x"}, "add": 0.5},
            {"when": {"pie": {"bob": {"from": 0.5}}}, "add": 0.25},
        ],
    },
    "bob": {"line": {"points": [[0, 0], [10, 7]]}, "pie": {"of": "ann"} | HALF},
}
DEAL = {"plan": "x", "line": 6, "pie": {"ann": 0.2, "bob": 0.8}}
WAR = {"plan": "y", "line": 10, "pie": {"bob": 1}}


def talks(**sections: Any) -> Scenario:
    return scenario(ISSUES, UTILITIES, **sections)


def test_payoffs_add_up() -> None:
    assert payoffs_of(talks(), DEAL) == pytest.approx({"ann": 3 + 0.8 + 2 - 4 + 0.5 + 0.25, "bob": 4.2 + 0.2})
    assert payoffs_of(talks(), WAR) == pytest.approx({"ann": -3 + 0.25, "bob": 7})
    assert payoffs_of(talks(), DEAL | {"line": 5})["ann"] == pytest.approx(3 + 1 + 2 + 0.5 + 0.25)


def test_payoffs_are_rounded_once() -> None:
    tenths = {name: {"weight": 1} | values(x=0.1) for name in "abcdefghij"}
    made = scenario(dict.fromkeys(tenths, menu("x")), {"ann": tenths})
    assert payoffs_of(made, dict.fromkeys(tenths, "x")) == {"ann": 1.0, "bob": 0.0}


def test_final_payoffs() -> None:
    assert disagreement_payoffs(talks(disagreement={"payoffs": {"ann": 1.5, "bob": -2}})) == {"ann": 1.5, "bob": -2}
    assert disagreement_payoffs(talks(disagreement={"payoffs": {"ann": 1.5, "others": 4}})) == {"ann": 1.5, "bob": 4}


def test_a_status_quo_less_costs_whatever_the_rules_say() -> None:
    forbidden = [{"forbid": {"plan": "y"}}]
    made = talks(disagreement={"agreement": WAR, "costs": {"ann": 1, "others": 0.5}}, rules=forbidden)
    assert disagreement_payoffs(made) == pytest.approx({"ann": -3.75, "bob": 6.5})
    assert disagreement_payoffs(talks(disagreement={"agreement": WAR})) == pytest.approx({"ann": -2.75, "bob": 7})


def test_a_lottery_less_costs() -> None:
    lottery = [
        {"chance": 0.25, "agreement": DEAL},
        {"chance": "rest", "agreement": WAR},
        {"chance": 0.5, "agreement": DEAL | {"line": 0}},
    ]
    made = talks(disagreement={"lottery": lottery, "costs": {"bob": 2, "ann": 0}})
    assert shares_of_chance(made) == [0.25, 0.25, 0.5]
    assert disagreement_payoffs(made) == pytest.approx(
        {"ann": 0.25 * 2.55 + 0.25 * -2.75 + 0.5 * 7.75, "bob": 0.25 * 4.4 + 0.25 * 7 + 0.5 * 0.2 - 2}
    )


def test_rest_is_never_negative() -> None:
    lottery = [{"chance": c, "agreement": WAR} for c in (0.7, 0.3 + 1e-12, "rest")]
    assert shares_of_chance(talks(disagreement={"lottery": lottery}))[2] == 0


OBSTACLES = {
    'rule: not possible together: The plan is "Plan X" and line is above 5 km': {
        "rules": [{"forbid": {"plan": "x", "line": {"above": 5}}}]
    },
    'rule: if line is at least 2 and at most 8 km, then The plan is "Plan Y"': {
        "rules": [{"if": {"line": {"from": 2, "to": 8}}, "then": {"plan": "y"}}]
    },
    "rule: 0.1 x line + 1 x pie.bob must be at most 1.2": {
        "rules": [{"at_most": 1.2, "sum": {"line": 0.1, "pie.bob": 1}}]
    },
    "red line of Bob: in The pie the share of Ann is below 0.3": {
        "red_lines": {"bob": [{"pie": {"ann": {"below": 0.3}}}, {"plan": "y"}]}
    },
    'red line of Ann: The plan is "Plan Y" or "Plan X"': {"red_lines": {"ann": [{"plan": ["y", "x"]}]}},
    "red line of Ann: line is 6 km": {"red_lines": {"ann": [{"line": 6}]}},
}


@pytest.mark.parametrize("words", OBSTACLES)
def test_obstacles_in_words(words: str) -> None:
    assert obstacles_to(talks(**OBSTACLES[words]), DEAL) == [words]


def test_no_obstacles() -> None:
    rules = [{"forbid": {"plan": "y"}}, {"at_most": 1.4, "sum": {"line": 0.1, "pie.bob": 1}}]
    players = {"ann": {}, "bob": {}, "cat": {"signs": False}}
    made = talks(rules=rules, players=players, red_lines={"cat": [{"plan": "x"}], "ann": [{"line": {"above": 6}}]})
    assert obstacles_to(made, DEAL) == []
