"""A grid over knobs: rows in order, each what solving the changed scenario says, the scenario untouched."""

from __future__ import annotations

from typing import Any

import pytest

import bargain
from bargain.errors import ScenarioError, UsageError
from model.documents import PIE, SPLIT, menu, scenario, values

TALKS = scenario(
    {"plan": menu("x", "y"), **PIE},
    {"ann": SPLIT["ann"] | {"plan": values(x=0.2, y=0)}, "bob": SPLIT["bob"] | {"plan": values(x=0, y=0.1)}},
    players={"ann": {"title": "Ann", "power": 1}, "bob": {"title": "Bob"}},
)
KNOBS = {"disagreement.payoffs.ann": [0.0, 0.4, 2.0], "players.ann.power": [1, 3]}


def test_rows_are_the_solutions_in_order() -> None:
    before = TALKS.model_dump()
    study = bargain.sweep(TALKS, KNOBS, (bargain.nash, bargain.asymmetric_nash))
    assert TALKS.model_dump() == before
    assert [(row["disagreement.payoffs.ann"], row["players.ann.power"], row["concept"]) for row in study.rows] == [
        (d, power, concept) for d in (0, 0.4, 2) for power in (1, 3) for concept in ("nash", "asymmetric_nash")
    ]
    for row in study.rows:
        changed: Any = TALKS
        for path in KNOBS:
            changed = bargain.set_value(changed, path, row[path])
        solution = bargain.solve(changed, getattr(bargain, row["concept"]))
        assert row["status"] == solution.status
        assert {p: row[f"payoff.{p}"] for p in ("ann", "bob")} == solution.payoffs


def test_closed_form() -> None:
    """Ann's x adds 0.2 to the pie: she gets (1.2 + d) / 2, and with power w the share w of the surplus."""
    study = bargain.sweep(TALKS, KNOBS, (bargain.asymmetric_nash,))
    assert study.column("payoff.ann", concept="asymmetric_nash")[:4] == pytest.approx([0.6, 0.9, 0.8, 1.0])
    assert study.column("status", concept="asymmetric_nash")[4:] == ["no_agreement"] * 2
    assert study.column("payoff.ann", concept="asymmetric_nash")[4:] == [2, 2]


def test_agreements_become_columns() -> None:
    study = bargain.sweep(TALKS, {"disagreement.payoffs.ann": [0.2, 2]})
    agreed, failed = study.rows
    assert agreed["agreement.plan"] == "x"
    assert agreed["agreement.pie.ann"] == pytest.approx(0.5)
    assert agreed["agreement.pie.ann"] + agreed["agreement.pie.bob"] == pytest.approx(1)
    assert not any(column.startswith("agreement") for column in failed)
    assert study.columns == [
        "disagreement.payoffs.ann",
        "concept",
        "status",
        "payoff.ann",
        "payoff.bob",
        "agreement.plan",
        "agreement.pie.ann",
        "agreement.pie.bob",
    ]
    assert (study.title, study.players, study.concepts) == ("Small", {"ann": "Ann", "bob": "Bob"}, ("nash",))
    assert study.knobs == {"disagreement.payoffs.ann": (0.2, 2)}


def test_lotteries_are_swept_too() -> None:
    plan = scenario({"plan": menu("x", "y")}, {"ann": {"plan": values(x=1, y=0)}, "bob": {"plan": values(x=0, y=1)}})
    study = bargain.sweep(plan, {"disagreement.payoffs.ann": [0.0, 0.5]}, regime="lotteries")
    assert study.column("payoff.ann", concept="nash") == pytest.approx([0.5, 0.75])
    assert not any(column.startswith("agreement") for column in study.columns)


def test_no_knobs_is_one_point() -> None:
    assert len(bargain.sweep(TALKS, {}).rows) == 1


def test_wrong_knobs() -> None:
    with pytest.raises(UsageError, match="did you mean 'ann'"):
        bargain.sweep(TALKS, {"players.anne.power": [1]})
    with pytest.raises(ScenarioError, match="power must be above 0"):
        bargain.sweep(TALKS, {"players.ann.power": [1, 0]})
