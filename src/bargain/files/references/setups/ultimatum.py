"""``model: ultimatum``: who makes the offer, to whom, and whose cost is private."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bargain.files.findings import Finding
from bargain.files.references.facts import as_map, figure, number_of
from bargain.files.references.setups.entry import Entry

__all__ = ["check_ultimatum"]

EXAMPLE = "write e.g. `win: 0.5, costs: {a: 0.1, b: {private: {shape: uniform, low: 0, high: 0.3}}}`"
WHO = "write `proposer: …` with the name of a player"
PATIENT = "write e.g. `patience: 0.9`, or leave out `rounds`"


def check_ultimatum(entry: Entry) -> Iterator[Finding]:
    """Over a pie if it has one (or ``win``, or ``costs``), else over agreements."""
    proposer, to = entry.text("proposer"), entry.text("to")
    if proposer is not None and proposer == to:
        yield entry.about("to", f"'{to}' cannot make an offer to itself", "name two players")
    elif entry.has("pie", "win", "costs"):
        yield from _pie(entry, proposer, to)
    else:
        yield from _agreements(entry, proposer, to)


def _agreements(entry: Entry, proposer: str | None, to: str | None) -> Iterator[Finding]:
    yield from entry.silent("proposer", "to")
    if not entry.facts.issues:
        yield entry.missing("an ultimatum without issues needs `win` and `costs`", EXAMPLE)
        return
    if entry.has("held"):
        yield entry.about("held", "what a player has `held` is of a pie", "write `win` and `costs`, or leave it out")
    if entry.body.get("rounds") == "unlimited":
        hint = "write `rounds: 2`, or `win` and `costs`"
        yield entry.about("rounds", "unlimited rounds are played over a pie", hint)
    others = [name for name in entry.members if name != proposer]
    hidden = [name for name in others if name in as_map(entry.tree.get("types"))]
    to = to or (hidden[0] if len(hidden) == 1 else others[0] if len(others) == 1 else None)
    left = [name for name in entry.members if name != to]
    if to is None:
        yield entry.missing("it is not said to whom the offer is made", "write `to: …` with the name of a player")
    elif proposer is None and len(left) != 1:
        yield entry.missing("it is not said who makes the offer", WHO)
    elif entry.body.get("rounds") == 2:
        yield from _waiting(entry, proposer or left[0], to)


def _waiting(entry: Entry, proposer: str, to: str) -> Iterator[Finding]:
    """Both are patient; who has types may be so in each of them."""
    types = as_map(as_map(entry.tree.get("types")).get(to)).values()
    everywhere = types and all(f"players.{to}.patience" in as_map(as_map(kind).get("set")) for kind in types)
    names = [name for name in (proposer, to) if name in entry.facts.players and not (name == to and everywhere)]
    yield from entry.patience(names, PATIENT)


def _pie(entry: Entry, proposer: str | None, to: str | None) -> Iterator[Finding]:
    costs = as_map(entry.body.get("costs"))
    for key in ("win", "costs"):
        if not entry.has(key):
            yield entry.missing(f"`{key}` is missing: an ultimatum over a pie needs it", EXAMPLE)
    if not costs:
        return
    if len(costs) != 2:
        yield entry.about("costs", f"costs of two players are needed, here are {len(costs)}", EXAMPLE)
        return
    for key, name in (("proposer", proposer), ("to", to)):
        if name in entry.facts.players and name not in costs:
            hint = "name in `costs` the proposer and the player it makes demands to"
            yield entry.about(key, f"`costs` says nothing about '{name}'", hint)
    yield from _privacy(entry, proposer, to, [name for name, cost in costs.items() if "private" in as_map(cost)])
    pie, held = number_of(entry.body.get("pie")) or 1.0, number_of(entry.body.get("held"))
    if held is not None and held > pie > 0:
        yield entry.about("held", f"{figure(held)} is more than the pie of {figure(pie)}", "write at most the pie")


def _privacy(entry: Entry, proposer: str | None, to: str | None, private: list[str]) -> Iterator[Finding]:
    """One of the costs may be private, that of the player who answers; unlimited rounds need it uniform."""
    costs = as_map(entry.body.get("costs"))
    proposer = proposer or next((name for name in costs if to in costs and name != to), None)
    proposer = proposer or next((name for name in costs if len(private) == 1 and name not in private), None)
    if len(private) == 2:
        yield entry.about("costs", "the costs of both are private", "only that of the player who answers can be")
    elif proposer is None:
        yield entry.missing("it is not said who makes the offer", WHO)
    elif proposer in private:
        hint = "only the cost of the player who answers can be"
        yield Finding((*entry.path, "costs", proposer), "the cost of the proposer is private", hint)
    elif entry.body.get("rounds") == "unlimited" and not any(_is_uniform(cost) for cost in costs.values()):
        hint = "write e.g. `{private: {shape: uniform, low: 0, high: 0.3}}`"
        yield entry.about("rounds", "unlimited rounds need a uniform private cost", hint)
    if entry.body.get("rounds") in (2, "unlimited"):
        yield from entry.patience([name for name in costs if name in entry.facts.players], PATIENT)


def _is_uniform(cost: Any) -> bool:
    return "shape" in as_map(as_map(cost).get("private"))
