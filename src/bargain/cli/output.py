"""What goes to stdout: a page of lines at the width of the terminal, plain text, or JSON."""

from __future__ import annotations

import math
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from bargain.show.layout import Page

__all__ = ["json_text", "print_page", "terminal_width"]

STYLES = {"title": "bold", "heading": "bold", "muted": "dim"}
NARROW, WIDE = 30, 200


def terminal_width() -> int:
    """The width of the terminal (or ``COLUMNS``), 80 in a pipe."""
    return min(max(shutil.get_terminal_size((80, 24)).columns, NARROW), WIDE)


def print_page(page: Page) -> None:
    """Print a page, with emphasis only on a terminal that may have it (no pipe, no ``NO_COLOR``)."""
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        click.echo("\n".join(line.text.rstrip() for line in page))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, markup=False)
    for line in page:
        console.print(Text(line.text, style=STYLES.get(line.style, "")), soft_wrap=True)


def json_text(document: Any) -> str:
    """JSON; NaN and infinity become null, and letters stay as they are if the output can carry them."""
    import json

    unicode = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") == "utf8"
    return json.dumps(_plain(document), indent=2, ensure_ascii=not unicode, allow_nan=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if hasattr(value, "tolist"):
        return _plain(value.tolist())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(entry) for entry in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
