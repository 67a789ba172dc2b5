"""``model: attrition``: keys of one game and not of another, and a number for each of two players."""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum

from bargain.files.findings import Finding
from bargain.files.references.facts import as_list, as_map, figure, number_of
from bargain.files.references.setups.entry import Entry

__all__ = ["check_attrition"]

FORMS = (
    "write `prizes` and `costs`, or `demands` and `stubborn` (`insists` can stand for prizes or demands), or `types`"
)
OF_WARS = ("prizes", "costs", "at_once", "deadline", "settlement")
OF_REPUTATION = ("demands", "stubborn", "rates", "types", "first")
STAKES = ("insists", "prizes", "types", "demands")
"""Maps that say who plays, and for what; there is one of them."""


def check_attrition(entry: Entry) -> Iterator[Finding]:
    """Which game it is, who plays, and what is missing."""
    wars, names = ([key for key in keys if entry.has(key)] for keys in (OF_WARS, OF_REPUTATION))
    stakes = [key for key in STAKES if entry.has(key)]
    if not wars and not names:
        yield entry.missing("attrition needs numbers", FORMS)
    elif wars and names:
        yield entry.about(names[0], f"`{names[0]}` and `{wars[0]}` are about different games", FORMS)
    elif len(stakes) > 1:
        told = f"`{stakes[1]}` says again what `{stakes[0]}` does"
        yield entry.about(stakes[1], told, "leave one of the two out")
    elif not stakes:
        yield entry.missing(f"`{'prizes' if wars else 'demands'}` is missing", FORMS)
    else:
        yield from _two(entry, stakes[0])
    if entry.has("first") and not entry.has("types") and not wars:
        yield entry.about("first", "`first` is about who asks first", "write `types`, or leave it out")
    if entry.has("types") and entry.has("stubborn"):
        yield entry.about("stubborn", "`types` says what `stubborn` would", "leave one of the two out")


def _two(entry: Entry, key: str) -> Iterator[Finding]:
    """Two players, and each number for both."""
    named = [name for name in entry.facts.players if name in as_map(entry.body.get(key))]
    if len(named) != 2:
        told = f"`{key}` names {'1 player' if len(named) == 1 else f'{len(named)} players'}, and attrition is for two"
        yield entry.about(key, told, f"name two players in `{key}`")
        return
    needed = {"prizes": ("costs",), "demands": ("stubborn",), "types": ()}.get(key, ())
    if key == "insists":
        needed = ("stubborn",) if entry.has(*OF_REPUTATION) else ("costs",)
    yield from _numbers(entry, named, needed)
    if entry.has(*OF_REPUTATION):
        yield from _rates(entry, named)
    yield from _types(entry)
    yield from _endings(entry, named)


def _numbers(entry: Entry, named: list[str], needed: tuple[str, ...]) -> Iterator[Finding]:
    for key in ("prizes", "costs", "at_once", "settlement", "demands", "stubborn", "rates"):
        node = as_map(entry.body.get(key))
        for stranger in [
            name for name in node if name not in named and (name in entry.facts.players or name == "others")
        ]:
            told = f"'{stranger}' does not play"
            yield Finding((*entry.path, key, stranger), told, f"name {named[0]} and {named[1]}")
        left = [name for name in named if name not in node]
        if key in needed and not entry.has(key):
            hint = f"write `{key}: {{{named[0]}: …, {named[1]}: …}}`"
            yield entry.missing(f"`{key}` is missing for {' and '.join(named)}", hint)
        elif node and left and key not in ("at_once", "settlement"):
            yield entry.about(key, f"`{key}` is missing for {' and '.join(left)}", f"write `{left[0]}: …`")
    first = entry.text("first")
    if first in entry.facts.players and first not in named:
        yield entry.about("first", f"'{first}' does not play", f"name {named[0]} or {named[1]}")


def _rates(entry: Entry, named: list[str]) -> Iterator[Finding]:
    """Without rates, a patience that is one: neither perfect nor none."""
    if entry.has("rates"):
        return
    without = [name for name in named if not entry.is_patient(name)]
    yield from entry.patience(without, "write e.g. `patience: 0.9`, or `rates` in the protocol")
    for name in named:
        factor = number_of(as_map(entry.facts.players.get(name)).get("patience"))
        if factor in (0.0, 1.0):
            told = f"a patience of {figure(factor)} is no rate of discounting, and `{entry.path[-1]}` needs one"
            hint = "write a number above 0 and below 1, or `rates` in the protocol"
            yield Finding(("players", name, "patience"), told, hint)


def _types(entry: Entry) -> Iterator[Finding]:
    """Stubborn types ask for different shares, and leave room for a rational type."""
    for player, kinds in as_map(entry.body.get("types")).items():
        path = (*entry.path, "types", player)
        asked = [number_of(as_map(kind).get("demand")) for kind in as_list(kinds)]
        chances = [number_of(as_map(kind).get("chance")) for kind in as_list(kinds)]
        if None not in asked and len(set(asked)) < len(asked):
            yield Finding(path, "two stubborn types ask for the same share", "write one, with both chances")
        known = [chance for chance in chances if chance is not None and 0 < chance < 1]
        if known and len(known) == len(chances) and fsum(known) >= 1:
            told = f"the chances sum to {figure(fsum(known))} and leave none for a rational player"
            yield Finding(path, told, "write smaller chances")


def _endings(entry: Entry, named: list[str]) -> Iterator[Finding]:
    """At most one gives in at once; a settlement needs a deadline, and is no more than the prize."""
    at_once, settlement = (as_map(entry.body.get(key)) for key in ("at_once", "settlement"))
    if all((number_of(at_once.get(name)) or 0) > 0 for name in named):
        told = "both give in at once with a positive chance"
        yield entry.about("at_once", told, "at most one may: leave the other out, or write 0")
    prizes = as_map(entry.body.get("prizes"))
    for name in named:
        part, prize = number_of(settlement.get(name)), number_of(prizes.get(name))
        if part is not None and prize is not None and part > prize:
            told = f"{figure(part)} is more than the prize of {figure(prize)}"
            yield Finding((*entry.path, "settlement", name), told, "write a number from 0 to the prize")
    if any(number_of(part) for part in settlement.values()) and not entry.has("deadline"):
        yield entry.about(
            "settlement", "without a deadline there is no settlement", "write `deadline`, or leave it out"
        )
