"""`bargain play`: what a protocol leads to, its path, and its certificate."""

from __future__ import annotations

import click

from bargain.cli.asked import Asked, force_option, reads_scenario
from bargain.cli.figures import figure_path, save_figure

__all__ = ["command"]


@click.command("play")
@click.argument("file")
@click.argument("protocol", required=False)
@click.option("--plot", "picture", metavar="FILE", help="Draw the protocol's figure into a file (png, svg, pdf).")
@click.option("--fail-if-no-deal", is_flag=True, help="Exit with 1 if there is no agreement.")
@force_option
@reads_scenario
def command(
    asked: Asked, *, file: str, protocol: str | None, picture: str | None, fail_if_no_deal: bool, force: bool
) -> None:
    """Play PROTOCOL, an entry under `protocols` of FILE or a model by its name: who does what, and what it leads to."""
    path = figure_path(picture, force=force)
    scenario = asked.read(file)

    from bargain.playing import play
    from bargain.show.played import equilibrium_page

    equilibrium = play(scenario, protocol, seed=asked.seed)
    if path is not None:
        from bargain.show.plots.plays import require_figure

        require_figure(equilibrium)
    asked.answer(equilibrium.to_dict, lambda width: equilibrium_page(equilibrium, width, asked.detail))
    if path is not None:
        from bargain.show.plots.plays import plot_play

        save_figure(plot_play(equilibrium), path, asked, force=force)
    if fail_if_no_deal and equilibrium.status not in ("agreement", "uncertain"):
        raise click.exceptions.Exit(1)
