"""`bargain new`: a commented start."""

from __future__ import annotations

from pathlib import Path

import click

from bargain.cli.asked import Asked, every_command, force_option, free_path

__all__ = ["command"]


@click.command("new")
@click.argument("name")
@click.option("--template", metavar="NAME", help="A shipped scenario to start from (see bargain list).")
@force_option
@every_command
def command(asked: Asked, *, name: str, template: str | None, force: bool) -> None:
    """Write a commented scenario file NAME that runs as it is."""
    path = free_path(name if Path(name).suffix else f"{name}.yaml", force=force)

    from bargain.files.template import table_beside, template as text_of

    text = text_of(template) if template else text_of()
    table = table_beside(template) if template else None
    if path is not None and table is not None:
        beside = free_path(str(path.parent / table.name), force=force)
        assert beside is not None
        beside.write_bytes(table.read_bytes())
    if path is not None:
        path.write_text(text, encoding="utf-8")
    if asked.as_json:
        asked.answer_json({"file": str(path), "template": template})
    else:
        asked.remark(f"Wrote {path}. Next: bargain solve {path}")
