"""`bargain table`: every possible agreement and what it pays, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from bargain.cli.asked import Asked, force_option, free_path, needs_issues, reads_scenario

if TYPE_CHECKING:
    from bargain.model.agreements import Agreements
    from bargain.model.listing import Listing

__all__ = ["command"]

MOST = 1_000_000
"""Rows without being asked for more; spreadsheets hold about as many."""


@click.command("table")
@click.argument("file")
@click.option("-o", "--output", metavar="FILE", help="Write the CSV here instead of to stdout.")
@click.option("--efficient", is_flag=True, help="Only the agreements that are efficient for the signatories.")
@click.option("--most", default=MOST, show_default=True, metavar="N", help="Refuse to list more agreements than this.")
@force_option
@reads_scenario
def command(asked: Asked, *, file: str, output: str | None, efficient: bool, most: int, force: bool) -> None:
    """List every possible agreement of FILE: a column per issue, then one per player with its payoffs.

    The table can stand in a scenario in the place of issues and utilities (`agreements: payoffs.csv`).
    """
    path = free_path(output, force=force)
    scenario = asked.read(file)
    needs_issues(scenario, "agreement to list")

    from bargain.files.payoff_sheet import sheet
    from bargain.model.listing import efficient_listing, listing
    from bargain.model.tabulate import tabulate

    agreements = tabulate(scenario)
    found = efficient_listing(agreements, most) if efficient else listing(agreements, most)
    if path is not None:
        with path.open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(sheet(found))
        asked.remark(f"Wrote {path}: {len(found)} agreements")
    if asked.as_json:
        asked.answer_json(_document(found))
    elif path is None:
        for page in sheet(found):
            click.echo(page, nl=False)
    _remark(asked, agreements)


def _document(found: Listing) -> dict[str, Any]:
    scenario, agreements = found.agreements.scenario, found.agreements
    paid = {player: column.tolist() for player, column in found.payoffs.items()}
    rows = [
        {"agreement": found.agreement(row), "payoffs": {player: column[row] for player, column in paid.items()}}
        for row in range(len(found))
    ]
    return {
        "scenario": scenario.title,
        "players": list(scenario.players),
        "signatories": list(scenario.signatories),
        "disagreement": dict(agreements.disagreement),
        "grid": agreements.grid or None,
        "agreements": rows,
    }


def _remark(asked: Asked, agreements: Agreements) -> None:
    """What the table does not say by itself: that an issue is continuous, and what no deal pays."""
    from bargain.files.payoff_sheet import figure

    for name, points in agreements.grid.items():
        asked.remark(f"Note: {name} is continuous and stands here at {points} points of its grid")
    without = ", ".join(f"{player}: {figure(paid)}" for player, paid in agreements.disagreement.items())
    asked.remark(f"Note: to solve it as a table, add `disagreement: {{payoffs: {{{without}}}}}`")
