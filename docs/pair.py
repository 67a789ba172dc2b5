"""Pair the notebooks: every ``notebooks/*.py`` (percent format, the reviewed source) becomes an .ipynb without outputs.

``python docs/pair.py`` writes them; a test holds that the pairs agree.
"""

from __future__ import annotations

from pathlib import Path

import jupytext
import nbformat

LESSONS = Path(__file__).resolve().parents[1] / "notebooks"


def notebook_of(source: Path) -> nbformat.NotebookNode:
    """The notebook that a percent file stands for; cells are numbered, so that nothing is left to chance."""
    notebook = jupytext.read(source)
    for number, cell in enumerate(notebook.cells, start=1):
        cell["id"] = f"cell-{number:02}"
    return notebook


def written(source: Path) -> str:
    """The text of the .ipynb."""
    return nbformat.writes(notebook_of(source), version=4) + "\n"


if __name__ == "__main__":
    for lesson in sorted(LESSONS.glob("*.py")):
        lesson.with_suffix(".ipynb").write_text(written(lesson), encoding="utf-8")
