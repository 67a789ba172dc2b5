"""A sweep over two knobs: one player's payoff as colours and numbers, cells without a deal hatched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import Normalize
from matplotlib.patches import Patch, Rectangle
from numpy.typing import NDArray

from bargain.show.findings import concept_title
from bargain.show.numbers import figures
from bargain.show.plots.canvas import (
    axis_labels,
    fit_margins,
    footer,
    heading,
    key_above,
    new_axes,
    plain_numbers,
    quiet_axes,
    size_in_points,
)
from bargain.show.plots.lettering import drawable, text_width
from bargain.show.plots.palette import BODY, INK, MUTED, NO_DEAL, RULE, SMALL
from bargain.show.plots.regions import limits

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from bargain.model.results import Study

__all__ = ["draw_heat_map"]

HATCHES = {"no_agreement": ("no deal", "////"), "not_applicable": ("not applicable", "....")}
COLOURS = "cividis"
"""Even in greyscale and to colour-blind readers."""

Floats = NDArray[np.float64]


def draw_heat_map(study: Study, concept: str, player: str, ax: Axes | None) -> Axes:
    """A cell per pair of values, the first knob to the right, the second upwards."""
    sheet = new_axes() if ax is None else ax
    (across, xs), (up, ys) = study.knobs.items()
    payoffs, statuses = _cells(study, concept, player)
    sheet.set_xlim(-0.5, len(xs) - 0.5)
    sheet.set_ylim(-0.5, len(ys) - 0.5)
    quiet_axes(sheet)
    axis_labels(sheet, across, up)
    _ticks(sheet, xs, ys)
    deals = np.ma.masked_where((statuses != "agreement") | ~np.isfinite(payoffs), payoffs)
    shade = Normalize(*limits(deals.compressed(), margin=0.0)) if deals.count() else None
    if shade is not None:
        _colours(sheet, deals, shade, f"{drawable(study.players[player])} payoff")
    above = 22 if _hatch(sheet, statuses) else 4
    heading(sheet, study.title, f"{concept_title(concept)}: payoff of {study.players[player]}", above=above)
    footer(sheet, [study.title, study.players[player]])
    if ax is None:
        fit_margins(sheet)
    if shade is not None:
        _write_values(sheet, deals, shade)
    return sheet


def _cells(study: Study, concept: str, player: str) -> tuple[Floats, NDArray[np.str_]]:
    """(rows of the second knob, columns of the first) payoffs and statuses."""
    (across, xs), (up, ys) = study.knobs.items()
    payoffs = np.full((len(ys), len(xs)), np.nan)
    statuses = np.full(payoffs.shape, "", dtype="<U20")
    for row in study.rows:
        if row["concept"] == concept:
            at = list(ys).index(row[up]), list(xs).index(row[across])
            payoff = row.get(f"payoff.{player}")
            payoffs[at] = np.nan if payoff is None else payoff
            statuses[at] = row["status"]
    return payoffs, statuses


def _ticks(ax: Axes, xs: Sequence[float], ys: Sequence[float]) -> None:
    """Each knob's own values at the cells; every second, third, … where all would not fit."""
    measure, (width, height) = text_width(ax, SMALL), size_in_points(ax)
    across, up = figures(xs), figures(ys)
    every_x = _every(len(xs), max(map(measure, across)) + 10, width)
    every_y = _every(len(ys), 1.5 * SMALL, height)
    ax.set_xticks(range(0, len(xs), every_x), across[::every_x])
    ax.set_yticks(range(0, len(ys), every_y), up[::every_y])
    ax.tick_params(length=0)
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)


def _every(count: int, size: float, room: float) -> int:
    return max(1, int(np.ceil(count * size / room)))


def _colours(ax: Axes, deals: np.ma.MaskedArray, shade: Normalize, label: str) -> None:
    rows, columns = deals.shape
    mesh = ax.pcolormesh(
        np.arange(columns + 1) - 0.5,
        np.arange(rows + 1) - 0.5,
        deals,
        cmap=colormaps[COLOURS],
        norm=shade,
        edgecolors="white",
        linewidth=0.8 if max(rows, columns) <= 40 else 0.0,
        zorder=1,
    )
    bar = ax.inset_axes((1.03, 0.0, 0.035, 1.0))
    figure = ax.get_figure(root=True)
    if figure is not None:
        figure.colorbar(mesh, cax=bar)
    bar.set_ylabel(label + plain_numbers(bar.yaxis), fontsize=BODY, color=INK)
    bar.tick_params(labelsize=SMALL, color=RULE, labelcolor=MUTED)
    for spine in bar.spines.values():
        spine.set_visible(False)


def _hatch(ax: Axes, statuses: NDArray[np.str_]) -> bool:
    """Hatch the cells without a deal and add their key; whether there are any."""
    keys = []
    for status, (name, hatch) in HATCHES.items():
        style = {"facecolor": NO_DEAL, "edgecolor": "#8a929c", "hatch": hatch, "linewidth": 0.0}
        for row, column in np.argwhere(statuses == status):
            corner = (float(column) - 0.5, float(row) - 0.5)
            ax.add_patch(Rectangle(corner, 1, 1, zorder=2, gid=name, **style))  # type: ignore[arg-type]
        if (statuses == status).any():
            keys.append(Patch(label=name, **style))  # type: ignore[arg-type]
    if keys:
        key_above(ax, keys)
    return bool(keys)


def _write_values(ax: Axes, deals: np.ma.MaskedArray, shade: Normalize) -> None:
    """The payoff in each cell, if all of them fit; dark on light and light on dark."""
    rows, columns = deals.shape
    width, height = size_in_points(ax)
    places = np.argwhere(~np.ma.getmaskarray(deals))
    texts = _short([float(deals[tuple(place)]) for place in places], width / columns - 6, text_width(ax, SMALL))
    if not texts or height / rows < 1.5 * SMALL:
        return
    for (row, column), text in zip(places, texts, strict=True):
        dark = float(shade(deals[row, column])) < 0.5
        ax.text(
            float(column),
            float(row),
            text,
            ha="center",
            va="center",
            fontsize=SMALL,
            color="white" if dark else "black",
            zorder=3,
        )


def _short(values: Sequence[float], room: float, measure: Callable[[str], float]) -> list[str]:
    """The numbers with as many decimals as fit the room; none if not even whole numbers do."""
    largest = max(map(abs, values))
    choices = [figures(values)]
    if 10 <= largest < 1e6:
        choices += [[f"{value:.{digits}f}" for value in values] for digits in (1, 0)]
    return next((texts for texts in choices if max(map(measure, texts)) <= room), [])
