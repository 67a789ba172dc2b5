"""Bytes on disk -> text, or one clear line saying why not."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from bargain.errors import Problem, ScenarioError

__all__ = ["LARGEST", "position", "read_text", "refuse_control_characters"]

LARGEST = 512 * 1024
"""Bytes in the largest file that is read; a scenario is some tens of kilobytes."""

_TEXT = (
    ("\t", "\n"),
    ("\r", "\r"),
    (" ", "~"),
    ("\x85", "\x85"),
    ("\xa0", "\ud7ff"),
    ("\ue000", "\ufffd"),
    ("\U00010000", "\U0010ffff"),
)
"""From and to: the characters of which a YAML text is made."""
_UTF_16_OR_32 = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_KINDS = (
    (stat.S_ISDIR, "is a folder, not a file"),
    (stat.S_ISFIFO, "is a pipe, not a file"),
    (stat.S_ISSOCK, "is a socket, not a file"),
)


def read_text(path: Path, label: str) -> str:
    """The text of a regular UTF-8 file, with or without byte-order mark; ``label`` names it in messages."""
    try:
        content = _read_bytes(path, label)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _refusal(label, f"cannot be read: {reason}") from error
    return _decode(content, label)


def position(text: str, index: int) -> tuple[int, int]:
    """Line and column, counted from 1, of a character.

    >>> position("a: 1\\nb: 2", 8)
    (2, 4)
    """
    lines = re.split("\r\n|\r|\n", text[:index])
    return len(lines), len(lines[-1]) + 1


def refuse_control_characters(text: str, label: str) -> None:
    """Raise `ScenarioError` at the first character that no YAML text may contain."""
    foreign = [letter for letter in set(text) if not any(low <= letter <= high for low, high in _TEXT)]
    if foreign:
        first = min(map(text.index, foreign))
        line, column = position(text, first)
        code = f"U+{ord(text[first]):04X}"
        hint = "save the file as plain UTF-8 text"
        raise ScenarioError([Problem(label, line, column, "", f"contains the control character {code}", hint)])


def _read_bytes(path: Path, label: str) -> bytes:
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        kind = next((words for test, words in _KINDS if test(mode)), "is a device, not a file")
        raise _refusal(label, kind)
    with path.open("rb") as stream:
        content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise _refusal(label, f"is too large: more than {LARGEST // 1024} KiB", "is this a scenario?")
    if not content.strip():
        raise _refusal(label, "is empty", "begin with `bargain: 1`, or see `bargain new`")
    return content


def _decode(content: bytes, label: str) -> str:
    if content.startswith(_UTF_16_OR_32):
        raise _refusal(label, "is not UTF-8 text but UTF-16 or UTF-32", "save the file as UTF-8", (1, 1))
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        place = position(content[: error.start].decode("utf-8"), error.start)
        message = f"is not UTF-8 text: the byte 0x{content[error.start]:02X} begins no character"
        raise _refusal(label, message, "save the file as UTF-8", place) from error


def _refusal(
    label: str, message: str, hint: str = "", place: tuple[int, int] | tuple[None, None] = (None, None)
) -> ScenarioError:
    line, column = place
    return ScenarioError([Problem(label, line, column, "", message, hint)])
