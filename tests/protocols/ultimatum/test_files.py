"""From a file to the JSON of `bargain play`: types, players, patience, pies; against all agreements listed."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import bargain
from bargain.model.table import disagreement_payoffs, payoffs_of
from bargain.protocols.types import typed
from bargain.protocols.ultimatum.pie import over_a_pie
from bargain.protocols.ultimatum.twice import offer_twice
from lanes import one_in

ROOT = Path(__file__).parents[3]
RISK = ROOT / "scenarios" / "teaching" / "risk_return.yaml"
SCREENING = ROOT / "scenarios" / "teaching" / "screening_two_periods.yaml"


def test_risk_and_return() -> None:
    found = bargain.play(bargain.read(RISK), "demand")
    document = json.loads(json.dumps(found.to_dict()))
    assert document["status"] == "uncertain"
    assert document["chance_of_agreement"] == pytest.approx(0.7)
    assert document["agreement"] == {"land": {"claimant": 0.8, "holder": 0.2}}
    assert document["payoffs"] == pytest.approx({"claimant": 68, "holder": 24.8})
    assert document["disagreement"] == pytest.approx({"claimant": 40, "holder": 24.8})
    assert document["solution_concept"] == "subgame-perfect equilibrium"
    assert [move["action"] for move in document["path"]] == ["offers", "accepts", "refuses"]
    assert [move["chance"] for move in document["path"]] == pytest.approx([1, 0.7, 0.3])
    assert document["beliefs"][1]["chances"] == {"resolute": 1.0, "weary": 0.0}
    assert document["measures"]["value_of_knowing_the_type"] == pytest.approx(7.2)
    rows = document["tables"]["who_can_be_satisfied"]
    assert [row["accepted_by"] for row in rows] == [["resolute", "weary"], ["weary"], []]
    assert [row["expected"] for row in rows] == pytest.approx([64, 68, 40])
    assert document["certificate"]["largest_gain"] <= document["certificate"]["tolerance"]


@pytest.mark.parametrize(("chance", "patience"), [(0.1, 0.3), (0.38, 0.7), (0.38, 0.95), (0.6, 0.9)])
def test_two_demands_are_those_of_a_pie(chance: float, patience: float) -> None:
    """Off the grid, too: first demands that leave a type indifferent to waiting are asked for."""
    changes = {"types.holder.resolute.chance": chance}
    changes |= {f"players.{name}.patience": patience for name in ("claimant", "holder")}
    scenario = bargain.read(RISK)
    for knob, value in changes.items():
        scenario = bargain.set_value(scenario, knob, value)
    found = bargain.play(scenario, "two_demands")
    rules = over_a_pie(0.5, 10, [14, 30], [chance, 1 - chance], 100, rounds=2, patience=(patience, patience))
    plan = offer_twice(rules)
    assert found.payoffs["claimant"] == pytest.approx(plan.worth.max(), abs=1e-8)
    assert found.measures["demand"] == pytest.approx(rules.proposer[plan.offer], abs=1e-8)


def test_many_types_are_told_shortly() -> None:
    costs = np.linspace(0.1, 0.4, 60)
    found = bargain.play(over_a_pie(0.4, 0.1, costs.tolist(), [1 / 60] * 60))
    assert len(found.strategies) == 3
    assert len(str(found).splitlines()) < 60


def test_beliefs_by_round() -> None:
    found = bargain.play(bargain.read(SCREENING), "mostly_rich")
    assert [belief.when for belief in found.beliefs] == ["before the offer", "after a refusal", "after two refusals"]
    assert found.beliefs[1].chances == pytest.approx({"cost 1": 0.5, "cost 2": 0.5})
    assert found.solution_concept == "perfect Bayesian equilibrium"
    assert found.tables["beliefs"][2] == pytest.approx({"when": "after two refusals", "cost 1": 1.0, "cost 2": 0.0})
    assert sum(move.chance for move in found.path if move.action == "accepts") == pytest.approx(0.9)


def test_a_round_that_is_not_reached_has_free_beliefs() -> None:
    found = bargain.play(bargain.read(RISK), "demand")
    assert all(belief.on_path for belief in found.beliefs)
    sure = bargain.set_value(bargain.read(RISK), "types.holder.resolute.chance", 0.9)
    twice = bargain.play(sure, "two_demands")
    assert twice.status == "agreement"
    assert not twice.beliefs[1].on_path
    assert any("beliefs after a refusal are free" in remark for remark in twice.remarks)


def test_the_certificate_holds_only_what_a_judge_has_looked_at() -> None:
    """Other equilibria and offers that the search met are measures: nobody looked for those that it missed."""
    found = bargain.play(bargain.read(RISK), "two_demands")
    assert set(found.certificate) == {"largest_gain", "tolerance", "deviations"}
    assert found.measures["proposer_payoffs_of_equilibria_met"][-1] == pytest.approx(found.payoffs["claimant"])


def test_the_curve_of_two_demands_peaks_at_the_first() -> None:
    found = bargain.play(bargain.read(SCREENING), "any_value")
    best = max(found.tables["risk_and_return"], key=lambda row: row["expected"])
    assert best["demand"] == pytest.approx(0.45)
    assert best["expected"] == pytest.approx(found.payoffs["seller"])
    assert best["chance_of_conflict"] == pytest.approx(0.3)


@pytest.mark.parametrize("protocol", ["any_value", "endless"])
def test_continuous_types(protocol: str) -> None:
    """The buyer's expected gain by integration over its values, round by round."""
    scenario = bargain.read(SCREENING)
    found = bargain.play(scenario, protocol)
    left, gain, top = 1.0, 0.0, 1.0
    prices = [move.payoffs["seller"] for move in found.path if move.action.startswith("demands")]
    accepted = [move.chance for move in found.path if move.action == "accepts"]
    for round_, (price, chance) in enumerate(zip(prices, accepted, strict=True)):
        values = np.linspace(top - chance, top, 1001)
        gain += 0.5**round_ * chance * float(np.mean(values) - price)
        top, left = top - chance, left - chance
    assert found.payoffs["buyer"] - found.disagreement["buyer"] == pytest.approx(gain, abs=1e-4)
    assert found.payoffs["seller"] == pytest.approx(
        sum(0.5**r * p * c for r, (p, c) in enumerate(zip(prices, accepted, strict=True))), abs=1e-4
    )


def haggle(seed: int, *, issues: int = 3, third: bool = False) -> dict[str, Any]:
    """Random menus for two or three players; the second has three types that want different things."""
    rng = np.random.default_rng(seed)
    names = ["a", "b", "c"][: 3 if third else 2]
    options = {f"i{k}": [f"o{j}" for j in range(3)] for k in range(issues)}

    def utilities() -> dict[str, Any]:
        return {
            issue: {"weight": int(rng.integers(1, 30)), "values": {o: int(rng.integers(0, 11)) / 10 for o in menu}}
            for issue, menu in options.items()
        }

    types = {}
    for kind in ("one", "two", "three"):
        changes: dict[str, Any] = {f"utilities.b.{i}.weight": int(rng.integers(1, 30)) for i in options}
        changes["disagreement.payoffs.b"] = int(rng.integers(5, 25))
        if seed % 2:
            changes["disagreement.payoffs.a"] = int(rng.integers(0, 10))
        types[kind] = {"chance": 0.3, "set": changes}
    types["three"]["chance"] = "rest"
    return {
        "bargain": 1,
        "title": "Random",
        "players": {name: {"patience": 0.8} for name in names},
        "issues": {name: {"options": {option: option for option in menu}} for name, menu in options.items()},
        "utilities": {name: utilities() for name in names},
        "disagreement": {"payoffs": {"a": 8, "b": 10, **({"c": 12} if third else {})}},
        "types": {"b": types},
        "protocols": {
            "once": {"model": "ultimatum", "proposer": "a", "to": "b"},
            "twice": {"model": "ultimatum", "proposer": "a", "to": "b", "rounds": 2},
        },
    }


def best_of_all(document: dict[str, Any]) -> float:
    """The proposer's best expected payoff over every agreement, and over none."""
    scenario = bargain.parse(json.dumps(document))
    problem = typed(scenario, "b")
    without = [disagreement_payoffs(some) for some in problem.scenarios]
    best = sum(q * d["a"] for q, d in zip(problem.chances, without, strict=True))
    menus = [list(issue["options"]) for issue in document["issues"].values()]
    for settings in product(*menus):
        agreement = dict(zip(document["issues"], settings, strict=True))
        paid = [payoffs_of(some, agreement) for some in problem.scenarios]
        takes = [u["b"] >= d["b"] - 1e-9 for u, d in zip(paid, without, strict=True)]
        if not any(takes) or any(paid[0][n] < without[0][n] - 1e-9 for n in document["players"] if n not in "ab"):
            continue
        pairs = zip(problem.chances, paid, without, takes, strict=True)
        best = max(best, sum(q * (u["a"] if accepts else d["a"]) for q, u, d, accepts in pairs))
    return float(best)


@pytest.mark.parametrize("third", [False, True])
@pytest.mark.parametrize("seed", range(30))
def test_one_offer_is_the_best_of_all_agreements(seed: int, third: bool) -> None:
    document = haggle(2 * seed, third=third)
    found = bargain.play(bargain.parse(json.dumps(document)), "once")
    assert found.payoffs["a"] == pytest.approx(best_of_all(document), abs=1e-9)


@pytest.mark.parametrize("seed", range(30))
def test_two_offers_are_certified(seed: int) -> None:
    scenario = bargain.parse(json.dumps(haggle(seed, third=seed % 3 == 0)))
    once, twice = bargain.play(scenario, "once"), bargain.play(scenario, "twice")
    if twice.status != "not_applicable":
        assert twice.certificate["largest_gain"] <= twice.certificate["tolerance"]
        assert twice.measures["payoff_of_one_offer"] == pytest.approx(once.payoffs["a"])


ONE_IS_BEST = (1, 3, 17)
"""One agreement is best for everybody here: however few points may be listed, it is."""


@pytest.mark.parametrize("seed", [seed for seed in range(23) if seed not in ONE_IS_BEST])
def test_a_frontier_that_is_not_listed(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every set of types is searched for by itself, and the answer is that of all agreements."""
    monkeypatch.setattr("bargain.model.agreements.QUICKLY_MERGED", {})
    monkeypatch.setattr("bargain.model.agreements.QUICKLY_MERGED_AMONG_MANY", 1)
    document = haggle(2 * seed, third=seed % 2 == 0)
    scenario = bargain.parse(json.dumps(document))
    assert not typed(scenario, "b").agreements.frontier_listed
    found = bargain.play(scenario, "once")
    assert found.payoffs["a"] == pytest.approx(best_of_all(document), abs=1e-9)


@pytest.mark.slow
def test_a_frontier_that_cannot_be_listed() -> None:
    scenario = bargain.parse(json.dumps(haggle(4, issues=30, third=True)))
    assert not typed(scenario, "b").agreements.frontier_listed
    for protocol in ("once", "twice"):
        found = bargain.play(scenario, protocol)
        assert found.certificate["largest_gain"] <= found.certificate["tolerance"]


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"to": "a", "proposer": "a"}, "cannot make an offer to itself"),
        ({"rounds": "unlimited"}, "unlimited"),
        ({"win": 0.5}, "costs"),
        ({"win": 0.5, "costs": {"a": {"private": {"values": [1, 2]}}, "b": 1}, "to": "b"}, "cost of the proposer"),
        ({"win": 0.5, "costs": {"a": 0.1, "b": 0.1}, "rounds": "unlimited"}, "uniform"),
        ({"win": 1.5, "costs": {"a": 0.1, "b": 0.1}}, "between 0 and 1"),
    ],
)
def test_what_is_missing_is_said(entry: dict[str, Any], words: str) -> None:
    document = haggle(0)
    document["protocols"] = {"it": {"model": "ultimatum", "proposer": "a", **entry}}
    with pytest.raises(bargain.ScenarioError, match=words):
        bargain.play(bargain.parse(json.dumps(document)), "it")


def test_patience_is_asked_for_by_name() -> None:
    document = haggle(0)
    document["players"]["b"] = {}
    with pytest.raises(bargain.ScenarioError, match=r"players\.b: `patience` is missing, and `twice` needs it"):
        bargain.play(bargain.parse(json.dumps(document)), "twice")


def test_types_without_a_chance_are_left_out() -> None:
    sure = bargain.set_value(bargain.read(RISK), "types.holder.resolute.chance", 0)
    found = bargain.play(sure, "demand")
    assert found.status == "agreement"
    assert found.payoffs["claimant"] == pytest.approx(80)


def test_a_scenario_without_types_has_one() -> None:
    document = haggle(0)
    del document["types"]
    found = bargain.play(bargain.parse(json.dumps(document)), "once")
    assert found.beliefs[0].chances == {"known": 1.0}
    assert found.measures["value_of_knowing_the_type"] == pytest.approx(0, abs=1e-9)


def test_no_offer_is_better_than_a_bad_one() -> None:
    document = haggle(0)
    document["disagreement"]["payoffs"]["a"] = 1000
    found = bargain.play(bargain.parse(json.dumps(document)), "once")
    assert found.status == "no_agreement"
    assert found.path[0].action == "makes no offer"
    assert found.agreement is None


@pytest.mark.parametrize(("path", "protocol"), one_in(2, [(RISK, "two_demands"), (RISK, "any_cost")]))
def test_figure(path: Path, protocol: str) -> None:
    found = bargain.play(bargain.read(path), protocol)
    ax = bargain.plot_play(found)
    (best,) = [line for line in ax.lines if line.get_gid() == "best"]
    assert best.get_xdata()[0] == pytest.approx(found.measures["demand"])
    assert best.get_ydata()[0] == pytest.approx(next(iter(found.payoffs.values())))
    assert max(row["expected"] for row in found.tables["risk_and_return"]) == pytest.approx(best.get_ydata()[0])
    beliefs = [child for child in ax.child_axes if child.get_gid() == "beliefs"]
    assert len(beliefs) == (found.rules["rounds"] == 2)


def test_there_is_no_figure_without_rounds() -> None:
    with pytest.raises(bargain.UsageError, match="no demand to draw"):
        bargain.plot_play(bargain.play(bargain.read(SCREENING), "endless"))


@pytest.mark.parametrize(
    ("resolute", "patience", "claimed"), [(0.55, {"claimant": 0.99, "holder": 0.3}, 0.64), (0.3, {}, 0.72)]
)
def test_the_agreement_told_is_the_likeliest(resolute: float, patience: dict[str, float], claimed: float) -> None:
    """The weary take a first demand that is paid for by waiting, the resolute 64 in the second round."""
    changes = {"players.claimant.patience": 0.5, "players.holder.patience": 0.5}
    changes |= {f"players.{name}.patience": factor for name, factor in patience.items()}
    scenario = bargain.set_value(bargain.read(RISK), "types.holder.resolute.chance", resolute)
    for knob, value in changes.items():
        scenario = bargain.set_value(scenario, knob, value)
    found = bargain.play(scenario, "two_demands")
    assert [move.chance for move in found.path if move.action == "accepts"] == pytest.approx([1 - resolute, resolute])
    assert found.agreement is not None
    assert found.agreement["land"]["claimant"] == pytest.approx(claimed)
