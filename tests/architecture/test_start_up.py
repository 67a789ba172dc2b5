"""Heavy packages are imported only by the commands that need them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

HEAVY = ("numpy", "scipy", "matplotlib", "nashpy", "pydantic", "rich", "ruamel", "moocore")
PROGRAM = """
import contextlib, io, json, sys
from bargain.cli.main import main
shown = io.StringIO()
try:
    with contextlib.redirect_stdout(shown):
        sys.argv = ["bargain", *sys.argv[1:]]
        main()
    code = 0
except SystemExit as end:
    code = end.code
print(json.dumps({"code": code, "shown": shown.getvalue(), "modules": sorted(sys.modules)}))
"""
SCENARIO = """
bargain: 1
title: Two ways
players: {a: {}, b: {}}
issues: {deal: {options: {one: One, two: Two}}}
utilities: {a: {deal: {values: {one: 1, two: 2}}}, b: {deal: {values: {one: 3, two: 1}}}}
disagreement: {payoffs: {a: 0, b: 0}}
"""


def modules_after(arguments: Sequence[str]) -> set[str]:
    """The modules that a command has imported when it ends well."""
    command = [sys.executable, "-c", PROGRAM, *arguments]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    result = json.loads(run.stdout.splitlines()[-1])
    assert result["code"] in (0, None), result["shown"] + run.stderr
    assert result["shown"]
    return set(result["modules"])


def loaded(names: Sequence[str], modules: set[str]) -> list[str]:
    """Which of the packages (or any of their parts) are among the modules."""
    return [name for name in names if any(module == name or module.startswith(f"{name}.") for module in modules)]


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_help_and_version_are_light(argument: str) -> None:
    assert loaded(HEAVY, modules_after([argument])) == []


def test_importing_the_package_is_light() -> None:
    command = [sys.executable, "-c", "import bargain, sys, json; print(json.dumps(sorted(sys.modules)))"]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert loaded((*HEAVY, "click"), set(json.loads(run.stdout))) == []


@pytest.mark.parametrize("options", [[], ["--json"], ["--lotteries"]], ids=["text", "json", "lotteries"])
def test_a_small_solve_needs_no_optimiser_and_no_picture(tmp_path: Path, options: list[str]) -> None:
    path = tmp_path / "two_ways.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    modules = modules_after(["solve", str(path), *options])
    assert loaded(("scipy.optimize", "matplotlib", "nashpy", "scipy.stats"), modules) == []
    assert loaded(("numpy",), modules) == ["numpy"]
