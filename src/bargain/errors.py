"""Everything that can go wrong, as one tree.

::

    BargainError
    ├── ScenarioError        a file (or a value set from outside) is not a valid scenario     exit 3
    ├── UsageError           a name that does not exist: knob, variant, concept, file          exit 2
    ├── NotApplicable        a concept is not defined for this problem                        (a finding)
    ├── TooManyAgreements    the space cannot be handled exactly; says what to do              exit 4
    └── NotConverged         a numerical answer missed its tolerance                           exit 4

"No deal" is not an error: it is a `Solution` whose status is ``no_agreement``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

__all__ = [
    "BargainError",
    "NotApplicable",
    "NotConverged",
    "Problem",
    "ScenarioError",
    "TooManyAgreements",
    "UsageError",
    "nearest",
    "unknown_name",
]

MANY = 5_000
"""Names that are compared at most; the rows of a table can be a million."""
FEW = 10
"""So many names are listed where none is near."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with a scenario: where it is, what it is, what to write instead.

    ``line`` and ``column`` count from 1; both are ``None`` for a value that came from ``--set`` and not from
    a file. ``path`` is dotted (``utilities.ukraine.guarantee.weight``), empty for the file as a whole.
    """

    file: str
    line: int | None
    column: int | None
    path: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        position = "" if self.line is None else f":{self.line}:{self.column}"
        subject = f"{self.path}: " if self.path else ""
        advice = f"; {self.hint}" if self.hint else ""
        return f"{self.file}{position}  {subject}{self.message}{advice}"

    def to_dict(self) -> dict[str, object]:
        """The problem as the JSON contract of the command line has it."""
        return {name: getattr(self, name) for name in ("file", "line", "column", "path", "message", "hint")}


class BargainError(Exception):
    """The root of every error this package raises on purpose."""


class ScenarioError(BargainError):
    """A scenario is invalid; lists every problem found, in file order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UsageError(BargainError):
    """Something was asked for by a name that does not exist; carries the nearest names."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        self.message = message
        self.hint = hint
        super().__init__(f"{message}; {hint}" if hint else message)


class NotApplicable(BargainError):  # noqa: N818  (a finding that becomes a status, not a failure)
    """A concept is not defined for this problem; the message says why."""


class TooManyAgreements(BargainError):  # noqa: N818
    """The agreement space is too large for an exact answer; the message says what to do."""


class NotConverged(BargainError):  # noqa: N818
    """A numerical answer missed its tolerance; never returned as if it were one."""


def nearest(word: str, known: Iterable[str], *, plural: str = "") -> str:
    """The advice for a misspelt word: the likely word, or all there are if they are few.

    >>> nearest("wieght", ["weight", "values"])
    "did you mean 'weight'?"
    >>> nearest("x", ["weight", "values"], plural="keys")
    'the keys are weight, values'
    """
    from difflib import get_close_matches

    names = list(dict.fromkeys(islice(known, MANY)))
    folded = {name.casefold(): name for name in reversed(names)}
    close = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    if close:
        return f"did you mean '{folded[close[0]]}'?"
    if not names:
        return f"there are no {plural}" if plural else ""
    return f"the {plural or 'names'} are {', '.join(names)}" if len(names) <= FEW else ""


def unknown_name(kind: str, name: object, known: Iterable[str], *, plural: str = "") -> UsageError:
    """The error for a name that does not exist, with the nearest that does.

    >>> print(unknown_name("issue", "prise", ["price", "date"]))
    there is no issue 'prise'; did you mean 'price'?
    """
    return UsageError(f"there is no {kind} '{name}'", hint=nearest(str(name), known, plural=plural or f"{kind}s"))
