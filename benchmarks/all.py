"""Every benchmark in one run: ``python benchmarks/all.py`` prints the tables and the goals.

``--write`` puts them into ``benchmarks/README.md``, between the marks that carry a script's name; ``--quick`` runs the
smallest setting of each, which shows that the scripts work and measures nothing.
"""

from __future__ import annotations

import io
import os
import platform
import sys
from collections.abc import Iterable
from contextlib import redirect_stdout
from datetime import date
from importlib import import_module
from pathlib import Path

from measuring import Goal

SCRIPTS = (
    "frontier",
    "beside_negmas",
    "vast",
    "lotteries",
    "growth",
    "finite_horizon",
    "unanimity",
    "ultimatum",
    "legislative",
    "startup",
)
PAGE = Path(__file__).with_name("README.md")


def goals_table(goals: Iterable[Goal]) -> str:
    """What was asked and what was measured."""
    lines = [f"| {g.task} | {g.asked} | {g.measured} | {'yes' if g.held else '**no**'} |" for g in goals]
    return "\n".join(["| task | goal | measured | held |", "| --- | ---: | ---: | :---: |", *lines])


def conditions() -> str:
    """When and where, in a sentence."""
    from importlib.metadata import version

    parts = ", ".join(f"{name} {version(name)}" for name in ("numpy", "scipy", "moocore"))
    return (
        f"{date.today():%B %Y}, Python {platform.python_version()}, {parts}; {os.cpu_count()} cores of a virtual "
        f"machine that other work shared ({os.getloadavg()[1]:.1f} processes running on average)."
    )


def replaced(page: str, name: str, text: str) -> str:
    """The page with what stands between the marks of ``name`` replaced."""
    start, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    before, rest = page.split(start)
    return f"{before}{start}\n{text.strip()}\n{end}{rest.split(end)[1]}"


def main(quick: bool, write: bool) -> None:
    """Run every script; print or write."""
    goals: list[Goal] = []
    told: dict[str, str] = {}
    for name in SCRIPTS:
        with redirect_stdout(io.StringIO()) as printed:
            goals += import_module(name).main(quick)
        told[name] = printed.getvalue()
        print(told[name], flush=True)
    told["goals"] = f"{goals_table(goals)}\n\n{conditions()}"
    print(told["goals"] if not quick else "Quick run: nothing was measured.")
    if write and not quick:
        page = PAGE.read_text(encoding="utf-8")
        for name, text in told.items():
            page = replaced(page, name, text)
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main("--quick" in sys.argv, "--write" in sys.argv)
