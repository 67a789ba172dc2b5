"""What wars of attrition refuse, in words."""

from __future__ import annotations

from typing import Any

import pytest

from bargain.errors import NotApplicable, UsageError
from bargain.protocols.attrition.reputation import solve_reputation
from bargain.protocols.attrition.rules import Reputation, WarOfAttrition
from bargain.protocols.attrition.war import solve_war

WAR: dict[str, Any] = {"prizes": (10, 5), "costs": (1, 1)}
NAMES: dict[str, Any] = {"demands": (0.6, 0.6), "stubborn": (0.1, 0.1), "rates": (1, 1)}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"prizes": (0, 5)}, "prizes: 0 is not positive"),
        ({"costs": (1, -1)}, "costs: -1 is not positive"),
        ({"prizes": (1, 2, 3)}, "3 numbers for 2 players"),
        ({"prizes": (1, float("nan"))}, "not both finite"),
        ({"atoms": (0.1, 0.1)}, "both give in at once"),
        ({"atoms": (1.5, 0)}, "not between 0 and 1"),
        ({"deadline": 0}, "deadline: 0 is not positive"),
        ({"settlement": (1, 1)}, "without a deadline"),
        ({"settlement": (11, 1), "deadline": 2}, "between 0 and the prize"),
    ],
)
def test_wars_that_are_none(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        WarOfAttrition(**(WAR | changes))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"demands": (1, 0.5)}, "strictly between 0 and 1"),
        ({"stubborn": (0, 0.5)}, "stubborn: a chance"),
        ({"rates": (0, 1)}, "rates: 0 is not positive"),
    ],
)
def test_reputations_that_are_none(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        Reputation(**(NAMES | changes))


def test_compatible_demands_leave_nothing_to_hold_out_for() -> None:
    with pytest.raises(NotApplicable, match="compatible"):
        solve_reputation(Reputation(**(NAMES | {"demands": (0.5, 0.5)})))


def test_a_deadline_that_decides_leaves_no_atom_to_choose() -> None:
    with pytest.raises(NotApplicable, match="the deadline decides"):
        solve_war(WarOfAttrition(**WAR, atoms=(0.5, 0), deadline=5, settlement=(2, 1)))
