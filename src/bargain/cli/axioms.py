"""`bargain axioms`: which concepts keep chosen axioms, in general and on one scenario."""

from __future__ import annotations

import click

from bargain.cli.asked import Asked, axioms_named, concepts_named, reads_scenario

__all__ = ["command"]


@click.command("axioms")
@click.argument("file")
@click.option("-r", "--require", "required", multiple=True, help="An axiom; repeat or separate by commas.")
@click.option("-c", "--concept", "concepts", multiple=True, help="A concept; repeat or separate by commas.")
@click.option("--lotteries", is_flag=True, help="Allow lotteries over agreements.")
@reads_scenario
def command(asked: Asked, *, file: str, required: tuple[str, ...], concepts: tuple[str, ...], lotteries: bool) -> None:
    """Which concepts keep all axioms, or the required ones: in general, and in their answers to FILE."""
    axioms, chosen = axioms_named(required), concepts_named(concepts)
    scenario = asked.read(file)

    from bargain.auditing import audit
    from bargain.show.audited import audit_page

    found = audit(scenario, chosen, axioms, "lotteries" if lotteries else "pure")
    asked.answer(found.to_dict, lambda width: audit_page(found, width, asked.detail))
