"""`bargain list`: what there is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bargain.cli.asked import Asked, every_command

if TYPE_CHECKING:
    from bargain.axioms import Axiom
    from bargain.concepts import Concept
    from bargain.protocols import Protocol
    from bargain.show.layout import Page

__all__ = ["command"]

PLACES = {
    "pure": "signing one agreement",
    "lotteries": "drawing lots",
    "items": "handing out items",
    "coalitions": "dividing what coalitions are worth",
    "claims": "dividing an estate among claims",
}
"""Domain -> what is done there."""
KINDS = ("scenarios", "concepts", "axioms", "protocols")


@click.command("list")
@click.argument("kind", type=click.Choice(KINDS), required=False)
@every_command
def command(asked: Asked, *, kind: str | None) -> None:
    """List shipped scenarios, concepts, axioms and protocols, or one of the four."""
    kinds = [kind] if kind else list(KINDS)
    known = FULLER if asked.verbose or asked.as_json else ENTRIES
    entries = {name: known[name]() for name in kinds}
    asked.answer(lambda: entries, lambda width: _page(asked, entries, width))


def _scenarios() -> list[dict[str, Any]]:
    from bargain.files.library import shipped

    return [{"name": name, "title": _title(path), "path": str(path)} for name, path in shipped().items()]


def _title(path: Path) -> str:
    """The title of a scenario, without reading (and judging) all of the file."""
    found = re.search(r"^title:[ ]*(.+?)[ ]*$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return found.group(1).strip("'\"") if found else ""


def _concepts() -> list[dict[str, Any]]:
    from bargain.concepts import CATALOGUE

    return [_told(concept) for concept in CATALOGUE]


def _concepts_and_claims() -> list[dict[str, Any]]:
    from bargain.concepts import CATALOGUE
    from bargain.concepts.ledger import ledger

    return [{**_told(concept), "claims": [entry.to_dict() for entry in ledger(concept)]} for concept in CATALOGUE]


def _axioms() -> list[dict[str, Any]]:
    from bargain.axioms import AXIOMS

    return [{**_told(axiom), "over": axiom.over} for axiom in AXIOMS]


def _axioms_and_keepers() -> list[dict[str, Any]]:
    from bargain.axioms import AXIOMS, DOMAINS, ground_of
    from bargain.concepts.ledger import keepers

    def kept_by(axiom: Axiom) -> dict[str, Any]:
        return {domain: keepers(axiom, domain) for domain in DOMAINS if ground_of(domain) == axiom.over}

    return [{**_told(axiom), "over": axiom.over, "kept_by": kept_by(axiom)} for axiom in AXIOMS]


def _told(entry: Concept | Axiom | Protocol) -> dict[str, Any]:
    return {key: getattr(entry, key) for key in ("name", "title", "definition", "source")}


def _protocols() -> list[dict[str, Any]]:
    from bargain.protocols import PROTOCOLS

    return [_told(protocol) for protocol in PROTOCOLS]


ENTRIES = {"scenarios": _scenarios, "concepts": _concepts, "axioms": _axioms, "protocols": _protocols}
FULLER = {**ENTRIES, "concepts": _concepts_and_claims, "axioms": _axioms_and_keepers}
"""What takes a moment, because witnesses are put before concepts."""


def _page(asked: Asked, entries: dict[str, list[dict[str, Any]]], width: int) -> Page:
    from bargain.show.layout import Line, apart, definitions

    sections: list[Page] = []
    for kind, rows in entries.items():
        for heading, group in _grouped(kind, rows):
            told = [line for row in group for line in _lines(row, verbose=asked.verbose)]
            lines = definitions(told, width) if told else [Line("  none supported yet")]
            sections.append([Line(heading, "heading"), *lines])
    return apart(sections)


def _grouped(kind: str, rows: list[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A heading and what stands under it; axioms by what they are about."""
    grounds = dict.fromkeys(row.get("over") for row in rows) or {None: None}
    for ground in grounds:
        heading = kind.capitalize() + (f" over {ground}" if ground else "")
        yield heading, [row for row in rows if row.get("over") == ground]


def _lines(row: dict[str, Any], *, verbose: bool) -> list[tuple[str, str]]:
    """A name and its title; with more below when asked for."""
    more = [key for key in ("definition", "source", "path") if verbose and row.get(key)]
    told = [(row["name"], row["title"]), *(("", f"{key.capitalize()}: {row[key]}.") for key in more)]
    told += [("", line) for line in _claims(row.get("claims", ())) if verbose]
    return told + [("", line) for line in _kept_by(row.get("kept_by", {})) if verbose]


def _kept_by(keepers: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Who keeps an axiom, one line per domain."""
    for domain, where in PLACES.items():
        if domain in keepers:
            kept = [name + " (two players)" * (how == "kept by two") for name, how in keepers[domain].items()]
            yield f"Kept, {where}, by {', '.join(kept) or 'none of the concepts'}."


def _claims(claims: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """What a concept keeps in one line per domain, what it breaks in one line per axiom, with the witness."""
    from bargain.axioms import AXIOMS

    titles = {(axiom.over, axiom.name): axiom.title for axiom in AXIOMS}
    for domain, where in PLACES.items():
        here = [claim for claim in claims if domain in (claim.get("regime"), claim.get("over"))]
        title_of = {claim["axiom"]: titles[claim.get("over", "agreements"), claim["axiom"]] for claim in here}
        titles_kept = [title_of[claim["axiom"]] for claim in here if claim["claim"] == "kept"]
        kept = [title[0].lower() + title[1:] for title in titles_kept]
        if here:
            yield f"Keeps, {where}: {', '.join(kept)}."
        for claim in here:
            if "witness" in claim:
                but = "only by two players" if claim["claim"] == "kept by two" else "not"
                yield f"{title_of[claim['axiom']]} {but}: {claim['witness']['words']}."
