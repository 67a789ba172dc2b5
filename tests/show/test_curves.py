"""Continuous frontiers are drawn as curves, with a step where they jump; figures name concepts by their titles."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text

from bargain.concepts import CATALOGUE, kalai_smorodinsky
from bargain.files.read import parse, read
from bargain.model.results import Comparison
from bargain.show.plots import plot_frontier, plot_issues, plot_sweep
from bargain.solving import compare
from bargain.studies.sweep import sweep

PRICE_AND_PLACE = """
bargain: 1
title: A price and a place
players: {ann: {}, bob: {}}
issues: {price: {range: [0, 10]}, place: {options: {north: North, south: South}}}
utilities:
  ann: {price: {weight: 10, shape: linear, worst: 0, best: 10}, place: {values: {north: 0, south: 13}}}
  bob: {price: {weight: 10, shape: linear, worst: 10, best: 0}, place: {values: {north: 0, south: -12}}}
disagreement: {payoffs: {ann: 1, bob: -3}}
"""


@pytest.fixture(scope="module")
def pie() -> Comparison:
    return compare(read("teaching/split_the_pie"))


def drawn(ax: Axes, name: str) -> np.ndarray:
    """The points of the one line of this name."""
    (line,) = [line for line in ax.lines if line.get_gid() == name]
    assert line.get_drawstyle() == "default"
    return np.asarray(line.get_xydata())


def area(polygon: np.ndarray) -> float:
    """By the shoelace formula."""
    x, y = polygon.T
    return float(abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))) / 2


def zone(ax: Axes) -> np.ndarray:
    """The corners of the bargaining zone."""
    (patch,) = [patch for patch in ax.patches if patch.get_gid() == "zone"]
    return np.asarray(patch.get_path().vertices)


def test_a_continuous_frontier_is_a_curve(pie: Comparison) -> None:
    """Ben gets 1 - x and Ann the root of x, so the frontier is y = 1 - x^2 and the area under it 2/3."""
    ax = plot_frontier(pie)
    curve = drawn(ax, "frontier")
    assert len(curve) == pie.frontier_size
    assert curve[:, 1] == pytest.approx(1 - curve[:, 0] ** 2)
    assert (np.diff(curve, axis=0)[:, 0] > 0).all()
    assert (np.diff(curve, axis=0)[:, 1] < 0).all()
    assert area(zone(ax)) == pytest.approx(2 / 3, abs=1e-3)
    assert len(drawn(ax, "single agreements")) == 0


def test_either_player_may_lie_across(pie: Comparison) -> None:
    ann, ben = pie.agreements.signatories
    curve = drawn(plot_frontier(pie, players=(ben, ann)), "frontier")
    assert curve[:, 0] == pytest.approx(1 - curve[:, 1] ** 2)
    assert (np.diff(curve, axis=0)[:, 0] > 0).all()


def test_a_jump_between_menus_is_a_step() -> None:
    ax = plot_frontier(compare(parse(PRICE_AND_PLACE)))
    curve = drawn(ax, "frontier")
    moves = np.diff(curve, axis=0)
    down, across = moves[moves[:, 0] == 0], moves[moves[:, 1] == 0]
    assert down.round(6).tolist() == [[0, -2]]
    assert across.round(6).tolist() == [[3, 0]]
    assert curve[0] == pytest.approx([0, 10])
    assert curve[-1] == pytest.approx([23, -12])
    # from x = 1: the triangle down to (10, 0) and the strip under it to -3, then the strip to 13, then a small triangle
    assert area(zone(ax)) == pytest.approx(9 * 9 / 2 + 9 * 3 + 3 * 1 + 1 / 2)


def test_menus_alone_keep_their_steps() -> None:
    ax = plot_frontier(compare(read("teaching/polygon")))
    (line,) = [line for line in ax.lines if line.get_gid() == "frontier"]
    assert line.get_drawstyle() == "steps-pre"


def test_figures_name_concepts_by_their_titles(pie: Comparison) -> None:
    study = sweep(pie.agreements.scenario, {"players.ann.power": [1, 2]}, [kalai_smorodinsky])
    squared = sweep(pie.agreements.scenario, {"players.ann.power": [1], "players.ben.power": [1]}, [kalai_smorodinsky])
    figures: list[Axes] = [plot_frontier(pie), plot_issues(pie), plot_sweep(study), plot_sweep(squared)]
    for ax in figures:
        figure: Any = ax.get_figure(root=True)
        texts = " ".join(text.get_text() for text in figure.findobj(Text))
        assert "Kalai-Smorodinsky" in texts
        assert "asymmetric_nash" not in texts
        assert not [concept.name for concept in CATALOGUE if f"{concept.name}:" in texts or f"{concept.name}," in texts]
        assert not [name for name in ("ann payoff", "ben payoff") if name in texts]
