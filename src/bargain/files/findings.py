"""A finding is a problem that does not yet know its line: a path, what is wrong, what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bargain.errors import Problem, nearest
from bargain.files.marks import Mark, Path, dotted

__all__ = ["Finding", "Kind", "to_problem", "unknown"]

Kind = Literal["value", "key", "section"]
"""A wrong value; a key that does not exist; a whole part set aside, so that nothing in it is judged."""


@dataclass(frozen=True)
class Finding:
    """One thing wrong at a path; ``place`` is where to look for the line if not at the path itself."""

    path: Path
    message: str
    hint: str = ""
    kind: Kind = "value"
    place: Path | None = None

    @property
    def where(self) -> Path:
        """The path whose mark is the finding's line."""
        return self.path if self.place is None else self.place


def unknown(path: Path, what: str, word: object, known: Iterable[str], *, kind: Kind = "value") -> Finding:
    """A name that refers to nothing; ``what`` is the kind of thing in the singular (``player``)."""
    return Finding(path, f"there is no {what} '{word}'", nearest(str(word), known, plural=f"{what}s"), kind)


def to_problem(finding: Finding, mark: Mark) -> Problem:
    """A finding with its place."""
    return Problem(mark.file, mark.line, mark.column, dotted(finding.path), finding.message, finding.hint)
