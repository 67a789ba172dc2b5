"""A finding is a problem that does not yet know its line: a path, what is wrong, what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from typing import Literal

from bargain.errors import Problem
from bargain.files.marks import Mark, Path, dotted

__all__ = ["Finding", "Kind", "nearest", "to_problem", "unknown"]

Kind = Literal["value", "key", "section"]
"""A wrong value; a key that does not exist; a whole part set aside, so that nothing in it is judged."""

_FEW = 10
_MANY = 5_000
"""Names that are compared at most; the rows of a table can be a million."""


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


def nearest(word: str, known: Iterable[str], *, plural: str = "") -> str:
    """The advice for a misspelt word: the likely word, or all there are if they are few.

    >>> nearest("wieght", ["weight", "values"])
    "did you mean 'weight'?"
    >>> nearest("x", ["weight", "values"], plural="keys")
    'the keys are weight, values'
    """
    names = list(dict.fromkeys(islice(known, _MANY)))
    folded = {name.casefold(): name for name in reversed(names)}
    close = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    if close:
        return f"did you mean '{folded[close[0]]}'?"
    if not names:
        return f"there are no {plural}" if plural else ""
    return f"the {plural or 'names'} are {', '.join(names)}" if len(names) <= _FEW else ""


def unknown(path: Path, what: str, word: object, known: Iterable[str], *, kind: Kind = "value") -> Finding:
    """A name that refers to nothing; ``what`` is the kind of thing in the singular (``player``)."""
    return Finding(path, f"there is no {what} '{word}'", nearest(str(word), known, plural=f"{what}s"), kind)


def to_problem(finding: Finding, mark: Mark) -> Problem:
    """A finding with its place."""
    return Problem(mark.file, mark.line, mark.column, dotted(finding.path), finding.message, finding.hint)
