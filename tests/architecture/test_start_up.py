"""Heavy packages are imported only by the commands that need them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HEAVY = ("numpy", "scipy", "matplotlib", "nashpy", "pydantic", "rich", "ruamel", "moocore")
PROGRAM = """
import contextlib, io, json, sys
from bargain.cli.main import main
runs = []
for arguments in json.loads(sys.argv[1]):
    shown, code = io.StringIO(), 0
    try:
        with contextlib.redirect_stdout(shown):
            main(arguments, "bargain")
    except SystemExit as end:
        code = end.code
    runs.append({"code": code, "shown": shown.getvalue()})
print(json.dumps({"runs": runs, "modules": sorted(sys.modules)}))
"""
SCENARIO = """
bargain: 1
title: Two ways
players: {a: {}, b: {}}
issues: {deal: {options: {one: One, two: Two}}}
utilities: {a: {deal: {values: {one: 1, two: 2}}}, b: {deal: {values: {one: 3, two: 1}}}}
disagreement: {payoffs: {a: 0, b: 0}}
"""


def modules_after(*commands: Sequence[str]) -> set[str]:
    """The modules that one process has imported when these commands have ended well, one after the other."""
    command = [sys.executable, "-c", PROGRAM, json.dumps(commands)]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    result = json.loads(run.stdout.splitlines()[-1])
    for ended in result["runs"]:
        assert ended["code"] in (0, None), ended["shown"] + run.stderr
        assert ended["shown"]
    assert len(result["runs"]) == len(commands)
    return set(result["modules"])


def loaded(names: Sequence[str], modules: set[str]) -> list[str]:
    """Which of the packages (or any of their parts) are among the modules."""
    return [name for name in names if any(module == name or module.startswith(f"{name}.") for module in modules)]


def test_help_and_version_are_light() -> None:
    assert loaded(HEAVY, modules_after(["--help"], ["--version"])) == []


def test_importing_the_package_is_light() -> None:
    command = [sys.executable, "-c", "import bargain, sys, json; print(json.dumps(sorted(sys.modules)))"]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert loaded((*HEAVY, "click"), set(json.loads(run.stdout))) == []


def test_a_small_solve_needs_no_optimiser_and_no_picture(tmp_path: Path) -> None:
    path = tmp_path / "two_ways.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    solves = [["solve", str(path), *options] for options in ([], ["--json"], ["--lotteries"])]
    modules = modules_after(*solves)
    assert loaded(("scipy.optimize", "matplotlib", "nashpy", "scipy.stats"), modules) == []
    assert loaded(("numpy",), modules) == ["numpy"]


def test_an_import_is_noticed(tmp_path: Path) -> None:
    """The judge of this page: a picture needs what a solve does not."""
    path = tmp_path / "two_ways.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    draw = ["solve", str(path), "--json", "--plot", str(tmp_path / "two_ways.svg")]
    assert "matplotlib" in loaded(("matplotlib", "nashpy"), modules_after(["--version"], draw))
