"""The figures: data and labels of the Axes, text that neither overlaps nor leaves the figure, files."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import combinations, pairwise, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

import bargain
from bargain.errors import UsageError
from bargain.model.results import Alternative, Comparison, Solution, Study
from bargain.model.scenario import Scenario
from bargain.show.plots import KINDS, plot_frontier, plot_issues, plot_sweep, save
from bargain.show.plots.labels import spread
from bargain.show.plots.lettering import MISSING
from lanes import one_in
from oracles.scenarios import table_document


def deals(*_: float) -> bool:
    """There is a deal."""
    return True


def no_deals(*_: float) -> bool:
    """There is no deal."""
    return False


CONCEPTS = ("nash", "asymmetric_nash", "kalai_smorodinsky", "egalitarian", "leximin", "utilitarian")


@dataclass
class Agreements:
    """What the figures ask of tabulated agreements, given by hand: every agreement is listed."""

    scenario: Scenario
    disagreement: dict[str, float]
    options: dict[str, dict[str, dict[str, float]]]  # issue -> option -> player -> contribution
    cloud: np.ndarray | None = None
    signatories: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.signatories = self.scenario.signatories

    def contributions(self, agreement: Any) -> dict[str, dict[str, float]]:
        return {issue: dict(self.options[issue][agreement[issue]]) for issue in self.options}

    def contribution_range(self, issue: str, player: str) -> tuple[float, float]:
        values = [worth[player] for worth in self.options[issue].values()]
        return min(values), max(values)

    def payoffs_of(self, agreement: Any) -> dict[str, float]:
        parts = self.contributions(agreement).values()
        return {player: sum(part[player] for part in parts) for player in self.scenario.players}

    def every(self) -> list[dict[str, str]]:
        return [dict(zip(self.options, names, strict=True)) for names in product(*self.options.values())]

    def sample(self, limit: int = 4000) -> np.ndarray:
        if self.cloud is not None:
            return self.cloud
        rows = [[self.payoffs_of(a)[name] for name in self.signatories] for a in self.every()[:limit]]
        return np.array(rows, dtype=float).reshape(-1, len(self.signatories))


def scenario(
    titles: dict[str, str], issues: dict[str, dict[str, str]] | None = None, title: str = "A talk"
) -> Scenario:
    """A scenario with these players and menus; the file ignores every issue, the fake knows the payoffs."""
    menus = issues or {"deal": {"none": "None"}}
    return Scenario.model_validate(
        {
            "bargain": 1,
            "title": title,
            "players": {name: {"title": shown} for name, shown in titles.items()},
            "issues": {
                name: {"title": name.replace("_", " ").capitalize(), "options": menu} for name, menu in menus.items()
            },
            "utilities": {name: dict.fromkeys(menus, "ignored") for name in titles},
            "disagreement": {"payoffs": dict.fromkeys(titles, 0.0)},
        }
    )


def efficient(points: np.ndarray) -> np.ndarray:
    """The rows that no other row beats, by looking at all pairs."""
    rows = np.unique(points, axis=0)
    return np.array([p for p in rows if not ((rows >= p).all(axis=1) & (rows > p).any(axis=1)).any()])


def compared(
    cloud: Any,
    d: tuple[float, ...],
    answers: dict[str, tuple[float, ...]],
    *,
    titles: dict[str, str] | None = None,
    title: str = "A talk about two things",
    regime: str = "pure",
    frontier: Any = "efficient",
    status: str = "agreement",
    ties: dict[str, list[tuple[float, ...]]] | None = None,
) -> Comparison:
    """A comparison of payoffs given by hand."""
    points = np.asarray(cloud, dtype=float)
    names = titles or {name: name.capitalize() for name in ("ukraine", "russia", "united_states")[: points.shape[1]]}
    agreements = Agreements(scenario(names, title=title), dict(zip(names, d, strict=True)), {}, cloud=points)
    solutions = [
        Solution(
            concept,
            status,  # type: ignore[arg-type]
            payoffs=dict(zip(names, at, strict=True)),
            ties=[Alternative({}, dict(zip(names, tie, strict=True))) for tie in (ties or {}).get(concept, [])],
            tie_count=len((ties or {}).get(concept, [])),
        )
        for concept, at in answers.items()
    ]
    edge = efficient(points) if isinstance(frontier, str) else frontier
    return Comparison(agreements, regime, agreements.disagreement, None, edge, None, solutions)  # type: ignore[arg-type]


def circle(count: int = 400, seed: int = 1) -> np.ndarray:
    """Agreements under a quarter circle of radius 100."""
    rng = np.random.default_rng(seed)
    angle, radius = rng.uniform(0, np.pi / 2, count), 100 * np.sqrt(rng.uniform(0.05, 1, count))
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


def swept(values: list[float], *, deal: Any = deals, players: int = 2) -> Study:
    """One knob; payoffs are straight lines that meet at the last value."""
    names = tuple(f"player_{k}" for k in range(players))
    rows = [
        {"knob.a": x, "concept": "nash", "status": "agreement" if deal(x) else "no_agreement"}
        | {f"payoff.{name}": 50 + k * (values[-1] - x) for k, name in enumerate(names)}
        for x in values
    ]
    return Study("A sweep", {"knob.a": values}, {name: name for name in names}, ("nash",), rows)


def swept_twice(xs: list[float], ys: list[float], *, deal: Any = deals, scale: float = 1.0) -> Study:
    """Two knobs; the payoff is their sum."""
    rows = [
        {
            "knob.a": x,
            "knob.b": y,
            "concept": "nash",
            "status": "agreement" if deal(x, y) else "no_agreement",
            "payoff.ann": scale * (x + y),
            "payoff.bob": 0.0,
        }
        for x in xs
        for y in ys
    ]
    return Study("Two knobs", {"knob.a": xs, "knob.b": ys}, {"ann": "ann", "bob": "bob"}, ("nash",), rows)


def settled(rows: int, columns: int, players: int, wording: str = "None") -> Comparison:
    """Agreements in words: the concepts pick so many different ones."""
    titles = {f"p{k}": f"The {k}. party to the talks" for k in range(players)}
    menus = {f"issue_{i}": {f"o{j}": f"{wording} {j}" for j in range(columns)} for i in range(rows)}
    worth = {
        issue: {
            option: {p: float((i + j * k) % columns) for k, p in enumerate(titles)} for j, option in enumerate(menu)
        }
        for i, (issue, menu) in enumerate(menus.items())
    }
    agreements = Agreements(scenario(titles, menus), dict.fromkeys(titles, 1.0), worth)
    solutions = []
    for place, concept in enumerate(CONCEPTS):
        agreement = dict.fromkeys(menus, f"o{min(place, columns - 1)}")
        pays = agreements.payoffs_of(agreement)
        solutions.append(Solution(concept, "agreement", payoffs=pays, agreement=agreement))
    return Comparison(agreements, "pure", agreements.disagreement, None, None, None, solutions)  # type: ignore[arg-type]


# What a reader can see of the drawn figure.


def texts_of(figure: Figure) -> list[Text]:
    """Every visible text with letters in it, laid out (which needs no pixels)."""
    figure.draw_without_rendering()
    return [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]


def seen(figure: Figure) -> str:
    """Everything written on the figure, line breaks as spaces."""
    return " | ".join(text.get_text().replace("\n", " ") for text in texts_of(figure))


def shown_ticks(figure: Figure) -> set[Text]:
    """Tick labels outside the limits exist but are not drawn."""
    hidden: set[Text] = set()
    for axes in figure.findobj(Axes):
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            edge = 1e-9 * (high - low)
            ticks = axis.get_major_ticks()
            outside = [t for t in ticks if not axes.axison or not low - edge <= t.get_loc() <= high + edge]
            hidden |= {label for tick in outside for label in (tick.label1, tick.label2)}
    return hidden


Extent = tuple[str, tuple[float, float, float, float]]
"""A text and its left, lower, right and upper edge in pixels."""


def boxes(figure: Figure) -> list[Extent]:
    """The extent of every text, without leader lines."""
    hidden = shown_ticks(figure)
    found = [text for text in texts_of(figure) if text not in hidden]
    return [(text.get_text(), tuple(map(float, Text.get_window_extent(text).extents))) for text in found]  # type: ignore[misc]


def assert_legible(figure: Figure) -> list[Extent]:
    """No two texts overlap and none leaves the figure, by half a pixel of rounding; returns where they stand."""
    extents = boxes(figure)
    for (one, a), (two, b) in combinations(extents, 2):
        apart = a[2] <= b[0] + 0.5 or b[2] <= a[0] + 0.5 or a[3] <= b[1] + 0.5 or b[3] <= a[1] + 0.5
        assert apart, f"{one!r} overlaps {two!r}"
    right, top = figure.bbox.x1 + 0.5, figure.bbox.y1 + 0.5
    for text, (x0, y0, x1, y1) in extents:
        assert x0 >= -0.5 and y0 >= -0.5 and x1 <= right and y1 <= top, f"{text!r} leaves the figure"  # noqa: PT018
    return extents


def assert_marks_free(ax: Axes, extents: list[Extent]) -> None:
    """No label covers the centre of a solution or of d."""
    named = [line for line in ax.lines if str(line.get_gid()).startswith(("solution", "disagreement"))]
    for line in named:
        x, y = ax.transData.transform(line.get_xydata()[0])
        for text, (x0, y0, x1, y1) in extents:
            assert not (x0 < x < x1 and y0 < y < y1), f"{text!r} covers {line.get_gid()}"


def lines(ax: Axes, gid: str) -> list[Any]:
    """Lines by what they stand for."""
    return [line for line in ax.lines if line.get_gid() == gid]


ARC = efficient(circle())
ARC = ARC[np.argsort(ARC[:, 0])]
MIDDLE = tuple(ARC[len(ARC) // 2])


@cache
def hard_frontiers() -> dict[str, Comparison]:
    """Cases where labels get into each other's way."""
    along = [tuple(ARC[len(ARC) // 2 + k]) for k in range(6)]
    corner = np.vstack([circle(), [[100.0, 100.0]]])
    low = np.vstack([circle() - 100, [[0.0, 0.0]]])
    return {
        "coinciding": compared(circle(), (30, 25), dict.fromkeys(CONCEPTS, MIDDLE)),
        "side by side": compared(circle(), (30, 25), dict(zip(CONCEPTS, along, strict=True))),
        "close, upper right": compared(
            corner, (30, 25), {c: (100 - k / 9, 99.4 + k / 9) for k, c in enumerate(CONCEPTS)}
        ),
        "close, lower left": compared(low, (-99, -99), {c: (-98 + k / 9, -98 - k / 9) for k, c in enumerate(CONCEPTS)}),
        "extremes": compared(
            circle(),
            (0, 0),
            {
                "nash": tuple(ARC[0]),
                "egalitarian": tuple(ARC[-1]),
                "leximin": (0.5, 99),
                "utilitarian": (99, 0.5),
            },
        ),
        "at d": compared([[5, 5], [1, 2]], (5, 5), {"nash": (5, 5), "utilitarian": (5, 5)}),
        "no deal": compared(circle(), (90, 90), dict.fromkeys(CONCEPTS, (90.0, 90.0)), status="no_agreement"),
        "ties": compared(circle(), (30, 25), {"nash": MIDDLE}, ties={"nash": [along[3], along[5]]}),
    }


@cache
def odd_frontiers() -> dict[str, Comparison]:
    """Inputs at the edge: one point, lines, huge and tiny numbers, nothing rational, strange titles."""
    rising = np.linspace(0, 1, 11)
    long = "The Coordinating Committee of the Provisional Authorities of all Provinces and the Diaspora"
    return {
        "one agreement": compared([[5, 5]], (1, 2), {"nash": (5, 5)}),
        "no agreement possible": compared(
            np.empty((0, 2)), (1, 2), {"nash": (1, 2)}, status="no_agreement", frontier=np.empty((0, 2))
        ),
        "zero range": compared([[3, 1], [3, 2]], (3, 0), {"nash": (3, 2)}),
        "falling line": compared(np.column_stack([rising, 1 - rising]), (0, 0), {"nash": (0.5, 0.5)}),
        "huge and negative": compared(np.column_stack([rising * 1e12, -3e9 * rising]), (-1e12, -4e9), {"nash": (0, 0)}),
        "tiny differences": compared(
            np.column_stack([1e9 + rising, 1e-9 * (1 - rising)]), (1e9, 0), {"nash": (1e9 + 0.5, 5e-10)}
        ),
        "frontier not listed": compared(circle(), (30, 25), {"nash": MIDDLE}, frontier=None),
        "long titles": compared(
            circle(), (30, 25), {"nash": MIDDLE}, titles={"a": long, "b": long}, title=f"{long}, {long}"
        ),
        "dollars and scripts": compared(
            circle(),
            (30, 25),
            {"nash": MIDDLE},
            titles={"a": "Ελλάδα $5 and $6", "b": "乌克兰\tСоюз"},
            title="اتفاق_{x}^2 $\\frac$",
        ),
        "lotteries": compared(
            circle(),
            (30, 25),
            {"nash": (60, 77)},
            regime="lotteries",
            frontier=np.array([[99, 5], [75, 66], [20, 97.0]]),
        ),
        "lotteries, nothing rational": compared(
            circle(), (99, 99), {"nash": (99, 99)}, regime="lotteries", frontier=ARC, status="no_agreement"
        ),
        "three signatories": compared(np.random.default_rng(3).uniform(0, 9, (50, 3)), (1, 1, 1), {"nash": (6, 6, 6)}),
    }


@pytest.mark.parametrize("case", one_in(2, hard_frontiers()))
def test_frontier_labels_keep_out_of_each_others_way(case: str) -> None:
    ax = plot_frontier(hard_frontiers()[case])
    assert_marks_free(ax, assert_legible(ax.get_figure(root=True)))


@pytest.mark.parametrize("case", one_in(2, odd_frontiers()))
def test_frontier_draws_odd_input_without_a_warning(case: str) -> None:
    assert_legible(plot_frontier(odd_frontiers()[case]).get_figure(root=True))


@pytest.mark.slow
def test_labels_stay_apart_at_the_resolution_of_a_file() -> None:
    figure = plot_frontier(hard_frontiers()["close, upper right"]).get_figure(root=True)
    figure.set_dpi(160)
    assert_legible(figure)


def test_frontier_shows_what_the_comparison_says() -> None:
    cloud = [[0, 4], [1, 3], [3, 2], [4, 0], [1, 1]]
    ax = plot_frontier(compared(cloud, (0.5, 0.5), {"nash": (3, 2), "egalitarian": (3, 2), "utilitarian": (1, 3)}))
    assert ax.get_xlabel() == "Ukraine payoff"
    assert ax.get_ylabel() == "Russia payoff"
    assert ax.get_title(loc="left") == "A talk about two things"
    (frontier,) = lines(ax, "frontier")
    assert frontier.get_xydata().tolist() == [[0, 4], [1, 3], [3, 2], [4, 0]]
    assert frontier.get_drawstyle() == "steps-pre"
    assert lines(ax, "solution nash")[0].get_xydata().tolist() == [[3, 2]]
    assert lines(ax, "solution egalitarian")[0].get_marker() != lines(ax, "solution nash")[0].get_marker()
    assert lines(ax, "disagreement")[0].get_xydata().tolist() == [[0.5, 0.5]]
    (cloud_drawn,) = [artist for artist in ax.collections if artist.get_gid() == "cloud"]
    assert sorted(cloud_drawn.get_offsets().tolist()) == sorted(map(list, cloud))
    written = seen(ax.get_figure(root=True))
    for text in (
        "Nash, Egalitarian",
        "Utilitarian",
        "no deal (d)",
        "illustrative model, not a forecast",
        "frontier",
    ):
        assert text in written


def test_bargaining_zone_is_what_beats_d_and_lies_under_the_frontier() -> None:
    cloud = [[0, 4], [1, 3], [3, 2], [4, 0]]
    ax = plot_frontier(compared(cloud, (0.5, 0.5), {"nash": (3, 2)}))
    (zone,) = [patch for patch in ax.patches if patch.get_gid() == "zone"]
    corners = [(0.5, 0.5), (0.5, 3), (1, 3), (1, 2), (3, 2), (3, 0.5)]
    assert [tuple(p) for p in zone.get_xy()[:-1].tolist()] == corners
    mixed = compared(cloud, (1.0, 1.0), {"nash": (2, 2.5)}, regime="lotteries", frontier=np.array([[4.0, 0], [0, 4]]))
    (zone,) = [patch for patch in plot_frontier(mixed).patches if patch.get_gid() == "zone"]
    assert {tuple(p) for p in zone.get_xy().tolist()} == {(1, 1), (1, 3), (3, 1)}


def test_no_deal_is_said_in_words() -> None:
    ax = plot_frontier(hard_frontiers()["no deal"])
    assert "no agreement is better than disagreement for all" in seen(ax.get_figure(root=True))
    assert not [patch for patch in ax.patches if patch.get_gid() == "zone"]
    assert not lines(ax, "solution nash")


def test_projection_says_so_and_takes_two_signatories() -> None:
    comparison = odd_frontiers()["three signatories"]
    ax = plot_frontier(comparison, players=("united_states", "ukraine"))
    assert ax.get_xlabel() == "United_states payoff"
    assert "projection on 2 of 3 signatories: efficient points are projections too" in seen(ax.get_figure(root=True))
    (points,) = lines(ax, "frontier")
    assert points.get_linestyle() == "None"
    for wrong in (("ukraine",), ("ukraine", "ukraine"), ("ukraine", "nobody")):
        with pytest.raises(UsageError):
            plot_frontier(comparison, players=wrong)


def test_lotteries_among_three_shade_nothing() -> None:
    """Which lotteries all accept is not seen in the projection of their corners."""
    made = Scenario.model_validate(table_document([(4, 0, 1), (0, 4, 1), (1, 1, 3)], (0, 0, 0)))
    pure = plot_frontier(bargain.compare(made, [bargain.nash]))
    assert [patch for patch in pure.patches if patch.get_gid() == "zone"]
    drawn = plot_frontier(bargain.compare(made, [bargain.nash], "lotteries"))
    assert not [patch for patch in drawn.patches if patch.get_gid() == "zone"]
    (points,) = lines(drawn, "frontier")
    assert points.get_linestyle() == "None"
    assert lines(drawn, "solution nash")


def test_a_letter_without_a_font_is_declared() -> None:
    ax = plot_frontier(compared(circle(), (30, 25), {"nash": MIDDLE}, title="\U0001fae8 talks"))
    assert ax.get_title(loc="left") == f"{MISSING} talks"
    assert "stands for a letter that no installed font has" in seen(ax.get_figure(root=True))


LONG = "Article-5-like treaty approved by all legislatures, with snap-back sanctions"
SIZES = [(7, 4, 4), (3, 2, 2), (1, 1, 5), (2, 6, 3)]


@pytest.mark.parametrize(("size", "wording"), one_in(3, product(SIZES, [LONG, "None"])))
def test_issues_stay_legible(size: tuple[int, int, int], wording: str) -> None:
    assert_legible(plot_issues(settled(*size, wording)).get_figure(root=True))


def test_issues_say_who_gets_what() -> None:
    comparison = settled(2, 3, 2, "Option")
    ax = plot_issues(comparison)
    written = seen(ax.get_figure(root=True))
    for text in ("A: Nash", "B: Asymmetric Nash", "C: Kalai-Smorodinsky,", "Issue 1", "Option 2"):
        assert text in written
    assert f"{comparison['nash'].payoffs['p0']:.0f} (" in written
    assert "illustrative model, not a forecast" in written


def test_issues_without_a_deal_show_what_comes_closest() -> None:
    comparison = settled(2, 2, 2)
    closest = {"closest_agreement": comparison.solutions[0].agreement}
    none = [Solution("nash", "no_agreement", payoffs=comparison.disagreement, certificate=closest)]
    written = seen(plot_issues(replace(comparison, solutions=none)).get_figure(root=True))
    assert "what comes closest" in written
    assert "no agreement is better than disagreement for all" in written


def test_issues_shrink_on_a_small_axes() -> None:
    figure = Figure(figsize=(6, 4))
    FigureCanvasAgg(figure)
    ax = figure.add_axes((0.1, 0.1, 0.8, 0.7))
    plot_issues(settled(4, 3, 3), ax)
    inside = [text for text in ax.texts if text.get_transform() == ax.transData]
    assert max(text.get_fontsize() for text in inside) < 10


@pytest.mark.parametrize("players", [1, 2, 6])
def test_sweep_names_its_lines_apart(players: int) -> None:
    ax = plot_sweep(swept([1.0, 2.0, 3.0], players=players))
    assert_legible(ax.get_figure(root=True))
    written = seen(ax.get_figure(root=True))
    assert all(f"player_{k}" in written for k in range(players))
    assert lines(ax, "deal player_0")[0].get_xydata().tolist() == [[1, 50], [2, 50], [3, 50]]


def test_sweep_shades_stretches_without_a_deal() -> None:
    ax = plot_sweep(swept([1.0, 2.0, 3.0, 4.0, 5.0], deal=lambda x: x not in (1.0, 2.0, 4.0)))
    shaded = [patch.get_bbox() for patch in ax.patches if patch.get_gid() == "no deal"]
    assert [(box.x0, box.x1) for box in shaded] == [(1.0, 2.5), (3.5, 4.5)]
    assert seen(ax.get_figure(root=True)).count("no deal") == 2
    assert np.isnan(lines(ax, "deal player_1")[0].get_ydata()[:2]).all()
    assert_legible(ax.get_figure(root=True))


def test_sweep_of_one_player_and_unknown_names() -> None:
    study = swept([1.0, 2.0], players=3)
    ax = plot_sweep(study, player="player_1")
    assert not lines(ax, "deal player_0")
    assert ax.get_ylabel() == "player_1 payoff"
    with pytest.raises(UsageError, match="player_0"):
        plot_sweep(study, player="nobody")
    with pytest.raises(UsageError, match="nash"):
        plot_sweep(study, concept="raiffa")


def test_heat_map_writes_payoffs_and_hatches_the_rest() -> None:
    ax = plot_sweep(swept_twice([1.0, 2.0, 3.0], [10.0, 20.0], deal=lambda x, y: x + y > 12))
    figure = ax.get_figure(root=True)
    hatched = {(patch.get_x() + 0.5, patch.get_y() + 0.5) for patch in ax.patches if patch.get_gid() == "no deal"}
    assert hatched == {(0, 0), (1, 0)}
    written = {text.get_position(): text.get_text() for text in ax.texts}
    assert written[(2.0, 1.0)] == "23"
    assert (0.0, 0.0) not in written
    assert "ann payoff" in seen(figure)
    assert_legible(figure)


@pytest.mark.parametrize(("deal", "scale"), one_in(3, product([deals, no_deals], [1.0, 0.0, 1e9, -1e-9])))
def test_heat_map_at_the_edges(deal: Any, scale: float) -> None:
    values = np.linspace(0.1, 0.9, 12).tolist()
    assert_legible(plot_sweep(swept_twice(values, values, deal=deal, scale=scale)).get_figure(root=True))
    assert_legible(plot_sweep(swept_twice([1.0], [2.0], deal=deal, scale=scale)).get_figure(root=True))


def test_three_knobs_are_not_drawn() -> None:
    with pytest.raises(UsageError, match="one or two knobs"):
        plot_sweep(Study("s", {"a": [1], "b": [1], "c": [1]}, {"ann": "ann"}, ("nash",), []))


def draws() -> list[Any]:
    """Every figure, on an Axes or on one of its own."""
    return [
        lambda ax=None: plot_frontier(hard_frontiers()["extremes"], ax=ax),
        lambda ax=None: plot_issues(settled(3, 2, 2), ax=ax),
        lambda ax=None: plot_sweep(swept([1.0, 2.0, 3.0]), ax=ax),
        lambda ax=None: plot_sweep(swept_twice([1.0, 2.0], [3.0, 4.0]), ax=ax),
    ]


@pytest.mark.parametrize("draw", draws())
def test_axes_in_axes_out(draw: Any) -> None:
    figure = Figure(figsize=(12, 8))
    ax = figure.add_subplot(1, 2, 1)
    place = ax.get_position().bounds
    assert draw(ax) is ax
    assert ax.get_position().bounds == place


@pytest.mark.parametrize(
    ("kind", "suffix"), one_in(3, [(3, ".svg"), (0, ".svg"), (1, ".svg"), (2, ".png"), (2, ".svg"), (3, ".pdf")])
)
def test_saved_files_are_the_same_every_time(kind: int, suffix: str, tmp_path: Path) -> None:
    one, two = tmp_path / f"one{suffix}", tmp_path / f"two{suffix}"
    save(draws()[kind](), one)
    save(draws()[kind]().get_figure(root=True), two)
    assert one.read_bytes() == two.read_bytes()
    assert one.read_bytes().startswith({".png": b"\x89PNG", ".svg": b"<?xml", ".pdf": b"%PDF"}[suffix])


def test_save_refuses_what_it_should(tmp_path: Path) -> None:
    ax, there = plot_sweep(swept([1.0, 2.0])), tmp_path / "there.png"
    there.write_text("kept")
    with pytest.raises(UsageError, match="exists"):
        save(ax, there)
    assert there.read_text() == "kept"
    assert save(ax, there, force=True) == there
    assert there.read_bytes().startswith(b"\x89PNG")
    with pytest.raises(UsageError, match=r"\.png, \.svg or \.pdf"):
        save(ax, tmp_path / "figure.jpeg")
    with pytest.raises(UsageError, match="cannot write"):
        save(ax, tmp_path / "nowhere" / "figure.png")


def test_projector_size() -> None:
    figure = plot_frontier(hard_frontiers()["extremes"]).get_figure(root=True)
    assert tuple(figure.get_size_inches()) == (10.0, 6.25)
    assert min(text.get_fontsize() for text in texts_of(figure)) >= 11


@given(
    wishes=st.lists(st.floats(0, 100), min_size=1, max_size=8),
    gap=st.floats(0.1, 10),
)
def test_spread_keeps_the_gap_and_the_order(wishes: list[float], gap: float) -> None:
    places = spread(wishes, gap, 0.0, 100.0)
    ordered = sorted(places)
    assert all(b - a >= gap - 1e-9 for a, b in pairwise(ordered))
    assert ordered[0] >= -1e-9
    assert ordered[-1] <= 100 + 1e-9
    ranks = sorted(range(len(wishes)), key=lambda k: (wishes[k], k))
    assert [places[k] for k in ranks] == ordered


def test_importing_the_package_costs_nothing_and_pyplot_stays_out() -> None:
    quiet = "import sys, bargain.show.plots as p; list(p.KINDS); assert 'matplotlib' not in sys.modules"
    drawing = (
        "from bargain.show.plots import plot_sweep, save; from bargain.model.results import Study;"
        "row = {'k': 1.0, 'concept': 'nash', 'status': 'agreement', 'payoff.a': 1.0};"
        "plot_sweep(Study('s', {'k': [1.0]}, {'a': 'a'}, ('nash',), [row])); import sys;"
        "assert 'matplotlib.pyplot' not in sys.modules, 'pyplot'"
    )
    for code in (quiet, drawing):
        subprocess.run([sys.executable, "-c", code], check=True)


def test_kinds_draw_comparisons() -> None:
    assert list(KINDS) == ["frontier", "issues"]
    assert all(isinstance(draw(settled(2, 2, 2)), Axes) for draw in (KINDS["issues"],))
    assert isinstance(KINDS["frontier"](hard_frontiers()["ties"]), Axes)
