"""How a run that fails ends: a kind, a message, an exit code; in words on stderr or as JSON on stdout."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import click

from bargain.errors import BargainError, NotConverged, ScenarioError, TooManyAgreements, UsageError

__all__ = ["Failure", "broken_pipe", "ending", "told"]

USAGE, SCENARIO, UNSOLVED, INTERRUPTED = 2, 3, 4, 130
OUTPUT, PIPE, INTERNAL = 74, 141, 70
"""Not promised by the design: output that cannot be written, a reader that left, a bug (as in sysexits.h)."""


@dataclass(frozen=True)
class Failure:
    """What went wrong, for people and for programs."""

    kind: str
    code: int
    message: str
    problems: Sequence[dict[str, object]] = ()

    def to_dict(self) -> dict[str, Any]:
        """The error as the JSON contract has it."""
        return {"error": {"kind": self.kind, "message": self.message, "problems": list(self.problems)}}


def ending(failure: Exception, arguments: Sequence[str]) -> int:
    """Tell what went wrong and return the exit code."""
    if isinstance(failure, BrokenPipeError):
        return broken_pipe()
    if isinstance(failure, click.exceptions.NoArgsIsHelpError):
        failure.show()
        return USAGE
    known = told(failure)
    if known.code == INTERNAL and {"-v", "--verbose"} & set(arguments):
        raise failure
    try:
        _tell(known, failure, as_json="--json" in arguments and known.code != OUTPUT)
    except OSError:
        _silence(known.code)
    return _silence(known.code) if known.code == OUTPUT else known.code


def broken_pipe() -> int:
    """The reader of our output has left (`| head`): end without a word, as a shell reports it."""
    return _silence(PIPE)


def told(failure: Exception) -> Failure:
    """An exception as a failure that can be told."""
    match failure:
        case click.Abort():
            return Failure("interrupted", INTERRUPTED, "interrupted")
        case click.ClickException():
            return Failure("usage", USAGE, failure.format_message())
        case UsageError():
            return Failure("usage", USAGE, str(failure))
        case ScenarioError():
            count = len(failure.problems)
            message = f"{count} problem{'s' if count != 1 else ''} in the scenario"
            return Failure("scenario", SCENARIO, message, [problem.to_dict() for problem in failure.problems])
        case TooManyAgreements():
            return Failure("too_many_agreements", UNSOLVED, str(failure))
        case MemoryError():
            return Failure("too_many_agreements", UNSOLVED, "not enough memory for this many agreements")
        case NotConverged():
            return Failure("not_converged", UNSOLVED, str(failure))
        case BargainError():
            return Failure("not_applicable", UNSOLVED, str(failure))
        case OSError() if failure.filename is not None:
            return Failure("usage", USAGE, f"{failure.filename}: {failure.strerror}")
        case OSError():
            return Failure("output", OUTPUT, f"the output could not be written: {failure.strerror or failure}")
    about = f"{type(failure).__name__}: {failure}"
    return Failure("internal", INTERNAL, f"a bug in bargain ({about}); with -v the whole trace; please report it")


def _tell(known: Failure, failure: Exception, *, as_json: bool) -> None:
    if as_json:
        from bargain.cli.output import json_text

        click.echo(json_text(known.to_dict()))
    elif isinstance(failure, click.UsageError):
        failure.show()
    else:
        for line in map(str, getattr(failure, "problems", ())):
            click.echo(line, err=True)
        click.echo(f"Error: {known.message}", err=True)


def _silence(code: int) -> int:
    """Point stdout at nothing, so that the interpreter's last flush cannot fail again."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123  (lives until the interpreter ends)
    return code
