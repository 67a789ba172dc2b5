"""The `bargain` command: a group that imports a command's module only when that command is called."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, Never

import click

from bargain import __version__
from bargain.cli.failures import broken_pipe, ending
from bargain.errors import unknown_name

__all__ = ["COMMANDS", "main"]

COMMANDS = {
    "solve": "Who gets what under every concept, the agreement in words.",
    "check": "Problems with their positions, lints, expectations.",
    "play": "The equilibrium of a protocol, its path, its certificate.",
    "evaluate": "Your own proposal: who would refuse it, what is better.",
    "compare": "Files and variants side by side, differences marked.",
    "axioms": "Which concepts keep chosen axioms, in general and here.",
    "sweep": "A grid over one or two numbers of the file; CSV, picture.",
    "table": "Every possible agreement and what it pays, as CSV.",
    "plot": "One figure.",
    "resolve": "The completed file: extends, variant and --set applied.",
    "new": "A commented scenario file to start from.",
    "list": "What there is: scenarios, concepts, axioms, protocols.",
    "schema": "The JSON Schema of scenario files, for editors.",
}
"""Command -> what it does; its module in this package has the same name."""

EPILOG = """\b
Exit codes: 0 fine; 1 no agreement with --fail-if-no-deal, or a failed
expectation; 2 usage; 3 invalid scenario; 4 too many agreements or no
convergence; 130 interrupted.

Shell completion: eval "$(_BARGAIN_COMPLETE=bash_source bargain)"
(zsh_source, fish_source for the other shells)"""


SELDOM = 1_000_000
"""So many new objects, some 40 MB of them, before unreachable cycles are looked for."""


class Desk(click.Group):
    """The group of all commands; knows their names without importing them, and how every run ends."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Command names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, from the module of its name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"bargain.cli.{cmd_name}").command
        command.short_help = COMMANDS[cmd_name]
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was called; an unknown name is answered with the nearest."""
        if args and args[0] not in COMMANDS and not ctx.resilient_parsing and not args[0].startswith("-"):
            raise unknown_name("command", args[0], list(COMMANDS))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands, from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def main(  # type: ignore[override]  # ours always exits
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> Never:
        """Run one command line and exit with its code; every failure ends in words."""
        arguments = list(sys.argv[1:] if args is None else args)
        extra["standalone_mode"] = False
        _never_fail_on_a_letter()
        _start_quickly()
        try:
            code = super().main(arguments, prog_name, **extra)
        except Exception as failure:
            code = ending(failure, arguments)
        except SystemExit as departure:
            code = broken_pipe() if departure.code == 1 else departure.code
        sys.exit(code if isinstance(code, int) else 0)


def _never_fail_on_a_letter() -> None:
    """A terminal that lacks a letter of some name shows a substitute instead of ending the run."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _start_quickly() -> None:
    """Leave out what costs a command more than it gives; the user's own settings come first.

    Threads for linear algebra on a handful of rows, a search through everything that is installed for plug-ins, and
    going through all objects again and again for a few that refer to each other, even when the process ends.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    gc.set_threshold(SELDOM)
    atexit.register(gc.freeze)


def _version(ctx: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    del parameter
    if wanted:
        click.echo(f"bargain {__version__}")
        ctx.exit()


@click.group(cls=Desk, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Show the version.")
def main() -> None:
    """A negotiation written down as one YAML file; every textbook answer about it.

    Start with: bargain new my.yaml, then bargain solve my.yaml.
    Every model is an illustration, not a forecast.
    """
