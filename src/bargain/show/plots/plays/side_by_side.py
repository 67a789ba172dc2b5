"""Payoffs side by side: a row for every proposer, order of issues or round, a mark for every player."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke

from bargain.errors import UsageError
from bargain.model.equilibrium import Equilibrium
from bargain.show.numbers import figures, percent
from bargain.show.plots.canvas import (
    axis_labels,
    fit_margins,
    footer,
    heading,
    key_above,
    new_axes,
    pixels_per_point,
    quiet_axes,
    size_in_points,
)
from bargain.show.plots.lettering import drawable, text_width
from bargain.show.plots.palette import INK, MUTED, RULE, SMALL, darker, house_style, player_marks
from bargain.show.plots.regions import limits

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["SIDE_BY_SIDE", "draw_side_by_side"]

SIDE_BY_SIDE = ("proposals", "orders", "offers_by_round")
"""The tables that are drawn like this."""
DOTTED = (0, (1, 1.6))
MOST_ROWS = 12
"""More rows would not be read; the first are drawn."""
LEFT_OUT = 0.28
"""Of the height between two rows, how far players stand apart."""


ALL_APART = 4
"""Of more players only those that would meet stand apart, as far as there is room: within ``SPREAD`` of a row."""
SPREAD = 0.46
GAP, KEY_ROOM, LINE_HEIGHT = 8.0, 44.0, 17.0
"""Points: half a mark with some air, the mark of a key with its air, a line of the key."""

LANE, HIGHEST = 14.0, 24.0
"""Points of a lane, and inches of the highest figure."""


def draw_side_by_side(equilibrium: Equilibrium, ax: Axes | None = None) -> Axes:
    """Who gets what by whose proposal, in which order of issues, or in which round."""
    table = next(name for name in SIDE_BY_SIDE if name in equilibrium.tables)
    with house_style():
        sheet = new_axes() if ax is None else ax
        _draw(sheet, equilibrium, table, own=ax is None)
    return sheet


def _draw(ax: Axes, equilibrium: Equilibrium, table: str, *, own: bool) -> None:
    names = [name for name in equilibrium.payoffs if name in equilibrium.tables[table][0]]
    rows = [row for row in equilibrium.tables[table] if row[names[0]] is not None][:MOST_ROWS]
    if not rows:
        raise UsageError("there is nothing to draw: nothing is ever offered")
    beside = _beside(equilibrium, table)
    payoffs = [float(row[name]) for row in rows for name in names] + [beside[name] for name in names if beside]
    ax.set_xlim(*limits(np.array(payoffs)))
    ax.set_ylim(len(rows) - 0.5, -0.5)
    quiet_axes(ax)
    ax.grid(visible=False, axis="y")
    axis_labels(ax, "payoff", "")
    ax.set_yticks(range(len(rows)), [_row_label(equilibrium, table, row) for row in rows])
    ax.tick_params(axis="y", length=0, labelcolor=INK)
    title = equilibrium.title or "Alternating offers"
    key = _key(equilibrium, names, _beside_name(table) if beside else "")
    if own:
        fit_margins(ax)
        _make_room(ax, rows, names)
    columns = _columns(ax, key)
    heading(ax, title, _subtitle(table), above=24 + LINE_HEIGHT * (-(-len(key) // columns) - 1))
    key_above(ax, key, columns)
    footer(ax, [title, *(equilibrium.players.get(name, name) for name in names)])
    for place in range(1, len(rows)):
        ax.axhline(place - 0.5, color=RULE, linewidth=0.8, zorder=1)
    _marks(ax, equilibrium, rows, names, beside)
    if own:
        fit_margins(ax)


def _marks(
    ax: Axes,
    equilibrium: Equilibrium,
    rows: Sequence[Mapping[str, Any]],
    names: Sequence[str],
    beside: Mapping[str, float],
) -> None:
    """A mark for every player in every row, a little apart, and a line for what it is compared with."""
    marks = player_marks(list(equilibrium.players))
    texts = [figures([row[name] for name in names]) for row in rows]
    shifts = [_heights(ax, [float(row[name]) for name in names], told) for row, told in zip(rows, texts, strict=True)]
    for k, name in enumerate(names):
        colour = marks[name].colour
        if name in beside:
            ax.axvline(
                beside[name], color=colour, linewidth=1.2, linestyle=(0, (1, 1.6)), zorder=2, gid=f"beside {name}"
            )
        for y, row in enumerate(rows):
            ax.plot(
                float(row[name]),
                y + shifts[y][k],
                marker=marks[name].marker,
                markersize=10,
                color=colour,
                markeredgecolor="white",
                linestyle="",
                zorder=5,
                gid=f"{name} {y}",
            )
            ax.annotate(
                texts[y][k],
                (float(row[name]), y + shifts[y][k]),
                xytext=(8, 0),
                textcoords="offset points",
                va="center",
                fontsize=SMALL,
                color=darker(colour),
                zorder=6,
                path_effects=[withStroke(linewidth=2.5, foreground="white")],
            )


def _heights(ax: Axes, places: Sequence[float], texts: Sequence[str]) -> list[float]:
    """How far each mark of a row stands below its middle: a few apart from each other, many only where they meet."""
    n = len(places)
    if n <= ALL_APART:
        return [LEFT_OUT * (k - (n - 1) / 2) * 2 / n for k in range(n)]
    lanes = _lanes(ax, places, texts)
    return [2 * SPREAD * ((lane + 0.5) / (max(lanes) + 1) - 0.5) for lane in lanes]


def _lanes(ax: Axes, places: Sequence[float], texts: Sequence[str]) -> list[int]:
    """For each mark of a row the first lane in which neither it nor its number meets another."""
    measure, scale = text_width(ax, SMALL), pixels_per_point(ax)
    free: list[float] = []
    lanes = [0] * len(places)
    for k in sorted(range(len(places)), key=lambda k: places[k]):
        left = float(ax.transData.transform((places[k], 0))[0]) / scale - GAP
        lane = next((lane for lane, end in enumerate(free) if end <= left), len(free))
        free[lane : lane + 1] = [left + 2.5 * GAP + measure(texts[k])]
        lanes[k] = lane
    return lanes


def _make_room(ax: Axes, rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> None:
    """A higher figure where lanes would be too narrow for numbers."""
    figure = ax.get_figure(root=True)
    if figure is None or len(names) <= ALL_APART:
        return
    told = [[float(row[name]) for name in names] for row in rows]
    most = max(max(_lanes(ax, places, figures(places))) + 1 for places in told)
    missing = len(rows) * most * LANE / (2 * SPREAD) - size_in_points(ax)[1]
    if missing > 0:
        wide, high = figure.get_size_inches()
        figure.set_size_inches(wide, min(high + missing / 72, HIGHEST))


def _columns(ax: Axes, key: Sequence[Line2D]) -> int:
    """How many entries of the key stand beside each other."""
    longest = max(text_width(ax, SMALL)(str(entry.get_label())) for entry in key)
    return max(1, min(len(key), int(size_in_points(ax)[0] / (longest + KEY_ROOM))))


def _key(equilibrium: Equilibrium, names: Sequence[str], beside: str) -> list[Line2D]:
    marks = player_marks(list(equilibrium.players))
    keys = [
        Line2D(
            [],
            [],
            label=drawable(equilibrium.players.get(name, name)),
            marker=marks[name].marker,
            color=marks[name].colour,
            markersize=8,
            linestyle="",
        )
        for name in names
    ]
    if beside:
        keys.append(Line2D([], [], label=beside, color=MUTED, linewidth=1.2, linestyle=DOTTED))
    return keys


def _row_label(equilibrium: Equilibrium, table: str, row: Mapping[str, Any]) -> str:
    if table == "orders":
        return _in_titles(equilibrium, str(row["order"]))
    who = equilibrium.players.get(str(row["proposer"]), str(row["proposer"]))
    if table == "offers_by_round":
        return drawable(f"round {row['round']}: {who}")
    drawn = f"\n(chance {percent(row['chance'])})" if 0 < row["chance"] < 1 else ""
    return drawable(f"{who} proposes") + drawn


def _in_titles(equilibrium: Equilibrium, order: str) -> str:
    issues = {} if equilibrium.scenario is None else equilibrium.scenario.issues
    names = [issues[name].title or name if name in issues else name for name in order.split(" > ")]
    return "\n".join(drawable(text) for text in [names[0], *(f"then {name}" for name in names[1:])])


def _subtitle(table: str) -> str:
    if table == "orders":
        return "what either gets by every order of the issues, and if all are settled at once"
    if table == "proposals":
        return "what everybody gets by whose proposal"
    return "what is offered in every round"


def _beside(equilibrium: Equilibrium, table: str) -> Mapping[str, float]:
    """What the rows are compared with: the limit of ever faster offers."""
    return equilibrium.measures.get("nash_limit", {}) if table == "proposals" else {}


def _beside_name(table: str) -> str:
    return "limit of fast offers (Nash)" if table == "proposals" else ""
