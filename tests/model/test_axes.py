"""Settings as arrays: every shape with numbers one can do in the head, every test of a condition."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bargain.model.axes import Axis, axis_of, rungs, same_number, shape_value
from bargain.model.issues import RangeIssue
from bargain.model.scenario import Scenario
from model.documents import HALF, menu, scenario, values

X = [-5.0, 0.0, 2.5, 5.0, 10.0, 20.0]
SHAPES: dict[str, tuple[dict[str, Any], list[float]]] = {
    "rising": ({"shape": "linear", "worst": 0, "best": 10}, [0, 0, 0.25, 0.5, 1, 1]),
    "falling": ({"shape": "linear", "worst": 10, "best": 0}, [1, 1, 0.75, 0.5, 0, 0]),
    "off the range": ({"shape": "linear", "worst": -5, "best": 20}, [0, 0.2, 0.3, 0.4, 0.6, 1]),
    "square": ({"shape": "power", "worst": 0, "best": 10, "exponent": 2}, [0, 0, 0.0625, 0.25, 1, 1]),
    "root, falling": ({"shape": "power", "worst": 10, "best": 0, "exponent": 0.5}, [1, 1, 0.75**0.5, 0.5**0.5, 0, 0]),
    "ideal": ({"shape": "ideal", "at": 5, "scale": 10}, [-1, -0.25, -0.0625, 0, -0.25, -2.25]),
    "points": ({"points": [[0, 1], [5, 0], [10, 3]]}, [1, 1, 0.5, 0, 3, 3]),
    "one point": ({"points": [[3, 7]]}, [7, 7, 7, 7, 7, 7]),
}


def on_a_range(utility: dict[str, Any]) -> Scenario:
    return scenario({"line": {"range": [-5, 20]}}, {"ann": {"line": utility}})


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes(shape: str) -> None:
    utility, wanted = SHAPES[shape]
    given = on_a_range(utility).utilities["ann"].issues["line"]
    assert shape_value(given, np.array(X)) == pytest.approx(wanted, abs=1e-15)  # type: ignore[arg-type]


@pytest.mark.parametrize("shape", SHAPES)
def test_the_weight_multiplies(shape: str) -> None:
    utility, wanted = SHAPES[shape]
    given = on_a_range(utility | {"weight": 4}).utilities["ann"].issues["line"]
    axis = Axis(None, {"": np.array(X)})
    assert axis.value(given, "ann") == pytest.approx(4 * np.array(wanted))  # type: ignore[arg-type]


def test_whose_share_counts() -> None:
    utilities = {"ann": {"pie": HALF}, "bob": {"pie": HALF | {"of": "ann", "weight": 10}}}
    made = scenario({"pie": {"division": ["ann", "bob"]}}, utilities)
    axis = axis_of(made.issues["pie"], [{"ann": 0.3, "bob": 0.7}, {"bob": 1.0}])
    assert [axis.value(made.utilities[p].issues["pie"], p).tolist() for p in ("ann", "bob")] == [[0.3, 0], [3, 0]]
    assert [axis.setting(i) for i in (0, 1)] == [{"ann": 0.3, "bob": 0.7}, {"ann": 0, "bob": 1}]


def passing(made: Scenario, issue: str, axis: Axis, test: Any) -> list[bool]:
    """Which settings pass a test, read as in a file."""
    rule = scenario(dict(made.issues), rules=[{"forbid": {issue: test}}]).rules[0]
    return axis.holds(rule.forbid[issue]).tolist()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("test", "wanted"),
    [
        ({"above": 20}, [0, 0, 0, 1, 1]),
        ({"from": 20}, [0, 0, 1, 1, 1]),
        ({"below": 20}, [1, 1, 0, 0, 0]),
        ({"to": 20}, [1, 1, 1, 0, 0]),
        ({"above": 10, "to": 20}, [0, 0, 1, 0, 0]),
        (20, [0, 0, 1, 0, 0]),
        ({"value": 20, "note": "a quantity"}, [0, 0, 1, 0, 0]),
        ([0, 40], [1, 0, 0, 0, 1]),
        (20.5, [0, 0, 0, 0, 0]),
    ],
)
def test_tests_of_numbers(test: Any, wanted: list[int]) -> None:
    made = scenario({"line": {"range": [0, 40], "step": 10}})
    axis = Axis(None, {"": np.array([0.0, 10.0, 20.0 * (1 + 1e-14), 30.0, 40.0])})
    assert passing(made, "line", axis, test) == list(map(bool, wanted))


def test_tests_of_options_and_shares() -> None:
    made = scenario({"plan": menu("x", "y", "z"), "pie": {"division": ["ann", "bob"]}})
    plan = axis_of(made.issues["plan"], ["x", "y", "z"])
    assert passing(made, "plan", plan, "y") == [False, True, False]
    assert passing(made, "plan", plan, ["z", "x"]) == [True, False, True]
    pie = axis_of(made.issues["pie"], [{"ann": a, "bob": 1 - a} for a in (0.2, 0.5, 0.8)])
    assert passing(made, "pie", pie, {"ann": {"above": 0.2}, "bob": {"from": 0.5}}) == [False, True, False]
    assert passing(made, "pie", pie, {"bob": 0.2}) == [False, False, True]


def test_options_named_like_numbers() -> None:
    """A year is an option like any other, however many digits it has, in a file and as a number in Python."""
    names = ["7", "2014", "20251214", "1000000"]
    made = scenario({"when": menu(*names)}, {"ann": {"when": values(**{n: float(n) for n in names})}})
    axis = axis_of(made.issues["when"], [7, 2014.0, 20251214, 1_000_000])
    assert axis.options == tuple(names)
    assert axis.value(made.utilities["ann"].issues["when"], "ann").tolist() == [7, 2014, 20251214, 1_000_000]
    assert passing(made, "when", axis, 20251214) == [False, False, True, False]
    assert passing(made, "when", axis, [1_000_000, "2014"]) == [False, True, False, True]


def test_rungs_count_from_the_lower_end() -> None:
    def of(low: float, high: float, step: float) -> list[float]:
        return rungs(RangeIssue.model_validate({"range": [low, high], "step": step})).tolist()

    assert of(0, 100, 25) == [0, 25, 50, 75, 100]
    assert of(-1, 1, 0.4) == [-1, -0.6, -0.2, 0.2, 0.6, 1]
    assert of(0, 1, 0.3) == [0, 0.3, 0.6, 0.9]
    assert of(0, 0.3, 0.1) == [0, 0.1, 0.2, 0.3]
    assert of(0.5, 0.6, 0.1) == [0.5, 0.6], "0.6 - 0.5 is less than 0.1 in floating point"
    assert of(10, 10.1, 0.1) == [10, 10.1]
    assert len(of(0, 1e4, 0.1)) == 100_001


def test_same_number_up_to_rounding() -> None:
    assert same_number(np.array([0.1 + 0.2, 0.3001]), 0.3).tolist() == [True, False]
    assert same_number(np.array([1e12 + 1, 1e12 + 1e4]), 1e12).tolist() == [True, False]
