"""README.md does what it says: every command and every line of Python is run, every table is up to date."""

from __future__ import annotations

import doctest
import re
import runpy
import shlex
import shutil
import tomllib
from pathlib import Path

import pytest

import bargain
from bargain.cli.main import COMMANDS, main
from docs.page import README, ROOT, Block, Command, blocks, commands

TABLES = runpy.run_path(str(ROOT / "docs" / "tables.py"))
RUNNABLE = [*blocks("bash"), *blocks("console")]
INSTALL = "python3 -m venv .venv && . .venv/bin/activate && pip install -e "


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the scenarios and the files that the page shows, to run its commands in."""
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    for block in blocks("yaml"):
        assert block.file, "a YAML block shows a file: say which in a comment above it"
        (tmp_path / block.file).write_text(block.body, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    return tmp_path


def run(command: Command, capsys: pytest.CaptureFixture[str]) -> str:
    """Run one command line as the terminal would and return what it printed."""
    program, *arguments = shlex.split(command.text)
    assert program == "bargain", command.text
    with pytest.raises(SystemExit) as end:
        main(arguments)
    printed = capsys.readouterr()
    assert end.value.code == command.code, f"{command.text}\n{printed.out}{printed.err}"
    return printed.out + printed.err


@pytest.mark.parametrize("block", RUNNABLE, ids=lambda block: f"{block.kind}-line-{block.line}")
@pytest.mark.usefixtures("desk")
def test_commands_run(block: Block, capsys: pytest.CaptureFixture[str]) -> None:
    for command in commands(block):
        printed = run(command, capsys)
        assert printed.strip()
        if command.output is not None:
            assert printed.strip() == command.output.strip()


@pytest.mark.usefixtures("desk")
def test_python_runs() -> None:
    """All of it in the order of the page, later blocks knowing the names of earlier ones."""
    names: dict[str, object] = {}
    report: list[str] = []
    for block in blocks("python"):
        test = doctest.DocTestParser().get_doctest(block.body, names, "README.md", "README.md", block.line)
        failed, tried = doctest.DocTestRunner().run(test, out=report.append, clear_globs=False)
        names = test.globs
        assert tried
        assert not failed, "".join(report)


def test_every_command_is_shown() -> None:
    shown = {command.text.split()[1] for block in RUNNABLE for command in commands(block)}
    assert shown | {"list"} == set(COMMANDS)
    assert "`bargain list`" in README


def test_only_setting_up_is_not_run() -> None:
    lines = [command.text for block in blocks("sh") for command in commands(block)]
    assert lines == [
        f"{INSTALL}. && bargain solve scenarios/berlin_2025.yaml",
        f'{INSTALL}".[dev]" && pytest',
    ]


def test_no_fenced_block_escapes() -> None:
    fences = re.findall(r"^```(\w*)$", README, flags=re.MULTILINE)
    assert set(fences[1::2]) == {""}
    assert set(fences[::2]) == {"sh", "bash", "console", "python", "yaml", ""}
    assert fences[::2].count("") == 1, "only the tree has no kind"


def test_tables_are_up_to_date() -> None:
    assert TABLES["written"](README) == README, "run: python docs/tables.py"


def test_the_table_of_concepts_points_at_files() -> None:
    rows = re.findall(r"^\| `(\w+)` \|.*\((src/\S+\.py)\) \|$", README, flags=re.MULTILINE)
    assert [name for name, _ in rows] == [concept.name for concept in bargain.CATALOGUE]
    assert all((ROOT / path).is_file() for _, path in rows)


def test_links_lead_somewhere() -> None:
    for page in ("README.md", "CONTRIBUTING.md", "notebooks/README.md", "benchmarks/README.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        targets = re.findall(r"\]\((?!https?:)([^)#\s]+)", text)
        missing = [target for target in targets if not ((ROOT / page).parent / target).exists()]
        assert missing == [], page


def test_citation_names_the_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"version {version}" in README
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_it_says_what_it_is_not() -> None:
    assert "Illustrative model, not a forecast" in README


def test_benchmarks_show_what_the_script_measures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    script = runpy.run_path(str(ROOT / "benchmarks" / "startup.py"))
    told = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([^`]+)` \| \d+\.\d\d \|$", told, flags=re.MULTILINE) == list(script["COMMANDS"])


def test_the_contract_of_play_is_told() -> None:
    """Every key of the JSON, and those of its moves, strategies and beliefs."""
    document = bargain.play(bargain.read("teaching/screening_two_periods"), "two_values").to_dict()
    told = TABLES["PLAY"]
    assert list(document) == list(told)
    parts = {"path": document["path"][0], "beliefs": document["beliefs"][0]}
    parts["strategies"] = next(iter(document["strategies"].values()))[0]
    for key, part in parts.items():
        assert re.findall(r"`(\w+)`", told[key]) == list(part), key
    assert {"largest_gain", "tolerance", "deviations"} <= document["certificate"].keys()
