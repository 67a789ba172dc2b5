"""``extends: base.yaml``: a file that holds only its differences.

Maps merge, lists and numbers replace, ``null`` removes. Every part keeps the mark of the file it came from.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bargain.errors import Problem, ScenarioError, nearest
from bargain.files.marks import Marks, Path as TreePath, below, graft, locate
from bargain.files.text import read_text
from bargain.files.yaml import Document, parse_yaml

__all__ = ["complete", "load", "merge"]

LONGEST_CHAIN = 10


def load(file: Path, label: str) -> Document:
    """Read a file and, if it extends another, complete it."""
    return complete(parse_yaml(read_text(file, label), label), file.parent, (file.resolve(),))


def complete(document: Document, folder: Path, chain: tuple[Path, ...] = ()) -> Document:
    """The document with its base underneath; ``folder`` is where its ``extends`` starts from."""
    if not isinstance(document.data, dict) or "extends" not in document.data:
        return document
    own = {key: value for key, value in document.data.items() if key != "extends"}
    name = document.data["extends"]
    if name is None:
        return Document(own, document.marks, document.problems)
    base = _base(document, name, folder, chain)
    marks = dict(base.marks)
    data = merge(base.data, own, marks, document.marks, (), ())
    marks[()] = locate(document.marks, ())
    marks[("extends",)] = locate(document.marks, ("extends",))
    return Document(data, marks, [*base.problems, *document.problems])


def merge(old: Any, new: Any, marks: Marks, new_marks: Marks, path: TreePath, origin: TreePath) -> Any:
    """``new`` over ``old``, neither changed; ``marks`` follow, those of ``new`` stand below ``origin``."""
    if not (isinstance(old, dict) and isinstance(new, dict)):
        for stale in below(marks, path):
            del marks[stale]
        graft(marks, path, new_marks, origin)
        return without_nulls(new)
    merged = dict(old)
    for key, value in new.items():
        if value is None:
            merged.pop(key, None)
            marks[(*path, key)] = locate(new_marks, (*origin, key))
        else:
            merged[key] = merge(merged.get(key), value, marks, new_marks, (*path, key), (*origin, key))
    return merged


def without_nulls(new: Any) -> Any:
    """A map laid over nothing: its nulls remove nothing and say nothing."""
    if not isinstance(new, dict):
        return new
    return {key: without_nulls(value) for key, value in new.items() if value is not None}


def _base(document: Document, name: Any, folder: Path, chain: tuple[Path, ...]) -> Document:
    if not isinstance(name, str):
        raise _refusal(document, "names one file", "write e.g. `extends: base.yaml`")
    try:
        file = folder / name
        known = file.resolve()
        exists = file.exists()
    except (OSError, ValueError) as error:
        raise _refusal(document, "is not the name of a file") from error
    if known in chain:
        raise _refusal(document, f"'{name}' extends this file in turn", "a file cannot be its own base")
    if len(chain) >= LONGEST_CHAIN:
        raise _refusal(document, f"more than {LONGEST_CHAIN} files extend one another")
    if not exists:
        neighbours = [entry.name for entry in folder.glob("*.y*ml")] if folder.is_dir() else []
        raise _refusal(
            document, f"there is no file '{name}' beside this one", nearest(name, neighbours, plural="files")
        )
    try:
        base = complete(parse_yaml(read_text(file, str(file)), str(file)), file.parent, (*chain, known))
    except ScenarioError as error:
        raise ScenarioError([*error.problems, *document.problems]) from error
    if not isinstance(base.data, dict):
        raise _refusal(document, f"'{name}' holds no scenario")
    return base


def _refusal(document: Document, message: str, hint: str = "") -> ScenarioError:
    mark = locate(document.marks, ("extends",))
    problem = Problem(mark.file, mark.line, mark.column, "extends", message, hint)
    return ScenarioError([*document.problems, problem])
