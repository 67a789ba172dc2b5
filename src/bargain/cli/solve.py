"""`bargain solve`: every concept on one scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bargain.cli.asked import Asked, concepts_named, force_option, needs_issues, reads_scenario
from bargain.cli.figures import figure_path, save_figure

if TYPE_CHECKING:
    from bargain.model.results import Comparison

__all__ = ["command"]


@click.command("solve")
@click.argument("file")
@click.option("-c", "--concept", "concepts", multiple=True, help="A concept; repeat or separate by commas.")
@click.option("--lotteries", is_flag=True, help="Allow lotteries over agreements.")
@click.option("--paper", is_flag=True, help="Value agreements as signed (the same while no file has an aftermath).")
@click.option("--frontier", "list_frontier", is_flag=True, help="List the efficient payoffs in the JSON.")
@click.option("--plot", "picture", metavar="FILE", help="Draw the frontier into a file (png, svg, pdf).")
@click.option("--fail-if-no-deal", is_flag=True, help="Exit with 1 if there is no agreement.")
@force_option
@reads_scenario
def command(
    asked: Asked,
    *,
    file: str,
    concepts: tuple[str, ...],
    lotteries: bool,
    paper: bool,
    list_frontier: bool,
    picture: str | None,
    fail_if_no_deal: bool,
    force: bool,
) -> None:
    """Solve FILE with every concept that it allows, or the named ones: who gets what, and the agreement in words."""
    del paper
    chosen = concepts_named(concepts)
    path = figure_path(picture, force=force)
    scenario = asked.read(file)
    if path is not None:
        needs_issues(scenario, "frontier to draw")

    from bargain.show.solved import comparison_page
    from bargain.solving import compare

    comparison = compare(scenario, chosen, regime="lotteries" if lotteries else "pure")
    asked.answer(
        lambda: comparison.to_dict(frontier=list_frontier),
        lambda width: comparison_page(comparison, width, asked.detail),
    )
    if path is not None:
        from bargain.show.plots import plot_frontier

        save_figure(plot_frontier(comparison), path, asked, force=force)
    if fail_if_no_deal and not _any_deal(comparison):
        raise click.exceptions.Exit(1)


def _any_deal(comparison: Comparison) -> bool:
    return any(solution.status == "agreement" for solution in comparison.solutions)
