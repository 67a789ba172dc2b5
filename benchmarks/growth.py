"""How cost grows with issues, options and players: a table, and ``benchmarks/growth.png``.

    python benchmarks/growth.py [--quick]

One of the three is varied, the other two stay. Processor milliseconds, best of three runs, the median of three random
scenarios; --quick draws nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple

import lotteries
import numpy as np
import vast
from frontier import blocks_of, worth
from measuring import Cost, cost_of, shown

from bargain.geometry.lattice import DUST
from bargain.geometry.sums.frontier import merge

SEEDS, RUNS = 3, 3
PICTURE = Path(__file__).with_name("growth.png")

Task = Callable[[int, int, int, int], object]


class Line(NamedTuple):
    """What is done, and per panel at which sizes: issues, options, players."""

    name: str
    task: Task
    issues: tuple[int, ...]
    options: tuple[int, ...]
    players: tuple[int, ...]
    usual: tuple[int, int, int]


def listed(players: int, issues: int, options: int, seed: int) -> object:
    """A whole frontier; two players are opposed, more are random."""
    rng = np.random.default_rng(seed)
    return merge(blocks_of(worth(rng, issues, players, opposed=players == 2, options=options)), [DUST] * players)


def pure(players: int, issues: int, options: int, seed: int) -> object:
    """The Nash solution without the frontier."""
    made = vast.scenario(players, issues, seed, opposed=False, options=options)
    choice = made.product(np.ones(players))
    assert choice.proof == "exact"
    return choice


def drawn(players: int, issues: int, options: int, seed: int) -> object:
    """The Nash solution with lotteries."""
    return lotteries.by_prices(*lotteries.space(seed, players, issues, options))


LINES = [
    Line("frontier, 2 players", listed, (5, 10, 20, 50, 100, 200), (2, 5, 10, 20, 50), (), (2, 20, 5)),
    Line("frontier, 3 players", listed, (5, 10, 20, 30), (2, 5, 10, 20), (), (3, 20, 5)),
    Line("frontier, 10 issues", listed, (), (), (2, 3, 4, 5), (2, 10, 5)),
    Line("Nash, pure", pure, (5, 10, 20, 50, 100, 200), (2, 5, 10, 20, 50), (3, 4, 5, 6, 8), (5, 50, 5)),
    Line("Nash, lotteries", drawn, (5, 10, 20, 50, 100, 200), (2, 5, 10, 20, 50), (2, 3, 4, 5, 6, 8, 10), (5, 50, 5)),
]
PANELS = ("issues", "options", "players")

Measured = dict[tuple[str, str], dict[int, Cost]]
"""(panel, line) -> size -> cost."""


def measured(quick: bool) -> Measured:
    """Every line of every panel; quick: the first size of each."""
    found: Measured = {}
    for line in LINES:
        for panel, sizes in zip(PANELS, line[2:5], strict=True):
            for size in sizes[:1] if quick else sizes:
                found.setdefault((panel, line.name), {})[size] = typical(line, panel, size, 1 if quick else SEEDS)
    return found


def typical(line: Line, panel: str, size: int, seeds: int) -> Cost:
    """The median over random scenarios."""
    players, issues, options = line.usual
    issues, options, players = {
        "issues": (size, options, players),
        "options": (issues, size, players),
        "players": (issues, options, size),
    }[panel]
    costs = [
        cost_of(lambda seed=seed: line.task(players, issues, options, seed), min(seeds, RUNS))[0]
        for seed in range(seeds)
    ]
    return Cost(*(median(column) for column in zip(*costs, strict=True)))


def table(found: Measured) -> None:
    """Print what was measured, a line per size."""
    print("| varied | | CPU ms at each size |\n| --- | --- | --- |")
    for (panel, name), costs in sorted(found.items(), key=lambda entry: PANELS.index(entry[0][0])):
        print(f"| {panel} | {name} | {' · '.join(f'{size}: {shown(cost.cpu)}' for size, cost in costs.items())} |")


def draw(found: Measured, path: Path) -> None:
    """Three panels with logarithmic axes and the lines labelled at their ends."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    from bargain.show.plots.palette import BODY, INK, MUTED, TITLE, house_style
    from bargain.show.plots.saving import save

    with house_style():
        figure = Figure(figsize=(14, 6))
        FigureCanvasAgg(figure)
        sheets = figure.subplots(1, 3, sharey=True)
        for sheet, panel in zip(sheets, PANELS, strict=True):
            lines = {name: costs for (where, name), costs in found.items() if where == panel}
            draw_panel(sheet, panel, lines)
        sheets[0].set_ylabel("processor time, ms", fontsize=BODY, color=INK)
        figure.text(0.01, 0.985, "What an exact answer costs", fontsize=TITLE + 2, weight="bold", color=INK, va="top")
        note = (
            "Varied one at a time from 5 options; frontiers at 20 issues, Nash at 5 players and 50 issues. "
            "Random scenarios, two players opposed."
        )
        figure.text(0.01, 0.925, note, fontsize=BODY, color=MUTED, va="top")
        figure.subplots_adjust(left=0.06, right=0.985, bottom=0.12, top=0.83, wspace=0.06)
        save(figure, path, force=True)


def draw_panel(sheet: object, panel: str, lines: dict[str, dict[int, Cost]]) -> None:
    """One panel."""
    from matplotlib.axes import Axes
    from matplotlib.ticker import FuncFormatter, NullFormatter

    from bargain.show.plots.canvas import quiet_axes
    from bargain.show.plots.palette import BODY, INK, RULE, darker, player_marks

    assert isinstance(sheet, Axes)
    sheet.set_xscale("log")
    sheet.set_yscale("log")
    marks = player_marks([line.name for line in LINES])
    ticks = sorted({size for costs in lines.values() for size in costs})
    for name, costs in lines.items():
        mark, heights = marks[name], [cost.cpu for cost in costs.values()]
        sheet.plot(list(costs), heights, color=mark.colour, marker=mark.marker, linestyle=mark.line, lw=2, ms=7)
        sheet.annotate(
            name.replace(", ", ",\n") if (panel, name) == ("issues", "frontier, 3 players") else name,
            (list(costs)[-1], heights[-1]),
            xytext=LABELS.get((panel, name), (8, 0)),
            textcoords="offset points",
            ha="right" if LABELS.get((panel, name), (8, 0))[0] < 0 else "left",
            va="center",
            color=darker(mark.colour),
            fontsize=BODY,
        )
    sheet.set_xlim(ticks[0] * 0.88, ticks[-1] * (ticks[-1] / ticks[0]) ** 0.68)
    sheet.set_xticks(ticks, [str(tick) for tick in ticks])
    sheet.xaxis.set_minor_formatter(NullFormatter())
    sheet.yaxis.set_major_formatter(FuncFormatter(lambda y, _: f"{y:g}"))
    sheet.minorticks_off()
    sheet.grid(axis="y", color=RULE, lw=0.6)
    sheet.set_xlabel(panel, fontsize=BODY, color=INK)
    quiet_axes(sheet)


LABELS = {
    ("issues", "frontier, 3 players"): (-10, 0),
    ("options", "frontier, 3 players"): (-10, 0),
    ("players", "Nash, pure"): (4, 17),
    ("players", "Nash, lotteries"): (8, -6),
}
"""Where a label stands from its line's end, in points, if not to the right of it."""


def main(quick: bool = False) -> list[object]:
    """Measure, print, draw."""
    found = measured(quick)
    table(found)
    if not quick:
        draw(found, PICTURE)
    return []


if __name__ == "__main__":
    main("--quick" in sys.argv)
