"""``model: double_auction``: who buys, who sells, and distributions of one kind."""

from __future__ import annotations

from collections.abc import Iterator

from bargain.files.findings import Finding
from bargain.files.references.facts import as_map
from bargain.files.references.setups.entry import Entry

__all__ = ["check_double_auction"]

FORM = "write {private: {shape: uniform, low: 0, high: 1}} or {private: {values: [1, 5]}}"
ONLY = {
    "profit_weight": ("shape", "`profit_weight` is about a mechanism for few types"),
    "price_weight": ("values", "`price_weight` is about bids of uniform types"),
}
"""A key -> the kind of distribution beside which it means nothing, and what to say."""


def check_double_auction(entry: Entry) -> Iterator[Finding]:
    """Two different players, and what is known about both."""
    buyer, seller = entry.text("buyer"), entry.text("seller")
    if buyer is not None and buyer == seller:
        yield entry.about("seller", f"'{buyer}' cannot buy from itself", "name two players")
    elif not (entry.has("buyer") and entry.has("seller")) and len(entry.facts.players) != 2:
        yield entry.missing("it is not said who buys and who sells", "write `buyer` and `seller`")
    kinds = set()
    for key in ("values", "costs"):
        private = as_map(as_map(entry.body.get(key)).get("private"))
        if not entry.has(key):
            yield entry.missing(f"`{key}` is missing", FORM)
        elif "values" in private or "shape" in private:
            kinds.add("values" if "values" in private else "shape")
    if len(kinds) == 2:
        told = "`values` and `costs` must both be uniform, or both a list of values"
        yield entry.about("costs", told, FORM)
    for key, (kind, told) in ONLY.items():
        if entry.has(key) and kinds == {kind}:
            yield entry.about(key, told, "leave it out")
