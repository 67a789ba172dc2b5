"""The parts of README.md that can be run: blocks of commands, sessions with their output, files, Python."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCED = re.compile(
    r"(?:<!-- file: (?P<file>\S+) -->\n)?^```(?P<kind>\w*)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE
)
EXIT_CODE = re.compile(r"# exit code (\d+)")


@dataclass(frozen=True)
class Block:
    """A fenced block: its kind, its text, the line it starts on, and the file that it shows, if any."""

    kind: str
    body: str
    line: int
    file: str | None = None


@dataclass(frozen=True)
class Command:
    """One command line, the exit code it announces, and the output that stands below it, if any."""

    text: str
    code: int
    output: str | None = None


def blocks(kind: str, text: str = README) -> list[Block]:
    """All fenced blocks of a kind."""
    return [
        Block(found["kind"], found["body"], text[: found.start("body")].count("\n"), found["file"])
        for found in FENCED.finditer(text)
        if found["kind"] == kind
    ]


def commands(block: Block) -> list[Command]:
    """The command lines of a ``bash`` block, or the prompts of a ``console`` block with their output."""
    joined = block.body.replace("\\\n", " ")
    if block.kind != "console":
        return [_command(line, None) for line in joined.splitlines() if line.strip()]
    sessions = re.split(r"^\$ ", joined, flags=re.MULTILINE)[1:]
    return [_command(*session.split("\n", 1)) for session in sessions]


def _command(line: str, output: str | None) -> Command:
    announced = EXIT_CODE.search(line)
    return Command(re.split(r"\s+#\s", line)[0].strip(), int(announced[1]) if announced else 0, output)
