"""What is wrong with rules is named, with what to write instead."""

from __future__ import annotations

import pytest

from bargain.errors import UsageError
from bargain.protocols.joint_offer.rules import CounterDemand, JointOffer

GOOD = {
    "payoffs": [[1, 2], [2, 1]],
    "outsider": [[1, 0], [0, 1]],
    "chances": [0.5, 0.5],
    "refusal": [0, 0],
    "outsider_refusal": [0, 0],
}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"payoffs": [1, 2]}, "payoffs: its shape"),
        ({"payoffs": [[1, float("nan")], [2, 1]]}, "payoffs: every number must be finite"),
        ({"outsider": [[1, 0]]}, "outsider: its shape"),
        ({"chances": [0.5, 0.6]}, "chances: they are"),
        ({"chances": [1.5, -0.5]}, "chances: they are"),
        ({"refusal": [0, 0, 0]}, "refusal: its shape"),
        ({"outsider_refusal": [0]}, "outsider_refusal: its shape"),
        ({"powers": [1, 0]}, "powers: every power"),
        ({"outsider_power": 0}, "powers: every power"),
        ({"members": ("a",)}, "members: 2 different names"),
        ({"types": ("x", "x")}, "types: 2 different names"),
        ({"members": ("a", "b"), "to": "a"}, "a is inside the bloc and outside at once"),
        ({"counter": CounterDemand(breakdown=1.5)}, "counter: for every refusal, it is 1.5"),
        ({"counter": CounterDemand(patience=-0.1)}, "counter: for every type, it is -0.1"),
        ({"counter": CounterDemand(members=(1.0,))}, "counter: a number is needed for every member"),
        ({"payoffs": [], "outsider": []}, "payoffs: its shape"),
    ],
)
def test_what_is_refused(changes: dict[str, object], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        JointOffer(**{**GOOD, **changes})


def test_arrays_are_kept_apart_from_what_was_given() -> None:
    rules = JointOffer(**GOOD)
    with pytest.raises(ValueError, match="read-only"):
        rules.payoffs[0, 0] = 5
