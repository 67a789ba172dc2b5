"""``model: legislative``: what is decided, chances of recognition, votes that can reach the quota."""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum

from bargain.files.findings import Finding
from bargain.files.references.consent import SLACK
from bargain.files.references.facts import as_map, figure, number_of
from bargain.files.references.setups.entry import OTHERS, Entry

__all__ = ["check_legislative"]


def check_legislative(entry: Entry) -> Iterator[Finding]:
    """Members, what they decide on, and how."""
    yield from entry.pairing()
    yield from entry.silent("recognition", "votes", "vetoes", "status_quo")
    yield from entry.full("recognition", "votes", "status_quo")
    yield from entry.summing("recognition")
    yield from _subject(entry)
    yield from _quota(entry)
    yield from entry.patience(entry.members, "write e.g. `patience: 0.9`, or `patience: 1` if a session costs nothing")


def _subject(entry: Entry) -> Iterator[Finding]:
    """A pie, or agreements, each with its own keys."""
    if entry.has("pie"):
        if entry.has("horizon"):
            yield entry.about("horizon", "a horizon is for agreements, not for a pie", "remove `horizon` or `pie`")
        return
    if not entry.facts.issues:
        yield entry.missing("there is nothing to decide on", "write `pie: 1`, or issues to agree on")
    if entry.has("status_quo"):
        hint = "remove `status_quo`, or write `pie: 1`"
        yield entry.about("status_quo", "a status quo is for a pie; agreements have a disagreement", hint)
    if entry.text("amendments") == "open":
        yield entry.about("amendments", "the open rule is about dividing a pie", "write `pie: 1`, or `closed`")


def _quota(entry: Entry) -> Iterator[Finding]:
    """All votes together reach the quota, which may be that of ``consent``."""
    consent = as_map(entry.tree.get("consent"))
    consent = consent if consent.get("rule") == "majority" else {}
    votes = as_map(entry.body.get("votes")) or as_map(consent.get("votes"))
    numbers = [number_of(votes.get(name, votes.get(OTHERS))) if votes else 1.0 for name in entry.members]
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers) or not known or min(known) < 0:
        return
    total, quota = fsum(known), number_of(entry.body.get("quota"))
    if total == 0:
        yield entry.about("votes", "nobody has a vote", "give somebody a number above 0")
    elif quota is not None and quota > total * (1 + SLACK):
        told = f"all {figure(total)} votes together do not reach the quota of {figure(quota)}"
        yield entry.about("quota", told, "lower the quota, or check the votes")
    elif quota is None and consent.get("quota") is None and any(number % 1 for number in known) and entry.has("pie"):
        yield entry.about("votes", "with fractions of votes a simple majority is not a number", "write the `quota`")
