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
from bargain.protocols.joint_offer.filling import fill
from bargain.show.plots.plays import plot_play
from lanes import one_in
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
@pytest.mark.parametrize("counter", one_in(2, [True, False]))
@pytest.mark.parametrize("seed", range(10))
def test_nothing_is_given_away_to_the_grid(shape: str, counter: bool, seed: int) -> None:
    """Against a hundred thousand settings of the range, evaluated here: no offer on that fine list does better."""
    rng = np.random.default_rng(seed)
    found = scenario(shape, counter="true", breakdown=0.5) if counter else scenario(shape)
    floors = rng.uniform(1, 7, 2)
    for name, floor in zip(("soft", "hard"), floors, strict=True):
        found = bargain.set_value(found, f"types.c.{name}.set", {"disagreement.payoffs.c": float(floor)})
    x, y = np.tile(np.linspace(0, 10, 50_001), 2), np.repeat([0, 1], 50_001)
    ours = np.column_stack([x + 2 * y, 0.4 * x + 3 * (1 - y)])
    theirs = 10 * (1 - x / 10) ** (0.6 if shape == CURVED else 1) + y
    waiting, after = floors.copy(), np.ones((2, 2))
    if counter:
        demand = np.where((ours >= 1 - 1e-12).all(axis=1), theirs, -np.inf).argmax()
        waiting += 0.5 * np.array([0.5, 0.25]) * np.maximum(theirs[demand] - floors, 0)
        patience = np.array([0.9, 1.0])
        after = np.where((theirs[demand] >= floors)[:, None], 1 + 0.5 * patience * (ours[demand] - 1), 1.0)
    accepts = theirs[:, None] >= waiting - 1e-12
    gains = sum(p * np.where(accepts[:, [k]], ours, after[k]) for k, p in enumerate((0.4, 0.6))) - 1
    best = np.where((gains >= 0).all(axis=1), gains.prod(axis=1), -1).max()
    equilibrium = bargain.play(found)
    product = equilibrium.measures["gain"]["a"] * equilibrium.measures["gain"]["b"]
    assert list(equilibrium.measures["accepted_from"].values()) == pytest.approx(waiting.tolist(), abs=2e-3)
    assert product >= best - 1e-9
    assert product <= best * 1.002


@pytest.mark.parametrize(
    "concept", one_in(3, ["nash", "kalai_smorodinsky", "egalitarian", "equal_loss", "utilitarian"])
)
def test_a_pie_is_cut_to_the_crumb(concept: str) -> None:
    """What is left of 100 when the trader has what it needs, 33.3 or 40.01, which is not on the grid of shares."""
    found = bargain.read(TRADER)
    for name, floor in (("pressed", 33.3), ("busy", 40.01)):
        found = bargain.set_value(found, f"types.trader.{name}.set", {"disagreement.payoffs.trader": floor})
    equilibrium = bargain.play(bargain.set_value(found, "protocols.letter.concept", concept), "letter")
    left = 100 - 40.01
    shares = sorted([equilibrium.payoffs["ann"], equilibrium.payoffs["bea"]])
    assert shares == pytest.approx([0, left] if concept == "utilitarian" else [left / 2, left / 2], abs=1e-6)
    known = next(row for row in equilibrium.tables["what_if"] if row["case"] == "pressed is known")
    assert known["ann"] + known["bea"] == pytest.approx(66.7, abs=1e-6)


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


def test_a_concept_that_needs_lotteries_is_refused() -> None:
    with pytest.raises(bargain.ScenarioError, match="maschler_perles does not choose a single agreement"):
        scenario(concept="maschler_perles")
    unchecked = scenario().protocols["offer"].model_copy(update={"concept": "maschler_perles"})
    with pytest.raises(UsageError, match="maschler_perles needs lotteries"):
        bargain.play(scenario().model_copy(update={"protocols": {"offer": unchecked}}))


def test_a_majority_is_another_matter() -> None:
    text = (SMALL % LINEAR).replace("types:", "consent: {rule: majority}\ntypes:")
    equilibrium = bargain.play(bargain.parse(text))
    assert equilibrium.status == "not_applicable"
    assert "majority" in (equilibrium.reason or "")


@pytest.mark.parametrize("hard", [2.5, 3.3, 4.44, 6.1])
def test_a_bloc_of_one_makes_an_ultimatum(hard: float) -> None:
    """With one member every concept picks what is best for it, as the proposer of an ultimatum does."""
    text = (SMALL % LINEAR).replace("b: {}, c", "b: {signs: false}, c").replace("4.44", str(hard))
    text += "  take: {model: ultimatum, proposer: a, to: c}\n"
    found = bargain.parse(text)
    ours, theirs = bargain.play(found, "offer"), bargain.play(found, "take")
    assert ours.payoffs["a"] == pytest.approx(theirs.payoffs["a"], abs=1e-6)
    assert ours.chance_of_agreement == pytest.approx(theirs.chance_of_agreement)


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


@pytest.mark.parametrize("name", one_in(2, ["letter", "letters"]))
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


@pytest.mark.slow
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


def test_no_line_runs_through_a_name() -> None:
    """A line ends at its own name, and names hide what passes under them."""
    ax = plot_play(bargain.play(bargain.read("teaching/absent_trader"), "letters"))
    lines = [line for line in ax.lines if str(line.get_gid()).startswith("accepts ")]
    names = [text for text in ax.texts if " accepts from " in text.get_text()]
    assert len(lines) == len(names) == 2
    tops = sorted(line.get_ydata()[1] for line in lines)
    assert tops[0] < tops[1] == 1.0
    for text in [*names, *(text for text in ax.texts if "+15" in text.get_text() or "walk out" in text.get_text())]:
        box = text.get_bbox_patch()
        assert box is not None
        assert all(text.get_zorder() > line.get_zorder() for line in lines)
