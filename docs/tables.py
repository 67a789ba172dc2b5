"""The tables of README.md that follow from the package: concepts from the catalogue, scenarios from the disk.

``python docs/tables.py`` writes them between their markers; a test holds that README.md is up to date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import bargain

ROOT = Path(__file__).resolve().parents[1]


def concepts() -> str:
    """Concept, definition, source and file, in the order of the catalogue."""
    rows = (
        (f"`{concept.name}`", concept.definition, concept.source, _file_of(concept.name))
        for concept in bargain.CATALOGUE
    )
    return _table(("concept", "definition", "source", "file"), rows)


def scenarios() -> str:
    """Scenario, title and question, in the order of ``bargain list``."""
    rows = []
    for path in sorted((ROOT / "scenarios").rglob("*.yaml"), key=_rank):
        scenario = bargain.read(path)
        place = path.relative_to(ROOT)
        name = place.relative_to("scenarios").with_suffix("")
        rows.append((f"[{name.as_posix()}]({place.as_posix()})", scenario.title, scenario.question or ""))
    return _table(("scenario", "title", "question"), rows)


TABLES: Mapping[str, Callable[[], str]] = {"concepts": concepts, "scenarios": scenarios}
"""Marker in README.md -> what stands there."""


def written(text: str) -> str:
    """A text with every table between its markers brought up to date."""
    for marker, table in TABLES.items():
        between = re.compile(rf"(<!-- {marker} -->\n).*?(<!-- /{marker} -->)", re.DOTALL)
        if not between.search(text):
            raise ValueError(f"README.md has no place for the table of {marker}")
        body = table()
        text = between.sub(lambda found, body=body: found[1] + body + found[2], text)
    return text


def _file_of(name: str) -> str:
    place = f"src/bargain/concepts/{name}.py"
    return f"[{name}.py]({place})"


def _rank(path: Path) -> tuple[int, str]:
    name = path.relative_to(ROOT).as_posix()
    return name.count("/"), name


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [head, ("---" for _ in head), *rows]
    return "".join("| " + " | ".join(" ".join(cell.split()) for cell in line) + " |\n" for line in lines)


if __name__ == "__main__":
    page = ROOT / "README.md"
    page.write_text(written(page.read_text(encoding="utf-8")), encoding="utf-8")
