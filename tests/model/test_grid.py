"""The grid of continuous issues: stretches between thresholds, kinks, mirrored shares, corners of the simplex."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from bargain.model.grid import FILL, NEAR, Stretch, continuous, grid_axis, stretches
from bargain.model.scenario import Scenario
from model.documents import HALF, menu, scenario

STEP = 100 * NEAR
LINE = {"line": {"range": [0, 100]}, "plan": menu("x", "y")}


def line(*tests: Any, **utilities: Any) -> Scenario:
    """A range from 0 to 100 with these tests among the rules."""
    return scenario(LINE, utilities, rules=[{"forbid": {"line": test, "plan": "x"}} for test in tests])


def ends(made: Scenario, name: str = "line", *members: str) -> list[tuple[float, float]]:
    return [(piece.low, piece.high) for piece in stretches(made, name, *members)]


@pytest.mark.parametrize(
    ("test", "wanted"),
    [
        ({"above": 20}, [(0, 20), (20 + STEP, 100)]),
        ({"to": 20}, [(0, 20), (20 + STEP, 100)]),
        ({"below": 20}, [(0, 20 - STEP), (20, 100)]),
        ({"from": 20}, [(0, 20 - STEP), (20, 100)]),
        (20, [(0, 20 - STEP), (20, 20), (20 + STEP, 100)]),
        ({"above": 20, "below": 60}, [(0, 20), (20 + STEP, 60 - STEP), (60, 100)]),
        ({"from": 20, "to": 60}, [(0, 20 - STEP), (20, 60), (60 + STEP, 100)]),
        ([0, 100], [(0, 0), (STEP, 100 - STEP), (100, 100)]),
        ({"above": 0}, [(0, 0), (STEP, 100)]),
        ({"below": 100}, [(0, 100 - STEP), (100, 100)]),
        ({"from": 0}, [(0, 100)]),
        ({"to": 500}, [(0, 100)]),
        ({"above": 100 - STEP / 9}, [(0, 100 - STEP / 9), (100, 100)]),
        ({"below": STEP / 9}, [(0, 0), (STEP / 9, 100)]),
    ],
)
def test_thresholds(test: Any, wanted: list[tuple[float, float]]) -> None:
    assert ends(line(test)) == [pytest.approx(pair, abs=1e-9) for pair in wanted]


def test_thresholds_of_terms_and_red_lines_count_and_those_of_bystanders_do_not() -> None:
    players = {"ann": {}, "bob": {}, "cat": {"signs": False}}
    made = scenario(
        LINE,
        {"ann": {"terms": [{"when": {"line": {"above": 10}}, "add": 1}]}},
        players=players,
        red_lines={"bob": [{"line": {"above": 30}}], "cat": [{"line": {"above": 50}}]},
    )
    assert [low for low, _ in ends(made)] == pytest.approx([0, 10 + STEP, 30 + STEP])


def test_conditions_are_constant_on_every_stretch() -> None:
    tests = [{"above": 20, "below": 40}, 30, [10, 40], {"from": 39.9999999, "to": 40}, {"above": 99.99999999}]
    made = line(*tests)
    for piece in stretches(made, "line"):
        xs = np.linspace(piece.low, piece.high, 7)
        axis = type(grid_axis(made, "line", 0))(None, {"": xs})
        for rule in made.rules:
            verdicts = axis.holds(rule.forbid["line"])  # type: ignore[union-attr]
            assert verdicts.all() or not verdicts.any(), (piece, rule)
    pieces = stretches(made, "line")
    assert all(a.high <= b.low for a, b in pairwise(pieces))
    assert (pieces[0].low, pieces[-1].high) == (0, 100)


def test_kinks_cut_and_both_neighbours_keep_them() -> None:
    made = line(
        {"above": 50},
        ann={"line": {"points": [[0, 1], [25, 0], [75, 3]]}},
        bob={"line": {"shape": "linear", "worst": 10, "best": 300}},
    )
    assert ends(made) == [pytest.approx(p) for p in [(0, 10), (10, 25), (25, 50), (50 + STEP, 75), (75, 100)]]
    smooth = line(ann={"line": {"shape": "ideal", "at": 40, "scale": 1}})
    assert ends(smooth) == [(0, 100)]


def test_a_division_among_two_mirrors_the_other_share() -> None:
    pie = {"pie": {"division": ["ann", "bob"]}}
    made = scenario(
        pie,
        {"ann": {"pie": HALF}, "bob": {"pie": {"points": [[0, 0], [0.25, 2], [1, 3]]}}},
        red_lines={"bob": [{"pie": {"bob": {"below": 0.4}}}], "ann": [{"pie": {"ann": {"below": 0.1}}}]},
    )
    assert ends(made, "pie", "ann", "bob") == [
        pytest.approx(pair, abs=1e-12) for pair in [(0, 0.1 - NEAR), (0.1, 0.6), (0.6 + NEAR, 0.75), (0.75, 1)]
    ]
    axis = grid_axis(made, "pie", 0)
    assert axis.columns["ann"] + axis.columns["bob"] == pytest.approx(np.ones(len(axis)), abs=1e-11)


@pytest.mark.parametrize("fineness", range(len(FILL[1])))
def test_the_grid_has_all_ends_and_is_filled(fineness: int) -> None:
    made = line({"above": 20}, 33.3, ann={"line": {"points": [[0, 1], [12.34, 0]]}})
    xs = grid_axis(made, "line", fineness).columns[""]
    assert {end for pair in ends(made) for end in pair} <= set(xs.tolist())
    assert (np.diff(xs) > 0).all()
    assert np.diff(xs).max() <= 100 / FILL[1][fineness] + 3 * STEP


@pytest.mark.parametrize(("members", "intervals"), [(("ann", "bob", "cat"), 20), (("ann", "bob", "cat", "dan"), 10)])
def test_a_simplex(members: tuple[str, ...], intervals: int) -> None:
    pie = {"pie": {"division": list(members)}}
    players: dict[str, Any] = {member: {} for member in members}
    lines = {"ann": [{"pie": {"ann": {"below": 0.33}}}]}
    made = scenario(pie, {m: {"pie": HALF} for m in members}, players=players, red_lines=lines)
    axis = grid_axis(made, "pie", 0)
    rows = np.column_stack([axis.columns[member] for member in members])
    assert rows.sum(axis=1) == pytest.approx(np.ones(len(rows)), abs=1e-11)
    assert ((rows >= 0) & (rows <= 1)).all()
    assert len(np.unique(rows, axis=0)) == len(rows)
    listed = {tuple(row) for row in rows.round(9).tolist()}
    others = len(members) - 1
    for corner in np.vstack([np.eye(len(members)), np.c_[np.full(others, 0.33), 0.67 * np.eye(others)]]):
        assert tuple(corner.round(9).tolist()) in listed
    steps = (rows * intervals).round(6)
    assert (steps == steps.round()).all(axis=1).sum() >= (231 if others == 2 else 286)


def test_what_is_continuous() -> None:
    made = scenario(LINE | {"ladder": {"range": [0, 1], "step": 0.5}, "pie": {"division": ["ann", "bob"]}})
    assert [name for name, issue in made.issues.items() if continuous(issue)] == ["line", "pie"]
    assert Stretch(1.0, 4.0).middle == 2.5
