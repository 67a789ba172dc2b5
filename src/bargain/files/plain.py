"""What people put into a dict in a notebook -> the plain tree that a file would have given."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

__all__ = ["plain"]

_LARGEST = 10**300
"""No float holds much more; refused with the infinities."""


def plain(value: Any) -> Any:
    """Maps with text keys, lists, and scalars; records, tuples, dates and numpy numbers are turned into them.

    >>> plain({1: (True, None)})
    {'1': [True, None]}
    """
    if isinstance(value, float):
        return float(value)  # numpy's own floats are floats too
    if isinstance(value, int) and abs(value) > _LARGEST:
        return math.inf if value > 0 else -math.inf
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, BaseModel):
        return plain(value.model_dump(by_alias=True, exclude_unset=True))
    if isinstance(value, Mapping):
        return {_key(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    return value


def _key(key: Any) -> str:
    return str(key).lower() if isinstance(key, bool) else str(key)
