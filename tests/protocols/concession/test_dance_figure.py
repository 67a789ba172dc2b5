"""The figure of a dance: data and labels of its Axes, from the finished equilibrium alone."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import bargain
from bargain.errors import UsageError
from bargain.model.equilibrium import Equilibrium
from bargain.protocols.concession.rules import Concession
from bargain.protocols.concession.strategies import Hardheaded, TimeDependent, TitForTat
from bargain.show.plots.plays.concession import draw_over_time
from protocols.concession.grounds import pie


@cache
def two() -> Equilibrium:
    rules = Concession(pie(10), np.ones(2), (TimeDependent(1), TimeDependent(1)), 8, players=("ann", "ben"))
    return bargain.play(rules)


@cache
def drawn_for_two() -> Axes:
    """Finding room for labels takes a while, so once for all tests that only look."""
    return bargain.plot_play(two())


@cache
def three() -> Equilibrium:
    points = np.array([[9.0, 0, 0], [0, 9, 0], [0, 0, 9], [4, 4, 1], [3, 3, 3], [1, 4, 4]])
    return bargain.play(Concession(points, np.zeros(3), (TimeDependent(1),) * 3, 9, players=("a", "b", "c")))


def line(ax: Axes, gid: str) -> np.ndarray:
    (found,) = [drawn for drawn in ax.get_lines() if drawn.get_gid() == gid]
    return np.column_stack(found.get_data())


def texts(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def test_two_players_on_the_frontier() -> None:
    told, ax = two(), drawn_for_two()
    for place, name in enumerate(("ann", "ben")):
        rows = [row for row in told.tables["offers"] if row["player"] == name]
        expected = [[row["payoff.ann"], row["payoff.ben"]] for row in rows]
        assert line(ax, f"offers {name}").tolist() == expected
        assert rows[0]["round"] == place + 1
    last = told.tables["offers"][-1]
    assert line(ax, "agreement").tolist() == [[last["payoff.ann"], last["payoff.ben"]]]
    assert line(ax, "disagreement").tolist() == [[1, 1]]
    assert len(line(ax, "frontier")) == 9
    assert {"no deal (d)", f"agreement, round {last['round']}", "1 ann", "2 ben"} <= set(texts(ax))


def test_beside_it_over_time() -> None:
    told, sheet = two(), drawn_for_two()
    assert isinstance(sheet.figure, Figure)
    _, beside = sheet.figure.axes
    rows = told.tables["offers"]
    own = [[row["round"], row["payoff.ann"]] for row in rows if row["player"] == "ann"]
    other = [[row["round"], row["payoff.ann"]] for row in rows if row["player"] == "ben"]
    assert line(beside, "asks ann").tolist() == own
    assert line(beside, "offered ann").tolist() == other
    assert line(beside, "no deal ann")[:, 1].tolist() == [1, 1]
    assert f"ann {rows[-1]['payoff.ann']:g}" in texts(beside)


def test_three_players_over_time_only() -> None:
    ax = bargain.plot_play(three())
    assert isinstance(ax.figure, Figure)
    assert len(ax.figure.axes) == 1
    assert ax.get_xlabel() == "round"
    assert sum(str(drawn.get_gid()).startswith("asks") for drawn in ax.get_lines()) == 3


def test_a_dance_without_agreement_says_so() -> None:
    told = bargain.play(Concession(pie(10), np.zeros(2), (TitForTat(), TitForTat()), 4, players=("ann", "ben")))
    ax = bargain.plot_play(told)
    assert not [drawn for drawn in ax.get_lines() if drawn.get_gid() == "agreement"]
    assert isinstance(ax.figure, Figure)
    assert "no agreement, round 4" in texts(ax.figure.axes[1])
    assert {"1–3 ann", "2–4 ben"} <= set(texts(ax))


@pytest.mark.slow
def test_on_axes_of_the_callers() -> None:
    figure = Figure(figsize=(12, 6))
    left, right = figure.subplots(1, 2)
    assert bargain.plot_play(two(), ax=left) is left
    assert draw_over_time(three(), right) is right
    assert [ax.get_xlabel() for ax in (left, right)] == ["ann payoff", "round"]
    assert len(figure.axes) == 2


def test_a_long_subtitle_and_names_stay_on_the_figure_and_the_key_off_the_offers() -> None:
    told = three()
    ax = bargain.plot_play(replace(told, players={name: f"The republic of {name}" for name in told.players}))
    figure, legend = ax.figure, ax.get_legend()
    assert legend is not None
    assert all(text.get_window_extent().x1 <= figure.bbox.width for text in ax.texts)
    assert legend.get_window_extent().y0 >= ax.get_window_extent().y1 - 1


def test_who_watches_is_not_drawn() -> None:
    told = two()
    watched = replace(
        told,
        players={**told.players, "eve": "Eve"},
        payoffs={**told.payoffs, "eve": 1.0},
        disagreement={**told.disagreement, "eve": 99.0},
    )
    ax = bargain.plot_play(watched)
    assert len(ax.figure.axes) == 2
    assert not any("Eve" in text.get_text() for text in ax.texts)


@pytest.mark.slow
def test_labels_stay_on_the_figure() -> None:
    for told in (three(), replace(two(), title="A very long title of a dance of offers " * 3)):
        figure = bargain.plot_play(told).figure
        assert isinstance(figure, Figure)
        for ax in figure.axes:
            box = ax.get_tightbbox()
            assert box is not None
            assert box.x0 >= 0
            assert box.y0 >= 0
            assert box.x1 <= figure.bbox.width
            assert box.y1 <= figure.bbox.height


def test_nothing_to_draw() -> None:
    rules = Concession(pie(10), np.array([9.0, 9.0]), (Hardheaded(), Hardheaded()), 4)
    with pytest.raises(UsageError, match="nothing to draw"):
        bargain.plot_play(bargain.play(rules))
