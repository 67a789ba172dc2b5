"""`bargain plot`: one figure."""

from __future__ import annotations

from pathlib import Path

import click

from bargain.cli.asked import Asked, concepts_named, force_option, reads_scenario
from bargain.cli.figures import figure_path, save_figure
from bargain.errors import UsageError, unknown_name

__all__ = ["command"]


@click.command("plot")
@click.argument("file")
@click.argument("kind", type=click.Choice(["frontier", "issues"]))
@click.option("-o", "--output", metavar="FILE", help="Where to (png, svg, pdf); default: <name>_<kind>.png here.")
@click.option("-c", "--concept", "concepts", multiple=True, help="A concept; repeat or separate by commas.")
@click.option("--lotteries", is_flag=True, help="Allow lotteries over agreements.")
@click.option("--players", metavar="A,B", help="frontier: the two players on the axes.")
@force_option
@reads_scenario
def command(
    asked: Asked,
    *,
    file: str,
    kind: str,
    output: str | None,
    concepts: tuple[str, ...],
    lotteries: bool,
    players: str | None,
    force: bool,
) -> None:
    """Draw the efficient frontier of FILE, or what each issue contributes under each agreement."""
    chosen = concepts_named(concepts)
    path = figure_path(output or f"{Path(file).stem}_{kind}.png", force=force)
    scenario = asked.read(file)
    pair = _pair(players, list(scenario.players))

    from bargain.show.plots import plot_frontier, plot_issues
    from bargain.solving import compare

    comparison = compare(scenario, chosen, regime="lotteries" if lotteries else "pure")
    axes = plot_frontier(comparison, pair) if kind == "frontier" else plot_issues(comparison)
    if path is not None:
        save_figure(axes, path, asked, force=force)
    if asked.as_json:
        asked.answer_json({"figure": str(path), "kind": kind})


def _pair(text: str | None, known: list[str]) -> tuple[str, str] | None:
    if text is None:
        return None
    names = [name.strip() for name in text.split(",")]
    for name in names:
        if name not in known:
            raise unknown_name("player", name, known)
    if len(names) != 2 or names[0] == names[1]:
        raise UsageError("--players takes two names, such as --players ukraine,russia")
    return names[0], names[1]
