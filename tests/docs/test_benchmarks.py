"""The benchmarks run in their smallest setting, and their page has a place for every table."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def scripts() -> list[str]:
    """What ``benchmarks/all.py`` runs."""
    tree = ast.parse((BENCHMARKS / "all.py").read_text("utf-8"))
    named = {ast.unparse(node.targets[0]): node.value for node in tree.body if isinstance(node, ast.Assign)}
    return list(ast.literal_eval(named["SCRIPTS"]))


def test_every_script_has_a_place_on_the_page() -> None:
    page = (BENCHMARKS / "README.md").read_text("utf-8")
    named = {path.stem for path in BENCHMARKS.glob("*.py")} - {"all", "measuring", "negmas_side"}
    assert sorted(scripts()) == sorted(named)
    for name in [*scripts(), "goals"]:
        table = page.split(f"<!-- {name} -->")[1].split(f"<!-- end of {name} -->")[0]
        assert table.count("\n|") > 2, name


@pytest.mark.slow
def test_every_script_runs() -> None:
    run = subprocess.run(
        [sys.executable, "all.py", "--quick"], cwd=BENCHMARKS, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.count("| ---") >= len(scripts())
