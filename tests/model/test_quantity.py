"""Numbers with their range: what is read, what is refused, what is written back."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from bargain.model.quantity import Quantity

FULL = {"value": 35, "low": 25, "high": 45, "shape": "uniform", "basis": "sourced", "source": "paper", "note": "n"}


@pytest.mark.parametrize("number", [35, -2.5, 0, 1e300])
def test_a_bare_number_stays_bare(number: float) -> None:
    quantity = Quantity.model_validate(number)
    assert quantity.is_bare
    assert float(quantity) == number
    assert quantity.model_dump() == number


def test_a_map_keeps_what_it_says() -> None:
    quantity = Quantity.model_validate(FULL)
    assert not quantity.is_bare
    assert quantity.model_dump() == FULL
    assert Quantity.model_validate(quantity.model_dump()) == quantity
    assert Quantity.model_validate({"value": 1, "note": "why"}).model_dump() == {"value": 1, "note": "why"}
    assert Quantity.model_validate(quantity) is quantity


@pytest.mark.parametrize("end", ["low", "high"])
def test_ends_belong_to_the_range(end: str) -> None:
    assert Quantity.model_validate({"value": 2, end: 2}).is_bare is False


REFUSED = [
    (True, "expected a number"),
    ("35", "expected a number"),
    (None, "expected a number"),
    ([1], "expected a number"),
    ({"value": True}, "expected a number"),
    ({"value": "1"}, "expected a number"),
    ({"value": 1, "low": False}, "expected a number"),
    ({}, "Field required"),
    ({"value": 1, "hihg": 2}, "Extra inputs are not permitted"),
    ({"value": 1, "shape": "gauss"}, "Input should be 'triangular', 'uniform', 'normal', 'lognormal' or 'beta'"),
    ({"value": 1, "basis": "guessed"}, "Input should be 'sourced', 'assumed' or 'derived'"),
    ({"value": 3, "low": 5, "high": 1}, "low is above high"),
    ({"value": 3, "low": 4}, "outside its own low and high"),
    ({"value": 3, "high": 2.9}, "outside its own low and high"),
    (float("nan"), "finite number"),
    ({"value": 1, "high": float("inf")}, "finite number"),
]


@pytest.mark.parametrize(("data", "complaint"), REFUSED)
def test_refused(data: Any, complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        Quantity.model_validate(data)


def test_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Quantity.model_validate(1).value = 2.0  # type: ignore[misc]


def test_repr() -> None:
    assert [repr(Quantity.model_validate(q)) for q in (1.5, FULL, {"value": 2, "low": 1})] == [
        "Quantity(1.5)",
        "Quantity(35, 25..45)",
        "Quantity(2, 1..)",
    ]
