"""``model: alternating_offers``: what is divided, who proposes when, and what makes them hurry."""

from __future__ import annotations

from collections.abc import Iterator

from bargain.files.findings import Finding
from bargain.files.references.facts import as_list, as_map, figure, number_of
from bargain.files.references.setups.entry import Entry

__all__ = ["check_alternating_offers"]

OF_PLAYERS = ("first", "order", "recognition", "costs", "broken", "outside", "inside", "exponents")
WAYS = "write `patience: 0.9`, or let something else make them hurry: "


def check_alternating_offers(entry: Entry) -> Iterator[Finding]:
    """Turns, what they are about, and patience."""
    yield from entry.pairing()
    yield from entry.silent(*OF_PLAYERS)
    yield from _subject(entry)
    yield from _turns(entry)
    hurry = ("horizon",) if entry.has("agenda") else ("costs", "breakdown", "horizon")
    ways = [f"`{key}`" for key in hurry if key != "costs" or _in_turn(entry)]
    instead = "" if entry.has(*hurry) else WAYS + " or ".join(filter(None, [", ".join(ways[:-1]), ways[-1]]))
    if len(entry.members) > 1:
        yield from entry.patience(entry.members, instead)


def _in_turn(entry: Entry) -> bool:
    """Whether two take turns."""
    return len(entry.members) == 2 and entry.text("proposer") != "random"


def _subject(entry: Entry) -> Iterator[Finding]:
    """A pie, or agreements; an agenda has all issues."""
    if not entry.has("pie") and not entry.facts.issues:
        yield entry.missing("there is nothing to divide", "write `pie: 1`, or issues with utilities and a disagreement")
    if entry.has("exponents") and not entry.has("pie"):
        yield entry.about("exponents", "exponents are of the shares of a pie", "write `pie: 1` beside them")
    if entry.has("exponents") and not _in_turn(entry):
        for name, node in as_map(entry.body.get("exponents")).items():
            number = number_of(node)
            if number is not None and number > 1:
                told = f"{figure(number)} is above 1, and only two who take turns can like risk"
                yield Finding((*entry.path, "exponents", name), told, "write an exponent above 0 and at most 1")
    left = entry.first_without(list(entry.facts.issues), "agenda") if entry.has("agenda") else []
    if left:
        yield entry.about("agenda", f"the agenda leaves out {', '.join(left)}", "name every issue once, in order")


def _turns(entry: Entry) -> Iterator[Finding]:
    """Either drawn, or in an order that names everybody."""
    order, first = as_list(entry.body.get("order")), entry.text("first")
    if entry.text("proposer") == "random":
        for key in ("first", "order"):
            if entry.has(key):
                hint = f"leave out `{key}` or `proposer`"
                yield entry.about(key, f"a proposer drawn at random follows no `{key}`", hint)
        yield from entry.full("recognition")
        yield from entry.summing("recognition")
        return
    if entry.has("recognition"):
        hint = "write `proposer: random` beside it, or leave it out"
        yield entry.about("recognition", "`recognition` is for a proposer drawn at random", hint)
    left = entry.first_without(entry.members, "order") if order else []
    if left:
        yield entry.about("order", f"the order leaves out {', '.join(left)}", "name every player once, in turn")
    if order and first != order[0] and first in entry.facts.players and order[0] in entry.members:
        hint = f"leave out `first`, or let `order` begin with {first}"
        yield entry.about("first", f"`order` says that {order[0]} is first", hint)
