"""The dance of offers: for two on the frontier and over time, side by side; among more over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from bargain.errors import UsageError
from bargain.model.equilibrium import Equilibrium
from bargain.model.wording import rounded
from bargain.show.plots.canvas import (
    SIZE,
    axis_labels,
    fit_margins,
    footer,
    heading,
    key_above,
    new_axes,
    pixels_per_point,
    quiet_axes,
)
from bargain.show.plots.labels import Label, Surroundings, place_labels, spread
from bargain.show.plots.lettering import drawable, text_width, wrap
from bargain.show.plots.palette import (
    BODY,
    CLOUD,
    FRONTIER,
    INK,
    MUTED,
    SMALL,
    darker,
    house_style,
    player_marks,
)
from bargain.show.plots.regions import limits

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw", "draw_over_time"]

WIDE = (12.0, 6.25)
"""Inches: room for two pictures side by side."""
BESIDE = 0.56
"""Where the second picture begins, as a part of the width."""
AWAY, EDGE = 24.0, 18.0
"""Points between the last round and names, and between these and the edge."""
KEY = 24.0
"""Points for the key between subtitle and picture."""
ONE_BY_ONE = 3
"""Strategies of so many players are told one by one even if they are the same."""
NUMBERED = 6
"""So many stops of a player are numbered; of more, evenly spread ones, the first and the last among them."""
NAME_ROOM = 190.0
LINE_HEIGHT = 16.0
ENDS = {"agreement": "agreement", "no_agreement": "no agreement"}

Floats = NDArray[np.float64]
Rows = Sequence[Mapping[str, Any]]


def draw(equilibrium: Equilibrium, ax: Axes | None = None) -> Axes:
    """Every offer of a dance; for two with its way along the frontier, unless there is one Axes to draw on."""
    if not equilibrium.tables.get("offers"):
        raise UsageError("there is nothing to draw: no offer was made", hint=equilibrium.reason or "")
    two = len(_dancers(equilibrium)) == 2
    with house_style():
        if ax is not None:
            if two:
                _frontier(ax, equilibrium, titled=True)
            else:
                _times(ax, equilibrium)
                _times_titles(ax, equilibrium, titled=True)
            return ax
        if not two:
            sheet = new_axes(SIZE)
            _times(sheet, equilibrium)
            fit_margins(sheet)
            _fit(sheet, right=_longest(sheet, equilibrium))
            _times_titles(sheet, equilibrium, titled=True)  # wrapped at the width that names leave
            _fit(sheet, right=0.0)
            _name_ends(sheet, equilibrium)
            return sheet
        sheet = new_axes(WIDE)
        sheet.set_position((0.06, 0.14, 0.42, 0.68))
        wide = 1 - BESIDE - (_longest(sheet, equilibrium) + EDGE) / (WIDE[0] * 72)
        beside = sheet.figure.add_axes((BESIDE, 0.14, wide, 0.68), facecolor="white")
        _frontier(sheet, equilibrium, titled=True)
        _times(beside, equilibrium)
        _times_titles(beside, equilibrium, titled=False)
        _name_ends(beside, equilibrium)
    return sheet


def _fit(ax: Axes, right: float) -> None:
    """Leave so many points to the right, and above and below what headings need."""
    place, box, scale = ax.get_position(), ax.get_tightbbox(), pixels_per_point(ax)
    whole = ax.get_figure(root=True)
    if whole is None or box is None:
        return
    edge, (width, height) = EDGE * scale / 2, (whole.bbox.width, whole.bbox.height)
    bottom, top = place.y0 + (edge - box.y0) / height, place.y1 + (height - edge - box.y1) / height
    ax.set_position((place.x0, bottom, max(place.width - right * scale / width, 0.2), max(top - bottom, 0.2)))


def draw_over_time(equilibrium: Equilibrium, ax: Axes) -> Axes:
    """Only what every offer would pay everybody, by round."""
    with house_style():
        _times(ax, equilibrium)
        _times_titles(ax, equilibrium, titled=True)
        _name_ends(ax, equilibrium)
    return ax


def _column(rows: Rows, key: str) -> Floats:
    return np.array([row[key] for row in rows], dtype=float)


def _end(equilibrium: Equilibrium) -> str:
    """How and when the dance ended."""
    last = equilibrium.tables["offers"][-1]["round"]
    return f"{ENDS.get(equilibrium.status, equilibrium.status)}, round {last}"


def _dancers(equilibrium: Equilibrium) -> list[str]:
    """Who makes offers; whoever only watches has a payoff and no strategy."""
    strategies = equilibrium.rules["strategies"]
    return [name for name in equilibrium.players if name in strategies]


def _titles(ax: Axes, equilibrium: Equilibrium, subtitle: str, *, titled: bool, above: float = 4) -> None:
    strategies = equilibrium.rules["strategies"]
    how = "; ".join(f"{equilibrium.players[name]}: {strategies[name]}" for name in _dancers(equilibrium))
    if len(strategies) > ONE_BY_ONE and len(set(strategies.values())) == 1:
        how = f"All: {next(iter(strategies.values()))}"
    if titled:
        heading(ax, equilibrium.title or "A dance of offers", f"{how}. {subtitle}", above=above)
    else:
        heading(ax, "", subtitle, above=above)


# on the frontier ---------------------------------------------------------------------------------------------------


def _frontier(ax: Axes, equilibrium: Equilibrium, *, titled: bool) -> None:
    names = _dancers(equilibrium)
    keys = [f"payoff.{name}" for name in names]
    points, offers = (
        np.column_stack([_column(equilibrium.tables[table], key) for key in keys]) for table in ("points", "offers")
    )
    d = np.array([equilibrium.disagreement[name] for name in names])
    shown = np.vstack([points, offers, d])
    ax.set_xlim(*limits(shown[:, 0], 0.1))
    ax.set_ylim(*limits(shown[:, 1], 0.1))
    quiet_axes(ax)
    axis_labels(ax, *(f"{equilibrium.players[name]} payoff" for name in names))
    _titles(ax, equilibrium, "Offers on the frontier, numbered by round", titled=titled)
    footer(ax, [equilibrium.title, *equilibrium.players.values()])
    rational = np.array([row["rational"] for row in equilibrium.tables["points"]], dtype=bool)
    for kept, colour, what in ((~rational, CLOUD, "refused by somebody"), (rational, FRONTIER, "frontier")):
        ax.plot(*points[kept].T, linestyle="", marker=".", markersize=4, color=colour, zorder=2, gid=what)
    dashes: Any = {"color": MUTED, "linewidth": 1.0, "linestyle": (0, (5, 4)), "zorder": 1}
    ax.axvline(d[0], **dashes)
    ax.axhline(d[1], **dashes)
    ax.plot(*d, marker="X", markersize=10, color=INK, markeredgecolor="white", zorder=8, gid="disagreement")
    labels = [Label("no deal (d)", (float(d[0]), float(d[1])), INK, 6.0)]
    for name in names:
        labels += _way(ax, equilibrium, name, offers)
    labels += _agreed(ax, equilibrium, offers)
    place_labels(ax, labels, _surroundings(ax, points, offers, d))


def _surroundings(ax: Axes, points: Floats, offers: Floats, d: Floats) -> Surroundings:
    """Labels hide as little as possible of points, offers and dashes."""
    along = np.linspace(0, 1, 120)[:, None]
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    level = np.array([left, d[1]]) + along * np.array([right - left, 0])
    upright = np.array([d[0], low]) + along * np.array([0, high - low])
    pixels = ax.transData.transform(np.vstack([points, offers, level, upright]))
    return Surroundings([], pixels, np.full(len(pixels), 4.0))


def _way(ax: Axes, equilibrium: Equilibrium, name: str, offers: Floats) -> list[Label]:
    """One player's offers as a path, each stop once; labels with the rounds of its stops."""
    mark = player_marks(_dancers(equilibrium))[name]
    rows = equilibrium.tables["offers"]
    own = [place for place, row in enumerate(rows) if row["player"] == name]
    if not own:
        return []
    style: Any = {"color": mark.colour, "linestyle": mark.line, "linewidth": 1.8, "zorder": 4}
    ax.plot(
        *offers[own].T, marker=mark.marker, markersize=8, markeredgecolor="white", gid=f"offers {name}", **style
    )  # fmt: skip
    stops = _stops([(int(rows[place]["round"]), place) for place in own], offers)
    agreed = equilibrium.status == "agreement"
    told = [stop for stop in stops if not (agreed and stop[1] == len(rows) - 1)]
    labels: list[Label] = []
    for rank in np.unique(np.linspace(0, len(told) - 1, min(NUMBERED, len(told))).round().astype(int)).tolist():
        rounds, place = told[rank]
        text = f"{rounds} {drawable(equilibrium.players[name])}" if rank == 0 else rounds
        labels.append(Label(text, (float(offers[place, 0]), float(offers[place, 1])), darker(mark.colour), 5.0))
    return labels


def _stops(own: Sequence[tuple[int, int]], offers: Floats) -> list[tuple[str, int]]:
    """Rounds spent at one point, in words, and the last offer there."""
    stops: list[tuple[int, int, int]] = []
    for turn, place in own:
        if stops and (offers[stops[-1][2]] == offers[place]).all():
            stops[-1] = (stops[-1][0], turn, place)
        else:
            stops.append((turn, turn, place))
    return [(str(first) if first == last else f"{first}–{last}", place) for first, last, place in stops]


def _agreed(ax: Axes, equilibrium: Equilibrium, offers: Floats) -> list[Label]:
    if equilibrium.status != "agreement":
        return []
    at = (float(offers[-1, 0]), float(offers[-1, 1]))
    ax.plot(
        *at, marker="o", markersize=17, markerfacecolor="none", markeredgecolor=INK, markeredgewidth=1.8, zorder=7,
        gid="agreement",
    )  # fmt: skip
    return [Label(_end(equilibrium), at, INK, 10.0)]


# over time ---------------------------------------------------------------------------------------------------------


def _times_titles(ax: Axes, equilibrium: Equilibrium, *, titled: bool) -> None:
    _titles(ax, equilibrium, "What every offer would pay, by round", titled=titled, above=KEY)
    if titled:
        footer(ax, [equilibrium.title, *equilibrium.players.values()])


def _times(ax: Axes, equilibrium: Equilibrium) -> None:
    rows = equilibrium.tables["offers"]
    rounds = _column(rows, "round")
    paid = {name: _column(rows, f"payoff.{name}") for name in _dancers(equilibrium)}
    every = np.concatenate([*paid.values(), [equilibrium.disagreement[name] for name in paid]])
    ax.set_xlim(*limits(np.array([min(1.0, rounds[-1] - 1), rounds[-1]]), 0.03))
    ax.set_ylim(*limits(every, 0.08))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    quiet_axes(ax)
    waiting = any(factor < 1 for factor in equilibrium.rules.get("patience", {}).values())
    axis_labels(ax, "round", "payoff, before discounting" if waiting else "payoff")
    ax.xaxis.set_major_formatter("{x:.0f}")
    for name, line in paid.items():
        _line(ax, equilibrium, name, rounds, line)
    ax.axvline(rounds[-1], color=MUTED, linewidth=1.0, linestyle=(0, (5, 4)), zorder=1)
    ax.annotate(
        _end(equilibrium), (float(rounds[-1]), 1), xycoords=("data", "axes fraction"), textcoords="offset points",
        xytext=(-5, -4), ha="right", va="top", fontsize=SMALL, color=MUTED, zorder=9,
    )  # fmt: skip
    _key(ax)


def _line(ax: Axes, equilibrium: Equilibrium, name: str, rounds: Floats, paid: Floats) -> None:
    """What a player asks for, joined; what the others' offers would bring it, hollow; and what no deal pays it."""
    mark = player_marks(_dancers(equilibrium))[name]
    own = np.array([row["player"] == name for row in equilibrium.tables["offers"]], dtype=bool)
    ax.plot(
        rounds[own], paid[own], color=mark.colour, linestyle=mark.line, linewidth=2.2, marker=mark.marker, markersize=7,
        markeredgecolor="white", markeredgewidth=0.8, zorder=5, clip_on=False, gid=f"asks {name}",
    )  # fmt: skip
    ax.plot(
        rounds[~own], paid[~own], color=mark.colour, linestyle="", marker=mark.marker, markersize=4.5,
        markerfacecolor="white", markeredgewidth=1.2, zorder=4, clip_on=False, gid=f"offered {name}",
    )  # fmt: skip
    level = equilibrium.disagreement[name]
    ax.axhline(level, color=mark.colour, linewidth=1.0, linestyle=(0, (1, 2)), zorder=2, gid=f"no deal {name}")


def _key(ax: Axes) -> None:
    """Between subtitle and Axes, where it hides no offer."""
    grey: dict[str, Any] = {"color": MUTED, "marker": "o"}
    handles = [
        Line2D([], [], label="own offers", linewidth=2.2, markersize=7, markeredgecolor="white", **grey),
        Line2D([], [], label="others' offers", linestyle="", markersize=4.5, markerfacecolor="white", **grey),
        Line2D([], [], label="no deal", color=MUTED, linewidth=1.0, linestyle=(0, (1, 2))),
    ]
    key_above(ax, handles)


def _longest(ax: Axes, equilibrium: Equilibrium) -> float:
    """Points that names need to the right of the last round."""
    return AWAY + max(map(text_width(ax, BODY), _ends(ax, equilibrium).values()))


def _ends(ax: Axes, equilibrium: Equilibrium) -> dict[str, str]:
    """Each player's name and what is agreed to pay it."""
    last, measure, told = equilibrium.tables["offers"][-1], text_width(ax, BODY), {}
    for name in _dancers(equilibrium):
        paid = f" {rounded(float(last[f'payoff.{name}']))}" if equilibrium.status == "agreement" else ""
        told[name] = wrap(f"{drawable(equilibrium.players[name])}{paid}", NAME_ROOM, measure, lines=1)[0]
    return told


def _name_ends(ax: Axes, equilibrium: Equilibrium) -> None:
    """Each player's name to the right of the last round, and what is agreed to pay it."""
    last = equilibrium.tables["offers"][-1]
    marks, scale, window = player_marks(_dancers(equilibrium)), pixels_per_point(ax), ax.get_window_extent()
    ends = {name: float(last[f"payoff.{name}"]) for name in _dancers(equilibrium)}
    wishes = [float(ax.transData.transform((last["round"], end))[1]) / scale for end in ends.values()]
    heights = spread(wishes, LINE_HEIGHT, window.y0 / scale + 8, window.y1 / scale - 8)
    told = _ends(ax, equilibrium)
    for (name, end), height, wish in zip(ends.items(), heights, wishes, strict=True):
        colour = marks[name].colour
        ax.annotate(
            told[name], (last["round"], end), (AWAY, height - wish), textcoords="offset points", ha="left", va="center",
            fontsize=BODY, color=darker(colour), annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 0.9, "relpos": (0, 0.5), "shrinkB": 5},
        )  # fmt: skip
