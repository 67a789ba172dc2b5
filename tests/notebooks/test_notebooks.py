"""Notebooks: the pair agrees, no outputs are kept, the house rules hold, and they run without a word of warning."""

from __future__ import annotations

import importlib.util
import re
import runpy
import time
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
PAIR = runpy.run_path(str(ROOT / "docs" / "pair.py"))
LESSONS = sorted((ROOT / "notebooks").glob("*.py"))
WITHOUT_WIDGETS = "import sys\n\nsys.modules['ipywidgets'] = None"
LONGEST = 60.0

every_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)


def committed(lesson: Path) -> nbformat.NotebookNode:
    """The .ipynb beside a percent file."""
    return nbformat.read(lesson.with_suffix(".ipynb"), as_version=4)


def text_of(lesson: Path, kind: str) -> list[str]:
    """The source of all cells of a kind."""
    return [cell.source for cell in committed(lesson).cells if cell.cell_type == kind]


def test_there_are_lessons() -> None:
    assert [path.stem for path in LESSONS] == sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
    assert len(LESSONS) >= 3
    listed = (ROOT / "notebooks" / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\((\w+)\.ipynb\)", listed) == [path.stem for path in LESSONS]


@every_lesson
def test_the_pair_agrees(lesson: Path) -> None:
    notebook = lesson.with_suffix(".ipynb").read_text(encoding="utf-8")
    assert PAIR["written"](lesson) == notebook, "run: python docs/pair.py"


@every_lesson
def test_no_outputs_are_kept(lesson: Path) -> None:
    code = [cell for cell in committed(lesson).cells if cell.cell_type == "code"]
    assert [cell.outputs for cell in code] == [[]] * len(code)
    assert {cell.execution_count for cell in code} == {None}


@every_lesson
def test_house_rules(lesson: Path) -> None:
    words, code = text_of(lesson, "markdown"), text_of(lesson, "code")
    opening, everything = words[0], "\n".join(words)
    assert re.match(r"# \d+\. \w", opening)
    assert len(re.findall(r"^\d\. ", opening, flags=re.MULTILINE)) == 3, "three learning goals"
    minutes = re.search(r"\*\*Time\*\* (\d+) minutes", opening)
    assert minutes
    assert int(minutes[1]) <= 25
    assert "**Before you start**" in opening
    assert "illustrations, not forecasts" in opening
    assert any(".figure" in cell.source for cell in committed(lesson).cells[:3]), "a figure within three cells"
    assert everything.count("**Predict, then run.**") >= 4
    assert sum("# change me" in cell for cell in code) == 1
    assert len(re.findall(r"^\*\*\d\. ", everything, flags=re.MULTILINE)) in (3, 4), "exercises"
    assert words[-1].startswith("## What the model leaves out")
    assert "http" not in everything + "\n".join(code)


@every_lesson
def test_solutions_are_collapsed_tagged_and_proven(lesson: Path) -> None:
    tagged = [cell for cell in committed(lesson).cells if "solution" in cell.metadata.get("tags", [])]
    exercises = re.findall(r"^\*\*\d\. ", "\n".join(text_of(lesson, "markdown")), flags=re.MULTILINE)
    assert len(tagged) == len(exercises)
    for cell in tagged:
        assert cell.metadata["jupyter"]["source_hidden"]
        assert "\nassert " in cell.source


@pytest.mark.notebook
@pytest.mark.parametrize("widgets", [False, True], ids=["plain", "widgets"])
@every_lesson
def test_it_runs(lesson: Path, widgets: bool) -> None:
    if widgets and importlib.util.find_spec("ipywidgets") is None:
        pytest.skip("ipywidgets is not installed")
    from nbclient import NotebookClient

    notebook = committed(lesson)
    if not widgets:
        notebook.cells.insert(0, nbformat.v4.new_code_cell(WITHOUT_WIDGETS))
    start = time.monotonic()
    NotebookClient(notebook, timeout=LONGEST, resources={"metadata": {"path": str(lesson.parent)}}).execute()
    assert time.monotonic() - start < LONGEST
    check_outputs(notebook, widgets)


def check_outputs(notebook: nbformat.NotebookNode, widgets: bool) -> None:
    """Nothing was complained about, and every cell that ends with a figure shows a picture."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [out for cell in code for out in cell.outputs if out.output_type == "stream" and out.name != "stdout"] == []
    silent = [cell.source for cell in code if draws(cell.source, widgets) and not pictures(cell)]
    assert silent == []
    assert sum(pictures(cell) for cell in code) >= 4


def draws(source: str, widgets: bool) -> bool:
    """Whether a cell ends with a figure, or shows one where there are no sliders."""
    return source.endswith(".figure") or (not widgets and "display(" in source)


def pictures(cell: nbformat.NotebookNode) -> int:
    """How many pictures a cell shows."""
    return sum("image/png" in out.get("data", {}) for out in cell.outputs)
