"""Scenarios whose frontier is not listed: the same answers, ties and words as from a list, and every command works."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

import bargain
from bargain.geometry.unlisted.vast import Vast
from bargain.model import agreements as module
from bargain.model.scenario import Scenario
from cli.scenarios import run, run_json
from oracles.scenarios import Document, averse_document, random_document
from oracles.test_large import additive


def refused(*_: object) -> None:
    """No frontier is listed, however small."""
    raise bargain.TooManyAgreements("refused")


@pytest.fixture
def unlisted(monkeypatch: pytest.MonkeyPatch) -> None:
    """No frontier is listed, however small."""
    monkeypatch.setattr(module, "merge", refused)


def plain(comparison: bargain.Comparison) -> dict[str, Any]:
    """The document of a comparison, without what is said about lists and methods."""
    document = comparison.to_dict()
    for key in ("frontier_size", "rational_size"):
        del document[key]
    for solution in document["solutions"]:
        solution["certificate"].pop("method", None)
    return document


def close(one: Any, other: Any) -> bool:
    """Equal documents, numbers up to rounding."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(close(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(close, one, other))
    if isinstance(one, float):
        return bool(np.isclose(one, other, rtol=1e-9, atol=1e-9))
    return bool(one == other)


def without_ties_of_payoffs(document: dict[str, Any]) -> dict[str, Any]:
    """Where several payoffs do equally badly, either may be shown as the closest agreement."""
    for solution in document["solutions"]:
        for key in ("closest_agreement", "closest_payoffs", "binding"):
            solution["certificate"].pop(key, None)
    return document


def differences(document: Document, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    made = Scenario.model_validate(document)
    listed = without_ties_of_payoffs(plain(bargain.compare(made)))
    monkeypatch.setattr(module, "merge", refused)
    tabulated = bargain.tabulate(made)
    if tabulated.size:
        assert isinstance(tabulated.menu(), Vast)
    searched = without_ties_of_payoffs(plain(bargain.compare(tabulated)))
    for one, other in zip(listed.pop("solutions"), searched.pop("solutions"), strict=True):
        if other["certificate"].get("lotteries_would_help", True) is None:  # not known with attitudes to risk
            other["certificate"] |= {"lotteries_would_help": one["certificate"]["lotteries_would_help"]}
        if not close(one, other):
            yield f"{one} became {other}"
    if not close(listed, searched):
        yield f"{listed} became {searched}"


@pytest.mark.parametrize("seed", range(25))
def test_any_scenario(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(differences(random_document(Random(seed)), monkeypatch)) == []


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(100, 130))
def test_many_scenarios(batch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(10 * batch, 10 * batch + 10):
        with monkeypatch.context() as patch:
            assert list(differences(random_document(Random(seed)), patch)) == [], seed


@pytest.mark.usefixtures("unlisted")
@pytest.mark.parametrize("seed", range(8))
def test_judging_a_proposal(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The better agreement, its ties, the distance and who refuses, as from a list."""
    rng = Random(seed)
    document, _ = additive(rng, 4, 3, 3, 3)
    made = Scenario.model_validate(document)
    proposal = {issue: rng.choice(list(menu["options"])) for issue, menu in document["issues"].items()}
    searched = bargain.evaluate(made, proposal)
    monkeypatch.undo()
    listed = bargain.evaluate(made, proposal)
    assert close(searched.to_dict(), listed.to_dict())


def big(factor: float = 1.0) -> Document:
    """Five players and thirty issues: about 1e21 agreements, and too many efficient ones."""
    document, _ = additive(Random(7), 30, 5, 5, 9)
    payoffs = document["disagreement"]["payoffs"]
    payoffs |= {name: payoff * factor for name, payoff in payoffs.items()}
    return document


@pytest.fixture(scope="module")
def comparison() -> bargain.Comparison:
    return bargain.compare(Scenario.model_validate(big()))


def test_too_large_to_list(comparison: bargain.Comparison) -> None:
    document = comparison.to_dict(frontier=True)
    assert document["frontier"] is document["frontier_size"] is document["rational_size"] is None
    comparison = replace(comparison, solutions=[s for s in comparison.solutions if s.status == "agreement"])
    assert all(solution.certificate["proof"] == "exact" for solution in comparison.solutions)
    assert comparison["egalitarian"].payoffs == comparison["leximin"].payoffs
    for solution in comparison.solutions:
        assert comparison.agreements.payoffs_of(solution.agreement or {}) == solution.payoffs
    assert "the efficient ones are too many" in repr(comparison).replace("\n", " ")
    with pytest.raises(bargain.TooManyAgreements, match="single answers can be had without it"):
        _ = comparison.agreements.frontier


def test_no_swap_of_two_issues_is_better(comparison: bargain.Comparison) -> None:
    """A judge that shares nothing with the search: every other setting of any two issues has a smaller product."""
    document, worths = additive(Random(7), 30, 5, 5, 9)
    d = np.array(list(document["disagreement"]["payoffs"].values()))
    table = np.array(worths, dtype=float)
    assert comparison["nash"].agreement is not None
    chosen = [int(str(option)[1:]) for option in comparison["nash"].agreement.values()]
    rows = table[np.arange(30), chosen]
    gains = rows.sum(axis=0) - d
    swaps = table - rows[:, None, :]
    pairs = gains + swaps[:, :, None, None, :] + swaps[None, None, :, :, :]
    pairs[np.arange(30), :, np.arange(30)] = -1.0
    products = np.where((pairs > 0).all(axis=-1), pairs.prod(axis=-1), 0.0)
    assert products.max() <= gains.prod()
    worse = gains + swaps[3, chosen[3] - 1]
    assert worse.prod() < gains.prod()


@pytest.mark.slow
def test_pictures(comparison: bargain.Comparison) -> None:
    axes = bargain.plot_frontier(comparison)
    assert "the frontier is too large to list" in axes.get_title(loc="left") + "".join(t.get_text() for t in axes.texts)
    bargain.plot_issues(bargain.compare(comparison.agreements, [bargain.nash]))


def test_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("big.yaml").write_text(json.dumps(big()), encoding="utf-8")
    Path("bad.yaml").write_text(json.dumps(big(3.6)), encoding="utf-8")
    everything = ",".join(f"i{k}=x{k % 5}" for k in range(30))
    judged = run_json("evaluate", "big.yaml", "--agreement", everything)
    assert judged["better"]["status"] == "agreement"
    refused = run_json("solve", "bad.yaml", "-c", "nash")["solutions"][0]
    assert refused["status"] == "no_agreement"
    assert refused["certificate"]["largest_minimum_gain"] < 0
    assert refused["certificate"]["lotteries_would_help"] is False
    assert run("check", "big.yaml").exit_code == 0


def test_attitudes_to_risk_need_no_list_for_a_single_agreement(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without lotteries the answer is that of the list; with them the refusal says what is too large, and why."""
    made, _ = additive(Random(1), 4, 3, 3, 9)
    first = next(iter(made["utilities"]))
    made["utilities"][first] = {**made["utilities"][first], "attitude": {"cara": 0.1}}
    scenario = Scenario.model_validate(made)
    listed = bargain.solve(scenario, bargain.nash)
    assert bargain.solve(scenario, bargain.nash, "lotteries").status == "agreement"
    monkeypatch.setattr(module, "merge", refused)
    assert close(bargain.solve(scenario, bargain.nash).payoffs, listed.payoffs)
    found = bargain.solve(scenario, bargain.nash, "lotteries")
    told = "with attitudes to risk lotteries need the list of efficient totals .*, and refused"
    assert (found.status, bool(re.search(told, found.reason or ""))) == ("not_applicable", True)


def bent(seed: int) -> Document:
    """A random scenario in which most have an attitude to risk."""
    return averse_document(Random(seed))


@pytest.mark.parametrize("seed", range(10))
def test_any_scenario_with_attitudes(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(differences(bent(seed), monkeypatch)) == []


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(100, 130))
def test_many_scenarios_with_attitudes(batch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(10 * batch, 10 * batch + 10):
        with monkeypatch.context() as patch:
            assert list(differences(bent(seed), patch)) == [], seed


def big_and_bent(issues: int = 30, players: int = 5) -> Document:
    """As `big`, one player averse, one fond of risk; disagreement is what an agreement is worth, less a cost."""
    document, _ = additive(Random(7), issues, 5, players, 9)
    document["utilities"]["p0"]["attitude"] = {"cara": 0.02}
    document["utilities"]["p1"]["attitude"] = {"crra": 2, "base": -40}
    document["utilities"]["p3"]["attitude"] = {"cara": -0.01}
    document["disagreement"] = {"agreement": {f"i{k}": f"x{k % 5}" for k in range(issues)}, "costs": {"others": 30}}
    return document


def test_too_large_to_list_with_attitudes() -> None:
    """Proved where rules compare gains; and no swap of two issues makes a better product, by the textbook formulas."""
    document = big_and_bent()
    agreements = bargain.tabulate(Scenario.model_validate(document))
    assert isinstance(agreements.menu(), Vast)
    comparison = bargain.compare(agreements, [bargain.nash, bargain.egalitarian, bargain.kalai_smorodinsky])
    assert all(solution.certificate["proof"] == "exact" for solution in comparison.solutions)
    own = comparison["nash"].agreement
    assert own is not None
    table = np.array([
        [[body[f"i{k}"]["values"][f"x{j}"] for body in document["utilities"].values()] for j in range(5)]
        for k in range(30)
    ])  # fmt: skip
    rows = table[np.arange(30), [int(str(option)[1:]) for option in own.values()]]
    swaps = table - rows[:, None, :]
    pairs = rows.sum(axis=0) + swaps[:, :, None, None, :] + swaps[None, None, :, :, :]
    d = np.array(list(agreements.disagreement.values()))
    pairs[np.arange(30), :, np.arange(30)] = rows.sum(axis=0)
    gains = worths(pairs.astype(float)) - d
    best = worths(rows.sum(axis=0)[None].astype(float))[0] - d
    products = np.where((gains > 0).all(axis=-1), gains.prod(axis=-1), 0.0)
    assert products.max() <= best.prod() * (1 + 1e-12)
    assert comparison["nash"].certificate["product_of_gains"] == pytest.approx(best.prod())


def test_no_deal_with_attitudes() -> None:
    """It is said how far away a deal is; whether lotteries would help is known only where everybody is averse."""
    document = big_and_bent()
    document["disagreement"]["costs"] = {"others": -60}
    found = bargain.solve(Scenario.model_validate(document), bargain.nash)
    assert found.status == "no_agreement"
    assert found.certificate["largest_minimum_gain"] < 0
    assert found.certificate["lotteries_would_help"] is None
    assert "lotteries" not in repr(found)
    del document["utilities"]["p3"]["attitude"]
    found = bargain.solve(Scenario.model_validate(document), bargain.nash)
    assert found.certificate["lotteries_would_help"] is False


def worths(totals: np.ndarray) -> np.ndarray:
    """The formulas of the books for the players of `big_and_bent`."""
    found = totals.copy()
    found[..., 0] = (1 - np.exp(-0.02 * totals[..., 0])) / 0.02
    found[..., 1] = 1 - 1 / (totals[..., 1] + 40)
    found[..., 3] = (np.exp(0.01 * totals[..., 3]) - 1) / 0.01
    return found
