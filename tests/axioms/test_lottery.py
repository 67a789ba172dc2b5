"""What axioms ask of lotteries among three: against textbook sets, and a rule that breaks what it is put before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from bargain import axioms
from bargain.axioms import situation
from bargain.axioms.lottery import corners_above, most, room
from bargain.geometry.choice import Choice, FeasibleSet

SIMPLEX = situation([[6, 0, 0], [0, 6, 0], [0, 0, 6]], regime="lotteries")


@dataclass(frozen=True)
class Said:
    choice: Choice


def says(*point: float):
    """A rule that answers one payoff vector, whatever the problem."""

    def rule(_: FeasibleSet) -> Said:
        return Said(Choice(((),), np.array([point])))

    return rule


def test_room_and_reach_of_a_simplex() -> None:
    points, one = SIMPLEX.points, np.ones(3)
    assert room(points, np.zeros(3), one) == pytest.approx(2)
    assert room(points, np.full(3, 3.0), one) == pytest.approx(-1)
    assert most(points, 2, np.array([1.0, 2.0, 0.0]), one) == pytest.approx(3)
    assert most(points, 2, np.array([4.0, 4.0, 0.0]), one) == -np.inf
    assert SIMPLEX.ideal == pytest.approx([6, 6, 6])
    assert SIMPLEX.seen_from(np.array([1.0, 2, 0])).ideal == pytest.approx([4, 5, 3])


def test_corners_where_somebody_breaks_even() -> None:
    corners = corners_above(SIMPLEX.points, np.array([1.0, 2.0, 0.0]), np.full(3, 6.0))
    assert sorted(corners.round(9).tolist()) == [[1, 2, 3], [1, 5, 0], [4, 2, 0]]
    assert len(corners_above(SIMPLEX.points, np.array([3.0, 3.0, 1.0]), np.full(3, 6.0))) == 0


def test_what_can_be_had_by_drawing_lots() -> None:
    assert SIMPLEX.contains(np.array([2.0, 2, 2]))
    assert not SIMPLEX.contains(np.array([2.0, 2, 2.1]))
    assert SIMPLEX.better(np.array([2.0, 2, 2])) is None
    assert SIMPLEX.better(np.array([2.0, 2, 1])) == pytest.approx([3, 2, 1])
    assert SIMPLEX.regular
    assert not SIMPLEX.seen_from(np.array([2.0, 2, 2])).regular
    assert SIMPLEX.feasible().method == "prices"


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("efficiency", (2.0, 2.0, 1.0)),
        ("weak_efficiency", (1.0, 1.0, 1.0)),
        ("individual_rationality", (-1.0, 3.5, 3.5)),
        ("symmetry", (1.0, 2.0, 3.0)),
        ("midpoint_domination", (1.0, 2.0, 3.0)),
        ("anonymity", (1.0, 2.0, 3.0)),
        ("scale_invariance", (2.0, 2.0, 2.0)),
    ],
)
def test_a_wrong_answer_among_three_is_noticed(name: str, answer: tuple[float, ...]) -> None:
    assert getattr(axioms, name).violation(says(*answer), SIMPLEX) is not None


def test_a_right_answer_among_three_is_not() -> None:
    for name in ("efficiency", "weak_efficiency", "individual_rationality", "symmetry", "midpoint_domination"):
        assert getattr(axioms, name).violation(says(2.0, 2.0, 2.0), SIMPLEX) is None
