"""Agreements, conditions and rules in the words of the file."""

from __future__ import annotations

import pytest

from bargain.model.scenario import Scenario
from bargain.model.wording import condition_in_words, in_words, number, rounded, rule_in_words, setting_in_words
from model.documents import menu, scenario

TALKS = scenario(
    {
        "plan": {"title": "The plan", "options": {"x": "Plan X", "y": "Plan Y"}},
        "line": {"title": "Ceasefire line", "range": [0, 100], "unit": "% given up"},
        "bare": {"range": [0, 1e9]},
        "pie": {"title": "The pie", "division": ["ann", "bob", "cat"]},
        "day": menu("7", "20251214"),
    },
    players={"ann": {"title": "Ann of Arc"}, "bob": {}, "cat": {}},
)


def test_an_agreement() -> None:
    deal = {"plan": "y", "line": 12.500000000001, "bare": 1_234_567.0, "pie": {"ann": 1 / 3, "cat": 2 / 3}, "day": "7"}
    assert in_words(TALKS, deal) == [
        ("The plan", "Plan Y"),
        ("Ceasefire line", "12.5 % given up"),
        ("bare", "1234567"),
        ("The pie", "Ann of Arc 33.33 %, bob 0 %, cat 66.67 %"),
        ("day", "7"),
    ]
    assert setting_in_words(TALKS, "line", -0.0) == "0 % given up"


def clause(**condition: object) -> str:
    """A condition of a file in words."""
    issues = {name: issue.model_dump(exclude_none=True) for name, issue in TALKS.issues.items()}
    players = {name: player.model_dump(exclude_none=True) for name, player in TALKS.players.items()}
    made: Scenario = scenario(issues, players=players, rules=[{"forbid": condition}])
    assert rule_in_words(made, made.rules[0]) == "not possible together: " + condition_in_words(
        made,
        made.rules[0].forbid,  # type: ignore[union-attr]
    )
    return condition_in_words(made, made.rules[0].forbid)  # type: ignore[union-attr]


def test_conditions() -> None:
    assert clause(plan="x") == 'The plan is "Plan X"'
    assert clause(plan=["x", "y"]) == 'The plan is "Plan X" or "Plan Y"'
    assert clause(day=20251214) == 'day is "20251214"'
    assert clause(day=[7, "20251214"]) == 'day is "7" or "20251214"'
    assert clause(line=20) == "Ceasefire line is 20 % given up"
    assert clause(bare=[1, 2.5]) == "bare is 1 or 2.5"
    assert clause(line={"above": 20, "to": 40.0}) == "Ceasefire line is above 20 and at most 40 % given up"
    assert clause(line={"from": 1, "below": 2}) == "Ceasefire line is below 2 and at least 1 % given up"
    assert clause(plan="x", bare=0) == 'The plan is "Plan X" and bare is 0'
    assert clause(pie={"ann": {"above": 0.5}, "bob": 0.25}) == (
        "in The pie the share of Ann of Arc is above 0.5 and the share of bob is 0.25"
    )


@pytest.mark.parametrize(
    ("x", "text"), [(0.0, "0"), (-1e-300, "-1e-300"), (0.1 + 0.2, "0.3"), (-12.5, "-12.5"), (1 / 3, "0.333333")]
)
def test_numbers(x: float, text: str) -> None:
    assert number(x) == text


@pytest.mark.parametrize(
    ("x", "text"),
    [(9999.4, "9999"), (9999.96, "10000"), (10_000.6, "10001"), (-123456.5, "-123456"), (0.00012345, "0.0001234")],
)
def test_numbers_to_read(x: float, text: str) -> None:
    assert rounded(x) == text
