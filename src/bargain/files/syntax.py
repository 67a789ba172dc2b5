"""What the YAML parser says -> what a person would say."""

from __future__ import annotations

from typing import Any

from bargain.errors import Problem

__all__ = ["syntax_problem"]

_QUOTED = "quoted scalar"
_WORDS = (
    # (in the parser's context, in its problem, what we say, what to write instead, place of the context?)
    ("", "character '\\t'", "a tab where YAML wants spaces", "indent with spaces, not tabs", False),
    (_QUOTED, "end of stream", "a quoted text is not closed", "add the closing quote", True),
    (_QUOTED, "document separator", "a quoted text is not closed", "add the closing quote", True),
    (
        "scanning a double-quoted",
        "",
        "an unknown escape in a text in double quotes",
        "use single quotes, or double the backslash",
        False,
    ),
    (
        "",
        "mapping values are not allowed",
        "a ':' where no key can stand",
        "check the indentation, or put quotes around a text that contains ': '",
        False,
    ),
    (
        "simple key",
        "could not find expected ':'",
        "this line has no ':' after its key",
        "write `key: value`",
        True,
    ),
    (
        "flow",
        "expected ',' or",
        "a bracket is not closed, or a comma is missing",
        "close the bracket, or separate the entries by commas",
        True,
    ),
    ("flow", "", "a bracket is not closed", "close the bracket", True),
    (
        "block mapping",
        "expected <block end>",
        "this line does not fit the indentation above it, or a text needs quotes",
        "align the keys of one map",
        False,
    ),
    (
        "block collection",
        "expected <block end>",
        "this line does not fit the indentation of the list above it",
        "align the `-` of one list",
        False,
    ),
    (
        "",
        "sequence entries are not allowed",
        "a list cannot begin here",
        "put the `-` on a line of its own",
        False,
    ),
    (
        "",
        "that cannot start any token",
        "no text can begin with this character",
        "put the text in quotes",
        False,
    ),
    (
        "",
        "expected the node content",
        "a value is missing or begins with a reserved sign",
        "put the text in quotes",
        False,
    ),
    ("", "expected <document start>", "text after the end of the document", "check the indentation", False),
)


def syntax_problem(error: Exception, file: str, *, last: Any = None, positioned: bool = True) -> Problem:
    """The problem behind whatever exception the parser ended with; ``last`` is the last place it had read."""
    if isinstance(error, RecursionError):
        return Problem(file, None, None, "", "nested too deeply to be read", "is a bracket not closed?")
    context, complaint = (str(getattr(error, name, None) or "") for name in ("context", "problem"))
    message, hint, at_context = _in_words(context, complaint)
    mark = getattr(error, "context_mark" if at_context else "problem_mark", None)
    mark = mark or getattr(error, "problem_mark", None) or last
    if mark is None or not positioned:
        return Problem(file, None, None, "", message, hint)
    return Problem(file, mark.line + 1, mark.column + 1, "", message, hint)


def _in_words(context: str, complaint: str) -> tuple[str, str, bool]:
    for in_context, in_complaint, message, hint, at_context in _WORDS:
        if in_context in context and in_complaint in complaint:
            return message, hint, at_context
    detail = f": {complaint}" if complaint else ""
    return f"is not valid YAML{detail}", "check quotes, brackets and indentation here", False
