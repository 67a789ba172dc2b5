"""One entry under ``protocols`` as a plain map, and the questions that several models ask of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any

from bargain.files.findings import Finding
from bargain.files.marks import Path
from bargain.files.references.facts import Facts, as_list, as_map, figure, number_of
from bargain.files.references.settings import SHARES_SUM

__all__ = ["OTHERS", "Entry"]

OTHERS = "others"
"""The key of a map that speaks for whoever is not named."""


@dataclass(frozen=True)
class Entry:
    """An entry: its ``body``, the ``path`` it stands at, the whole ``tree`` and its ``facts``."""

    body: Mapping[str, Any]
    path: Path
    tree: Mapping[str, Any]
    facts: Facts

    @property
    def members(self) -> Sequence[str]:
        """Who signs, in file order."""
        return self.facts.signatories

    def has(self, *keys: str) -> bool:
        """Whether any of the keys is given."""
        return any(self.body.get(key) is not None for key in keys)

    def text(self, key: str) -> str | None:
        """A word, if it is one."""
        word = self.body.get(key)
        return word if isinstance(word, str) else None

    def about(self, key: str, message: str, hint: str = "") -> Finding:
        """A finding at one of the keys."""
        return Finding((*self.path, key), message, hint)

    def missing(self, message: str, hint: str = "") -> Finding:
        """A finding about the entry as a whole."""
        return Finding(self.path, message, hint)

    def names(self, key: str) -> list[tuple[Path, str]]:
        """The players that are named under a key, with the place of each; names of nobody are told elsewhere."""
        node, path = self.body.get(key), (*self.path, key)
        found: list[tuple[Path, Any]] = [(path, node)]
        if isinstance(node, list):
            found = [((*path, index), name) for index, name in enumerate(node)]
        elif isinstance(node, dict):
            found = [((*path, name), name) for name in node]
        return [(place, name) for place, name in found if isinstance(name, str) and name in self.facts.players]

    def given(self, key: str) -> dict[str, float | None]:
        """The number of each member in a map, ``others`` filled in; None where there is none."""
        node = as_map(self.body.get(key))
        return {name: number_of(node.get(name, node.get(OTHERS))) for name in self.members}

    def silent(self, *keys: str) -> Iterator[Finding]:
        """Players that are named and do not sign."""
        for key in keys:
            for path, name in self.names(key):
                if name not in self.members:
                    hint = "name players who sign, or write `signs: true` for this one"
                    yield Finding(path, f"'{name}' does not sign, so takes no part", hint)

    def full(self, *keys: str) -> Iterator[Finding]:
        """Maps that forget a member."""
        for key in keys:
            node = as_map(self.body.get(key))
            left = [name for name in self.members if name not in node and OTHERS not in node]
            if node and left:
                yield self.about(key, f"nothing for {', '.join(left)}", f"name every player, or write `{OTHERS}: 0`")

    def summing(self, key: str) -> Iterator[Finding]:
        """A map of chances, one for each member, that do not sum to 1."""
        chances = [chance for chance in self.given(key).values() if chance is not None and 0 <= chance <= 1]
        if len(chances) == len(self.members) and abs(fsum(chances) - 1) > SHARES_SUM:
            yield self.about(key, f"the chances sum to {figure(fsum(chances))}", "they must sum to 1")

    def pairing(self) -> Iterator[Finding]:
        """Fewer than two who sign."""
        if len(self.members) < 2:
            hint = "add a player under `players`, or let another one sign"
            yield self.missing(f"it takes two who sign, and here {'is one' if self.members else 'is nobody'}", hint)

    def patience(self, names: Sequence[str], instead: str = "") -> Iterator[Finding]:
        """Players without patience where others have one, or where nothing else makes them hurry (``instead``)."""
        known = [name for name in names if self.is_patient(name)]
        if not instead and not known:
            return
        for name in names:
            if name not in known:
                hint = "write it for all who take part, or for nobody" if known and not instead else instead
                yield Finding(("players", name), f"`patience` is missing, and `{self.path[-1]}` needs it", hint)

    def is_patient(self, name: str) -> bool:
        """Whether the file has a discount factor for a player."""
        return as_map(self.facts.players.get(name)).get("patience") is not None

    def first_without(self, names: Sequence[str], key: str) -> list[str]:
        """Those of ``names`` that a list leaves out."""
        return [name for name in names if name not in as_list(self.body.get(key))]
