"""``model: joint_offer``: everybody who signs is in the bloc or outside, and the concept chooses an agreement."""

from __future__ import annotations

from collections.abc import Iterator

from bargain.files.findings import Finding, unknown
from bargain.files.references.facts import as_list
from bargain.files.references.setups.entry import Entry
from bargain.model.scenario import CHOOSING, CONCEPTS

__all__ = ["check_joint_offer"]


def check_joint_offer(entry: Entry) -> Iterator[Finding]:
    """The bloc, the outsider, the concept and the answer."""
    yield from entry.pairing()
    yield from entry.silent("bloc", "to")
    if not entry.facts.issues:
        yield entry.missing("there is nothing to agree on", "write `issues`, `utilities` and a `disagreement`")
    to, bloc = entry.text("to"), as_list(entry.body.get("bloc"))
    if to is not None and to in bloc:
        told = f"'{to}' is inside the bloc and outside at once"
        yield Finding((*entry.path, "bloc", bloc.index(to)), told, "leave it out of the bloc")
    left = [name for name in entry.members if bloc and name not in (*bloc, to)]
    if left:
        told = f"{', '.join(left)}: must sign, but is neither in the bloc nor outside"
        yield entry.about("bloc", told, "add it to `bloc`, or let it not sign (`signs: false`)")
    elif entry.body.get("bloc") == []:
        yield entry.about("bloc", "the bloc is empty", "name members, or leave it out: all who sign but the outsider")
    concept = entry.text("concept")
    if concept is not None and concept not in CONCEPTS:
        yield unknown((*entry.path, "concept"), "concept", concept, CHOOSING)
    elif concept is not None and concept not in CHOOSING:
        hint = f"write one of {', '.join(CHOOSING)}"
        yield entry.about("concept", f"{concept} does not choose a single agreement, as an offer has to be", hint)
    if entry.has("breakdown") and entry.body.get("counter") is not True:
        told = "`breakdown` is about a counter-demand, and there is none"
        yield entry.about("breakdown", told, "write `counter: true`")
