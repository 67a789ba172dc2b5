"""The tables of README.md that follow from the package: concepts from the catalogue, scenarios from the disk.

``python docs/tables.py`` writes them between their markers; a test holds that README.md is up to date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import bargain
from bargain.axioms import BASICS, Axiom, Domain, awards, axioms_over, ground_of, individual_rationality
from bargain.concepts import Concept
from bargain.concepts.ledger import Entry, keepers, ledger

ROOT = Path(__file__).resolve().parents[1]
REGIMES: tuple[Domain, ...] = ("pure", "lotteries")
OTHERS: tuple[Domain, ...] = ("items", "coalitions", "claims")


def concepts() -> str:
    """Concept, definition, axioms, source and file, in the order of the catalogue."""
    rows = (
        (f"`{concept.name}`", concept.definition, *_claims(concept), concept.source, _file_of(concept.name))
        for concept in bargain.CATALOGUE
    )
    return _table(("concept", "definition", "keeps", "breaks", "source", "file"), rows)


def axioms() -> str:
    """Axioms over agreements, what they ask, and who keeps them, in the order of the list."""
    rows = (
        (f"`{axiom.name}`", axiom.definition, *(_keepers(axiom, regime) for regime in REGIMES), axiom.source)
        for axiom in axioms_over("agreements")
    )
    return _table(("axiom", "what it asks", "kept by (pure)", "kept by (lotteries)", "source"), rows)


def dividing() -> str:
    """The other axioms: over items, over coalitions and over claims."""
    rows = (
        (domain, f"`{axiom.name}`", axiom.definition, _keepers(axiom, domain), axiom.source)
        for domain in OTHERS
        for axiom in axioms_over(ground_of(domain))
    )
    return _table(("over", "axiom", "what it asks", "kept by", "source"), rows)


def protocols() -> str:
    """Protocol, what it is, source and folder, in the order of ``bargain list protocols``."""
    rows = (
        (f"`{protocol.name}`", protocol.definition, protocol.source, _folder_of(protocol.name))
        for protocol in bargain.PROTOCOLS
    )
    return _table(("model", "what it is", "source", "folder"), rows)


PLAY = {
    "scenario": "title of the file",
    "protocol": "name of the set-up, or of the model played as it comes",
    "model": "one of the models above",
    "solution_concept": "what kind of equilibrium it is, or that it is a simulation",
    "players": "names of those who play, in order",
    "rules": "the numbers that were played with",
    "status": "`agreement`, `no_agreement`, `uncertain` or `not_applicable` (then `reason`)",
    "chance_of_agreement": "that of any, over types and draws",
    "agreement": "issue to setting: the one reached, or the likeliest; null if there is none, or only numbers",
    "payoffs": "expected, discounted to the start, by player",
    "disagreement": "what no deal pays, by player",
    "path": "the moves: `round`, `player`, `action`, `payoffs`, `agreement`, `chance`, `note`",
    "strategies": "by player: `when`, `does`, and the `numbers` that say it exactly",
    "beliefs": "`about` whom, `when`, the `chances` of the types, `on_path`",
    "measures": "numbers by name, of all or by player; `expect` may ask for them",
    "tables": "rows by name, from which figures are drawn",
    "certificate": (
        "`largest_gain` from one deviation, as a share of what is at stake for whoever deviates; `tolerance`, "
        "`deviations` tried, and what else can be checked"
    ),
    "remarks": "conventions, and what is not claimed",
}
"""Key of the JSON of ``bargain play`` -> what stands there; a test holds it equal to what is printed."""


def play() -> str:
    """The JSON contract of ``bargain play``."""
    return _table(("key", "what it holds"), ((f"`{key}`", told) for key, told in PLAY.items()))


def scenarios() -> str:
    """Scenario, title and question, in the order of ``bargain list``."""
    rows = []
    for path in sorted((ROOT / "scenarios").rglob("*.yaml"), key=_rank):
        scenario = bargain.read(path)
        place = path.relative_to(ROOT)
        name = place.relative_to("scenarios").with_suffix("")
        rows.append((f"[{name.as_posix()}]({place.as_posix()})", scenario.title, scenario.question or ""))
    return _table(("scenario", "title", "question"), rows)


TABLES: Mapping[str, Callable[[], str]] = {
    "concepts": concepts,
    "axioms": axioms,
    "dividing": dividing,
    "protocols": protocols,
    "play": play,
    "scenarios": scenarios,
}
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
    kept, broken = _among_agreements(concept)
    domains = [domain for domain in OTHERS if concept.claims.of(domain) is not None]
    for domain in domains:
        where = f"of {domain}: " if len(domains) > 1 else ""
        for told, standing in ((kept, "kept"), (broken, "broken")):
            entries = [entry for entry in ledger(concept) if entry.domain == domain and entry.kept == standing]
            titles = [_title(entry.axiom) for entry in entries if entry.axiom not in awards.BASICS]
            if titles:
                told.append(where + ", ".join(titles))
    return "; ".join(kept) or "–", "; ".join(broken) or "–"


def _among_agreements(concept: Concept) -> tuple[list[str], list[str]]:
    kept, broken = [], []
    for axiom in axioms_over("agreements"):
        entries = [entry for entry in ledger(concept) if entry.axiom is axiom]
        if axiom in BASICS or not entries:
            continue
        places = [_place(entry) for entry in entries if entry.kept != "broken"]
        everywhere = all(entry.kept == "kept" for entry in entries)
        if places:
            kept.append(_title(axiom) if everywhere else f"{_title(axiom)} ({'; '.join(places)})")
        else:
            broken.append(_title(axiom))
    return [", ".join(kept)] if kept else [], [", ".join(broken)] if broken else []


def _title(axiom: Axiom) -> str:
    return axiom.title[0].lower() + axiom.title[1:]


def _place(entry: Entry) -> str:
    return entry.domain if entry.kept == "kept" else f"{entry.domain}, two players"


def _keepers(axiom: Axiom, domain: Domain) -> str:
    """The concepts that keep an axiom in a domain; all that are judged there are told in a word."""
    kept = keepers(axiom, domain)
    if kept == _everybody(domain):
        return "all"
    return ", ".join(f"`{name}`" + " (two players)" * (how == "kept by two") for name, how in kept.items()) or "none"


def _everybody(domain: Domain) -> dict[str, str] | None:
    """All concepts that are judged in a domain, if there are several."""
    if domain in REGIMES:
        return keepers(individual_rationality, domain)
    judged = {concept.name: "kept" for concept in bargain.CATALOGUE if concept.claims.of(domain) is not None}
    return judged if len(judged) > 1 else None


def _file_of(name: str) -> str:
    place = f"src/bargain/concepts/{name}.py"
    return f"[{name}.py]({place})"


def _folder_of(name: str) -> str:
    return f"[{name}/](src/bargain/protocols/{name}/)"


def _rank(path: Path) -> tuple[int, str]:
    name = path.relative_to(ROOT).as_posix()
    return name.count("/"), name


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [head, ("---" for _ in head), *rows]
    return "".join("| " + " | ".join(" ".join(cell.split()) for cell in line) + " |\n" for line in lines)


if __name__ == "__main__":
    page = ROOT / "README.md"
    page.write_text(written(page.read_text(encoding="utf-8")), encoding="utf-8")
