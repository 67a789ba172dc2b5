"""``model: concession``: who signs makes offers; Zeuthen's rule is for two."""

from __future__ import annotations

from collections.abc import Iterator

from bargain.files.findings import Finding
from bargain.files.references.facts import as_list, as_map
from bargain.files.references.setups.entry import Entry

__all__ = ["check_concession"]


def check_concession(entry: Entry) -> Iterator[Finding]:
    """Strategies of those who sign."""
    yield from entry.pairing()
    yield from entry.silent("strategies", "order")
    if not entry.facts.issues:
        yield entry.missing("a dance of offers needs agreements to offer", "add issues, utilities and disagreement")
    if len(entry.members) > 2:
        for key, nodes in (
            ("strategies", as_map(entry.body.get("strategies")).items()),
            ("tournament", enumerate(as_list(entry.body.get("tournament")))),
        ):
            for step, how in nodes:
                if how == "zeuthen" or as_map(how).get("play") == "zeuthen":
                    told = f"Zeuthen's rule is for two, not {len(entry.members)}"
                    yield Finding((*entry.path, key, step), told, "write another strategy, such as `linear`")
