"""A judge of deviations shares no code with the solver whose plans it judges."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PROTOCOLS = Path(__file__).parents[2] / "src" / "bargain" / "protocols"
JUDGES = sorted(PROTOCOLS.rglob("*judge.py"))
ALLOWED = ("rules", "plan", "terms", "strategies")
"""Modules of its own folder that a judge may read: what is played, and what a plan is."""


def entered(source: str, folder: str) -> list[str]:
    """Modules of bargain that a judge imports and should not."""
    found = []
    for node in ast.walk(ast.parse(source)):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [name.name for name in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            inside = name.removeprefix(f"bargain.protocols.{folder}.")
            own = name.startswith(f"bargain.protocols.{folder}.") and inside.endswith(ALLOWED)
            if name.startswith("bargain") and not own and name not in ("bargain.protocols.judging", "bargain.errors"):
                found.append(name)
    return found


@pytest.mark.parametrize("path", JUDGES, ids=lambda path: str(path.relative_to(PROTOCOLS)))
def test_judges_share_no_code_with_solvers(path: Path) -> None:
    assert entered(path.read_text(encoding="utf-8"), path.parent.name) == []


def test_a_judge_that_asks_the_solver_is_noticed() -> None:
    source = "from bargain.protocols.haggle.solver import solve\nfrom bargain.protocols.haggle.rules import Haggle\n"
    assert entered(source, "haggle") == ["bargain.protocols.haggle.solver"]
