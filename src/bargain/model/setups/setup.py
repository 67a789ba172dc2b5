"""What every entry under ``protocols`` has in common."""

from __future__ import annotations

from typing import ClassVar

from bargain.model.quantity import Record

__all__ = ["Setup"]


class Setup(Record):
    """A protocol as a file sets it up: ``model`` names the protocol, the other keys are its own.

    ``names_players`` lists the keys in which players are named: as a value, in a list, or as the keys of a map;
    ``names_issues`` those in which issues are, likewise; ``names_agreements`` those that map players to agreements,
    which settle every issue.
    """

    names_players: ClassVar[tuple[str, ...]] = ()
    names_issues: ClassVar[tuple[str, ...]] = ()
    names_agreements: ClassVar[tuple[str, ...]] = ()

    model: str
    title: str | None = None
    note: str | None = None
    source: str | None = None
