"""Bids and asks by type with the pairs that trade, or a mechanism's trades beside those that would be worth it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bargain.model.equilibrium import Equilibrium
from bargain.model.wording import rounded
from bargain.show.numbers import percent
from bargain.show.plots.canvas import axis_labels, fit_margins, footer, heading, new_axes, quiet_axes
from bargain.show.plots.lettering import drawable
from bargain.show.plots.palette import (
    BODY,
    INK,
    MUTED,
    NO_DEAL,
    RULE,
    SMALL,
    darker,
    house_style,
    player_marks,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw"]

TRADED = "#9ecae1"
"""Pairs that trade: a light blue on which black can be read."""
STEPS = 200
"""Points along the border of the pairs that trade; it is straight, with few corners."""
WRITTEN = 8
"""With so many types on each side the chances are written into the cells."""

Array = NDArray[np.float64]


def draw(equilibrium: Equilibrium, ax: Axes | None = None) -> Axes:
    """Lines of bids and asks with a small map of who trades; of a mechanism, the map alone."""
    with house_style():
        sheet = new_axes() if ax is None else ax
        quiet_axes(sheet)
        if "bids" in equilibrium.tables:
            _auction(sheet, equilibrium)
        else:
            _mechanism(sheet, equilibrium)
        if ax is None:
            fit_margins(sheet)
    return sheet


def _line(equilibrium: Equilibrium, table: str, x: str, y: str) -> tuple[Array, Array]:
    rows = equilibrium.tables[table]
    return np.array([row[x] for row in rows]), np.array([row[y] for row in rows])


def _auction(ax: Axes, equilibrium: Equilibrium) -> None:
    values, bids = _line(equilibrium, "bids", "value", "bid")
    costs, asks = _line(equilibrium, "asks", "cost", "ask")
    lowest, highest = (equilibrium.measures[f"{end}_price"] for end in ("lowest", "highest"))
    ends = np.concatenate([values, costs, bids, asks])
    ax.set_xlim(float(min(values[0], costs[0])), float(max(values[-1], costs[-1])))
    ax.set_ylim(float(ends.min()), float(ends.max()))
    axis_labels(ax, "value or cost", "bid or ask")
    told = f"They trade with a chance of {percent(equilibrium.chance_of_agreement or 0.0)}"
    told += f" and reach {percent(equilibrium.measures['efficiency'])} of what could be gained if types were known"
    heading(ax, equilibrium.title or "Double auction", told, above=4)
    footer(ax, [equilibrium.title])
    ax.axhspan(lowest, highest, facecolor=NO_DEAL, edgecolor="none", zorder=0, gid="prices")
    where = (ax.get_xlim()[0], highest)
    note: dict[str, Any] = {"textcoords": "offset points", "fontsize": SMALL, "color": MUTED}
    ax.annotate(f"prices from {rounded(lowest)} to {rounded(highest)}", where, (6, -6), va="top", **note)
    marks = player_marks(list(equilibrium.players))
    sides = ((values, bids, "bid", 0.3, (8, -14)), (costs, asks, "ask", 0.5, (-8, 14)))
    for (name, mark), (x, y, verb, part, away) in zip(marks.items(), sides, strict=True):
        ax.plot(x, y, color=mark.colour, linestyle=mark.line, linewidth=2.4, clip_on=False, zorder=4, gid=f"{verb}s")
        height = lowest + part * (highest - lowest)
        text = f"{drawable(equilibrium.players[name])}'s {verb}"
        style: dict[str, Any] = {"fontsize": BODY, "color": darker(mark.colour), "zorder": 5}
        ax.annotate(
            text,
            (float(np.interp(height, y, x)), height),
            away,
            textcoords="offset points",
            ha="left" if away[0] > 0 else "right",
            **style,
        )
    _map(ax, (values, bids), (costs, asks))


def _map(ax: Axes, buyer: tuple[Array, Array], seller: tuple[Array, Array]) -> None:
    """A small map of costs and values in the corner: pairs that trade, and over the diagonal those that should."""
    inner = ax.inset_axes((0.75, 0.07, 0.23, 0.41))
    (values, bids), (costs, asks) = buyer, seller
    low, high = min(values[0], costs[0]), max(values[-1], costs[-1])
    inner.set_xlim(float(costs[0]), float(costs[-1]))
    inner.set_ylim(float(values[0]), float(values[-1]))
    along = np.linspace(costs[0], costs[-1], STEPS)
    least = np.interp(np.interp(along, costs, asks), bids, values, right=np.inf)
    trades = np.isfinite(least)
    inner.fill_between(along[trades], least[trades], values[-1], color=TRADED, linewidth=0, gid="traded")
    inner.plot([low, high], [low, high], color=MUTED, linewidth=1.2, linestyle=(0, (4, 3)), gid="first best")
    inner.set_xlabel("cost", fontsize=SMALL, color=MUTED, labelpad=2)
    inner.set_ylabel("value", fontsize=SMALL, color=MUTED, labelpad=2)
    inner.set_xticks([])
    inner.set_yticks([])
    for spine in inner.spines.values():
        spine.set_color(RULE)
    inner.annotate("trade", (0.04, 0.95), xycoords="axes fraction", va="top", fontsize=SMALL, color=INK)
    inner.annotate(
        "no gain", (0.96, 0.05), xycoords="axes fraction", ha="right", va="bottom", fontsize=SMALL, color=MUTED
    )


def _mechanism(ax: Axes, equilibrium: Equilibrium) -> None:
    rows = equilibrium.tables["mechanism"]
    values, costs = (list(dict.fromkeys(row[key] for row in rows)) for key in ("value", "cost"))
    trade, gain = (np.array([row[key] for row in rows]).reshape(len(values), len(costs)) for key in ("trade", "gain"))
    ax.set_xlim(0, len(costs))
    ax.set_ylim(0, len(values))
    _ticks(ax, costs, values)
    ax.set_xlabel("cost", fontsize=BODY, labelpad=6)
    ax.set_ylabel("value", fontsize=BODY, labelpad=6)
    measures = equilibrium.measures
    reached = f"{percent(measures['efficiency'])} of" if measures["efficiency"] is not None else "all of the 0 of"
    told = f"Chances of trade: expected gains are {rounded(measures['gains'])}, {reached} what types known would reach"
    told += "; above the dashed line trade is a gain"
    heading(ax, equilibrium.title or "The best mechanism", told, above=4)
    footer(ax, [equilibrium.title])
    from matplotlib.colors import LinearSegmentedColormap

    colours = LinearSegmentedColormap.from_list("trade", ["white", TRADED])
    ax.pcolormesh(trade, cmap=colours, vmin=0, vmax=1, edgecolors=RULE, linewidth=min(0.6, 6 / len(rows)), gid="trade")
    _border(ax, gain > 0)
    if max(len(values), len(costs)) <= WRITTEN:
        for (i, j), chance in np.ndenumerate(trade):
            missed = gain[i, j] > 0 and chance < 1
            text = rounded(float(chance)) if chance > 0 or missed else ""
            ax.text(j + 0.5, i + 0.5, text, ha="center", va="center", fontsize=BODY, color=INK)


def _ticks(ax: Axes, costs: list[float], values: list[float]) -> None:
    """Types named in the middle of their cells; of many, some."""
    for axis, types in ((ax.xaxis, costs), (ax.yaxis, values)):
        every = -(-len(types) // WRITTEN)
        places = range(0, len(types), every)
        axis.set_ticks([place + 0.5 for place in places], [rounded(types[place]) for place in places])


def _border(ax: Axes, worth: NDArray[np.bool_]) -> None:
    """A dashed line under the pairs for which trade is a gain."""
    m, n = worth.shape
    first = [int(np.argmax(worth[:, j])) if worth[:, j].any() else m for j in range(n)]
    x = [place for j in range(n) for place in (j, j + 1)]
    y = [height for height in first for _ in range(2)]
    ax.plot(x, y, color=MUTED, linewidth=2.4, linestyle=(0, (4, 2)), clip_on=False, zorder=4, gid="first best")
