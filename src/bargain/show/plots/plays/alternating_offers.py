"""Offers by turns: both proposals on the frontier and where fast offers lead, or what every round is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from bargain.errors import UsageError
from bargain.model.equilibrium import Equilibrium
from bargain.show.plots.boxes import Box
from bargain.show.plots.canvas import (
    axis_labels,
    fit_margins,
    footer,
    heading,
    key_above,
    new_axes,
    pixels_per_point,
    quiet_axes,
)
from bargain.show.plots.labels import Label, Surroundings, place_labels
from bargain.show.plots.palette import (
    CLOUD,
    FRONTIER,
    INK,
    MUTED,
    NO_DEAL,
    Mark,
    concept_marks,
    darker,
    house_style,
    player_marks,
)
from bargain.show.plots.plays.side_by_side import SIDE_BY_SIDE, draw_side_by_side
from bargain.show.plots.regions import limits

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw"]

Floats = NDArray[np.float64]

DOTS = 40
"""Up to so many rounds each has its marker."""
LAST = 60
"""Of more rounds than this the last are drawn: before them it goes on alike."""
SAME = 1e-9
"""Proposals this near to each other are one."""
SMOOTH = 200
"""Points of a drawn curve."""


def draw(equilibrium: Equilibrium, ax: Axes | None = None) -> Axes:
    """With a horizon, what every round is worth; else both proposals on the frontier of two players.

    Proposals of several, and the orders of an agenda, stand side by side.
    """
    tables = equilibrium.tables
    if any(name in tables for name in SIDE_BY_SIDE):
        return draw_side_by_side(equilibrium, ax)
    if "rounds" not in tables and "frontier" not in tables:
        raise UsageError("there is nothing to draw")
    with house_style():
        sheet = new_axes() if ax is None else ax
        if "rounds" in tables:
            _rounds(sheet, equilibrium, own=ax is None)
        else:
            _proposals(sheet, equilibrium, own=ax is None)
    return sheet


def _pair(equilibrium: Equilibrium) -> tuple[str, str]:
    """The two who haggle."""
    first, second = list(equilibrium.tables["frontier"][0])
    return first, second


def _title(equilibrium: Equilibrium) -> str:
    return equilibrium.title or "Alternating offers"


# -- proposals on the frontier ---------------------------------------------------------------------------------------


def _proposals(ax: Axes, equilibrium: Equilibrium, *, own: bool) -> None:
    names = _pair(equilibrium)
    line = np.array([[row[name] for name in names] for row in equilibrium.tables["frontier"]])
    d = np.array([equilibrium.disagreement[name] for name in names])
    known = np.vstack([line, d, *([move.payoffs[name] for name in names] for move in equilibrium.path if move.payoffs)])
    ax.set_xlim(*limits(known[:, 0]))
    ax.set_ylim(*limits(known[:, 1]))
    quiet_axes(ax)
    titles = [equilibrium.players.get(name, name) for name in names]
    axis_labels(ax, f"{titles[0]} payoff", f"{titles[1]} payoff")
    heading(ax, _title(equilibrium), _subtitle(equilibrium), above=24)
    footer(ax, [_title(equilibrium), *titles])
    listed = str(equilibrium.rules.get("about", "")).startswith("a list")
    _draw_line(ax, line, listed=listed)
    curve = _nash_curve(equilibrium, names, ax)
    _key(ax, listed=listed, curved=curve is not None)
    if own:
        fit_margins(ax)
    _mark(ax, equilibrium, names, d, np.vstack([line, *([] if curve is None else [curve])]))


def _subtitle(equilibrium: Equilibrium) -> str:
    if "first_proposal" not in equilibrium.measures:
        return equilibrium.reason or "a proposal would be refused"
    first = equilibrium.players.get(equilibrium.rules["first"], equilibrium.rules["first"])
    return f"{first} proposes first; what each proposes when it is its turn"


def _draw_line(ax: Axes, line: Floats, *, listed: bool) -> None:
    style: dict[str, Any] = {"color": FRONTIER, "zorder": 3, "gid": "frontier"}
    if listed:
        ax.plot(*line.T, linestyle="", marker="o", markersize=4, **style)
    else:
        ax.plot(*line.T, linestyle="-", linewidth=1.4, **style)


def _nash_curve(equilibrium: Equilibrium, names: tuple[str, str], ax: Axes) -> Floats | None:
    """(k, 2) the curve of one weighted product of gains through both proposals, where both lie on one."""
    if "weighted_product_of_gains_at_both_proposals" not in equilibrium.certificate:
        return None
    weights, standing, point = (
        np.array([equilibrium.measures[what][name] for name in names])
        for what in ("nash_weights", "haggling_for_ever", "first_proposal")
    )
    product = float(((point - standing) ** weights).prod())
    low, high = ax.get_xlim()
    bottom, top = ax.get_ylim()
    across = np.geomspace(max((high - low) * 1e-3, 1e-12), max(high - standing[0], 1e-9), SMOOTH)
    up = np.geomspace(max((top - bottom) * 1e-3, 1e-12), max(top - standing[1], 1e-9), SMOOTH)
    gains = np.sort(
        np.concatenate([across, (product / up ** weights[1]) ** (1 / weights[0])])
    )  # close where it is steep
    curve = np.column_stack([gains, (product / gains ** weights[0]) ** (1 / weights[1])]) + standing
    inside = (curve[:, 1] <= top * (1 + 1e-9)) & (curve[:, 1] >= bottom) & (curve[:, 0] >= low)
    ax.plot(*curve[inside].T, color=MUTED, linewidth=1.1, linestyle=(0, (1, 1.6)), zorder=2, gid="nash curve")
    return np.asarray(curve[inside])


def _key(ax: Axes, *, listed: bool, curved: bool) -> None:
    frontier: dict[str, Any] = (
        {"marker": "o", "markersize": 4, "linestyle": ""} if listed else {"linestyle": "-", "linewidth": 1.4}
    )
    keys = [Line2D([], [], label="efficient agreements" if listed else "frontier", color=FRONTIER, **frontier)]
    if curved:
        told = "equal weighted product of gains"
        keys.append(Line2D([], [], label=told, color=MUTED, linewidth=1.1, linestyle=(0, (1, 1.6))))
    key_above(ax, keys)


def _mark(ax: Axes, equilibrium: Equilibrium, names: tuple[str, str], d: Floats, lines: Floats) -> None:
    """The proposals, how they move as offers get faster, the limit, and no deal; with their labels."""
    ax.plot(*d, marker="X", markersize=10, color=INK, markeredgecolor="white", zorder=8, gid="disagreement")
    labels = [Label("no deal", (float(d[0]), float(d[1])), INK, 6.0)]
    labels += _offers(ax, equilibrium, names)
    if "nash_limit" in equilibrium.measures:
        at = _point(equilibrium.measures["nash_limit"], names)
        nash = concept_marks(["asymmetric_nash"])["asymmetric_nash"]
        ax.plot(
            *at, marker=nash.marker, markersize=9, color=nash.colour, markeredgecolor="white", zorder=6, gid="limit"
        )
        labels.append(Label("limit of fast offers (Nash)", at, darker(nash.colour)))
    pixels = [ax.transData.transform(np.linspace(a, b, 8)) for a, b in pairwise(lines)]
    points = np.concatenate(pixels) if pixels else np.empty((0, 2))
    reach = 6.0 * pixels_per_point(ax)
    taken = [Box(x, y, x, y).grown(reach) for x, y in ax.transData.transform([label.at for label in labels])]
    place_labels(ax, labels, Surroundings(taken, points, np.full(len(points), 4.0)))


def _offers(ax: Axes, equilibrium: Equilibrium, names: tuple[str, str]) -> list[Label]:
    """Both proposals, one label if they are the same; or what leaving pays."""
    if "first_proposal" not in equilibrium.measures:
        left = [move.payoffs for move in equilibrium.path if move.action == "leaves"]
        if not left:
            return []
        at = _point(left[-1], names)
        ax.plot(*at, marker="P", markersize=10, color=INK, markeredgecolor="white", zorder=8, gid="leaving")
        return [Label("after leaving", at, INK)]
    marks, labels = player_marks(names), []
    order = [equilibrium.rules["first"], *(name for name in names if name != equilibrium.rules["first"])]
    points = [_point(equilibrium.measures[what], names) for what in ("first_proposal", "second_proposal")]
    same = bool(np.allclose(points[0], points[1], rtol=SAME, atol=0))
    for who, at, size in zip(order, points, (12.0, 6.5 if same else 12.0), strict=True):
        _trail(ax, equilibrium, names, who, marks[who])
        style: dict[str, Any] = {"markersize": size, "color": marks[who].colour, "markeredgecolor": "white"}
        ax.plot(*at, marker=marks[who].marker, zorder=7, gid=f"proposal {who}", **style)
        labels.append(Label(f"{equilibrium.players[who]} proposes", at, darker(marks[who].colour)))
    return [Label("both propose this", points[0], INK)] if same else labels


def _trail(ax: Axes, equilibrium: Equilibrium, names: tuple[str, str], who: str, mark: Mark) -> None:
    """What a player proposes when rounds are a half, a quarter, … as long."""
    line = np.array([[row[name] for name in names] for row in equilibrium.tables["frontier"]])
    own = names.index(who)
    keeps = [row[f"{who}_keeps"] for row in equilibrium.tables.get("faster_offers", ())[1:]]
    order = np.argsort(line[:, own])
    others = np.interp(keeps, line[order, own], line[order, 1 - own])
    for keep, other in zip(keeps, others, strict=True):
        at = (keep, other) if own == 0 else (other, keep)
        ax.plot(
            *at, marker=mark.marker, markersize=4.5, color=mark.colour, alpha=0.55, linestyle="", zorder=5, gid="faster"
        )


def _point(payoffs: Mapping[str, float], names: Sequence[str]) -> tuple[float, float]:
    return float(payoffs[names[0]]), float(payoffs[names[1]])


# -- rounds of a horizon ---------------------------------------------------------------------------------------------


def _rounds(ax: Axes, equilibrium: Equilibrium, *, own: bool) -> None:
    """What each expects when a round begins, as of then; rounds without an agreement are shaded."""
    rows = equilibrium.tables["rounds"][-LAST:]
    names = _pair(equilibrium)
    turns = np.array([row["round"] for row in rows])
    values = {name: np.array([row[name] for row in rows]) for name in names}
    ax.set_xlim(turns[0] - 0.5, turns[-1] + 0.5)
    ax.set_ylim(*limits(np.concatenate([*values.values(), [equilibrium.disagreement[name] for name in names]])))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    quiet_axes(ax)
    axis_labels(ax, "round", "payoff expected when the round begins")
    heading(ax, _title(equilibrium), _told(equilibrium), above=24)
    footer(ax, [_title(equilibrium)])
    keys = []
    for name, mark in player_marks(names).items():
        style: dict[str, Any] = {"color": mark.colour, "linestyle": mark.line, "linewidth": 1.8}
        style |= {"marker": mark.marker if len(turns) <= DOTS else "", "markersize": 6}
        ax.plot(turns, values[name], zorder=4, gid=f"value {name}", **style)
        keys.append(Line2D([], [], label=equilibrium.players.get(name, name), **style))
    delays = [row["round"] for row in rows if not row["agreed"]]
    for turn in delays:
        ax.axvspan(turn - 0.5, turn + 0.5, facecolor=NO_DEAL, edgecolor="none", zorder=0, gid="delay")
    if delays:
        keys.append(Line2D([], [], label="no agreement in this round", color=CLOUD, linewidth=7, alpha=0.4))
    key_above(ax, keys)
    if own:
        fit_margins(ax)


def _told(equilibrium: Equilibrium) -> str:
    first = equilibrium.players.get(equilibrium.rules["first"], equilibrium.rules["first"])
    rows = equilibrium.tables["rounds"]
    last = equilibrium.players.get(rows[-1]["proposer"], rows[-1]["proposer"])
    told = f"{first} proposes first, {last} last; no deal after that"
    return told if len(rows) <= LAST else f"{told}. The last {LAST} of {len(rows)} rounds"
