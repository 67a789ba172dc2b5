"""The picture of the bargaining problem for two signatories, or its projection on two of several."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from textwrap import wrap as wrap_words
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Polygon
from numpy.typing import NDArray

from bargain.show.findings import concept_title, one_of_all
from bargain.show.plots.boxes import Box
from bargain.show.plots.canvas import (
    NO_DEAL_TEXT,
    axis_labels,
    fit_margins,
    footer,
    heading,
    key_above,
    new_axes,
    pixels_per_point,
    quiet_axes,
)
from bargain.show.plots.labels import Label, Surroundings, place_labels, place_note
from bargain.show.plots.palette import (
    BODY,
    CLOUD,
    FRONTIER,
    INK,
    MUTED,
    ZONE,
    Mark,
    concept_marks,
    darker,
    house_style,
)
from bargain.show.plots.regions import below_line, limits, outer_corners, outline, under_corners
from bargain.show.plots.view import View, pair_of, view_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from bargain.model.results import Comparison, Solution

__all__ = ["plot_frontier"]

LINE_LENGTH = 34
"""Letters per line of a label that names several concepts."""
MANY = 150
"""A frontier of more points than this is drawn as a line only."""
HEAVY = 1500
"""A cloud of more points than this goes into SVG and PDF as pixels."""

Floats = NDArray[np.float64]


def plot_frontier(comparison: Comparison, players: Sequence[str] | None = None, ax: Axes | None = None) -> Axes:
    """Draw what is possible, what is efficient and where each concept lands.

    Grey dots are possible agreements, the dark line is the frontier: steps between efficient agreements, a
    curve where continuous issues join them (with a step where menus jump), straight lines under lotteries.
    Dashed lines mark the disagreement point, and the shaded bargaining zone is what leaves everyone better off
    than no deal. Concepts on the same point share one label.

    Parameters
    ----------
    comparison : what `bargain.compare` returned; nothing is solved here.
    players : the two signatories on the axes; the first two if left out. With more than two signatories the
        picture is a projection, in which an efficient point need not lie on the edge.
    ax : where to draw; a figure of its own if left out.
    """
    pair = pair_of(comparison, players)
    with house_style():
        sheet = new_axes() if ax is None else ax
        view = view_of(comparison, pair)
        _frame(sheet, comparison, view)
        zone = _zone(sheet, comparison, view)
        _legend(sheet, view, shaded=zone)
        _cloud_and_frontier(sheet, comparison, view)
        _disagreement(sheet, view)
        if ax is None:
            fit_margins(sheet)
        _answers(sheet, comparison, view)
    return sheet


def _frame(ax: Axes, comparison: Comparison, view: View) -> None:
    scenario = comparison.agreements.scenario
    titles = [scenario.title_of(name) for name in view.players]
    known = [view.cloud, np.array([view.d]), *(np.array([at]) for at, _ in view.spots)]
    known += [np.array([at]) for at, _ in view.ties]
    known += [] if view.frontier is None else [view.frontier]
    points = np.concatenate(known)
    ax.set_xlim(*limits(points[:, 0]))
    ax.set_ylim(*limits(points[:, 1]))
    quiet_axes(ax)
    axis_labels(ax, f"{titles[0]} payoff", f"{titles[1]} payoff")
    heading(ax, scenario.title, _subtitle(comparison, view), above=24)
    footer(ax, [scenario.title, *titles])


def _subtitle(comparison: Comparison, view: View) -> str:
    parts = []
    if comparison.regime == "lotteries":
        parts.append("lotteries over agreements allowed")
    if view.projected:
        count = len(comparison.agreements.signatories)
        also = "" if view.frontier is None else ": efficient points are projections too"
        parts.append(f"projection on 2 of {count} signatories{also}")
    if view.frontier is None:
        parts.append("the frontier is too large to list")
    return "; ".join(parts)


def _legend(ax: Axes, view: View, *, shaded: bool) -> None:
    """One row between title and Axes: what dots, line and shading are."""
    keys: list[Line2D | Patch] = []
    if view.frontier is not None and len(view.frontier):
        name = "efficient agreements" if view.projected else "frontier"
        line = "" if view.projected else "-"
        dots = "o" if view.projected or len(_dotted(view)) else ""
        keys.append(_key(name, marker=dots, color=FRONTIER, markersize=4, linestyle=line, linewidth=1.4))
    if shaded:
        name = "under a deal better for all than no deal" if view.projected else "better for all than no deal"
        keys.append(Patch(facecolor=ZONE, edgecolor="#e3cf97", linewidth=0.6, label=name))
    if len(view.cloud):
        keys.append(_key("possible agreements", marker="o", color=CLOUD, markersize=5, linestyle=""))
    if not keys:
        return
    key_above(ax, keys)


def _key(label: str, **style: object) -> Line2D:
    return Line2D([], [], label=label, **style)  # type: ignore[arg-type]


def _zone(ax: Axes, comparison: Comparison, view: View) -> bool:
    """Shade what is better than d for both and under the frontier; whether there is any such region.

    Which lotteries are better for all is not seen in the projection of their corners: then nothing is shaded.
    """
    lotteries = comparison.regime == "lotteries"
    if view.frontier is None or view.rational is None or (lotteries and view.projected):
        return False
    if lotteries:
        region = below_line(view.frontier, view.d)
    elif view.joined is not None and len(view.frontier):
        region = below_line(outline(view.frontier, view.joined), view.d)
    else:
        region = under_corners(view.rational, view.d)
    if len(region) < 3 or not np.ptp(region, axis=0).all():
        return False
    ax.add_patch(Polygon(region, closed=True, facecolor=ZONE, edgecolor="none", zorder=0, gid="zone"))
    return True


def _cloud_and_frontier(ax: Axes, comparison: Comparison, view: View) -> None:
    size = 22 if len(view.cloud) < 200 else 12 if len(view.cloud) < 1000 else 6
    cloud = ax.scatter(
        view.cloud[:, 0],
        view.cloud[:, 1],
        s=size,
        color=CLOUD,
        linewidths=0,
        alpha=0.75,
        zorder=1,
        gid="cloud",
    )
    cloud.set_rasterized(len(view.cloud) > HEAVY)
    if view.frontier is None or not len(view.frontier):
        return
    style: dict[str, Any] = {"color": FRONTIER, "markersize": 3.6, "linewidth": 1.4, "zorder": 3}
    points = view.frontier
    if view.projected:
        style |= {"markersize": 3.6 if len(points) < 200 else 3.0 if len(points) < 1000 else 2.0}
        style |= {"markeredgewidth": 0.0, "alpha": 0.8, "rasterized": len(points) > HEAVY}
        ax.plot(*points.T, linestyle="", marker="o", gid="frontier", **style)
    elif view.joined is not None:
        # A jump is drawn as a step, as between discrete agreements: what lies under it can be had by giving something
        # away, what lies above it cannot be had at all. A gap would say the same less plainly.
        ax.plot(*outline(points, view.joined).T, linestyle="-", gid="frontier", **style)
        ax.plot(*_dotted(view).T, linestyle="", marker="o", gid="single agreements", **style)
    else:
        drawing = "default" if comparison.regime == "lotteries" else "steps-pre"
        dots = "o" if len(points) <= MANY else ""
        ax.plot(*points.T, linestyle="-", marker=dots, drawstyle=drawing, gid="frontier", **style)


def _dotted(view: View) -> Floats:
    """The frontier points that stand out on the line: all if they are few; on a curve those that nothing joins."""
    points = np.empty((0, 2)) if view.frontier is None else view.frontier
    if view.joined is not None and len(points):
        alone = ~np.r_[False, view.joined] & ~np.r_[view.joined, False]
        points = points[alone]
    return points if len(points) <= MANY else points[:0]


def _disagreement(ax: Axes, view: View) -> None:
    dashes = {"color": MUTED, "linewidth": 1.0, "linestyle": (0, (5, 4)), "zorder": 2}
    ax.axvline(view.d[0], **dashes)  # type: ignore[arg-type]
    ax.axhline(view.d[1], **dashes)  # type: ignore[arg-type]
    ax.plot(*view.d, marker="X", markersize=10, color=INK, markeredgecolor="white", zorder=8, gid="disagreement")


def _answers(ax: Axes, comparison: Comparison, view: View) -> None:
    """Mark and label every point where a concept lands, and d; say so in words where there is no deal."""
    marks = concept_marks([solution.concept for solution in comparison.agreed])
    labels = [Label("no deal (d)", view.d, INK, 6.0)]
    for at, concept in view.ties:
        ax.plot(
            *at,
            marker=marks[concept].marker,
            markersize=9,
            zorder=6,
            gid=f"tie {concept}",
            linestyle="",
            markerfacecolor="white",
            markeredgecolor=marks[concept].colour,
            markeredgewidth=1.8,
        )
    for at, solutions in view.spots:
        named = [(solution.concept, marks[solution.concept]) for solution in solutions]
        radius = _mark_spot(ax, at, named, least=18.0 if at == view.d else 10.0)
        text = ", ".join(_named(solution, view) for solution in solutions)
        colour = darker(marks[solutions[0].concept].colour) if len(solutions) == 1 else INK
        labels.append(Label("\n".join(wrap_words(text, LINE_LENGTH, break_on_hyphens=False)), at, colour, radius))
    around = _surroundings(ax, comparison, view)
    if any(solution.status == "no_agreement" for solution in comparison.agreed):
        _, box = place_note(
            ax,
            NO_DEAL_TEXT,
            around,
            fontsize=BODY + 1,
            fontweight="bold",
            color=INK,
            zorder=9,
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 3},
        )
        around = Surroundings([*around.taken, box], around.points, around.weights)
    place_labels(ax, labels, around)


def _named(solution: Solution, view: View) -> str:
    """The concept's title, and how many agreements tie with it where they are drawn apart."""
    tied = any(concept == solution.concept for _, concept in view.ties)
    title = concept_title(solution.concept)
    return f"{title} ({one_of_all(solution)})" if tied else title


def _mark_spot(ax: Axes, at: tuple[float, float], marks: Sequence[tuple[str, Mark]], *, least: float) -> float:
    """The concepts' shapes on one point, the first one largest and lowest; returns the radius in points."""
    largest, ratio = least + 3.0 * min(len(marks) - 1, 4), 0.52 if len(marks) == 2 else 0.66
    for rank, (concept, mark) in enumerate(marks):
        size = max(largest * ratio**rank, 3.5)
        ax.plot(
            *at,
            marker=mark.marker,
            markersize=size,
            color=mark.colour,
            linestyle="",
            markeredgecolor="white",
            markeredgewidth=1.0,
            zorder=7 + rank / 100,
            gid=f"solution {concept}",
            clip_on=False,
        )
    return largest / 2 + 0.5


def _surroundings(ax: Axes, comparison: Comparison, view: View) -> Surroundings:
    """Pixels of everything drawn, so that labels hide as little of it as possible."""
    groups = [(view.cloud, 0.15 * min(1.0, 2000 / max(len(view.cloud), 1)))]
    if view.frontier is not None and len(view.frontier):
        line = view.frontier
        if view.joined is not None:
            corners = outline(line, view.joined)
        else:
            corners = line if view.projected or comparison.regime == "lotteries" else outer_corners(line)
        groups.append((_dense(corners) if not view.projected else line, 6.0))
    left, right = ax.get_xlim()
    low, high = ax.get_ylim()
    cross = np.array([[left, view.d[1]], [right, view.d[1]], [view.d[0], low], [view.d[0], high]])
    groups += [(_dense(cross[:2]), 3.0), (_dense(cross[2:]), 3.0)]
    points = np.concatenate([ax.transData.transform(points) for points, _ in groups])
    weights = np.concatenate([np.full(len(points), weight) for points, weight in groups])
    reach = 6.0 * pixels_per_point(ax)
    taken = [Box(x, y, x, y).grown(reach) for x, y in (ax.transData.transform(at) for at, _ in view.ties)]
    x, y = ax.transData.transform(view.d)
    return Surroundings([*taken, Box(x, y, x, y).grown(reach)], points, weights)


def _dense(line: Floats) -> Floats:
    """Points along a polyline, close enough that no label slips between them."""
    pieces = [np.linspace(a, b, 60) for a, b in pairwise(line)]
    return np.concatenate(pieces)[:: max(1, len(pieces) // 40)] if pieces else line
