"""Who gets what: every issue a row, every distinct agreement a column, every player a bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bargain.model.results import Comparison
from bargain.show.numbers import figures
from bargain.show.plots.canvas import (
    NO_DEAL_TEXT,
    footer,
    heading,
    new_axes,
    resize,
    shrink_wrap,
    size_in_points,
)
from bargain.show.plots.lettering import drawable, text_width, wrap
from bargain.show.plots.palette import (
    BODY,
    INK,
    RULE,
    SMALL,
    TRACK,
    Mark,
    concept_marks,
    darker,
    house_style,
    player_marks,
)
from bargain.show.plots.settled import SettledColumn, settled_columns
from bargain.show.plots.view import require_agreements

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot_issues"]

WIDTH = 680.0
"""Points: the natural width of the table, wider only if many columns need it."""
NARROWEST, WIDEST, GUTTER = 196.0, 330.0, 22.0
LINE, BAR, AIR = 15.0, 14.5, 13.0
"""Points per line of text, per player's bar, and between rows."""
HEAD_LINES = 8
"""Enough for all concepts of the catalogue at one agreement."""
HEAD = 24.0
"""Points from the top to the names of the concepts, under their marks."""


@dataclass(frozen=True)
class _Row:
    """One issue: its title, the players who care, a wrapped text per column, and where it begins."""

    place: int
    title: Sequence[str]
    players: Sequence[str]
    texts: Sequence[Sequence[str]]
    top: float
    depth: int

    @property
    def height(self) -> float:
        return self.depth * LINE + len(self.players) * BAR + AIR


@dataclass(frozen=True)
class _Pen:
    """Where columns begin, how wide they are, and by how much everything shrinks on a small Axes."""

    ax: Axes
    left: float
    column: float
    scale: float

    def x(self, place: int) -> float:
        return self.left + place * self.column

    def write(self, x: float, y: float, text: str, **style: object) -> None:
        size = style.pop("size", SMALL)
        assert isinstance(size, float)
        style.setdefault("va", "center_baseline")
        self.ax.text(x, y, text, fontsize=size * self.scale, **style)  # type: ignore[arg-type]


def plot_issues(comparison: Comparison, ax: Axes | None = None) -> Axes:
    """Draw who gets what on each issue under each concept, for any number of players.

    A bar runs from the least to the most that the issue can add to a player's payoff; players for whom
    nothing hangs on an issue are left out of its row. The last row has payoffs and gains over no deal.

    Parameters
    ----------
    comparison : what `bargain.compare` returned; nothing is solved here.
    ax : where to draw; by default a figure of its own, as large as the table needs. On an Axes that is too
        small for the table the letters shrink with it.
    """
    require_agreements(comparison)
    with house_style():
        sheet = new_axes() if ax is None else ax
        columns = settled_columns(comparison)
        names = [drawable(comparison.agreements.scenario.title_of(name)) for name in comparison.disagreement]
        pen = _pen(sheet, names, len(columns))
        rows = _rows(comparison, columns, pen)
        top = _head_lines(columns, pen) * LINE + (HEAD if any(column.concepts for column in columns) else 8.0)
        depth = top + sum(row.height for row in rows) + LINE * (1 + len(comparison.disagreement)) + 6.0
        width = pen.left + max(len(columns), 1) * pen.column
        pen = _lay_out(sheet, pen, width, depth, own=ax is None)
        _draw_heads(pen, columns, comparison, top)
        for row in rows:
            _draw_row(pen, row, columns, comparison, top + row.top)
        _draw_payoffs(pen, columns, comparison, top + sum(row.height for row in rows))
        _surround(sheet, comparison, columns)
        if ax is None:
            shrink_wrap(sheet)
    return sheet


def _pen(ax: Axes, names: Sequence[str], count: int) -> _Pen:
    widest = max(map(text_width(ax, SMALL), names), default=0.0)
    left = min(max(widest + 16.0, 130.0), 190.0)
    room = (WIDTH - left) / max(count, 1)
    return _Pen(ax, left, min(max(room, NARROWEST), WIDEST), 1.0)


def _head_lines(columns: Sequence[SettledColumn], pen: _Pen) -> int:
    return max((len(_head(column, pen)) for column in columns), default=1)


def _head(column: SettledColumn, pen: _Pen) -> list[str]:
    return wrap(column.head, pen.column - GUTTER, text_width(pen.ax, BODY, "bold"), lines=HEAD_LINES)


def _rows(comparison: Comparison, columns: Sequence[SettledColumn], pen: _Pen) -> list[_Row]:
    scenario, top, rows = comparison.agreements.scenario, 0.0, []
    light, bold = text_width(pen.ax, SMALL), text_width(pen.ax, SMALL, "bold")
    lines = 3 if comparison.regime == "pure" else 4
    for place, (name, issue) in enumerate(scenario.issues.items()):
        title = wrap(drawable(issue.title or name), pen.left - 12.0, bold)
        texts = [wrap(column.words[place], pen.column - GUTTER, light, lines) for column in columns]
        caring = [player for player in comparison.disagreement if any(player in c.shares[place] for c in columns)]
        row = _Row(place, title, caring, texts, top, max(map(len, [title, *texts])))
        rows.append(row)
        top += row.height
    return rows


def _lay_out(ax: Axes, pen: _Pen, width: float, depth: float, *, own: bool) -> _Pen:
    """Coordinates in points from the upper left corner; a figure of one's own grows with the table."""
    ax.set_axis_off()
    if own:
        resize(ax, width, depth)
    room = size_in_points(ax)
    ax.set_xlim(0, width)
    ax.set_ylim(depth, 0)
    return _Pen(ax, pen.left, pen.column, min(1.0, room[0] / width, room[1] / depth))


def _draw_heads(pen: _Pen, columns: Sequence[SettledColumn], comparison: Comparison, top: float) -> None:
    marks = concept_marks([solution.concept for solution in comparison.agreed])
    measured = _Pen(pen.ax, pen.left, pen.column, 1.0)
    for place, column in enumerate(columns):
        x = pen.x(place)
        for rank, concept in enumerate(column.concepts):
            _mark(pen, x + 5 + 15 * rank, 8, marks[concept], 8.5)
        first = HEAD if column.concepts else 8.0
        for line, text in enumerate(_head(column, measured)):
            pen.write(x, first + line * LINE, text, size=BODY, fontweight="bold")
    _rule(pen, top - 5, INK, 1.0)


def _draw_row(pen: _Pen, row: _Row, columns: Sequence[SettledColumn], comparison: Comparison, top: float) -> None:
    marks = player_marks(list(comparison.disagreement))
    for line, text in enumerate(row.title):
        pen.write(0, top + (line + 0.5) * LINE, text, fontweight="bold")
    base = top + row.depth * LINE + BAR / 2
    _draw_names(pen, row.players, base, BAR, comparison)
    for spot, column in enumerate(columns):
        for line, text in enumerate(row.texts[spot]):
            pen.write(pen.x(spot), top + (line + 0.5) * LINE, text)
        for rank, player in enumerate(row.players):
            if player in column.shares[row.place]:
                _draw_bar(pen, pen.x(spot), base + rank * BAR, column.shares[row.place][player], marks[player])
    _rule(pen, top + row.height - AIR / 2, RULE, 0.7)


def _draw_names(pen: _Pen, players: Sequence[str], base: float, pitch: float, comparison: Comparison) -> None:
    """Players in the first column, in their colours; who does not sign in italics."""
    scenario = comparison.agreements.scenario
    marks = player_marks(list(comparison.disagreement))
    measure = text_width(pen.ax, SMALL)
    for rank, player in enumerate(players):
        name = wrap(drawable(scenario.title_of(player)), pen.left - 24.0, measure, lines=1)[0]
        slant = "normal" if player in scenario.signatories else "italic"
        _mark(pen, 5, base + rank * pitch, marks[player], 6.5)
        pen.write(14, base + rank * pitch, name, color=darker(marks[player].colour), style=slant)


def _draw_bar(pen: _Pen, x: float, y: float, share: float, mark: Mark) -> None:
    length = pen.column - GUTTER - 10
    whole = [x + 5, x + 5 + length]
    pen.ax.plot(whole, [y, y], color=TRACK, linewidth=6 * pen.scale, solid_capstyle="butt", zorder=1)
    reach = x + 5 + share * length
    pen.ax.plot([x + 5, reach], [y, y], color=mark.colour, linewidth=6 * pen.scale, solid_capstyle="butt", zorder=2)
    _mark(pen, reach, y, mark, 8.5)


def _mark(pen: _Pen, x: float, y: float, mark: Mark, size: float) -> None:
    pen.ax.plot(
        x,
        y,
        marker=mark.marker,
        markersize=size * pen.scale,
        color=mark.colour,
        linestyle="",
        markeredgecolor="white",
        markeredgewidth=0.8 * pen.scale,
        zorder=3,
        clip_on=False,
    )


def _draw_payoffs(pen: _Pen, columns: Sequence[SettledColumn], comparison: Comparison, top: float) -> None:
    """The last row: what everybody gets in all, and the gain over no deal."""
    pen.write(0, top + LINE / 2, "Payoff (gain)", fontweight="bold")
    players = list(comparison.disagreement)
    _draw_names(pen, players, top + LINE * 1.5, LINE, comparison)
    for rank, player in enumerate(players):
        cells = figures([column.payoffs[player] for column in columns])
        gains = figures([c.payoffs[player] - comparison.disagreement[player] for c in columns], plus=True)
        for place, cell in enumerate(cells):
            pen.write(pen.x(place), top + (rank + 1.5) * LINE, f"{cell} ({gains[place]})")
    if not columns:
        told = wrap(NO_DEAL_TEXT, pen.column - GUTTER, text_width(pen.ax, SMALL))
        pen.write(pen.x(0), top + LINE * 1.5, "\n".join(told))


def _rule(pen: _Pen, y: float, colour: str, width: float) -> None:
    left, right = pen.ax.get_xlim()
    pen.ax.plot([left, right], [y, y], color=colour, linewidth=width * pen.scale, zorder=0, clip_on=False)


def _surround(ax: Axes, comparison: Comparison, columns: Sequence[SettledColumn]) -> None:
    scenario = comparison.agreements.scenario
    notes = ["bars run from the least to the most that a player can get from an issue; gains are over no deal"]
    if comparison.regime == "lotteries":
        notes.append("under a lottery, on average")
    if any(body.attitude is not None for body in scenario.utilities.values()):
        notes.append("bars are before attitudes to risk, payoffs after")
    if set(scenario.signatories) != set(scenario.players):
        notes.append("who does not sign stands in italics")
    if any(solution.status == "no_agreement" for solution in comparison.agreed):
        notes.insert(0, NO_DEAL_TEXT)
    heading(ax, scenario.title, "; ".join(notes), above=6)
    texts = [text for column in columns for text in (column.head, *column.words)]
    footer(ax, [scenario.title, *(scenario.title_of(name) for name in scenario.players), *texts])
