"""How the answer moves with one knob (lines) or two (a heat map)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.patheffects import withStroke
from numpy.typing import NDArray

from bargain.errors import UsageError
from bargain.show.findings import concept_title
from bargain.show.plots.canvas import (
    axis_labels,
    fit_margins,
    footer,
    heading,
    new_axes,
    pixels_per_point,
    quiet_axes,
    size_in_points,
)
from bargain.show.plots.heatmap import draw_heat_map
from bargain.show.plots.labels import spread
from bargain.show.plots.lettering import drawable, text_width, wrap
from bargain.show.plots.palette import (
    BODY,
    MUTED,
    NO_DEAL,
    SMALL,
    darker,
    house_style,
    player_marks,
)
from bargain.show.plots.regions import limits

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from bargain.model.results import Study

__all__ = ["plot_sweep"]

LABEL_ROOM = 190.0
"""Points kept free to the right of the lines for the players' names, at most."""
FEW = 30
"""Up to so many points on a line each gets its marker."""
LINE_HEIGHT = 16.0
STATUS = {"no_agreement": "no deal", "not_applicable": "not applicable"}

Floats = NDArray[np.float64]


def plot_sweep(study: Study, concept: str | None = None, player: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw payoffs over what was varied: lines for one knob, a heat map for two.

    Where there is no deal the payoffs are those of disagreement: the stretch is shaded (one knob) or the cell
    hatched (two knobs). Nothing is solved here.

    Parameters
    ----------
    study : what `bargain.sweep` returned, with one or two knobs.
    concept : whose answer; the first of the study if left out.
    player : whose payoff; all players (one knob) or the first (two knobs) if left out.
    ax : where to draw; a figure of its own if left out.
    """
    concept = _chosen(concept, study.concepts, "concept")
    named = None if player is None else _chosen(player, list(study.players), "player")
    if len(study.knobs) not in (1, 2):
        raise UsageError(f"a sweep is drawn for one or two knobs, and this one has {len(study.knobs)}")
    with house_style():
        if len(study.knobs) == 2:
            return draw_heat_map(study, concept, named or next(iter(study.players)), ax)
        sheet = new_axes() if ax is None else ax
        _lines(sheet, study, concept, [named] if named else list(study.players), own=ax is None)
    return sheet


def _chosen(name: str | None, known: Sequence[str], kind: str) -> str:
    if name is None:
        if not known:
            raise UsageError(f"the study has no {kind}")
        return known[0]
    if name not in known:
        raise UsageError(f"the study has no {kind} {name!r}", hint=f"it has {', '.join(known)}")
    return name


def _numbers(column: Sequence[Any]) -> Floats:
    return np.array([np.nan if value is None or value == "" else value for value in column], dtype=float)


def _lines(ax: Axes, study: Study, concept: str, players: Sequence[str], *, own: bool) -> None:
    """One line per player over the knob's values, from left to right."""
    ((knob, _),) = study.knobs.items()
    values = _numbers(study.column(knob, concept=concept))
    order = np.argsort(values, kind="stable")
    values = values[order]
    statuses = [study.column("status", concept=concept)[row] for row in order]
    payoffs = {name: _numbers(study.column(f"payoff.{name}", concept=concept))[order] for name in players}
    finite = np.concatenate([line[np.isfinite(line)] for line in payoffs.values()])
    ax.set_xlim(*_span(values))
    ax.set_ylim(*limits(finite if len(finite) else np.zeros(1)))
    quiet_axes(ax)
    axis_labels(ax, knob, f"{drawable(study.players[players[0]])} payoff" if len(players) == 1 else "payoff")
    heading(ax, study.title, f"{concept_title(concept)}: what each player gets as {knob} varies", above=4)
    footer(ax, [study.title])
    _draw_lines(ax, values, payoffs, statuses, study)
    if own:
        fit_margins(ax)
    _shade(ax, values, statuses)
    _name_lines(ax, values, payoffs, study)
    if own:
        fit_margins(ax)


def _span(values: Floats) -> tuple[float, float]:
    """Ends of the knob's axis: its values, with half a step on either side of a single one."""
    low, high = float(values.min()), float(values.max())
    return (low, high) if high > low else limits(values)


def _draw_lines(ax: Axes, values: Floats, payoffs: dict[str, Floats], statuses: Sequence[str], study: Study) -> None:
    marks = player_marks(list(study.players))
    deal = np.array([status == "agreement" for status in statuses])
    for name, line in payoffs.items():
        mark = marks[name]
        dots = mark.marker if len(values) <= FEW else ""
        style: dict[str, Any] = {"color": mark.colour, "zorder": 4, "clip_on": False}
        ax.plot(
            values,
            np.where(deal, line, np.nan),
            linestyle=mark.line,
            linewidth=2.2,
            marker=dots,
            markersize=6.5,
            markeredgecolor="white",
            markeredgewidth=0.8,
            gid=f"deal {name}",
            **style,
        )
        ax.plot(
            values,
            np.where(deal, np.nan, line),
            linestyle=(0, (1, 1.6)),
            linewidth=1.6,
            gid=f"no deal {name}",
            marker=dots,
            markersize=4.5,
            markerfacecolor="white",
            **style,
        )


def _shade(ax: Axes, values: Floats, statuses: Sequence[str]) -> None:
    """Shade every stretch without a deal, from half a step before to half a step after, and say so."""
    edges = np.concatenate([ax.get_xlim()[:1], (values[1:] + values[:-1]) / 2, ax.get_xlim()[1:]])
    measure, width = text_width(ax, SMALL), size_in_points(ax)[0]
    low, high = ax.get_xlim()
    start = 0
    for place in range(1, len(values) + 1):
        if place < len(values) and statuses[place] == statuses[start]:
            continue
        if statuses[start] != "agreement":
            left, right = float(edges[start]), float(edges[place])
            ax.axvspan(left, right, facecolor=NO_DEAL, edgecolor="none", zorder=0, gid="no deal")
            text = STATUS.get(statuses[start], statuses[start])
            narrow = (right - left) / (high - low) * width < measure(text) + 6
            ax.text(
                (left + right) / 2,
                0.98,
                text,
                transform=ax.get_xaxis_transform(),
                ha="center",
                va="top",
                rotation=90 if narrow else 0,
                fontsize=SMALL,
                color=MUTED,
                zorder=6,
                path_effects=[withStroke(linewidth=3, foreground=NO_DEAL)],
            )
        start = place


def _name_lines(ax: Axes, values: Floats, payoffs: dict[str, Floats], study: Study) -> None:
    """Each player's name at the right end of its line, moved apart where lines end together."""
    marks, scale, window = player_marks(list(study.players)), pixels_per_point(ax), ax.get_window_extent()
    known = {name: line[np.isfinite(line)] for name, line in payoffs.items()}
    ends = {name: float(line[-1]) for name, line in known.items() if len(line)}
    wishes = [float(ax.transData.transform((values[-1], end))[1]) / scale for end in ends.values()]
    low, high = (edge / scale + sign * LINE_HEIGHT / 2 for edge, sign in ((window.y0, 1), (window.y1, -1)))
    rises = [place - wish for place, wish in zip(spread(wishes, LINE_HEIGHT, low, high), wishes, strict=True)]
    reach = 10 if all(abs(rise) < 2 for rise in rises) else 26
    measure = text_width(ax, BODY)
    for (name, end), rise in zip(ends.items(), rises, strict=True):
        mark, text = marks[name], wrap(drawable(study.players[name]), LABEL_ROOM, measure, lines=1)[0]
        leader = {"arrowstyle": "-", "color": mark.colour, "linewidth": 0.9, "relpos": (0, 0.5)}
        leader |= {"shrinkA": 1, "shrinkB": 5}
        ax.annotate(
            text,
            (float(values[-1]), end),
            (reach, rise),
            textcoords="offset points",
            ha="left",
            va="center",
            fontsize=BODY,
            color=darker(mark.colour),
            arrowprops=leader if reach > 10 else None,
            annotation_clip=False,
        )
