"""What the keys of a protocol's set-up ask of each other and of the players: one check per model."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from bargain.files.findings import Finding
from bargain.files.references.setups.entry import Entry

__all__ = ["Entry", "check_setup"]


def check_setup(model: str, entry: Entry) -> Iterator[Finding]:
    """What is wrong with an entry of this model; parts that are broken in form are passed over.

    The check is ``check_<model>`` in the module of the model's name, entered only by files that have such an entry.
    """
    found: Iterator[Finding] = getattr(import_module(f"{__name__}.{model}"), f"check_{model}")(entry)
    yield from found
