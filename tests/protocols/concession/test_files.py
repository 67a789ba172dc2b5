"""From a file to the page and the JSON: strategies as they are written, offers as they are told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

import bargain
from bargain.cli.main import main
from bargain.errors import ScenarioError
from bargain.files.read import parse, read
from bargain.files.write import dump
from bargain.protocols.concession.filling import fill, strategy_of
from bargain.protocols.concession.rules import Concession
from bargain.protocols.concession.strategies import (
    EquilibriumPlay,
    Hardheaded,
    RandomAsks,
    Strategy,
    TimeDependent,
    TitForTat,
    Zeuthen,
)
from protocols.concession.grounds import pie

SCENARIOS = Path(__file__).parents[3] / "scenarios"
HOUSE = """\
bargain: 1
title: A house
players: {seller: {title: Seller, patience: 0.9}, buyer: {title: Buyer}, agent: {signs: false}}
issues:
  price: {title: Price, range: [0, 100], step: 10}
utilities:
  seller: {price: {weight: 100, shape: linear, worst: 0, best: 100}}
  buyer: {price: {weight: 100, shape: linear, worst: 100, best: 0}}
  agent: {price: {weight: 3, shape: linear, worst: 0, best: 100}}
disagreement: {payoffs: {seller: 10, buyer: 0, agent: 0}}
protocols:
"""


def house(setup: str) -> bargain.Scenario:
    """The house with one way to haggle over it."""
    return parse(f"{HOUSE}  talks: {{model: concession, {setup}}}\n")


def rules_of(setup: str) -> Concession:
    scenario = house(setup)
    rules = fill(scenario, scenario.protocols["talks"]).rules  # type: ignore[arg-type]
    assert isinstance(rules, Concession)
    return rules


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("linear", TimeDependent(1)),
        ("boulware", TimeDependent(0.2)),
        ("conceder", TimeDependent(5)),
        ("{boulware: 0.3}", TimeDependent(0.3)),
        ("{boulware: {value: 0.3, low: 0.1, high: 0.5, basis: assumed}, start: 0.1}", TimeDependent(0.3, 0.1)),
        ("{conceder: 2}", TimeDependent(2)),
        ("{play: linear, start: 0.5}", TimeDependent(1, 0.5)),
        ("tit_for_tat", TitForTat()),
        ("{tit_for_tat: relative}", TitForTat("relative")),
        ("{tit_for_tat: averaged, lag: 3}", TitForTat("averaged", 3)),
        ("{play: tit_for_tat, noise: 2}", TitForTat("absolute", 1, 2.0)),
        ("hardheaded", Hardheaded()),
        ("random", RandomAsks()),
        ("equilibrium", EquilibriumPlay()),
        ("zeuthen", Zeuthen()),
    ],
)
def test_strategies_as_written(written: str, meant: Strategy) -> None:
    scenario = house(f"strategies: {{seller: {written}, others: hardheaded}}")
    assert rules_of(f"strategies: {{seller: {written}, others: hardheaded}}").strategies == (meant, Hardheaded())
    assert parse(dump(scenario)) == scenario
    assert dump(parse(dump(scenario))) == dump(scenario)


@pytest.mark.parametrize(
    ("setup", "problem"),
    [
        ("strategies: {seller: {boulware: 1.5}}", "a boulware has a beta above 0 and below 1"),
        ("strategies: {seller: {conceder: 0.5}}", "a conceder has a beta above 1"),
        ("strategies: {seller: stubborn}", "expected boulware or linear"),
        ("strategies: {seller: {boulware: 0.2, conceder: 3}}", "a strategy is one word or one key; write a word"),
        ("strategies: {seller: {start: 0.2}}", "a strategy is one word or one key"),
        ("strategies: {seller: {play: linear, lag: 2}}", "`lag` means nothing for this strategy"),
        ("strategies: {seller: {play: hardheaded, start: 0.1}}", "`start` means nothing for this strategy"),
        ("strategies: {seller: {tit_for_tat: relative, noise: 1}}", "noise is not negative, and of absolute"),
        ("strategies: {seller: {boulwere: 0.2}}", "unknown key"),
        ("strategies: {sellar: linear}", "did you mean 'seller'?"),
        ("order: [buyer, buyer]", "'buyer' is named twice"),
        ("deadline: 0", "deadline"),
        ("tournament: perhaps", "expected a list"),
        ("tournament: [linear, mild]", "expected boulware or linear"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(setup: str, problem: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        house(setup)
    (found,) = refused.value.problems
    assert problem in str(found)
    assert (found.line, found.path.startswith("protocols.talks.")) == (12, True)


def test_rules_come_from_the_whole_file() -> None:
    rules = rules_of("deadline: 7, breakdown: 0.1, seed: 5, order: [buyer]")
    assert rules.players == ("seller", "buyer")
    assert rules.points.tolist() == [[100.0 - x, float(x)] for x in range(0, 101, 10)]
    assert rules.disagreement.tolist() == [10, 0]
    assert rules.strategies == (TimeDependent(1), TimeDependent(1))
    assert (rules.deadline, rules.breakdown, rules.seed, rules.order) == (7, 0.1, 5, (1, 0))
    assert rules.patience.tolist() == [0.9, 1.0]
    assert rules.offered is None


def test_tournaments_as_written() -> None:
    assert rules_of("tournament: true").offered == ()
    assert rules_of("tournament: false").offered is None
    assert rules_of("tournament: [linear, {boulware: 0.4}]").offered == (TimeDependent(1), TimeDependent(0.4))
    scenario = house("tournament: true")
    assert "tournament: true" in dump(scenario)


def test_who_does_not_sign_makes_no_offers() -> None:
    for setup in ("strategies: {agent: linear}", "order: [agent]"):
        with pytest.raises(ScenarioError, match="'agent' does not sign"):
            rules_of(setup)


def test_zeuthen_among_three_is_refused() -> None:
    with pytest.raises(ScenarioError, match="Zeuthen's rule is for two"):
        bargain.play(parse(dump(house("strategies: {others: zeuthen}")), sets=["players.agent.signs=true"]), "talks")


def test_the_dance_in_json() -> None:
    """Rounds 1 to 4 of a linear seller and a linear buyer, by hand: 100, then 60 of 90 gained; 100, then 60."""
    told = bargain.play(house("deadline: 6, strategies: {others: linear}"), "talks").to_dict()
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert (told["model"], told["protocol"], told["status"]) == ("concession", "talks", "agreement")
    assert told["solution_concept"] == "a simulation by rules of thumb, not an equilibrium"
    assert [(move["round"], move["player"], move["payoffs"]) for move in told["path"]] == [
        (1, "seller", {"seller": 100, "buyer": 0}),
        (2, "buyer", {"seller": 20, "buyer": 80}),
        (3, "seller", {"seller": 70, "buyer": 30}),
        (4, "buyer", {"seller": 50, "buyer": 50}),
    ]
    assert [move["note"] for move in told["path"]] == ["wants 100", "wants 75", "wants 70", "wants 45"]
    assert told["path"][0]["action"] == "Price: 100; refused"
    assert told["agreement"] == {"price": 50.0}
    assert told["payoffs"] == pytest.approx({"seller": 10 + 0.9**3 * 40, "buyer": 50, "agent": 1.5})
    assert told["certificate"]["equilibrium"] is False
    assert told["certificate"]["gain_by_best_reply"] == max(told["measures"]["gain_by_best_reply"].values())
    assert told["measures"]["rounds"] == 4
    assert told["measures"]["distance_from_nash"] == pytest.approx(np.hypot(4 - 0.9**3 * 4, 0) / 9)
    assert [row["accepted"] for row in told["tables"]["offers"]] == [
        ["seller"],
        ["buyer"],
        ["seller"],
        ["seller", "buyer"],
    ]


def test_ten_percent_is_left_to_the_seller() -> None:
    """All prices but 0 leave the seller at 10 or more."""
    told = bargain.play(house("strategies: {others: random}"), "talks")
    points = told.tables["points"]
    assert len(points) == 11
    assert [row["rational"] for row in points] == [False] + [True] * 10


def test_equilibrium_play_has_its_certificate() -> None:
    told = bargain.play(house("deadline: 3, strategies: {others: equilibrium}"), "talks")
    assert told.solution_concept == "subgame-perfect equilibrium of the finite game"
    assert told.certificate["largest_gain"] <= told.certificate["tolerance"]
    assert "equilibrium" not in told.certificate
    assert told.measures["gain_by_best_reply"] == pytest.approx({"seller": 0, "buyer": 0}, abs=1e-7)
    assert "nobody gains" in repr(told)
    thumb = repr(bargain.play(house("strategies: {others: linear}"), "talks"))
    assert "nobody gains" not in thumb
    assert "not an equilibrium" in thumb


def test_seeds_from_the_file_and_from_the_caller() -> None:
    scenario = house("strategies: {others: random}, seed: 3, repetitions: 5")
    own, again, other = (bargain.play(scenario, "talks", seed=seed) for seed in (None, 3, 4))
    assert own.to_dict() == again.to_dict()
    assert own.path != other.path
    assert other.rules["seed"] == 4


def test_breakdown_is_told_with_its_chance() -> None:
    """Two hardheaded players agree in the last of 6 rounds, if talks last five refusals at 0.2."""
    scenario = house("strategies: {others: hardheaded}, deadline: 6, breakdown: 0.2, seed: 1, repetitions: 2")
    told = bargain.play(scenario, "talks")
    assert told.chance_of_agreement == pytest.approx(0.8**5)
    assert told.measures["expected_payoffs"] == pytest.approx({"seller": 10, "buyer": 0.8**5 * 90})
    ends = [bargain.play(scenario, "talks", seed=seed) for seed in range(12)]
    assert {end.status for end in ends} == {"uncertain"}
    assert {str(end.reason).split(",")[0] for end in ends} >= {"In this draw an agreement is reached in round 6"}
    assert {end.agreement is None for end in ends} == {True, False}


def test_no_agreement_says_why() -> None:
    told = bargain.play(house("strategies: {others: tit_for_tat}, deadline: 4"), "talks")
    no_deal = {"seller": 10, "buyer": 0, "agent": 0}
    assert (told.status, told.agreement, dict(told.payoffs)) == ("no_agreement", None, no_deal)
    assert told.reason == "the deadline passes after 4 rounds without an offer that all accept"
    nothing = bargain.play(
        parse(dump(house("deadline: 4")), sets=["disagreement.payoffs={seller: 90, buyer: 90, agent: 0}"]), "talks"
    )
    assert nothing.status == "no_agreement"
    assert "no efficient agreement" in str(nothing.reason)
    assert nothing.chance_of_agreement == 0


def test_a_tournament_is_told() -> None:
    told = bargain.play(house("tournament: [linear, hardheaded, {boulware: 0.2}], deadline: 8"), "talks")
    rows = told.tables["tournament"]
    assert len(rows) == 9
    assert {row["seller"] for row in rows} == {"linear", "hardheaded", "boulware 0.2"}
    stable = [(row["seller"], row["buyer"]) for row in rows if row["equilibrium"]]
    assert stable
    assert [(row["seller"], row["buyer"]) for row in told.tables["tournament_equilibria"]] == stable
    for row in rows:
        assert row["equilibrium"] == (row["best_replies"] == ["seller", "buyer"])
    means = {row["strategy"]: row["mean.seller"] for row in told.tables["standings"]}
    for name, mean in means.items():
        assert mean == pytest.approx(np.mean([row["payoff.seller"] for row in rows if row["seller"] == name]))
    assert "Standings" in repr(told)


def test_plain_rules_can_be_played() -> None:
    told = bargain.play(Concession(pie(10), np.zeros(2), (Zeuthen(), Zeuthen()), 60, players=("a", "b")))
    assert (dict(told.payoffs), told.agreement) == ({"a": 5, "b": 5}, None)
    assert told.path[0].action == "refused"


def test_four_signatories_and_a_continuous_issue() -> None:
    """Berlin: the judge replays every offer among four players; the grid of the ceasefire line is told."""
    scenario = read(
        SCENARIOS / "berlin_2025.yaml", sets=["protocols={talks: {model: concession, deadline: 24, repetitions: 3}}"]
    )
    told = bargain.play(scenario, "talks")
    assert told.status == "agreement"
    assert told.agreement is not None
    assert [move.player for move in told.path][:5] == [*scenario.signatories, scenario.signatories[0]]
    assert all(told.payoffs[name] >= told.disagreement[name] for name in scenario.signatories)
    assert any("grid of continuous issues" in remark for remark in told.remarks)


def test_files_without_agreements_are_refused() -> None:
    text = "bargain: 1\ntitle: Nothing\nplayers: {a: {}, b: {}}\nprotocols: {talks: {model: concession}}\n"
    with pytest.raises(ScenarioError, match="needs agreements to offer"):
        bargain.play(parse(text), "talks")


def invoke(*arguments: object) -> Any:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="bargain")


def test_the_command_line(tmp_path: Path) -> None:
    file, figure = SCENARIOS / "teaching" / "dance.yaml", tmp_path / "dance.png"
    page = invoke("play", file, "imitation", "--plot", figure)
    assert page.exit_code == 0, page.output
    assert "Price: 260 thousand; accepted (wants 60)" in page.stdout
    assert figure.stat().st_size > 10_000
    seeded = invoke("play", file, "imitation", "--json", "--seed", 9)
    assert json.loads(seeded.stdout)["rules"]["seed"] == 9
    assert invoke("play", file, "stubborn", "--fail-if-no-deal").exit_code == 1
    assert invoke("play", file, "imitation", "--set", "protocols.imitation.deadline=0").exit_code == 3


def test_strategies_are_knobs() -> None:
    scenario = house("strategies: {seller: {boulware: 0.2}}")
    moved = parse(dump(scenario), sets=["protocols.talks.strategies.seller.boulware=0.5"])
    assert strategy_of(moved.protocols["talks"].strategies["seller"]) == TimeDependent(0.5)  # type: ignore[attr-defined]
