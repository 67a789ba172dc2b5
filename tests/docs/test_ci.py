""".ci/run does what the README tells people to do, and everything else that has to hold."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib

import pytest

from docs.page import ROOT, blocks

SCRIPT = ROOT / ".ci" / "run"
TEXT = SCRIPT.read_text(encoding="utf-8")
PYTEST = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"]


def test_it_can_be_run() -> None:
    assert os.access(SCRIPT, os.X_OK)
    assert "set -euo pipefail" in TEXT
    subprocess.run(["bash", "-n", str(SCRIPT)], check=True)


def test_it_runs_the_command_of_the_readme() -> None:
    found = re.search(r"^command=\$\(grep -E '(.*)' README\.md\)$", TEXT, flags=re.MULTILINE)
    assert found
    readme = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    matching = [line for line in readme if re.search(found[1], line)]
    assert matching == [blocks("sh")[1].body.strip()]


@pytest.mark.parametrize("lane", PYTEST["markers"])
def test_it_runs_every_lane(lane: str) -> None:
    assert f"\npytest -m {lane.split(':')[0]}" in TEXT


@pytest.mark.parametrize("command", ["ruff check .", "ruff format --check .", "mypy --strict"])
def test_the_makefile_checks_the_same(command: str) -> None:
    assert f"\n{command}\n" in TEXT
    assert f"\n\t{command}\n" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_every_target_explains_itself() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):", text, flags=re.MULTILINE)
    assert targets == ["help", "install", "test", "check", "format", "docs"]
    assert re.findall(r"^([a-z]+): +## \w", text, flags=re.MULTILINE) == targets


def test_hooks_are_local() -> None:
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert re.findall(r"repo: (\S+)", text) == ["local"]
