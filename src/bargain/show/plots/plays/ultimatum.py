"""Risk and return of an ultimatum: what each demand is worth to the proposer, and the chance of conflict after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from matplotlib.patheffects import withStroke

from bargain.errors import UsageError
from bargain.model.equilibrium import Equilibrium
from bargain.show.numbers import number, percent
from bargain.show.plots.canvas import (
    axis_labels,
    fit_margins,
    footer,
    heading,
    new_axes,
    quiet_axes,
    size_in_points,
)
from bargain.show.plots.lettering import drawable, text_width
from bargain.show.plots.palette import BODY, INK, MUTED, NO_DEAL, RULE, SMALL, darker, house_style, player_marks

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw"]

FEW = 25
"""Up to so many demands each gets a dot and a stem; more are joined to lines."""
SMOOTH = 0.02
"""A risk that never steps by more between neighbours is a curve; else types refuse one after another."""
JUMP = 0.05
"""The line of worth is broken where it falls by so much of the height of the picture."""
FULL = 1.04
"""The height of the picture, if a risk of 1 has a height of 1."""
MOST_TYPES = 6
"""So many types are named; more would not be told apart."""
LINE_HEIGHT = 15.0
"""Points between lines of names."""
FITS = 4
"""The picture of beliefs grows with the main one, so that margins fit after a few rounds only."""
FOR_NOTHING = 0.25
"""Demands below what no deal pays are left out, but for this part of the range above it."""
STAGES = ("at first", "refused\nonce", "refused\ntwice")
COLOUR = player_marks(["proposer"])["proposer"].colour

Row = Mapping[str, Any]


def draw(equilibrium: Equilibrium, ax: Axes | None = None) -> Axes:
    """Draw the proposer's expected payoff over its demand, the chance of conflict as a shade, and beliefs by round."""
    rows = equilibrium.tables.get("risk_and_return", ())
    if not rows:
        raise UsageError(
            "there is no demand to draw: the figure is of one or two rounds in which something can be offered"
        )
    without = equilibrium.disagreement[str(equilibrium.rules["proposer"])]
    least = without - FOR_NOTHING * max(rows[-1]["demand"] - without, 0.0)
    rows = [row for row in rows if row["demand"] >= least] or rows
    beliefs = equilibrium.tables.get("beliefs", ())
    twice = equilibrium.rules.get("rounds") == 2 and len(beliefs) > 1
    with house_style():
        sheet = new_axes((10.8, 5.6) if twice else (8.4, 5.6)) if ax is None else ax
        proposer = str(equilibrium.rules["proposer"])
        _frame(sheet, equilibrium, rows, proposer)
        _risk(sheet, rows)
        _worth(sheet, rows)
        _levels(sheet, equilibrium, proposer)
        _best(sheet, equilibrium, proposer)
        _types(sheet, rows)
        if twice:
            _beliefs(sheet, beliefs)
        for _ in range(FITS if ax is None else 0):
            fit_margins(sheet)
    return sheet


def _frame(ax: Axes, equilibrium: Equilibrium, rows: Sequence[Row], proposer: str) -> None:
    demands = [row["demand"] for row in rows]
    worths = [row["expected"] for row in rows] + [equilibrium.disagreement[proposer]]
    worths.append(equilibrium.measures["payoff_if_types_were_known"])
    room = 0.08 * ((max(demands) - min(demands)) or 1.0)
    tall = 0.12 * ((max(worths) - min(worths)) or 1.0)
    ax.set_xlim(min(demands) - room, max(demands) + room)
    ax.set_ylim(min(worths) - tall, max(worths) + tall)
    quiet_axes(ax)
    title, order = drawable(equilibrium.players[proposer]), "first " if equilibrium.rules["rounds"] == 2 else ""
    axis_labels(ax, f"what {title} gets if its {order}demand is accepted", f"what {title} expects")
    chance = equilibrium.chance_of_agreement or 0.0
    named = " Dotted: the highest demand that each type accepts at once." if _accepting(rows) else ""
    told = f"The best {order}demand is {number(equilibrium.measures['demand'])}; the chance of conflict is then "
    heading(
        ax, equilibrium.title or "An ultimatum", f"{told}{percent(1 - chance)}.{named}", above=4 + _levels_of(ax, rows)
    )
    footer(ax, [equilibrium.title])


def _accepting(rows: Sequence[Row]) -> dict[str, float]:
    """Type -> the highest demand that it accepts at once, from the lowest on; none if there are too many."""
    names = list(dict.fromkeys(name for row in rows for name in row.get("accepted_at_once_by", ())))
    last = {name: max(row["demand"] for row in rows if name in row["accepted_at_once_by"]) for name in names}
    return dict(sorted(last.items(), key=lambda item: item[1])) if len(last) <= MOST_TYPES else {}


def _levels_of(ax: Axes, rows: Sequence[Row]) -> float:
    """Points that the names of types take above the Axes."""
    return LINE_HEIGHT * (1 + max(_lines_up(ax, rows).values(), default=-1))


def _lines_up(ax: Axes, rows: Sequence[Row]) -> dict[str, int]:
    """Type -> the line on which its name stands, so that names do not meet."""
    measure, width = text_width(ax, SMALL), size_in_points(ax)[0]
    low, high = ax.get_xlim()
    lines: dict[str, int] = {}
    ends: list[float] = []
    for name, demand in _accepting(rows).items():
        middle, half = (demand - low) / (high - low) * width, measure(drawable(name)) / 2 + 4
        line = next((place for place, end in enumerate(ends) if end < middle - half), len(ends))
        ends[line : line + 1] = [middle + half]
        lines[name] = line
    return lines


def _risk(ax: Axes, rows: Sequence[Row]) -> None:
    """The chance of conflict as a shade from below, with a scale of its own at the right."""
    demands, risks = ([row[key] for row in rows] for key in ("demand", "chance_of_conflict"))
    smooth = bool(np.abs(np.diff(risks)).max(initial=0.0) <= SMOOTH)
    low, high = ax.get_xlim()
    bottom, top = ax.get_ylim()
    tall = (top - bottom) / FULL

    def height(risk: Any) -> Any:
        return bottom + np.asarray(risk) * tall

    def risk_at(place: Any) -> Any:
        return (np.asarray(place) - bottom) / tall

    x, y = [low, *demands, high], height([risks[0], *risks, risks[-1]])
    step: Literal["pre"] | None = None if smooth else "pre"
    ax.fill_between(x, y, bottom, step=step, color=NO_DEAL, zorder=0, linewidth=0, gid="risk")
    ax.plot(x, y, drawstyle="default" if smooth else "steps-pre", color=RULE, linewidth=1, zorder=1)
    scale = ax.secondary_yaxis("right", functions=(risk_at, height))
    scale.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
    scale.tick_params(labelsize=SMALL, color=RULE, labelcolor=MUTED)
    scale.set_ylabel("chance of conflict (shaded)", fontsize=SMALL, color=MUTED)
    scale.spines["right"].set_visible(False)


def _worth(ax: Axes, rows: Sequence[Row]) -> None:
    demands, worths = ([row[key] for row in rows] for key in ("demand", "expected"))
    if len(rows) <= FEW:
        ax.vlines(demands, ax.get_ylim()[0], worths, color=COLOUR, linewidth=1, alpha=0.5, zorder=3)
        ax.plot(demands, worths, "o", color=COLOUR, markersize=6.5, markeredgecolor="white", zorder=4, gid="worth")
        return
    jump = JUMP * (ax.get_ylim()[1] - ax.get_ylim()[0])
    breaks = np.flatnonzero(np.diff(worths) < -jump) + 1
    for part in np.split(np.arange(len(rows)), breaks):
        style: dict[str, Any] = {"color": COLOUR, "linewidth": 2.4, "solid_capstyle": "round", "zorder": 4}
        dot: dict[str, Any] = {"marker": "o", "markersize": 4} if len(part) == 1 else {}
        ax.plot([demands[place] for place in part], [worths[place] for place in part], gid="worth", **style, **dot)


def _levels(ax: Axes, equilibrium: Equilibrium, proposer: str) -> None:
    """Dashed: what no deal pays, and what knowing the type would."""
    known = equilibrium.measures["payoff_if_types_were_known"]
    for text, level in {"no deal": equilibrium.disagreement[proposer], "if the type were known": known}.items():
        ax.axhline(level, color=MUTED, linewidth=1, linestyle=(0, (4, 3)), zorder=2)
        place: dict[str, Any] = {"transform": ax.get_yaxis_transform(), "va": "bottom", "zorder": 6}
        ax.text(0.01, level, f"{text}: {number(level)}", fontsize=SMALL, color=MUTED, path_effects=_halo(), **place)


def _best(ax: Axes, equilibrium: Equilibrium, proposer: str) -> None:
    x, y = equilibrium.measures["demand"], equilibrium.payoffs[proposer]
    ax.plot([x], [y], marker="o", markersize=10, color=COLOUR, markeredgecolor="white", zorder=7, gid="best")
    right = x > sum(ax.get_xlim()) / 2
    ax.annotate(
        f"demand {number(x)}, worth {number(y)}",
        (x, y),
        (-8 if right else 8, 8),
        textcoords="offset points",
        ha="right" if right else "left",
        va="bottom",
        fontsize=BODY,
        color=darker(COLOUR),
        zorder=8,
        path_effects=_halo(),
    )


def _types(ax: Axes, rows: Sequence[Row]) -> None:
    """Up to which demand each type accepts at once, if there are few of them."""
    lines = _lines_up(ax, rows)
    for name, demand in _accepting(rows).items():
        ax.axvline(demand, color=INK, linewidth=0.9, linestyle=":", zorder=2)
        place: dict[str, Any] = {
            "xycoords": ax.get_xaxis_transform(),
            "textcoords": "offset points",
            "ha": "center",
            "va": "bottom",
        }
        ax.annotate(drawable(name), (demand, 1), (0, 3 + LINE_HEIGHT * lines[name]), fontsize=SMALL, color=INK, **place)


def _beliefs(ax: Axes, rows: Sequence[Row]) -> None:
    """Stacked: how likely each type is thought to be, before and after each refusal."""
    side = ax.inset_axes((1.24, 0, 0.4, 0.94), gid="beliefs")
    names = [key for key in rows[0] if key != "when"]
    marks = player_marks(["proposer", *names])
    bottom = np.zeros(len(rows))
    for name in names:
        heights = np.array([row[name] for row in rows])
        colour = marks[name].colour
        side.bar(range(len(rows)), heights, 0.7, bottom=bottom, color=colour, label=drawable(name), alpha=0.85)
        bottom += heights
    side.set_xticks(range(len(rows)), STAGES[: len(rows)], fontsize=SMALL)
    side.set_yticks([])
    side.set_ylim(0, 1)
    for edge in ("top", "right", "left"):
        side.spines[edge].set_visible(False)
    side.set_title("what is believed", fontsize=SMALL, color=MUTED)
    if len(names) <= MOST_TYPES:
        side.legend(loc="upper center", bbox_to_anchor=(0.5, -0.13), frameon=False, fontsize=SMALL, ncols=2)


def _halo() -> list[withStroke]:
    return [withStroke(linewidth=3, foreground="white")]
