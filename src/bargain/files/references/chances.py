"""Chances sum to 1; one of them may be what the others leave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bargain.files.findings import Finding
from bargain.files.marks import Path
from bargain.files.references.facts import figure, number_of
from bargain.files.references.settings import SHARES_SUM
from bargain.model.chances import REST

__all__ = ["check_chances"]


def check_chances(chances: Sequence[Any], path: Path, what: str) -> Iterator[Finding]:
    """The chances at ``path``, of ``what``; broken ones are told by form."""
    rests = chances.count(REST)
    numbers = [number_of(chance) for chance in chances if chance != REST]
    known = [number for number in numbers if number is not None]
    if not chances or len(known) < len(numbers) or any(not 0 <= number <= 1 for number in known):
        return
    total = sum(known)
    if rests > 1:
        yield Finding(path, f"{rests} {what} take the rest", "only one chance can be `rest`")
    elif total > 1 + SHARES_SUM or (not rests and total < 1 - SHARES_SUM):
        hint = "they must sum to 1" if rests or total > 1 else "they must sum to 1; one of them can be `rest`"
        yield Finding(path, f"the chances sum to {figure(total)}", hint)
