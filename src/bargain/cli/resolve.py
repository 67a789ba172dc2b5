"""`bargain resolve`: the completed file."""

from __future__ import annotations

import click

from bargain.cli.asked import Asked, reads_scenario

__all__ = ["command"]


@click.command("resolve")
@click.argument("file")
@reads_scenario
def command(asked: Asked, *, file: str) -> None:
    """Print FILE completed: extends, variant and --set applied. It reads back as the same scenario."""
    scenario = asked.read(file)

    from bargain.files.write import document, dump

    if asked.as_json:
        asked.answer_json(document(scenario))
    else:
        click.echo(dump(scenario), nl=False)
