"""Types side by side: what each is worth, what no deal pays, whose share counts."""

from __future__ import annotations

import numpy as np
import pytest

import bargain
from bargain.protocols.types import KNOWN, typed

LAND = """
bargain: 1
title: Land and a toll
players: {north: {}, south: {}, broker: {signs: false}}
issues:
  land: {division: [north, south]}
  toll: {options: {low: Low, high: High}}
utilities:
  north: {land: {weight: 10, shape: linear, worst: 0, best: 1}, toll: {weight: 4, values: {low: 0, high: 1}}}
  south: {land: {weight: 10, shape: linear, worst: 0, best: 1}, toll: {weight: 4, values: {low: 1, high: 0}}}
  broker: {land: ignored, toll: {weight: 1, values: {low: 1, high: 0}}}
red_lines: {south: [{land: {south: {below: 0.2}}}]}
disagreement:
  lottery:
    - {chance: 0.5, agreement: {land: {north: 1}, toll: high}}
    - {chance: rest, agreement: {land: {south: 1}, toll: low}}
  costs: {north: 1, south: 2, broker: 0}
types:
  south:
    weary: {chance: 0.25, set: {disagreement.costs.south: 4}}
    keen: {chance: rest, set: {utilities.south.toll.weight: 8, disagreement.costs.north: 3}}
"""


def test_types_are_columns():
    found = typed(bargain.parse(LAND), "south")
    assert found.types == ("weary", "keen")
    assert found.columns == ("north", "south.weary", "south.keen")
    assert found.chances.tolist() == [0.25, 0.75]
    assert found.refusals.tolist() == pytest.approx([3.0, 7.0])
    assert found.without_deal.tolist() == [[pytest.approx(6.0)], [pytest.approx(4.0)]]
    assert found.agreements.threat_point.tolist() == pytest.approx([4.5, 3.0, 7.0])


def test_columns_pay_what_each_scenario_says():
    found = typed(bargain.parse(LAND), "south")
    view = found.agreements.seen_from(np.array([0.0, 9.0, 9.0]))
    choice = view.total(np.array([1.0, 0.0, 0.0]))
    (agreement,), _ = found.agreements.first([mixture[0][1] for mixture in choice.mixtures[:1]], 1)
    paid = [bargain.tabulate(scenario).payoffs_of(agreement)["south"] for scenario in found.scenarios]
    assert choice.points[0][1:].tolist() == pytest.approx(paid)
    assert agreement["land"]["south"] >= 0.2


def test_red_lines_of_the_player_hold_for_its_types():
    found = typed(bargain.parse(LAND), "south")
    best = found.agreements.seen_from(np.full(3, -100.0)).ideal
    assert best[0] == pytest.approx(10 * 0.8 + 4)


def test_a_player_without_types_is_known():
    found = typed(bargain.parse(LAND), "north")
    assert (found.types, found.chances.tolist()) == ((KNOWN,), [1.0])
    assert found.columns == ("south", "north.known")


def test_columns_of_a_table(tmp_path):
    (tmp_path / "t.csv").write_text("agreement,a,b\nx,3,1\ny,1,2\n", encoding="utf-8")
    text = """
bargain: 1
title: T
players: {a: {}, b: {}}
agreements: t.csv
disagreement: {payoffs: {a: 0, b: 0.5}}
types: {b: {firm: {chance: 0.5, set: {disagreement.payoffs.b: 1.5}}, soft: {chance: rest}}}
"""
    found = typed(bargain.parse(text, folder=tmp_path), "b")
    assert found.agreements.frontier.points.tolist() == [[3.0, 1.0, 1.0], [1.0, 2.0, 2.0]]
    assert found.refusals.tolist() == [1.5, 0.5]
