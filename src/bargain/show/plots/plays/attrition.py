"""Who has given in by when: both distributions over time, what happens at once, and when it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from bargain.errors import UsageError
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
CERTAIN = 1 - 1e-12
"""A chance above this is that of something certain, rounded."""


def draw(equilibrium: Equilibrium, ax: Axes | None = None) -> Axes:
    """The chance that each player has given in, over time; a dot at time 0 is giving in at once."""
    if "concessions" not in equilibrium.tables:
        raise UsageError("there is no figure of a choice of demands", hint="draw one with given demands")
    with house_style():
        sheet = new_axes() if ax is None else ax
        _draw(sheet, equilibrium, own=ax is None)
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
