"""Tied issues that are not listed jointly: link by link, under budgets, or sifted piece by piece."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise, product
from random import Random
from typing import Any

import numpy as np
import pytest

import bargain
from bargain.errors import TooManyAgreements
from bargain.geometry.pareto import efficient_by_elimination
from bargain.geometry.sums import stages
from bargain.model import blocks, lists, tabulate as module
from bargain.model.agreements import Agreements
from bargain.model.blocks import Block, Web
from bargain.model.lists import links
from bargain.model.scenario import Scenario
from bargain.model.table import payoffs_of
from bargain.model.tabulate import tabulate
from model.documents import menu, scenario, values
from model.test_agreements import listed
from oracles.scenarios import random_document


def coupled_document(rng: Random) -> dict[str, Any]:
    """A random document with more terms between two issues, more rules and more budgets than usual."""
    document = random_document(rng)
    issues = document["issues"]
    ladders = [name for name in issues if name.startswith("ladder")]
    for _ in range(rng.randint(0, 3)):
        pair = rng.sample(list(issues), min(2, len(issues)))
        when = {name: _setting(rng, issues[name]) for name in pair}
        document["utilities"][rng.choice(list(document["players"]))].setdefault("terms", []).append(
            {"when": when, "add": rng.randint(-3, 3)}
        )
        document["rules"].append({"forbid": {name: _setting(rng, issues[name]) for name in pair}})
    if ladders and rng.random() < 0.7:
        ends = [issues[name]["range"][rng.randint(0, 1)] for name in ladders]
        weights = [rng.choice([1, 0.1, 2, -1, 1 / 3]) for _ in ladders]
        document["rules"].append(
            {
                "at_most": sum(w * e for w, e in zip(weights, ends, strict=True)),
                "sum": dict(zip(ladders, weights, strict=True)),
            }
        )
    return document


def _setting(rng: Random, issue: dict[str, Any]) -> Any:
    if "options" in issue:
        return rng.choice(list(issue["options"]))
    return {rng.choice(["above", "below"]): rng.choice(issue["range"])}


def check(made: Scenario, found: Agreements) -> None:
    """Sizes, frontier, counts and agreements in file order against listing."""
    deals = listed(made)
    assert found.size == len(deals)
    assert found.empty == (not deals)
    payoffs = np.array([[payoffs_of(made, deal)[name] for name in found.signatories] for deal in deals])
    payoffs = payoffs.reshape(len(deals), len(found.signatories))
    rounded = np.round(payoffs, 9)
    assert len(found.frontier) == len(np.unique(rounded[efficient_by_elimination(rounded)], axis=0))
    for place, point in enumerate(found.frontier.points):
        same = np.flatnonzero(np.isclose(payoffs, point, rtol=1e-11, atol=1e-11).all(axis=1))
        assert len(same)
        assert found.first([place], 1000) == ([deals[i] for i in same], len(same))
    rows = {tuple(row) for row in rounded.tolist()}
    assert {tuple(row) for row in np.round(found.sample(20), 9).tolist()} <= rows


def check_both(seed: int, patch: pytest.MonkeyPatch) -> Counter[str]:
    """A coupled scenario link by link, and sifted in tiny pieces; returns what kinds of blocks there were."""
    made = Scenario.model_validate(coupled_document(Random(seed)))
    patch.setattr(module, "SMALL_BLOCK", 0)
    found = tabulate(made)
    check(made, found)
    patch.setattr(module, "LARGEST_CLIQUE", 0)
    patch.setattr(lists, "PIECE", 8)
    check(made, tabulate(made))
    patch.undo()
    return Counter(type(block).__name__ for block in found.blocks)


@pytest.mark.parametrize("start", range(0, 40, 10))
def test_against_listing(start: int, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = sum((check_both(seed, monkeypatch) for seed in range(start, start + 10)), Counter[str]())
    assert kinds["Web"] > 0
    assert kinds["Block"] > 0


@pytest.mark.slow
@pytest.mark.parametrize("start", range(100, 1300, 50))
def test_against_listing_often(start: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(start, start + 50):
        check_both(seed, monkeypatch)


def chain(length: int, options: int = 3, **sections: Any) -> Scenario:
    """Menus worth 0, 1, … to Ann and the contrary to Bob; neighbours may not both be the first option."""
    names = [f"m{k}" for k in range(length)]
    issues = {name: menu(*(f"o{c}" for c in range(options))) for name in names}
    up = values(**{f"o{c}": c for c in range(options)})
    down = values(**{f"o{c}": options - 1 - c for c in range(options)})
    rules = [{"forbid": {a: "o0", b: "o0"}} for a, b in pairwise(names)]
    worth = {"ann": dict.fromkeys(names, up), "bob": dict.fromkeys(names, down)}
    return scenario(issues, worth, rules=rules, **sections)


def chain_counts(length: int, options: int) -> dict[int, int]:
    """Ann's payoff -> number of possible agreements, by adding one issue after the other."""
    states = {(0, False): 1}
    for _ in range(length):
        later: Counter[tuple[int, bool]] = Counter()
        for ((total, was_first), count), option in product(states.items(), range(options)):
            if option or not was_first:
                later[total + option, option == 0] += count
        states = dict(later)
    counts: Counter[int] = Counter()
    for (total, _), count in states.items():
        counts[total] += count
    return counts


def test_a_long_chain() -> None:
    """Sixty issues: every count to the last digit, the first agreements in file order."""
    found = tabulate(chain(60))
    assert isinstance(found.blocks[0], Web)
    wanted = chain_counts(60, 3)
    assert found.size == sum(wanted.values())
    assert found.size > 10**26
    ann = found.frontier.points[:, 0].astype(int).tolist()
    assert ann == sorted(wanted, reverse=True)
    for total in (120, 100, 60, 31):
        assert found.frontier.count(ann.index(total)) == wanted[total]
    some, count = found.first([ann.index(31)], 3)
    assert count == wanted[31]
    assert [int(deal[name][1:]) for deal in some[:1] for name in found.axes] == [0, 1] * 29 + [0, 2]
    assert found.payoffs_of(some[2])["ann"] == 31
    solution = bargain.solve(found, bargain.nash)
    assert solution.payoffs == {"ann": 60, "bob": 60}
    assert solution.tie_count == wanted[60] - 1
    assert found.sample(10).shape == (10, 2)


def test_webs_and_lists_interleave() -> None:
    """A chain over every other issue, free issues between: agreements still come in the order of the file."""
    made = chain(5)
    names = list(made.issues)
    apart = made.model_copy(update={"rules": [r for r, keep in zip(made.rules, (1, 0, 0, 1), strict=True) if keep]})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "SMALL_BLOCK", 8)
        check(apart, tabulate(apart))
        check(made, tabulate(made))
    assert [block.issues for block in tabulate(apart).blocks] == [tuple(names[:2]), (names[2],), tuple(names[3:])]


def test_links() -> None:
    """Terms of signatories, rules and red lines link; budgets and bystanders do not; parts of others are left out."""
    issues = {name: menu("x", "y") for name in "abcdef"} | {n: {"range": [0, 2], "step": 1} for n in ("m", "n")}
    made = scenario(
        issues,
        {
            "bob": {"terms": [{"when": {"b": "x", "a": "y"}, "add": 1}, {"when": {"c": "x"}, "add": 1}]},
            "eve": {"terms": [{"when": {"e": "x", "f": "y"}, "add": 1}]},
        },
        players={"ann": {}, "bob": {}, "eve": {"signs": False}},
        rules=[
            {"if": {"c": "x"}, "then": {"b": "y"}},
            {"forbid": {"d": "x", "c": "x", "b": "x"}},
            {"at_most": 2, "sum": {"m": 1, "n": 1}},
        ],
        red_lines={"ann": [{"d": "x", "e": "x"}], "eve": [{"a": "x", "f": "x"}]},
    )
    assert links(made, list(issues)) == [("a", "b"), ("b", "c", "d"), ("d", "e"), ("f",), ("m",), ("n",)]


def ladders(count: int, limit: float, weight: float = 0.1) -> Scenario:
    """Ladders from 0 to 4 that Ann wants high; every rung is worth its square root to her and costs Bob nothing."""
    issues = {f"l{k}": {"range": [0, 4], "step": 1} for k in range(count)}
    worth = {"ann": {name: {"points": [[0, 0], [1, 1], [4, 2]]} for name in issues}, "bob": {}}
    return scenario(issues, worth, rules=[{"at_most": limit, "sum": dict.fromkeys(issues, weight)}])


def test_a_budget_over_many_ladders() -> None:
    """Twenty ladders and 20 tenths to spend: one rung of every ladder, and no dust keeps the last tenth unspent."""
    found = tabulate(ladders(20, 2.0))
    assert isinstance(found.blocks[0], Web)
    assert found.frontier.points.tolist() == [[20.0, 0.0]]
    assert found.frontier.count(0) == 1
    assert found.first([0], 2)[0] == [dict.fromkeys(found.axes, 1.0)]
    ways = {0: 1}
    for _ in range(20):
        more: Counter[int] = Counter()
        for (spent, count), rung in product(ways.items(), range(5)):
            more[spent + rung] += count
        ways = dict(more)
    assert found.size == sum(count for spent, count in ways.items() if spent <= 20)
    assert tabulate(ladders(20, 2.0 - 1e-6)).frontier.points.tolist() == [[19.0, 0.0]]
    assert tabulate(ladders(20, 2.0 - 1e-11)).frontier.points.tolist() == [[20.0, 0.0]]
    assert tabulate(ladders(20, -1.0)).empty


def test_uncounted_when_budgets_are_too_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the frontier can be listed but not everything counted, the size is None and everything else works."""
    found = tabulate(ladders(12, 2.0))
    monkeypatch.setattr(blocks, "LARGEST_COUNT", 10)
    assert found.size is None
    assert not found.empty
    assert found.sample(5).shape == (5, 2)
    assert "uncounted possible agreements" in repr(bargain.compare(found, [bargain.nash]))


def test_a_knot_is_sifted() -> None:
    """Seven menus of five, all tied at once: only efficient rows are kept, all possible ones are counted."""
    names = "abcdefg"
    issues = {name: menu(*(f"o{c}" for c in range(5))) for name in names}
    worth = {
        "ann": {n: values(**{f"o{c}": (7 * c + 3 * k) % 11 for c in range(5)}) for k, n in enumerate(names)},
        "bob": {n: values(**{f"o{c}": (5 * c + 2 * k) % 7 for c in range(5)}) for k, n in enumerate(names)},
    }
    worth["ann"]["terms"] = [{"when": dict.fromkeys(names, "o1"), "add": 40}]
    made = scenario(issues, worth, rules=[{"forbid": dict.fromkeys(names, "o0")}])
    (block,) = tabulate(made).blocks
    assert isinstance(block, Block)
    assert (block.size, block.complete) == (5**7 - 1, False)
    assert len(block) < 200
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "SMALL_BLOCK", 5**7)
        whole = tabulate(made)
    assert whole.blocks[0].complete
    assert tabulate(made).frontier.points.tolist() == whole.frontier.points.tolist()
    places = range(len(whole.frontier))
    assert tabulate(made).first(places, 1000) == whole.first(places, 1000)


def test_a_web_with_too_large_a_frontier_is_sifted(monkeypatch: pytest.MonkeyPatch) -> None:
    made = ladders(5, 1.2)
    monkeypatch.setattr(module, "SMALL_BLOCK", 0)
    whole = tabulate(made)
    assert isinstance(whole.listable[0], Web)
    assert len(whole.frontier) == 1
    monkeypatch.setattr(stages, "LARGEST_MERGE", 1)
    found = tabulate(made)
    assert isinstance(found.blocks[0], Web)
    assert isinstance(found.listable[0], Block)
    assert found.first([0], 1000) == whole.first([0], 1000)
    monkeypatch.setattr("bargain.model.agreements.LARGEST_SIFTED", 1)
    with pytest.raises(TooManyAgreements, match="partial packages are too many"):
        tabulate(made).frontier  # noqa: B018


def test_too_many_for_a_sieve_is_refused_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SMALL_BLOCK", 10)
    monkeypatch.setattr(module, "LARGEST_SIFTED", 100)
    wide = {name: menu("x", "y", "z") for name in "abcde"}
    with pytest.raises(TooManyAgreements, match="chains of pairs can be any length"):
        tabulate(scenario(wide, rules=[{"forbid": dict.fromkeys("abcde", "x")}]))


def test_continuous_issues_ask_for_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Patches are made of listed blocks: a chain beside a range is listed, and refused where it is too long."""
    monkeypatch.setattr(module, "SMALL_BLOCK", 0)
    made = chain(4, players={"ann": {}, "bob": {}})
    beside = made.model_dump(by_alias=True, exclude_none=True)
    beside["issues"]["line"] = {"range": [0, 1]}
    for utilities in beside["utilities"].values():
        utilities["line"] = "ignored"
    assert isinstance(tabulate(made).blocks[0], Web)
    assert [type(block) for block in tabulate(Scenario.model_validate(beside)).blocks] == [Block, Block]
    monkeypatch.setattr(module, "LARGEST_BLOCK", 80)
    monkeypatch.setattr(module, "FINE_BLOCK", 80)
    with pytest.raises(TooManyAgreements, match="chains of pairs can be any length where no issue is continuous"):
        tabulate(Scenario.model_validate(beside))
