"""`bargain axioms`: which concepts keep chosen axioms, in general and on one scenario."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from bargain.cli.asked import Asked, concepts_named, needs_issues, reads_scenario
from bargain.errors import unknown_name

if TYPE_CHECKING:
    from bargain.axioms import Axiom

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
    needs_issues(scenario, "agreement to judge")

    from bargain.auditing import audit
    from bargain.show.audited import audit_page

    found = audit(scenario, chosen, axioms, "lotteries" if lotteries else "pure")
    asked.answer(found.to_dict, lambda width: audit_page(found, width, asked.detail))


def axioms_named(texts: Sequence[str]) -> tuple[Axiom, ...]:
    """Axioms by name, repeated or comma-separated; none, or ``all``, are all of them."""
    from bargain.axioms import AXIOMS

    names = [name.strip().lower().replace("-", "_") for text in texts for name in text.split(",")]
    if not names or "all" in names:
        return AXIOMS
    known = {axiom.name: axiom for axiom in AXIOMS}
    for name in names:
        if name not in known:
            raise unknown_name("axiom", name, list(known))
    return tuple(known[name] for name in dict.fromkeys(names))
