"""The trade-off of a joint offer: the less it leaves the outsider, the fewer types accept it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bargain.model.equilibrium import Equilibrium
from bargain.show.findings import concept_title
from bargain.show.numbers import number, percent, signed
from bargain.show.plots.canvas import axis_labels, fit_margins, footer, heading, new_axes, pixels_per_point, quiet_axes
from bargain.show.plots.labels import spread
from bargain.show.plots.lettering import drawable
from bargain.show.plots.palette import BODY, INK, MUTED, NO_DEAL, RULE, SMALL, house_style, player_marks

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw"]

BELOW = 0.35
"""So much of the largest least gain is shown of offers that a member would walk out on."""
EDGE, LINE = 0.05, 0.06
"""Room above and below all marks, and besides for every name at the top and every line of the legend, as shares of the
height."""
LIFT = 0.01
"""How far words at the bottom stand above the axis, as a share of the height."""
ABOVE, LINE_HEIGHT = 10.0, 16.0
"""Points by which the lowest name stands above the dots, and names above each other."""

Rows = Sequence[Mapping[str, Any]]


def draw(equilibrium: Equilibrium, ax: Axes | None = None) -> Axes:
    """Every dot is the best offer, for the member who gains least from it, of those that pay the outsider as much.

    Colour and shape say who refuses, upright lines from where on a type accepts; the chosen offer is shown with what
    each member gains from it.
    """
    thresholds = _thresholds_of(equilibrium)
    with house_style():
        sheet = new_axes() if ax is None else ax
        rows = _shown(equilibrium.tables["offers"])
        groups = sorted({row["refused_by"] for row in rows}, key=lambda name: (name != "nobody", name))
        _frame(sheet, rows, EDGE + LINE * len(groups), EDGE + LINE * (len(thresholds) + 1))
        quiet_axes(sheet)
        outsider = equilibrium.players[equilibrium.rules["to"]]
        axis_labels(sheet, f"what the offer pays {outsider}", "expected gain of the member who gains least")
        heading(sheet, equilibrium.title or "A joint offer", _subtitle(equilibrium), above=4)
        footer(sheet, [equilibrium.title, *equilibrium.players.values()])
        _walking_out(sheet)
        _dots(sheet, rows, groups, _paid(equilibrium))
        _thresholds(sheet, thresholds)
        _chosen(sheet, equilibrium, rows, LINE * len(thresholds))
        sheet.legend(loc="lower left", frameon=True, framealpha=0.9, edgecolor=RULE, fontsize=SMALL).set_zorder(7)
        if ax is None:
            fit_margins(sheet)
    return sheet


def _thresholds_of(equilibrium: Equilibrium) -> Mapping[str, float]:
    """From where on each type accepts; only types that value offers alike have it on the same scale."""
    return equilibrium.measures["accepted_from"] if equilibrium.rules["types_value_offers_alike"] else {}


def _paid(equilibrium: Equilibrium) -> str:
    return f"paid_to_{equilibrium.rules['to']}"


def _subtitle(equilibrium: Equilibrium) -> str:
    concept = concept_title(equilibrium.rules["concept"])
    chance = equilibrium.measures["chance_accepted_at_once"]
    if not any(row["chosen"] for row in equilibrium.tables["offers"]):
        told = "no offer that all its members prefer to none"
    else:
        told = f"the offer (star) is accepted with a chance of {percent(chance)}"
    return f"{concept} inside the bloc: {told}. Dots: at each level the offer that is best for whoever gains least"


def _shown(rows: Rows) -> Rows:
    """All offers but those on which a member would walk out at once."""
    top = max(row["least_gain"] for row in rows)
    return [row for row in rows if row["chosen"] or top <= 0 or row["least_gain"] >= -BELOW * top]


def _frame(ax: Axes, rows: Rows, foot: float, head: float) -> None:
    """Limits around all marks, with shares of the height left free below and above."""
    paid = [next(iter(row.values())) for row in rows]
    marks = [row["least_gain"] for row in rows]
    marks += [value for row in rows if row["chosen"] for name, value in row.items() if name.startswith("gain_of_")]
    low, high = min(*marks, 0.0), max(*marks, 0.0)
    unit = ((high - low) or 1.0) / (1 - foot - head)
    ax.set_ylim(low - foot * unit, high + head * unit)
    wide = (max(paid) - min(paid)) or 1.0
    ax.set_xlim(min(paid) - 0.03 * wide, max(paid) + 0.03 * wide)


def _walking_out(ax: Axes) -> None:
    """Below nothing a member would rather make no offer."""
    low = ax.get_ylim()[0]
    if low < 0:
        ax.axhspan(low, 0, facecolor=NO_DEAL, edgecolor="none", zorder=0, gid="walks out")
        style: Any = {"fontsize": SMALL, "color": MUTED, "zorder": 2.5, "ha": "center", "va": "bottom"}
        boxed = {"facecolor": NO_DEAL, "edgecolor": "none", "pad": 1.5}
        above = low + LIFT * (ax.get_ylim()[1] - low)
        ax.text(0.55, above, "a member would walk out", transform=ax.get_yaxis_transform(), bbox=boxed, **style)
    ax.axhline(0, color=RULE, linewidth=1, zorder=1)


def _dots(ax: Axes, rows: Rows, groups: Sequence[str], paid: str) -> None:
    """One colour and shape for everybody who refuses."""
    marks = player_marks(groups)
    for name in groups:
        own = [row for row in rows if row["refused_by"] == name]
        ax.plot(
            [row[paid] for row in own],
            [row["least_gain"] for row in own],
            linestyle="none",
            marker=marks[name].marker,
            markersize=5,
            color=marks[name].colour,
            markerfacecolor=marks[name].colour if name == "nobody" else "white",
            label=f"refused by {drawable(name)}",
            zorder=3,
            gid=f"refused by {name}",
        )


def _thresholds(ax: Axes, accepted_from: Mapping[str, float]) -> None:
    """From where on each type accepts, its name at the top; names that would meet go below each other."""
    low, high = ax.get_xlim()
    bottom, top = ax.get_ylim()
    for place, (name, least) in enumerate(sorted(accepted_from.items(), key=lambda entry: entry[1])):
        if not low <= least <= high:
            continue
        ax.axvline(
            least,
            ymax=1 - LINE * place,
            color=MUTED,
            linewidth=1,
            linestyle=(0, (4, 3)),
            zorder=2,
            gid=f"accepts {name}",
        )
        right = least < low + 0.6 * (high - low)
        ax.annotate(
            f"{drawable(name)} accepts from {number(least)}",
            (least, top - LINE * place * (top - bottom)),
            (5 if right else -5, -2),
            textcoords="offset points",
            ha="left" if right else "right",
            va="top",
            fontsize=SMALL,
            color=MUTED,
            zorder=6,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0},
        )


def _chosen(ax: Axes, equilibrium: Equilibrium, rows: Rows, taken: float) -> None:
    """A star where the offer stands, and above it what each member gains; a share of the height is ``taken`` on top."""
    row = next((row for row in rows if row["chosen"]), None)
    if row is None:
        return
    x, members = row[_paid(equilibrium)], equilibrium.rules["bloc"]
    gains = {name: row[f"gain_of_{name}"] for name in members}
    least = min(gains.values())
    ax.plot([x, x], [least, max(gains.values())], color=INK, linewidth=1.2, zorder=4)
    low, high = ax.get_xlim()
    side = 1 if x < low + 0.6 * (high - low) else -1
    for (name, gain), rise in zip(gains.items(), _rises(ax, x, list(gains.values()), taken), strict=True):
        shape, size, edge = ("*", 17, "white") if gain == least else ("_", 12, INK)
        style = {"color": INK, "markeredgecolor": edge, "marker": shape, "markersize": size}
        ax.plot([x], [gain], zorder=5, gid=f"chosen {name}", **style)  # type: ignore[arg-type]
        ax.annotate(
            f"{drawable(equilibrium.players[name])} {signed(gain)}",
            (x, gain),
            (11 * side, rise),
            textcoords="offset points",
            ha="left" if side > 0 else "right",
            va="center",
            fontsize=BODY,
            color=INK,
            zorder=6,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5, "alpha": 0.85},
        )


def _rises(ax: Axes, x: float, gains: Sequence[float], taken: float) -> list[float]:
    """By how many points each member's name stands above its mark: over the dots, and apart from each other."""
    scale, window = pixels_per_point(ax), ax.get_window_extent()
    marks = [float(ax.transData.transform((x, gain))[1]) / scale for gain in gains]
    wishes = [mark + (ABOVE if gain == min(gains) else 0) for mark, gain in zip(marks, gains, strict=True)]
    top = (window.y1 - taken * window.height) / scale - LINE_HEIGHT / 2
    places = spread(wishes, LINE_HEIGHT, min(*wishes, top), top)
    return [place - mark for place, mark in zip(places, marks, strict=True)]
