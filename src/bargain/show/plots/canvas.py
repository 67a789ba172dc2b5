"""The sheet a figure is drawn on: a figure of its own without ``pyplot``, title block, footer, margins."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10
from typing import TYPE_CHECKING, Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import ScalarFormatter

from bargain.show.plots.lettering import MISSING, drawable, text_width, wrap
from bargain.show.plots.palette import BODY, INK, MUTED, RULE, SMALL, TITLE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

__all__ = [
    "DISCLAIMER",
    "NO_DEAL_TEXT",
    "SIZE",
    "axis_labels",
    "fit_margins",
    "footer",
    "heading",
    "key_above",
    "new_axes",
    "pixels_per_point",
    "plain_numbers",
    "quiet_axes",
    "resize",
    "shrink_wrap",
    "size_in_points",
]

SIZE = (10.0, 6.25)
"""Inches: the shape of a projector slide."""

DISCLAIMER = "illustrative model, not a forecast"
NO_DEAL_TEXT = "no agreement is better than disagreement for all"
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
EDGE = 0.12
"""Inches kept free along the edge of a figure."""


def new_axes(size: tuple[float, float] = SIZE) -> Axes:
    """An Axes on a white figure of its own."""
    figure = Figure(figsize=size, dpi=100, facecolor="white")
    figure.set_layout_engine("none")
    FigureCanvasAgg(figure)
    return figure.add_axes((0.1, 0.15, 0.86, 0.7), facecolor="white")


def size_in_points(ax: Axes) -> tuple[float, float]:
    """Width and height of the Axes in points."""
    box, scale = ax.get_window_extent(), pixels_per_point(ax)
    return box.width / scale, box.height / scale


def pixels_per_point(ax: Axes) -> float:
    """How many pixels of the figure make a point."""
    figure = ax.get_figure(root=True)
    return 1.0 if figure is None else figure.dpi / 72


def heading(ax: Axes, title: str, subtitle: str = "", *, above: float = 0.0) -> None:
    """Title (two lines at most) and subtitle (three), left-aligned, ``above`` points over the Axes."""
    room = size_in_points(ax)[0]
    if subtitle:
        lines = wrap(drawable(subtitle), room, text_width(ax, BODY), lines=3)
        ax.annotate(
            "\n".join(lines),
            (0, 1),
            (0, above + 1),
            xycoords="axes fraction",
            textcoords="offset points",
            color=MUTED,
            fontsize=BODY,
            va="bottom",
            annotation_clip=False,
        )
        above += 1 + 1.4 * BODY * len(lines)
    lines = wrap(drawable(title), room, text_width(ax, TITLE, "bold"))
    ax.set_title("\n".join(lines), loc="left", fontsize=TITLE, fontweight="bold", color=INK, pad=above + 5)


def footer(ax: Axes, texts: Sequence[str]) -> None:
    """The disclaimer under everything at the foot of the Axes, and what □ means where ``texts`` needed it."""
    labels, below = ax.xaxis.get_tightbbox() if ax.axison else None, 6.0
    if labels is not None:
        below += max(0.0, ax.get_window_extent().y0 - labels.y0) / pixels_per_point(ax)
    note = DISCLAIMER
    if any(MISSING in drawable(text) for text in texts):
        note += f"; {MISSING} stands for a letter that no installed font has"
    ax.annotate(
        note,
        (1, 0),
        (0, -below),
        xycoords="axes fraction",
        textcoords="offset points",
        color=MUTED,
        fontsize=SMALL,
        style="italic",
        ha="right",
        va="top",
        annotation_clip=False,
    )


def axis_labels(ax: Axes, x: str, y: str) -> None:
    """Labels of both axes, no longer than the axes are, with the power of ten common to the tick numbers."""
    width, height = size_in_points(ax)
    measure = text_width(ax, BODY)
    x, y = (drawable(text) + plain_numbers(axis) for text, axis in ((x, ax.xaxis), (y, ax.yaxis)))
    ax.set_xlabel("\n".join(wrap(x, width, measure)), fontsize=BODY, labelpad=6)
    ax.set_ylabel("\n".join(wrap(y, height, measure)), fontsize=BODY, labelpad=6)


def quiet_axes(ax: Axes) -> None:
    """Two spines, muted ticks."""
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    ax.tick_params(labelsize=SMALL, color=RULE, labelcolor=MUTED)


def plain_numbers(axis: Axis) -> str:
    """Tick numbers without an offset; very large or small ones in units of a power of ten, which is returned.

    >>> from matplotlib.figure import Figure
    >>> ax = Figure().add_subplot()
    >>> _ = ax.set_xlim(0, 3e9)
    >>> plain_numbers(ax.xaxis), plain_numbers(ax.yaxis)
    (' (×10⁹)', '')
    """
    largest = max(abs(end) for end in axis.get_view_interval())
    power = 0 if 1e-3 <= largest < 1e6 or largest == 0 else 3 * floor(log10(largest) / 3)
    formatter = ScalarFormatter(useOffset=False, useMathText=False)
    formatter.set_powerlimits((power, power) if power else (-400, 400))
    axis.set_major_formatter(formatter)
    axis.get_offset_text().set_visible(False)
    return f" (×10{str(power).translate(SUPERSCRIPTS)})" if power else ""


def fit_margins(ax: Axes) -> None:
    """Move the edges of an Axes (alone on its figure) so that everything around it stays on the figure."""
    figure = ax.get_figure(root=True)
    if figure is None:
        return
    for _ in range(2):
        box, whole = ax.get_tightbbox(), figure.bbox
        if box is None:
            return
        place, edge = ax.get_position(), EDGE * figure.dpi
        left = place.x0 + (edge - box.x0) / whole.width
        bottom = place.y0 + (edge - box.y0) / whole.height
        right = place.x1 + (whole.width - edge - box.x1) / whole.width
        top = place.y1 + (whole.height - edge - box.y1) / whole.height
        ax.set_position((left, bottom, max(right - left, 0.2), max(top - bottom, 0.2)))


Edges = tuple[float, float, float, float]
"""Points to the left, below, to the right and above."""


def resize(ax: Axes, width: float, height: float, around: Edges = (36, 36, 36, 90)) -> None:
    """Make an Axes (alone on its figure) so many points wide and high, with room around it."""
    figure = ax.get_figure(root=True)
    if figure is None:
        return
    left, bottom, right, top = around
    whole, tall = left + width + right, bottom + height + top
    figure.set_size_inches(whole / 72, tall / 72)
    ax.set_position((left / whole, bottom / tall, width / whole, height / tall))


def shrink_wrap(ax: Axes) -> None:
    """Fit the figure to an Axes (alone on it) and everything around it; the Axes keeps its size."""
    figure, inner, outer = ax.get_figure(root=True), ax.get_window_extent(), ax.get_tightbbox()
    if figure is None or outer is None:
        return
    unit, edge = 72 / figure.dpi, EDGE * 72
    sides = (inner.x0 - outer.x0, inner.y0 - outer.y0, outer.x1 - inner.x1, outer.y1 - inner.y1)
    left, bottom, right, top = (side * unit + edge for side in sides)
    resize(ax, inner.width * unit, inner.height * unit, (left, bottom, right, top))


def key_above(ax: Axes, handles: Sequence[Any], columns: int | None = None) -> None:
    """Between title and Axes, in one row unless there are ``columns``: what dots, lines and shading are."""
    ax.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=columns or len(handles),
        frameon=False,
        fontsize=SMALL,
        borderaxespad=0.3,
        borderpad=0,
        handlelength=1.8,
        handletextpad=0.5,
        columnspacing=1.6,
        labelcolor=MUTED,
    )
