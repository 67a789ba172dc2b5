"""From a file to an equilibrium: what is filled in, what is refused, what the JSON holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import bargain
from bargain.errors import UsageError
from bargain.model.setups.joint_offer import JointOfferSetup
from bargain.protocols.joint_offer.between import indifferent
from bargain.protocols.joint_offer.filling import fill
from bargain.protocols.types import typed
from bargain.show.plots.plays import plot_play
from oracles.absent import berlin

BERLIN = Path(bargain.__file__).parents[2] / "scenarios" / "berlin_2025.yaml"
TRADER = "teaching/absent_trader"
SMALL = """
bargain: 1
title: Two members and an outsider
players: {a: {patience: 0.9}, b: {}, c: {patience: 0.5}}
issues:
  x: {range: [0, 10]}
  y: {options: {no: No, yes: Yes}}
utilities:
  a: {x: {weight: 10, shape: linear, worst: 0, best: 10}, y: {weight: 2, values: {no: 0, yes: 1}}}
  b: {x: {weight: 4, shape: linear, worst: 0, best: 10}, y: {weight: 3, values: {no: 1, yes: 0}}}
  c: {x: {weight: 10, shape: %s}, y: {weight: 1, values: {no: 0, yes: 1}}}
disagreement: {payoffs: {a: 1, b: 1, c: 3.33}}
types:
  c:
    soft: {chance: 0.4, set: {disagreement.payoffs.c: 2.22}}
    hard: {chance: rest, set: {disagreement.payoffs.c: 4.44, players.c.patience: 0.25}}
protocols:
  offer: {model: joint_offer, to: c}
"""
LINEAR = "linear, worst: 10, best: 0"
CURVED = "power, exponent: 0.6, worst: 10, best: 0"


def scenario(shape: str = LINEAR, **protocol: Any) -> bargain.Scenario:
    text = SMALL % shape
    if protocol:
        text = text.replace("to: c}", ", ".join(["to: c", *(f"{k}: {v}" for k, v in protocol.items())]) + "}")
    return bargain.parse(text)


def filled(found: bargain.Scenario, **changes: Any) -> Any:
    return fill(found, JointOfferSetup.model_validate({"model": "joint_offer", "to": "c", **changes}))


@pytest.mark.parametrize("shape", [LINEAR, CURVED])
@pytest.mark.parametrize("seed", range(10))
def test_nothing_is_given_away_to_the_grid(shape: str, seed: int) -> None:
    """Whatever the type needs, it is left exactly that: the members' gains fall with what it gets."""
    rng = np.random.default_rng(seed)
    found = scenario(shape)
    for name in ("soft", "hard"):
        found = bargain.set_value(found, f"types.c.{name}.set", {"disagreement.payoffs.c": float(rng.uniform(1, 7))})
    rules = filled(found).rules
    for kind in range(2):
        least = rules.outsider_refusal[kind]
        short = rules.outsider[:, kind] - least
        assert np.abs(short).min() <= 1e-9 * 10


def test_agreements_between_grid_points_pay_what_they_should() -> None:
    agreements = typed(scenario(CURVED), "c").agreements
    found = indifferent(agreements, [(2, 3.217), (0, 4.123)])
    assert {round(float(paid[2]), 9) for _, paid in found} & {3.217}
    assert {round(float(paid[0]), 9) for _, paid in found} & {4.123}
    for agreement, paid in found:
        told = agreements.payoffs_of(agreement)
        assert [told[name] for name in agreements.signatories] == pytest.approx(paid.tolist())


def test_patience_and_breakdown_come_from_the_file() -> None:
    rules = filled(scenario(), counter=True, breakdown=0.25).rules
    assert rules.counter.members == (0.9, 1.0)
    assert rules.patience == (0.5, 0.25)
    assert rules.going_on == 0.75
    assert rules.types == ("soft", "hard")
    assert rules.chances == pytest.approx([0.4, 0.6])
    assert rules.outsider_refusal == pytest.approx([2.22, 4.44])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"bloc": ["a"]}, "b: must sign"),
        ({"bloc": ["a", "b", "c"]}, "c is inside the bloc and outside at once"),
        ({"breakdown": 0.5}, "`breakdown` is about a counter-demand"),
        ({"concept": "nahs"}, "no concept over agreements 'nahs'"),
        ({"concept": "shapley"}, "no concept over agreements 'shapley'"),
    ],
)
def test_what_a_set_up_cannot_say(changes: Mapping[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        filled(scenario(), **changes)


def test_who_does_not_sign_takes_no_part() -> None:
    found = bargain.set_value(scenario(), "players.b.signs", False)
    assert filled(found).rules.members == ("a",)
    with pytest.raises(UsageError, match="b does not sign"):
        filled(found, bloc=["a", "b"])


def test_a_concept_that_needs_lotteries_is_not_applicable() -> None:
    equilibrium = bargain.play(scenario(concept="maschler_perles"))
    assert equilibrium.status == "not_applicable"
    assert "lotteries" in (equilibrium.reason or "")


def test_demands_that_would_be_signals_are_not_applicable() -> None:
    found = bargain.set_value(scenario(counter="true"), "types.c.hard.set", {"disagreement.payoffs.a": 5})
    equilibrium = bargain.play(found)
    assert equilibrium.status == "not_applicable"
    assert "signals" in (equilibrium.reason or "")


def test_no_types_mean_one_that_is_known() -> None:
    found = bargain.parse((SMALL % LINEAR).replace("types:", "note: |").replace("  c:\n    soft", "  c\n    soft"))
    equilibrium = bargain.play(found)
    assert equilibrium.status == "agreement"
    assert equilibrium.payoffs["c"] == pytest.approx(3.33, abs=1e-9)
    assert equilibrium.measure("value_of_knowing_the_type_in_sum") == pytest.approx(0, abs=1e-9)
    assert equilibrium.beliefs == []
    assert [row["case"] for row in equilibrium.tables["what_if"]][-1] == "all in one room"


def test_json_of_the_teaching_file() -> None:
    found = bargain.play(bargain.read(TRADER), "letter")
    document = json.loads(json.dumps(found.to_dict()))
    assert document["model"] == "joint_offer"
    assert document["protocol"] == "letter"
    assert document["status"] == "agreement"
    assert document["players"] == ["ann", "bea", "trader"]
    assert document["payoffs"] == pytest.approx({"ann": 30, "bea": 30, "trader": 40})
    assert document["agreement"] == {"proceeds": pytest.approx({"ann": 0.3, "bea": 0.3, "trader": 0.4})}
    assert document["rules"]["chances"] == pytest.approx({"pressed": 0.7, "busy": 0.3})
    assert [move["player"] for move in document["path"]] == ["the bloc", "trader"]
    assert [answer["numbers"]["accepts"] for answer in document["strategies"]["trader"]] == [True, True]
    assert document["measures"]["value_of_knowing_the_type"] == pytest.approx({"ann": 7, "bea": 7})
    assert document["certificate"]["largest_gain"] <= 1e-9
    cases = [row["case"] for row in document["tables"]["what_if"]]
    assert cases[:3] == ["as it is", "pressed is known", "busy is known"]
    assert sum(row["chosen"] for row in document["tables"]["offers"]) == 1


def test_the_risk_that_is_taken_is_told() -> None:
    found = bargain.play(bargain.read(TRADER, variant="surely_pressed"), "letter")
    assert found.status == "uncertain"
    assert found.chance_of_agreement == pytest.approx(0.8)
    assert [belief.when for belief in found.beliefs] == ["before", "after a refusal"]
    assert found.beliefs[1].chances == pytest.approx({"pressed": 0, "busy": 1})
    assert "accepts" in repr(found)
    assert "refuses" in repr(found)


def test_a_demand_is_on_the_path_where_it_is_expected() -> None:
    """The impatient soft type takes the low offer; the hard one refuses, and its demand is signed half of the time."""
    text = """
bargain: 1
title: A demand
players: {a: {}, c: {}}
issues: {deal: {options: {low: Low, high: High}}}
utilities: {a: {deal: {values: {low: 10, high: 1}}}, c: {deal: {values: {low: 2, high: 9}}}}
disagreement: {payoffs: {a: 0, c: 1}}
types:
  c: {soft: {chance: 0.9, set: {players.c.patience: 0.05}}, hard: {chance: rest, set: {disagreement.payoffs.c: 3}}}
protocols: {offer: {model: joint_offer, to: c, counter: true, breakdown: 0.5}}
"""
    found = bargain.play(bargain.parse(text))
    assert [(move.player, move.round) for move in found.path] == [
        ("the bloc", 1),
        ("c", 1),
        ("c", 1),
        ("c", 2),
        ("the bloc", 2),
    ]
    assert [move.chance for move in found.path] == pytest.approx([1, 0.9, 0.1, 0.05, 0.05])
    assert found.payoffs["a"] == pytest.approx(0.9 * 10 + 0.1 * 0.5 * 1)
    assert found.path[3].agreement == {"deal": "high"}


def test_no_agreement_inside_the_bloc_says_who_loses() -> None:
    found = bargain.play(bargain.read(BERLIN, variant="assurances_only"), "berlin")
    assert found.status == "no_agreement"
    assert found.chance_of_agreement == 0
    assert "Ukraine by 1.73" in (found.reason or "")
    assert found.payoffs == pytest.approx(found.disagreement)


@pytest.mark.parametrize("name", ["letter", "letters"])
def test_the_figure_shows_offers_thresholds_and_the_choice(name: str) -> None:
    found = bargain.play(bargain.read(TRADER), name)
    ax = plot_play(found)
    drawn = {line.get_gid(): line for line in ax.lines}
    for type_, least in found.measures["accepted_from"].items():
        assert drawn[f"accepts {type_}"].get_xdata()[0] == pytest.approx(least)
    assert drawn["chosen ann"].get_ydata()[0] == pytest.approx(found.measures["gain"]["ann"])
    shown = sum(len(line.get_xdata()) for gid, line in drawn.items() if (gid or "").startswith("refused by"))
    assert 10 < shown <= len(found.tables["offers"])
    assert any("Ann +" in text.get_text() for text in ax.texts)


def test_the_figure_where_nothing_is_offered() -> None:
    found = bargain.play(bargain.read(BERLIN, variant="assurances_only"), "berlin")
    assert "no offer" in " ".join(text.get_text() for text in plot_play(found).texts)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "breakdown"), [("berlin", None), ("reply", 0.5)])
def test_berlin_listed_apart(name: str, breakdown: float | None) -> None:
    """All agreements of the file, evaluated by other code, lead to the same offer: nothing is lost by listing less."""
    found, told = bargain.play(bargain.read(BERLIN), name), berlin(BERLIN, breakdown)
    assert {member: found.payoffs[member] for member in told["payoffs"]} == pytest.approx(told["payoffs"], abs=1e-6)
    assert found.agreement == pytest.approx(told["agreement"], abs=1e-6) if breakdown is None else found.agreement
    assert list(found.measures["accepted_from"].values()) == pytest.approx(told["waiting"], abs=1e-6)
    assert found.measures["value_of_knowing_the_type"] == pytest.approx(told["value"], abs=1e-6)
