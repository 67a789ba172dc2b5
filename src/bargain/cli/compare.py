"""`bargain compare`: files and variants side by side."""

from __future__ import annotations

from pathlib import Path

import click

from bargain.cli.asked import Asked, concepts_named, every_command, set_option

__all__ = ["command"]


@click.command("compare")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--variant", "variants", multiple=True, metavar="NAME", help="A further column; repeatable.")
@click.option(
    "-c",
    "--concept",
    "concepts",
    multiple=True,
    help="A concept, or all. Default: nash; shapley for coalitions alone.",
)
@click.option("--lotteries", is_flag=True, help="Allow lotteries over agreements.")
@set_option
@every_command
def command(
    asked: Asked,
    *,
    files: tuple[str, ...],
    variants: tuple[str, ...],
    concepts: tuple[str, ...],
    lotteries: bool,
) -> None:
    """Solve every FILE, and every --variant of it, and show them side by side.

    Each file is a column, followed by a column per variant; rows that differ are marked with a star.
    """
    named = concepts_named(concepts)
    names = [(file, variant) for file in dict.fromkeys(files) for variant in (None, *dict.fromkeys(variants))]
    scenarios = [asked.read(file, variant=variant) for file, variant in names]

    from bargain.concepts.standing import leading, standing_on
    from bargain.show.beside import beside_page
    from bargain.solving import compare

    pick = standing_on if concepts else lambda scenario: (leading(scenario),)
    chosen = named or dict.fromkeys(concept for scenario in scenarios for concept in pick(scenario))
    solved = [compare(scenario, tuple(chosen), regime="lotteries" if lotteries else "pure") for scenario in scenarios]
    labels = [_label(file, variant, several=len(set(files)) > 1) for file, variant in names]
    asked.answer(
        lambda: {
            "columns": [
                {"file": file, "variant": variant, **comparison.to_dict()}
                for (file, variant), comparison in zip(names, solved, strict=True)
            ]
        },
        lambda width: beside_page(list(zip(labels, solved, strict=True)), width),
    )


def _label(file: str, variant: str | None, *, several: bool) -> str:
    stem = Path(file).stem
    if variant is None:
        return stem
    return f"{stem}: {variant}" if several else variant
