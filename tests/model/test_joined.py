"""Which neighbours on a frontier continuous settings join, and where the frontier jumps."""

from __future__ import annotations

from typing import Any

import numpy as np

from bargain.files.read import parse
from bargain.model.agreements import Agreements
from bargain.model.joined import joined
from bargain.model.tabulate import tabulate

PRICE = {"price": {"range": [0, 10]}}
SALE = {
    "ann": {"price": {"weight": 10, "shape": "linear", "worst": 0, "best": 10}},
    "bob": {"price": {"weight": 10, "shape": "linear", "worst": 10, "best": 0}},
}


def tabulated(issues: dict[str, Any], utilities: dict[str, Any], **more: Any) -> Agreements:
    """Two players, d at 0."""
    return tabulate(
        parse(
            {
                "bargain": 1,
                "title": "A sale",
                "players": {"ann": {}, "bob": {}},
                "issues": issues,
                "utilities": utilities,
                "disagreement": {"payoffs": {"ann": 0, "bob": 0}},
                **more,
            }
        )
    )


def gaps(agreements: Agreements) -> list[list[list[float]]]:
    """The pairs of neighbouring payoffs that nothing joins, from the second player's best to the first's."""
    points = agreements.frontier.points
    order = list(range(len(points)))[::-1]
    links = joined(agreements, points, order)
    assert links.shape == (len(points) - 1,)
    return [points[order[i : i + 2]].round(5).tolist() for i in np.flatnonzero(~links)]


def test_one_price_is_one_line() -> None:
    assert gaps(tabulated(PRICE, SALE)) == []


def test_another_option_is_a_jump() -> None:
    issues = {**PRICE, "place": {"options": {"north": "North", "south": "South"}}}
    utilities = {
        "ann": {**SALE["ann"], "place": {"values": {"north": 0, "south": 13}}},
        "bob": {**SALE["bob"], "place": {"values": {"north": 0, "south": -12}}},
    }
    assert gaps(tabulated(issues, utilities)) == [[[10, 0], [13, -2]]]


def test_a_ladder_is_all_jumps() -> None:
    issues = {"price": {"range": [0, 10], "step": 5}}
    assert gaps(tabulated(issues, SALE)) == [[[0, 10], [5, 5]], [[5, 5], [10, 0]]]


def test_what_a_rule_forbids_is_a_jump() -> None:
    rules = [{"forbid": {"price": {"above": 4, "below": 6}}}]
    assert gaps(tabulated(PRICE, SALE, rules=rules)) == [[[4, 6], [6, 4]]]


def test_a_term_at_a_threshold_is_a_jump() -> None:
    above = {"price": {"above": 5}}
    sums = {"ann": 3, "bob": -2}
    utilities = {name: {**SALE[name], "terms": [{"when": above, "add": sums[name]}]} for name in sums}
    assert gaps(tabulated(PRICE, utilities)) == [[[5, 5], [8, 3]]]


def test_a_way_that_sags_is_none() -> None:
    def bent(exponent: float) -> Agreements:
        shape = {"shape": "power", "exponent": exponent, "weight": 10}
        ann, bob = {**shape, "worst": 0, "best": 10}, {**shape, "worst": 10, "best": 0}
        return tabulated(PRICE, {"ann": {"price": ann}, "bob": {"price": bob}})

    for exponent, expected in ((0.5, True), (1.0, True), (2.0, False)):
        agreements = bent(exponent)
        points = agreements.frontier.points
        assert joined(agreements, points, [0, len(points) - 1]).tolist() == [expected]
        assert joined(agreements, points, list(range(len(points)))).all()


def test_an_option_nobody_minds_does_not_cut_the_line() -> None:
    """Paying by an option or by price at the same rate: some points have two agreements."""
    issues = {**PRICE, "gift": {"options": {"kept": "Kept", "given": "Given"}}}
    utilities = {
        "ann": {**SALE["ann"], "gift": {"values": {"kept": 0, "given": 4}}},
        "bob": {**SALE["bob"], "gift": {"values": {"kept": 0, "given": -4}}},
    }
    assert gaps(tabulated(issues, utilities)) == []
