"""The options that commands share, gathered into one `Asked`; and the names that they look up."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bargain.errors import ScenarioError, UsageError, unknown_name

if TYPE_CHECKING:
    from bargain.axioms import Axiom
    from bargain.concepts import Concept
    from bargain.model.scenario import Scenario
    from bargain.show.layout import Page
    from bargain.show.solved import Detail

__all__ = [
    "Asked",
    "axioms_named",
    "concepts_named",
    "every_command",
    "force_option",
    "free_path",
    "needs_issues",
    "reads_scenario",
    "set_option",
]

Command = Callable[..., Any]
Entry = TypeVar("Entry", "Concept", "Axiom")
"""What is asked for by name."""


@dataclass(frozen=True)
class Asked:
    """What was asked of a command besides its own options."""

    sets: tuple[str, ...] = ()
    variant: str | None = None
    as_json: bool = False
    quiet: bool = False
    verbose: bool = False
    seed: int | None = None

    def read(self, file: str, *, variant: str | None = None) -> Scenario:
        """The scenario of a file, with the variant and the ``--set`` values applied; notices go to stderr.

        A file as it stands is refused for what is wrong with any of its variants, as `bargain check` refuses it.
        """
        from bargain.files.read import examine, survey

        chosen = variant or self.variant
        as_it_stands = chosen is None and not self.sets
        reading = survey(file) if as_it_stands else examine(file, variant=chosen, sets=self.sets)
        if reading.scenario is None or reading.problems:
            raise ScenarioError(reading.problems)
        for notice in reading.notices:
            self.remark(f"Note: {notice}")
        return reading.scenario

    @property
    def detail(self) -> Detail:
        """How much of a page to print."""
        return "brief" if self.quiet else "full" if self.verbose else "normal"

    def answer(self, document: Callable[[], Any], page: Callable[[int], Page]) -> None:
        """Print the result, as JSON or as a page at the width of the terminal."""
        from bargain.cli.output import print_page, terminal_width

        if self.as_json:
            self.answer_json(document())
        else:
            print_page(page(terminal_width()))

    def answer_json(self, document: Any) -> None:
        """Print JSON."""
        from bargain.cli.output import json_text

        click.echo(json_text(document))

    def remark(self, text: str) -> None:
        """Something beside the result, on stderr."""
        if not self.quiet:
            click.echo(text, err=True)


def every_command(function: Command) -> Command:
    """Add ``--json``, ``-q``, ``-v`` and ``--seed``; the function gets them as ``asked``."""

    @functools.wraps(function)
    def command(
        *args: Any,
        as_json: bool,
        quiet: bool,
        verbose: bool,
        seed: int | None,
        sets: tuple[str, ...] = (),
        variant: str | None = None,
        **own: Any,
    ) -> Any:
        asked = Asked(sets, variant, as_json, quiet, verbose, seed)
        return function(asked, *args, **own)

    for option in (
        click.option("--seed", type=int, help="Seed of random draws (simulations of `play`)."),
        click.option("-v", "--verbose", is_flag=True, help="Definitions, sources, proofs."),
        click.option("-q", "--quiet", is_flag=True, help="Only the result."),
        click.option("--json", "as_json", is_flag=True, help="Only JSON on stdout, errors included."),
    ):
        command = option(command)
    return command


def reads_scenario(function: Command) -> Command:
    """Add ``--set`` and ``--variant`` to what every command has."""
    command = every_command(function)
    command = click.option("--variant", metavar="NAME", help="Apply a variant of the file.")(command)
    return set_option(command)


def set_option(function: Command) -> Command:
    """Add ``--set``."""
    return click.option(
        "--set", "sets", multiple=True, metavar="PATH=VALUE", help="Change one entry of the file; repeatable."
    )(function)


def force_option(function: Command) -> Command:
    """Add ``--force``."""
    return click.option("--force", is_flag=True, help="Overwrite an existing output file.")(function)


def free_path(name: str | None, *, force: bool) -> Path | None:
    """The path of an output file; one that exists is refused before any work is done."""
    if name is None:
        return None
    path = Path(name)
    if path.exists() and not force:
        raise UsageError(f"{name} exists already", hint="give --force to overwrite it")
    if not path.parent.is_dir():
        raise UsageError(f"{path.parent} is not a folder")
    return path


def concepts_named(texts: Sequence[str]) -> tuple[Concept, ...] | None:
    """Concepts by name, repeated or comma-separated; None, for no names or ``all``, are those that a file allows."""
    from bargain.concepts import CATALOGUE

    return _named("concept", texts, CATALOGUE)


def axioms_named(texts: Sequence[str]) -> tuple[Axiom, ...] | None:
    """Axioms by name, of every ground that has one of that name; None, for no names or ``all``, are all of a file."""
    from bargain.axioms import AXIOMS

    return _named("axiom", texts, AXIOMS)


def _named(kind: str, texts: Sequence[str], known: Sequence[Entry]) -> tuple[Entry, ...] | None:
    """What has one of these names, repeated or comma-separated; None for no names or ``all``."""
    names = dict.fromkeys(name.strip().lower().replace("-", "_") for text in texts for name in text.split(","))
    if not names or "all" in names:
        return None
    listed = list(dict.fromkeys(entry.name for entry in known))
    for name in names:
        if name not in listed:
            raise unknown_name(kind, name, listed)
    return tuple(entry for name in names for entry in known if entry.name == name)


def needs_issues(scenario: Scenario, what: str) -> None:
    """Refuse what only makes sense with agreements about issues, before any work."""
    if not scenario.has_agreements:
        alone = "coalitions" if scenario.coalitions is not None else "protocols"
        hint = "try bargain solve" if alone == "coalitions" else "try bargain play"
        raise UsageError(f"there is no {what}: the file has no issues, only {alone}", hint=hint)
