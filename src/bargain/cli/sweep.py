"""`bargain sweep`: a grid over one or two numbers of the file."""

from __future__ import annotations

from collections.abc import Sequence

import click

from bargain.cli.asked import Asked, concepts_named, force_option, free_path, reads_scenario
from bargain.cli.figures import figure_path, save_figure
from bargain.errors import UsageError

__all__ = ["command", "varied"]

MOST = 10_000
"""Solves in one sweep; more is a slip of the pen."""


@click.command("sweep")
@click.argument("file")
@click.option(
    "--vary",
    "varies",
    multiple=True,
    required=True,
    metavar="PATH=LO:HI:N|A,B,C",
    help="A number to vary; one or two.",
)
@click.option(
    "-c",
    "--concept",
    "concepts",
    multiple=True,
    help="A concept, or all. Default: nash; shapley for coalitions alone.",
)
@click.option("-o", "--output", metavar="FILE", help="Write the CSV here instead of to stdout.")
@click.option("--plot", "picture", metavar="FILE", help="Draw it into a file (png, svg, pdf).")
@force_option
@reads_scenario
def command(
    asked: Asked,
    *,
    file: str,
    varies: tuple[str, ...],
    concepts: tuple[str, ...],
    output: str | None,
    picture: str | None,
    force: bool,
) -> None:
    """Solve FILE over a grid of values; CSV on stdout.

    For example: bargain sweep my.yaml --vary disagreement.costs.russia=8:25:18
    """
    named = concepts_named(concepts)
    grid = varied(varies)
    sheet = free_path(output, force=force)
    path = figure_path(picture, force=force)
    scenario = asked.read(file)

    from bargain.concepts.standing import standing_on
    from bargain.studies.sweep import sweep

    study = sweep(scenario, grid, concepts=named or (standing_on(scenario) if concepts else None))
    if sheet is not None:
        sheet.write_text(study.to_csv(), encoding="utf-8")
        asked.remark(f"Wrote {sheet}: {len(study.rows)} rows")
    if asked.as_json:
        asked.answer_json(study.to_dict())
    elif sheet is None:
        click.echo(study.to_csv(), nl=False)
    if path is not None:
        from bargain.show.findings import concept_title
        from bargain.show.plots import plot_sweep

        if len(study.concepts) > 1:
            asked.remark(f"A picture shows one concept, here {concept_title(study.concepts[0])}; choose it with -c")
        save_figure(plot_sweep(study), path, asked, force=force)


def varied(texts: Sequence[str]) -> dict[str, list[float]]:
    """Knob -> values, from ``PATH=lo:hi:n`` or ``PATH=a,b,c``.

    >>> varied(["players.a.power=1:2:3", "players.b.power=1,5"])
    {'players.a.power': [1.0, 1.5, 2.0], 'players.b.power': [1.0, 5.0]}
    """
    grid: dict[str, list[float]] = {}
    solves = 1
    for text in texts:
        path, equals, values = (piece.strip() for piece in text.partition("="))
        if not equals or not path:
            raise UsageError(f"--vary {text}: expected PATH=LO:HI:N or PATH=A,B,C")
        if path in grid:
            raise UsageError(f"--vary {path} is given twice")
        grid[path] = _range(text, values) if ":" in values else [_number(text, value) for value in values.split(",")]
        solves *= len(grid[path])
    if len(grid) > 2:
        raise UsageError("at most two numbers can be varied at once")
    if solves > MOST:
        raise UsageError(f"this would be {solves} solves, more than {MOST}", hint="take fewer values")
    return grid


def _range(text: str, values: str) -> list[float]:
    parts = values.split(":")
    if len(parts) != 3 or not parts[2].strip().isdigit() or not 1 <= int(parts[2]) <= MOST:
        raise UsageError(f"--vary {text}: expected LO:HI:N with N from 1 to {MOST}")
    low, high, count = _number(text, parts[0]), _number(text, parts[1]), int(parts[2])
    return [low + (high - low) * (step / (count - 1) if count > 1 else 0.0) for step in range(count)]


def _number(text: str, value: str) -> float:
    from math import isfinite

    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if not isfinite(number):
        raise UsageError(f"--vary {text}: '{value.strip()}' is not a number")
    return number
