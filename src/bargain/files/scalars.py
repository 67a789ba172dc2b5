"""What an unquoted word of YAML means: the YAML 1.2 core schema, and nothing beyond it.

``on``, ``no``, ``12:30`` and ``2025-12-14`` are text; ``010`` is ten; ``1e-3`` is a number.
"""

from __future__ import annotations

import math
import re

__all__ = ["Scalar", "is_number", "read_scalar"]

Scalar = str | int | float | bool | None

_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_INFINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_LONGEST_INTEGER = 60


def read_scalar(text: str) -> Scalar:
    """The value of a plain scalar; what is no finite number comes back as ``nan`` or infinity, to be refused.

    >>> [read_scalar(word) for word in ("no", "010", "1e-3", "0x1F", "12:30", "~")]
    ['no', 10, 0.001, 31, '12:30', None]
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if len(text) <= _LONGEST_INTEGER and _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _BASED.fullmatch(text):
        return int(text, 0) if len(text) <= _LONGEST_INTEGER else math.inf
    return float(text.replace(".", "")) if _INFINITE.fullmatch(text) else text


def is_number(value: object) -> bool:
    """Whether a value is a number; true and false are not."""
    return isinstance(value, int | float) and not isinstance(value, bool)
