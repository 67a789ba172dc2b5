"""The tables of README.md that follow from the package: concepts from the catalogue, scenarios from the disk.

``python docs/tables.py`` writes them between their markers; a test holds that README.md is up to date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import bargain
from bargain.axioms import AXIOMS, BASICS, Axiom, individual_rationality
from bargain.concepts import Concept
from bargain.concepts.ledger import REGIMES, Entry, keepers, ledger
from bargain.model.results import Regime

ROOT = Path(__file__).resolve().parents[1]


def concepts() -> str:
    """Concept, definition, axioms, source and file, in the order of the catalogue."""
    rows = (
        (f"`{concept.name}`", concept.definition, *_claims(concept), concept.source, _file_of(concept.name))
        for concept in bargain.CATALOGUE
    )
    return _table(("concept", "definition", "keeps", "breaks", "source", "file"), rows)


def axioms() -> str:
    """Axiom, what it asks, and who keeps it, in the order of the list."""
    rows = (
        (f"`{axiom.name}`", axiom.definition, *(_keepers(axiom, regime) for regime in REGIMES), axiom.source)
        for axiom in AXIOMS
    )
    return _table(("axiom", "what it asks", "kept by (pure)", "kept by (lotteries)", "source"), rows)


def scenarios() -> str:
    """Scenario, title and question, in the order of ``bargain list``."""
    rows = []
    for path in sorted((ROOT / "scenarios").rglob("*.yaml"), key=_rank):
        scenario = bargain.read(path)
        place = path.relative_to(ROOT)
        name = place.relative_to("scenarios").with_suffix("")
        rows.append((f"[{name.as_posix()}]({place.as_posix()})", scenario.title, scenario.question or ""))
    return _table(("scenario", "title", "question"), rows)


TABLES: Mapping[str, Callable[[], str]] = {"concepts": concepts, "axioms": axioms, "scenarios": scenarios}
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


def _claims(concept: Concept) -> tuple[str, str]:
    """The axioms that a concept keeps (where, if not everywhere) and those that it breaks, besides what all keep."""
    kept, broken = [], []
    for axiom in AXIOMS:
        entries = [entry for entry in ledger(concept) if entry.axiom is axiom]
        if axiom in BASICS or not entries:
            continue
        title = axiom.title[0].lower() + axiom.title[1:]
        places = [_place(entry) for entry in entries if entry.kept != "broken"]
        everywhere = all(entry.kept == "kept" for entry in entries)
        if places:
            kept.append(title if everywhere else f"{title} ({'; '.join(places)})")
        else:
            broken.append(title)
    return ", ".join(kept) or "–", ", ".join(broken) or "–"


def _place(entry: Entry) -> str:
    return entry.regime if entry.kept == "kept" else f"{entry.regime}, two players"


def _keepers(axiom: Axiom, regime: Regime) -> str:
    """The concepts that keep an axiom in a regime; all that are defined there are told in a word."""
    kept = keepers(axiom, regime)
    if kept == keepers(individual_rationality, regime):
        return "all"
    return ", ".join(f"`{name}`" + " (two players)" * (how == "kept by two") for name, how in kept.items()) or "none"


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
