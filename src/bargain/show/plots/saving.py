"""One figure to one file, the same bytes every time."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib
from matplotlib.figure import Figure

from bargain.errors import UsageError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["FORMATS", "save"]

DPI = 160
FORMATS: dict[str, dict[str, Any]] = {
    ".png": {"Software": None},
    ".svg": {"Date": None, "Creator": None},
    ".pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
"""Suffix -> metadata, without dates and versions."""


def save(figure: Axes | Figure, path: str | Path, *, force: bool = False) -> Path:
    """Write a figure (or the figure of an Axes) as PNG, SVG or PDF, as the suffix says; returns the path.

    Raises
    ------
    UsageError : the suffix is none of the three, the file exists already, or it cannot be written.
    """
    target = Path(path)
    suffix = target.suffix.lower()
    if suffix not in FORMATS:
        raise UsageError(f"a figure cannot be written as {target.name!r}", hint="use .png, .svg or .pdf")
    whole = figure if isinstance(figure, Figure) else figure.get_figure(root=True)
    if whole is None:
        raise UsageError("the Axes belongs to no figure")
    drawn = BytesIO()
    with matplotlib.rc_context({"svg.hashsalt": "bargain", "svg.fonttype": "path", "pdf.fonttype": 42}):
        whole.savefig(drawn, format=suffix[1:], dpi=DPI, metadata=FORMATS[suffix])
    try:
        with target.open("wb" if force else "xb") as sheet:
            sheet.write(drawn.getvalue())
    except FileExistsError as error:
        raise UsageError(f"{target} exists already", hint="choose another name, or force it") from error
    except OSError as error:
        raise UsageError(f"cannot write {target}: {error.strerror}") from error
    return target
