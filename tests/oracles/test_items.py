"""Adjusted Winner on random items: the equal point of the exact polygon, and the laws of its procedure."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

import pytest

import bargain
from bargain.model.results import Solution
from bargain.model.scenario import Scenario
from oracles import polygon
from oracles.brute import Reference
from oracles.judge import near

Document = dict[str, Any]
Points = dict[str, tuple[int, int]]


def random_items(rng: Random) -> Points:
    """Few points, so that many items and ratios tie; now and then an item is worth nothing to somebody."""
    return {f"item{k}": (rng.randint(0, 6), rng.randint(0, 6)) for k in range(rng.randint(1, 6))}


def document(points: Points, *, divided: bool, d: tuple[float, float] = (0, 0), base: int = 0) -> Document:
    """Every item goes to a or to b, or is divided; ``base`` is paid in any case."""
    sides = {"a": 0, "b": 1}
    issue = {"division": ["a", "b"]} if divided else {"options": {"a": "To a", "b": "To b"}}

    def entry(item: str, player: str) -> Document:
        worth = points[item][sides[player]]
        if divided:
            return {"points": [[0, base], [1, base + worth]]}
        return {"values": {side: base + worth * (side == player) for side in sides}}

    return {
        "bargain": 1,
        "title": "Items",
        "players": {name: {} for name in sides},
        "issues": dict.fromkeys(points, issue),
        "utilities": {name: {item: entry(item, name) for item in points} for name in sides},
        "disagreement": {"payoffs": dict(zip(sides, d, strict=True))},
    }


def solved(made: Document, regime: Any = "pure") -> Solution:
    return bargain.solve(Scenario.model_validate(made), bargain.adjusted_winner, regime)


def equal_point(points: Points) -> polygon.Point:
    """The largest smaller total on the exact polygon of everything that the items can pay."""
    reference = Reference(document(points, divided=False))
    return polygon.largest_minimum(polygon.efficient_chain(map(reference.gains_of, reference.possible)))


def complaints(points: Points, solution: Solution) -> list[str]:
    """What is not as it should be in an answer on items that pay nothing besides their points."""
    wanted, facts = equal_point(points), solution.certificate
    found = [solution.payoffs["a"], solution.payoffs["b"]]
    told = [] if all(near(a, b, 1e-9) for a, b in zip(found, wanted, strict=True)) else [f"{found}, not {wanted}"]
    if list(facts["points"].values()) != pytest.approx(found, abs=1e-9):
        told.append(f"points {facts['points']} are not the payoffs {found}")
    for side, name in enumerate("ab"):
        fewer = [item for item in facts["initially"][name] if points[item][side] < points[item][1 - side]]
        told += [f"{item} starts with {name}, who gives it fewer points" for item in fewer]
    ratios = [sorted(map(Fraction, points[item])) for item in facts["transfers"]]
    if any(a[1] * b[0] > b[1] * a[0] for a, b in pairwise(ratios)):
        told.append(f"transfers {facts['transfers']} not in rising ratio")
    return told


@pytest.mark.parametrize("seed", range(60))
def test_items_drawn_for(seed: int) -> None:
    points = random_items(Random(seed))
    solution = solved(document(points, divided=False), "lotteries")
    assert not complaints(points, solution), (points, complaints(points, solution))
    assert solution.lottery is not None
    drawn = [agreement for _, agreement in solution.lottery]
    differing = [item for item in points if len({agreement[item] for agreement in drawn}) > 1]
    assert len(differing) <= 1
    assert differing == [facts for facts in [solution.certificate.get("split")] if facts]


@pytest.mark.parametrize("seed", range(12))
def test_items_divided_and_not(seed: int) -> None:
    points = random_items(Random(seed))
    solution = solved(document(points, divided=True))
    assert not complaints(points, solution), points
    assert solution.agreement is not None
    split = [item for item, shares in solution.agreement.items() if 1e-9 < shares["a"] < 1 - 1e-9]  # type: ignore[index,call-overload]
    assert split == [facts for facts in [solution.certificate.get("split")] if facts]
    whole = solved(document(points, divided=False))
    assert whole.status == ("not_applicable" if split else "agreement")
    if split:
        assert f"{split[0]} would have to be split" in str(whole.reason)
    else:
        assert dict(whole.payoffs) == pytest.approx(dict(solution.payoffs))


@pytest.mark.parametrize("seed", range(12))
def test_order_and_zero_do_not_matter(seed: int) -> None:
    points = random_items(Random(seed))
    plain = solved(document(points, divided=False), "lotteries")
    swapped = {item: (b, a) for item, (a, b) in reversed(points.items())}
    other = solved(document(swapped, divided=False), "lotteries")
    assert [other.payoffs["b"], other.payoffs["a"]] == pytest.approx(list(plain.payoffs.values()))
    raised = solved(document(points, divided=False, base=2), "lotteries")
    assert list(raised.payoffs.values()) == pytest.approx([u + 2 * len(points) for u in plain.payoffs.values()])


def test_a_wrong_answer_is_noticed() -> None:
    points = {"x": (4, 2), "y": (2, 4), "z": (3, 3)}
    solution = solved(document(points, divided=True))
    assert not complaints(points, solution)
    facts = dict(solution.certificate)
    wrong = facts | {"transfers": ["x", "z"], "initially": {"a": ["y"], "b": ["x", "z"]}}
    object.__setattr__(solution, "certificate", wrong)
    assert len(complaints(points, solution)) == 3
    object.__setattr__(solution, "payoffs", {"a": 5.0, "b": 6.0})
    assert len(complaints(points, solution)) == 5


def test_disagreement_is_no_part_of_it() -> None:
    """(5, 5) is what it gives whatever d is; who has more without a deal is not made to sign."""
    points = {"x": (5, 1), "y": (1, 5)}
    assert dict(solved(document(points, divided=False, d=(4, 0))).payoffs) == {"a": 5, "b": 5}
    refused = solved(document({"x": (6, 4)}, divided=True, d=(3, 0)))
    assert refused.status == "not_applicable"
    assert "would be better off without a deal: it gives 2.4 and 2.4 against 3 and 0" in str(refused.reason)


def test_what_is_no_item() -> None:
    made = document({"x": (4, 2), "y": (2, 4)}, divided=False)
    tied = made | {"rules": [{"forbid": {"x": "a", "y": "a"}}]}
    assert "x, y are tied by terms" in str(solved(tied).reason)
    many = document(dict.fromkeys("pqrstuv", (4, 2)), divided=False)
    all_tied = many | {"rules": [{"forbid": dict.fromkeys("pqrstuv", "a")}]}
    assert "the issues p, q, r, s, t and 2 more are tied" in str(solved(all_tied).reason)
    three = {"a": {}, "b": {}, "c": {}}
    among = made | {"players": three, "disagreement": {"payoffs": dict.fromkeys(three, 0)}}
    among["utilities"] = made["utilities"] | {"c": made["utilities"]["a"]}
    assert solved(among).reason == "it is defined for two signatories, and here are 3"
    bent = {"shape": "power", "worst": 0, "best": 1, "exponent": 0.5}
    curved = document({"x": (1, 1)}, divided=True) | {"utilities": {name: {"x": bent} for name in "ab"}}
    assert "a setting between what the two ask for is worth more than a split" in str(solved(curved).reason)
    hollow = {"x": bent | {"exponent": 2}}
    convex = document({"x": (1, 1)}, divided=True) | {"utilities": dict.fromkeys("ab", hollow)}
    assert "x would have to be split" in str(solved(convex).reason)
    assert solved(convex, "lotteries").payoffs == pytest.approx({"a": 0.5, "b": 0.5})


def test_a_range_is_split_where_values_are_straight() -> None:
    """Both weigh the line 10, b weighs y 6: a wins the line, gives a fifth back; then a red line stops it at 4."""
    made = document({"y": (1, 6)}, divided=False)
    made["issues"] = {"line": {"range": [0, 10]}, "y": made["issues"]["y"]}
    for name, best in (("a", 0), ("b", 10)):
        made["utilities"][name]["line"] = {"weight": 10, "shape": "linear", "worst": 10 - best, "best": best}
    solution = solved(made)
    assert solution.agreement == {"line": pytest.approx(2), "y": "b"}
    assert solution.payoffs == pytest.approx({"a": 8, "b": 8})
    stopped = solved(made | {"red_lines": {"b": [{"line": {"below": 4}}]}})
    assert stopped.agreement == {"line": pytest.approx(4), "y": "b"}
    assert stopped.payoffs == pytest.approx({"a": 6, "b": 10})
    assert stopped.certificate["points"] == pytest.approx({"a": 6, "b": 6})
