"""`bargain list`: what there is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bargain.cli.asked import Asked, every_command

if TYPE_CHECKING:
    from bargain.show.layout import Page

__all__ = ["command"]

KINDS = ("scenarios", "concepts", "protocols")


@click.command("list")
@click.argument("kind", type=click.Choice(KINDS), required=False)
@every_command
def command(asked: Asked, *, kind: str | None) -> None:
    """List shipped scenarios, concepts and protocols, or one of the three."""
    kinds = [kind] if kind else list(KINDS)
    entries = {name: ENTRIES[name]() for name in kinds}
    asked.answer(lambda: entries, lambda width: _page(asked, entries, width))


def _scenarios() -> list[dict[str, Any]]:
    from bargain.files.library import shipped

    return [{"name": name, "title": _title(path), "path": str(path)} for name, path in shipped().items()]


def _title(path: Path) -> str:
    """The title of a scenario, without reading (and judging) all of the file."""
    found = re.search(r"^title:[ ]*(.+?)[ ]*$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return found.group(1).strip("'\"") if found else ""


def _concepts() -> list[dict[str, Any]]:
    from bargain.concepts import CATALOGUE

    keys = ("name", "title", "definition", "source")
    return [{key: getattr(concept, key) for key in keys} for concept in CATALOGUE]


def _protocols() -> list[dict[str, Any]]:
    return []


ENTRIES = {"scenarios": _scenarios, "concepts": _concepts, "protocols": _protocols}


def _page(asked: Asked, entries: dict[str, list[dict[str, Any]]], width: int) -> Page:
    from bargain.show.layout import Line, apart, definitions

    sections: list[Page] = []
    for kind, rows in entries.items():
        told = [line for row in rows for line in _lines(row, verbose=asked.verbose)]
        lines = definitions(told, width) if told else [Line("  none supported yet")]
        sections.append([Line(kind.capitalize(), "heading"), *lines])
    return apart(sections)


def _lines(row: dict[str, Any], *, verbose: bool) -> list[tuple[str, str]]:
    """A name and its title; with more below when asked for."""
    more = [key for key in ("definition", "source", "path") if verbose and row.get(key)]
    return [(row["name"], row["title"]), *(("", f"{key.capitalize()}: {row[key]}.") for key in more)]
