"""`bargain schema`: the JSON Schema of scenario files."""

from __future__ import annotations

import click

from bargain.cli.asked import Asked, every_command

__all__ = ["command"]


@click.command("schema")
@every_command
def command(asked: Asked) -> None:
    """Print the JSON Schema of scenario files: bargain schema > bargain.schema.json"""
    from bargain.files.schema import json_schema

    asked.answer_json(json_schema())
