"""Who has given in by when: both distributions over time, what happens at once, and when it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from bargain.model.equilibrium import Equilibrium
from bargain.model.wording import rounded
from bargain.show.numbers import percent
from bargain.show.plots.canvas import (
    axis_labels,
    fit_margins,
    footer,
    heading,
    new_axes,
    pixels_per_point,
    quiet_axes,
)
from bargain.show.plots.labels import spread
from bargain.show.plots.lettering import drawable, text_width, wrap
from bargain.show.plots.palette import BODY, MUTED, NO_DEAL, SMALL, darker, house_style, player_marks

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw"]

NAME_ROOM = 190.0
"""Points kept free to the right of the lines for the players' names, at most."""
LINE_HEIGHT = 16.0
ASIDE = 0.004
"""Stems of the two players at the same share stand beside each other."""
CERTAIN = 1 - 1e-12
"""A chance above this is that of something certain, rounded."""


def draw(equilibrium: Equilibrium, ax: Axes | None = None) -> Axes:
    """The chance that each has given in, over time, with a dot for giving in at once; or what each asks for."""
    with house_style():
        sheet = new_axes() if ax is None else ax
        if "concessions" in equilibrium.tables:
            _draw(sheet, equilibrium, own=ax is None)
        else:
            _draw_choice(sheet, equilibrium, own=ax is None)
    return sheet


def _draw(ax: Axes, equilibrium: Equilibrium, *, own: bool) -> None:
    rows = equilibrium.tables["concessions"]
    times = np.array([row["time"] for row in rows])
    end = equilibrium.measures.get("end", equilibrium.rules.get("deadline"))
    ax.set_xlim(0, float(times[-1]))
    ax.set_ylim(0, 1)
    quiet_axes(ax)
    axis_labels(ax, "time", "chance of having given in")
    heading(ax, equilibrium.title or "War of attrition", _told(equilibrium), above=4)
    footer(ax, [equilibrium.title])
    if end is not None:
        _mark_end(
            ax, float(end), "deadline" if "deadline" in equilibrium.rules else "every rational player has given in"
        )
    marks = player_marks(list(equilibrium.players))
    for name, mark in marks.items():
        line = np.array([row[name] for row in rows])
        style: dict[str, Any] = {"color": mark.colour, "clip_on": False, "zorder": 4}
        ax.plot(times, line, linestyle=mark.line, linewidth=2.2, gid=f"given in {name}", **style)
        if line[0] > 0:
            ax.plot([0, 0], [0, line[0]], linestyle=mark.line, linewidth=2.2, gid=f"jump {name}", **style)
            ax.plot([0], line[:1], marker=mark.marker, markersize=9, gid=f"at once {name}", **style)
    if own:
        fit_margins(ax)
    _name_lines(ax, equilibrium)
    if own:
        fit_margins(ax)


def _told(equilibrium: Equilibrium) -> str:
    """What the figure shows, and what happens at once."""
    at_once = equilibrium.measures["at_once"]
    first = next((name for name, chance in at_once.items() if chance > 0), None)
    start = "Nobody gives in at once"
    if first is not None:
        certain = at_once[first] > CERTAIN
        chance = "" if certain else f" with a chance of {percent(at_once[first])}"
        start = f"{equilibrium.players[first]} gives in at once{chance}"
    if first is not None and at_once[first] > CERTAIN:
        return start
    length = rounded(equilibrium.measures["mean_length"])
    stuck = equilibrium.measures.get("conflict")
    rest = (
        ""
        if stuck is None or percent(stuck) == "0 %"
        else f"; both are stubborn, and it never ends, with a chance of {percent(stuck)}"
    )
    return f"{start}; it ends after {length} on average{rest}"


def _mark_end(ax: Axes, end: float, told: str) -> None:
    """A line at the deadline, or where reputations are complete; what comes after is shaded."""
    ax.axvline(end, color=MUTED, linewidth=1.2, linestyle=(0, (4, 3)), zorder=2, clip_on=False, gid="end")
    if end < ax.get_xlim()[1]:
        ax.axvspan(end, ax.get_xlim()[1], facecolor=NO_DEAL, edgecolor="none", zorder=0)
    text = ax.text(end, 0.02, f"{told} ", ha="right", va="bottom", fontsize=SMALL, color=MUTED, zorder=5)
    text.set_gid("end told")


def _name_lines(ax: Axes, equilibrium: Equilibrium) -> None:
    """Each player's name at the right end of its line, moved apart where lines end together."""
    last = equilibrium.tables["concessions"][-1]
    marks, scale, window = player_marks(list(equilibrium.players)), pixels_per_point(ax), ax.get_window_extent()
    ends = [(float(last["time"]), float(last[name])) for name in marks]
    wishes = [float(ax.transData.transform(end)[1]) / scale for end in ends]
    low, high = window.y0 / scale + LINE_HEIGHT / 2, window.y1 / scale - LINE_HEIGHT / 2
    measure = text_width(ax, BODY)
    for (name, mark), end, wish, place in zip(
        marks.items(), ends, wishes, spread(wishes, LINE_HEIGHT, low, high), strict=True
    ):
        ax.annotate(
            wrap(drawable(equilibrium.players[name]), NAME_ROOM, measure, lines=1)[0],
            end,
            (10, place - wish),
            textcoords="offset points",
            ha="left",
            va="center",
            fontsize=BODY,
            color=darker(mark.colour),
            annotation_clip=False,
        )


def _draw_choice(ax: Axes, equilibrium: Equilibrium, *, own: bool) -> None:
    """How often rational players ask for each share, as stems; a dashed line at each one's share by patience."""
    first, second = equilibrium.players
    asked = {row["demand"]: row["chance"] for row in equilibrium.tables["demands"]}
    replied: dict[float, float] = {}
    for row in equilibrium.tables["replies"]:
        replied[row["reply"]] = replied.get(row["reply"], 0.0) + asked[row["demand"]] * row["chance"]
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    quiet_axes(ax)
    axis_labels(ax, "share asked for", "chance")
    agreed = percent(equilibrium.measures["agreed_at_once"])
    told = "What rational players ask for; dashed: shares by patience, to which payoffs go as stubbornness vanishes"
    heading(
        ax, equilibrium.title or "A choice of demands", f"{told}. Agreed at once with a chance of {agreed}", above=4
    )
    footer(ax, [equilibrium.title])
    marks, shares = player_marks([first, second]), equilibrium.measures["shares_by_patience"]
    for (name, chances), aside in zip(((first, asked), (second, replied)), (-ASIDE, ASIDE), strict=True):
        mark = marks[name]
        label = f"{drawable(equilibrium.players[name])} {'asks for' if name == first else 'replies with'}"
        style: dict[str, Any] = {"color": mark.colour, "clip_on": False, "zorder": 4}
        x, y = np.array(list(chances)) + aside, list(chances.values())
        ax.vlines(x, 0, y, linewidth=2.2, color=mark.colour, zorder=3)
        ax.plot(x, y, linestyle="none", marker=mark.marker, markersize=8, label=label, gid=f"asks {name}", **style)
        ax.axvline(shares[name] + aside, color=mark.colour, linewidth=1.2, linestyle=(0, (4, 3)), zorder=1)
    ax.legend(loc="upper left", frameon=False, fontsize=BODY)
    if own:
        fit_margins(ax)
