"""Who gets what in a legislature: as proposer, when others propose, and on average."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from matplotlib.lines import Line2D

from bargain.model.equilibrium import Equilibrium
from bargain.show.plots.canvas import (
    axis_labels,
    fit_margins,
    footer,
    heading,
    key_above,
    new_axes,
    quiet_axes,
)
from bargain.show.plots.lettering import drawable
from bargain.show.plots.palette import BLUE, BODY, GREEN, GREY, INK, MUTED, RULE, TRACK, VERMILLION, Mark, house_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw"]

MARKS = {
    "as_proposer": ("as proposer", Mark(VERMILLION, "^")),
    "as_partner": ("as partner", Mark(GREEN, "s")),
    "left_out": ("left out", Mark(GREY, "X")),
    "if_another_proposes": ("if another proposes", Mark(GREEN, "s")),
    "on_average": ("on average", Mark(BLUE, "o")),
}
NEVER = 1e-9
"""A smaller chance is none."""
ROWS = 30
"""So many members are drawn."""
ROW_HEIGHT, HEAD = 0.34, 2.4
"""Inches: of a member, and of everything around."""


def draw(equilibrium: Equilibrium, ax: Axes | None = None) -> Axes:
    """A row per member, a mark for what it gets in each role; the tick is what it has without an agreement."""
    rows = list(equilibrium.tables["who_gets_what"])[:ROWS]
    with house_style():
        sheet = new_axes((10.0, HEAD + ROW_HEIGHT * max(len(rows), 5))) if ax is None else ax
        shown = [head for head in MARKS if any(_seen(row, head) for row in rows)]
        for place, row in enumerate(rows):
            _row(sheet, equilibrium, row, place, shown)
        sheet.set_ylim(len(rows) - 0.4, -0.6)
        _limits(sheet, rows, shown)
        quiet_axes(sheet)
        sheet.tick_params(axis="y", length=0, labelsize=BODY, labelcolor=INK)
        sheet.grid(axis="x", color=RULE, lw=0.6)
        sheet.set_axisbelow(True)
        axis_labels(sheet, "payoff", "")
        sheet.set_yticks(range(len(rows)), [drawable(_name(equilibrium, row)) for row in rows])
        _legend(sheet, shown, equilibrium)
        heading(sheet, _title(equilibrium), _subtitle(equilibrium), above=26)
        footer(sheet, [equilibrium.title, *(_name(equilibrium, row) for row in rows)])
        if ax is None:
            fit_margins(sheet)
    return sheet


def _seen(row: Mapping[str, Any], head: str) -> bool:
    """Whether a member is ever in this role."""
    if head not in row or (head == "as_proposer" and row["recognition"] <= 0):
        return False
    return bool(row.get(f"chance_{head}", 1) > NEVER)


def _row(ax: Axes, equilibrium: Equilibrium, row: Mapping[str, Any], place: int, shown: Sequence[str]) -> None:
    found = {head: row[head] for head in shown if _seen(row, head)}
    ax.plot(
        [min(found.values()), max(found.values())], [place, place], color=TRACK, lw=6, solid_capstyle="round", zorder=1
    )
    for head, worth in found.items():
        mark = MARKS[head][1]
        ax.plot(worth, place, mark.marker, color=mark.colour, ms=9, mec="white", mew=0.8, zorder=3)
    without = equilibrium.disagreement.get(str(row["player"]), 0.0)
    if any(equilibrium.disagreement.values()):
        ax.plot([without, without], [place - 0.3, place + 0.3], color=MUTED, lw=1.5, zorder=2)


def _limits(ax: Axes, rows: Sequence[Mapping[str, Any]], shown: Sequence[str]) -> None:
    """From 0 (or the least) to a little beyond the most."""
    worth = [0.0, *(row[head] for row in rows for head in shown if _seen(row, head))]
    margin = 0.04 * (max(worth) - min(worth) or 1.0)
    ax.set_xlim(min(worth) - margin, max(worth) + margin)


def _legend(ax: Axes, shown: Sequence[str], equilibrium: Equilibrium) -> None:
    entries = [
        Line2D([], [], ls="", marker=MARKS[head][1].marker, color=MARKS[head][1].colour, ms=9, label=MARKS[head][0])
        for head in shown
    ]
    if any(equilibrium.disagreement.values()):
        entries.append(Line2D([], [], ls="", marker="|", color=MUTED, ms=11, mew=1.5, label="no deal"))
    key_above(ax, entries)


def _name(equilibrium: Equilibrium, row: Mapping[str, Any]) -> str:
    return equilibrium.players.get(str(row["player"]), str(row["player"]))


def _title(equilibrium: Equilibrium) -> str:
    return equilibrium.title or "A legislature"


def _subtitle(equilibrium: Equilibrium) -> str:
    rules = equilibrium.rules
    votes = sum(rules["votes"].values())
    named = equilibrium.protocol.replace("_", " ")
    told = f"{named}: " if named not in ("", "legislative") else ""
    told += f"{rules['quota']:g} of {votes:g} votes pass a proposal"
    if rules["vetoes"]:
        told += f", not against {', '.join(equilibrium.players.get(name, name) for name in rules['vetoes'])}"
    if rules.get("amendments") == "open":
        told += "; open rule"
    extra = len(equilibrium.tables["who_gets_what"]) - ROWS
    return told + (f"; {extra} more members are not drawn" if extra > 0 else "")
