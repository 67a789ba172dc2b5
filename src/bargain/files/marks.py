"""Where every part of a scenario stands: path -> file, line and column.

A path is a tuple of keys and indices (``("players", "ukraine", "power")``); an entry of a map stands where
its key stands. What has no mark of its own (a missing field, a default) is found at the nearest part above.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Mark", "Marks", "Path", "below", "dotted", "graft", "locate"]

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Mark:
    """A place in a file, counted from 1; ``line`` is None for what was set from outside a file."""

    file: str
    line: int | None = None
    column: int | None = None


Marks = dict[Path, Mark]


def dotted(path: Path) -> str:
    """The path as people write it.

    >>> dotted(("disagreement", "lottery", 0, "chance"))
    'disagreement.lottery.0.chance'
    """
    return ".".join(map(str, path))


def locate(marks: Mapping[Path, Mark], path: Path) -> Mark:
    """The mark of the path, or of the nearest part above it."""
    for end in range(len(path), -1, -1):
        if path[:end] in marks:
            return marks[path[:end]]
    return Mark("")


def below(marks: Mapping[Path, Mark], path: Path) -> list[Path]:
    """The marked paths at or below a path."""
    return [marked for marked in marks if marked[: len(path)] == path]


def graft(marks: Marks, path: Path, source: Mapping[Path, Mark], origin: Path) -> None:
    """Move the marks of ``source`` at or below ``origin`` to ``path``, in place."""
    for marked in below(source, origin):
        marks[path + marked[len(origin) :]] = source[marked]
